//! transport.data.gouv.fr.

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

fn describe(_: &str, _: &[u8], _: &Context<'_>) -> Result<Described, Rejected> {
    Err(Rejected::Unreadable("not described yet".to_owned()))
}

fn split(_: &[u8]) -> Result<Split, SplitError> {
    Err(SplitError::Scalar)
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
