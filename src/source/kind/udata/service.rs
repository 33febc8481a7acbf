//! A data service of the API as dcat:DataService.
//!
//! What it serves is a list of its own in the API, which the crawl puts under `datasets`. A service is of
//! high value with the badge `hvd` or, as udata itself has it in its RDF, the tag. Rate limits are a
//! dct:RightsStatement beside the access rights; availability is what the provider says of it, so that it
//! is a remark about quality and no measurement.
//!
//! # Fields of `dataservices`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `title`, `description`, `acronym` | `dct:title`, `dct:description`, `skos:altLabel` |
//! | `base_api_url` | `dcat:endpointURL` |
//! | `machine_documentation_url` | `dcat:endpointDescription` |
//! | `technical_documentation_url`, `business_documentation_url` | `foaf:page` |
//! | `self_web_url` | `dcat:landingPage`, `adms:identifier` |
//! | `self_api_url` | `dct:source` of the dcat:CatalogRecord, `adms:identifier` |
//! | `organization` | `dct:publisher`, see [`super::agent`], # Fields of `organization stub` |
//! | `owner` | `dct:publisher` where there is no organization, see [`super::agent`], # Fields of `owner` |
//! | `contact_points[]` | see [`super::contact`], # Fields of `contact point` |
//! | `datasets[].id` | `dcat:servesDataset`: the IRI of the dataset |
//! | `license` | `dct:license` |
//! | `access_type`, `access_type_reason`, `access_type_reason_category`, `authorization_request_url` | `dct:accessRights`, `dct:rights`, see [`super::access`] |
//! | `access_audiences[].role`, `access_audiences[].condition` | `dct:rights`, see [`super::access`] |
//! | `rate_limiting`, `rate_limiting_url` | `dct:rights`: `rdfs:label`, `rdfs:seeAlso` |
//! | `availability`, `availability_url` | `dqv:hasQualityAnnotation`: `rdf:value` of its `oa:hasBody`, `rdfs:seeAlso` |
//! | `format` | `dct:format` |
//! | `tags[]` | `dcat:keyword`, and `dcat:theme` and `dcatap:hvdCategory` where normalisation knows it |
//! | `badges[]` | `dcatap:applicableLegislation`: see [`super::badge`], # Fields of `badge` |
//! | `created_at` | `dct:issued` |
//! | `metadata_modified_at` | `dct:modified` |
//! | `harvest.created_at` | `dct:created` |
//! | `harvest.uri` | `adms:identifier`, and `prov:wasDerivedFrom` of the dcat:CatalogRecord |
//! | `harvest.remote_id` | `adms:identifier` |
//! | `harvest.remote_url` | `dcat:landingPage`; without `uri` also `prov:wasDerivedFrom` |
//! | `harvest.source_id`, `harvest.domain`, `harvest.backend`, `harvest.source_url` | where the dcat:CatalogRecord comes from, see [`super::provenance`] |
//! | `metrics` | see [`super::measure`], # Fields of `metrics` |
//! | `private`, `deleted_at`, `archived_at` | such a service is not published |
//!
//! # Left out of `dataservices`
//!
//! | field | why |
//! |---|---|
//! | `datasets[].page` | its address, which stands for one that the catalogue does not have |
//! | `slug`, `featured`, `permissions.*` | about the portal's site |
//! | `contact_point.*`, `endpoint_description_url`, `is_restricted`, `has_token` | of older versions, replaced by fields above |
//! | `harvest.*` | when and how the harvester last passed |
//! | `datasets[].class`, `datasets[].title`, `datasets[].acronym`, `datasets[].uri` | the dataset says it itself |
//! | `datasets.rel`, `datasets.href`, `datasets.type`, `datasets.total` | where the API has the list |

use serde::Deserialize;
use serde_json::{Map, Number, Value};

