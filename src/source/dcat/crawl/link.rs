//! Which resources of a feed are records, as far as it has been read: what records point to gets their
//! names of ours.

use super::Names;
use crate::source::RawRecord;
use crate::source::dcat::payload::{self, Link};
use crate::source::dcat::records::Main;
use oxigraph::model::NamedOrBlankNode;

/// The records met so far.
#[derive(Default)]
pub(super) struct Known(Names);

impl Known {
    /// One more.
    pub(super) fn insert(&mut self, main: &Main) {
        if let NamedOrBlankNode::NamedNode(node) = &main.node
            && !main.key.is_empty()
        {
            self.0
                .entry(node.as_str().to_owned())
                .or_insert_with(|| (main.collection, main.key.clone()));
        }
    }

    /// The record with the links that are known by now, and whether some are not.
    pub(super) fn resolve(&self, record: RawRecord) -> (RawRecord, bool) {
        let Ok((mut head, body)) = payload::split(&record.payload) else {
            return (record, false);
        };
        if head.open.is_empty() {
            return (record, false);
        }
        let open = std::mem::take(&mut head.open);
        for name in open {
            match self.0.get(&name) {
                Some((collection, key)) => {
                    let link = Link {
                        collection: (*collection).to_owned(),
                        key: key.clone(),
                    };
                    head.links.insert(name, link);
                }
                None => head.open.push(name),
            }
        }
        let is_open = !head.open.is_empty();
        let payload = payload::with_body(&head, body);
        (RawRecord { payload, ..record }, is_open)
    }
}
