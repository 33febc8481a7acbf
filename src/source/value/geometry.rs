//! `GeoJSON` geometries (RFC 7946) as WKT (OGC 06-103r4), in longitude and latitude of WGS 84, and
//! written again as `GeoJSON` without what is no part of the geometry (`crs`, `bbox`).
//!
//! A literal of type `gsp:wktLiteral` without a reference system is in CRS84, as `GeoJSON` is.

mod drawn;

use std::fmt::Write as _;

use crate::dcat::Describe;
use crate::finding::Code;
use serde_json::Value;
use thiserror::Error;

pub(in crate::source) use drawn::Form;

/// Why a value is no geometry.
#[derive(Debug, Error, PartialEq, Eq)]
pub(in crate::source) enum GeometryError {
    /// No object with a known `type`.
    #[error("it is no GeoJSON geometry")]
    Unknown,
    /// Coordinates that are no positions, or nested otherwise than the type demands.
    #[error("its coordinates cannot be read")]
    Coordinates,
    /// A position outside the globe: mostly projected metres.
    #[error("a position is not on the globe")]
    OffGlobe,
    /// A line with one position, or a ring that is not closed.
    #[error("a line or ring has too few positions or is not closed")]
    Ring,
    /// A reference system whose positions are no degrees, or that is not known.
    #[error("its reference system is not known")]
    System,
    /// No position at all.
    #[error("it is empty")]
    Empty,
}

/// A geometry as well-known text, with the box around it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::source) struct Geometry {
    /// The geometry.
    pub(in crate::source) wkt: String,
    /// The same as `GeoJSON`.
    pub(in crate::source) geojson: String,
    /// The box around it as a polygon; `None` for a single point, which has no area.
    pub(in crate::source) bbox: Option<String>,
}

#[derive(Clone, Copy)]
enum Shape {
    Position,
    Points,
    Positions { fewest: usize, closed: Closed },
    List(&'static Shape),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Closed {
    Yes,
    No,
}

const LINE: Shape = Shape::Positions {
    fewest: 2,
    closed: Closed::No,
};
const RING: Shape = Shape::Positions {
    fewest: 4,
    closed: Closed::Yes,
};

fn shape(kind: &str) -> Option<(&'static str, Shape)> {
    Some(match kind {
        "Point" => ("POINT", Shape::Position),
        "MultiPoint" => ("MULTIPOINT", Shape::Points),
        "LineString" => ("LINESTRING", LINE),
        "MultiLineString" => ("MULTILINESTRING", Shape::List(&LINE)),
        "Polygon" => ("POLYGON", Shape::List(&RING)),
        "MultiPolygon" => ("MULTIPOLYGON", Shape::List(&Shape::List(&RING))),
        _ => return None,
    })
}

impl Geometry {
    /// Reads a `GeoJSON` geometry.
    pub(in crate::source) fn read(value: &Value) -> Result<Self, GeometryError> {
        let mut writer = Writer::default();
        writer.geometry(value)?;
        let [west, south, east, north] = writer.bounds.ok_or(GeometryError::Empty)?;
        let bbox = (west < east && south < north).then(|| around([west, south, east, north]));
        Ok(Self {
            wkt: writer.wkt,
            geojson: plain(value).to_string(),
            bbox,
        })
    }
}

/// A box as well-known text, by its western, southern, eastern and northern side in degrees.
pub(in crate::source) fn around([west, south, east, north]: [f64; 4]) -> String {
    let corners = corners([west, south, east, north]).map(|[x, y]| format!("{x} {y}"));
    format!("POLYGON(({}))", corners.join(","))
}

/// The same as `GeoJSON`.
pub(in crate::source) fn boxed(sides: [f64; 4]) -> Value {
    serde_json::json!({"type": "Polygon", "coordinates": [corners(sides)]})
}

/// The west and the east of a box in degrees, swapped back where they were swapped by mistake: where the
/// box across the 180th meridian would be wider than half of the globe, and the one between them is not.
pub(in crate::source) fn unswapped(
    (west, east): (f64, f64),
    field: &str,
    about: &mut Describe<'_>,
) -> (f64, f64) {
    let is_swapped = west > east && west - east < 180.0;
    if !is_swapped {
        return (west, east);
    }
    let message = "the west and the east of the box were swapped back";
    about.find(
        Code::GeometryInvalid,
        field,
        message,
        &format!("{west} {east}"),
    );
    (east, west)
}

/// The corners of a box, counterclockwise, the first again at the end.
pub(in crate::source) fn corners([west, south, east, north]: [f64; 4]) -> [[f64; 2]; 5] {
    [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
    ]
}

/// A geometry with what makes it one, and nothing else.
fn plain(value: &Value) -> Value {
    let mut kept = serde_json::Map::new();
    for field in ["type", "coordinates"] {
        if let Some(part) = value.get(field) {
            kept.insert(field.to_owned(), part.clone());
        }
    }
    if let Some(members) = value.get("geometries").and_then(Value::as_array) {
        kept.insert("geometries".to_owned(), members.iter().map(plain).collect());
    }
    Value::Object(kept)
}

#[derive(Default)]
struct Writer {
    wkt: String,
    bounds: Option<[f64; 4]>,
}

impl Writer {
    fn geometry(&mut self, value: &Value) -> Result<(), GeometryError> {
        let kind = value
            .get("type")
            .and_then(Value::as_str)
            .ok_or(GeometryError::Unknown)?;
        if kind == "GeometryCollection" {
            let members = value
                .get("geometries")
                .and_then(Value::as_array)
                .ok_or(GeometryError::Unknown)?;
            self.wkt.push_str("GEOMETRYCOLLECTION");
            return self.list(members, Self::geometry);
        }
        let (name, shape) = shape(kind).ok_or(GeometryError::Unknown)?;
        let coordinates = value.get("coordinates").ok_or(GeometryError::Coordinates)?;
        self.wkt.push_str(name);
        self.coordinates(coordinates, shape)
    }

