//! Where the portal has a package from: said of the dcat:CatalogRecord, since it is the description that
//! was harvested; and how the data came about, said of the dataset.
//!
//! # Fields of `activity`
//!
//! | field | becomes |
//! |---|---|
//! | `label` | `rdfs:label` |
//! | `dct_type`, `seeAlso` | `dct:type`, `rdfs:seeAlso` |
//! | `startedAtTime`, `endedAtTime` | `prov:startedAtTime`, `prov:endedAtTime` |
//!
//! # Left out of `activity`
//!
//! | field | why |
//! |---|---|
//! | `uri` | nobody links to the activity |
//! | `wasAssociatedWith[].*` | persons, whom no catalogue needs |
//!
//! # Fields of `annotation`
//!
//! | field | becomes |
//! |---|---|
//! | `body`, `target`, `motivated_by` | `dqv:hasQualityAnnotation` |

use oxigraph::model::NamedNodeRef;

use super::fields::{Fields, Sent};
use super::words;
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::iri::clean;
use crate::rdf::vocab::{dct, dqv, foaf, oa, prov, rdfs};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Part, Role};

/// Names of harvested records' origins, the better first.
const ORIGINS: [&str; 4] = ["dcat_uri", "uri", "harvest_dataset_url", "metadata_uri"];

/// Writes where the description comes from about the catalogue `record`; gives what it says in passing of
/// the portal that it was harvested from.
pub(super) fn harvested(
    package: &Fields<'_>,
    context: &Context<'_>,
    record: &mut Describe<'_>,
) -> Option<Part> {
    // What is no IRI here was noted among the names of the dataset.
    let mut origins = ORIGINS.iter().filter_map(|name| package.peek(name));
    if let Some(origin) = origins.find_map(|text| clean(text).into_iri()) {
        record.link(prov::WAS_DERIVED_FROM, origin);
    }
    let first = |names: &[&'static str]| {
        let mut found = names
            .iter()
            .filter_map(|name| Some((package.peek(name)?, *name)));
        found.next()
    };
    let title = first(&["harvest_source_title", "harvest_catalogue_name"]);
    let url = first(&["harvest_source_url", "harvest_catalogue_url"]);
    let (source, field) = first(&["harvest_source_id"]).or(url).or(title)?;
    let id = RecordId::new(context.portal, Kind::Origin, source);
    let mut graph = RecordGraph::new(context.base.record(&id));
    record.link(prov::HAD_PRIMARY_SOURCE, graph.iri().clone());
    let mut origin = Describe::main(&mut graph, record.findings());
    // What a catalogue must say of itself only its own record can.
    origin.a(prov::ENTITY).token(dct::IDENTIFIER, source, field);
    if let Some((title, field)) = title {
        origin.token(dct::TITLE, title, field);
    }
    if let Some((url, field)) = url {
        origin.iri(foaf::HOMEPAGE, url, field);
    }
    Some(Part {
        id,
        role: Role::Mention,
        graph,
    })
}

/// Writes how the data came about.
pub(super) fn describe(record: &Fields<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    for name in ["provenance", "lineage", "dataset_source"] {
        for sent in record.find(name).into_iter().flat_map(Sent::items) {
            let class = dct::PROVENANCE_STATEMENT;
            words::named(dct::PROVENANCE, class, rdfs::LABEL, &sent, context, about);
        }
    }
    let activities = record.find("provenance_activity");
    for sent in activities.into_iter().flat_map(Sent::items) {
        let Some(part) = sent.fields() else {
            sent.unreadable(about.findings());
            continue;
        };
        let mut activity = about.node(prov::WAS_GENERATED_BY, prov::ACTIVITY);
        if let Some(label) = part.text("label", activity.findings()) {
            activity.text(rdfs::LABEL, &label, context.language, &part.place("label"));
        }
        if let Some(kind) = part.find("dct_type") {
            words::concept(dct::TYPE, &kind, context, &mut activity);
        }
        iri(rdfs::SEE_ALSO, "seeAlso", &part, &mut activity);
        for (property, name) in [
            (prov::STARTED_AT_TIME, "startedAtTime"),
            (prov::ENDED_AT_TIME, "endedAtTime"),
        ] {
            super::date::first(property, &[name], &part, &mut activity);
        }
    }
    let annotations = record.find("quality_annotation");
    for sent in annotations.into_iter().flat_map(Sent::items) {
        let Some(part) = sent.fields() else {
            sent.unreadable(about.findings());
            continue;
        };
        let mut annotation = about.node(dqv::HAS_QUALITY_ANNOTATION, dqv::QUALITY_ANNOTATION);
        for (property, name) in [
            (oa::HAS_BODY, "body"),
            (oa::HAS_TARGET, "target"),
            (oa::MOTIVATED_BY, "motivated_by"),
        ] {
            iri(property, name, &part, &mut annotation);
        }
    }
}

fn iri(property: NamedNodeRef<'_>, name: &str, part: &Fields<'_>, about: &mut Describe<'_>) {
    if let Some(text) = part.text(name, about.findings()) {
        about.iri(property, &text, &part.place(name));
    }
}
