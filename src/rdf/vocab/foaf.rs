//! <http://xmlns.com/foaf/spec/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://xmlns.com/foaf/0.1/";
/// `foaf:Agent`
pub const AGENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/Agent");
/// `foaf:Organization`
pub const ORGANIZATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/Organization");
/// `foaf:Person`
pub const PERSON: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/Person");
/// `foaf:Document`
pub const DOCUMENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/Document");
/// `foaf:name`
pub const NAME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/name");
/// `foaf:nick`
pub const NICK: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/nick");
/// `foaf:mbox`
pub const MBOX: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/mbox");
/// `foaf:phone`
pub const PHONE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/phone");
/// `foaf:homepage`
pub const HOMEPAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/homepage");
/// `foaf:page`
pub const PAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/page");
/// `foaf:primaryTopic`
pub const PRIMARY_TOPIC: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/primaryTopic");
/// `foaf:isPrimaryTopicOf`
pub const IS_PRIMARY_TOPIC_OF: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/isPrimaryTopicOf");
/// `foaf:logo`
pub const LOGO: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/logo");
/// `foaf:img`
pub const IMG: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/img");
/// `foaf:depiction`
pub const DEPICTION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/depiction");
/// `foaf:workplaceHomepage`
pub const WORKPLACE_HOMEPAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/workplaceHomepage");
/// `foaf:made`
pub const MADE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/made");
