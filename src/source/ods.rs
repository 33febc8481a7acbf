//! Opendatasoft (<https://www.opendatasoft.com/>): the Explore API, version 2.1, as JSON
//! (<https://help.opendatasoft.com/apis/ods-explore-v2/>).
//!
//! A dataset's metadata come in templates: `default`, which all portals have, those for DCAT, DCAT-AP
//! and INSPIRE, and the portal's own (`custom`). `template` has the tables of what each of their fields
//! becomes, `dataset` that of the rest of a record, `distribution` that of its files.
//!
//! Portals take datasets from each other. What a portal has from another (`federated`, `source_*`) is
//! described with the address of its origin; whether it is harvested at all is `crawl`'s to decide.

mod agent;
mod crawl;
mod dataset;
mod distribution;
mod home;
mod language;
mod origin;
mod own;
mod payload;
mod rights;
mod spatial;
mod split;
mod template;
mod temporal;

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

/// The catalogue of datasets.
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
    portal: &Portal,
    root: Url,
    plan: Plan,
    cursor: Option<&str>,
    settings: Settings,
) -> Result<Box<dyn Crawl>, String> {
    let cursor = cursor
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| format!("the cursor of the interrupted run cannot be read: {error}"))?;
    let api = crawl::api(portal, root, settings)?;
    Ok(Box::new(crawl::Crawl::new(
        portal, api, plan, cursor, settings,
    )))
}
