//! The resources of a dataset as dcat:Distribution.
//!
//! Documentation is a distribution too: its permalink, checksum, size and dates have no other place,
//! and it is how udata publishes it; that it documents the dataset is said by a `foaf:page` beside it.
//! The access URL is udata's permalink, which outlives moves of the file; the download URL is the file.
//! A geographic service behind it is a dcat:DataService of its own (see [`super::ogc`]).
//!
//! # Fields of `resource`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `title`, `description` | `dct:title`, `dct:description` |
//! | `latest` | `dcat:accessURL`; without it `url`, else the dataset’s page |
//! | `url` | `dcat:downloadURL`; a further `dcat:accessURL` of services, `api`, `code` and `documentation` |
//! | `type` | `documentation`: also `foaf:page` of the dataset; `api`, `code`: no file to download |
//! | `format`, `mime` | `dct:format`, `dcat:mediaType`; of an OGC service also `dcat:accessService` |
//! | `filesize` | `dcat:byteSize` |
//! | `extras.analysis:content-length` | the same, without `filesize` |
//! | `checksum.type`, `checksum.value` | `spdx:checksum` |
//! | `extras.analysis:checksum` | the same, without `checksum` |
//! | `harvest.issued_at`, `created_at`, `published`, `internal.created_at_internal`, `created_at_internal` | `dct:issued`: the first that is a date |
//! | `harvest.modified_at`, `last_modified`, `internal.last_modified_internal`, `last_modified_internal` | `dct:modified`: the first that is a date |
//! | `harvest.uri` | `prov:wasDerivedFrom` |
//! | `schema` | see [`super::schema`], # Fields of `schema` |
//! | `extras.dcat.license`, `extras.dcat.license[]` | `dct:license`, where the dataset has none |
//! | `extras.dcat.rights`, `extras.dcat.rights[]`, `extras.dcat.accessRights`, `extras.dcat.accessRights[]` | `dct:rights` |
//! | `extras.check:available`, `extras.check:status`, `extras.check:date` | measurements `available`, `http-status`, `checked-at` |
//! | `extras.validation-report:valid_resource`, `extras.validation-report:nb_errors`, `extras.validation-report:errors_count` | measurements `schema-valid`, `schema-errors` |
//! | `metrics` | see [`super::measure`], # Fields of `metrics` |
//!
//! # Left out of `resource`
//!
//! | field | why |
//! |---|---|
//! | `filetype` | whether the portal stores the file: the address tells |
//! | `preview_url` | the portal's page for looking at the file |
//! | `harvest.last_update` | when the harvester last passed: it changes without anything changing |
//! | `geopf.*`, `extras.geopf:*` | the state of an exchange with a map service, whose results are resources of their own |
//! | `is_available` | of old portals: `extras.check:available` |
//! | `extras.check:*`, `extras.analysis:*`, `extras.validation-report:*` | inner workings and copies of robots; what `analysis:last-modified-at` found is `last_modified` |
//! | `extras.check:timeout` | then `extras.check:available` is false |
//! | `extras.ods:type`, `extras.datafairEmbed`, `extras.apidocUrl` | of the portals that it came from: how they show it |
//! | `extras.transport:*` | features of timetables, without a property in DCAT-AP |

mod file;

use std::collections::{BTreeMap, HashSet};

use oxigraph::model::NamedNode;

use super::extras::Extras;
use super::payload::{Dataset, Resource};
use super::{badge, licence, measure, schema};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::{dcat, dct, foaf, prov};
use crate::record::RecordId;
use crate::source::contract::{Context, Part};
use crate::source::part::key::Keys;
use crate::source::part::ogc;
use crate::source::value::path::FieldPath;
use crate::source::value::{date, text};

/// What a dataset says for all of its distributions.
pub(super) struct Shared<'a> {
    /// The page to lead to where a resource has no address.
    pub(super) page: &'a str,
    /// The licence of all of them, as the portal wrote it; without it, each has what it states itself.
    pub(super) licence: Option<&'a str>,
    /// The laws under which the dataset is published.
    pub(super) legislation: &'a [NamedNode],
}

