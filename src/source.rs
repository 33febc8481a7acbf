//! The portals' software: how to page over a portal, and how one of its records becomes graphs.
//!
//! A source fetches pages and decodes records; it never writes to the ledger and never decides what is
//! withdrawn. Describing is synchronous and deterministic: payload and context in, parts and findings
//! out, so that `reconvert` can repeat it offline.
//!
//! ```text
//! contract ─► value ─► part ─► feed ─► kind/{udata, ckan, ods, csw, dcat, transport} ─► registry
//!        └──► crawl ───────────┘
//! ```
//!
//! Arrows read "is used by". `contract` is what a kind and the program say to each other; `value` a value
//! as it was sent (a field, a date, a geometry); `part` what kinds write alike of a record's parts (agents,
//! places, services); `crawl` what every crawl needs; `feed` catalogues in RDF, which several kinds have; a
//! kind knows its own API, and no other kind. A test (`tests/integration/layers.rs`) holds this, and that
//! nothing in here takes what it needs from this page, which is for those outside.

mod contract;
mod crawl;
mod feed;
pub mod kind;
mod part;
mod registry;
mod value;

pub use contract::{
    Configure, Configured, Context, Crawl, CrawlError, Described, Fault, Keys, Marks, Page, Part,
    Plan, RawRecord, Rejected, Role, Settings, Site, Source, Split, SplitError, Start,
};
pub use feed::{LastingKey, is_rdf, lasting_key};
pub use registry::{PortalKind, describe, of};
