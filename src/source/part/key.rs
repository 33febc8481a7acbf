//! Which IRI a distribution has: by its identifier, or by what it points to, never by its position.

use std::collections::HashMap;

use crate::dcat::Describe;
use crate::finding::Code;
use crate::record::Key;

/// Keys of the distributions of one dataset.
#[derive(Default)]
pub(in crate::source) struct Keys {
    seen: HashMap<String, usize>,
}

impl Keys {
    /// The key of one more distribution of `dataset`: the source's identifier, or without one a hash of
    /// what it points to and in which format. `field` is where the identifier stands.
    pub(in crate::source) fn mint(
        &mut self,
        id: Option<&str>,
        points_to: &str,
        format: &str,
        dataset: &str,
        field: &str,
        about: &mut Describe<'_>,
    ) -> Key {
        let name = id.map_or_else(|| format!("{points_to}\n{format}"), ToOwned::to_owned);
        let count = self.seen.entry(name.clone()).or_insert(0);
        *count += 1;
        match (id, *count) {
            (Some(id), 1) => Key::new(id),
            (Some(id), count) => {
                about.find(
                    Code::DuplicateIdentifier,
                    field,
                    "another resource of the dataset has it",
                    id,
                );
                Key::hashed(&format!("{dataset}\n{name}\n{count}"))
            }
            // The dataset is part of the hash: two datasets may link to one file, and each owns its distribution.
            (None, count) => Key::hashed(&format!("{dataset}\n{name}\n{count}")),
        }
    }
}
