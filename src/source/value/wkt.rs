//! Well-known Text of geometries (OGC 06-103r4), with the reference systems of `GeoSPARQL` (an IRI in front)
//! and of EWKT (`SRID=4326;`): whole, finite and on the globe, in longitude and latitude where that is known.

use std::fmt::Write as _;

use super::geometry::around;
use crate::dcat::geometry::on_earth;

/// The kinds of geometries.
const KINDS: [&str; 11] = [
    "POINT",
    "LINESTRING",
    "LINEARRING",
    "POLYGON",
    "TRIANGLE",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
    "POLYHEDRALSURFACE",
    "TIN",
];

/// Where EPSG's reference systems have their IRIs.
const EPSG: &str = "http://www.opengis.net/def/crs/EPSG/0/";

/// Positions in longitude and latitude.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// Whether a text begins as Well-known Text does, whatever it is in.
pub(in crate::source) fn is_one(text: &str) -> bool {
    let (_, rest) = divided(text.trim());
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    let word = word.to_ascii_uppercase();
    let known = KINDS.iter().any(|kind| word == *kind) || word == "ENVELOPE";
    known && (rest.contains('(') || rest.to_ascii_uppercase().contains(" EMPTY"))
}

/// Reads a geometry.
///
/// # Errors
/// Why it is none.
pub(in crate::source) fn read(text: &str) -> Result<String, &'static str> {
    let (system, rest) = divided(text.trim());
    let plain = |order| written(rest, order);
    match system {
        None | Some(System::Degrees) => plain(Order::LongitudeFirst),
        Some(System::LatitudeFirst) => plain(Order::LatitudeFirst),
        Some(System::Other(iri)) => Ok(format!("<{iri}> {}", written(rest, Order::Unknown)?)),
    }
}

/// What the positions are in.
enum System {
    Degrees,
    LatitudeFirst,
    Other(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    LongitudeFirst,
    LatitudeFirst,
    Unknown,
}

/// The reference system in front of a geometry.
fn divided(text: &str) -> (Option<System>, &str) {
    if let Some((iri, rest)) = text.strip_prefix('<').and_then(|text| text.split_once('>')) {
        let iri = iri.trim();
        let is_degrees = iri.eq_ignore_ascii_case(CRS84) || iri.ends_with("CRS84");
        let system = match iri {
            _ if is_degrees => System::Degrees,
            _ if iri.ends_with("/EPSG/0/4326") || iri.ends_with("EPSG::4326") => {
                System::LatitudeFirst
            }
            _ => System::Other(iri.to_owned()),
        };
        return (Some(system), rest.trim_start());
    }
    let srid = text
        .get(..5)
        .filter(|begin| begin.eq_ignore_ascii_case("SRID="))
        .and_then(|_| text.get(5..)?.split_once(';'));
    match srid {
        // EWKT has longitudes first in every system of degrees.
        Some(("4326", rest)) => (Some(System::Degrees), rest.trim_start()),
        Some((code, rest)) if code.bytes().all(|b| b.is_ascii_digit()) => (
            Some(System::Other(format!("{EPSG}{code}"))),
            rest.trim_start(),
        ),
        _ => (None, text),
    }
}

/// The geometry written again, its positions in longitude and latitude.
fn written(text: &str, order: Order) -> Result<String, &'static str> {
    let text = text.trim();
    let name: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    let kind = name.to_ascii_uppercase();
    if kind == "ENVELOPE" {
        return envelope(text.get(name.len()..).unwrap_or_default());
    }
    let mut out = String::new();
    let mut depth = 0_u32;
    let mut has_position = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '(' => {
                depth += 1;
                out.push('(');
                rest = rest.get(1..).unwrap_or_default();
            }
            ')' => {
                depth = depth.checked_sub(1).ok_or("its brackets do not match")?;
                out.push(')');
                rest = rest.get(1..).unwrap_or_default();
                if depth == 0 && !rest.trim().is_empty() {
                    return Err("something follows after it");
                }
            }
            ',' => {
                out.push(',');
                rest = rest.get(1..).unwrap_or_default();
            }
            c if c.is_whitespace() => rest = rest.trim_start(),
            c if c.is_ascii_alphabetic() => {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphabetic())
                    .unwrap_or(rest.len());
                let (word, behind) = rest.split_at(end);
                push_word(&mut out, word)?;
                rest = behind;
            }
            _ => {
                let end = rest.find([',', '(', ')']).unwrap_or(rest.len());
                let (position, behind) = rest.split_at(end);
                if depth == 0 {
                    return Err("it is no geometry");
                }
                push_position(&mut out, position, order)?;
                has_position = true;
                rest = behind;
            }
        }
    }
    if depth != 0 {
        return Err("it is cut off");
    }
    if !KINDS.contains(&kind.as_str()) || !has_position {
        return Err("it is no geometry");
    }
    Ok(out)
}

