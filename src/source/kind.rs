//! The kinds of portals, one module each. None imports another: what two of them need is in `part`,
//! `value`, `crawl` or `feed`.

pub(in crate::source) mod ckan;
pub(in crate::source) mod csw;
pub(in crate::source) mod dcat;
pub(in crate::source) mod ods;
pub(in crate::source) mod transport;
pub mod udata;

use super::contract::{Context, Described, Rejected, Source};
use super::value::charset;

/// Describes a record as its kind does, with what was told of its encoding when it was read.
pub(in crate::source) fn describe(
    source: &Source,
    collection: &str,
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    let (odd, payload) = charset::told(payload);
    let mut described = (source.describe)(collection, payload, context)?;
    described.findings.splice(0..0, odd);
    Ok(described)
}
