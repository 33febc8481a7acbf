//! The places that data are about: geometries, boxes, IRIs and names.
//!
//! What is known of one place stands in one node; an IRI is named as it is, and the node beside it, since
//! what an IRI names is described by whoever gave it. A geometry is written as WKT, and once more as
//! `GeoJSON` where that is how it came.
//!
//! # Fields of `place`
//!
//! | field | becomes |
//! |---|---|
//! | `uri` | `dct:spatial` |
//! | `text` | `skos:prefLabel` of the place |
//! | `geom`, `geom.*` | `locn:geometry`, and `dcat:bbox` without `bbox` |
//! | `bbox`, `bbox.*` | `dcat:bbox` |
//! | `centroid`, `centroid.*` | `dcat:centroid` |

use oxigraph::model::{Literal, NamedNodeRef};
use serde_json::Value;

use super::fields::{Fields, Sent};
use super::words::{is_iri, localised, open};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, gsp, locn, skos};
use crate::source::contract::Context;
use crate::source::value::geometry::{Form, Geometry};

/// The corners of a box, as ckanext-spatial has them.
const CORNERS: [&str; 4] = [
    "bbox-west-long",
    "bbox-south-lat",
    "bbox-east-long",
    "bbox-north-lat",
];

/// What is known of a place.
#[derive(Default)]
struct Place<'a> {
    uri: Option<Sent<'a>>,
    text: Option<Sent<'a>>,
    geometry: Option<Sent<'a>>,
    bbox: Option<Sent<'a>>,
    centroid: Option<Sent<'a>>,
}

/// Writes the places of a record.
pub(super) fn describe(record: &Fields<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    if let Some(list) = record.find("spatial_coverage") {
        for item in list.items() {
            match item
                .fields()
                .filter(|_| item.value().get("coordinates").is_none())
            {
                Some(part) => Place {
                    uri: part.find("uri"),
                    text: part.find("text"),
                    geometry: part.find("geom"),
                    bbox: part.find("bbox"),
                    centroid: part.find("centroid"),
                }
                .write(context, about),
                None => one(item.clone(), context, about),
            }
        }
    }
    let mut place = Place {
        uri: record.first(&["spatial_uri", "spatial-uri"]),
        text: record.first(&["spatial_text", "spatial-text", "spatial_info"]),
        geometry: None,
        bbox: record.find("spatial_bbox"),
        centroid: record.find("spatial_centroid"),
    };
    if let Some(sent) = record.first(&["spatial", "spatial_geom"]) {
        for item in sent.items() {
            if place.geometry.is_none() && Geometry::drawn(item.value()).is_some() {
                place.geometry = Some(item);
            } else {
                one(item, context, about);
            }
        }
    }
    let is_drawn = place.geometry.is_some() || place.bbox.is_some();
    let corners = CORNERS.map(|name| record.find(name));
    if let [Some(west), Some(south), Some(east), Some(north)] = &corners
        && !is_drawn
    {
        let mut number = |sent: &Sent<'_>| {
            let text = sent.text(about.findings()).unwrap_or_default();
            text.trim().to_owned()
        };
        let sides = [west, south, east, north].map(&mut number).join(",");
        let text = Value::String(sides);
        let own = serde_json::Map::from_iter([("bbox".to_owned(), text)]);
        place.bbox = Fields::of_part(&own, "extras").find("bbox");
        place.write(context, about);
        return;
    }
    place.write(context, about);
}

/// Writes a place of which there is one text: a geometry, an IRI, or a name.
fn one(sent: Sent<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    let mut place = Place::default();
    if Geometry::drawn(sent.value()).is_some() {
        place.geometry = Some(sent);
    } else if sent.value().as_str().is_some_and(is_iri) {
        place.uri = Some(sent);
    } else {
        place.text = Some(sent);
    }
    place.write(context, about);
}

impl Place<'_> {
    fn write(self, context: &Context<'_>, about: &mut Describe<'_>) {
        if let Some(uri) = &self.uri {
            let text = uri.text(about.findings()).unwrap_or_default();
            about.iri(dct::SPATIAL, &text, &uri.field);
        }
        let geometry = self.geometry.as_ref().and_then(|sent| drawn(sent, about));
        let bbox = self.bbox.as_ref().and_then(|sent| drawn(sent, about));
        let centroid = self.centroid.as_ref().and_then(|sent| drawn(sent, about));
        if self.text.is_none() && geometry.is_none() && bbox.is_none() && centroid.is_none() {
            return;
        }
        let name = self.text.map(open);
        // A name alone may be that of a country.
        if let (None, None, None, None, Some(name)) =
            (&geometry, &bbox, &centroid, &self.uri, &name)
        {
            for (language, text) in localised(name, context, about.findings()) {
                about.text(dct::SPATIAL, &text, language.as_deref(), &name.field);
            }
            return;
        }
        let mut place = about.node(dct::SPATIAL, dct::LOCATION);
        if let Some(name) = &name {
            for (language, text) in localised(name, context, place.findings()) {
                place.text(skos::PREF_LABEL, &text, language.as_deref(), &name.field);
            }
        }
        let around = geometry.as_ref().and_then(|drawn| drawn.bbox.clone());
        let mut wkt = |property: NamedNodeRef<'_>, text: Option<String>| {
            if let Some(text) = text {
                place.literal(property, Literal::new_typed_literal(text, gsp::WKT_LITERAL));
            }
        };
        wkt(dcat::BBOX, bbox.map(|drawn| drawn.wkt).or(around));
        wkt(dcat::CENTROID, centroid.map(|drawn| drawn.wkt));
        let Some(geometry) = geometry else {
            return;
        };
        wkt(locn::GEOMETRY, Some(geometry.wkt));
        if let Some(json) = geometry.geojson {
            let json = Literal::new_typed_literal(json, gsp::GEO_JSONLITERAL);
            about
                .node(dct::SPATIAL, dct::LOCATION)
                .literal(locn::GEOMETRY, json);
        }
    }
}

/// A geometry as it will be written.
struct Drawn {
    wkt: String,
    bbox: Option<String>,
    geojson: Option<String>,
}

fn drawn(sent: &Sent<'_>, about: &mut Describe<'_>) -> Option<Drawn> {
    let why = match Geometry::drawn(sent.value()) {
        Some(Ok((geometry, form))) => {
            let is_json = form == Form::Json;
            return Some(Drawn {
                wkt: geometry.wkt,
                bbox: geometry.bbox,
                geojson: is_json.then_some(geometry.geojson),
            });
        }
        Some(Err(why)) => why.to_string(),
        None => "it is no geometry".to_owned(),
    };
    let original = match sent.value() {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let message = format!("left out: {why}");
    about.find(Code::GeometryInvalid, &sent.field, &message, &original);
    about.origin(dct::SPATIAL, &original);
    None
}
