//! A dataset of the API as graphs: its own, and what it says in passing of its publisher and contacts.
//!
//! Texts are in the language that is stated for the portal, or in none. Descriptions stay Markdown.
//!
//! # Fields of `datasets`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `title`, `description`, `acronym` | `dct:title`, `dct:description`, `skos:altLabel` |
//! | `page` | `dcat:landingPage`, `adms:identifier` |
//! | `uri` | `adms:identifier`, `dct:source` of the dcat:CatalogRecord |
//! | `doi` | `adms:identifier` with the address under doi.org |
//! | `organization` | `dct:publisher`, and what it says of it: see [`super::agent`], # Fields of `organization stub` |
//! | `owner` | without an organization, the same: see [`super::agent`], # Fields of `owner` |
//! | `contact_points[]` | see [`super::contact`], # Fields of `contact point` |
//! | `tags[]` | `dcat:keyword`; also `dcat:theme` and, with the badge `hvd`, `dcatap:hvdCategory`, of which normalisation keeps what a vocabulary has |
//! | `badges[]` | see [`super::badge`], # Fields of `badge` |
//! | `resources[]` | `dcat:distribution`: see [`super::distribution`], # Fields of `resource` |
//! | `license`, `license.id` | `dct:license` of each distribution, which is where DCAT-AP has it |
//! | `frequency`, `frequency.id` | `dct:accrualPeriodicity` |
//! | `temporal_coverage.start`, `temporal_coverage.end` | `dct:temporal` |
//! | `spatial` | see [`super::spatial`], # Fields of `spatial` |
//! | `schema` | see [`super::schema`], # Fields of `schema` |
//! | `harvest` | see [`super::provenance`], # Fields of `harvest` |
//! | `access_type` | `dct:accessRights` |
//! | `access_type_reason_category` | `dct:rights`: an INSPIRE limitation, and the code |
//! | `access_type_reason`, `authorization_request_url` | `dct:rights`: `rdfs:label`, `rdfs:seeAlso` |
//! | `access_audiences[].role`, `access_audiences[].condition` | `dct:rights`: a statement each |
//! | `created_at`, `created_at_internal` | `dct:issued`: the first that is a date, `harvest.issued_at` before them |
//! | `internal.created_at_internal` | `dct:created` of the dcat:CatalogRecord; without the others `dct:issued` |
//! | `last_modified`, `internal.last_modified_internal`, `last_modified_internal` | `dct:modified`: the first that is a date, `harvest.modified_at` before them |
//! | `quality` | see [`super::measure`], # Fields of `quality` |
//! | `metrics` | see [`super::measure`], # Fields of `metrics` |
//! | `extras.datagouv_ckan_id`, `extras.inspire:identifier`, `extras.inspire:resource_identifier`, `extras.harvest:remote_id` | `adms:identifier` |
//! | `extras.harvest:source_id` | as `harvest.source_id`, on portals of 2019 and before |
//! | `extras.remote_url`, `extras.ods:url` | `dcat:landingPage` |
//! | `extras.transport:url`, `extras.geopf:push:fiche-url` | `foaf:page`: the page at the national access point, on the State's map site |
//! | `extras.dcat.license`, `extras.dcat.license[]` | `dct:license` of each distribution, where `license` says nothing |
//! | `extras.dcat.rights`, `extras.dcat.rights[]`, `extras.dcat.accessRights`, `extras.dcat.accessRights[]` | `dct:rights` |
//! | `extras.dcat.provenance`, `extras.dcat.provenance[]` | `dct:provenance` |
//! | `private`, `deleted`, `archived` | it is not published |
//!
//! # Left out of `datasets`
//!
//! | field | why |
//! |---|---|
//! | `slug` | part of `page` |
//! | `description_short` | a machine's shortening of the description |
//! | `last_update` | the latest date of the resources |
//! | `frequency_date` | when an update was once expected; DCAT-AP has no property for it, and portals do not keep it |
//! | `featured` | what stands on the portal's home page |
//! | `permissions.*` | of the account that asks |
//! | `geopf.*`, `extras.geopf:*` | the state of an exchange with a map service |
//! | `community_resources.*`, `community_resources[].*` | a collection of its own: other people's, not the publisher's distributions |
//! | `ext.*`, `license.*`, `frequency.*` | labels, and what plugins of old portals keep |
//! | `extras.recommendations*` | other datasets and reuses that the portal's robot finds near |
//! | `extras.apigouvfr:*` | copies of a catalogue of services that is no longer kept |
//! | `extras.datagouv_ckan_last_sync`, `extras.ods:has_records`, `extras.ods:geo`, `extras.datafairOrigin`, `extras.datafairDatasetId` | of the portals that it came from: when it was copied, how they show it |
//! | `extras.harvest:*` | of old portals: as `harvest`, what changes with each pass |

