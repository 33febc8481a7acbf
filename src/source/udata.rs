//! udata (<https://github.com/opendatateam/udata>), the software of data.gouv.fr: API version 1 as JSON.
//!
//! Datasets and organizations become DCAT-AP 3.0.1 and GeoDCAT-AP. Codes that a vocabulary knows
//! (format, licence, frequency…) are written as the portal has them, as literals under their property;
//! normalisation replaces them. Texts are in the language that the operator states for the portal, or
//! in none. Descriptions stay Markdown.
//!
//! # Dataset
//!
//! | field | becomes |
//! |---|---|
//! | `id`, `harvest.dct_identifier` | `dct:identifier` |
//! | `page`, `uri`, `harvest.uri`, `harvest.remote_id`, `doi`, `harvest.doi` | `adms:identifier` |
//! | `title`, `description`, `acronym` | `dct:title`, `dct:description`, `skos:altLabel` |
//! | `page`, `harvest.remote_url` | `dcat:landingPage` |
//! | `organization`, else `owner` | `dct:publisher` |
//! | `contact_points` | `dcat:contactPoint`; by role `dct:creator`, `dct:rightsHolder`, `geodcatap:custodian` … `geodcatap:user`; publisher, author and owner `prov:qualifiedAttribution` |
//! | `tags` | `dcat:keyword`; also `dcat:theme` and, with the badge `hvd`, `dcatap:hvdCategory`, of which normalisation keeps what a vocabulary has |
//! | `harvest.issued_at`, else `created_at` | `dct:issued` |
//! | `last_modified` | `dct:modified` |
//! | `harvest.created_at` | `dct:created` |
//! | `temporal_coverage` | `dct:temporal` |
//! | `spatial.zones`, `spatial.geom` | `dct:spatial` |
//! | `frequency` | `dct:accrualPeriodicity` |
//! | `access_type` | `dct:accessRights` |
//! | `access_type_reason`, `…_category`, `authorization_request_url` | `dct:rights` (`rdfs:label`, `dct:identifier`, `rdfs:seeAlso`) |
//! | `license` | `dct:license` of each distribution, which is where DCAT-AP has it |
//! | `badges` `hvd`, `inspire` | `dcatap:applicableLegislation`, of the distributions too |
//! | `schema` | `dct:conformsTo` |
//! | `uri` | `dct:source` of the dcat:CatalogRecord |
//!
//! # Resource
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `title`, `description` | `dct:title`, `dct:description` |
//! | `latest`, else `url`, else the dataset's page | `dcat:accessURL` |
//! | `url` | `dcat:downloadURL`; a further `dcat:accessURL` of services, `api`, `code` and `documentation` |
//! | `type` `documentation` | also `foaf:page` of the dataset |
//! | `format`, `mime`, `filesize`, `checksum` | `dct:format`, `dcat:mediaType`, `dcat:byteSize`, `spdx:checksum` |
//! | `harvest.issued_at`, else `created_at` | `dct:issued` |
//! | `harvest.modified_at`, else `last_modified` | `dct:modified` |
//! | `schema` | `dct:conformsTo` |
//!
//! # Organization, owner and contact
//!
//! | field | becomes |
//! |---|---|
//! | `id`, `name`, `acronym`, `description` | `dct:identifier`, `foaf:name`, `skos:altLabel`, `dct:description` |
//! | `business_number_id` | `org:identifier`, where it is a SIRET |
//! | `url`, `page`, `logo` | `foaf:homepage`, `foaf:page`, `foaf:logo` |
//! | `badges` | `dct:type` (see `agent`) |
//! | contact `name`, `email`, `contact_form` | `vcard:fn`, `vcard:hasEmail`, `vcard:hasURL` |
//!
//! # Left out
//!
//! | field | why |
//! |---|---|
//! | `metrics`, `quality`, `last_update`, `frequency_date`, resource `extras` (`check:…`, `analysis:…`) | they change without the dataset changing |
//! | `permissions`, `internal`, `featured`, `ext`, `banner_…`, `logo_thumbnail`, `presentation_blocs`, `preview_url`, `slug` | about the portal's site, not the data |
//! | `description_short` | a machine's shortening of the description |
//! | `members`, `teams`, `avatar`, user names beyond an owner's | persons, whom no catalogue needs |
//! | `harvest.backend`, `domain`, `source_id`, `last_update`, `archived_…` | how the portal harvests |
//! | `spatial.granularity`, `access_audiences`, `extras`, schema versions | DCAT-AP has no property for them |
//! | other badges (`spd`, `certified`, …) | awards of one portal |
//! | an organization's `created_at`, `last_modified` | dates of its page, not of the organization |
//! | `community_resources` | other people's; not the publisher's distributions |

mod access;
mod agent;
mod badge;
mod catalogue_record;
mod contact;
pub mod crawl;
mod dataset;
mod date;
mod distribution;
mod field;
mod geometry;
mod identifier;
mod keyword;
mod licence;
mod markup;
mod page;
mod payload;
mod publisher;
mod schema;
mod siret;
mod spatial;
mod split;
mod text;

#[cfg(test)]
mod tests;

use serde::Deserialize;
use serde_json::Value;

use super::{Context, Described, Rejected, Role};

pub use split::{Split, SplitError, split};

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
    let value: Value =
        serde_json::from_slice(payload).map_err(|error| Rejected::Unreadable(error.to_string()))?;
    if !value.is_object() {
        return Err(Rejected::Unreadable("it is no JSON object".to_owned()));
    }
    let unreadable = |error: serde_json::Error| Rejected::Unreadable(error.to_string());
    match collection {
        DATASETS => dataset::describe(
            &payload::Dataset::deserialize(value).map_err(unreadable)?,
            context,
        ),
        ORGANIZATIONS => {
            let record = payload::Organization::deserialize(value).map_err(unreadable)?;
            if record.deleted.is_sent() {
                return Err(Rejected::Hidden("deleted"));
            }
            let mut findings = Vec::new();
            let part = agent::organization(&record, Role::Main, "", context, &mut findings);
            let parts = vec![part.ok_or(Rejected::NoIdentifier)?];
            Ok(Described { parts, findings })
        }
        other => Err(Rejected::Unreadable(format!(
            "`{other}` is no collection that is described"
        ))),
    }
}
