//! <https://www.w3.org/TR/vocab-duv/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/duv#";
/// `duv:Usage`
pub const USAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/duv#Usage");
/// `duv:UserFeedback`
pub const USER_FEEDBACK: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/duv#UserFeedback");
/// `duv:hasUsage`
pub const HAS_USAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/duv#hasUsage");
/// `duv:refersTo`
pub const REFERS_TO: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/duv#refersTo");
/// `duv:hasFeedback`
pub const HAS_FEEDBACK: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/duv#hasFeedback");
