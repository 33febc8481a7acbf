//! The other names of a record: those of its page, in the API, elsewhere.
//!
//! Each is one `adms:identifier` node; a name that is an IRI has the datatype xsd:anyURI. `GET /resolve`
//! finds the record by any of them, and so does whoever looks for the same record of another portal.

use std::collections::BTreeMap;

use oxigraph::model::Literal;

use crate::dcat::Describe;
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::{adms, skos, xsd};

/// Writes the names, each once, in an order that is not the source's.
pub(in crate::source) fn write<'a>(
    names: impl IntoIterator<Item = &'a str>,
    about: &mut Describe<'_>,
) {
    let mut literals: BTreeMap<String, Literal> = BTreeMap::new();
    for name in names {
        let literal = notation(name);
        literals.insert(literal.value().to_owned(), literal);
    }
    for literal in literals.into_values() {
        node(literal, about);
    }
}

/// Writes one name.
pub(in crate::source) fn node(notation: Literal, about: &mut Describe<'_>) {
    about
        .node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS)
        .literal(skos::NOTATION, notation);
}

/// A name as literal: xsd:anyURI where it is an IRI as it stands, or a web address that could be
/// repaired; else plain.
pub(in crate::source) fn notation(name: &str) -> Literal {
    match clean(name) {
        Cleaned::Kept(iri) => Literal::new_typed_literal(iri.into_string(), xsd::ANY_URI),
        Cleaned::Repaired(iri) if iri.as_str().starts_with("http") => {
            Literal::new_typed_literal(iri.into_string(), xsd::ANY_URI)
        }
        Cleaned::Repaired(_) | Cleaned::Refused(_) => Literal::new_simple_literal(
            name.chars().filter(|c| !c.is_control()).collect::<String>(),
        ),
    }
}
