//! What can go wrong with a graph file: each error names the file, or the text that is at fault.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// An error of a graph file.
#[derive(Debug, Error)]
pub enum FrozenError {
    /// A file operation failed.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file is no graph file, was cut short, or has changed since it was written.
    #[error("{path} is not a sound graph file: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The file has a format that this program does not read.
    #[error("{path} has version {found} of the format; this program reads version {known}")]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The version that is read here.
        known: u32,
    },
    /// What should be a canonical N-Triples statement is none.
    #[error("no canonical statement: {0}")]
    Malformed(String),
    /// More terms than identifiers.
    #[error("{0} terms are more than a graph file can hold")]
    TooManyTerms(u64),
}

impl FrozenError {
    /// Names the file that an operation failed on.
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// A statement that is none, cut to what an error message can hold.
    pub(super) fn malformed(text: &[u8]) -> Self {
        let shown: String = String::from_utf8_lossy(text).chars().take(200).collect();
        Self::Malformed(shown)
    }
}
