//! Pages for people, as pure functions from values to strings: no HTTP, no ledger, no clock.
//!
//! Each page is a plain struct of public fields and a function of the same name. Templates escape
//! everything; the pieces that they do not escape are the types of this module that implement
//! askama's `HtmlSafe`, each made by a template of its own, by the cleaner of `clean` or by the
//! JSON writer of `jsonld`. Pages load nothing but their style sheet and work without scripts, so
//! that they can be served under `default-src 'self'`.

mod agent;
mod asset;
mod catalogue;
mod clean;
mod dataset;
mod date;
mod distribution;
mod error;
mod finding;
mod framed;
mod geometry;
mod jsonld;
mod label;
mod link;
mod list;
mod map;
mod markdown;
mod nesting;
mod number;
mod page;
mod portal;
mod text;
mod triples;

#[cfg(test)]
mod tests;

pub use agent::{AgentPage, ContactPage, agent, contact};
pub use asset::{STYLE, asset};
pub use catalogue::{CataloguePage, Chip, Facet, HomePage, Pager, catalogue, home};
pub use dataset::{DatasetPage, Provenance, dataset};
pub use error::{ErrorPage, Problem, error};
pub use finding::Noticed;
pub use framed::{Fragment, FramedPage, framed};
pub use label::Named;
pub use list::Listed;
pub use page::{Document, Entry, Page, Site};
pub use portal::{LastRun, Outcome, PortalPage, RecordPage, portal, record};
pub use text::Language;
pub use triples::{TriplesPage, triples};
