//! The terms that Moisson reads and writes, one module a vocabulary, each with its specification.
//!
//! Classes end in `_CLASS` where a property of the same name exists. Spelt as the standards spell them.

use oxigraph::model::NamedNodeRef;

/// The prefixes of every Turtle, TriG, RDF/XML and JSON-LD document, in alphabetical order.
pub const PREFIXES: &[(&str, &str)] = &[
    ("adms", "http://www.w3.org/ns/adms#"),
    ("cnt", "http://www.w3.org/2011/content#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatap", "http://data.europa.eu/r5r/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("dqv", "http://www.w3.org/ns/dqv#"),
    ("duv", "http://www.w3.org/ns/duv#"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geodcat", "http://data.europa.eu/930/"),
    ("gsp", "http://www.opengis.net/ont/geosparql#"),
    ("hydra", "http://www.w3.org/ns/hydra/core#"),
    ("locn", "http://www.w3.org/ns/locn#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("odrl", "http://www.w3.org/ns/odrl/2/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "http://schema.org/"),
    ("sd", "http://www.w3.org/ns/sparql-service-description#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// <https://www.w3.org/TR/vocab-adms/>
pub mod adms {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/ns/adms#";
    /// `adms:Identifier`
    pub const IDENTIFIER_CLASS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#Identifier");
    /// `adms:identifier`
    pub const IDENTIFIER: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#identifier");
    /// `adms:status`
    pub const STATUS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#status");
    /// `adms:sample`
    pub const SAMPLE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#sample");
    /// `adms:versionNotes`
    pub const VERSION_NOTES: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#versionNotes");
    /// `adms:schemaAgency`
    pub const SCHEMA_AGENCY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#schemaAgency");
    /// `adms:representationTechnique`
    pub const REPRESENTATION_TECHNIQUE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/adms#representationTechnique");
}

/// <https://www.w3.org/TR/Content-in-RDF10/>
pub mod cnt {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/2011/content#";
    /// `cnt:characterEncoding`
    pub const CHARACTER_ENCODING: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2011/content#characterEncoding");
}

/// <https://www.w3.org/TR/vocab-dcat-3/>
pub mod dcat {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/ns/dcat#";
    /// `dcat:Catalog`
    pub const CATALOG_CLASS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#Catalog");
    /// `dcat:Dataset`
    pub const DATASET_CLASS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#Dataset");
    /// `dcat:Distribution`
    pub const DISTRIBUTION_CLASS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#Distribution");
    /// `dcat:CatalogRecord`
    pub const CATALOG_RECORD: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#CatalogRecord");
    /// `dcat:DataService`
    pub const DATA_SERVICE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#DataService");
    /// `dcat:DatasetSeries`
    pub const DATASET_SERIES: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#DatasetSeries");
    /// `dcat:Resource`
    pub const RESOURCE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#Resource");
    /// `dcat:Relationship`
    pub const RELATIONSHIP: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#Relationship");
    /// `dcat:Role`
    pub const ROLE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#Role");
    /// `dcat:dataset`
    pub const DATASET: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#dataset");
    /// `dcat:record`
    pub const RECORD: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#record");
    /// `dcat:catalog`
    pub const CATALOG: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#catalog");
    /// `dcat:service`
    pub const SERVICE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#service");
    /// `dcat:resource`: what a catalogue lists, of whatever class.
    pub const HAS_RESOURCE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#resource");
    /// `dcat:distribution`
    pub const DISTRIBUTION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#distribution");
    /// `dcat:keyword`
    pub const KEYWORD: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#keyword");
    /// `dcat:theme`
    pub const THEME: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#theme");
    /// `dcat:themeTaxonomy`
    pub const THEME_TAXONOMY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#themeTaxonomy");
    /// `dcat:contactPoint`
    pub const CONTACT_POINT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#contactPoint");
    /// `dcat:landingPage`
    pub const LANDING_PAGE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#landingPage");
    /// `dcat:accessURL`
    pub const ACCESS_URL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#accessURL");
    /// `dcat:downloadURL`
    pub const DOWNLOAD_URL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#downloadURL");
    /// `dcat:accessService`
    pub const ACCESS_SERVICE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#accessService");
    /// `dcat:byteSize`
    pub const BYTE_SIZE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#byteSize");
    /// `dcat:mediaType`
    pub const MEDIA_TYPE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#mediaType");
    /// `dcat:compressFormat`
    pub const COMPRESS_FORMAT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#compressFormat");
    /// `dcat:packageFormat`
    pub const PACKAGE_FORMAT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#packageFormat");
    /// `dcat:startDate`
    pub const START_DATE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#startDate");
    /// `dcat:endDate`
    pub const END_DATE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#endDate");
    /// `dcat:bbox`
    pub const BBOX: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#bbox");
    /// `dcat:centroid`
    pub const CENTROID: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#centroid");
    /// `dcat:spatialResolutionInMeters`
    pub const SPATIAL_RESOLUTION_IN_METERS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#spatialResolutionInMeters");
    /// `dcat:temporalResolution`
    pub const TEMPORAL_RESOLUTION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#temporalResolution");
    /// `dcat:servesDataset`
    pub const SERVES_DATASET: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#servesDataset");
    /// `dcat:endpointURL`
    pub const ENDPOINT_URL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#endpointURL");
    /// `dcat:endpointDescription`
    pub const ENDPOINT_DESCRIPTION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#endpointDescription");
    /// `dcat:inSeries`
    pub const IN_SERIES: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#inSeries");
    /// `dcat:version`
    pub const VERSION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#version");
    /// `dcat:hasVersion`
    pub const HAS_VERSION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#hasVersion");
    /// `dcat:isVersionOf`
    pub const IS_VERSION_OF: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#isVersionOf");
    /// `dcat:hadRole`
    pub const HAD_ROLE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#hadRole");
    /// `dcat:qualifiedRelation`
    pub const QUALIFIED_RELATION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#qualifiedRelation");
    /// `dcat:seriesMember`
    pub const SERIES_MEMBER: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#seriesMember");
    /// `dcat:prev`
    pub const PREV: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#prev");
    /// `dcat:next`
    pub const NEXT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#next");
    /// `dcat:first`
    pub const FIRST: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#first");
    /// `dcat:last`
    pub const LAST: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#last");
    /// `dcat:hasCurrentVersion`
    pub const HAS_CURRENT_VERSION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#hasCurrentVersion");
    /// `dcat:previousVersion`
    pub const PREVIOUS_VERSION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dcat#previousVersion");
}

/// <https://semiceu.github.io/DCAT-AP/releases/3.0.1/>
pub mod dcatap {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://data.europa.eu/r5r/";
    /// `dcatap:applicableLegislation`
    pub const APPLICABLE_LEGISLATION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/r5r/applicableLegislation");
    /// `dcatap:availability`
    pub const AVAILABILITY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/r5r/availability");
    /// `dcatap:hvdCategory`
    pub const HVD_CATEGORY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/r5r/hvdCategory");
}

/// <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>
pub mod dct {
    use super::NamedNodeRef;

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
}

/// <https://www.w3.org/TR/vocab-dqv/>
pub mod dqv {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/ns/dqv#";
    /// `dqv:hasQualityMeasurement`
    pub const HAS_QUALITY_MEASUREMENT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#hasQualityMeasurement");
    /// `dqv:QualityMeasurement`
    pub const QUALITY_MEASUREMENT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#QualityMeasurement");
    /// `dqv:Metric`
    pub const METRIC: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#Metric");
    /// `dqv:isMeasurementOf`
    pub const IS_MEASUREMENT_OF: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#isMeasurementOf");
    /// `dqv:value`
    pub const VALUE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#value");
    /// `dqv:inDimension`
    pub const IN_DIMENSION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#inDimension");
    /// `dqv:Dimension`
    pub const DIMENSION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#Dimension");
    /// `dqv:expectedDataType`
    pub const EXPECTED_DATA_TYPE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#expectedDataType");
    /// `dqv:hasQualityAnnotation`
    pub const HAS_QUALITY_ANNOTATION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#hasQualityAnnotation");
    /// `dqv:QualityAnnotation`
    pub const QUALITY_ANNOTATION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/dqv#QualityAnnotation");
}

/// <https://www.w3.org/TR/vocab-duv/>
pub mod duv {
    use super::NamedNodeRef;

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
}

/// <https://eur-lex.europa.eu/eli-register/about.html>
pub mod eli {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://data.europa.eu/eli/ontology#";
    /// `eli:LegalResource`
    pub const LEGAL_RESOURCE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://data.europa.eu/eli/ontology#LegalResource");
}

/// <http://xmlns.com/foaf/spec/>
pub mod foaf {
    use super::NamedNodeRef;

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
    pub const IMG: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/img");
    /// `foaf:depiction`
    pub const DEPICTION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/depiction");
    /// `foaf:workplaceHomepage`
    pub const WORKPLACE_HOMEPAGE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/workplaceHomepage");
}

/// <https://semiceu.github.io/GeoDCAT-AP/releases/3.0.0/>
pub mod geodcat {
    use super::NamedNodeRef;

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
}

/// <https://docs.ogc.org/is/22-047r1/22-047r1.html>
pub mod gsp {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.opengis.net/ont/geosparql#";
    /// `gsp:wktLiteral`
    pub const WKT_LITERAL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.opengis.net/ont/geosparql#wktLiteral");
    /// `gsp:geoJSONLiteral`
    pub const GEO_JSONLITERAL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.opengis.net/ont/geosparql#geoJSONLiteral");
    /// `gsp:asWKT`
    pub const AS_WKT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.opengis.net/ont/geosparql#asWKT");
}

/// <https://www.hydra-cg.com/spec/latest/core/>
pub mod hydra {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/ns/hydra/core#";
    /// `hydra:Collection`
    pub const COLLECTION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#Collection");
    /// `hydra:PartialCollectionView`
    pub const PARTIAL_COLLECTION_VIEW: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#PartialCollectionView");
    /// `hydra:PagedCollection`
    pub const PAGED_COLLECTION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#PagedCollection");
    /// `hydra:view`
    pub const VIEW: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#view");
    /// `hydra:first`
    pub const FIRST: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#first");
    /// `hydra:last`
    pub const LAST: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#last");
    /// `hydra:next`
    pub const NEXT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#next");
    /// `hydra:previous`
    pub const PREVIOUS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#previous");
    /// `hydra:totalItems`
    pub const TOTAL_ITEMS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#totalItems");
    /// `hydra:member`
    pub const MEMBER: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#member");
    /// `hydra:itemsPerPage`
    pub const ITEMS_PER_PAGE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#itemsPerPage");
    /// `hydra:firstPage`
    pub const FIRST_PAGE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#firstPage");
    /// `hydra:lastPage`
    pub const LAST_PAGE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#lastPage");
    /// `hydra:nextPage`
    pub const NEXT_PAGE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#nextPage");
    /// `hydra:previousPage`
    pub const PREVIOUS_PAGE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#previousPage");
}

/// <https://www.w3.org/ns/locn>
pub mod locn {
    use super::NamedNodeRef;

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
}

/// <https://www.w3.org/TR/annotation-vocab/>
pub mod oa {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/ns/oa#";
    /// `oa:hasTarget`
    pub const HAS_TARGET: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#hasTarget");
    /// `oa:hasBody`
    pub const HAS_BODY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#hasBody");
    /// `oa:TextualBody`
    pub const TEXTUAL_BODY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#TextualBody");
    /// `oa:motivatedBy`
    pub const MOTIVATED_BY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#motivatedBy");
    /// `oa:questioning`
    pub const QUESTIONING: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#questioning");
}

/// <https://www.w3.org/TR/odrl-vocab/>
pub mod odrl {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/ns/odrl/2/";
    /// `odrl:hasPolicy`
    pub const HAS_POLICY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/odrl/2/hasPolicy");
    /// `odrl:Policy`
    pub const POLICY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/odrl/2/Policy");
}

/// <https://www.w3.org/TR/vocab-org/>
pub mod org {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/ns/org#";
    /// `org:identifier`
    pub const IDENTIFIER: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#identifier");
    /// `org:Organization`
    pub const ORGANIZATION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#Organization");
    /// `org:memberOf`
    pub const MEMBER_OF: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#memberOf");
}

/// <https://www.w3.org/TR/owl2-syntax/>
pub mod owl {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/2002/07/owl#";
    /// `owl:sameAs`
    pub const SAME_AS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#sameAs");
    /// `owl:deprecated`
    pub const DEPRECATED: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#deprecated");
}

/// <https://www.w3.org/TR/prov-o/>
pub mod prov {
    use super::NamedNodeRef;

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
}

/// <https://www.w3.org/TR/rdf-schema/>
pub mod rdf {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    /// `rdf:type`
    pub const TYPE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
    /// `rdf:Property`
    pub const PROPERTY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#Property");
    /// `rdf:value`
    pub const VALUE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#value");
    /// `rdf:RDF`
    pub const RDF: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#RDF");
    /// `rdf:Description`
    pub const DESCRIPTION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#Description");
    /// `rdf:li`
    pub const LI: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#li");
    /// `rdf:nil`
    pub const NIL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil");
    /// `rdf:first`
    pub const FIRST: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#first");
    /// `rdf:rest`
    pub const REST: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest");
    /// `rdf:Statement`
    pub const STATEMENT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement");
    /// `rdf:subject`
    pub const SUBJECT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject");
    /// `rdf:predicate`
    pub const PREDICATE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate");
    /// `rdf:object`
    pub const OBJECT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#object");
    /// `rdf:langString`
    pub const LANG_STRING: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString");
    /// `rdf:XMLLiteral`
    pub const XML_LITERAL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral");
}

/// <https://www.w3.org/TR/rdf-schema/>
pub mod rdfs {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/2000/01/rdf-schema#";
    /// `rdfs:label`
    pub const LABEL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#label");
    /// `rdfs:comment`
    pub const COMMENT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#comment");
    /// `rdfs:seeAlso`
    pub const SEE_ALSO: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#seeAlso");
}

/// <https://schema.org/>
pub mod schema {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://schema.org/";
    /// `schema:startDate`
    pub const START_DATE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://schema.org/startDate");
    /// `schema:endDate`
    pub const END_DATE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://schema.org/endDate");
    /// `schema:softwareVersion`
    pub const SOFTWARE_VERSION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://schema.org/softwareVersion");
    /// `schema:genre`
    pub const GENRE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/genre");
    /// `schema:itemListElement`
    pub const ITEM_LIST_ELEMENT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://schema.org/itemListElement");
    /// `schema:ListItem`
    pub const LIST_ITEM: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://schema.org/ListItem");
    /// `schema:item`
    pub const ITEM: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/item");
    /// `schema:additionalProperty`
    pub const ADDITIONAL_PROPERTY: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://schema.org/additionalProperty");
    /// `schema:PropertyValue`
    pub const PROPERTY_VALUE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://schema.org/PropertyValue");
    /// `schema:name`
    pub const NAME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/name");
    /// `schema:value`
    pub const VALUE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/value");
}

/// <https://www.w3.org/TR/sparql11-service-description/>
pub mod sd {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/ns/sparql-service-description#";
    /// `sd:Service`
    pub const SERVICE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#Service");
    /// `sd:endpoint`
    pub const ENDPOINT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#endpoint");
    /// `sd:supportedLanguage`
    pub const SUPPORTED_LANGUAGE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(
        "http://www.w3.org/ns/sparql-service-description#supportedLanguage",
    );
    /// `sd:SPARQL11Query`
    pub const SPARQL_11_QUERY: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(
        "http://www.w3.org/ns/sparql-service-description#SPARQL11Query",
    );
    /// `sd:resultFormat`
    pub const RESULT_FORMAT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#resultFormat");
    /// `sd:defaultDataset`
    pub const DEFAULT_DATASET: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(
        "http://www.w3.org/ns/sparql-service-description#defaultDataset",
    );
    /// `sd:Dataset`
    pub const DATASET: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#Dataset");
    /// `sd:defaultGraph`
    pub const DEFAULT_GRAPH: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#defaultGraph");
    /// `sd:Graph`
    pub const GRAPH_CLASS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#Graph");
    /// `sd:namedGraph`
    pub const NAMED_GRAPH: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#namedGraph");
    /// `sd:NamedGraph`
    pub const NAMED_GRAPH_CLASS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#NamedGraph");
    /// `sd:name`
    pub const NAME: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#name");
}

/// <https://www.w3.org/TR/skos-reference/>
pub mod skos {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/2004/02/skos/core#";
    /// `skos:Concept`
    pub const CONCEPT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#Concept");
    /// `skos:ConceptScheme`
    pub const CONCEPT_SCHEME: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#ConceptScheme");
    /// `skos:prefLabel`
    pub const PREF_LABEL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");
    /// `skos:altLabel`
    pub const ALT_LABEL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#altLabel");
    /// `skos:definition`
    pub const DEFINITION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#definition");
    /// `skos:notation`
    pub const NOTATION: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#notation");
    /// `skos:inScheme`
    pub const IN_SCHEME: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#inScheme");
    /// `skos:broader`
    pub const BROADER: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");
    /// `skos:exactMatch`
    pub const EXACT_MATCH: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#exactMatch");
    /// `skos:hasTopConcept`
    pub const HAS_TOP_CONCEPT: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#hasTopConcept");
    /// `skos:topConceptOf`
    pub const TOP_CONCEPT_OF: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#topConceptOf");
}

/// <https://spdx.org/rdf/terms/>
pub mod spdx {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://spdx.org/rdf/terms#";
    /// `spdx:Checksum`
    pub const CHECKSUM_CLASS: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#Checksum");
    /// `spdx:checksum`
    pub const CHECKSUM: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#checksum");
    /// `spdx:algorithm`
    pub const ALGORITHM: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#algorithm");
    /// `spdx:checksumValue`
    pub const CHECKSUM_VALUE: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#checksumValue");
    /// `spdx:ChecksumAlgorithm`
    pub const CHECKSUM_ALGORITHM: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#ChecksumAlgorithm");
}

/// <https://www.w3.org/TR/owl-time/>
pub mod time {
    use super::NamedNodeRef;

    /// The namespace.
    pub const NS: &str = "http://www.w3.org/2006/time#";
    /// `time:hasBeginning`
    pub const HAS_BEGINNING: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#hasBeginning");
    /// `time:hasEnd`
    pub const HAS_END: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#hasEnd");
}

/// <https://www.w3.org/TR/vcard-rdf/>
pub mod vcard {
    use super::NamedNodeRef;

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
}

/// <https://www.w3.org/TR/xmlschema11-2/>
pub mod xsd {
    use super::NamedNodeRef;

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
}
