//! Texts where a thing should be: the IRI that the text is, else a thing that is called so.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::{Repaired, address, classed};
use crate::finding::Code;
use crate::rdf::vocab::{adms, dcat, dcatap, dct, geodcat, odrl, prov, rdfs, skos};
use crate::vocabulary::Vocabularies;

/// What becomes of a text that is no IRI.
#[derive(Clone, Copy)]
enum Words {
    /// A thing of a class that is called so, by this property.
    Called(NamedNodeRef<'static>, NamedNodeRef<'static>),
    /// A thing of no class that is called so.
    Labelled,
    /// It stays: normalisation reads it.
    Read,
    /// It says nothing where it stands, and is kept as it was sent.
    Kept,
}

/// The properties that lead to things.
const THINGS: [(NamedNodeRef<'static>, Words); 49] = [
    (dcat::ACCESS_SERVICE, Words::Kept),
    (
        adms::IDENTIFIER,
        Words::Called(adms::IDENTIFIER_CLASS, skos::NOTATION),
    ),
    (
        adms::REPRESENTATION_TECHNIQUE,
        Words::Called(skos::CONCEPT, skos::PREF_LABEL),
    ),
    (adms::SAMPLE, Words::Kept),
    (adms::STATUS, Words::Called(skos::CONCEPT, skos::PREF_LABEL)),
    (dcat::CATALOG, Words::Kept),
    (dcat::COMPRESS_FORMAT, Words::Read),
    (dcat::DATASET, Words::Kept),
    (dcat::DISTRIBUTION, Words::Kept),
    (dcat::HAD_ROLE, Words::Kept),
    (dcat::HAS_VERSION, Words::Kept),
    (dcat::IN_SERIES, Words::Kept),
    (dcat::IS_VERSION_OF, Words::Kept),
    (dcat::MEDIA_TYPE, Words::Read),
    (dcat::PACKAGE_FORMAT, Words::Read),
    (dcat::QUALIFIED_RELATION, Words::Kept),
    (dcat::SERVES_DATASET, Words::Kept),
    (dcat::SERVICE, Words::Kept),
    (dcat::THEME, Words::Read),
    (dcat::THEME_TAXONOMY, Words::Kept),
    (dcatap::APPLICABLE_LEGISLATION, Words::Read),
    (dcatap::AVAILABILITY, Words::Read),
    (dcatap::HVD_CATEGORY, Words::Read),
    (dct::ACCESS_RIGHTS, Words::Read),
    (dct::ACCRUAL_PERIODICITY, Words::Read),
    (dct::CONFORMS_TO, Words::Called(dct::STANDARD, dct::TITLE)),
    (dct::FORMAT, Words::Read),
    (dct::HAS_PART, Words::Labelled),
    (dct::HAS_VERSION, Words::Labelled),
    (dct::IS_PART_OF, Words::Labelled),
    (dct::IS_REFERENCED_BY, Words::Labelled),
    (dct::IS_REPLACED_BY, Words::Labelled),
    (dct::IS_REQUIRED_BY, Words::Labelled),
    (dct::IS_VERSION_OF, Words::Labelled),
    (dct::LANGUAGE, Words::Read),
    (dct::LICENSE, Words::Read),
    (
        dct::PROVENANCE,
        Words::Called(dct::PROVENANCE_STATEMENT, rdfs::LABEL),
    ),
    (dct::REFERENCES, Words::Labelled),
    (dct::RELATION, Words::Labelled),
    (dct::REPLACES, Words::Labelled),
    (dct::REQUIRES, Words::Labelled),
    (dct::RIGHTS, Words::Read),
    (dct::SOURCE, Words::Kept),
    (dct::SUBJECT, Words::Called(skos::CONCEPT, skos::PREF_LABEL)),
    (
        dct::TEMPORAL,
        Words::Called(dct::PERIOD_OF_TIME, rdfs::LABEL),
    ),
    (dct::TYPE, Words::Called(skos::CONCEPT, skos::PREF_LABEL)),
    (geodcat::TOPIC_CATEGORY, Words::Read),
    (odrl::HAS_POLICY, Words::Called(odrl::POLICY, rdfs::LABEL)),
    (
        prov::WAS_GENERATED_BY,
        Words::Called(prov::ACTIVITY, rdfs::LABEL),
    ),
];

/// Further properties that lead to things, of which a text that is no IRI stays as it is.
const FURTHER: [NamedNodeRef<'static>; 3] = [rdfs::SEE_ALSO, skos::IN_SCHEME, skos::EXACT_MATCH];

/// What a text under `property` becomes, where that leads to things; none where the text stays.
pub(super) fn of_text(
    property: NamedNodeRef<'_>,
    literal: &Literal,
    vocabularies: &Vocabularies,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Option<Repaired> {
    let words = THINGS.iter().find(|(known, _)| *known == property);
    if words.is_none() && !FURTHER.contains(&property) {
        return None;
    }
    let value = literal.value();
    if let Some(iri) = address::stated(value) {
        let message = "a text was taken as the IRI that it is";
        tell(Code::WrongRange, message, value);
        return Some(Repaired::As(vec![iri.into()]));
    }
    if property == adms::STATUS
        && let Some(status) = status(value, vocabularies)
    {
        return Some(Repaired::As(vec![status.into()]));
    }
    let (_, words) = words?;
    match words {
        Words::Called(class, by) => {
            let message = "a text was taken as what the thing is called";
            tell(Code::WrongRange, message, value);
            let said = vec![(*by, literal.clone().into())];
            Some(Repaired::Thing(classed(*class, said)))
        }
        Words::Labelled => {
            let message = "a text was taken as what the thing is called";
            tell(Code::WrongRange, message, value);
            Some(Repaired::Thing(vec![(rdfs::LABEL, literal.clone().into())]))
        }
        Words::Read => None,
        Words::Kept => {
            let message = "only the original is kept: a text where a thing should be";
            tell(Code::WrongRange, message, value);
            Some(Repaired::Dropped)
        }
    }
}

/// The concept of a status that is written by its code.
fn status(code: &str, vocabularies: &Vocabularies) -> Option<NamedNode> {
    const LIST: &str = "http://publications.europa.eu/resource/authority/distribution-status/";
    let code = code.trim().to_ascii_uppercase().replace(' ', "_");
    let known = format!("{LIST}{code}");
    vocabularies
        .contains(&known)
        .then(|| NamedNode::new_unchecked(known))
}
