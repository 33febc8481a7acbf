//! Where a record is about: zones of udata's geographic referential, or a drawn geometry.
//!
//! Zones that others have an IRI for are written as that IRI: countries with the EU country list, the
//! French territories whose INSEE code makes an IRI with INSEE's (`http://id.insee.fr/geo/region/93`,
//! the form that udata's own zone table has). INSEE names intercommunalités and cantons by identifiers
//! that no code leads to: those have an IRI only where the portal sends it. Any other is a location with
//! the zone's identifier and name.
//!
//! DCAT-AP 3.0.1 allows one `locn:geometry` and one `dcat:bbox` a dct:Location, and its SHACL shapes
//! (`shapes.ttl`) want a literal there. So a drawn geometry is two locations: one with the well-known
//! text and the box around it, one with the same as `GeoJSON`. Both are the same region, so that the
//! coverage is the same as with either; whoever follows `dct:spatial/locn:geometry`, as other portals'
//! feeds have taught, finds the encoding that they read. A node of GeoSPARQL (`gsp:hasGeometry`) would
//! have been found by those only who know it.
//!
//! Granularity is the level of territory that the data distinguish. DCAT's spatial resolution is a
//! number of metres, which no level has: it is GeoDCAT-AP's resolution as text.
//!
//! # Fields of `spatial`
//!
//! | field | becomes |
//! |---|---|
//! | `zones[]`, `zones[].id`, `zones[].uri` | `dct:spatial`: an IRI, else a dct:Location with `dct:identifier` |
//! | `zones[].name` | `skos:prefLabel` of that location |
//! | `geom.*` | `dct:spatial`: `locn:geometry` and `dcat:bbox` |
//! | `granularity` | `geodcat:spatialResolutionAsText` |
//!
//! # Left out of `spatial`
//!
//! | field | why |
//! |---|---|
//! | `zones[].code`, `zones[].level`, `zones[].slug` | parts of the identifier |
//! | `zones[].*` | about the zone, for its own publisher to say |

use oxigraph::model::{Literal, NamedNode};

use super::payload::{Spatial, Zone};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, geodcat, gsp, locn, skos};
use crate::source::contract::Context;
use crate::source::part::place;
use crate::source::value::geometry::{Geometry, GeometryError};

/// Levels of udata's referential, in French and English; `other` says nothing.
const LEVELS: [(&str, &str, &str); 11] = [
    ("country-group", "Groupe de pays", "Group of countries"),
    ("country", "Pays", "Country"),
    ("country-subset", "Partie de pays", "Part of a country"),
    ("fr:region", "Région", "Region"),
    ("fr:departement", "Département", "Département"),
    ("fr:arrondissement", "Arrondissement", "Arrondissement"),
    ("fr:epci", "Intercommunalité", "Intermunicipal body"),
    ("fr:canton", "Canton", "Canton"),
    ("fr:commune", "Commune", "Municipality"),
    ("fr:iris", "IRIS (quartier)", "IRIS (neighbourhood)"),
    ("poi", "Point d’intérêt", "Point of interest"),
];

/// Writes the places of a record, sent in `spatial`.
pub(super) fn describe(spatial: &Spatial, context: &Context<'_>, about: &mut Describe<'_>) {
    let zones: Vec<_> = spatial
        .zones
        .items("spatial.zones", about.findings())
        .collect();
    for (position, sent) in zones {
        let field = format!("spatial.zones[{position}]");
        match sent {
            Zone::Bare(id) => zone(id, None, None, &field, context, about),
            Zone::Full { id, name, uri } => {
                let name = name.text(&format!("{field}.name"), about.findings());
                let uri = uri.text(&format!("{field}.uri"), about.findings());
                zone(id, name, uri, &field, context, about);
            }
        }
    }
    geometry(spatial, about);
    let granularity = spatial
        .granularity
        .text("spatial.granularity", about.findings());
    if let Some(level) = granularity.filter(|level| *level != "other") {
        let field = "spatial.granularity";
        let property = geodcat::SPATIAL_RESOLUTION_AS_TEXT;
        if let Some((_, french, english)) = LEVELS.iter().find(|(known, ..)| *known == level) {
            about.text(property, french, Some("fr"), field).text(
                property,
                english,
                Some("en"),
                field,
            );
        } else {
            about.token(property, level, field);
            about.find(Code::ValueUnknown, field, "kept as it came", level);
        }
    }
}

/// Writes one zone as a place of the record.
pub(super) fn zone(
    id: &str,
    name: Option<&str>,
    uri: Option<&str>,
    field: &str,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    // `fr:commune:49007@1942-01-01` is the commune as of that day.
    let id = id.split_once('@').map_or(id, |(id, _)| id).trim();
    let sent = || {
        let code = uri?.strip_prefix(place::INSEE)?;
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-');
        code.bytes()
            .all(fits)
            .then(|| NamedNode::new_unchecked(format!("{}{code}", place::INSEE)))
    };
    if let Some(iri) = place::published(id, context.vocabularies).or_else(sent) {
        about.link(dct::SPATIAL, iri);
    } else if !id.is_empty() {
        if name.is_none() {
            about.find(
                Code::ValueUnknown,
                field,
                "no list has an IRI for the zone: a place with its identifier",
                id,
            );
        }
        about
            .node(dct::SPATIAL, dct::LOCATION)
            .token(dct::IDENTIFIER, id, field)
            .text(
                skos::PREF_LABEL,
                name.unwrap_or_default(),
                context.language,
                field,
            );
    }
}

fn geometry(spatial: &Spatial, about: &mut Describe<'_>) {
    let Some(value) = spatial.geom.read("spatial.geom", about.findings()) else {
        return;
    };
    let drawn = Geometry::drawn(value).unwrap_or(Err(GeometryError::Unknown));
    match drawn {
        Ok((geometry, _)) => {
            let wkt = |text: String| Literal::new_typed_literal(text, gsp::WKT_LITERAL);
            let mut place = about.node(dct::SPATIAL, dct::LOCATION);
            place.literal(locn::GEOMETRY, wkt(geometry.wkt));
            if let Some(bbox) = geometry.bbox {
                place.literal(dcat::BBOX, wkt(bbox));
            }
            let geojson = Literal::new_typed_literal(geometry.geojson, gsp::GEO_JSONLITERAL);
            about
                .node(dct::SPATIAL, dct::LOCATION)
                .literal(locn::GEOMETRY, geojson);
        }
        Err(error) => {
            let original = value.to_string();
            about.find(
                Code::GeometryInvalid,
                "spatial.geom",
                &format!("left out: {error}"),
                &original,
            );
            about.origin(dct::SPATIAL, &original);
        }
    }
}
