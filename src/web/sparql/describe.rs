//! The service description (<https://www.w3.org/TR/sparql11-service-description/>).

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use crate::rdf::vocab::{dct, sd};
use crate::record::Base;

/// The result formats, as the W3C names them (<https://www.w3.org/ns/formats/>).
const FORMATS: &[&str] = &[
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "RDF_XML",
    "N-Triples",
    "TriG",
    "N-Quads",
    "N3",
];

/// The graphs beside the catalogue, with what they hold.
const GRAPHS: &[(&str, &str, &str)] = &[
    (
        "provenance",
        "Where the descriptions come from",
        "D'où viennent les descriptions",
    ),
    ("quality", "Measurements of quality", "Mesures de qualité"),
    (
        "origin",
        "Original values of what was normalised",
        "Valeurs d'origine de ce qui a été normalisé",
    ),
];

/// The description, for the endpoint under `base`.
pub(super) fn quads(base: &Base) -> Vec<Quad> {
    let endpoint = base.iri("sparql");
    let part = |name: &str| base.iri(&format!("sparql#{name}"));
    let (service, dataset, catalogue) = (part("service"), part("dataset"), part("default-graph"));
    let mut quads = Vec::new();
    let mut say = |subject: &NamedNode, predicate: NamedNodeRef<'static>, object: Term| {
        quads.push(Quad::new(
            subject.clone(),
            predicate,
            object,
            GraphName::DefaultGraph,
        ));
    };
    say(&service, rdf::TYPE, sd::SERVICE.into());
    say(&service, sd::ENDPOINT, endpoint.into());
    say(&service, sd::SUPPORTED_LANGUAGE, sd::SPARQL_11_QUERY.into());
    for format in FORMATS {
        let format = NamedNode::new_unchecked(format!("http://www.w3.org/ns/formats/{format}"));
        say(&service, sd::RESULT_FORMAT, format.into());
    }
    say(&service, sd::DEFAULT_DATASET, dataset.clone().into());
    say(&dataset, rdf::TYPE, sd::DATASET.into());
    say(&dataset, sd::DEFAULT_GRAPH, catalogue.clone().into());
    say(&catalogue, rdf::TYPE, sd::GRAPH_CLASS.into());
    let titles = |english: &str, french: &str| {
        [("en", english), ("fr", french)].map(|(language, text)| {
            Term::from(Literal::new_language_tagged_literal_unchecked(
                text, language,
            ))
        })
    };
    for title in titles(
        "The catalogue and its vocabularies",
        "Le catalogue et ses vocabulaires",
    ) {
        say(&catalogue, dct::TITLE, title);
    }
    for (name, english, french) in GRAPHS {
        let named = part(&format!("graph-{name}"));
        say(&dataset, sd::NAMED_GRAPH, named.clone().into());
        say(&named, rdf::TYPE, sd::NAMED_GRAPH_CLASS.into());
        say(&named, sd::NAME, base.graph(name).into());
        for title in titles(english, french) {
            say(&named, dct::TITLE, title);
        }
    }
    quads
}
