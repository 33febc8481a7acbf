//! What building and merging share: the sections of a graph file, written once from front to back.
//!
//! Terms come as sorted keys ([`dictionary`]), pairs partition by partition ([`partitions`]); what must
//! wait for its turn, or is too much for the memory, goes to a [`spill`]. A file is written beside its
//! place and takes it only when it is whole, on disk and checked ([`sections::Sections::publish`]).

mod check;
pub(super) mod dictionary;
pub(super) mod front;
pub(super) mod keys;
pub(super) mod order;
pub(super) mod partitions;
pub(super) mod sections;
pub(super) mod shapes;
pub(super) mod spill;
pub(super) mod tags;
pub(super) mod threads;
