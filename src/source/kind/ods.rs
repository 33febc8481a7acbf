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
mod settings;
mod spatial;
mod split;
mod template;
mod temporal;

#[cfg(test)]
mod tests;

use crate::source::contract::{Context, Described, Rejected, Source};
use crate::source::value::account;
use crate::source::value::field::record;

/// What this kind brings.
pub(in crate::source) const SOURCE: Source = Source {
    name: "ods",
    collections: &[DATASETS],
    configure: settings::configure,
    describe,
    split: |body, _| split::split(body),
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
        return Err(Rejected::no_collection(collection));
    }
    let mut described = dataset::describe(&record::<payload::Dataset>(payload)?, context)?;
    account::of_json(
        &mut described.findings,
        (SOURCE.name, DATASETS),
        payload,
        None,
    );
    Ok(described)
}
