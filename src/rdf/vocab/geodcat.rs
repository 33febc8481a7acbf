//! <https://semiceu.github.io/GeoDCAT-AP/releases/3.0.0/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://data.europa.eu/930/";
/// `geodcat:custodian`
pub const CUSTODIAN: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/custodian");
/// `geodcat:distributor`
pub const DISTRIBUTOR: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/distributor");
/// `geodcat:originator`
pub const ORIGINATOR: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/originator");
/// `geodcat:principalInvestigator`
pub const PRINCIPAL_INVESTIGATOR: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/principalInvestigator");
/// `geodcat:processor`
pub const PROCESSOR: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/processor");
/// `geodcat:resourceProvider`
pub const RESOURCE_PROVIDER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/resourceProvider");
/// `geodcat:user`
pub const USER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/user");
/// `geodcat:referenceSystem`
pub const REFERENCE_SYSTEM: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/referenceSystem");
/// `geodcat:spatialResolutionAsText`
pub const SPATIAL_RESOLUTION_AS_TEXT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/spatialResolutionAsText");
/// `geodcat:topicCategory`
pub const TOPIC_CATEGORY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/topicCategory");
/// `geodcat:resourceType`
pub const RESOURCE_TYPE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/resourceType");
/// `geodcat:serviceType`
pub const SERVICE_TYPE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/serviceType");
/// `geodcat:serviceCategory`
pub const SERVICE_CATEGORY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/serviceCategory");
/// `geodcat:serviceProtocol`
pub const SERVICE_PROTOCOL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/serviceProtocol");
/// `geodcat:purpose`
pub const PURPOSE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/purpose");
/// `geodcat:spatialResolutionAsScale`
pub const SPATIAL_RESOLUTION_AS_SCALE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/930/spatialResolutionAsScale");
