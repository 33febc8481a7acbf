//! Whatever draws a place: `GeoJSON` as an object or as a text, a feature or several, well-known text with its
//! reference system, the four sides of a box in a row, in an `ENVELOPE`, or by their names.

use serde_json::{Value, json};

use super::{Geometry, GeometryError, boxed};

/// How a geometry was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Form {
    /// As `GeoJSON`.
    Json,
    /// As well-known text, or as a box.
    Other,
}

/// Names of the western, southern, eastern and northern side of a box.
const SIDES: [[&str; 4]; 5] = [
    ["west", "south", "east", "north"],
    ["xmin", "ymin", "xmax", "ymax"],
    ["minx", "miny", "maxx", "maxy"],
    [
        "westBoundLongitude",
        "southBoundLatitude",
        "eastBoundLongitude",
        "northBoundLatitude",
    ],
    [
        "bbox-west-long",
        "bbox-south-lat",
        "bbox-east-long",
        "bbox-north-lat",
    ],
];

/// The kinds of geometry of well-known text, with those of `GeoJSON` and how deep their positions lie.
const SHAPES: [(&str, &str, usize); 6] = [
    ("POINT", "Point", 0),
    ("LINESTRING", "LineString", 1),
    ("POLYGON", "Polygon", 2),
    ("MULTIPOINT", "MultiPoint", 1),
    ("MULTILINESTRING", "MultiLineString", 2),
    ("MULTIPOLYGON", "MultiPolygon", 3),
];

impl Geometry {
    /// Reads what draws a place; none where a value is nothing of the kind, a name for example.
    pub(in crate::source) fn drawn(value: &Value) -> Option<Result<(Self, Form), GeometryError>> {
        match value {
            Value::Object(_) => Some(object(value)),
            Value::Array(items) => {
                let sides: Option<Vec<f64>> = items.iter().map(Value::as_f64).collect();
                let sides = <[f64; 4]>::try_from(sides?).ok()?;
                Some(of_sides(sides))
            }
            Value::String(text) => of_text(text.trim()),
            _ => None,
        }
    }
}

fn object(value: &Value) -> Result<(Geometry, Form), GeometryError> {
    // A feature has its geometry inside, and a collection has features.
    if let Some(inner) = value.get("geometry").filter(|inner| inner.is_object()) {
        return Ok((Geometry::read(inner)?, Form::Json));
    }
    if let Some(features) = value.get("features").and_then(Value::as_array) {
        let geometries: Vec<&Value> = features
            .iter()
            .filter_map(|feature| feature.get("geometry"))
            .filter(|inner| inner.is_object())
            .collect();
        let all = match geometries.as_slice() {
            [one] => Geometry::read(one)?,
            several => {
                Geometry::read(&json!({"type": "GeometryCollection", "geometries": several}))?
            }
        };
        return Ok((all, Form::Json));
    }
    for names in SIDES {
        let sides = names.map(|name| {
            let side = value.get(name)?;
            side.as_f64().or_else(|| number(side.as_str()?))
        });
        if let [Some(west), Some(south), Some(east), Some(north)] = sides {
            return of_sides([west, south, east, north]);
        }
    }
    Ok((Geometry::read(value)?, Form::Json))
}

fn of_text(text: &str) -> Option<Result<(Geometry, Form), GeometryError>> {
    if text.starts_with(['{', '[']) {
        return match serde_json::from_str::<Value>(text) {
            Ok(value) if value.is_object() || value.is_array() => Geometry::drawn(&value),
            _ => text.starts_with('{').then_some(Err(GeometryError::Unknown)),
        };
    }
    if let Some(geometry) = well_known(text) {
        return Some(geometry.and_then(|value| Ok((Geometry::read(&value)?, Form::Other))));
    }
    let between = |c: char| c == ',' || c == ';' || c.is_whitespace();
    let numbers: Option<Vec<f64>> = text
        .split(between)
        .filter(|part| !part.is_empty())
        .map(number)
        .collect();
    let sides = <[f64; 4]>::try_from(numbers?).ok()?;
    Some(of_sides(sides))
}

