//! What a record is in the graph, as canonical N-Triples: the form in which the ledger has it.
//!
//! Blank nodes have the labels of the canonical form; before they meet those of other records the
//! prefix of the record goes before them. Nothing is parsed here.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::GraphError;
use super::place::place;
use super::quads::Graphs;
use crate::ledger::RecordNumber;
use crate::ledger::{Alias, Description, Packed, Reader};
use crate::record::{Base, Set};

/// A graph that a record has a part in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The catalogue: the default graph.
    Catalogue,
    /// Original values, and what is said of others.
    Origin,
    /// Measurements.
    Quality,
}

impl Part {
    /// Every graph.
    pub(super) const ALL: [Self; 3] = [Self::Catalogue, Self::Origin, Self::Quality];

    /// The last part of its graph's IRI; none for the default graph.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Catalogue => None,
            Self::Origin => Some("origin"),
            Self::Quality => Some("quality"),
        }
    }

    /// What goes before the labels of its blank nodes, of a record whose labels begin with `prefix`: each
    /// part has a canonical form of its own, and so the same labels for other nodes.
    pub(super) fn labels(self, prefix: &str) -> String {
        match self {
            Self::Catalogue => prefix.to_owned(),
            Self::Origin => format!("{prefix}o"),
            Self::Quality => format!("{prefix}q"),
        }
    }
}

/// The text of one record: what is its own, and the statements that others may share.
#[derive(Debug, Default)]
pub(super) struct RecordText {
    /// What goes before the labels of its blank nodes.
    pub(super) prefix: String,
    /// Its own lines by graph, and where it stands in the catalogue.
    pub(super) own: Vec<(Part, String)>,
    /// Lines of the default graph.
    pub(super) shared: BTreeSet<String>,
}

/// A record as the ledger keeps it, to be unpacked where there is time.
pub(super) struct PackedRecord {
    description: Description,
    bodies: Vec<(Part, Packed)>,
}

impl PackedRecord {
    /// Reads what a record consists of.
    pub(super) fn read(
        reader: &Reader,
        description: Description,
        graphs: Graphs,
    ) -> Result<Self, GraphError> {
        let mut bodies = vec![(Part::Catalogue, reader.packed(description.digest)?)];
        for (part, digest, is_read) in [
            (Part::Origin, description.origin, graphs == Graphs::All),
            (
                Part::Quality,
                description.quality,
                graphs != Graphs::Catalogue,
            ),
        ] {
            if let Some(digest) = digest.filter(|_| is_read) {
                bodies.push((part, reader.packed(digest)?));
            }
        }
        Ok(Self {
            description,
            bodies,
        })
    }

    /// What goes before the labels of its blank nodes.
    pub(super) fn prefix(&self) -> String {
        label_prefix(&self.description.iri)
    }

    /// Its own lines by graph, and where it stands in the catalogue.
    pub(super) fn unpack(&self, base: &Base) -> Result<Vec<(Part, String)>, GraphError> {
        let mut texts = Vec::with_capacity(self.bodies.len() + 1);
        for (part, body) in &self.bodies {
            let text = body.text()?;
            let placed = (*part == Part::Catalogue).then(|| place(base, &self.description, &text));
            texts.push((*part, text));
            texts.extend(placed.map(|placed| (*part, placed)));
        }
        Ok(texts)
    }
}

/// The text of a record as of a sequence.
pub(super) fn of_record(
    reader: &Reader,
    description: &Description,
    at: u64,
    graphs: Graphs,
) -> Result<RecordText, GraphError> {
    let packed = PackedRecord::read(reader, description.clone(), graphs)?;
    let shared = reader.values(description.record, Set::States, at)?;
    Ok(RecordText {
        prefix: packed.prefix(),
        own: packed.unpack(reader.base())?,
        shared: shared.into_iter().collect(),
    })
}

/// The text of whatever a record is as of a sequence: live, an alias, or nothing.
pub(super) fn as_of(
    reader: &Reader,
    record: RecordNumber,
    at: u64,
) -> Result<RecordText, GraphError> {
    if let Some(description) = reader.description(record, at)? {
        return of_record(reader, &description, at, Graphs::All);
    }
    let alias = reader.same(record, at)?;
    Ok(RecordText {
        own: alias
            .as_ref()
            .and_then(of_alias)
            .map(|line| (Part::Catalogue, line))
            .into_iter()
            .collect(),
        ..RecordText::default()
    })
}

/// What the catalogue says of an alias.
pub(super) fn of_alias(alias: &Alias) -> Option<String> {
    let quad = super::same_as(alias)?;
    Some(format!(
        "{} {} {} .\n",
        quad.subject, quad.predicate, quad.object
    ))
}

/// The first part of the labels of a record's blank nodes: no two records share one.
pub(super) fn label_prefix(iri: &str) -> String {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(iri.as_bytes()));
    format!("b{}", hash.get(..16).unwrap_or(&hash))
}
