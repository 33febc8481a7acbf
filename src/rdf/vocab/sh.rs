//! <https://www.w3.org/ns/shacl>: what queries are told with.

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/shacl#";
/// `sh:SPARQLExecutable`
pub const SPARQL_EXECUTABLE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#SPARQLExecutable");
/// `sh:SPARQLSelectExecutable`
pub const SPARQL_SELECT_EXECUTABLE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#SPARQLSelectExecutable");
/// `sh:SPARQLAskExecutable`
pub const SPARQL_ASK_EXECUTABLE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#SPARQLAskExecutable");
/// `sh:SPARQLConstructExecutable`
pub const SPARQL_CONSTRUCT_EXECUTABLE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#SPARQLConstructExecutable");
/// `sh:select`
pub const SELECT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#select");
/// `sh:ask`
pub const ASK: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#ask");
/// `sh:construct`
pub const CONSTRUCT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#construct");
