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
mod discussion;
mod distribution;
mod error;
mod facts;
mod finding;
mod framed;
mod geometry;
mod graph;
mod group;
mod harvest;
mod jsonld;
mod label;
mod link;
mod list;
mod map;
mod markdown;
mod nesting;
mod noun;
mod number;
mod outline;
mod page;
mod picture;
mod portal;
mod provenance;
mod quality;
mod role;
mod talk;
mod term;
mod text;
mod thing;
mod triples;

#[cfg(test)]
mod tests;

pub use agent::{AgentPage, ContactPage, agent, contact};
pub use asset::{STYLE, asset};
pub use catalogue::{CataloguePage, Chip, Facet, HomePage, Pager, catalogue, home};
pub use dataset::{DatasetPage, Related, dataset};
pub use discussion::{DiscussionPage, discussion};
pub use distribution::Contributed;
pub use error::{ErrorPage, Problem, error};
pub use finding::Noticed;
pub(in crate::web) use finding::named_in;
pub use framed::{Fragment, FramedPage, framed};
pub use graph::{GraphPage, graph};
pub use group::Group;
pub use harvest::{
    Fate, HarvestPage, HarvestsPage, Ran, Stands, StatusPage, harvest, harvests, status,
};
pub use label::Named;
pub use list::Listed;
pub use page::{Document, Entry, Page, Site};
pub use portal::{Counted, LastRun, Outcome, PortalPage, RecordPage, portal, record};
pub use provenance::{Also, Provenance};
pub use talk::Discussed;
pub use text::Language;
pub use thing::{Thing, ThingPage, thing};
pub use triples::{TriplesPage, triples};
