//! <https://www.w3.org/TR/vocab-adms/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/adms#";
/// `adms:Identifier`
pub const IDENTIFIER_CLASS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#Identifier");
/// `adms:identifier`
pub const IDENTIFIER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#identifier");
/// `adms:status`
pub const STATUS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#status");
/// `adms:sample`
pub const SAMPLE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#sample");
/// `adms:versionNotes`
pub const VERSION_NOTES: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#versionNotes");
/// `adms:schemaAgency`
pub const SCHEMA_AGENCY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#schemaAgency");
/// `adms:representationTechnique`
pub const REPRESENTATION_TECHNIQUE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#representationTechnique");