/// The name of a kind, or of the dimensions of one.
fn push_word(out: &mut String, word: &str) -> Result<(), &'static str> {
    let word = word.to_ascii_uppercase();
    let is_dimension = matches!(word.as_str(), "Z" | "M" | "ZM" | "EMPTY");
    let is_kind = KINDS.iter().any(|kind| *kind == word);
    if !is_dimension && !is_kind {
        return Err("it is no geometry");
    }
    if is_dimension {
        out.push(' ');
    }
    out.push_str(&word);
    if is_dimension {
        out.push(' ');
    }
    Ok(())
}

fn push_position(out: &mut String, text: &str, order: Order) -> Result<(), &'static str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let numbers: Option<Vec<f64>> = words.iter().map(|word| number(word)).collect();
    let numbers = numbers.ok_or("its coordinates cannot be read")?;
    let ([x, y, ..], [first, second, ..]) = (numbers.as_slice(), words.as_slice()) else {
        return Err("its coordinates cannot be read");
    };
    if words.len() > 4 {
        return Err("its coordinates cannot be read");
    }
    let (east, north) = if order == Order::LatitudeFirst {
        (*y, *x)
    } else {
        (*x, *y)
    };
    if order != Order::Unknown && on_earth(east, north).is_none() {
        return Err("a position is not on the globe");
    }
    // The digits stay as they were sent.
    let (first, second) = if order == Order::LatitudeFirst {
        (second, first)
    } else {
        (first, second)
    };
    let _ = write!(out, "{first} {second}");
    for further in words.iter().skip(2) {
        let _ = write!(out, " {further}");
    }
    Ok(())
}

fn number(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    number.is_finite().then_some(number)
}

/// `ENVELOPE(west, east, north, south)`, of search engines.
fn envelope(text: &str) -> Result<String, &'static str> {
    let inner = text
        .trim()
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let sides: Option<Vec<f64>> = inner
        .unwrap_or_default()
        .split(',')
        .map(|side| number(side.trim()))
        .collect();
    let Some([west, east, north, south]) = sides.as_deref() else {
        return Err("its coordinates cannot be read");
    };
    sides_of([*west, *south, *east, *north])
}

/// A box as Well-known Text, by its western, southern, eastern and northern side in degrees.
///
/// # Errors
/// Where it is not on the globe.
pub(in crate::source) fn sides_of(sides: [f64; 4]) -> Result<String, &'static str> {
    let [west, south, east, north] = sides;
    let is_on_globe = [west, east]
        .iter()
        .all(|side| (-180.0..=180.0).contains(side))
        && [south, north]
            .iter()
            .all(|side| (-90.0..=90.0).contains(side))
        && south <= north;
    if is_on_globe {
        Ok(around(sides))
    } else {
        Err("it is not on the globe")
    }
}

/// A box of four numbers in a text, in the order of `GeoJSON`: west, south, east, north.
pub(in crate::source) fn box_of(text: &str) -> Option<Result<String, &'static str>> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    let sides: Option<Vec<f64>> = parts.map(number).collect();
    let [west, south, east, north] = *sides?.as_slice() else {
        return None;
    };
    Some(sides_of([west, south, east, north]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometries_are_read_with_their_axis_order_and_system() {
        for (text, written) in [
            ("POINT(2 48)", "POINT(2 48)"),
            (
                "\n  Polygon((3 44, 3 45, 4 45, 3 44))\n",
                "POLYGON((3 44,3 45,4 45,3 44))",
            ),
            ("point z (2.50 48 1)", "POINT Z (2.50 48 1)"),
            (
                "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>\n POINT(2 48)",
                "POINT(2 48)",
            ),
            (
                "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(48 2)",
                "POINT(2 48)",
            ),
            ("SRID=4326;POINT(2 48)", "POINT(2 48)"),
            (
                "SRID=2154;POINT(420000 6400000)",
                "<http://www.opengis.net/def/crs/EPSG/0/2154> POINT(420000 6400000)",
            ),
            (
                "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))",
                "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))",
            ),
            ("ENVELOPE(1,3,4,2)", "POLYGON((1 2,3 2,3 4,1 4,1 2))"),
        ] {
            assert!(is_one(text), "{text}");
            assert_eq!(read(text).as_deref(), Ok(written), "{text}");
            assert_eq!(read(written).as_deref(), Ok(written), "{written}");
        }
    }

    #[test]
    fn what_is_cut_off_elsewhere_or_no_geometry_is_refused() {
        for text in [
            "POLYGON((420000 6400000,430000 6400000,430000 6410000,420000 6400000))",
            "POLYGON((4.4 45.5, 4.4 46.0, 4.7",
            "POINT(2)",
            "POINT(a b)",
            "POINT(NaN 1)",
            "POINT()",
            "POINT EMPTY",
            "POINT(2 48) POINT(2 48)",
            "POINT(2 48))",
            "Lyon",
            "",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(!is_one("Lyon") && !is_one("Point de vue"));
        assert!(box_of("-1.25,44.5,0.75,45.6").is_some_and(|read| read.is_ok()));
        assert!(box_of("1,2,3,400").is_some_and(|read| read.is_err()));
        assert!(box_of("1,2,3").is_none());
    }
}
