//! <https://www.w3.org/TR/prov-o/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/prov#";
/// `prov:Activity`
pub const ACTIVITY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Activity");
/// `prov:SoftwareAgent`
pub const SOFTWARE_AGENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#SoftwareAgent");
/// `prov:Attribution`
pub const ATTRIBUTION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Attribution");
/// `prov:qualifiedAttribution`
pub const QUALIFIED_ATTRIBUTION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#qualifiedAttribution");
/// `prov:agent`
pub const AGENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#agent");
/// `prov:wasGeneratedBy`
pub const WAS_GENERATED_BY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasGeneratedBy");
/// `prov:wasUsedBy`
pub const WAS_USED_BY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasUsedBy");
/// `prov:wasDerivedFrom`
pub const WAS_DERIVED_FROM: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasDerivedFrom");
/// `prov:hadPrimarySource`
pub const HAD_PRIMARY_SOURCE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#hadPrimarySource");
/// `prov:Entity`
pub const ENTITY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Entity");
/// `prov:used`
pub const USED: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#used");
/// `prov:startedAtTime`
pub const STARTED_AT_TIME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#startedAtTime");
/// `prov:endedAtTime`
pub const ENDED_AT_TIME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#endedAtTime");
/// `prov:wasAttributedTo`
pub const WAS_ATTRIBUTED_TO: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasAttributedTo");
/// `prov:wasAssociatedWith`
pub const WAS_ASSOCIATED_WITH: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasAssociatedWith");
/// `prov:invalidatedAtTime`
pub const INVALIDATED_AT_TIME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#invalidatedAtTime");
/// `prov:Agent`
pub const AGENT_CLASS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Agent");
/// `prov:generated`
pub const GENERATED: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#generated");
/// `prov:qualifiedAssociation`
pub const QUALIFIED_ASSOCIATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#qualifiedAssociation");
/// `prov:Association`
pub const ASSOCIATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Association");
/// `prov:hadPlan`
pub const HAD_PLAN: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#hadPlan");
/// `prov:Plan`
pub const PLAN: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Plan");
