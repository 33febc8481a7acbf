//! The HTTP server: dereferenceable IRIs, the paged catalogue, the SPARQL endpoint.
//!
//! Documents and feeds are served from the ledger as of the published sequence, questions by worker
//! processes on the published snapshot. It writes nothing and never imports `harvest`.

mod admin;
mod alias;
mod answers;
mod catalogue;
mod client;
mod compression;
mod conditional;
pub mod connections;
mod dereference;
mod document;
mod error;
mod extract;
mod gone;
mod graphs;
mod harvests;
mod headers;
mod health;
mod html;
mod known;
mod lang;
mod large;
mod lists;
pub mod named;
pub mod negotiate;
mod network;
mod paged;
mod pages;
mod portals;
mod queries;
mod readings;
mod reply;
mod representation;
mod resolve;
mod router;
mod said;
pub mod sparql;
mod spool;
mod state;
mod tidy;
mod vocabulary;
mod words;
pub mod workers;

pub use error::WebError;
pub use router::router;
pub use state::App;
