//! Other resources that a record names, and how they belong together (`DS_AssociationTypeCode`).
//!
//! The parent of a record is the series that its dataset is in; of a service, and where it is no series, it
//! is only a relation. An identifier is taken as that of a record of the same catalogue where it can be one:
//! a UUID, a web address, or what is referred to as a record; any other names something that cannot be
//! linked.
//!
//! # Fields of `relation`
//!
//! | field | becomes |
//! |---|---|
//! | `aggregateDataSetIdentifier.code`, `aggregateDataSetIdentifier.code.@href`, `metadataReference.@uuidref`, `metadataReference.@href`, `name.identifier.code`, `name.onlineResource.linkage`, `aggregateDataSetName.identifier.code` | what it leads to |
//! | `aggregateDataSetName.title`, `name.title` | where it leads nowhere, `dct:title` of a dct:relation |
//! | `associationType` | `dct:isPartOf` (largerWorkCitation, partOfSeamlessDatabase, isComposedOf the other way), `dct:source`, `dct:isVersionOf` (revisionOf), `dcat:inSeries` (series); all else `dct:relation` |
//!
//! # Left out of `relation`
//!
//! | field | why |
//! |---|---|
//! | `initiativeType`, `initiativeType.*` | what the other is, for itself to say |
//! | `metadataReference.@title`, `aggregateDataSetIdentifier.*`, `aggregateDataSetName.*`, `name.*`, `metadataReference.*` | more about the other |

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::element::Element;
use super::text::{Text, is_address};
use super::{Record, identifier, reference};
use crate::dcat::Describe;
use crate::rdf::vocab::{dcat, dct};
use crate::record::Kind;

/// Writes the resources related to what a record describes.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    parents(record, about);
    for relation in record
        .root
        .all("identificationInfo.aggregationInfo|identificationInfo.associatedResource")
    {
        let kind = relation.first("associationType").and_then(Element::code);
        let property = property(kind.unwrap_or_default());
        if let Some(iri) = target(relation, property, record, about) {
            if iri.as_ref() != record.iri.as_ref() {
                about.link(property, iri);
            }
            continue;
        }
        let ways = "aggregateDataSetName.title|name.title";
        if let Some(title) = Text::first(relation, ways, &record.locales) {
            let mut other = about.node(dct::RELATION, RESOURCE);
            title.write(dct::TITLE, &mut other);
        }
    }
}

/// `rdfs:Resource`, which everything is.
const RESOURCE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#Resource");

fn property(association: &str) -> NamedNodeRef<'static> {
    match association {
        "largerWorkCitation" | "partOfSeamlessDatabase" => dct::IS_PART_OF,
        "isComposedOf" => dct::HAS_PART,
        "source" => dct::SOURCE,
        "revisionOf" => dct::IS_VERSION_OF,
        "series" => dcat::IN_SERIES,
        _ => dct::RELATION,
    }
}

fn parents(record: &Record<'_>, about: &mut Describe<'_>) {
    let own = record.identifier.as_str();
    let mut link = |identifier: &str| {
        if identifier == own {
            return;
        }
        let iri = reference::of_identifier(identifier, Kind::Series, record);
        let is_service = record.level.kind == Kind::Service;
        about.link(
            if is_service {
                dct::RELATION
            } else {
                dcat::IN_SERIES
            },
            iri,
        );
    };
    for parent in record.root.all("parentIdentifier|parentMetadata") {
        let referred = parent.attribute("uuidref");
        let cited = parent.first("identifier.code").and_then(Element::value);
        // `parentIdentifier` has its text in it; a citation has its identifier below.
        let plain = parent.value();
        if let Some(identifier) = referred.or(cited).or(plain) {
            link(identifier);
        }
    }
}

fn target(
    relation: Element<'_>,
    property: NamedNodeRef<'static>,
    record: &Record<'_>,
    about: &mut Describe<'_>,
) -> Option<NamedNode> {
    if let Some(element) = relation.first("metadataReference") {
        let found = reference::to(element, record, about);
        if found.is_some() {
            return found;
        }
    }
    let kind = if property == dcat::IN_SERIES {
        Kind::Series
    } else {
        Kind::Dataset
    };
    let ways = "aggregateDataSetIdentifier|aggregateDataSetName.identifier|name.identifier|metadataReference.identifier";
    let named = relation.all(ways).into_iter().find_map(identifier::read);
    if let Some(name) = named {
        if is_address(&name) {
            let address = about.clean_iri(&name, &relation.path())?;
            let address = address.as_str();
            return Some(reference::of_address(address, address, kind, record));
        }
        if is_record(&name) {
            return Some(reference::of_identifier(&name, kind, record));
        }
    }
    let page = relation.first("name.onlineResource.linkage")?;
    about.clean_iri(page.value()?, &page.path())
}

/// Whether an identifier can be that of a record: a UUID, or one of the form that French catalogues
/// give (`fr-120066022-jdd-` and a UUID).
fn is_record(name: &str) -> bool {
    let tail: String = name
        .chars()
        .rev()
        .take(36)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let parts: Vec<&str> = tail.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && tail.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_records_end_in_a_uuid() {
        for (name, expected) in [
            ("6d2b6fdb-f1ea-4d48-8697-a0c05512f1dc", true),
            (
                "fr-120066022-jdd-6d2b6fdb-f1ea-4d48-8697-a0c05512f1dc",
                true,
            ),
            ("SRAL", false),
            ("6d2b6fdb", false),
            ("", false),
        ] {
            assert_eq!(is_record(name), expected, "{name}");
        }
    }
}
