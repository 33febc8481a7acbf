//! What can go wrong with the ledger itself; bad data never does.

use std::path::PathBuf;

use thiserror::Error;

use crate::rdf::canon::Digest;

/// What can go wrong with the ledger.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The folder cannot be made.
    #[error("cannot make the folder {path}: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// SQLite failed.
    #[error("the ledger: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// It was made for another base IRI: every IRI in it would be wrong.
    #[error("the ledger was made for base_uri {made_for}, the configuration says {configured}")]
    OtherBase {
        /// What the ledger says.
        made_for: String,
        /// What the configuration says.
        configured: String,
    },
    /// A newer program made it.
    #[error("the ledger has schema version {found}, this program knows versions up to {known}")]
    Newer {
        /// The ledger's version.
        found: i64,
        /// The program's version.
        known: i64,
    },
    /// An older program made it, and only a writer migrates.
    #[error(
        "the ledger has schema version {found}, this program writes {known}; run `moisson publish` to migrate it"
    )]
    Older {
        /// The ledger's version.
        found: i64,
        /// The program's version.
        known: i64,
    },
    /// Its log cannot be read without writing beside it.
    #[error(
        "{0} cannot be read by this user: it has a write-ahead log that only who may write into its folder can read"
    )]
    Unreadable(PathBuf),
    /// There is no ledger yet.
    #[error("there is no ledger at {0}; harvest first")]
    Missing(PathBuf),
    /// A body that a version refers to is gone or damaged.
    #[error("the description {digest} in the ledger is damaged: {message}")]
    Damaged {
        /// Which one.
        digest: Digest,
        /// How.
        message: String,
    },
    /// Something in the ledger is not as this program writes it.
    #[error("the ledger holds something unexpected: {0}")]
    Unexpected(String),
    /// A merged description has no canonical form.
    #[error("the merged description of {iri}: {source}")]
    Canon {
        /// The record.
        iri: String,
        /// The cause.
        source: crate::rdf::canon::CanonError,
    },
}
