//! <https://www.w3.org/TR/vocab-dcat-3/>

use oxigraph::model::NamedNodeRef;

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