    fn coordinates(&mut self, value: &Value, shape: Shape) -> Result<(), GeometryError> {
        let items = value.as_array().ok_or(GeometryError::Coordinates)?;
        match shape {
            Shape::Position => self.point(value),
            Shape::Points => self.list(items, Self::point),
            Shape::List(inner) => self.list(items, |writer, item| writer.coordinates(item, *inner)),
            Shape::Positions { fewest, closed } => {
                let is_open = closed == Closed::Yes && items.first() != items.last();
                if items.len() < fewest || is_open {
                    return Err(if items.is_empty() {
                        GeometryError::Empty
                    } else {
                        GeometryError::Ring
                    });
                }
                self.list(items, Self::position)
            }
        }
    }

    fn list(
        &mut self,
        items: &[Value],
        mut write: impl FnMut(&mut Self, &Value) -> Result<(), GeometryError>,
    ) -> Result<(), GeometryError> {
        if items.is_empty() {
            return Err(GeometryError::Empty);
        }
        for (position, item) in items.iter().enumerate() {
            self.wkt.push(if position == 0 { '(' } else { ',' });
            write(self, item)?;
        }
        self.wkt.push(')');
        Ok(())
    }

    fn point(&mut self, value: &Value) -> Result<(), GeometryError> {
        self.wkt.push('(');
        self.position(value)?;
        self.wkt.push(')');
        Ok(())
    }

    /// Heights are dropped: they are rare in catalogues, and mixed dimensions are not well-known text.
    fn position(&mut self, value: &Value) -> Result<(), GeometryError> {
        let items = value.as_array().ok_or(GeometryError::Coordinates)?;
        let [x, y, ..] = items.as_slice() else {
            return Err(GeometryError::Coordinates);
        };
        let (Some(x), Some(y)) = (x.as_f64(), y.as_f64()) else {
            return Err(GeometryError::Coordinates);
        };
        if !(-180.0..=180.0).contains(&x) || !(-90.0..=90.0).contains(&y) {
            return Err(GeometryError::OffGlobe);
        }
        // Adding zero turns a negative zero into one.
        let (x, y) = (x + 0.0, y + 0.0);
        let [west, south, east, north] = self.bounds.unwrap_or([x, y, x, y]);
        self.bounds = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
        let _ = write!(self.wkt, "{x} {y}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn geometries_become_well_known_text() {
        let square = json!([[[1, 2.50], [3, 2.5], [3, 4], [1, 2.5]]]);
        for (value, wkt) in [
            (
                json!({"type": "Point", "coordinates": [2.35, 48.85, 35]}),
                "POINT(2.35 48.85)",
            ),
            (
                json!({"type": "Polygon", "coordinates": square}),
                "POLYGON((1 2.5,3 2.5,3 4,1 2.5))",
            ),
            (
                json!({"type": "MultiPolygon", "coordinates": [square]}),
                "MULTIPOLYGON(((1 2.5,3 2.5,3 4,1 2.5)))",
            ),
            (
                json!({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}),
                "LINESTRING(0 0,1 1)",
            ),
            (
                json!({"type": "MultiPoint", "coordinates": [[0, 0], [-0.0, 1]]}),
                "MULTIPOINT((0 0),(0 1))",
            ),
        ] {
            assert_eq!(Geometry::read(&value).map(|g| g.wkt), Ok(wkt.to_owned()));
        }
        let sent = json!({"type": "Polygon", "coordinates": square, "crs": {"type": "name"}});
        let read = Geometry::read(&sent).unwrap();
        assert_eq!(
            read.geojson,
            r#"{"coordinates":[[[1,2.5],[3,2.5],[3,4],[1,2.5]]],"type":"Polygon"}"#
        );
        assert_eq!(
            read.bbox.as_deref(),
            Some("POLYGON((1 2.5,3 2.5,3 4,1 4,1 2.5))")
        );
    }

    #[test]
    fn what_is_no_geometry_is_refused() {
        for (value, error) in [
            (json!("POINT(1 2)"), GeometryError::Unknown),
            (json!({"type": "Circle"}), GeometryError::Unknown),
            (
                json!({"type": "Point", "coordinates": ["1", "2"]}),
                GeometryError::Coordinates,
            ),
            (
                json!({"type": "Point", "coordinates": [652_000, 6_862_000]}),
                GeometryError::OffGlobe,
            ),
            (
                json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [2, 2]]]}),
                GeometryError::Ring,
            ),
            (
                json!({"type": "MultiPolygon", "coordinates": []}),
                GeometryError::Empty,
            ),
            (
                json!({"type": "Polygon", "coordinates": [[1, 2], [3, 4]]}),
                GeometryError::Ring,
            ),
        ] {
            assert_eq!(Geometry::read(&value), Err(error), "{value}");
        }
    }
}
