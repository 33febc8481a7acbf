//! The text index: records found by their words, places, times and facets.
//!
//! A projection of the ledger like the graph, published with it in the same snapshot: [`Projection::make`]
//! makes it of a sequence, from the one before where that serves; [`Index::open`] reads it, and
//! [`Index::search`] answers a [`Request`]. After any history of changes it finds what an index made anew
//! finds. It can be thrown away and made again.
//!
//! It knows nothing of SPARQL (`graph::query` speaks to it for `SERVICE <urn:moisson:search>`) nor of HTTP,
//! and writes nothing but the folder that it is told to make.

mod analysis;
mod collect;
mod entry;
mod gather;
mod index;
mod make;
mod place;
mod query;
mod request;
mod schema;
mod sealed;
mod snippet;
mod synonyms;

use std::path::{Path, PathBuf};

use thiserror::Error;

pub use analysis::Language;
pub use entry::moments;
pub use index::{Deferred, Index, Suggestion};
pub use make::{Change, Projection, clear};
pub use place::{Near, Rectangle};
pub use request::{
    Answer, Counts, Cursor, Facet, Hit, LONGEST_TEXT, MOST, MOST_WORDS, Matching, Part, Request,
    Snippet, Sort, Tagged, Text,
};

use crate::ledger::LedgerError;

/// The name of the index's folder in a snapshot.
pub const FOLDER: &str = "search";

/// What can go wrong with the index.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A file operation failed.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The index is damaged, not there, or of another layout.
    #[error(
        "{path}: the search index cannot be read ({message}); `moisson rebuild` makes it again"
    )]
    Unreadable {
        /// Its folder.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// A description in the ledger is no N-Triples.
    #[error("the description of {iri} in the ledger is damaged: {message}")]
    Damaged {
        /// The record.
        iri: String,
        /// The parser's message.
        message: String,
    },
    /// The request asks for more than is answered.
    #[error("{0}")]
    Refused(String),
}

impl SearchError {
    fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    fn index(path: &Path) -> impl FnOnce(tantivy::TantivyError) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self::Unreadable {
            path,
            message: error.to_string(),
        }
    }
}
