//! transport.data.gouv.fr (<https://github.com/etalab/transport-site>), the French access point for
//! transport data: its API as JSON.
//!
//! It describes datasets of data.gouv.fr, by whose identifiers it calls them: what it adds is what it
//! found in their files (periods of validity, modes, features), the conversions that it makes of them,
//! and whose offer of transport they are about. So the same dataset is on both portals; its identifier
//! and its addresses on data.gouv.fr are among its names here.

mod agent;
mod crawl;
mod dataset;
mod payload;
mod place;
mod resource;
mod split;

#[cfg(test)]
mod tests;

use serde::Deserialize as _;
use url::Url;

use super::{Context, Crawl, Described, Plan, Rejected, Settings, Source};
use crate::config::Portal;

/// What this kind brings.
pub(super) const SOURCE: Source = Source {
    describe,
    split: split::split,
    crawl: start,
    is_searchable: |_| true,
    marked: &[DATASETS],
};

/// The list of datasets, `/api/datasets`.
const DATASETS: &str = "datasets";

fn describe(
    collection: &str,
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    if collection != DATASETS {
        return Err(Rejected::Unreadable(format!(
            "`{collection}` is no collection that is described"
        )));
    }
    let unreadable = |error: serde_json::Error| Rejected::Unreadable(error.to_string());
    let value: serde_json::Value = serde_json::from_slice(payload).map_err(unreadable)?;
    if !value.is_object() {
        return Err(Rejected::Unreadable("it is no JSON object".to_owned()));
    }
    let record = payload::Dataset::deserialize(value).map_err(unreadable)?;
    dataset::describe(&record, context)
}

fn start(
    _: &Portal,
    root: Url,
    plan: Plan,
    cursor: Option<&str>,
    settings: Settings,
) -> Result<Box<dyn Crawl>, String> {
    let cursor = cursor
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| format!("the cursor of the interrupted run cannot be read: {error}"))?;
    Ok(Box::new(crawl::Crawl::new(root, plan, cursor, settings)))
}
