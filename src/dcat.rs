//! The shape of a description: the graph of one record, the only writer of its triples, and what
//! follows from it (merging of shared records, memberships, the lossy view for pages).
//!
//! DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/>. No struct mirrors the profile:
//! between decode and publish a record is its triples.

mod date;
mod derive;
mod describe;
pub mod endpoint;
pub mod geometry;
mod graph;
mod identity;
mod law;
mod membership;
mod merge;
mod owners;
pub mod quality;
mod referring;
pub mod view;
mod withhold;

pub use date::{read_date, read_moment};
pub use derive::{derive, derive_of, said_of_others, terms};
pub use describe::Describe;
pub use graph::RecordGraph;
pub use identity::{RELEASE as EVIDENCE, is_doi_name};
pub use law::{HVD_LEGISLATION, is_hvd_legislation};
pub use membership::memberships;
pub use merge::merge;
pub use owners::Owners;
pub use referring::{called, fitting};
pub use withhold::{withhold, withhold_long};
