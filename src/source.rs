//! The portals' software, one module a kind: how to page over a portal, and how one of its records
//! becomes graphs.
//!
//! A source fetches pages and decodes records; it never writes to the ledger and never decides what is
//! withdrawn. Describing is synchronous and deterministic: payload and context in, parts and findings
//! out, so that `reconvert` can repeat it offline.

mod answer;
#[cfg(test)]
mod broken;
mod catalogue_record;
mod charset;
mod checksum;
mod ckan;
mod crawl;
mod csw;
mod date;
mod dcat;
mod doi;
mod error;
mod field;
mod fragment;
mod geometry;
mod key;
mod mail;
mod markup;
mod name;
mod ods;
mod ogc;
mod page;
mod party;
mod place;
mod schema;
mod siret;
mod split;
mod text;
mod transport;
pub mod udata;
mod watch;

use thiserror::Error;
use url::Url;

use crate::config::{Portal, PortalKind};
use crate::dcat::RecordGraph;
use crate::finding::Finding;
use crate::record::{Base, PortalId, RecordId};

pub use crawl::{Crawl, Marks, Page, Plan, Settings};
pub use error::CrawlError;
pub use split::{Split, SplitError};

/// What a kind of portal brings: how to page over it, and how one of its records becomes graphs.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Describes one record of a collection. Deterministic: payload and context decide alone.
    pub describe: fn(&str, &[u8], &Context<'_>) -> Result<Described, Rejected>,
    /// Splits what `moisson convert` is given into raw records.
    pub split: fn(&[u8]) -> Result<Split, SplitError>,
    /// A crawl of a portal, whose root is given, from its start or from a [`Crawl::cursor`]; a message
    /// where the cursor cannot be read.
    pub crawl: Start,
    /// Whether what changed in a portal can be asked for, as its configuration stands.
    pub is_searchable: fn(&Portal) -> bool,
    /// The collections whose marks ([`RawRecord::mark`]) an incremental crawl compares; the newest mark
    /// of the first says where it may end.
    pub marked: &'static [&'static str],
}

/// How a crawl begins: [`Source::crawl`].
pub type Start = fn(&Portal, Url, Plan, Option<&str>, Settings) -> Result<Box<dyn Crawl>, String>;

/// What a kind of portal brings.
#[must_use]
pub fn of(kind: PortalKind) -> &'static Source {
    match kind {
        PortalKind::Udata => &udata::SOURCE,
        PortalKind::Ckan => &ckan::SOURCE,
        PortalKind::Ods => &ods::SOURCE,
        PortalKind::Csw => &csw::SOURCE,
        PortalKind::Dcat => &dcat::SOURCE,
        PortalKind::Transport => &transport::SOURCE,
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

impl Described {
    /// A record with its own graph, and what it says in passing of others.
    fn new(
        id: RecordId,
        mut graph: RecordGraph,
        mentions: impl IntoIterator<Item = Part>,
        findings: Vec<Finding>,
    ) -> Self {
        graph.dedup();
        let role = Role::Main;
        let mut parts = vec![Part { id, role, graph }];
        parts.extend(mentions);
        Self { parts, findings }
    }
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

impl Rejected {
    /// A record of a collection that this kind of portal does not have.
    fn no_collection(name: &str) -> Self {
        Self::Unreadable(format!("`{name}` is no collection that is described"))
    }
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
