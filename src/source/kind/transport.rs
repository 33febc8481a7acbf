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
mod settings;
mod split;

#[cfg(test)]
mod tests;

use crate::source::contract::{Context, Described, Rejected, Source};
use crate::source::value::account;
use crate::source::value::field::record;

/// What this kind brings.
pub(in crate::source) const SOURCE: Source = Source {
    name: "transport",
    collections: &[DATASETS],
    configure: settings::configure,
    describe,
    split: |body, _| split::split(body),
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
