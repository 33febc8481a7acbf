//! <https://www.w3.org/TR/sparql11-service-description/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/sparql-service-description#";
/// `sd:Service`
pub const SERVICE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#Service");
/// `sd:endpoint`
pub const ENDPOINT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#endpoint");
/// `sd:supportedLanguage`
pub const SUPPORTED_LANGUAGE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(
    "http://www.w3.org/ns/sparql-service-description#supportedLanguage",
);
/// `sd:SPARQL11Query`
pub const SPARQL_11_QUERY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#SPARQL11Query");
/// `sd:resultFormat`
pub const RESULT_FORMAT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#resultFormat");
/// `sd:defaultDataset`
pub const DEFAULT_DATASET: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#defaultDataset");
/// `sd:Dataset`
pub const DATASET: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#Dataset");
/// `sd:defaultGraph`
pub const DEFAULT_GRAPH: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#defaultGraph");
/// `sd:Graph`
pub const GRAPH_CLASS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#Graph");
/// `sd:namedGraph`
pub const NAMED_GRAPH: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#namedGraph");
/// `sd:NamedGraph`
pub const NAMED_GRAPH_CLASS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#NamedGraph");
/// `sd:name`
pub const NAME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#name");
/// `sd:extensionFunction`
pub const EXTENSION_FUNCTION: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(
    "http://www.w3.org/ns/sparql-service-description#extensionFunction",
);
/// `sd:Function`
pub const FUNCTION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#Function");
/// `sd:feature`
pub const FEATURE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#feature");
/// `sd:Feature`
pub const FEATURE_CLASS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#Feature");