use oxigraph::model::NamedNode;

use super::access::{self, Access};
use super::contact::Contacts;
use super::distribution::{self, Shared};
use super::extras::Extras;
use super::payload::Dataset;
use super::{
    badge, hidden, identifier, keyword, licence, measure, provenance, publisher, schema, spatial,
};
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::vocab::{dcat, dct, foaf, geodcat, skos};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};
use crate::source::part::catalogue_record::{self, Entry};
use crate::source::value::page::under;
use crate::source::value::path::FieldPath;
use crate::source::value::{date, text};

/// Describes a dataset.
pub(super) fn describe(record: &Dataset, context: &Context<'_>) -> Result<Described, Rejected> {
    hidden::refuse(&record.private, &record.deleted, &record.archived)?;
    let identifier = record
        .id
        .peek_text()
        .or(record.uri.peek_text())
        .ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Dataset, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let publisher = publisher::read(&record.organization, &record.owner, context, &mut findings);
    let contacts = Contacts::read(&record.contact_points, context, &mut findings);
    let mut dataset = Describe::main(&mut graph, &mut findings);
    dataset.a(dcat::DATASET_CLASS);
    texts(record, context, &mut dataset);
    let extras = Extras::read(&record.extras, "extras", dataset.findings());
    identifier::describe(record, identifier, &extras, &mut dataset);
    let page = pages(record, identifier, &extras, context, &mut dataset);
    if let Some(publisher) = &publisher {
        let publisher = publisher.graph.iri();
        dataset.link(dct::PUBLISHER, publisher.clone());
        if contacts.have_a_publisher() {
            dataset.link(geodcat::DISTRIBUTOR, publisher.clone());
        }
    }
    contacts.tie(&mut dataset);
    let badges = badge::kinds(&record.badges, "badges", dataset.findings());
    keyword::describe(&record.tags, &badges, context, &mut dataset);
    dates(record, &mut dataset);
    if let Some(value) = record.spatial.read("spatial", dataset.findings()) {
        spatial::describe(value, context, &mut dataset);
    }
    if let Some(frequency) = record.frequency.read("frequency", dataset.findings()) {
        dataset.token(dct::ACCRUAL_PERIODICITY, frequency.as_str(), "frequency");
    }
    access::describe(&access(record), context, &mut dataset);
    access::audiences(&record.access_audiences, &mut dataset);
    licence::harvested(&extras, &mut dataset);
    badge::types(&badges, &mut dataset);
    let laws = badge::legislation(&badges);
    badge::tie(&laws, &mut dataset);
    if let Some(value) = record.schema.read("schema", dataset.findings()) {
        schema::describe(value, "schema", &mut dataset);
    }
    let licence = licence(record, &extras, context, &mut dataset);
    let shared = Shared {
        page: &page,
        licence: licence.as_deref(),
        legislation: &laws,
    };
    let services = distribution::describe(record, &id, identifier, &shared, context, &mut dataset);
    let entry = Entry {
        id: &id,
        identifier,
        uri: &record.uri,
        field: "uri",
        path: &["api", "1", "datasets", identifier],
    };
    measure::quality(&record.quality, "quality", context.base, &mut dataset);
    measure::metrics(&record.metrics, "metrics", context.base, &mut dataset);
    let mut entry = catalogue_record::describe(&entry, context, &mut dataset);
    let origin = provenance::describe(record.harvest.peek(), &extras, context, &mut entry);
    if let Some(internal) = record.internal.peek() {
        let field = "internal.created_at_internal";
        let created = internal.created_at_internal.peek_text();
        entry.date(dct::CREATED, created.unwrap_or_default(), field);
    }

    let mentions = publisher
        .into_iter()
        .chain(contacts.into_parts())
        .chain(services)
        .chain(origin);
    Ok(Described::new(id, graph, mentions, findings))
}

fn access(record: &Dataset) -> Access<'_> {
    Access {
        kind: &record.access_type,
        reason: &record.access_type_reason,
        category: &record.access_type_reason_category,
        ask: &record.authorization_request_url,
    }
}

