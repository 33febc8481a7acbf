//! What a package has to do with others: series, versions, sources, and CKAN's own relationships.
//!
//! # Fields of `relationship`
//!
//! | field | becomes |
//! |---|---|
//! | `type` | the property: `dct:requires`, `dct:source`, `dct:references`, `dct:isPartOf`, `dct:hasPart`, `dct:relation`, and their inverses |
//! | `object_package_id`, `object`, `__extras.object_package_id` | the other package, of `relationships_as_subject` |
//! | `subject_package_id`, `subject`, `__extras.subject_package_id` | the other package, of `relationships_as_object` |
//!
//! # Left out of `relationship`
//!
//! | field | why |
//! |---|---|
//! | `id`, `state`, `comment`, `revision_id`, `revision_timestamp`, `__extras.*` | about the row of the portal's table |
//!
//! # Fields of `qualified relation`
//!
//! | field | becomes |
//! |---|---|
//! | `relation`, `role` | `dcat:qualifiedRelation` |
//!
//! # Left out of `qualified relation`
//!
//! | field | why |
//! |---|---|
//! | `uri` | nobody links to the relation itself |

use oxigraph::model::NamedNodeRef;

use super::fields::{Fields, Sent};
use super::words::is_iri;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{adms, dcat, dct};
use crate::record::{Kind, Reference};
use crate::source::contract::Context;
use crate::source::part::relation;

/// Fields whose values are addresses of other things, which may be in the catalogue.
const LINKS: [(&str, NamedNodeRef<'static>); 9] = [
    ("related_resource", dct::RELATION),
    ("has_version", dcat::HAS_VERSION),
    ("is_version_of", dcat::IS_VERSION_OF),
    ("source", dct::SOURCE),
    ("sample", adms::SAMPLE),
    ("is_referenced_by", dct::IS_REFERENCED_BY),
    ("reference", dct::REFERENCES),
    ("has_part", dct::HAS_PART),
    ("is_part_of", dct::IS_PART_OF),
];

/// CKAN's relationships, read from subject to object and the other way round.
const RELATIONSHIPS: [(&str, NamedNodeRef<'static>, NamedNodeRef<'static>); 8] = [
    ("depends_on", dct::REQUIRES, dct::IS_REQUIRED_BY),
    ("dependency_of", dct::IS_REQUIRED_BY, dct::REQUIRES),
    ("derives_from", dct::SOURCE, dct::RELATION),
    ("has_derivation", dct::RELATION, dct::SOURCE),
    ("links_to", dct::REFERENCES, dct::IS_REFERENCED_BY),
    ("linked_from", dct::IS_REFERENCED_BY, dct::REFERENCES),
    ("child_of", dct::IS_PART_OF, dct::HAS_PART),
    ("parent_of", dct::HAS_PART, dct::IS_PART_OF),
];

/// Writes them.
pub(super) fn describe(record: &Fields<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    for (name, property) in LINKS {
        for sent in record.find(name).into_iter().flat_map(Sent::items) {
            if let Some(text) = sent.text(about.findings()) {
                relation::to(property, (&text, &sent.field), context, about);
            }
        }
    }
    series(record, context, about);
    for (name, other, is_subject) in [
        ("relationships_as_subject", "object", Side::Subject),
        ("relationships_as_object", "subject", Side::Object),
    ] {
        for sent in record.find(name).into_iter().flat_map(Sent::items) {
            relationship(&sent, other, is_subject, context, about);
        }
    }
    let qualified = record.find("qualified_relation");
    for sent in qualified.into_iter().flat_map(Sent::items) {
        let Some(part) = sent.fields() else {
            sent.unreadable(about.findings());
            continue;
        };
        let relation = part.text("relation", about.findings()).unwrap_or_default();
        let role = part.text("role", about.findings()).unwrap_or_default();
        let relation = about.clean_iri(&relation, &part.place("relation"));
        let role = about.clean_iri(&role, &part.place("role"));
        if let (Some(relation), Some(role)) = (relation, role) {
            about
                .node(dcat::QUALIFIED_RELATION, dcat::RELATIONSHIP)
                .link(dct::RELATION, relation)
                .link(dcat::HAD_ROLE, role);
        }
    }
}

/// Which end of a relationship a record is.
#[derive(Debug, Clone, Copy)]
enum Side {
    Subject,
    Object,
}

/// Writes the series that a package is of, by the identifiers of ckanext-dataset-series, which tells their
/// names beside.
fn series(record: &Fields<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    let navigation = record.find("series_navigation").map(Sent::items);
    let navigation = navigation.unwrap_or_default();
    for sent in record.find("in_series").into_iter().flat_map(Sent::items) {
        let Some(text) = sent.text(about.findings()) else {
            continue;
        };
        if is_iri(&text) {
            relation::to(dcat::IN_SERIES, (&text, &sent.field), context, about);
            continue;
        }
        let named = navigation.iter().find_map(|one| {
            let one = one.value();
            let is = one.get("name").and_then(|name| name.as_str()) == Some(&*text);
            one.get("id").and_then(|id| id.as_str()).filter(|_| is)
        });
        let id = named.unwrap_or(&text);
        link(dcat::IN_SERIES, Kind::Series, id, context, about);
    }
}

fn relationship(
    sent: &Sent<'_>,
    other: &str,
    side: Side,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let Some(part) = sent.fields() else {
        sent.unreadable(about.findings());
        return;
    };
    let extras = part.find("__extras");
    let extras = extras.as_ref().and_then(Sent::fields);
    let id = format!("{other}_package_id");
    let target = part
        .peek(&id)
        .or_else(|| extras.as_ref().and_then(|extras| extras.peek(&id)))
        .or_else(|| part.peek(other));
    let kind = part.peek("type").unwrap_or_default();
    let known = RELATIONSHIPS.iter().find(|(known, ..)| *known == kind);
    let property = match (known, side) {
        (Some((_, forth, _)), Side::Subject) => *forth,
        (Some((.., back)), Side::Object) => *back,
        (None, _) => {
            let message = "taken as a relation of no special kind";
            about.find(Code::ValueUnknown, &part.place("type"), message, kind);
            dct::RELATION
        }
    };
    if let Some(target) = target {
        link(property, Kind::Dataset, target, context, about);
    }
}

/// Links to another package of the portal: by its identifier to what becomes of it, by its name to its
/// page, under which it can be found.
fn link(
    property: NamedNodeRef<'_>,
    kind: Kind,
    target: &str,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let folder = match kind {
        Kind::Series => "dataset_series",
        _ => "dataset",
    };
    let page = super::page(context, &[folder, target]);
    // A name is that of a page, by which the package is known too.
    let identifier = if is_identifier(target) { target } else { &page };
    about.link(
        property,
        Reference::new(context.portal, kind, identifier, &page).iri(),
    );
}

/// Whether a text is a UUID, as all identifiers of CKAN are.
fn is_identifier(text: &str) -> bool {
    let is_part = |part: &str| part.bytes().all(|b| b.is_ascii_hexdigit());
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.split('-').all(is_part)
}
