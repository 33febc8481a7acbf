//! <https://www.w3.org/ns/locn>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/locn#";
/// `locn:geometry`
pub const GEOMETRY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#geometry");
/// `locn:geographicName`
pub const GEOGRAPHIC_NAME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#geographicName");
/// `locn:adminUnitL2`
pub const ADMIN_UNIT_L2: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#adminUnitL2");
/// `locn:Address`
pub const ADDRESS_CLASS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#Address");
/// `locn:address`
pub const ADDRESS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#address");
/// `locn:thoroughfare`
pub const THOROUGHFARE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#thoroughfare");
/// `locn:postName`
pub const POST_NAME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#postName");
/// `locn:postCode`
pub const POST_CODE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#postCode");
/// `locn:adminUnitL1`
pub const ADMIN_UNIT_L1: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/locn#adminUnitL1");
