//! The terms that Moisson reads and writes, one module a vocabulary, each with its specification.
//!
//! Classes end in `_CLASS` where a property of the same name exists. Spelt as the standards spell them.

pub mod adms;
pub mod cnt;
pub mod dcat;
pub mod dcatap;
pub mod dct;
pub mod dqv;
pub mod duv;
pub mod eli;
pub mod foaf;
pub mod geodcat;
pub mod gsp;
pub mod hydra;
pub mod locn;
pub mod oa;
pub mod odrl;
pub mod org;
pub mod owl;
pub mod pod;
pub mod prov;
pub mod rdf;
pub mod rdfs;
pub mod schema;
pub mod sd;
pub mod sh;
pub mod skos;
pub mod spdx;
pub mod time;
pub mod vcard;
pub mod void;
pub mod xsd;

use oxigraph::model::NamedNodeRef;

/// The prefixes of every Turtle, TriG, RDF/XML and JSON-LD document, in alphabetical order.
pub const PREFIXES: &[(&str, &str)] = &[
    ("adms", "http://www.w3.org/ns/adms#"),
    ("cnt", "http://www.w3.org/2011/content#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatap", "http://data.europa.eu/r5r/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("dqv", "http://www.w3.org/ns/dqv#"),
    ("duv", "http://www.w3.org/ns/duv#"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geodcat", "http://data.europa.eu/930/"),
    ("gsp", "http://www.opengis.net/ont/geosparql#"),
    ("hydra", "http://www.w3.org/ns/hydra/core#"),
    ("locn", "http://www.w3.org/ns/locn#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("odrl", "http://www.w3.org/ns/odrl/2/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "http://schema.org/"),
    ("sd", "http://www.w3.org/ns/sparql-service-description#"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A term of the vocabularies as documents write it (`dct:title`), any other IRI in brackets.
#[must_use]
pub fn curie(iri: NamedNodeRef<'_>) -> String {
    PREFIXES
        .iter()
        .find_map(|(prefix, namespace)| {
            let local = iri.as_str().strip_prefix(namespace)?;
            let plain = !local.is_empty() && local.bytes().all(|b| b.is_ascii_alphanumeric());
            plain.then(|| format!("{prefix}:{local}"))
        })
        .unwrap_or_else(|| iri.to_string())
}
