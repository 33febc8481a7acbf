//! The resources of a dataset as dcat:Distribution.
//!
//! Documentation is a distribution too: its permalink, checksum, size and dates have no other place,
//! and it is how udata publishes it; that it documents the dataset is said by a `foaf:page` beside it.
//! The access URL is udata's permalink, which outlives moves of the file; the download URL is the file.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{Literal, NamedNode};

use super::payload::{Dataset, Resource};
use super::{badge, date, schema, text};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, foaf, spdx, xsd};
use crate::record::Key;
use crate::source::Context;

/// What a dataset says for all of its distributions.
pub(super) struct Shared<'a> {
    /// The page to lead to where a resource has no address.
    pub(super) page: &'a str,
    /// The licence, as the portal wrote it.
    pub(super) licence: Option<&'a str>,
    /// The laws under which the dataset is published.
    pub(super) legislation: &'a [NamedNode],
}

/// Writes the distributions of a dataset.
pub(super) fn describe(
    record: &Dataset,
    identifier: &str,
    shared: &Shared<'_>,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) {
    let resources: Vec<_> = record
        .resources
        .items("resources", dataset.findings())
        .collect();
    let mut keys = Keys::default();
    let mut addresses = HashSet::new();
    for (position, resource) in resources {
        let field = format!("resources[{position}]");
        let key = keys.mint(resource, identifier, &field, dataset);
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
        if let (Some("documentation"), Some(page)) = (resource.kind.peek_text(), file) {
            dataset.link(foaf::PAGE, page);
        }
    }
}

/// Keys of the distributions of one dataset: the resource's identifier, or a hash of what it points to.
#[derive(Default)]
struct Keys {
    seen: HashMap<String, usize>,
}

impl Keys {
    fn mint(
        &mut self,
        resource: &Resource,
        dataset: &str,
        field: &str,
        about: &mut Describe<'_>,
    ) -> Key {
        let id = resource.id.text(&format!("{field}.id"), about.findings());
        let name = id.map_or_else(
            || {
                let url = resource
                    .url
                    .peek_text()
                    .or(resource.latest.peek_text())
                    .unwrap_or_default();
                format!("{url}\n{}", resource.format.peek_text().unwrap_or_default())
            },
            ToOwned::to_owned,
        );
        let count = self
            .seen
            .entry(name.clone())
            .and_modify(|count| *count += 1)
            .or_insert(1);
        match (id, *count) {
            (Some(id), 1) => Key::new(id),
            (Some(id), count) => {
                about.find(
                    Code::DuplicateIdentifier,
                    &format!("{field}.id"),
                    "another resource of the dataset has it",
                    id,
                );
                Key::hashed(&format!("{dataset}\n{name}\n{count}"))
            }
            // The dataset is part of the hash: two datasets may link to one file, and each owns its distribution.
            (None, count) => Key::hashed(&format!("{dataset}\n{name}\n{count}")),
        }
    }
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
    let at = |name: &str| at(field, name);
    if let Some(id) = resource.id.peek_text() {
        about.token(dct::IDENTIFIER, id, &at("id"));
    }
    let title = resource
        .title
        .text(&at("title"), about.findings())
        .unwrap_or_default();
    if title.is_empty() {
        about.find(
            Code::FieldUnreadable,
            &at("title"),
            "empty or missing: published without title",
            "",
        );
    }
    about.text(dct::TITLE, title, context.language, &at("title"));
    text::description(&resource.description, &at("description"), context, about);
    let kind = resource
        .kind
        .text(&at("type"), about.findings())
        .unwrap_or("main");
    let format = resource
        .format
        .text(&at("format"), about.findings())
        .unwrap_or_default();
    about.token(dct::FORMAT, format, &at("format"));
    let mime = resource
        .mime
        .text(&at("mime"), about.findings())
        .unwrap_or_default();
    about.token(dcat::MEDIA_TYPE, mime, &at("mime"));
    let file = addresses(resource, kind, format, &at, shared, about);
    if let Some(size) = resource.filesize.read(&at("filesize"), about.findings()) {
        about.count(dcat::BYTE_SIZE, *size, &at("filesize"));
    }
    checksum(resource, &at("checksum"), about);
    dates(resource, &at, about);
    if let Some(licence) = shared.licence {
        about.token(dct::LICENSE, licence, "license");
    }
    if let Some(value) = resource.schema.read(&at("schema"), about.findings()) {
        schema::describe(value, &at("schema"), about);
    }
    badge::tie(shared.legislation, about);
    file
}

/// Where a field of a resource stands.
fn at(field: &str, name: &str) -> String {
    if field.is_empty() {
        name.to_owned()
    } else {
        format!("{field}.{name}")
    }
}

