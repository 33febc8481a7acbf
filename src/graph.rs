//! The graph projection: the catalogue as RDF, for SPARQL, in one of several engines.
//!
//! The default graph is the catalogue and the vocabularies, each triple once; named graphs hold what
//! is not catalogue. A graph says which sequence of the ledger it shows. It can be thrown away and made
//! again: after any history of changes, crashes and replays it equals a bulk load of the ledger,
//! whichever engine keeps it.

mod bulk;
mod dumped;
mod engine;
mod exists;
mod freeze;
pub mod frozen;
mod functions;
#[cfg(feature = "rocksdb")]
mod live;
mod make;
pub mod named;
mod place;
mod project;
pub mod provenance;
mod quads;
pub mod query;
mod text;
pub mod worker;

use std::path::{Path, PathBuf};

pub use bulk::{Records, every_quad};
pub use engine::{Opened, Size, Storage, size};
pub use functions::functions;
pub use make::{Build, Change, Made, Projection, clear, write};
pub use place::inverse;
pub use project::{reached, reference};
pub use quads::{Fixed, Graphs, Shown, catalogue_date, date_time, same_as, shown};

use frozen::FrozenError;
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
    /// A graph file is damaged, or cannot be written.
    #[error(transparent)]
    Frozen(#[from] FrozenError),
    /// A file operation failed.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A file of quads holds something else.
    #[error("{path}: {message}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The graph is a `RocksDB` store, and the program was built without.
    #[error(
        "{0} is a RocksDB store, and this program was built without the feature `rocksdb`: run `moisson rebuild`"
    )]
    WithoutRocks(PathBuf),
    /// A description in the ledger is no N-Triples.
    #[error("the description of {iri} in the ledger is damaged: {message}")]
    Damaged {
        /// The record.
        iri: String,
        /// The parser's message.
        message: String,
    },
}

impl GraphError {
    fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}
