//! <https://www.w3.org/TR/vocab-dqv/>

use oxigraph::model::NamedNodeRef;

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
