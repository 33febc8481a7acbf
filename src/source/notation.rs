//! The names that a record has elsewhere, as `adms:identifier`: one node for each, whose notation has the
//! datatype xsd:anyURI where it is an IRI.

use oxigraph::model::Literal;

use crate::dcat::Describe;
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::{adms, skos, xsd};

/// Writes a name, made by [`notation`].
pub(super) fn node(notation: Literal, about: &mut Describe<'_>) {
    about
        .node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS)
        .literal(skos::NOTATION, notation);
}

/// A name as literal: xsd:anyURI where it is an IRI as it stands, or a web address that could be
/// repaired; else plain.
pub(super) fn notation(name: &str) -> Literal {
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
