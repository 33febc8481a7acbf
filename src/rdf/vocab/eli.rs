//! <https://eur-lex.europa.eu/eli-register/about.html>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://data.europa.eu/eli/ontology#";
/// `eli:LegalResource`
pub const LEGAL_RESOURCE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/eli/ontology#LegalResource");
