//! Geometries, and texts where a place should be.

use oxigraph::model::{Literal, NamedNodeRef};

use super::{Repaired, address, classed, text};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, gsp, locn};
use crate::source::contract::Context;
use crate::source::value::geometry::Geometry;
use crate::source::value::wkt;

/// Whether a type is one of the names that GeoJSON goes by.
pub(super) fn is_geojson(datatype: NamedNodeRef<'_>) -> bool {
    datatype == gsp::GEO_JSONLITERAL
        || (datatype.as_str().contains("iana.org") && datatype.as_str().contains("geo+json"))
}

/// Whether a type is one of a geometry, in whatever encoding: feeds write the namespace of GeoSPARQL in
/// several ways.
fn is_drawing(datatype: NamedNodeRef<'_>) -> bool {
    is_geojson(datatype) || datatype.as_str().starts_with("http://www.opengis.net/")
}

/// Repairs a geometry.
pub(super) fn geometry(
    property: NamedNodeRef<'_>,
    literal: &Literal,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let datatype = literal.datatype();
    let value = literal.value().trim();
    if is_geojson(datatype) || value.starts_with('{') {
        let read = serde_json::from_str(value)
            .ok()
            .and_then(|value| Geometry::read(&value).ok());
        let Some(geometry) = read else {
            tell(Code::GeometryInvalid, "left out: it is no GeoJSON", value);
            return Repaired::Dropped;
        };
        // Elsewhere the other encoding is added once it is known what else the place is drawn as.
        let drawn = if property == gsp::AS_WKT {
            Literal::new_typed_literal(geometry.wkt, gsp::WKT_LITERAL)
        } else {
            Literal::new_typed_literal(geometry.geojson, gsp::GEO_JSONLITERAL)
        };
        return Repaired::As(vec![drawn.into()]);
    }
    let read = match wkt::box_of(value) {
        Some(read) => read,
        None if value.starts_with('<') && !wkt::is_one(value) => match envelope(value) {
            Some(read) => read,
            // Another encoding, which its readers know.
            None => return Repaired::Kept,
        },
        None => wkt::read(value),
    };
    match read {
        Ok(text) => {
            let drawn = Literal::new_typed_literal(text, gsp::WKT_LITERAL);
            if drawn == *literal {
                return Repaired::Kept;
            }
            Repaired::As(vec![drawn.into()])
        }
        Err(why) => {
            tell(Code::GeometryInvalid, &format!("left out: {why}"), value);
            Repaired::Dropped
        }
    }
}

/// The box of a `gml:Envelope`, which is often sent without the declarations of XML.
fn envelope(text: &str) -> Option<Result<String, &'static str>> {
    let corner = |name: &str| {
        let (_, rest) = text.split_once(name)?;
        let (_, rest) = rest.split_once('>')?;
        let (inner, _) = rest.split_once('<')?;
        let mut numbers = inner
            .split_whitespace()
            .map(|word| word.parse::<f64>().ok());
        Some((numbers.next()??, numbers.next()??))
    };
    let ((a, b), (c, d)) = (corner("lowerCorner")?, corner("upperCorner")?);
    let is_latitude_first = text.contains("EPSG/0/4326") || text.contains("EPSG::4326");
    Some(wkt::sides_of(if is_latitude_first {
        [b, a, d, c]
    } else {
        [a, b, c, d]
    }))
}

/// The box of Dublin Core: `northlimit=46; southlimit=45; eastlimit=5; westlimit=4`.
fn dcmi_box(text: &str) -> Option<Result<String, &'static str>> {
    let side = |name: &str| {
        text.split(';').find_map(|part| {
            let (key, value) = part.split_once('=')?;
            let is_it = key.trim().eq_ignore_ascii_case(name);
            is_it.then(|| value.trim().parse::<f64>().ok()).flatten()
        })
    };
    let (west, south) = (side("westlimit")?, side("southlimit")?);
    Some(wkt::sides_of([
        west,
        south,
        side("eastlimit")?,
        side("northlimit")?,
    ]))
}

/// A text where a place should be: its geometry, or its name.
pub(super) fn place(
    literal: &Literal,
    context: &Context<'_>,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let value = literal.value().trim();
    let bounds = wkt::box_of(value)
        .filter(|_| value.len() >= 7)
        .or_else(|| dcmi_box(value));
    match bounds {
        Some(Ok(wkt)) => {
            let wkt = Literal::new_typed_literal(wkt, gsp::WKT_LITERAL);
            return Repaired::Thing(classed(dct::LOCATION, vec![(dcat::BBOX, wkt.into())]));
        }
        Some(Err(why)) => {
            tell(Code::GeometryInvalid, &format!("left out: {why}"), value);
            return Repaired::Dropped;
        }
        None => {}
    }
    if is_drawing(literal.datatype()) || wkt::is_one(value) || value.starts_with('{') {
        return match geometry(locn::GEOMETRY, literal, tell) {
            Repaired::As(values) => {
                let values = values.into_iter();
                let said = values.map(|value| (locn::GEOMETRY, value)).collect();
                Repaired::Thing(classed(dct::LOCATION, said))
            }
            Repaired::Kept => {
                let said = vec![(locn::GEOMETRY, literal.clone().into())];
                Repaired::Thing(classed(dct::LOCATION, said))
            }
            other => other,
        };
    }
    if let Some(iri) = address::stated(value) {
        tell(
            Code::WrongRange,
            "a text was taken as the IRI that it is",
            value,
        );
        return Repaired::As(vec![iri.into()]);
    }
    // Normalisation knows countries, and makes a named place of any other text.
    text(dct::SPATIAL, literal, context, tell)
}
