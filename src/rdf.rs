//! RDF itself: terms of the vocabularies, syntaxes, cleaning of IRIs, canonical form, serialisation.
//!
//! The lowest layer. It knows nothing of datasets, portals or stores.

pub mod blank;
pub mod canon;
pub mod iri;
pub mod jsonld;
pub mod language;
pub mod lines;
pub mod long;
pub mod namespace;
pub mod order;
pub mod subjects;
pub mod syntax;
pub mod text;
pub mod vocab;
pub mod write;
