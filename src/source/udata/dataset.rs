//! A dataset of the API as graphs: its own, and what it says in passing of its publisher and contacts.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::contact::Contacts;
use super::distribution::{self, Shared, first_date};
use super::markup::note_markup;
use super::payload::{Dataset, Period};
use super::{agent, identifier, payload, schema, spatial};
use crate::dcat::{Describe, HVD_LEGISLATION, RecordGraph, read_date};
use crate::finding::{Code, Finding};
use crate::rdf::iri::clean;
use crate::rdf::vocab::{dcat, dcatap, dct, foaf, rdfs, skos};
use crate::record::{Kind, RecordId};
use crate::source::{Context, Described, Part, Rejected, Role};

/// The INSPIRE directive.
const INSPIRE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/eli/dir/2007/2/oj");
/// The profile that the catalogue record says the description follows.
const PROFILE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("https://semiceu.github.io/DCAT-AP/releases/3.0.1/");

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
    let publisher = publisher(record, context, &mut findings);
    let contacts = Contacts::read(record, context, &mut findings);
    let mut dataset = Describe::main(&mut graph, &mut findings);
    dataset.a(dcat::DATASET_CLASS);
    texts(record, context, &mut dataset);
    identifier::describe(record, identifier, &mut dataset);
    let page = pages(record, identifier, context, &mut dataset);
    if let Some(publisher) = &publisher {
        dataset.link(dct::PUBLISHER, publisher.graph.iri().clone());
    }
    contacts.tie(&mut dataset);
    let badges: Vec<&str> = record
        .badges
        .items("badges", dataset.findings())
        .filter_map(|(_, badge)| badge.kind.peek_text())
        .collect();
    keywords(record, &badges, context, &mut dataset);
    dates(record, &mut dataset);
    if let Some(value) = record.spatial.read("spatial", dataset.findings()) {
        spatial::describe(value, context.language, &mut dataset);
    }
    if let Some(frequency) = record.frequency.read("frequency", dataset.findings()) {
        dataset.token(dct::ACCRUAL_PERIODICITY, frequency.as_str(), "frequency");
    }
    access(record, context, &mut dataset);
    let laws = legislation(&badges);
    for law in &laws {
        dataset.link(dcatap::APPLICABLE_LEGISLATION, law.clone());
    }
    if let Some(value) = record.schema.read("schema", dataset.findings()) {
        schema::describe(value, "schema", &mut dataset);
    }
    let licence = licence(record, context, &mut dataset);
    let shared = Shared {
        dataset: identifier,
        page: &page,
        licence: licence.as_deref(),
        legislation: &laws,
    };
    distribution::describe(record, &shared, context, &mut dataset);
    catalogue_record(record, &id, identifier, context, &mut dataset);
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

fn publisher(record: &Dataset, context: &Context<'_>, findings: &mut Vec<Finding>) -> Option<Part> {
    if let Some(organization) = record.organization.read("organization", findings) {
        // What is odd about a stub is found where the organization itself is described, once.
        let mut odd = Vec::new();
        let part = agent::organization(
            organization,
            Role::Mention,
            "organization",
            context,
            &mut odd,
        );
        if part.is_none() {
            findings.extend(odd);
        }
        return part;
    }
    let owner = record.owner.read("owner", findings)?;
    agent::person(owner, context, findings)
}

fn texts(record: &Dataset, context: &Context<'_>, dataset: &mut Describe<'_>) {
    let title = record
        .title
        .text("title", dataset.findings())
        .unwrap_or_default();
    dataset.text(dct::TITLE, title, context.language, "title");
    let description = record
        .description
        .text("description", dataset.findings())
        .unwrap_or_default();
    note_markup(description, "description", dataset);
    dataset.text(
        dct::DESCRIPTION,
        description,
        context.language,
        "description",
    );
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

/// An address below the portal's root.
fn under(context: &Context<'_>, segments: &[&str]) -> String {
    let mut url = context.root.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments).push("");
    }
    url.into()
}

/// Writes the tags: as keywords as they are, and as themes and HVD categories for normalisation to
/// keep the few that a vocabulary knows.
fn keywords(record: &Dataset, badges: &[&str], context: &Context<'_>, dataset: &mut Describe<'_>) {
    for tag in &tags(record, dataset) {
        dataset.text(dcat::KEYWORD, tag, context.language, "tags");
        dataset.token(dcat::THEME, tag, "tags");
        if badges.contains(&"hvd") {
            dataset.token(dcatap::HVD_CATEGORY, tag, "tags");
        }
    }
}

