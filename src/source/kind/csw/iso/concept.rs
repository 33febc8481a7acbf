//! Words of a list whose entries have no IRI that we know: a skos:Concept with its label and its list.

use oxigraph::model::NamedNodeRef;

use crate::dcat::Describe;
use crate::rdf::vocab::{dcat, dct, skos};

/// A word of a code list of ISO 19115.
#[derive(Debug, Clone, Copy)]
pub(super) struct Concept<'a> {
    word: &'a str,
    list: &'static str,
}

impl<'a> Concept<'a> {
    /// The word of a list.
    pub(super) fn word(word: &'a str, list: &'static str) -> Self {
        Self { word, list }
    }

    /// Writes it as the value of a property.
    pub(super) fn write(self, property: NamedNodeRef<'_>, about: &mut Describe<'_>) {
        let mut concept = about.node(property, skos::CONCEPT);
        concept.token(skos::PREF_LABEL, self.word, self.list);
        concept
            .node(skos::IN_SCHEME, skos::CONCEPT_SCHEME)
            .token(dct::TITLE, self.list, self.list);
    }

    /// Writes it as the role of an attribution.
    pub(super) fn write_role(self, attribution: &mut Describe<'_>) {
        attribution
            .node(dcat::HAD_ROLE, dcat::ROLE)
            .a(skos::CONCEPT)
            .token(skos::PREF_LABEL, self.word, self.list);
    }
}
