//! The datasets of a sample portal.

use serde_json::{Value, json};

use crate::demo::made::Datasets;

/// The datasets that a running sample portal serves; clones share them, so that they can be changed
/// between two harvests.
#[derive(Debug, Clone)]
pub struct SampleData(pub(super) Datasets);

impl From<Vec<Value>> for SampleData {
    fn from(datasets: Vec<Value>) -> Self {
        Self(Datasets::from(datasets))
    }
}

impl SampleData {
    /// The portal in `data/ods`, compiled in.
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
            serde_json::from_str(include_str!("../../../data/ods/datasets.json"))
                .expect("the bundled file is a list of datasets");
        Self::from(datasets)
    }

    /// So many datasets, each a variation of one of the bundled ones that are the portal's own, in the
    /// order of their identifiers. They are computed when they are asked for, and the same seed gives the
    /// same bytes.
    #[must_use]
    pub fn synthetic(datasets: usize, seed: u64) -> Self {
        let sample = Self::bundled();
        sample.change(|held| {
            held.retain(|dataset| {
                let default = &dataset["metas"]["default"];
                default["source_dataset"].is_null() && dataset["visibility"] == "domain"
            });
        });
        Self(sample.0.making(datasets, seed, vary))
    }

    /// Changes what is served from now on.
    pub fn change<T>(&self, change: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        self.0.change(change)
    }
}

fn vary(dataset: &mut Value, position: usize, mixed: u64) {
    dataset["dataset_id"] = json!(format!("jeu-{position:07}"));
    dataset["dataset_uid"] = json!(format!("da_{position:07x}"));
    let default = &mut dataset["metas"]["default"];
    let title = default["title"].as_str().unwrap_or("Jeu").to_owned();
    default["title"] = json!(format!("{title} ({position})"));
    default["records_count"] = json!(mixed % 100_000);
    let (month, day) = (mixed % 12 + 1, mixed % 28 + 1);
    default["data_processed"] = json!(format!("2025-{month:02}-{day:02}T03:00:00+00:00"));
}
