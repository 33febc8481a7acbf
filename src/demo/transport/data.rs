//! The datasets of the sample.

use serde_json::{Value, json};

use crate::demo::made::Datasets;

/// The datasets that a running sample serves; clones share them, so that they can be changed between two
/// harvests.
#[derive(Debug, Clone)]
pub struct SampleData(pub(super) Datasets);

impl From<Vec<Value>> for SampleData {
    fn from(datasets: Vec<Value>) -> Self {
        Self(Datasets::from(datasets))
    }
}

impl SampleData {
    /// The sample in `data/transport`, compiled in.
    ///
    /// # Panics
    /// Never: a test reads the file.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "the file is compiled in, and a test reads it"
    )]
    pub fn bundled() -> Self {
        let datasets: Vec<Value> =
            serde_json::from_str(include_str!("../../../data/transport/datasets.json"))
                .expect("the bundled file is a list of datasets");
        Self::from(datasets)
    }

    /// So many datasets, each a variation of one of the bundled ones, computed when they are asked for:
    /// the same seed gives the same bytes.
    #[must_use]
    pub fn synthetic(datasets: usize, seed: u64) -> Self {
        Self(Self::bundled().0.making(datasets, seed, vary))
    }

    /// Changes what is served from now on.
    pub fn change<T>(&self, change: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        self.0.change(change)
    }

    /// A dataset by its identifier, which for one that was made says where it is: a crawl asks for each,
    /// and nobody wants to make all of them each time.
    pub(super) fn find(&self, id: &str) -> Option<Value> {
        let is_it = |dataset: &Value| dataset["id"] == id;
        if self.0.are_made() {
            let position = usize::from_str_radix(id, 16).ok()?;
            return self.0.get(position).filter(is_it);
        }
        self.0.all().find(is_it)
    }
}

fn vary(dataset: &mut Value, position: usize, _: u64) {
    let id = format!("{position:024x}");
    dataset["id"] = json!(id);
    dataset["datagouv_id"] = json!(id);
    dataset["slug"] = json!(format!("jeu-{position}"));
    dataset["page_url"] = json!(format!("{{portal}}/datasets/jeu-{position}"));
    for (name, digit) in [("resources", 0), ("community_resources", 1)] {
        let resources = dataset[name].as_array_mut().into_iter().flatten();
        for (place, resource) in resources.enumerate() {
            let id = format!("{digit:08x}-{place:04x}-4000-8000-{position:012x}");
            resource["datagouv_id"] = json!(id);
        }
    }
}