/// The licence of all distributions: stated, else what the harvested portal said, else assumed, unless
/// a resource states its own.
fn licence(
    record: &Dataset,
    extras: &Extras<'_>,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) -> Option<String> {
    if let Some(stated) = licence::stated(&record.license, dataset) {
        return Some(stated);
    }
    if let Some(harvested) = extras.dcat("license").first() {
        return Some((*harvested).to_owned());
    }
    let resources = record.resources.peek().into_iter().flatten();
    let is_stated = resources
        .filter_map(|r| r.peek()?.extras.peek())
        .any(|sent| {
            sent.get("dcat")
                .and_then(|dcat| dcat.get("license"))
                .is_some_and(|licence| !licence.is_null())
        });
    if is_stated {
        return None;
    }
    licence::assumed(context, dataset)
}

fn texts(record: &Dataset, context: &Context<'_>, dataset: &mut Describe<'_>) {
    text::title(&record.title, "title", context, dataset);
    text::description(&record.description, "description", context, dataset);
    let acronym = record
        .acronym
        .text("acronym", dataset.findings())
        .unwrap_or_default();
    dataset.token(skos::ALT_LABEL, acronym, "acronym");
    if let Some(language) = context.language {
        dataset.token(dct::LANGUAGE, language, "language");
    }
}

/// Writes the landing pages; gives the address of the portal's own, made up where it sends none.
fn pages(
    record: &Dataset,
    identifier: &str,
    extras: &Extras<'_>,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) -> String {
    let page = record
        .page
        .text("page", dataset.findings())
        .unwrap_or_default();
    let landing = dataset.iri(dcat::LANDING_PAGE, page, "page");
    let harvest = record.harvest.read("harvest", dataset.findings());
    if let Some(remote) = harvest.and_then(|harvest| {
        harvest
            .remote_url
            .text("harvest.remote_url", dataset.findings())
    }) {
        dataset.iri(dcat::LANDING_PAGE, remote, "harvest.remote_url");
    }
    for (key, property) in [
        ("remote_url", dcat::LANDING_PAGE),
        ("ods:url", dcat::LANDING_PAGE),
        ("transport:url", foaf::PAGE),
        ("geopf:push:fiche-url", foaf::PAGE),
    ] {
        if let Some(address) = extras.text(key, dataset) {
            dataset.iri(property, address, &extras.at(key));
        }
    }
    landing.map_or_else(
        || under(context, &["datasets", identifier]),
        NamedNode::into_string,
    )
}

/// Writes the dates. What the remote portal says of a harvested dataset counts more than when it was
/// copied, and what the portal counts as a change (`last_modified`) more than when it last stored one.
fn dates(record: &Dataset, dataset: &mut Describe<'_>) {
    let harvest = record.harvest.peek();
    let internal = record.internal.read("internal", dataset.findings());
    let remote_issued =
        harvest.and_then(|h| h.issued_at.text("harvest.issued_at", dataset.findings()));
    let remote_created =
        harvest.and_then(|h| h.created_at.text("harvest.created_at", dataset.findings()));
    let remote_modified = harvest.and_then(|h| {
        h.modified_at
            .text("harvest.modified_at", dataset.findings())
    });
    let created_at = record.created_at.text("created_at", dataset.findings());
    let last_modified = record
        .last_modified
        .text("last_modified", dataset.findings());
    let path = &mut FieldPath::below("");
    date::first(
        dataset,
        dct::ISSUED,
        &[
            (remote_issued, "harvest.issued_at"),
            (created_at, "created_at"),
            (
                internal.and_then(|i| i.created_at_internal.peek_text()),
                "internal.created_at_internal",
            ),
            (
                record.created_at_internal.peek_text(),
                "created_at_internal",
            ),
        ],
        path,
    );
    date::first(
        dataset,
        dct::MODIFIED,
        &[
            (remote_modified, "harvest.modified_at"),
            (last_modified, "last_modified"),
            (
                internal.and_then(|i| i.last_modified_internal.peek_text()),
                "internal.last_modified_internal",
            ),
            (
                record.last_modified_internal.peek_text(),
                "last_modified_internal",
            ),
        ],
        path,
    );
    date::first(
        dataset,
        dct::CREATED,
        &[(remote_created, "harvest.created_at")],
        path,
    );
    if let Some(value) = record
        .temporal_coverage
        .read("temporal_coverage", dataset.findings())
    {
        date::period(value, "temporal_coverage", dataset);
    }
}
