//! What the sample feed holds.

use std::sync::Arc;

const PREFIXES: &str = include_str!("../../../data/dcat/prefixes.ttl");
const CATALOGUE: &str = include_str!("../../../data/dcat/catalogue.ttl");
const DATASETS: &str = include_str!("../../../data/dcat/datasets.ttl");

/// The folder of the datasets' addresses, in the files.
const FOLDER: &str = "/explore/dataset/";

/// The catalogue and its entries, in Turtle.
#[derive(Debug, Clone)]
pub struct SampleData {
    /// The declarations that every page begins with.
    pub(super) prefixes: Arc<str>,
    /// The catalogue itself.
    pub(super) catalogue: Arc<str>,
    /// One text an entry.
    pub(super) entries: Arc<Vec<String>>,
}

impl SampleData {
    /// The catalogue that ships with Moisson.
    #[must_use]
    pub fn bundled() -> Self {
        let entries = DATASETS
            .split("#--- ")
            .filter_map(|entry| entry.split_once('\n'))
            .map(|(_, body)| body.to_owned())
            .collect();
        Self {
            prefixes: PREFIXES.into(),
            catalogue: CATALOGUE.into(),
            entries: Arc::new(entries),
        }
    }

    /// A catalogue of `datasets` entries made out of those that ship with Moisson, each under addresses of
    /// its own.
    #[must_use]
    pub fn synthetic(datasets: usize, seed: u64) -> Self {
        let bundled = Self::bundled();
        let models: Vec<&String> = bundled
            .entries
            .iter()
            .filter(|entry| {
                let first = entry.split(' ').next().unwrap_or_default();
                first.contains(FOLDER) && !entry.contains("abimee")
            })
            .collect();
        let start = usize::try_from(seed).unwrap_or_default();
        let entries = (0..datasets)
            .filter_map(|number| {
                let model = models.get((start + number) % models.len().max(1))?;
                let folder = format!("{FOLDER}{seed}-{number}-");
                let entry = model.replace(FOLDER, &folder);
                Some(entry.replace("@valarmance\"", &format!("-{seed}-{number}@valarmance\"")))
            })
            .collect();
        Self {
            entries: Arc::new(entries),
            ..bundled
        }
    }

    /// The same catalogue with these entries.
    #[must_use]
    pub fn with_entries(&self, entries: Vec<String>) -> Self {
        Self {
            entries: Arc::new(entries),
            ..self.clone()
        }
    }

    /// The entries, one text each.
    #[must_use]
    pub fn entries(&self) -> &[String] {
        &self.entries
    }
}
