//! Pages for people, as pure functions from values to strings: no HTTP, no ledger, no clock.
//!
//! Each page is a struct of public fields, which its template reads; what the template needs beside them
//! are methods of it. [`written`] makes the HTML. Templates escape everything; the pieces that they do not escape are the types of this module that implement
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
mod prose;
mod provenance;
mod quality;
mod related;
mod role;
mod subject;
mod talk;
mod term;
mod text;
mod thing;
mod triples;

#[cfg(test)]
mod tests;

pub(super) use agent::{AgentPage, ContactPage};
pub(super) use asset::asset;
pub(super) use catalogue::{CataloguePage, Chip, Facet, HomePage, Pager};
pub(super) use dataset::DatasetPage;
pub(super) use discussion::DiscussionPage;
pub(super) use distribution::Contributed;
pub(super) use error::{ErrorPage, Problem};
pub(super) use finding::{Noticed, named_in};
pub(super) use framed::{Fragment, FramedPage};
pub(super) use graph::GraphPage;
pub(super) use group::Group;
pub(super) use harvest::{Fate, HarvestPage, HarvestsPage, Ran, Stands, StatusPage, Unmapped};
pub(super) use label::Named;
pub(super) use list::Listed;
pub(super) use page::{Document, Page, Site, written};
pub(super) use portal::{Counted, LastRun, Outcome, PortalPage};
pub(super) use provenance::{Also, Provenance};
pub(super) use related::Related;
pub(super) use subject::Thing;
pub(super) use talk::Discussed;
pub(super) use text::Language;
pub(super) use thing::ThingPage;
pub(super) use triples::TriplesPage;
