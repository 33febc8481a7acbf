//! <https://www.w3.org/TR/annotation-vocab/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/oa#";
/// `oa:hasTarget`
pub const HAS_TARGET: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#hasTarget");
/// `oa:hasBody`
pub const HAS_BODY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#hasBody");
/// `oa:TextualBody`
pub const TEXTUAL_BODY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#TextualBody");
/// `oa:motivatedBy`
pub const MOTIVATED_BY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#motivatedBy");
/// `oa:questioning`
pub const QUESTIONING: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#questioning");
