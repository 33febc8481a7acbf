//! What a file or answer of a portal holds, as `moisson convert` is given it.

use thiserror::Error;

use super::RawRecord;

/// The records found in a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Split {
    /// The records, in the order of the body.
    pub records: Vec<RawRecord>,
    /// What was skipped and why, one sentence each.
    pub skipped: Vec<String>,
}

/// Why a body cannot be split.
#[derive(Debug, Error)]
pub enum SplitError {
    /// It is no JSON.
    #[error("it is no JSON: {0}")]
    NotJson(String),
    /// It is JSON, but neither an object nor a list.
    #[error("it is neither a JSON object nor a list")]
    Scalar,
    /// It is no XML, or is refused for what it declares.
    #[error("it is no usable XML: {0}")]
    NotXml(String),
    /// It is no RDF.
    #[error("it is no usable RDF: {0}")]
    NotRdf(String),
}
