//! The frozen graph: a whole dataset as one immutable, memory-mapped file, made when a snapshot is
//! published and never changed afterwards. `docs/FROZEN.md` has the format.
//!
//! Terms are numbered in SPARQL's order; of each graph and predicate the pairs of subject and object are
//! kept sorted both ways, with exact counts. oxigraph's evaluator reads it as a [`dataset`], and a
//! columnar executor beside it answers what it can answer exactly as that one would.

pub mod build;
pub mod dataset;
mod date;
mod dictionary;
mod error;
pub mod execute;
mod file;
mod front;
mod key;
mod locals;
pub mod merge;
mod number;
mod open;
mod pairs;
mod partition;
mod write;

pub use date::Moment;
pub use dictionary::{Ranges, Reader};
pub use error::FrozenError;
pub use file::Meta;
pub use locals::Locals;
pub use number::{Number, Place};
pub use open::Frozen;
pub use pairs::{Groups, Order, Pairs};
pub use partition::Partition;

/// The identifier of a term: of the file below [`Frozen::terms`], of one query above.
pub type Id = u32;
