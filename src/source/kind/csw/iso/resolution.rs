//! How fine the data are: distances in metres, scales.
//!
//! DCAT-AP 3.0.1 allows one `dcat:spatialResolutionInMeters`: the finest. Any other, a distance in
//! degrees or without unit, and scales are a text; a scale is also the measurement that the published
//! mapping makes of it, `1/n`.
//!
//! # Fields of `resolution`
//!
//! | field | becomes |
//! |---|---|
//! | `distance`, `distance.@uom` | `dcat:spatialResolutionInMeters` |
//! | `equivalentScale.denominator` | `geodcat:spatialResolutionAsText`, `dqv:hasQualityMeasurement` |
//! | `vertical`, `vertical.@uom`, `angularDistance`, `angularDistance.@uom`, `levelOfDetail` | `geodcat:spatialResolutionAsText` |

use oxigraph::model::Literal;

use super::Record;
use super::element::Element;
use super::text::Text;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dqv, geodcat, xsd};

/// Writes the resolutions of what a record describes.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    let mut metres: Vec<f64> = Vec::new();
    for resolution in record.root.all("identificationInfo.spatialResolution") {
        for distance in resolution.all("distance") {
            match metres_of(distance) {
                Some(value) => metres.push(value),
                None => as_text(distance, about),
            }
        }
        for scale in resolution.all("equivalentScale.denominator") {
            scale_of(scale, about);
        }
        for other in resolution.all("vertical|angularDistance") {
            as_text(other, about);
        }
        for level in Text::all(resolution, "levelOfDetail", &record.locales) {
            level.write(geodcat::SPATIAL_RESOLUTION_AS_TEXT, about);
        }
    }
    metres.sort_by(f64::total_cmp);
    metres.dedup();
    let mut metres = metres.into_iter();
    if let Some(finest) = metres.next() {
        let literal = Literal::new_typed_literal(decimal(finest), xsd::DECIMAL);
        about.literal(dcat::SPATIAL_RESOLUTION_IN_METERS, literal);
    }
    for other in metres {
        let text = format!("{} m", decimal(other));
        about.token(
            geodcat::SPATIAL_RESOLUTION_AS_TEXT,
            &text,
            "spatialResolution",
        );
    }
}

fn number(element: Element<'_>, about: &mut Describe<'_>) -> Option<f64> {
    let text = element.value()?;
    let read = text.replace(',', ".").parse().ok();
    let number = read.filter(|number: &f64| number.is_finite() && *number > 0.0);
    if number.is_none() {
        let message = "left out: it is no number above zero";
        about.find(Code::NumberInvalid, &element.path(), message, text);
    }
    number
}

/// A distance in metres; `None` where it has another unit, or is no number.
fn metres_of(distance: Element<'_>) -> Option<f64> {
    let factor = metres_in(distance.attribute_within("uom")?)?;
    let value: f64 = distance.value()?.replace(',', ".").parse().ok()?;
    (value.is_finite() && value > 0.0).then(|| {
        // Ten significant digits: what a factor adds behind them is nothing that was measured.
        let metres = value * factor;
        format!("{metres:.9e}").parse().unwrap_or(metres)
    })
}

fn as_text(element: Element<'_>, about: &mut Describe<'_>) {
    let Some(value) = number(element, about) else {
        return;
    };
    let unit = element.attribute_within("uom").unwrap_or_default();
    let unit = unit.rsplit(['#', '/', ':']).find(|part| !part.is_empty());
    let text = format!("{} {}", decimal(value), unit.unwrap_or_default());
    about.token(geodcat::SPATIAL_RESOLUTION_AS_TEXT, &text, &element.path());
}

fn scale_of(element: Element<'_>, about: &mut Describe<'_>) {
    let Some(denominator) = number(element, about) else {
        return;
    };
    let text = format!("1:{}", decimal(denominator));
    about.token(geodcat::SPATIAL_RESOLUTION_AS_TEXT, &text, &element.path());
    let scale = Literal::new_typed_literal(decimal(1.0 / denominator), xsd::DECIMAL);
    about
        .node(dqv::HAS_QUALITY_MEASUREMENT, dqv::QUALITY_MEASUREMENT)
        .link(
            dqv::IS_MEASUREMENT_OF,
            geodcat::SPATIAL_RESOLUTION_AS_SCALE.into_owned(),
        )
        .literal(dqv::VALUE, scale);
}

/// A number without exponent, with at most ten significant digits.
fn decimal(value: f64) -> String {
    let rounded: f64 = format!("{value:.9e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// How many metres a unit has: by its symbol, its name, or its code at EPSG.
fn metres_in(unit: &str) -> Option<f64> {
    let name = unit.rsplit(['#', '/', ':']).find(|part| !part.is_empty())?;
    Some(match name.trim().to_lowercase().as_str() {
        "m" | "meter" | "meters" | "metre" | "metres" | "mètre" | "mètres" | "mètre(s)"
        | "meter(s)" | "9001" => 1.0,
        "km" | "kilometer" | "kilometers" | "kilometre" | "kilometres" | "kilomètre"
        | "kilomètres" | "9036" => 1000.0,
        "dm" => 0.1,
        "cm" | "centimeter" | "centimeters" | "centimetre" | "centimetres" | "centimètre"
        | "centimètres" | "1033" => 0.01,
        "mm" | "millimeter" | "millimeters" | "millimetre" | "millimetres" | "millimètre"
        | "millimètres" | "1025" => 0.001,
        "ft" | "foot" | "feet" | "9002" => 0.3048,
        "in" | "inch" | "inches" => 0.0254,
        "yd" | "yard" | "yards" | "9096" => 0.9144,
        "mi" | "mile" | "miles" | "9093" => 1609.344,
        "nmi" | "nautical mile" | "nautical miles" | "9030" => 1852.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_symbol_name_and_code() {
        for (unit, metres) in [
            ("m", Some(1.0)),
            ("http://www.opengis.net/def/uom/EPSG/0/9001", Some(1.0)),
            ("urn:ogc:def:uom:EPSG::9001", Some(1.0)),
            ("http://standards.iso.org/ittf/uom.xml#km", Some(1000.0)),
            ("Feet", Some(0.3048)),
            ("degree", None),
            ("", None),
        ] {
            assert_eq!(metres_in(unit), metres, "{unit}");
        }
    }

    #[test]
    fn decimals_have_no_exponent_and_no_noise() {
        for (value, text) in [
            (25.0, "25"),
            (0.1 + 0.2, "0.3"),
            (1.0 / 25000.0, "0.00004"),
            (1.0 / 3.0, "0.3333333333"),
            (1e-9, "0.000000001"),
        ] {
            assert_eq!(decimal(value), text);
        }
    }
}
