//! The graph projection: the catalogue as RDF in an oxigraph store, for SPARQL.
//!
//! The default graph is the catalogue and the vocabularies, each triple once; named graphs hold what
//! is not catalogue. The store is changed by the difference of two descriptions, taken over terms as
//! the store holds them, and notes the sequence reached in the same transaction. It can be thrown away
//! and rebuilt: after any history of changes, crashes and replays it equals a bulk load of the ledger.

mod bulk;
pub mod frozen;
mod project;
pub mod provenance;
mod quads;
pub mod query;
pub mod worker;

pub use bulk::{Records, rebuild};
pub use project::{Change, catch_up, reached, reference};
pub use quads::{Fixed, Graphs, Shown, catalogue_date, date_time, inverse, same_as, shown};

use thiserror::Error;

use crate::ledger::LedgerError;

/// What can go wrong with the graph projection.
#[derive(Debug, Error)]
pub enum GraphError {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The store failed.
    #[error("the graph store: {0}")]
    Store(#[from] oxigraph::store::StorageError),
    /// A file operation failed.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: std::path::PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A description in the ledger is no N-Triples.
    #[error("the description of {iri} in the ledger is damaged: {message}")]
    Damaged {
        /// The record.
        iri: String,
        /// The parser's message.
        message: String,
    },
}
