//! The shape of a description: the graph of one record, the only writer of its triples, and what
//! follows from it (merging of shared records, memberships, the lossy view for pages).
//!
//! DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/>. No struct mirrors the profile:
//! between decode and publish a record is its triples.

mod describe;
mod graph;

pub use describe::{Describe, read_date};
pub use graph::RecordGraph;