use super::access::{self, Access};
use super::contact::Contacts;
use super::extras::Extras;
use super::payload::{
    Audience, Badge, Code, ContactPoint, Harvest, List, Organization, Text, User,
};
use super::reference::{Listing, Reference, members};
use super::{badge, hidden, identifier, keyword, licence, measure, provenance, publisher};
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::vocab::{dcat, dct, dqv, foaf, geodcat, oa, rdf, rdfs, skos};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};
use crate::source::part::catalogue_record::{self, Entry};
use crate::source::value::field::Field;
use crate::source::value::{date, page, text};

/// An item of `/api/1/dataservices/` with the datasets that it serves.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Service {
    id: Text,
    title: Text,
    acronym: Text,
    description: Text,
    base_api_url: Text,
    machine_documentation_url: Text,
    technical_documentation_url: Text,
    business_documentation_url: Text,
    self_api_url: Text,
    self_web_url: Text,
    rate_limiting: Text,
    rate_limiting_url: Text,
    availability: Field<Number>,
    availability_url: Text,
    format: Text,
    license: Field<Code>,
    access_type: Text,
    access_audiences: List<Audience>,
    access_type_reason: Text,
    access_type_reason_category: Text,
    authorization_request_url: Text,
    tags: List<String>,
    badges: List<Badge>,
    organization: Field<Organization>,
    owner: Field<User>,
    contact_points: List<ContactPoint>,
    datasets: Field<Listing<Reference>>,
    harvest: Field<Harvest>,
    created_at: Text,
    metadata_modified_at: Text,
    metrics: Field<Map<String, Value>>,
    private: Field<bool>,
    deleted_at: Field<Value>,
    archived_at: Field<Value>,
}

/// Describes a data service.
pub(super) fn describe(record: &Service, context: &Context<'_>) -> Result<Described, Rejected> {
    hidden::refuse(&record.private, &record.deleted_at, &record.archived_at)?;
    let identifier = record.id.peek_text().ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Service, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let publisher = publisher::read(&record.organization, &record.owner, context, &mut findings);
    let contacts = Contacts::read(&record.contact_points, context, &mut findings);
    let mut about = Describe::main(&mut graph, &mut findings);
    about
        .a(dcat::DATA_SERVICE)
        .token(dct::IDENTIFIER, identifier, "id");
    text::title(&record.title, "title", context, &mut about);
    text::description(&record.description, "description", context, &mut about);
    let acronym = record.acronym.text("acronym", about.findings());
    about.token(skos::ALT_LABEL, acronym.unwrap_or_default(), "acronym");
    addresses(record, context, &mut about);
    if let Some(publisher) = &publisher {
        let publisher = publisher.graph.iri();
        about.link(dct::PUBLISHER, publisher.clone());
        if contacts.have_a_publisher() {
            about.link(geodcat::DISTRIBUTOR, publisher.clone());
        }
    }
    contacts.tie(&mut about);
    for dataset in members(
        &record.datasets,
        Kind::Dataset,
        "datasets",
        context,
        &mut about,
    ) {
        about.link(dcat::SERVES_DATASET, dataset);
    }
    conditions(record, context, &mut about);
    let format = record.format.text("format", about.findings());
    about.token(dct::FORMAT, format.unwrap_or_default(), "format");
    let badges = badges(record, &mut about);
    keyword::describe(&record.tags, &badges, context, &mut about);
    badge::tie(&badge::legislation(&badges), &mut about);
    dates(record, &mut about);
    let entry = Entry {
        id: &id,
        identifier,
        uri: &record.self_api_url,
        field: "self_api_url",
        path: &["api", "1", "dataservices", identifier],
    };
    measure::metrics(&record.metrics, "metrics", context.base, &mut about);
    let mut entry = catalogue_record::describe(&entry, context, &mut about);
    let none = Field::Missing;
    let extras = Extras::read(&none, "extras", entry.findings());
    let origin = provenance::describe(record.harvest.peek(), &extras, context, &mut entry);
    Ok(Described::new(
        id,
        graph,
        publisher
            .into_iter()
            .chain(contacts.into_parts())
            .chain(origin),
        findings,
    ))
}

