//! The resources of a package as dcat:Distribution.
//!
//! CKAN says of an address where it came from (`url_type`): what was uploaded is a file, as is the dump of
//! a `DataStore` table; any other is whatever somebody entered, a page as often as a file. What is served
//! from the `DataStore` has an API as well.
//!
//! # Fields of `resource`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `name`, `name_translated.*`, `title`, `title.*` | `dct:title` |
//! | `description`, `description_translated.*`, `description.*` | `dct:description` |
//! | `access_url` | `dcat:accessURL`; without it `url`, else the dataset’s page |
//! | `download_url` | `dcat:downloadURL`; without it `url`, where it is a file |
//! | `url` | the one, the other, or both |
//! | `url_type`, `resource_type` | whether `url` is a file |
//! | `datastore_active` | `dcat:accessService`, and a further `dcat:accessURL` |
//! | `format` | `dct:format`; of an OGC service also `dcat:accessService` |
//! | `mimetype`, `media_type` | `dcat:mediaType` |
//! | `compress_format`, `package_format` | `dcat:compressFormat`, `dcat:packageFormat` |
//! | `size`, `byte_size` | `dcat:byteSize` |
//! | `hash`, `hash_algorithm` | `spdx:checksum` |
//! | `issued`, `created` | `dct:issued`: the first that is a date |
//! | `modified`, `last_modified`, `metadata_modified` | `dct:modified`: the first that is a date |
//! | `license`, `license.*`, `license_id`, `license_url`, `license_title`, `licence` | `dct:license`; without them the dataset’s |
//! | `rights`, `rights.*` | `dct:rights` |
//! | `status`, `availability` | `adms:status`, `dcatap:availability` |
//! | `language`, `language[]` | `dct:language` |
//! | `conforms_to[]`, `conforms_to` | `dct:conformsTo` |
//! | `documentation[]`, `documentation` | `foaf:page` |
//! | `applicable_legislation[]` | `dcatap:applicableLegislation`; without it the dataset’s |
//! | `temporal_resolution`, `spatial_resolution_in_meters` | `dcat:temporalResolution`, `dcat:spatialResolutionInMeters` |
//! | `access_services[]` | `dcat:accessService`, see [`super::service`], # Fields of `access service` |
//! | `uri` | `prov:wasDerivedFrom` |
//! | `alternate_identifier`, `identifier` | `adms:identifier` |
//! | `provenance` | `dct:provenance` |
//! | `state` | one that is not active is left out |
//!
//! # Left out of `resource`
//!
//! | field | why |
//! |---|---|
//! | `package_id`, `resource_group_id`, `position`, `revision_id`, `revision_timestamp` | its place in the portal |
//! | `mimetype_inner`, `cache_url`, `cache_last_updated`, `webstore_url`, `webstore_last_updated` | of CKAN’s archiver, which nobody runs any more |
//! | `issued_date`, `issued_time`, `modified_date`, `modified_time` | parts of `issued` and `modified` |
//! | `tracking_summary.*` | counters of the portal |
//! | `datastore_contains_all_records_of_source_file`, `datastore_append_or_update`, `ckan_url`, `has_views`, `on_same_domain`, `is_local_resource` | inner workings of the `DataStore` |
//! | `dataset_preview_enabled`, `alt_url`, `hdx_rel_url`, `microdata`, `wfs_layer`, `wms_layer`, `openspending_hint`, `data_type`, `resource_size`, `resource_size.*`, `restricted`, `restricted.*`, `resource_locator_*` | of single portals: how they show it, or what `format` and `size` say |
//! | `doi` | of EnviDat, a name of its dataset |
//! | `encoding`, `character_encoding`, `data_dictionary[].*`, `subresources[].*` | without a property in DCAT-AP: of DCAT-US and Croissant |
//! | `id_given`, `same_as` | of Croissant: other names of what `uri` says |
//! | `resource_relation` | other resources, by no property of DCAT-AP |
//! | `retention_period[].*` | HealthDCAT-AP: how long the portal keeps it |

mod address;
mod file;

use std::collections::HashSet;

use oxigraph::model::NamedNode;

use super::fields::{Fields, Sent};
use super::licence::{self, Licence};
use super::service::Services;
use super::{coded, date, words};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{adms, dcat, dcatap, dct, prov, rdfs};
use crate::source::contract::Context;
use crate::source::part::key::Keys;
use crate::source::part::name::{node, notation};

/// What a package says for all of its distributions.
pub(super) struct Shared<'a> {
    /// Its IRI.
    pub(super) iri: &'a NamedNode,
    /// The portal's identifier of it.
    pub(super) identifier: &'a str,
    /// The page to lead to where a resource has no address.
    pub(super) page: &'a str,
    /// The licence of those that state none.
    pub(super) licence: Option<&'a Licence>,
    /// The laws under which it is published.
    pub(super) laws: &'a [NamedNode],
}

