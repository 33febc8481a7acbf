//! Names of what a record consists of and others may point to: its IRI with a fragment.
//!
//! The fragment is made of the part's own identifier, or of what it says, never of its position.

use std::collections::HashMap;

use oxigraph::model::NamedNode;

use crate::dcat::Describe;
use crate::finding::Code;
use crate::record::Key;
use crate::source::value::field::Text;

/// The fragments given out for one record.
pub(in crate::source) struct Fragments {
    of: NamedNode,
    seen: HashMap<String, usize>,
}

impl Fragments {
    /// Fragments of the IRI `of`.
    pub(in crate::source) fn new(of: NamedNode) -> Self {
        Self {
            of,
            seen: HashMap::new(),
        }
    }

    /// The name of the part that stands in `field`: of its identifier, else of what it says.
    pub(in crate::source) fn mint(
        &mut self,
        id: &Text,
        says: &str,
        field: &str,
        about: &mut Describe<'_>,
    ) -> NamedNode {
        let id = id.text(&format!("{field}.id"), about.findings());
        let name = id.unwrap_or(says);
        let count = self.seen.entry(name.to_owned()).or_insert(0);
        *count += 1;
        let key = match (id, *count) {
            (Some(id), 1) => Key::new(id),
            (_, count) => Key::hashed(&format!("{name}\n{count}")),
        };
        if let (Some(id), 2..) = (id, *count) {
            about.find(
                Code::DuplicateIdentifier,
                &format!("{field}.id"),
                "another part of the record has it",
                id,
            );
        }
        NamedNode::new_unchecked(format!("{}#{key}", self.of.as_str()))
    }
}
