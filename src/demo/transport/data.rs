//! The datasets of the sample: those of its file, or as many as are asked for, made of them.

use std::sync::{Arc, PoisonError, RwLock};

use serde_json::{Value, json};

/// The datasets that a running sample serves; clones share them, so that they can be changed between two
/// harvests.
#[derive(Debug, Clone)]
pub struct SampleData {
    held: Arc<RwLock<Vec<Value>>>,
    /// How many are made of those that are held, and from which seed; without it they are served as
    /// they are.
    made: Option<(usize, u64)>,
}

impl From<Vec<Value>> for SampleData {
    fn from(datasets: Vec<Value>) -> Self {
        Self {
            held: Arc::new(RwLock::new(datasets)),
            made: None,
        }
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
        Self {
            made: Some((datasets, seed)),
            ..Self::bundled()
        }
    }

    /// Changes what is served from now on.
    pub fn change<T>(&self, change: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        change(&mut self.held.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// All datasets.
    pub(super) fn all(&self) -> impl Iterator<Item = Value> + '_ {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let count = self.made.map_or(held.len(), |(count, _)| count);
        drop(held);
        (0..count).filter_map(|position| self.get(position))
    }

    fn get(&self, position: usize) -> Option<Value> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let Some((_, seed)) = self.made else {
            return held.get(position).cloned();
        };
        let number = u64::try_from(position).unwrap_or_default();
        let mixed = number
            .wrapping_add(seed)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let model = usize::try_from(mixed >> 33).unwrap_or_default() % held.len().max(1);
        let mut dataset = held.get(model)?.clone();
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
        Some(dataset)
    }
}
