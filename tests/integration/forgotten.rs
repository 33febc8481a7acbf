//! Nothing is forgotten by accident: every path of every record is mapped or left out on purpose, as
//! the tables in the documentation of a source's modules say, and every mapped one does something.
//!
//! Reading tables, walking and matching know nothing of a kind of portal; [`udata`], [`ckan`], [`ods`], [`transport`],
//! [`iso`] and [`dublin`] say where their records are.

mod change;
mod ckan;
mod dublin;
mod golden;
mod iso;
mod known;
mod listed;
mod ods;
mod path;
mod picture;
mod shown;
mod table;
mod transport;
mod udata;
mod walk;
mod xml;
