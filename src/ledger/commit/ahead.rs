//! Descriptions read ahead of the record that is being written, on all cores.
//!
//! SQLite writes on one thread; without this the others would wait for it while it waits for parsing.

use oxigraph::model::{NamedNode, Triple};

use super::{LedgerError, Rules, Said};
use crate::cores;
use crate::ledger::RecordNumber;
use crate::ledger::body;
use crate::rdf::canon::Digest;
use crate::rdf::lines::parse;
use crate::record::{Kind, Set};

/// How many records are read ahead.
pub(super) const AHEAD: usize = 256;

/// What is said of a record now.
pub(super) struct Draft {
    pub(super) record: RecordNumber,
    pub(super) portal: String,
    pub(super) kind: Kind,
    pub(super) iri: NamedNode,
    /// Nothing where it is withdrawn.
    pub(super) said: Option<Said>,
    /// The body, as the ledger keeps it.
    pub(super) packed: Option<Vec<u8>>,
    /// The origin graph, likewise.
    pub(super) beside: Option<Vec<u8>>,
}

/// A description that has been read.
#[derive(Default)]
pub(super) struct Understood {
    pub(super) triples: Vec<Triple>,
    /// The sets that it puts its record into.
    pub(super) memberships: Vec<(Set, String)>,
}

/// Reads drafts on all cores, in order.
pub(super) fn understand(
    drafts: Vec<Draft>,
    rules: Rules<'_>,
) -> Result<Vec<(Draft, Understood)>, LedgerError> {
    let read = cores::map(drafts, |draft| {
        let understood = match (draft.said, &draft.packed) {
            (Some(said), Some(packed)) => {
                let triples = read(said.digest, packed)?;
                let origin = match (said.origin, &draft.beside) {
                    (Some(digest), Some(packed)) => body::text(digest, packed)?,
                    _ => String::new(),
                };
                let memberships = (rules.memberships)(&draft.iri, &triples, &origin);
                Understood {
                    triples,
                    memberships,
                }
            }
            _ => Understood::default(),
        };
        Ok((draft, understood))
    });
    read.into_iter().collect()
}

/// The triples of a body.
pub(super) fn read(digest: Digest, packed: &[u8]) -> Result<Vec<Triple>, LedgerError> {
    parse(&body::text(digest, packed)?).map_err(|error| LedgerError::Damaged {
        digest,
        message: error.to_string(),
    })
}
