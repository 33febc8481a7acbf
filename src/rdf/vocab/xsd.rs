//! <https://www.w3.org/TR/xmlschema11-2/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/2001/XMLSchema#";
/// `xsd:string`
pub const STRING: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#string");
/// `xsd:boolean`
pub const BOOLEAN: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#boolean");
/// `xsd:integer`
pub const INTEGER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#integer");
/// `xsd:nonNegativeInteger`
pub const NON_NEGATIVE_INTEGER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#nonNegativeInteger");
/// `xsd:decimal`
pub const DECIMAL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#decimal");
/// `xsd:double`
pub const DOUBLE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#double");
/// `xsd:date`
pub const DATE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#date");
/// `xsd:dateTime`
pub const DATE_TIME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#dateTime");
/// `xsd:gYear`
pub const G_YEAR: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#gYear");
/// `xsd:gYearMonth`
pub const G_YEAR_MONTH: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#gYearMonth");
/// `xsd:duration`
pub const DURATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#duration");
/// `xsd:hexBinary`
pub const HEX_BINARY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#hexBinary");
/// `xsd:anyURI`
pub const ANY_URI: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#anyURI");
