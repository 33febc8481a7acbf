//! Points, lines and rings out of WKT or `GeoJSON`: what a small map draws, and nothing more.
//!
//! Coordinates are longitude and latitude in degrees; WKT that names EPSG:4326 has them the other way
//! round (GeoSPARQL 1.1, §8.5). What cannot be read is no geometry, never an error.

use serde_json::Value;

/// Longitude and latitude in degrees.
pub type Point = (f64, f64);

/// Longer geometries are not read: nobody sees a coastline of ten megabytes on a small map.
const LONGEST: usize = 4_000_000;

/// The parts of a geometry; a point is a part of one.
#[must_use]
pub fn parts(text: &str) -> Vec<Vec<Point>> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Vec::new();
    }
    let mut parts = Vec::new();
    if text.starts_with('{') {
        if let Ok(value) = serde_json::from_str::<Value>(text) {
            geojson(&value, &mut parts);
        }
    } else {
        wkt(text, &mut parts);
    }
    parts.retain(|part: &Vec<Point>| !part.is_empty());
    parts
}

/// The innermost parentheses of WKT are its points, lines and rings, whatever the type.
fn wkt(text: &str, parts: &mut Vec<Vec<Point>>) {
    let (system, shape) = match text.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        Some((system, shape)) => (system, shape),
        None => ("", text),
    };
    let latitude_first = system.contains("EPSG") && system.ends_with("4326");
    for group in shape.split('(').skip(1) {
        let group = group.split(')').next().unwrap_or_default();
        let points = group.split(',').filter_map(|position| {
            let mut numbers = position.split_whitespace().map(str::parse::<f64>);
            let (first, second) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
            let (x, y) = if latitude_first {
                (second, first)
            } else {
                (first, second)
            };
            on_earth(x, y)
        });
        parts.push(points.collect());
    }
}

fn geojson(value: &Value, parts: &mut Vec<Vec<Point>>) {
    for member in ["geometries", "features"] {
        for geometry in value
            .get(member)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            geojson(geometry, parts);
        }
    }
    if let Some(geometry) = value.get("geometry") {
        geojson(geometry, parts);
    }
    if let Some(coordinates) = value.get("coordinates") {
        nested(coordinates, parts);
    }
}

fn nested(value: &Value, parts: &mut Vec<Vec<Point>>) {
    if let Some(point) = position(value) {
        parts.push(vec![point]);
        return;
    }
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    let line: Vec<Point> = items.iter().filter_map(position).collect();
    if line.is_empty() {
        for item in items {
            nested(item, parts);
        }
    } else {
        parts.push(line);
    }
}

fn position(value: &Value) -> Option<Point> {
    let items = value.as_array()?;
    on_earth(items.first()?.as_f64()?, items.get(1)?.as_f64()?)
}

/// A position, if it is one: longitudes go beyond 180 degrees where a shape crosses that meridian.
#[must_use]
pub fn on_earth(x: f64, y: f64) -> Option<Point> {
    ((-360.0..=360.0).contains(&x) && (-90.0..=90.0).contains(&y)).then_some((x, y))
}

/// West, south, east and north of all parts; `None` where there is no point.
#[must_use]
pub fn bounds(parts: &[Vec<Point>]) -> Option<[f64; 4]> {
    let mut points = parts.iter().flatten();
    let (x, y) = *points.next()?;
    let mut bounds = [x, y, x, y];
    for (x, y) in points {
        let [west, south, east, north] = bounds;
        bounds = [west.min(*x), south.min(*y), east.max(*x), north.max(*y)];
    }
    Some(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wkt_and_geojson_give_the_same_parts() {
        let ring = vec![(2.0, 48.0), (3.0, 48.0), (3.0, 49.0), (2.0, 48.0)];
        for text in [
            "POLYGON((2 48, 3 48, 3 49, 2 48))",
            "polygon z ((2 48 0,3 48 0,3 49 0,2 48 0))",
            "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POLYGON ((2 48,3 48,3 49,2 48))",
            "<http://www.opengis.net/def/crs/EPSG/0/4326> POLYGON ((48 2,48 3,49 3,48 2))",
            r#"{"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49],[2,48]]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[2,48],[3,48],[3,49],[2,48]]]]}"#,
            r#"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49],[2,48]]]}}"#,
        ] {
            assert_eq!(parts(text), std::slice::from_ref(&ring), "{text}");
        }
        assert_eq!(
            parts("POINT(2 48)"),
            parts(r#"{"type":"Point","coordinates":[2,48]}"#)
        );
        assert_eq!(parts("MULTIPOINT((2 48),(3 49))").len(), 2);
        assert_eq!(bounds(&[ring]), Some([2.0, 48.0, 3.0, 49.0]));
    }

    #[test]
    fn what_is_no_geometry_has_no_parts() {
        for bad in [
            "",
            "POLYGON EMPTY",
            "POINT(NaN 1)",
            "POINT(1e9 1)",
            "{",
            "{\"coordinates\":\"x\"}",
            "((((",
            "Lyon",
        ] {
            assert_eq!(parts(bad), Vec::<Vec<Point>>::new(), "{bad}");
        }
        assert_eq!(
            parts(&format!("{{\"coordinates\":{}", "[".repeat(100_000))),
            Vec::<Vec<Point>>::new()
        );
        assert_eq!(bounds(&[]), None);
    }
}