/// Writes the distributions of a dataset; gives the services that they lead to.
pub(super) fn describe(
    record: &Dataset,
    id: &RecordId,
    identifier: &str,
    shared: &Shared<'_>,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) -> Vec<Part> {
    let own = context.base.record(id);
    let mut services: BTreeMap<RecordId, Part> = BTreeMap::new();
    let resources: Vec<_> = record
        .resources
        .items("resources", dataset.findings())
        .collect();
    let mut keys = Keys::of(resources.iter().map(|(_, resource)| {
        let address = resource.url.peek_text().or(resource.latest.peek_text());
        let format = resource.format.peek_text();
        let id = resource.id.peek_text();
        (id, address.unwrap_or_default(), format.unwrap_or_default())
    }));
    let mut addresses = HashSet::new();
    for (position, resource) in resources {
        let field = format!("resources[{position}]");
        let id = resource.id.text(&format!("{field}.id"), dataset.findings());
        let address = resource.url.peek_text().or(resource.latest.peek_text());
        let key = keys.mint(
            id,
            address.unwrap_or_default(),
            resource.format.peek_text().unwrap_or_default(),
            identifier,
            &format!("{field}.id"),
            dataset,
        );
        let format = resource.format.peek_text().map(str::to_lowercase);
        let url = resource.url.peek_text();
        if let Some(url) = url.filter(|url| !addresses.insert((*url, format))) {
            dataset.find(
                Code::DuplicateIdentifier,
                &format!("{field}.url"),
                "another resource of the dataset has the same address and format",
                url,
            );
        }
        let iri = context.base.distribution(context.portal, &key);
        let mut about = dataset.resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS);
        let file = one(resource, &field, shared, context, &mut about);
        let format = resource.format.peek_text().unwrap_or_default();
        let service = file.as_ref().and_then(|file| {
            let protocol = ogc::behind(format, file.as_str())?;
            ogc::service(protocol, file, &own, context)
        });
        if let Some(service) = service {
            about.link(dcat::ACCESS_SERVICE, service.graph.iri().clone());
            services.insert(service.id.clone(), service);
        }
        if let (Some("documentation"), Some(page)) = (resource.kind.peek_text(), file) {
            dataset.link(foaf::PAGE, page);
        }
    }
    services.into_values().collect()
}

