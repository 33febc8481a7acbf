//! Claims about the vocabularies as the rest of the program sees them.

mod alignment;
mod languages;
mod licence;
mod statement;

use std::collections::HashSet;

use oxigraph::model::Term;
use oxigraph::model::vocab::rdf;

use super::*;

const EU: &str = "http://publications.europa.eu/resource/authority/";

#[test]
fn every_concept_has_a_label_and_belongs_to_a_titled_scheme() {
    let vocabularies = Vocabularies::builtin();
    for concept in vocabularies.concepts.values() {
        assert!(!concept.labels.is_empty(), "{}", concept.iri);
        let scheme = vocabularies.scheme(concept.scheme.as_str()).unwrap();
        assert!(scheme.concepts.contains(&concept.iri), "{}", concept.iri);
        if let Some(broader) = &concept.broader {
            let broader = vocabularies.concept(broader.as_str()).unwrap();
            assert_eq!(broader.scheme, concept.scheme);
        }
    }
    for scheme in vocabularies.schemes() {
        for language in ["en", "fr"] {
            let titled = scheme.titles.iter().any(|(tag, _)| tag == language);
            assert!(titled, "{} has no title in {language}", scheme.iri);
        }
        assert!(!scheme.concepts.is_empty(), "{}", scheme.iri);
    }
    assert_eq!(vocabularies.schemes().count(), 22);
}

#[test]
fn every_concept_has_the_class_that_dcat_ap_demands() {
    let demanded = [
        ("licence", "http://purl.org/dc/terms/LicenseDocument"),
        ("frequency", "http://purl.org/dc/terms/Frequency"),
        ("file-type", "http://purl.org/dc/terms/MediaTypeOrExtent"),
        ("language", "http://purl.org/dc/terms/LinguisticSystem"),
        ("access-right", "http://purl.org/dc/terms/RightsStatement"),
        ("country", "http://purl.org/dc/terms/Location"),
    ]
    .map(|(scheme, class)| (format!("{EU}{scheme}"), class))
    .into_iter()
    .chain(
        [
            (
                "http://www.iana.org/assignments/media-types",
                "http://purl.org/dc/terms/MediaType",
            ),
            (
                "http://data.europa.eu/r5r/applicableLegislation",
                "http://data.europa.eu/eli/ontology#LegalResource",
            ),
            (
                "http://spdx.org/rdf/terms",
                "http://spdx.org/rdf/terms#ChecksumAlgorithm",
            ),
        ]
        .map(|(scheme, class)| (scheme.to_owned(), class)),
    );
    let vocabularies = Vocabularies::builtin();
    for (scheme, class) in demanded {
        for iri in &vocabularies.scheme(&scheme).unwrap().concepts {
            let types = &vocabularies.concept(iri.as_str()).unwrap().types;
            assert_eq!(
                types[0].as_str(),
                "http://www.w3.org/2004/02/skos/core#Concept"
            );
            assert!(
                types.iter().any(|node| node.as_str() == class),
                "{iri} is no {class}"
            );
        }
    }
}

#[test]
fn triples_are_unique_and_say_what_the_views_say() {
    let vocabularies = Vocabularies::builtin();
    let unique: HashSet<_> = vocabularies.triples().iter().collect();
    assert_eq!(unique.len(), vocabularies.triples().len());
    let csv = vocabularies.concept(&format!("{EU}file-type/CSV")).unwrap();
    assert_eq!(csv.notation.as_deref(), Some("CSV"));
    for class in &csv.types {
        let stated = vocabularies.triples().iter().any(|triple| {
            triple.subject == csv.iri.clone().into()
                && triple.predicate == rdf::TYPE
                && triple.object == Term::from(class.clone())
        });
        assert!(stated, "{class}");
    }
}

#[test]
fn labels_come_in_the_language_asked_for() {
    let vocabularies = Vocabularies::builtin();
    let label = |iri: &str, language| {
        vocabularies
            .concept(&format!("{EU}{iri}"))
            .unwrap()
            .label(language)
    };
    assert_eq!(label("data-theme/HEAL", "fr"), "Santé");
    assert_eq!(label("data-theme/HEAL", "en"), "Health");
    assert_eq!(label("data-theme/HEAL", "br"), "Health");
    assert_eq!(label("file-type/GTFS", "fr"), "GTFS");
    let french = vocabularies.concept(&format!("{EU}language/FRA")).unwrap();
    assert_eq!(french.notation.as_deref(), Some("FRA"));
    let scheme = vocabularies.scheme(&format!("{EU}country")).unwrap();
    assert_eq!(scheme.title("fr"), "Pays");
}

#[test]
fn concepts_and_schemes_are_known_by_iri() {
    let vocabularies = Vocabularies::builtin();
    assert!(vocabularies.contains("http://data.europa.eu/bna/asd487ae75"));
    assert!(vocabularies.contains("http://data.europa.eu/bna/c_ac64a52d"));
    assert!(vocabularies.contains("http://data.europa.eu/eli/reg_impl/2023/138/oj"));
    assert!(vocabularies.contains("http://purl.org/adms/publishertype/PrivateIndividual(s)"));
    assert!(!vocabularies.contains("http://data.europa.eu/bna/c_00000000"));
    assert!(
        vocabularies
            .concept("http://data.europa.eu/bna/asd487ae75")
            .is_none()
    );
}
