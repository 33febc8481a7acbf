//! Values as portals send them, read leniently: each is what it is written to be, or a finding.
//!
//! A value knows nothing of the record that it stands in, and of no kind of portal.

pub(in crate::source) mod account;
pub(in crate::source) mod charset;
pub(in crate::source) mod checksum;
pub(in crate::source) mod date;
pub(in crate::source) mod doi;
pub(in crate::source) mod duration;
pub(in crate::source) mod field;
pub(in crate::source) mod geometry;
pub(in crate::source) mod mail;
pub(in crate::source) mod markup;
pub(in crate::source) mod page;
pub(in crate::source) mod path;
pub(in crate::source) mod siret;
pub(in crate::source) mod telephone;
pub(in crate::source) mod text;
pub(in crate::source) mod wkt;
