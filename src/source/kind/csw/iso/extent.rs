//! Where data are about, as `dct:spatial`.
//!
//! DCAT-AP 3.0.1 allows one `locn:geometry` and one `dcat:bbox` a dct:Location. So each box or polygon
//! is two locations, one in well-known text and one in `GeoJSON`, as for every other source. The boxes
//! of the published mapping in GML are not written: whoever reads that reads well-known text.
//!
//! A box whose west is east of its east crosses the 180th meridian and is two, unless its sides were
//! plainly swapped ([`crate::source::value::geometry::unswapped`]). A box without width and height is a
//! point. An extent that says of itself that the data are not there is left out.
//!
//! # Fields of `extent`
//!
//! | field | becomes |
//! |---|---|
//! | `description` | `skos:prefLabel` of the location, or a dct:Location of its own |
//! | `geographicElement.westBoundLongitude`, `geographicElement.eastBoundLongitude`, `geographicElement.southBoundLatitude`, `geographicElement.northBoundLatitude` | `dct:spatial`: `locn:geometry` and `dcat:bbox` |
//! | `geographicElement.polygon.*` | the same |
//! | `geographicElement.extentTypeCode` | what is excluded is left out |
//! | `geographicElement.geographicIdentifier.code`, `geographicElement.geographicIdentifier.code.@href`, `geographicElement.geographicIdentifier.codeSpace` | `dct:spatial`: an IRI, else a dct:Location with `dct:identifier` or `skos:prefLabel` |
//! | `geographicElement.geographicIdentifier.authority.title`, `geographicElement.geographicIdentifier.authority.date.date` | `skos:inScheme` of that location |
//! | `temporalElement.extent` | `dct:temporal`: see [`super::temporal`], # Fields of `period` |
//!
//! # Left out of `extent`
//!
//! | field | why |
//! |---|---|
//! | `verticalElement.*` | heights and depths: DCAT has no property for them |
//! | `geographicElement.geographicIdentifier.*` | more of the list of places, and of its publisher |
//! | `description.@href` | the place is named by its words |
//! | `@href`, `@uuidref` | where an editor has its copy |

use oxigraph::model::Literal;
use serde_json::{Value, json};

use super::element::Element;
use super::text::{Text, is_address};
use super::{Record, date, gml, identifier, temporal};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, gsp, locn, skos};
use crate::source::value::geometry::{Geometry, corners, unswapped};
use crate::vocabulary::Alignment;

/// Writes the extents of what a record describes.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    for extent in record.root.all("identificationInfo.extent") {
        let mut label = Text::first(extent, "description", &record.locales);
        for element in extent.all("geographicElement") {
            // Of several elements, the first place has the name.
            if let Some(place) = Place::read(element, about)
                && place.write(element, label.as_ref(), record, about)
            {
                label = None;
            }
        }
        if let Some(label) = label {
            let mut location = about.node(dct::SPATIAL, dct::LOCATION);
            label.write(skos::PREF_LABEL, &mut location);
        }
    }
    temporal::write(record, about);
}

/// What one geographic element says.
enum Place {
    Geometry(Value),
    Identifier,
}

impl Place {
    fn read(element: Element<'_>, about: &mut Describe<'_>) -> Option<Self> {
        let excluded = element.first("extentTypeCode").and_then(Element::value);
        if matches!(excluded, Some("0" | "false")) {
            let message = "left out: the data are not about this place";
            about.find(Code::ValueUnknown, &element.path(), message, "false");
            return None;
        }
        if element.first("geographicIdentifier").is_some() {
            return Some(Self::Identifier);
        }
        let polygons = element.all("polygon");
        if polygons.is_empty() {
            return bounding_box(element, about).map(Self::Geometry);
        }
        let mut read = Vec::new();
        for polygon in polygons {
            match gml::read(polygon) {
                Ok(geometry) => read.push(geometry),
                Err(why) => {
                    let message = format!("left out: {why}");
                    about.find(Code::GeometryInvalid, &polygon.path(), &message, "");
                }
            }
        }
        match read.as_slice() {
            [] => None,
            [one] => Some(Self::Geometry(one.clone())),
            several => Some(Self::Geometry(
                json!({"type": "GeometryCollection", "geometries": several}),
            )),
        }
    }

    /// Writes the place; says whether the label went with it.
    fn write(
        self,
        element: Element<'_>,
        label: Option<&Text<'_>>,
        record: &Record<'_>,
        about: &mut Describe<'_>,
    ) -> bool {
        let geometry = match self {
            Self::Identifier => {
                identified(element, record, about);
                return false;
            }
            Self::Geometry(geometry) => geometry,
        };
        let Some(mut place) = draw(&geometry, &element.path(), about) else {
            return false;
        };
        if let Some(label) = label {
            label.write(skos::PREF_LABEL, &mut place);
        }
        true
    }
}

