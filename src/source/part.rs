//! Parts of records that several kinds of portals have: whom and what a record names, and how that is
//! called here.
//!
//! What is said of a part follows from what it is called by, so that all records that name it agree.

pub(in crate::source) mod catalogue_record;
pub(in crate::source) mod fragment;
pub(in crate::source) mod key;
pub(in crate::source) mod link;
pub(in crate::source) mod name;
pub(in crate::source) mod ogc;
pub(in crate::source) mod party;
pub(in crate::source) mod place;
pub(in crate::source) mod relation;
pub(in crate::source) mod schema;
