//! A dataset of the API as graphs: its own, and what it says in passing of its publisher and contacts.

use oxigraph::model::NamedNode;

use super::access::{self, Access};
use super::catalogue_record::{self, Entry};
use super::contact::Contacts;
use super::distribution::{self, Shared};
use super::page::under;
use super::payload::Dataset;
use super::{badge, date, identifier, keyword, licence, publisher, schema, spatial, text};
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::vocab::{dcat, dct, skos};
use crate::record::{Kind, RecordId};
use crate::source::{Context, Described, Part, Rejected, Role};

/// Describes a dataset.
pub(super) fn describe(record: &Dataset, context: &Context<'_>) -> Result<Described, Rejected> {
    hidden(record)?;
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
    identifier::describe(record, identifier, &mut dataset);
    let page = pages(record, identifier, context, &mut dataset);
    if let Some(publisher) = &publisher {
        dataset.link(dct::PUBLISHER, publisher.graph.iri().clone());
    }
    contacts.tie(&mut dataset);
    let badges = badge::kinds(&record.badges, "badges", dataset.findings());
    keyword::describe(&record.tags, &badges, context, &mut dataset);
    dates(record, &mut dataset);
    if let Some(value) = record.spatial.read("spatial", dataset.findings()) {
        spatial::describe(value, context.language, &mut dataset);
    }
    if let Some(frequency) = record.frequency.read("frequency", dataset.findings()) {
        dataset.token(dct::ACCRUAL_PERIODICITY, frequency.as_str(), "frequency");
    }
    access::describe(&access(record), context, &mut dataset);
    let laws = badge::legislation(&badges);
    badge::tie(&laws, &mut dataset);
    if let Some(value) = record.schema.read("schema", dataset.findings()) {
        schema::describe(value, "schema", &mut dataset);
    }
    let licence = licence::read(&record.license, context, &mut dataset);
    let shared = Shared {
        page: &page,
        licence: licence.as_deref(),
        legislation: &laws,
    };
    distribution::describe(record, identifier, &shared, context, &mut dataset);
    let entry = Entry {
        id: &id,
        identifier,
        uri: &record.uri,
        field: "uri",
        path: &["api", "1", "datasets", identifier],
    };
    catalogue_record::describe(&entry, context, &mut dataset);
    graph.dedup();

    let mut parts = vec![Part {
        id,
        role: Role::Main,
        graph,
    }];
    parts.extend(publisher);
    parts.extend(contacts.into_parts());
    Ok(Described { parts, findings })
}

/// Refuses what must not be listed. What cannot be read counts as private: a mistake in that direction
/// publishes nothing.
fn hidden(record: &Dataset) -> Result<(), Rejected> {
    if record.private.is_sent() && record.private.peek() != Some(&false) {
        return Err(Rejected::Hidden("private"));
    }
    if record.deleted.is_sent() {
        return Err(Rejected::Hidden("deleted"));
    }
    if record.archived.is_sent() {
        return Err(Rejected::Hidden("archived"));
    }
    Ok(())
}

fn access(record: &Dataset) -> Access<'_> {
    Access {
        kind: &record.access_type,
        reason: &record.access_type_reason,
        category: &record.access_type_reason_category,
        ask: &record.authorization_request_url,
    }
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
    landing.map_or_else(
        || under(context, &["datasets", identifier]),
        NamedNode::into_string,
    )
}

/// Writes the dates. What the remote portal says of a harvested dataset counts more than when it was
/// copied; `last_modified` and `created_at` have that precedence already.
fn dates(record: &Dataset, dataset: &mut Describe<'_>) {
    let harvest = record.harvest.peek();
    let internal = record.internal.read("internal", dataset.findings());
    let remote_issued =
        harvest.and_then(|h| h.issued_at.text("harvest.issued_at", dataset.findings()));
    let remote_created =
        harvest.and_then(|h| h.created_at.text("harvest.created_at", dataset.findings()));
    let created_at = record.created_at.text("created_at", dataset.findings());
    let last_modified = record
        .last_modified
        .text("last_modified", dataset.findings());
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
    );
    date::first(
        dataset,
        dct::MODIFIED,
        &[
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
    );
    date::first(
        dataset,
        dct::CREATED,
        &[(remote_created, "harvest.created_at")],
    );
    if let Some(value) = record
        .temporal_coverage
        .read("temporal_coverage", dataset.findings())
    {
        date::period(value, "temporal_coverage", dataset);
    }
}
