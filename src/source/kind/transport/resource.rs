//! The files and flows of a dataset as dcat:Distribution, and what the portal made of them.
//!
//! `url` is an address that outlives moves of the file: the access URL; `original_url` is the file. A
//! flow in real time or an interface gives no file to download.
//!
//! The period of validity is what the calendar of a timetable covers. DCAT-AP has `dct:temporal` on
//! datasets; here each file has its own, and that of last year's file is not the dataset's.
//!
//! A conversion (of a GTFS file to `GeoJSON` or `NeTEx`) is a distribution of its own, made by the portal
//! and not by the publisher: it says which distribution it was derived from.
//!
//! Community resources are other people's: records of their own, which say what they were derived from.
//!
//! # Fields of `resource`
//!
//! | field | becomes |
//! |---|---|
//! | `datagouv_id`, `id` | the IRI and `dct:identifier`: the first that is sent |
//! | `title` | `dct:title` |
//! | `url` | `dcat:accessURL`, and without `original_url` `dcat:downloadURL` |
//! | `original_url` | `dcat:downloadURL` of files, a further `dcat:accessURL` of flows |
//! | `page_url` | `foaf:page` |
//! | `original_resource_url` | `prov:wasDerivedFrom` |
//! | `community_resource_publisher` | `dct:creator` and `prov:wasAttributedTo` of a community resource |
//! | `format` | `dct:format` |
//! | `type` | `documentation`: also `foaf:page` of the dataset |
//! | `updated` | `dct:modified` |
//! | `filesize` | `dcat:byteSize` |
//! | `is_available` | measurement `available` |
//! | `start_calendar_validity`, `end_calendar_validity` | `dct:temporal` |
//! | `modes[]` | `dcat:keyword` of the dataset |
//! | `features[]` | `schema:additionalProperty`: DCAT has no property for what a timetable tells beyond times |
//! | `schema_name`, `schema_version` | `dct:conformsTo` its page in the French register of schemas; a dct:Standard that is a version of it |
//! | `conversions.*` | `dcat:distribution` of its own, `prov:wasDerivedFrom` this one |
//!
//! # Left out of `resource`
//!
//! | field | why |
//! |---|---|
//! | `metadata.*` | counts of lines, stops and faults that the portal's validator found, and where `start_calendar_validity`, `modes` and `features` are read from |
//! | `content_hash` | a hash of the file or an entity tag: older answers, which do not say which |

use std::collections::BTreeSet;

use serde::Deserialize as _;

use super::payload::{Conversion, Dataset, Resource};
use crate::dcat::quality::Metric;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, foaf, prov, schema};
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::part::key::Keys;
use crate::source::part::party;
use crate::source::part::schema::registered;
use crate::source::value::date::{self, Period};
use crate::source::value::field::Field;

/// Formats of flows in real time and of interfaces, in lower case.
const FLOWS: [&str; 7] = [
    "gtfs-rt",
    "gtfsrt",
    "gbfs",
    "siri",
    "siri lite",
    "ssim",
    "api",
];

/// Writes the distributions of a dataset; gives those that are other people's.
pub(super) fn describe(
    record: &Dataset,
    id: &RecordId,
    identifier: &str,
    licence: Option<&str>,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) -> Vec<Part> {
    let resources: Vec<_> = record
        .resources
        .items("resources", dataset.findings())
        .collect();
    let mut keys = Keys::default();
    let mut modes = BTreeSet::new();
    for (position, resource) in resources {
        let field = format!("resources[{position}]");
        let key = key(resource, identifier, &field, &mut keys, dataset);
        let iri = context.base.distribution(context.portal, &key);
        let mut about = dataset.resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS);
        one(resource, &field, licence, context, &mut about);
        conversions(resource, &field, &key, licence, context, dataset);
        if let (Some("documentation"), Some(url)) =
            (resource.kind.peek_text(), resource.url.peek_text())
        {
            dataset.iri(foaf::PAGE, url, &format!("{field}.url"));
        }
        let sent = resource
            .modes
            .items(&format!("{field}.modes"), dataset.findings());
        modes.extend(sent.map(|(_, mode)| mode.clone()));
    }
    for mode in modes {
        dataset.token(dcat::KEYWORD, &mode, "resources[].modes");
    }
    community(record, id, context, dataset)
}

