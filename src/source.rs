//! The portals' software, one module a kind: how to page over a portal, and how one of its records
//! becomes graphs.
//!
//! A source fetches pages and decodes records; it never writes to the ledger and never decides what is
//! withdrawn. Describing is synchronous and deterministic: payload and context in, parts and findings
//! out, so that `reconvert` can repeat it offline.

mod crawl;
pub mod udata;

use thiserror::Error;
use url::Url;

use crate::config::PortalKind;
use crate::dcat::RecordGraph;
use crate::finding::Finding;
use crate::record::{Base, PortalId, RecordId};

pub use crawl::Crawl;
pub use udata::crawl::{CrawlError, Page, Plan};

/// Describes one record of a portal of this kind.
///
/// # Errors
/// [`Rejected`] where it cannot be described at all.
pub fn describe(
    kind: PortalKind,
    collection: &str,
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    match kind {
        PortalKind::Udata => udata::describe(collection, payload, context),
    }
}

/// Splits what `moisson convert` is given into raw records.
///
/// # Errors
/// A message where it is not what such a portal sends.
pub fn split(kind: PortalKind, body: &[u8]) -> Result<udata::Split, udata::SplitError> {
    match kind {
        PortalKind::Udata => udata::split(body),
    }
}

/// The collections whose marks an incremental run over such a portal compares.
#[must_use]
pub fn marked(kind: PortalKind) -> &'static [&'static str] {
    match kind {
        PortalKind::Udata => &udata::crawl::MARKED,
    }
}

/// What describing a record may depend on, beside its payload.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// Prefix of minted IRIs.
    pub base: &'a Base,
    /// The portal's id.
    pub portal: &'a PortalId,
    /// The portal's root, ending in `/`.
    pub root: &'a Url,
    /// The language that the operator states for the portal's own texts.
    pub language: Option<&'a str>,
    /// The licence of records that state none.
    pub licence: Option<&'a str>,
}

/// How much a description counts for its record, when several source records contribute to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The source's own record of the thing: what mentions say of it is not needed.
    Main,
    /// What another record says of it in passing: merged with the other mentions.
    Mention,
}

/// One record that a source record contributes to.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which record.
    pub id: RecordId,
    /// How much it counts.
    pub role: Role,
    /// What is said.
    pub graph: RecordGraph,
}

/// A source record, described.
#[derive(Debug, Clone, Default)]
pub struct Described {
    /// The record itself first, then those that it mentions.
    pub parts: Vec<Part>,
    /// What was odd, in the order of the fields.
    pub findings: Vec<Finding>,
}

/// Why a source record cannot be described at all; it costs that record, never the page.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Rejected {
    /// It is no JSON object, or a mandatory field has a type that carries nothing.
    #[error("unreadable record: {0}")]
    Unreadable(String),
    /// It has neither IRI nor identifier.
    #[error("the record has neither IRI nor identifier")]
    NoIdentifier,
    /// It says of itself that it must not be listed (private, deleted).
    #[error("the record is {0} and is not published")]
    Hidden(&'static str),
}

/// A record as a page has it, before it is decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// The collection it belongs to (`datasets`, `organizations`).
    pub collection: &'static str,
    /// The source's own identifier; empty where none could be read (the record is then rejected).
    pub key: String,
    /// The record as sent.
    pub payload: Vec<u8>,
    /// The source's own mark of its last change, where an incremental run can compare it.
    pub mark: Option<String>,
}
