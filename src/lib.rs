//! Moisson harvests open data portals and publishes what it finds as DCAT-AP linked data.
//!
//! One path runs through the program:
//!
//! ```text
//! fetch page → decode records → describe as graph → normalise → validate → digest → ledger → project → publish
//! ```
//!
//! Everything from *decode* to *digest* is synchronous and deterministic: values in, values out, no
//! clock, network or environment. The [`ledger`] (SQLite) is the truth; the [`graph`] is a projection of
//! it, kept by one of several engines, and [`search`] another, the text index: both can be thrown away and
//! made again.
//!
//! Layers import strictly downwards (a test guards them):
//!
//! ```text
//! {address, causes, cores, finding, record, lock} < {rdf, fetch} < vocabulary < dcat < {source, normalise, validate} < harvest
//! rdf < salvage < source < config < {harvest, graph, web}
//! {rdf, dcat} < ledger < search < graph < publish < web;   {harvest, publish} < operate;   harvest and web never import each other;   commands wire all
//! ```
//!
//! Absences that hold: `salvage` knows no DCAT and fetches nothing; `normalise` and `validate` never fetch; `source` never writes; `harvest`
//! writes only to the ledger; `web` writes nothing; nothing above `rdf` builds an IRI from input
//! without cleaning it.

pub mod address;
pub mod causes;
pub mod commands;
pub mod config;
pub mod cores;
pub mod dcat;
pub mod demo;
pub mod fetch;
pub mod finding;
pub mod graph;
pub mod harvest;
pub mod ledger;
pub mod lock;
pub mod normalise;
pub mod operate;
pub mod publish;
pub mod rdf;
pub mod record;
pub mod salvage;
pub mod search;
pub mod source;
pub mod validate;
pub mod vocabulary;
pub mod web;