fn key(
    resource: &Resource,
    identifier: &str,
    field: &str,
    keys: &mut Keys,
    about: &mut Describe<'_>,
) -> Key {
    let own = resource.id.peek().map(ToString::to_string);
    let id = resource.datagouv_id.peek_text().or(own.as_deref());
    let address = resource
        .url
        .peek_text()
        .or(resource.original_url.peek_text());
    keys.mint(
        id,
        address.unwrap_or_default(),
        resource.format.peek_text().unwrap_or_default(),
        identifier,
        &format!("{field}.datagouv_id"),
        about,
    )
}

/// Writes one resource, which stands in `field`.
fn one(
    resource: &Resource,
    field: &str,
    licence: Option<&str>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let at = |name: &str| format!("{field}.{name}");
    let own = resource
        .id
        .read(&at("id"), about.findings())
        .map(ToString::to_string);
    let id = resource
        .datagouv_id
        .text(&at("datagouv_id"), about.findings());
    let id = id.or(own.as_deref()).unwrap_or_default();
    about.token(dct::IDENTIFIER, id, &at("id"));
    let title = resource.title.text(&at("title"), about.findings());
    about.text(
        dct::TITLE,
        title.unwrap_or_default(),
        context.language,
        &at("title"),
    );
    let format = resource
        .format
        .text(&at("format"), about.findings())
        .unwrap_or_default();
    about.token(dct::FORMAT, format, &at("format"));
    addresses(resource, format, &at, about);
    if let Some(size) = resource.filesize.read(&at("filesize"), about.findings()) {
        about.count(dcat::BYTE_SIZE, *size, &at("filesize"));
    }
    let updated = resource.updated.text(&at("updated"), about.findings());
    about.date(dct::MODIFIED, updated.unwrap_or_default(), &at("updated"));
    let period = Period {
        start: resource.start_calendar_validity.clone(),
        end: resource.end_calendar_validity.clone(),
    };
    date::period(&period, &at("calendar_validity"), about);
    let available = resource
        .is_available
        .read(&at("is_available"), about.findings());
    if let (Some(available), Some(metric)) = (available, Metric::named("available")) {
        about.measure(metric, &available.to_string(), context.base);
    }
    let features = resource.features.items(&at("features"), about.findings());
    let features: Vec<&String> = features.map(|(_, feature)| feature).collect();
    if !features.is_empty() {
        let mut node = about.node(schema::ADDITIONAL_PROPERTY, schema::PROPERTY_VALUE);
        node.token(schema::NAME, "features", &at("features"));
        for feature in features {
            node.token(schema::VALUE, feature, &at("features"));
        }
    }
    standard(resource, &at, about);
    if let Some(licence) = licence {
        about.token(dct::LICENSE, licence, "licence");
    }
}

fn addresses(
    resource: &Resource,
    format: &str,
    at: &dyn Fn(&str) -> String,
    about: &mut Describe<'_>,
) {
    let url = resource
        .url
        .text(&at("url"), about.findings())
        .unwrap_or_default();
    let original = resource
        .original_url
        .text(&at("original_url"), about.findings());
    let access = about.iri(dcat::ACCESS_URL, url, &at("url"));
    let file = match original {
        Some(original) => about.clean_iri(original, &at("original_url")),
        None => access.clone(),
    };
    let is_flow = FLOWS.contains(&format.to_lowercase().as_str());
    match file {
        Some(file) if is_flow => {
            about.link(dcat::ACCESS_URL, file);
        }
        Some(file) => {
            if access.is_none() {
                about.link(dcat::ACCESS_URL, file.clone());
            }
            about.link(dcat::DOWNLOAD_URL, file);
        }
        None if access.is_none() => {
            about.find(Code::MissingProperty, &at("url"), "it has no address", "");
        }
        None => {}
    }
    for (sent, property, name) in [
        (&resource.page_url, foaf::PAGE, "page_url"),
        (
            &resource.original_resource_url,
            prov::WAS_DERIVED_FROM,
            "original_resource_url",
        ),
    ] {
        let address = sent.text(&at(name), about.findings()).unwrap_or_default();
        about.iri(property, address, &at(name));
    }
}

