//! The datasets of a sample portal: those of its file, or as many as are asked for, made of them.

use std::sync::{Arc, PoisonError, RwLock};

use serde_json::{Value, json};

/// The datasets that a running sample portal serves; clones share them, so that they can be changed
/// between two harvests.
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

    /// So many datasets, each a variation of one of the bundled ones that are the portal's own. They are
    /// computed when they are asked for, and the same seed gives the same bytes.
    #[must_use]
    pub fn synthetic(datasets: usize, seed: u64) -> Self {
        let sample = Self::bundled();
        sample.change(|held| {
            held.retain(|dataset| {
                let default = &dataset["metas"]["default"];
                default["source_dataset"].is_null() && dataset["visibility"] == "domain"
            });
        });
        Self {
            made: Some((datasets, seed)),
            ..sample
        }
    }

    /// Changes what is served from now on.
    pub fn change<T>(&self, change: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        change(&mut self.held.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many datasets there are, hidden ones included.
    pub(super) fn count(&self) -> usize {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        self.made.map_or(held.len(), |(count, _)| count)
    }

    /// Whether the datasets are in the order of their identifiers, and all can be listed.
    pub(super) fn is_sorted(&self) -> bool {
        self.made.is_some()
    }

    /// A dataset by its position.
    pub(super) fn get(&self, position: usize) -> Option<Value> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let Some((count, seed)) = self.made else {
            return held.get(position).cloned();
        };
        if position >= count || held.is_empty() {
            return None;
        }
        let number = u64::try_from(position).unwrap_or_default();
        let mixed = number
            .wrapping_add(seed)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let model = usize::try_from(mixed >> 33).unwrap_or_default() % held.len();
        let mut dataset = held.get(model)?.clone();
        dataset["dataset_id"] = json!(format!("jeu-{position:07}"));
        dataset["dataset_uid"] = json!(format!("da_{position:07x}"));
        let default = &mut dataset["metas"]["default"];
        let title = default["title"].as_str().unwrap_or("Jeu").to_owned();
        default["title"] = json!(format!("{title} ({position})"));
        default["records_count"] = json!(mixed % 100_000);
        let (month, day) = (mixed % 12 + 1, mixed % 28 + 1);
        default["data_processed"] = json!(format!("2025-{month:02}-{day:02}T03:00:00+00:00"));
        Some(dataset)
    }

    /// All datasets.
    pub(super) fn all(&self) -> impl Iterator<Item = Value> + '_ {
        (0..self.count()).filter_map(|position| self.get(position))
    }
}
