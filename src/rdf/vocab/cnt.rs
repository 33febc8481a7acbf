//! <https://www.w3.org/TR/Content-in-RDF10/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/2011/content#";
/// `cnt:characterEncoding`
pub const CHARACTER_ENCODING: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2011/content#characterEncoding");
