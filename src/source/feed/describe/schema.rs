//! schema.org's descriptions of datasets, in the words of DCAT
//! (<https://www.w3.org/TR/vocab-dcat-3/#dcat-sdo>).
//!
//! What is said in schema.org's words stays; what DCAT has a word for is said in it as well, unless it is
//! said already. Both spellings of the namespace are met.

use std::collections::HashSet;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use crate::rdf::vocab::{dcat, dct, foaf, rdf, vcard};

/// What DCAT calls what schema.org has another word for, by the class of the subject.
const WORDS: &[(&[&str], &str, NamedNodeRef<'static>)] = &[
    (RESOURCE, "name", dct::TITLE),
    (RESOURCE, "headline", dct::TITLE),
    (RESOURCE, "description", dct::DESCRIPTION),
    (RESOURCE, "identifier", dct::IDENTIFIER),
    (RESOURCE, "keywords", dcat::KEYWORD),
    (RESOURCE, "datePublished", dct::ISSUED),
    (RESOURCE, "dateModified", dct::MODIFIED),
    (RESOURCE, "dateCreated", dct::CREATED),
    (RESOURCE, "inLanguage", dct::LANGUAGE),
    (RESOURCE, "license", dct::LICENSE),
    (RESOURCE, "publisher", dct::PUBLISHER),
    (RESOURCE, "creator", dct::CREATOR),
    (RESOURCE, "contributor", dct::CONTRIBUTOR),
    (RESOURCE, "version", dcat::VERSION),
    (RESOURCE, "spatialCoverage", dct::SPATIAL),
    (RESOURCE, "isBasedOn", dct::SOURCE),
    (DATASET, "distribution", dcat::DISTRIBUTION),
    (DATASET, "url", dcat::LANDING_PAGE),
    (CATALOGUE, "dataset", dcat::DATASET),
    (CATALOGUE, "url", foaf::HOMEPAGE),
    (DOWNLOAD, "contentUrl", dcat::DOWNLOAD_URL),
    (DOWNLOAD, "url", dcat::ACCESS_URL),
    (DOWNLOAD, "encodingFormat", dct::FORMAT),
    (AGENT, "name", foaf::NAME),
    (AGENT, "url", foaf::HOMEPAGE),
    (CONTACT, "name", vcard::FN),
    (CONTACT, "email", vcard::HAS_EMAIL),
    (CONTACT, "telephone", vcard::HAS_TELEPHONE),
];

const RESOURCE: &[&str] = &["Dataset", "DataCatalog", "DataDownload"];
const DATASET: &[&str] = &["Dataset"];
const CATALOGUE: &[&str] = &["DataCatalog"];
const DOWNLOAD: &[&str] = &["DataDownload"];
const AGENT: &[&str] = &[
    "Organization",
    "GovernmentOrganization",
    "Person",
    "NGO",
    "Corporation",
];
const CONTACT: &[&str] = &["ContactPoint"];

/// What a class of schema.org is in DCAT.
const CLASSES: &[(&str, NamedNodeRef<'static>)] = &[
    ("Dataset", dcat::DATASET_CLASS),
    ("DataCatalog", dcat::CATALOG_CLASS),
    ("DataDownload", dcat::DISTRIBUTION_CLASS),
    ("Organization", foaf::ORGANIZATION),
    ("GovernmentOrganization", foaf::ORGANIZATION),
    ("Person", foaf::PERSON),
    ("ContactPoint", vcard::KIND),
];

/// The name of a term of schema.org.
fn term(iri: &str) -> Option<&str> {
    iri.strip_prefix("http://schema.org/")
        .or_else(|| iri.strip_prefix("https://schema.org/"))
}

/// Adds DCAT's words to a record that is described in schema.org's.
pub(super) fn translate(triples: &mut Vec<Triple>) {
    let classes: Vec<(NamedOrBlankNode, String)> = triples
        .iter()
        .filter(|triple| triple.predicate == rdf::TYPE)
        .filter_map(|triple| match &triple.object {
            Term::NamedNode(class) => {
                Some((triple.subject.clone(), term(class.as_str())?.to_owned()))
            }
            _ => None,
        })
        .collect();
    if !classes
        .iter()
        .any(|(_, class)| RESOURCE.contains(&class.as_str()))
    {
        return;
    }
    let said: HashSet<(NamedOrBlankNode, NamedNode)> = triples
        .iter()
        .map(|triple| (triple.subject.clone(), triple.predicate.clone()))
        .collect();
    let mut more = Vec::new();
    for triple in triples.iter() {
        let Some(word) = term(triple.predicate.as_str()) else {
            continue;
        };
        for (_, class) in classes.iter().filter(|(node, _)| *node == triple.subject) {
            let meant = WORDS
                .iter()
                .find(|(subjects, known, _)| *known == word && subjects.contains(&class.as_str()));
            if let Some((_, _, property)) = meant
                && !said.contains(&(triple.subject.clone(), property.into_owned()))
            {
                let values = values(*property, &triple.object);
                more.extend(values.into_iter().map(|value| {
                    Triple::new(triple.subject.clone(), property.into_owned(), value)
                }));
            }
        }
    }
    for (node, class) in classes {
        if let Some((_, meant)) = CLASSES.iter().find(|(known, _)| *known == class) {
            more.push(Triple::new(node, rdf::TYPE, meant.into_owned()));
        }
    }
    triples.extend(more);
}

/// Keywords are one text with commas as often as a list.
fn values(property: NamedNodeRef<'_>, value: &Term) -> Vec<Term> {
    let Term::Literal(literal) = value else {
        // What is identified elsewhere has a node, which is no text.
        let is_text = property == dct::IDENTIFIER || property == dct::TITLE;
        return if is_text {
            Vec::new()
        } else {
            vec![value.clone()]
        };
    };
    if property != dcat::KEYWORD || !literal.value().contains(',') {
        return vec![value.clone()];
    }
    literal
        .value()
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(|word| match literal.language() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(word, language).into(),
            None => Literal::new_simple_literal(word).into(),
        })
        .collect()
}
