//! CSW 2.0.2: GeoNetwork, pycsw and others.

mod iso;
mod xml;

use url::Url;

use super::{Context, Crawl, Described, Plan, Rejected, Settings, Source, Split, SplitError};
use crate::config::Portal;

/// What this kind brings.
pub(super) const SOURCE: Source = Source {
    describe,
    split,
    crawl,
    is_searchable: |_| false,
    marked: &[],
};

fn describe(
    collection: &str,
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    match collection {
        iso::RECORDS => iso::describe(payload, context),
        other => Err(Rejected::Unreadable(format!(
            "`{other}` is no collection that is described"
        ))),
    }
}

fn split(body: &[u8]) -> Result<Split, SplitError> {
    iso::split(body).map_err(|error| SplitError::NotXml(error.to_string()))
}

fn crawl(
    _: &Portal,
    _: Url,
    _: Plan,
    _: Option<&str>,
    _: Settings,
) -> Result<Box<dyn Crawl>, String> {
    Err("this kind of portal cannot be harvested yet".to_owned())
}
