//! The names of a record and of what it describes.
//!
//! A record is known by its own identifier, which its catalogue keeps stable. What it describes may
//! have others, of its producer: they are what DCAT-AP calls the identifier of the dataset. Where there
//! are none, that of the record stands for them.
//!
//! # Fields of `identifier`
//!
//! | field | becomes |
//! |---|---|
//! | `code`, `codeSpace` | the identifier: the code behind its space, where that is not part of it |
//! | `code.@href` | the same, instead |
//!
//! # Left out of `identifier`
//!
//! | field | why |
//! |---|---|
//! | `authority.*`, `codeSpace.@href`, `version`, `description` | who gives such identifiers: the code space names them |

use std::collections::BTreeSet;

use oxigraph::model::Literal;

use super::element::Element;
use super::text::is_address;
use crate::dcat::Describe;
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::{adms, dct, skos, xsd};

/// The identifier of the record itself.
pub(super) fn of_record(record: Element<'_>) -> Option<&str> {
    let ways = "fileIdentifier|metadataIdentifier.code";
    record.all(ways).into_iter().find_map(Element::value)
}

/// The identifiers of what the record describes, in their order, with where they stand.
fn of_resource(record: Element<'_>) -> Vec<(String, String)> {
    let sent = record.all("identificationInfo.citation.identifier");
    let mut found: Vec<(String, String)> = Vec::new();
    for element in sent {
        let Some(name) = read(element) else {
            continue;
        };
        if !found.iter().any(|(known, _)| *known == name) {
            found.push((name, element.path()));
        }
    }
    found
}

/// The identifier that an element has: an address, or a code behind its space.
pub(super) fn read(element: Element<'_>) -> Option<String> {
    let code = element.first("code")?;
    let anchors = code.classes().find_map(|class| class.attribute("href"));
    if let Some(address) = anchors.filter(|address| is_address(address)) {
        return Some(address.to_owned());
    }
    let code = code.value()?;
    let space = element.first("codeSpace").and_then(Element::value);
    let Some(space) = space.filter(|space| !code.starts_with(space) && !is_address(code)) else {
        return Some(code.to_owned());
    };
    let separator = if space.ends_with(['/', '#', ':', '=']) {
        ""
    } else {
        "/"
    };
    Some(format!("{space}{separator}{code}"))
}

/// What a record is called where it has no identifier of its own: an identifier of what it describes.
pub(super) fn instead(record: Element<'_>) -> Option<String> {
    let uri = record.first("dataSetURI").and_then(Element::value);
    let mut found = of_resource(record).into_iter().map(|(name, _)| name);
    found.next().or_else(|| uri.map(str::to_owned))
}

/// Writes the identifiers of what a record describes, whose own is `identifier`.
pub(super) fn write(record: Element<'_>, identifier: &str, about: &mut Describe<'_>) {
    let found = of_resource(record);
    let mut others = BTreeSet::from([identifier.to_owned()]);
    for (name, field) in &found {
        let is_iri = matches!(clean(name), Cleaned::Kept(_));
        if is_iri {
            others.insert(name.clone());
            about.literal(
                dct::IDENTIFIER,
                Literal::new_typed_literal(name, xsd::ANY_URI),
            );
        } else {
            about.token(dct::IDENTIFIER, name, field);
        }
    }
    if found.is_empty() {
        about.token(dct::IDENTIFIER, identifier, "fileIdentifier");
    }
    let uri = record.first("dataSetURI").and_then(Element::value);
    others.extend(uri.filter(|uri| is_address(uri)).map(str::to_owned));
    for name in others {
        let notation = match clean(&name) {
            Cleaned::Kept(iri) => Literal::new_typed_literal(iri.as_str(), xsd::ANY_URI),
            Cleaned::Repaired(_) | Cleaned::Refused(_) => Literal::new_simple_literal(name),
        };
        about
            .node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS)
            .literal(skos::NOTATION, notation);
    }
}