/// Writes where the service and what is written about it are, and the names that follow from it.
fn addresses(record: &Service, context: &Context<'_>, about: &mut Describe<'_>) {
    let none = Harvest::default();
    let harvest = record
        .harvest
        .read("harvest", about.findings())
        .unwrap_or(&none);
    page::each(
        &[
            (&record.base_api_url, dcat::ENDPOINT_URL, "base_api_url"),
            (
                &record.machine_documentation_url,
                dcat::ENDPOINT_DESCRIPTION,
                "machine_documentation_url",
            ),
            (
                &record.technical_documentation_url,
                foaf::PAGE,
                "technical_documentation_url",
            ),
            (
                &record.business_documentation_url,
                foaf::PAGE,
                "business_documentation_url",
            ),
            (&record.self_web_url, dcat::LANDING_PAGE, "self_web_url"),
            (
                &harvest.remote_url,
                dcat::LANDING_PAGE,
                "harvest.remote_url",
            ),
        ],
        about,
    );
    let names = [
        record.self_web_url.peek_text(),
        record.self_api_url.peek_text(),
        harvest.uri.text("harvest.uri", about.findings()),
        harvest
            .remote_id
            .text("harvest.remote_id", about.findings()),
    ];
    identifier::others(&names, context, about);
}

/// Writes who may use the service, how often, under which licence, and how far it can be relied on.
fn conditions(record: &Service, context: &Context<'_>, about: &mut Describe<'_>) {
    if let Some(licence) = licence::read(&record.license, context, about) {
        licence::write(dct::LICENSE, &licence, "license", about);
    }
    let access = Access {
        kind: &record.access_type,
        reason: &record.access_type_reason,
        category: &record.access_type_reason_category,
        ask: &record.authorization_request_url,
    };
    access::describe(&access, context, about);
    access::audiences(&record.access_audiences, about);
    let limit = record.rate_limiting.text("rate_limiting", about.findings());
    let page = record
        .rate_limiting_url
        .text("rate_limiting_url", about.findings());
    if limit.is_some() || page.is_some() {
        let mut rights = about.node(dct::RIGHTS, dct::RIGHTS_STATEMENT);
        let limit = limit.unwrap_or_default();
        rights
            .text(rdfs::LABEL, limit, context.language, "rate_limiting")
            .iri(
                rdfs::SEE_ALSO,
                page.unwrap_or_default(),
                "rate_limiting_url",
            );
    }
    let share = record.availability.read("availability", about.findings());
    let page = record
        .availability_url
        .text("availability_url", about.findings());
    if share.is_some() || page.is_some() {
        let mut remark = about.node(dqv::HAS_QUALITY_ANNOTATION, dqv::QUALITY_ANNOTATION);
        remark.iri(rdfs::SEE_ALSO, page.unwrap_or_default(), "availability_url");
        if let Some(share) = share {
            remark.node(oa::HAS_BODY, oa::TEXTUAL_BODY).token(
                rdf::VALUE,
                &format!("{share} %"),
                "availability",
            );
        }
    }
}

/// The badges, with `hvd` for the tag of that name.
fn badges<'a>(record: &'a Service, about: &mut Describe<'_>) -> Vec<&'a str> {
    let mut badges = badge::kinds(&record.badges, "badges", about.findings());
    let tags = record.tags.peek().map_or(&[][..], Vec::as_slice);
    let tagged = tags
        .iter()
        .filter_map(Field::peek)
        .any(|tag| tag.trim().eq_ignore_ascii_case("hvd"));
    if tagged && !badges.contains(&"hvd") {
        badges.push("hvd");
    }
    badges
}

fn dates(record: &Service, about: &mut Describe<'_>) {
    let none = Harvest::default();
    let harvest = record.harvest.peek().unwrap_or(&none);
    date::each(
        &[
            (&record.created_at, dct::ISSUED, "created_at"),
            (
                &record.metadata_modified_at,
                dct::MODIFIED,
                "metadata_modified_at",
            ),
            (&harvest.created_at, dct::CREATED, "harvest.created_at"),
        ],
        about,
    );
}
