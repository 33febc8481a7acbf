//! Which IRI a resource has: by its identifier, or by what it points to, never by its position.

use std::collections::HashMap;

use super::super::payload::Resource;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::record::Key;

/// Keys of the distributions of one dataset: the resource's identifier, or a hash of what it points to.
#[derive(Default)]
pub(super) struct Keys {
    seen: HashMap<String, usize>,
}

impl Keys {
    /// The key of one more resource of the dataset.
    pub(super) fn mint(
        &mut self,
        resource: &Resource,
        dataset: &str,
        field: &str,
        about: &mut Describe<'_>,
    ) -> Key {
        let id = resource.id.text(&format!("{field}.id"), about.findings());
        let name = id.map_or_else(
            || {
                let url = resource
                    .url
                    .peek_text()
                    .or(resource.latest.peek_text())
                    .unwrap_or_default();
                format!("{url}\n{}", resource.format.peek_text().unwrap_or_default())
            },
            ToOwned::to_owned,
        );
        let count = self
            .seen
            .entry(name.clone())
            .and_modify(|count| *count += 1)
            .or_insert(1);
        match (id, *count) {
            (Some(id), 1) => Key::new(id),
            (Some(id), count) => {
                about.find(
                    Code::DuplicateIdentifier,
                    &format!("{field}.id"),
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
