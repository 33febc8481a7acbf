//! The frozen graph: a whole dataset as one immutable, memory-mapped file, made when a snapshot is
//! published and never changed afterwards. `docs/FROZEN.md` has the format.
//!
//! Terms are numbered in SPARQL's order; of each graph and predicate the pairs of subject and object are
//! kept sorted both ways, with exact counts. oxigraph's evaluator reads it as a dataset ([`dataset`]),
//! and a columnar executor beside it answers what it can answer exactly as that one would.

mod date;
mod error;
pub(crate) mod key;
mod number;

pub use date::Moment;
pub use error::FrozenError;
pub use number::Number;
