//! Which resources of a feed are records, as far as it has been read: what records point to gets their
//! names of ours.
//!
//! What a record waited for is remembered by its fingerprint, small enough for a cursor, and so is what
//! of it was met: a walk that begins after an interruption then knows what each record leads to by the
//! time it meets that record. A link forward was asked for when its target came, one backward leads to
//! what the same walk has met.

use std::collections::{BTreeMap, HashSet};

use oxigraph::model::NamedOrBlankNode;
use serde::{Deserialize, Serialize};

use super::Names;
use super::cursor::{Print, pack, print, unpack};
use crate::source::contract::RawRecord;
use crate::source::feed::COLLECTIONS;
use crate::source::feed::payload::{self, Link};
use crate::source::feed::records::Main;

/// Names that a cursor remembers, at most.
const OPEN: usize = 5_000;

/// The records met so far.
#[derive(Default)]
pub(super) struct Known {
    names: Names,
    /// What records waited for.
    asked: HashSet<Print>,
    /// What of it is a record; its key where that is not its name.
    found: BTreeMap<Print, (&'static str, Option<String>)>,
    /// Whether there was more than a cursor can hold.
    is_over: bool,
}

/// What a cursor says of links.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Links {
    asked: String,
    found: Vec<(Print, String, Option<String>)>,
    is_over: bool,
}

impl Known {
    /// One more.
    pub(super) fn insert(&mut self, main: &Main) {
        let NamedOrBlankNode::NamedNode(node) = &main.node else {
            return;
        };
        let name = node.as_str();
        if main.key.is_empty() {
            return;
        }
        self.names
            .entry(name.to_owned())
            .or_insert_with(|| (main.collection, main.key.clone()));
        if self.asked.is_empty() {
            return;
        }
        let print = print(name);
        if self.asked.contains(&print) {
            let key = (main.key != name).then(|| main.key.clone());
            self.found.entry(print).or_insert((main.collection, key));
        }
    }

    /// The record with the links that are known by now, and the names of which it is not known yet whether
    /// they are records.
    pub(super) fn resolve(&self, record: RawRecord) -> (RawRecord, Vec<String>) {
        let Ok((mut head, body)) = payload::split(&record.payload) else {
            return (record, Vec::new());
        };
        if head.open.is_empty() {
            return (record, Vec::new());
        }
        for name in std::mem::take(&mut head.open) {
            match self.link(&name) {
                Some(link) => {
                    head.links.insert(name, link);
                }
                None => head.open.push(name),
            }
        }
        let payload = payload::with_body(&head, body);
        (RawRecord { payload, ..record }, head.open)
    }

    fn link(&self, name: &str) -> Option<Link> {
        if let Some((collection, key)) = self.names.get(name) {
            return Some(Link {
                collection: (*collection).to_owned(),
                key: key.clone(),
            });
        }
        let (collection, key) = self.found.get(&print(name))?;
        Some(Link {
            collection: (*collection).to_owned(),
            key: key.clone().unwrap_or_else(|| name.to_owned()),
        })
    }

    /// Notes that a record waits for these names.
    pub(super) fn ask(&mut self, names: &[String]) {
        for name in names {
            if self.asked.len() < OPEN {
                self.asked.insert(print(name));
            } else {
                self.is_over = true;
            }
        }
    }

    /// Whether something that was waited for has not come.
    pub(super) fn is_open(&self) -> bool {
        self.is_over || self.found.len() < self.asked.len()
    }

    /// Whether more was waited for than an interrupted walk remembers.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// What a cursor says of it.
    pub(super) fn links(&self) -> Links {
        let found = self.found.iter();
        Links {
            asked: pack(&self.asked),
            found: found
                .map(|(print, (collection, key))| (*print, (*collection).to_owned(), key.clone()))
                .collect(),
            is_over: self.is_over,
        }
    }

    /// What is known after an interruption.
    pub(super) fn resumed(links: Links) -> Result<Self, String> {
        let mut found = BTreeMap::new();
        for (print, name, key) in links.found {
            let collection = COLLECTIONS.into_iter().find(|known| *known == name);
            let collection = collection.ok_or_else(|| format!("`{name}` is no collection"))?;
            found.insert(print, (collection, key));
        }
        Ok(Self {
            names: Names::new(),
            asked: unpack(&links.asked)?,
            found,
            is_over: links.is_over,
        })
    }
}
