//! <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://purl.org/dc/terms/";
/// `dct:title`
pub const TITLE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/title");
/// `dct:alternative`
pub const ALTERNATIVE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/alternative");
/// `dct:description`
pub const DESCRIPTION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/description");
/// `dct:identifier`
pub const IDENTIFIER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/identifier");
/// `dct:issued`
pub const ISSUED: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/issued");
/// `dct:modified`
pub const MODIFIED: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/modified");
/// `dct:created`
pub const CREATED: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/created");
/// `dct:publisher`
pub const PUBLISHER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/publisher");
/// `dct:creator`
pub const CREATOR: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/creator");
/// `dct:contributor`
pub const CONTRIBUTOR: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/contributor");
/// `dct:rightsHolder`
pub const RIGHTS_HOLDER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/rightsHolder");
/// `dct:language`
pub const LANGUAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/language");
/// `dct:license`
pub const LICENSE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/license");
/// `dct:rights`
pub const RIGHTS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/rights");
/// `dct:accessRights`
pub const ACCESS_RIGHTS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/accessRights");
/// `dct:format`
pub const FORMAT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/format");
/// `dct:spatial`
pub const SPATIAL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/spatial");
/// `dct:temporal`
pub const TEMPORAL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/temporal");
/// `dct:accrualPeriodicity`
pub const ACCRUAL_PERIODICITY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/accrualPeriodicity");
/// `dct:conformsTo`
pub const CONFORMS_TO: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/conformsTo");
/// `dct:source`
pub const SOURCE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/source");
/// `dct:type`
pub const TYPE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/type");
/// `dct:provenance`
pub const PROVENANCE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/provenance");
/// `dct:isPartOf`
pub const IS_PART_OF: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/isPartOf");
/// `dct:hasPart`
pub const HAS_PART: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/hasPart");
/// `dct:relation`
pub const RELATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/relation");
/// `dct:references`
pub const REFERENCES: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/references");
/// `dct:requires`
pub const REQUIRES: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/requires");
/// `dct:isRequiredBy`
pub const IS_REQUIRED_BY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/isRequiredBy");
/// `dct:isReferencedBy`
pub const IS_REFERENCED_BY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/isReferencedBy");
/// `dct:replaces`
pub const REPLACES: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/replaces");
/// `dct:isVersionOf`
pub const IS_VERSION_OF: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/isVersionOf");
/// `dct:hasVersion`
pub const HAS_VERSION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/hasVersion");
/// `dct:extent`
pub const EXTENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/extent");
/// `dct:subject`
pub const SUBJECT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/subject");
/// `dct:Location`
pub const LOCATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/Location");
/// `dct:PeriodOfTime`
pub const PERIOD_OF_TIME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/PeriodOfTime");
/// `dct:date`
pub const DATE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/date");
/// `dct:LicenseDocument`
pub const LICENSE_DOCUMENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/LicenseDocument");
/// `dct:RightsStatement`
pub const RIGHTS_STATEMENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/RightsStatement");
/// `dct:Standard`
pub const STANDARD: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/Standard");
/// `dct:MediaType`
pub const MEDIA_TYPE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/MediaType");
/// `dct:MediaTypeOrExtent`
pub const MEDIA_TYPE_OR_EXTENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/MediaTypeOrExtent");
/// `dct:LinguisticSystem`
pub const LINGUISTIC_SYSTEM: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/LinguisticSystem");
/// `dct:Frequency`
pub const FREQUENCY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/Frequency");
/// `dct:ProvenanceStatement`
pub const PROVENANCE_STATEMENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/ProvenanceStatement");
/// `dct:isReplacedBy`
pub const IS_REPLACED_BY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/isReplacedBy");
/// `dct:abstract`
pub const ABSTRACT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/abstract");
