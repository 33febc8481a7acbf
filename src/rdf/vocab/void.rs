//! <https://www.w3.org/TR/void/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://rdfs.org/ns/void#";
/// `void:Dataset`
pub const DATASET: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://rdfs.org/ns/void#Dataset");
/// `void:sparqlEndpoint`
pub const SPARQL_ENDPOINT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://rdfs.org/ns/void#sparqlEndpoint");
/// `void:triples`
pub const TRIPLES: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://rdfs.org/ns/void#triples");