/// Writes where the resource is; gives the address of the file itself.
fn addresses(
    resource: &Resource,
    kind: &str,
    format: &str,
    at: &dyn Fn(&str) -> String,
    shared: &Shared<'_>,
    about: &mut Describe<'_>,
) -> Option<NamedNode> {
    let url = resource
        .url
        .text(&at("url"), about.findings())
        .unwrap_or_default();
    let latest = resource
        .latest
        .text(&at("latest"), about.findings())
        .unwrap_or_default();
    let file = if url.is_empty() {
        if !latest.is_empty() {
            about.find(
                Code::FieldUnreadable,
                &at("url"),
                "empty or missing: only the permanent address is given",
                "",
            );
        }
        None
    } else {
        about.clean_iri(url, &at("url"))
    };
    let access = about.iri(dcat::ACCESS_URL, latest, &at("latest")).is_some();
    match (&file, access) {
        (_, true) => {}
        (Some(file), false) => {
            about.link(dcat::ACCESS_URL, file.clone());
        }
        (None, false) => {
            about.find(
                Code::MissingProperty,
                &at("url"),
                "the dataset's page is given as access address",
                url,
            );
            about.iri(dcat::ACCESS_URL, shared.page, "page");
        }
    }
    if let Some(file) = &file {
        let is_file = !matches!(kind, "api" | "documentation" | "code") && !is_service(format);
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

/// Whether a format is that of a service, whose address gives no file.
fn is_service(format: &str) -> bool {
    let format = format.to_lowercase();
    let name = format
        .strip_prefix("ogc:")
        .unwrap_or(&format)
        .split([' ', '-', '_', '/'])
        .next()
        .unwrap_or_default();
    matches!(
        name,
        "wms"
            | "wfs"
            | "wmts"
            | "wcs"
            | "wps"
            | "wmsc"
            | "tms"
            | "csw"
            | "sos"
            | "ogcapi"
            | "api"
            | "esri:rest"
    )
}

fn checksum(resource: &Resource, field: &str, about: &mut Describe<'_>) {
    let Some(checksum) = resource.checksum.read(field, about.findings()) else {
        return;
    };
    let kind = checksum
        .kind
        .text(&format!("{field}.type"), about.findings())
        .unwrap_or_default();
    let Some(value) = checksum
        .value
        .text(&format!("{field}.value"), about.findings())
    else {
        return;
    };
    let digits = match kind.to_lowercase().replace('-', "").as_str() {
        "md5" => Some(32),
        "sha1" => Some(40),
        "sha224" => Some(56),
        "sha2" | "sha256" => Some(64),
        "sha384" => Some(96),
        "sha512" => Some(128),
        "crc" | "crc32" => Some(8),
        _ => None,
    };
    let is_hex = value.len().is_multiple_of(2) && value.bytes().all(|b| b.is_ascii_hexdigit());
    if kind.is_empty() || !is_hex || digits.is_some_and(|digits| digits != value.len()) {
        about.find(
            Code::ChecksumInvalid,
            field,
            &format!("left out: it is no {kind} checksum"),
            value,
        );
        about.origin(spdx::CHECKSUM_VALUE, value);
        return;
    }
    let value = Literal::new_typed_literal(value.to_lowercase(), xsd::HEX_BINARY);
    about
        .node(spdx::CHECKSUM, spdx::CHECKSUM_CLASS)
        .token(spdx::ALGORITHM, kind, field)
        .literal(spdx::CHECKSUM_VALUE, value);
}

/// What the remote portal says of a harvested resource counts more than when it was copied.
fn dates(resource: &Resource, at: &dyn Fn(&str) -> String, about: &mut Describe<'_>) {
    let harvest = resource.harvest.read(&at("harvest"), about.findings());
    let issued = harvest.and_then(|harvest| {
        harvest
            .issued_at
            .text(&at("harvest.issued_at"), about.findings())
    });
    let modified = harvest.and_then(|harvest| {
        harvest
            .modified_at
            .text(&at("harvest.modified_at"), about.findings())
    });
    let created_at = resource
        .created_at
        .text(&at("created_at"), about.findings());
    let last_modified = resource
        .last_modified
        .text(&at("last_modified"), about.findings());
    date::first(
        about,
        dct::ISSUED,
        &[
            (issued, &at("harvest.issued_at")),
            (created_at, &at("created_at")),
        ],
    );
    date::first(
        about,
        dct::MODIFIED,
        &[
            (modified, &at("harvest.modified_at")),
            (last_modified, &at("last_modified")),
        ],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_told_from_files() {
        for service in ["wms", "OGC:WFS", "ogc:wmts", "WFS 2.0.0", "api"] {
            assert!(is_service(service), "{service}");
        }
        for file in ["csv", "", "geojson", "apidae", "zip", "ogc:gpkg"] {
            assert!(!is_service(file), "{file}");
        }
    }
}