fn of_sides(sides: [f64; 4]) -> Result<(Geometry, Form), GeometryError> {
    let [west, south, east, north] = sides;
    #[expect(clippy::float_cmp, reason = "sides that are written alike are one")]
    let is_point = west == east && south == north;
    let value = if is_point {
        json!({"type": "Point", "coordinates": [west, south]})
    } else {
        boxed(sides)
    };
    Ok((Geometry::read(&value)?, Form::Other))
}

fn number(text: &str) -> Option<f64> {
    text.trim()
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

/// Reads well-known text as `GeoJSON`; none where a text is something else.
fn well_known(text: &str) -> Option<Result<Value, GeometryError>> {
    let (text, is_latitude_first) = match reference_system(text) {
        Ok(read) => read,
        Err(error) => return Some(Err(error)),
    };
    let open = text.find('(').unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(open)?;
    let mut words = name.split_whitespace();
    let name = words.next()?.to_ascii_uppercase();
    let dimensions = words.next().unwrap_or_default().to_ascii_uppercase();
    let is_empty = dimensions == "EMPTY" || words.next().is_some();
    if !matches!(dimensions.as_str(), "" | "Z" | "M" | "ZM" | "EMPTY") {
        return None;
    }
    if name == "ENVELOPE" {
        return Some(envelope(rest));
    }
    let known = SHAPES.iter().find(|(known, ..)| *known == name);
    if known.is_none() && name != "GEOMETRYCOLLECTION" {
        return None;
    }
    if is_empty {
        return Some(Err(GeometryError::Empty));
    }
    let Some(inner) = inside(rest) else {
        return Some(Err(GeometryError::Coordinates));
    };
    let Some((_, kind, depth)) = known else {
        let members = parts(inner)
            .into_iter()
            .map(|part| well_known(part.trim()).unwrap_or(Err(GeometryError::Unknown)));
        let members: Result<Vec<Value>, _> = members.collect();
        return Some(
            members.map(|members| json!({"type": "GeometryCollection", "geometries": members})),
        );
    };
    let coordinates = positions(inner, *depth, is_latitude_first);
    Some(
        coordinates
            .map(|coordinates| json!({"type": kind, "coordinates": coordinates}))
            .ok_or(GeometryError::Coordinates),
    )
}

/// The text behind its reference system, and whether that has the latitude first (OGC 11-052r4, 8.5.1); without
/// one, and behind an `SRID`, the longitude comes first.
fn reference_system(text: &str) -> Result<(&str, bool), GeometryError> {
    if let Some(rest) = text.strip_prefix('<') {
        let (system, text) = rest.split_once('>').ok_or(GeometryError::Unknown)?;
        let system = system.trim_end_matches('/').to_ascii_lowercase();
        let is_plain = system.ends_with("crs84");
        let is_turned = system.ends_with("4326") || system.ends_with("4258");
        if !is_plain && !is_turned {
            return Err(GeometryError::System);
        }
        return Ok((text.trim(), is_turned));
    }
    match text.split_once(';') {
        Some((system, text)) if system.to_ascii_uppercase().starts_with("SRID=") => {
            match system.get(5..) {
                Some("4326" | "4258") => Ok((text.trim(), false)),
                _ => Err(GeometryError::System),
            }
        }
        _ => Ok((text, false)),
    }
}

/// `ENVELOPE(west, east, north, south)`.
fn envelope(text: &str) -> Result<Value, GeometryError> {
    let sides: Option<Vec<f64>> = inside(text)
        .map(|inner| inner.split(',').map(number).collect())
        .unwrap_or_default();
    match sides.as_deref() {
        Some([west, east, north, south]) => Ok(boxed([*west, *south, *east, *north])),
        _ => Err(GeometryError::Coordinates),
    }
}

/// What stands in the brackets that a text begins and ends with.
fn inside(text: &str) -> Option<&str> {
    let text = text.trim();
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 && at + 1 < text.len() {
            return None;
        }
    }
    if depth > 0 {
        return None;
    }
    text.strip_prefix('(')?.strip_suffix(')')
}

/// The parts of a list, between the commas that stand in no brackets.
fn parts(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .collect()
}

