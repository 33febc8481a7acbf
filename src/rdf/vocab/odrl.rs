//! <https://www.w3.org/TR/odrl-vocab/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/odrl/2/";
/// `odrl:hasPolicy`
pub const HAS_POLICY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/odrl/2/hasPolicy");
/// `odrl:Policy`
pub const POLICY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/odrl/2/Policy");