/// The tags, white space put in order, one of those that differ only in case: the first.
fn tags(record: &Dataset, dataset: &mut Describe<'_>) -> Vec<String> {
    let (mut seen, mut kept, mut dropped) = (BTreeSet::new(), Vec::new(), Vec::new());
    for (_, sent) in record.tags.items("tags", dataset.findings()) {
        let tag = sent.split_whitespace().collect::<Vec<_>>().join(" ");
        if !tag.is_empty() && seen.insert(tag.to_lowercase()) {
            kept.push(tag);
        } else {
            dropped.push(tag);
        }
    }
    if !dropped.is_empty() {
        dataset.find(
            Code::TextCleaned,
            "tags",
            "left out: empty, or a repetition but for case and white space",
            &dropped.join(", "),
        );
    }
    kept
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
    first_date(
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
    first_date(
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
    first_date(
        dataset,
        dct::CREATED,
        &[(remote_created, "harvest.created_at")],
    );
    if let Some(value) = record
        .temporal_coverage
        .read("temporal_coverage", dataset.findings())
    {
        period(value, dataset);
    }
}

fn period(period: &Period, dataset: &mut Describe<'_>) {
    let (from, to) = ("temporal_coverage.start", "temporal_coverage.end");
    let start = period
        .start
        .text(from, dataset.findings())
        .unwrap_or_default();
    let end = period.end.text(to, dataset.findings()).unwrap_or_default();
    if read_date(start).is_none() && read_date(end).is_none() {
        for (date, field) in [(start, from), (end, to)] {
            if !date.is_empty() {
                dataset.find(Code::DateInvalid, field, "left out: it is no date", date);
            }
        }
        return;
    }
    let mut node = dataset.node(dct::TEMPORAL, dct::PERIOD_OF_TIME);
    let first = node.date(dcat::START_DATE, start, from);
    let last = node.date(dcat::END_DATE, end, to);
    if let (Some(first), Some(last)) = (first, last)
        && is_after(&first, &last)
    {
        let value = format!("{start}/{end}");
        node.find(
            Code::PeriodReversed,
            "temporal_coverage",
            "kept: it ends before it starts",
            &value,
        );
    }
}

/// Whether one date lies after another; dates of unequal precision are compared by what both say.
fn is_after(one: &Literal, other: &Literal) -> bool {
    let length = one.value().len().min(other.value().len());
    one.value().get(..length) > other.value().get(..length)
}

/// Writes who may have the data, and why not everybody.
fn access(record: &Dataset, context: &Context<'_>, dataset: &mut Describe<'_>) {
    let kind = record
        .access_type
        .text("access_type", dataset.findings())
        .unwrap_or_default();
    dataset.token(dct::ACCESS_RIGHTS, kind, "access_type");
    let reason = record
        .access_type_reason
        .text("access_type_reason", dataset.findings())
        .unwrap_or_default();
    let category = record
        .access_type_reason_category
        .text("access_type_reason_category", dataset.findings())
        .unwrap_or_default();
    let ask = record
        .authorization_request_url
        .text("authorization_request_url", dataset.findings())
        .unwrap_or_default();
    if !(reason.is_empty() && category.is_empty() && ask.is_empty()) {
        let mut rights = dataset.node(dct::RIGHTS, dct::RIGHTS_STATEMENT);
        rights
            .text(rdfs::LABEL, reason, context.language, "access_type_reason")
            .token(dct::IDENTIFIER, category, "access_type_reason_category")
            .iri(rdfs::SEE_ALSO, ask, "authorization_request_url");
    }
}

fn legislation(badges: &[&str]) -> Vec<NamedNode> {
    [("hvd", HVD_LEGISLATION), ("inspire", INSPIRE)]
        .into_iter()
        .filter(|(badge, _)| badges.contains(badge))
        .map(|(_, law)| law.into_owned())
        .collect()
}

/// The licence as the portal wrote it, or the one that the configuration assumes.
fn licence(record: &Dataset, context: &Context<'_>, dataset: &mut Describe<'_>) -> Option<String> {
    let stated = record
        .license
        .read("license", dataset.findings())
        .map(payload::Code::as_str);
    // `notspecified` is udata's own code for none.
    if let Some(stated) = stated.filter(|code| !code.is_empty() && *code != "notspecified") {
        return Some(stated.to_owned());
    }
    let assumed = context.licence?;
    dataset.find(
        Code::LicenceAssumed,
        "license",
        "taken from the portal's configuration",
        assumed,
    );
    Some(assumed.to_owned())
}

/// Writes the dcat:CatalogRecord. Its dates are the ledger's and are added when it is served.
fn catalogue_record(
    record: &Dataset,
    id: &RecordId,
    identifier: &str,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) {
    let uri = record.uri.text("uri", dataset.findings());
    let source = uri
        .and_then(|uri| clean(uri).into_iri())
        .unwrap_or_else(|| {
            NamedNode::new_unchecked(under(context, &["api", "1", "datasets", identifier]))
        });
    let topic = context.base.record(id);
    dataset
        .about(context.base.catalogue_record(id), dcat::CATALOG_RECORD)
        .link(foaf::PRIMARY_TOPIC, topic)
        .link(dct::CONFORMS_TO, PROFILE.into_owned())
        .link(dct::SOURCE, source)
        .token(dct::IDENTIFIER, identifier, "id");
}
