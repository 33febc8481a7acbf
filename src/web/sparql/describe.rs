//! The service description (<https://www.w3.org/TR/sparql11-service-description/>).

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use crate::graph::functions;
use crate::graph::named::{NamedGraph, PUBLIC};
use crate::graph::query::search::SERVICE;
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

/// What the default graph is called.
const DEFAULT: [(&str, &str); 2] = [
    ("en", "The catalogue and its vocabularies"),
    ("fr", "Le catalogue et ses vocabulaires"),
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
    for function in functions() {
        say(&service, sd::EXTENSION_FUNCTION, function.into());
        say(&function.into_owned(), rdf::TYPE, sd::FUNCTION.into());
    }
    let search = NamedNode::new_unchecked(SERVICE);
    say(&service, sd::FEATURE, search.clone().into());
    say(&search, rdf::TYPE, sd::FEATURE_CLASS.into());
    say(&service, sd::DEFAULT_DATASET, dataset.clone().into());
    say(&dataset, rdf::TYPE, sd::DATASET.into());
    say(&dataset, sd::DEFAULT_GRAPH, catalogue.clone().into());
    say(&catalogue, rdf::TYPE, sd::GRAPH_CLASS.into());
    for (language, title) in DEFAULT {
        say(&catalogue, dct::TITLE, literal(title, language));
    }
    for graph in &PUBLIC {
        say(&dataset, sd::NAMED_GRAPH, base.graph(graph.name).into());
    }
    quads.extend(PUBLIC.iter().flat_map(|graph| graph_quads(base, graph)));
    quads
}

/// What is said of a named graph, wherever it is described.
pub(in crate::web) fn graph_quads(base: &Base, graph: &NamedGraph) -> Vec<Quad> {
    let iri = base.graph(graph.name);
    let mut said: Vec<(NamedNodeRef<'static>, Term)> = vec![
        (rdf::TYPE, sd::NAMED_GRAPH_CLASS.into()),
        (sd::NAME, iri.clone().into()),
    ];
    for (property, text) in [
        (dct::TITLE, graph.title),
        (dct::DESCRIPTION, graph.description),
    ] {
        let texts = text.texts().into_iter();
        said.extend(texts.map(|(language, text)| (property, literal(text, language))));
    }
    said.into_iter()
        .map(|(property, value)| Quad::new(iri.clone(), property, value, GraphName::DefaultGraph))
        .collect()
}

fn literal(text: &str, language: &str) -> Term {
    Literal::new_language_tagged_literal_unchecked(text, language).into()
}