/// Positions that lie `depth` lists deep.
fn positions(text: &str, depth: usize, is_latitude_first: bool) -> Option<Value> {
    if depth == 0 {
        // The points of a MULTIPOINT stand in brackets of their own, or not.
        let text = inside(text).unwrap_or(text);
        let numbers: Option<Vec<f64>> = text.split_whitespace().map(number).collect();
        let mut numbers = numbers.filter(|numbers| (2..=4).contains(&numbers.len()))?;
        if is_latitude_first {
            numbers.swap(0, 1);
        }
        return Some(json!(numbers));
    }
    let items: Option<Vec<Value>> = parts(text)
        .into_iter()
        .map(|part| {
            let part = if depth > 1 { inside(part)? } else { part };
            positions(part, depth - 1, is_latitude_first)
        })
        .collect();
    Some(Value::Array(items?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(value: &Value) -> String {
        match Geometry::drawn(value) {
            None => "nothing".to_owned(),
            Some(Ok((geometry, Form::Json))) => format!("json {}", geometry.wkt),
            Some(Ok((geometry, Form::Other))) => geometry.wkt,
            Some(Err(error)) => error.to_string(),
        }
    }

    #[test]
    fn places_are_drawn_in_many_ways() {
        let square = "POLYGON((1 2,3 2,3 4,1 4,1 2))";
        for (value, said) in [
            (
                json!({"type": "Point", "coordinates": [2, 48]}),
                "json POINT(2 48)",
            ),
            (
                json!(r#"{"type": "Point", "coordinates": [2, 48]}"#),
                "json POINT(2 48)",
            ),
            (
                json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [2, 48]}}),
                "json POINT(2 48)",
            ),
            (
                json!({"type": "FeatureCollection", "features": [{"geometry": {"type": "Point", "coordinates": [2, 48]}}]}),
                "json POINT(2 48)",
            ),
            (json!("Point (2 48)"), "POINT(2 48)"),
            (json!("POINT Z (2 48 35)"), "POINT(2 48)"),
            (json!("POLYGON((1 2, 3 2, 3 4, 1 4, 1 2))"), square),
            (json!("SRID=4326;POINT(2 48)"), "POINT(2 48)"),
            (
                json!("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(2 48)"),
                "POINT(2 48)",
            ),
            (
                json!("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(48 2)"),
                "POINT(2 48)",
            ),
            (json!("MULTIPOINT((1 2),(3 4))"), "MULTIPOINT((1 2),(3 4))"),
            (json!("MULTIPOINT(1 2, 3 4)"), "MULTIPOINT((1 2),(3 4))"),
            (
                json!("MULTIPOLYGON(((1 2,3 2,3 4,1 2)),((5 6,7 6,7 8,5 6)))"),
                "MULTIPOLYGON(((1 2,3 2,3 4,1 2)),((5 6,7 6,7 8,5 6)))",
            ),
            (
                json!("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))"),
                "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))",
            ),
            (json!("ENVELOPE(1, 3, 4, 2)"), square),
            (json!("1, 2, 3, 4"), square),
            (json!("1 2 3 4"), square),
            (json!([1, 2, 3, 4]), square),
            (json!("[1, 2, 3, 4]"), square),
            (json!({"xmin": 1, "ymin": 2, "xmax": 3, "ymax": 4}), square),
            (
                json!({"west": "1", "south": "2", "east": "3", "north": "4"}),
                square,
            ),
        ] {
            assert_eq!(says(&value), said, "{value}");
        }
    }

    #[test]
    fn what_is_no_geometry_is_told_from_what_is_a_bad_one() {
        for value in [
            json!("Gironde"),
            json!("https://e.org/place"),
            json!("Paris (75)"),
            json!("2024"),
            json!("1, 2"),
            json!(7),
            json!(["a", "b"]),
        ] {
            assert_eq!(says(&value), "nothing", "{value}");
        }
        for value in [
            json!("POLYGON((1 2, 3"),
            json!("POINT(2)"),
            json!("POINT EMPTY"),
            json!("POINT(652000 6862000)"),
            json!("POLYGON((0 0,1 1,0 1,2 2))"),
            json!("<http://www.opengis.net/def/crs/EPSG/0/2154> POINT(2 48)"),
            json!("1,200,3,4"),
            json!({"type": "Circle"}),
            json!("{"),
        ] {
            let said = Geometry::drawn(&value);
            assert!(matches!(said, Some(Err(_))), "{value}: {said:?}");
        }
    }
}
