//! udata (<https://github.com/opendatateam/udata>), the software of data.gouv.fr: API version 1 as JSON.
//!
//! Records become DCAT-AP 3.0.1 and GeoDCAT-AP. Codes that a vocabulary knows (format, licence,
//! frequency…) are written as the portal has them, as literals under their property; normalisation
//! replaces them. Texts are in the language that the operator states for the portal, or in none.
//! Descriptions stay Markdown.
//!
//! Each module has the table of the fields that it maps, and that of what it leaves out and why:
//! `dataset` with its resources (`distribution`), places (`spatial`), schemas (`schema`), provenance
//! (`provenance`) and contact points (`contact`); organizations and owners (`agent`); `service`, `reuse`,
//! `discussion`, `topic`, `community` resources and harvested portals (`origin`); of many of them badges
//! (`badge`) and what portals measure (`measure`).

mod access;
mod agent;
mod badge;
mod community;
mod contact;
mod crawl;
mod dataset;
mod discussion;
mod distribution;
mod extras;
mod hidden;
mod identifier;
mod keyword;
mod licence;
mod measure;
mod origin;
mod payload;
mod provenance;
mod publisher;
mod reference;
mod reuse;
mod schema;
mod service;
mod settings;
mod spatial;
mod split;
mod topic;

#[cfg(test)]
mod tests;

use crate::source::contract::{Context, Described, Rejected, Role, Source};
use crate::source::value::account;
use crate::source::value::field::record;

pub use split::split;

/// What this kind brings.
pub(in crate::source) const SOURCE: Source = Source {
    name: "udata",
    collections: &crawl::COLLECTIONS,
    configure: settings::configure,
    describe,
    split: |body, _| split(body),
    marked: &crawl::MARKED,
};

/// The collection of datasets, `/api/1/datasets/`.
pub const DATASETS: &str = "datasets";
/// The collection of organizations, `/api/1/organizations/`.
pub const ORGANIZATIONS: &str = "organizations";
/// The collection of data services, `/api/1/dataservices/`.
pub const DATASERVICES: &str = "dataservices";
/// The collection of reuses, `/api/1/reuses/`.
pub const REUSES: &str = "reuses";
/// The collection of discussions, `/api/1/discussions/`.
pub const DISCUSSIONS: &str = "discussions";
/// The collection of topics, `/api/2/topics/`, each with its elements under `elements`.
pub const TOPICS: &str = "topics";
/// The collection of other people's resources, `/api/1/datasets/community_resources/`.
pub const COMMUNITY: &str = "community_resources";
/// The collection of the portals that the portal harvests, `/api/1/harvest/sources/`.
pub const SOURCES: &str = "harvest_sources";

/// Describes one record of a collection.
///
/// # Errors
/// [`Rejected`] where the record has no identifier, is no JSON object, or must not be listed.
pub fn describe(
    collection: &str,
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    let described = match collection {
        DATASETS => dataset::describe(&record::<payload::Dataset>(payload)?, context),
        ORGANIZATIONS => organization(&record(payload)?, context),
        DATASERVICES => service::describe(&record::<service::Service>(payload)?, context),
        REUSES => reuse::describe(&record::<reuse::Reuse>(payload)?, context),
        DISCUSSIONS => discussion::describe(&record::<discussion::Discussion>(payload)?, context),
        TOPICS => topic::describe(&record::<topic::Topic>(payload)?, context),
        COMMUNITY => community::describe(&record::<community::Community>(payload)?, context),
        SOURCES => origin::describe(&record::<origin::Origin>(payload)?, context),
        other => Err(Rejected::no_collection(other)),
    };
    let mut described = described?;
    account::of_json(
        &mut described.findings,
        (SOURCE.name, collection),
        payload,
        None,
    );
    Ok(described)
}

fn organization(
    record: &payload::Organization,
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    if record.deleted.is_sent() {
        return Err(Rejected::Hidden("deleted"));
    }
    let mut findings = Vec::new();
    let part = agent::organization(record, Role::Main, "", context, &mut findings);
    let parts = vec![part.ok_or(Rejected::NoIdentifier)?];
    Ok(Described { parts, findings })
}
