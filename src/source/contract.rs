//! What a kind of portal and the rest of the program say to each other: a kind's functions, the records
//! that a crawl gives, and what describing one of them leads to.
//!
//! It knows no kind. Whoever wants a kind by its name asks [`super::registry`].

#[cfg(test)]
pub(in crate::source) mod broken;
mod crawl;
mod error;
pub(in crate::source) mod keys;
mod settings;
mod split;

use std::sync::Arc;

use thiserror::Error;
use url::Url;

use crate::dcat::RecordGraph;
use crate::finding::Finding;
use crate::rdf::syntax::Syntax;
pub use crate::record::Role;
use crate::record::{Base, Former, PortalId, RecordId};
use crate::vocabulary::Vocabularies;

pub use crawl::{Crawl, Marks, Page, Plan, Settings};
pub use error::CrawlError;
pub use keys::{Fault, Keys};
pub use settings::{Configured, Site, Start};
pub use split::{Split, SplitError};

/// What a kind of portal brings: its settings, which page over a portal, and how one of its records
/// becomes graphs.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Its name in the configuration and on the command line.
    pub name: &'static str,
    /// The lists that such a portal has, in the order in which a crawl takes them.
    pub collections: &'static [&'static str],
    /// Reads the keys of a portal that only this kind has.
    pub configure: Configure,
    /// Describes one record of a collection. Deterministic: payload and context decide alone.
    pub describe: fn(&str, &[u8], &Context<'_>) -> Result<Described, Rejected>,
    /// Splits what `moisson convert` is given into raw records; where it is RDF, by the syntax that it is
    /// said to be in.
    pub split: fn(&[u8], Option<Syntax>) -> Result<Split, SplitError>,
    /// The collections whose marks ([`RawRecord::mark`]) an incremental crawl compares; the newest mark
    /// of the first says where it may end.
    pub marked: &'static [&'static str],
}

/// How settings are read: [`Source::configure`].
pub type Configure = fn(&mut Keys) -> Result<Arc<dyn Configured>, Fault>;

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
    /// What codes and names are looked up in.
    pub vocabularies: &'a Vocabularies,
    /// The keys that are kept from an earlier version of the program.
    pub former: &'a Former,
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
    pub(in crate::source) fn new(
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
    pub(in crate::source) fn no_collection(name: &str) -> Self {
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