/// Writes the distributions of a package.
pub(super) fn describe(
    resources: &[Sent<'_>],
    shared: &Shared<'_>,
    services: &mut Services,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) {
    let mut keys = keys(resources);
    let mut addresses = HashSet::new();
    for sent in resources {
        let Some(resource) = sent.fields() else {
            sent.unreadable(dataset.findings());
            continue;
        };
        if !super::is_active(&resource) {
            continue;
        }
        let id = resource.text("id", dataset.findings());
        let url = resource.peek("url").or(resource.peek("access_url"));
        let format = resource.peek("format").unwrap_or_default();
        let key = keys.mint(
            id.as_deref(),
            url.unwrap_or_default(),
            format,
            shared.identifier,
            &resource.place("id"),
            dataset,
        );
        if let Some(url) = url
            && !addresses.insert((url.to_owned(), format.to_lowercase()))
        {
            let message = "another resource of the dataset has the same address and format";
            let field = resource.place("url");
            dataset.find(Code::DuplicateIdentifier, &field, message, url);
        }
        let iri = context.base.distribution(context.portal, &key);
        let mut about = dataset.resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS);
        if let Some(id) = &id {
            about.token(dct::IDENTIFIER, id, &resource.place("id"));
        }
        one(&resource, format, shared, services, context, &mut about);
    }
}

/// The keys of the distributions, of which no finding tells here.
fn keys(resources: &[Sent<'_>]) -> Keys {
    let active: Vec<_> = resources.iter().filter_map(Sent::fields).collect();
    let active = active.iter().filter(|resource| super::is_active(resource));
    let told: Vec<_> = active
        .map(|resource| {
            let url = resource.peek("url").or(resource.peek("access_url"));
            let format = resource.peek("format").unwrap_or_default();
            let id = resource.text("id", &mut Vec::new());
            (id, url.unwrap_or_default(), format)
        })
        .collect();
    Keys::of(
        told.iter()
            .map(|(id, url, format)| (id.as_deref(), *url, *format)),
    )
}

fn one(
    resource: &Fields<'_>,
    format: &str,
    shared: &Shared<'_>,
    services: &mut Services,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let titles = ["name_translated", "name", "title_translated", "title"];
    words::write(dct::TITLE, &titles, resource, context, about);
    let texts = ["description_translated", "description"];
    words::write(dct::DESCRIPTION, &texts, resource, context, about);
    if let Some(sent) = resource.find("format") {
        words::code(dct::FORMAT, &sent, about);
    }
    if let Some(sent) = resource.first(&["mimetype", "media_type"]) {
        words::code(dcat::MEDIA_TYPE, &sent, about);
    }
    for (name, property) in [
        ("compress_format", dcat::COMPRESS_FORMAT),
        ("package_format", dcat::PACKAGE_FORMAT),
    ] {
        if let Some(sent) = resource.find(name) {
            words::code(property, &sent, about);
        }
    }
    let address = address::describe(resource, format, shared, about);
    let service = address
        .as_ref()
        .and_then(|address| services.behind(format, address, shared.iri, context));
    if let Some(service) = service {
        about.link(dcat::ACCESS_SERVICE, service);
    }
    for service in services.stated(resource, shared.iri, context, about.findings()) {
        about.link(dcat::ACCESS_SERVICE, service);
    }
    if resource.is_true("datastore_active") {
        about.link(dcat::ACCESS_SERVICE, services.datastore(context));
        if let Some(id) = resource.peek("id") {
            let mut search = super::action(context, "datastore_search");
            search.query_pairs_mut().append_pair("resource_id", id);
            let field = resource.place("datastore_active");
            about.iri(dcat::ACCESS_URL, search.as_str(), &field);
        }
    }
    file::size(resource, about);
    file::checksum(resource, about);
    date::first(dct::ISSUED, &["issued", "created"], resource, about);
    let modified = ["modified", "last_modified", "metadata_modified"];
    date::first(dct::MODIFIED, &modified, resource, about);
    conditions(resource, shared, context, about);
    coded::common(resource, context, about);
    if resource.find("applicable_legislation").is_none() {
        for law in shared.laws {
            about.link(dcatap::APPLICABLE_LEGISLATION, law.clone());
        }
    }
    names(resource, context, about);
}

fn conditions(
    resource: &Fields<'_>,
    shared: &Shared<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let own = licence::stated(resource, context, about);
    if let Some(licence) = own.as_ref().or(shared.licence) {
        licence.write(about);
    }
    if let Some(sent) = resource.find("rights") {
        let sent = words::open(sent);
        let class = dct::RIGHTS_STATEMENT;
        words::named(dct::RIGHTS, class, rdfs::LABEL, &sent, context, about);
    }
    if let Some(sent) = resource.find("status") {
        coded::authority(adms::STATUS, "distribution-status", &sent, context, about);
    }
    if let Some(sent) = resource.find("availability") {
        let property = dcatap::AVAILABILITY;
        coded::authority(property, "planned-availability", &sent, context, about);
    }
}

fn names(resource: &Fields<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    if let Some(uri) = resource.text("uri", about.findings())
        && words::is_iri(&uri)
    {
        about.iri(prov::WAS_DERIVED_FROM, &uri, &resource.place("uri"));
    }
    let others = resource.all(&["alternate_identifier", "identifier"]);
    for sent in others.flat_map(Sent::items) {
        if let Some(text) = sent.text(about.findings()) {
            node(notation(&text), about);
        }
    }
    for sent in resource
        .find("provenance")
        .into_iter()
        .flat_map(Sent::items)
    {
        let class = dct::PROVENANCE_STATEMENT;
        words::named(dct::PROVENANCE, class, rdfs::LABEL, &sent, context, about);
    }
}