/// Writes one resource, which stands in `field` (empty for a record of its own), about the distribution
/// that `about` writes of; gives the address of the file itself.
pub(super) fn one(
    resource: &Resource,
    field: &str,
    shared: &Shared<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Option<NamedNode> {
    let mut path = FieldPath::below(field);
    let path = &mut path;
    if let Some(id) = resource.id.peek_text() {
        about.token(dct::IDENTIFIER, id, path.to("id"));
    }
    let title = resource
        .title
        .text(path.to("title"), about.findings())
        .unwrap_or_default();
    if title.is_empty() {
        about.find(
            Code::FieldUnreadable,
            path.to("title"),
            "empty or missing: published without title",
            "",
        );
    }
    about.text(dct::TITLE, title, context.language, path.to("title"));
    text::description(
        &resource.description,
        path.to("description"),
        context,
        about,
    );
    let kind = resource
        .kind
        .text(path.to("type"), about.findings())
        .unwrap_or("main");
    let format = resource
        .format
        .text(path.to("format"), about.findings())
        .unwrap_or_default();
    about.token(dct::FORMAT, format, path.to("format"));
    let mime = resource
        .mime
        .text(path.to("mime"), about.findings())
        .unwrap_or_default();
    about.token(dcat::MEDIA_TYPE, mime, path.to("mime"));
    let file = addresses(resource, kind, format, path, shared, about);
    let extras = Extras::read(&resource.extras, path.to("extras"), about.findings());
    file::size(resource, path.to("filesize"), &extras, about);
    file::checksum(resource, path.to("checksum"), &extras, about);
    dates(resource, path, about);
    let own = extras.dcat("license").first().copied();
    if let Some(licence) = shared.licence.or(own) {
        licence::write(dct::LICENSE, licence, "license", about);
    }
    licence::harvested(&extras, about);
    measure::metrics(&resource.metrics, path.to("metrics"), context.base, about);
    measure::checks(&extras, context.base, about);
    if let Some(value) = resource.schema.read(path.to("schema"), about.findings()) {
        schema::describe(value, path.to("schema"), about);
    }
    badge::tie(shared.legislation, about);
    file
}

/// Writes where the resource is; gives the address of the file itself.
fn addresses(
    resource: &Resource,
    kind: &str,
    format: &str,
    path: &mut FieldPath,
    shared: &Shared<'_>,
    about: &mut Describe<'_>,
) -> Option<NamedNode> {
    let url = resource
        .url
        .text(path.to("url"), about.findings())
        .unwrap_or_default();
    let latest = resource
        .latest
        .text(path.to("latest"), about.findings())
        .unwrap_or_default();
    let file = if url.is_empty() {
        if !latest.is_empty() {
            about.find(
                Code::FieldUnreadable,
                path.to("url"),
                "empty or missing: only the permanent address is given",
                "",
            );
        }
        None
    } else {
        about.clean_iri(url, path.to("url"))
    };
    let access = about
        .iri(dcat::ACCESS_URL, latest, path.to("latest"))
        .is_some();
    match (&file, access) {
        (_, true) => {}
        (Some(file), false) => {
            about.link(dcat::ACCESS_URL, file.clone());
        }
        (None, false) => {
            about.find(
                Code::MissingProperty,
                path.to("url"),
                "the dataset's page is given as access address",
                url,
            );
            about.iri(dcat::ACCESS_URL, shared.page, "page");
        }
    }
    if let Some(file) = &file {
        let is_service = ogc::is_service(format) || ogc::behind(format, file.as_str()).is_some();
        let is_file = !matches!(kind, "api" | "documentation" | "code") && !is_service;
        // `mailto:` and the like give access, but no file.
        let is_download = is_file && file.as_str().contains("://");
        about.link(
            if is_download {
                dcat::DOWNLOAD_URL
            } else {
                dcat::ACCESS_URL
            },
            file.clone(),
        );
    }
    file
}

/// What the remote portal says of a harvested resource counts more than when it was copied.
fn dates(resource: &Resource, path: &mut FieldPath, about: &mut Describe<'_>) {
    let harvest = resource.harvest.read(path.to("harvest"), about.findings());
    let issued = harvest.and_then(|harvest| {
        harvest
            .issued_at
            .text(path.to("harvest.issued_at"), about.findings())
    });
    let modified = harvest.and_then(|harvest| {
        harvest
            .modified_at
            .text(path.to("harvest.modified_at"), about.findings())
    });
    if let Some(uri) = harvest.and_then(|h| h.uri.text(path.to("harvest.uri"), about.findings())) {
        // Some harvesters have a local name there: it names nothing outside.
        if let Cleaned::Kept(remote) | Cleaned::Repaired(remote) = clean(uri) {
            about.link(prov::WAS_DERIVED_FROM, remote);
        }
    }
    let internal = resource
        .internal
        .read(path.to("internal"), about.findings());
    let created_at = resource
        .created_at
        .text(path.to("created_at"), about.findings());
    let last_modified = resource
        .last_modified
        .text(path.to("last_modified"), about.findings());
    date::first(
        about,
        dct::ISSUED,
        &[
            (issued, "harvest.issued_at"),
            (created_at, "created_at"),
            (resource.published.peek_text(), "published"),
            (
                internal.and_then(|i| i.created_at_internal.peek_text()),
                "internal.created_at_internal",
            ),
            (
                resource.created_at_internal.peek_text(),
                "created_at_internal",
            ),
        ],
        path,
    );
    date::first(
        about,
        dct::MODIFIED,
        &[
            (modified, "harvest.modified_at"),
            (last_modified, "last_modified"),
            (
                internal.and_then(|i| i.last_modified_internal.peek_text()),
                "internal.last_modified_internal",
            ),
            (
                resource.last_modified_internal.peek_text(),
                "last_modified_internal",
            ),
        ],
        path,
    );
}
