//! <https://www.w3.org/TR/vocab-org/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/org#";
/// `org:identifier`
pub const IDENTIFIER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#identifier");
/// `org:Organization`
pub const ORGANIZATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#Organization");
/// `org:subOrganizationOf`
pub const SUB_ORGANIZATION_OF: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#subOrganizationOf");
/// `org:memberOf`
pub const MEMBER_OF: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#memberOf");
