//! Geometries of GML (ISO 19136) as `GeoJSON`, whose positions are longitude and latitude.
//!
//! Which comes first is said by the reference system: EPSG's geographic systems have the latitude first
//! when they are named by URN or by address, but not in the old short form (`EPSG:4326`), and a geometry
//! without system is taken as the box beside it, in longitude and latitude. Projected systems are not
//! read: that would need their formulas.

use serde_json::{Value, json};

use super::element::Element;
use super::reference_system::epsg;

/// Systems of EPSG in degrees that are WGS 84 to within a metre.
const DEGREES: [&str; 6] = ["4326", "4258", "4171", "4269", "4979", "4937"];

/// The order of coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    LongitudeFirst,
    LatitudeFirst,
}

/// The geometry in an element, or why there is none.
pub(super) fn read(within: Element<'_>) -> Result<Value, &'static str> {
    let geometry = within.classes().next().ok_or("it is empty")?;
    let order = order(geometry)?;
    shape(geometry, order)
}

fn order(geometry: Element<'_>) -> Result<Order, &'static str> {
    let Some(name) = geometry.attribute("srsName") else {
        return Ok(Order::LongitudeFirst);
    };
    let code = epsg(name, "").ok_or("its reference system is unknown")?;
    if code == "CRS84" {
        return Ok(Order::LongitudeFirst);
    }
    if !DEGREES.contains(&code.as_str()) {
        return Err("it is not in degrees");
    }
    let long_form = name.starts_with("urn:") || name.contains("/def/crs/");
    Ok(if long_form {
        Order::LatitudeFirst
    } else {
        Order::LongitudeFirst
    })
}

fn shape(geometry: Element<'_>, order: Order) -> Result<Value, &'static str> {
    let many = |ways: &str| -> Result<Vec<Value>, &'static str> {
        let members = geometry.all(ways);
        let below = members.iter().flat_map(|member| member.classes());
        below.map(|member| shape(member, order)).collect()
    };
    Ok(match geometry.name() {
        "Point" => {
            let position = positions(geometry, order)?.into_iter().next();
            json!({"type": "Point", "coordinates": position.ok_or("it is empty")?})
        }
        "LineString" | "LineStringSegment" => {
            json!({"type": "LineString", "coordinates": positions(geometry, order)?})
        }
        "Polygon" | "PolygonPatch" => {
            let rings = geometry.all("exterior|outerBoundaryIs|interior|innerBoundaryIs");
            let rings = rings.into_iter().map(|ring| positions(ring, order));
            json!({"type": "Polygon", "coordinates": rings.collect::<Result<Vec<_>, _>>()?})
        }
        "Envelope" => envelope(geometry, order)?,
        "MultiPoint" => collect("MultiPoint", many("pointMember|pointMembers")?),
        "MultiCurve" | "MultiLineString" | "Curve" | "CompositeCurve" => {
            let members = "curveMember|curveMembers|lineStringMember|segments";
            collect("MultiLineString", many(members)?)
        }
        "MultiSurface" | "MultiPolygon" | "Surface" | "CompositeSurface" => {
            let members = "surfaceMember|surfaceMembers|polygonMember|patches";
            collect("MultiPolygon", many(members)?)
        }
        "MultiGeometry" => {
            json!({"type": "GeometryCollection", "geometries": many("geometryMember|geometryMembers")?})
        }
        _ => return Err("it is no geometry that is read"),
    })
}

/// Several geometries as one; those that are several themselves are taken apart.
fn collect(kind: &str, members: Vec<Value>) -> Value {
    let mut all = Vec::new();
    for member in members {
        let is_several = member.get("type").and_then(Value::as_str) == Some(kind);
        match member.get("coordinates") {
            Some(Value::Array(parts)) if is_several => all.extend(parts.iter().cloned()),
            Some(coordinates) => all.push(coordinates.clone()),
            None => {}
        }
    }
    json!({"type": kind, "coordinates": all})
}

fn envelope(geometry: Element<'_>, order: Order) -> Result<Value, &'static str> {
    let corner = |name: &str| {
        let corner = geometry.first(name).and_then(Element::value);
        let numbers = numbers(corner.unwrap_or_default(), 2, order)?;
        numbers.into_iter().next().ok_or("it has no corners")
    };
    let ([west, south], [east, north]) = (corner("lowerCorner")?, corner("upperCorner")?);
    Ok(json!({"type": "Polygon", "coordinates": [[
        [west, south], [east, south], [east, north], [west, north], [west, south]
    ]]}))
}

/// The positions directly in a geometry or a ring, in whichever of GML's ways they are written.
fn positions(geometry: Element<'_>, order: Order) -> Result<Vec<[f64; 2]>, &'static str> {
    let size = |element: Element<'_>| {
        let sent = element.attribute("srsDimension");
        let sent = sent.or_else(|| geometry.attribute_within("srsDimension"));
        sent.and_then(|text| text.parse().ok()).unwrap_or(2)
    };
    let mut all = Vec::new();
    for element in geometry.all("posList") {
        all.extend(numbers(
            element.value().unwrap_or_default(),
            size(element),
            order,
        )?);
    }
    for element in geometry.all("pos|pointProperty.pos") {
        let text = element.value().unwrap_or_default();
        // A position says by itself how many numbers it has.
        all.extend(numbers(
            text,
            text.split_whitespace().count().max(2),
            order,
        )?);
    }
    for element in geometry.all("coordinates") {
        let tuples = element.value().unwrap_or_default();
        for tuple in tuples.split_whitespace() {
            let tuple = tuple.replace(',', " ");
            let count = tuple.split_whitespace().count().max(2);
            all.extend(numbers(&tuple, count, order)?);
        }
    }
    Ok(all)
}

fn numbers(text: &str, size: usize, order: Order) -> Result<Vec<[f64; 2]>, &'static str> {
    let read: Result<Vec<f64>, _> = text.split_whitespace().map(str::parse).collect();
    let Some(numbers) = read
        .ok()
        .filter(|numbers| (2..=3).contains(&size) && numbers.len().is_multiple_of(size))
    else {
        return Err("its coordinates cannot be read");
    };
    let position = |position: &[f64]| match (position, order) {
        ([first, second, ..], Order::LongitudeFirst) => Some([*first, *second]),
        ([first, second, ..], Order::LatitudeFirst) => Some([*second, *first]),
        _ => None,
    };
    Ok(numbers.chunks(size).filter_map(position).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::kind::csw::xml::parse;

    fn geojson(xml: &str) -> Result<String, &'static str> {
        let text = format!("<p xmlns:gml='urn:g'>{xml}</p>");
        let document = parse(&text).unwrap();
        read(Element::new(document.root_element())).map(|value| value.to_string())
    }

    const RING: &str = "[[[1.0,45.0],[2.0,45.0],[2.0,46.0],[1.0,45.0]]]";

    #[test]
    fn the_ways_of_gml_to_write_a_polygon_are_one() {
        for xml in [
            "<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>1 45 2 45 2 46 1 45</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>",
            "<gml:Polygon srsName='urn:ogc:def:crs:EPSG::4326'><gml:exterior><gml:LinearRing><gml:posList>45 1 45 2 46 2 45 1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>",
            "<gml:Polygon srsName='EPSG:4326'><gml:exterior><gml:LinearRing><gml:posList srsDimension='3'>1 45 0 2 45 0 2 46 0 1 45 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>",
            "<gml:Polygon><gml:exterior><gml:LinearRing><gml:pos>1 45</gml:pos><gml:pos>2 45</gml:pos><gml:pos>2 46</gml:pos><gml:pos>1 45 9</gml:pos></gml:LinearRing></gml:exterior></gml:Polygon>",
            "<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>1,45 2,45 2,46 1,45</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>",
        ] {
            let expected = format!("{{\"coordinates\":{RING},\"type\":\"Polygon\"}}");
            assert_eq!(geojson(xml).as_deref(), Ok(expected.as_str()), "{xml}");
        }
    }

    #[test]
    fn several_are_one_geometry_of_several() {
        let ring = "<gml:exterior><gml:LinearRing><gml:posList>1 45 2 45 2 46 1 45</gml:posList></gml:LinearRing></gml:exterior>";
        let one =
            format!("<gml:surfaceMember><gml:Polygon>{ring}</gml:Polygon></gml:surfaceMember>");
        let patch = format!(
            "<gml:surfaceMember><gml:Surface><gml:patches><gml:PolygonPatch>{ring}</gml:PolygonPatch></gml:patches></gml:Surface></gml:surfaceMember>"
        );
        let expected = format!("{{\"coordinates\":[{RING},{RING}],\"type\":\"MultiPolygon\"}}");
        let xml = format!("<gml:MultiSurface>{one}{patch}</gml:MultiSurface>");
        assert_eq!(geojson(&xml), Ok(expected));
    }

    #[test]
    fn what_cannot_be_placed_is_refused() {
        for xml in [
            "",
            "<gml:Point srsName='EPSG:2154'><gml:pos>700000 6600000</gml:pos></gml:Point>",
            "<gml:Point srsName='home'><gml:pos>1 1</gml:pos></gml:Point>",
            "<gml:Point><gml:pos>1 x</gml:pos></gml:Point>",
            "<gml:LineString><gml:posList>1 2 3</gml:posList></gml:LineString>",
            "<gml:Grid/>",
        ] {
            assert!(geojson(xml).is_err(), "{xml}");
        }
    }
}
