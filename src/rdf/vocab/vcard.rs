//! <https://www.w3.org/TR/vcard-rdf/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/2006/vcard/ns#";
/// `vcard:Kind`
pub const KIND: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#Kind");
/// `vcard:Organization`
pub const ORGANIZATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#Organization");
/// `vcard:Individual`
pub const INDIVIDUAL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#Individual");
/// `vcard:fn`
pub const FN: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#fn");
/// `vcard:hasEmail`
pub const HAS_EMAIL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasEmail");
/// `vcard:hasURL`
pub const HAS_URL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasURL");
/// `vcard:hasTelephone`
pub const HAS_TELEPHONE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasTelephone");
/// `vcard:hasUID`
pub const HAS_UID: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasUID");
/// `vcard:Address`
pub const ADDRESS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#Address");
/// `vcard:hasAddress`
pub const HAS_ADDRESS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasAddress");
/// `vcard:organization-name`
pub const ORGANIZATION_NAME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#organization-name");
/// `vcard:street-address`
pub const STREET_ADDRESS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#street-address");
/// `vcard:locality`
pub const LOCALITY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#locality");
/// `vcard:postal-code`
pub const POSTAL_CODE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#postal-code");
/// `vcard:region`
pub const REGION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#region");
/// `vcard:country-name`
pub const COUNTRY_NAME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#country-name");
/// `vcard:org`
pub const ORG: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#org");
/// `vcard:hasValue`
pub const HAS_VALUE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasValue");
/// `vcard:value`
pub const VALUE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#value");
/// `vcard:hasOrganizationName`
pub const HAS_ORGANIZATION_NAME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasOrganizationName");
/// `vcard:hasFN`
pub const HAS_FN: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasFN");
/// `vcard:email`
pub const EMAIL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#email");
/// `vcard:tel`
pub const TEL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#tel");
/// `vcard:url`
pub const URL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#url");