/// Writes the schema that a file follows.
fn standard(resource: &Resource, at: &dyn Fn(&str) -> String, about: &mut Describe<'_>) {
    let name = resource
        .schema_name
        .text(&at("schema_name"), about.findings());
    let version = resource
        .schema_version
        .text(&at("schema_version"), about.findings());
    let Some(name) = name else {
        return;
    };
    let page = registered(name);
    if let Some(page) = &page {
        about.link(dct::CONFORMS_TO, page.clone());
    }
    if page.is_none() || version.is_some() {
        let mut standard = about.node(dct::CONFORMS_TO, dct::STANDARD);
        standard.token(dct::TITLE, name, &at("schema_name")).token(
            dcat::VERSION,
            version.unwrap_or_default(),
            &at("schema_version"),
        );
        if let Some(page) = page {
            standard.link(dct::IS_VERSION_OF, page);
        }
    }
}

/// Writes what the portal made of a resource, whose key is `from`.
fn conversions(
    resource: &Resource,
    field: &str,
    from: &Key,
    licence: Option<&str>,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) {
    let field = format!("{field}.conversions");
    let Some(sent) = resource.conversions.read(&field, dataset.findings()) else {
        return;
    };
    for (format, value) in sent {
        let field = format!("{field}.{format}");
        let conversion = match Conversion::deserialize(value) {
            Ok(conversion) => conversion,
            Err(_) if value.is_null() => continue,
            Err(_) => {
                let message = "left out: it has an unexpected type";
                dataset.find(Code::FieldUnreadable, &field, message, &value.to_string());
                continue;
            }
        };
        let at = |name: &str| format!("{field}.{name}");
        let Some(url) = conversion
            .stable_url
            .text(&at("stable_url"), dataset.findings())
        else {
            continue;
        };
        let key = Key::hashed(&format!("{from}\nconversion\n{format}"));
        let iri = context.base.distribution(context.portal, &key);
        let source = context.base.distribution(context.portal, from);
        let mut about = dataset.resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS);
        let title = resource.title.peek_text().unwrap_or_default();
        about
            .text(
                dct::TITLE,
                &format!("{title} ({format})"),
                context.language,
                &field,
            )
            .token(dct::FORMAT, format, &field)
            .link(prov::WAS_DERIVED_FROM, source);
        about.iri(dcat::ACCESS_URL, url, &at("stable_url"));
        about.iri(dcat::DOWNLOAD_URL, url, &at("stable_url"));
        if let Some(size) = conversion.filesize.read(&at("filesize"), about.findings()) {
            about.count(dcat::BYTE_SIZE, *size, &at("filesize"));
        }
        if let Some(licence) = licence {
            about.token(dct::LICENSE, licence, "licence");
        }
    }
}

/// Other people's files about the dataset.
fn community(
    record: &Dataset,
    dataset: &RecordId,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Vec<Part> {
    let of = context.base.record(dataset);
    let findings = about.findings();
    let resources: Vec<_> = record
        .community_resources
        .items("community_resources", findings)
        .collect();
    let mut parts = Vec::new();
    for (position, resource) in resources {
        let field = format!("community_resources[{position}]");
        let own = resource.id.peek().map(ToString::to_string);
        let Some(identifier) = resource.datagouv_id.peek_text().or(own.as_deref()) else {
            let message = "left out: it has no identifier";
            findings.push(crate::finding::Finding::new(
                Code::MissingProperty,
                format!("{field}.datagouv_id"),
                message,
                "",
            ));
            continue;
        };
        let id = RecordId::new(context.portal, Kind::Distribution, identifier);
        let mut graph = RecordGraph::new(context.base.record(&id));
        let at = format!("{field}.community_resource_publisher");
        let author = match &resource.community_resource_publisher {
            Field::Missing => None,
            sent => sent.text(&at, findings).map(ToOwned::to_owned),
        };
        let author =
            author.and_then(|name| party::agent(&name, foaf::AGENT, &at, context, findings));
        let mut file = Describe::main(&mut graph, findings);
        file.a(dcat::DISTRIBUTION_CLASS)
            .link(prov::WAS_DERIVED_FROM, of.clone());
        one(resource, &field, None, context, &mut file);
        if let Some(author) = &author {
            file.link(dct::CREATOR, author.graph.iri().clone())
                .link(prov::WAS_ATTRIBUTED_TO, author.graph.iri().clone());
        }
        graph.dedup();
        let role = Role::Mention;
        parts.push(Part { id, role, graph });
        parts.extend(author);
    }
    parts
}
