//! The kinds of portals, one module each. None imports another: what two of them need is in `part`,
//! `value`, `crawl` or `feed`.

pub(in crate::source) mod ckan;
pub(in crate::source) mod csw;
pub(in crate::source) mod dcat;
pub(in crate::source) mod ods;
pub(in crate::source) mod transport;
pub mod udata;
