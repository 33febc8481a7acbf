//! The attacks of `docs/SECURITY.md` on the real program, as a process on loopback, while somebody else
//! goes on asking it: `make torture`.
//!
//! Each test prints one row for `docs/TORTURE.md` with what was measured, and then fails where a limit that
//! it states is missed. None runs with the others: each wants the machine for itself.

mod clients;
mod feeds;
mod meter;
mod portals;
mod queries;
mod row;
mod secrets;
mod world;
