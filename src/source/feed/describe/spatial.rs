//! Places as other vocabularies draw them: a geometry that is the place itself, GeoSPARQL's and schema.org's
//! geometries, a latitude and a longitude.

use std::collections::HashSet;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::{BySubject, by_subject};
use crate::rdf::vocab::{dcat, dct, gsp, locn, rdf};

/// The names of properties that draw what they are said of, in whichever namespace.
const DRAWN: [&str; 3] = ["asWKT", "asGeoJSON", "asGML"];

/// The names of properties that lead to a geometry.
const LEADING: [&str; 3] = ["hasGeometry", "defaultGeometry", "geo"];

/// Latitude and longitude, in whichever vocabulary.
const DEGREES: [(&str, &str); 2] = [("lat", "long"), ("latitude", "longitude")];

/// Where the vocabularies are that have such names.
const NAMESPACES: [&str; 5] = [
    "http://www.opengis.net/",
    "http://schema.org/",
    "https://schema.org/",
    "http://www.w3.org/2003/01/geo/",
    "https://www.w3.org/2003/01/geo/",
];

/// Says of places in DCAT-AP's words how they are drawn.
pub(super) fn translate(triples: &mut Vec<Triple>) {
    let mut more = Vec::new();
    {
        let below = by_subject(triples);
        let places = triples
            .iter()
            .filter(|triple| triple.predicate == dct::SPATIAL);
        for triple in places {
            let Some(place) = node(&triple.object) else {
                continue;
            };
            drawn(&place, &place, &below, &mut more);
        }
    }
    if !more.is_empty() {
        more.retain({
            let known: HashSet<&Triple> = triples.iter().collect();
            move |triple| !known.contains(triple)
        });
        triples.extend(more);
    }
}

fn node(term: &Term) -> Option<NamedOrBlankNode> {
    super::names::resource(term)
}

/// The name of a property of such a vocabulary.
fn name(property: &NamedNode) -> Option<&str> {
    let iri = property.as_str();
    let is_known = NAMESPACES
        .iter()
        .any(|namespace| iri.starts_with(namespace));
    iri.rsplit(['#', '/']).next().filter(|_| is_known)
}

/// Adds what is drawn of `place` by what is said of `thing`, which is the place or a geometry of it.
fn drawn(
    place: &NamedOrBlankNode,
    thing: &NamedOrBlankNode,
    below: &BySubject<'_>,
    more: &mut Vec<Triple>,
) {
    let said = below
        .get(&thing.to_string())
        .map(Vec::as_slice)
        .unwrap_or_default();
    let text = |wanted: &str| {
        said.iter().find_map(|triple| match &triple.object {
            Term::Literal(text) if name(&triple.predicate) == Some(wanted) => Some(text.value()),
            _ => None,
        })
    };
    let mut add = |property: NamedNodeRef<'_>, value: Term| {
        more.push(Triple::new(place.clone(), property, value));
    };
    for triple in said {
        let Some(name) = name(&triple.predicate) else {
            continue;
        };
        if DRAWN.contains(&name) && triple.object.is_literal() {
            add(locn::GEOMETRY, triple.object.clone());
        }
    }
    for (latitude, longitude) in DEGREES {
        if let (Some(north), Some(east)) = (text(latitude), text(longitude)) {
            let point = format!("POINT({} {})", east.trim(), north.trim());
            add(
                dcat::CENTROID,
                Literal::new_typed_literal(point, gsp::WKT_LITERAL).into(),
            );
        }
    }
    // schema.org's boxes have the latitude first.
    let corners: Vec<&str> = text("box")
        .map(|text| text.split([' ', ',']).collect())
        .unwrap_or_default();
    let corners: Vec<&str> = corners
        .into_iter()
        .filter(|corner| !corner.is_empty())
        .collect();
    if let [south, west, north, east] = corners.as_slice() {
        let sides = format!("{west},{south},{east},{north}");
        add(dcat::BBOX, Literal::new_simple_literal(sides).into());
    }
    if place == thing {
        for triple in said {
            if let Some(geometry) = node(&triple.object)
                && name(&triple.predicate).is_some_and(|name| LEADING.contains(&name))
            {
                drawn(place, &geometry, below, more);
            }
        }
        let is_classed = said.iter().any(|triple| {
            triple.predicate == rdf::TYPE && triple.object.as_ref() == dct::LOCATION.into()
        });
        if !is_classed && !more.is_empty() && thing.is_blank_node() {
            more.push(Triple::new(place.clone(), rdf::TYPE, dct::LOCATION));
        }
    }
}