/// Writes a place of a geometry; gives the location that has it as well-known text. Two halves on both
/// sides of the 180th meridian have no box: that would go round the globe.
pub(in crate::source::kind::csw) fn draw<'d>(
    geometry: &Value,
    field: &str,
    about: &'d mut Describe<'_>,
) -> Option<Describe<'d>> {
    let is_halved = geometry.get("type").and_then(Value::as_str) == Some("MultiPolygon");
    let read = match Geometry::read(geometry) {
        Ok(read) => read,
        Err(error) => {
            let message = format!("left out: {error}");
            about.find(
                Code::GeometryInvalid,
                field,
                &message,
                &geometry.to_string(),
            );
            return None;
        }
    };
    let geojson = Literal::new_typed_literal(read.geojson, gsp::GEO_JSONLITERAL);
    about
        .node(dct::SPATIAL, dct::LOCATION)
        .literal(locn::GEOMETRY, geojson);
    let wkt = |text: String| Literal::new_typed_literal(text, gsp::WKT_LITERAL);
    let mut place = about.node(dct::SPATIAL, dct::LOCATION);
    place.literal(locn::GEOMETRY, wkt(read.wkt));
    if let Some(bbox) = read.bbox.filter(|_| !is_halved) {
        place.literal(dcat::BBOX, wkt(bbox));
    }
    Some(place)
}

/// The box of an element as a polygon, a line or a point.
fn bounding_box(element: Element<'_>, about: &mut Describe<'_>) -> Option<Value> {
    let sides = [
        "westBoundLongitude",
        "eastBoundLongitude",
        "southBoundLatitude",
        "northBoundLatitude",
    ];
    let sent = sides.map(|side| element.first(side).and_then(Element::value));
    if sent.iter().all(Option::is_none) {
        return None;
    }
    boxed(sent, &element.path(), about)
}

/// A box of its west, east, south and north, in degrees, as a polygon, a line, a point, or two polygons.
pub(in crate::source::kind::csw) fn boxed(
    sent: [Option<&str>; 4],
    field: &str,
    about: &mut Describe<'_>,
) -> Option<Value> {
    let number = |text: Option<&str>| -> Option<f64> {
        let number: f64 = text?.replace(',', ".").parse().ok()?;
        number.is_finite().then_some(number)
    };
    let said = sent.map(Option::unwrap_or_default).join(" ");
    let mut refuse = |why: &str| {
        about.find(Code::GeometryInvalid, field, why, &said);
    };
    let [Some(west), Some(east), Some(south), Some(north)] = sent.map(number) else {
        refuse("left out: a side of the box is missing or no number");
        return None;
    };
    if south > north {
        refuse("left out: the south of the box is north of its north");
        return None;
    }
    let (west, east) = unswapped((west, east), field, about);
    let ring = |west: f64, east: f64| json!([corners([west, south, east, north])]);
    let is_flat = south >= north;
    #[expect(clippy::float_cmp, reason = "sides that are written alike are one")]
    let is_narrow = west == east;
    Some(match (is_narrow, is_flat) {
        (true, true) => json!({"type": "Point", "coordinates": [west, south]}),
        (true, false) | (false, true) => {
            json!({"type": "LineString", "coordinates": [[west, south], [east, north]]})
        }
        (false, false) if west > east => {
            let (first, second) = (ring(west, 180.0), ring(-180.0, east));
            json!({"type": "MultiPolygon", "coordinates": [first, second]})
        }
        (false, false) => json!({"type": "Polygon", "coordinates": ring(west, east)}),
    })
}

/// Writes a place that has an identifier.
fn identified(element: Element<'_>, record: &Record<'_>, about: &mut Describe<'_>) {
    for sent in element.all("geographicIdentifier") {
        let Some(code) = Text::first(sent, "code", &record.locales) else {
            continue;
        };
        let field = code.element.path();
        let name = identifier::read(sent).unwrap_or_default();
        if let Some(address) = code
            .address()
            .or(Some(&name).filter(|n| is_address(n)).map(|n| &**n))
        {
            about.iri(dct::SPATIAL, address, &field);
            continue;
        }
        let authority = Text::first(sent, "authority.title", &record.locales);
        let list = authority.as_ref().and_then(Text::plain).unwrap_or_default();
        let vocabularies = record.context.vocabularies;
        let country = vocabularies.align(Alignment::Country, &name);
        if let Some(country) = country.filter(|_| list.contains("3166")) {
            about.link(dct::SPATIAL, country.into_owned());
            continue;
        }
        let is_listed = authority.is_some() || sent.first("codeSpace").is_some();
        let mut place = about.node(dct::SPATIAL, dct::LOCATION);
        if is_listed {
            place.token(dct::IDENTIFIER, &name, &field);
        } else {
            code.write(skos::PREF_LABEL, &mut place);
        }
        if let Some(authority) = authority {
            let mut list = place.node(skos::IN_SCHEME, skos::CONCEPT_SCHEME);
            authority.write(dct::TITLE, &mut list);
            if let Some((element, day)) = date::any(&sent.all("authority.date")) {
                list.date(dct::ISSUED, day, &element.path());
            }
        }
    }
}
