//! <https://docs.ogc.org/is/22-047r1/22-047r1.html>

use oxigraph::model::NamedNodeRef;

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
/// `gsp:asGeoJSON`
pub const AS_GEO_JSON: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.opengis.net/ont/geosparql#asGeoJSON");
/// `gsp:asGML`
pub const AS_GML: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.opengis.net/ont/geosparql#asGML");
/// `gsp:hasGeometry`
pub const HAS_GEOMETRY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.opengis.net/ont/geosparql#hasGeometry");
