//! <https://www.w3.org/TR/owl-time/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/2006/time#";
/// `time:hasBeginning`
pub const HAS_BEGINNING: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#hasBeginning");
/// `time:hasEnd`
pub const HAS_END: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#hasEnd");
/// `time:inXSDDate`
pub const IN_XSD_DATE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#inXSDDate");
/// `time:inXSDDateTime`
pub const IN_XSD_DATE_TIME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#inXSDDateTime");
/// `time:Instant`
pub const INSTANT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#Instant");
