//! The times and places that something covers.

use super::read::Subject;
use crate::rdf::vocab::{dcat, dct, locn, schema};

/// A time covered; an end that is missing is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Its first day, month or year.
    pub start: Option<String>,
    /// Its last.
    pub end: Option<String>,
}

/// A place covered.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its IRI.
    pub iri: Option<String>,
    /// Its names, in any language.
    pub labels: Vec<String>,
    /// Its bounding box, as WKT or `GeoJSON`.
    pub bbox: Option<String>,
    /// Its shape, as WKT or `GeoJSON`.
    pub geometry: Option<String>,
    /// Its centre, as WKT or `GeoJSON`.
    pub centroid: Option<String>,
}

impl Period {
    /// What `dct:temporal` leads to.
    pub(super) fn all(about: Subject<'_, '_>) -> Vec<Self> {
        let mut all: Vec<Self> = about
            .nodes(dct::TEMPORAL)
            .into_iter()
            .map(Self::read)
            .collect();
        all.sort_unstable();
        all
    }

    fn read(about: Subject<'_, '_>) -> Self {
        Self {
            start: about
                .value(dcat::START_DATE)
                .or_else(|| about.value(schema::START_DATE)),
            end: about
                .value(dcat::END_DATE)
                .or_else(|| about.value(schema::END_DATE)),
        }
    }
}

/// What `dct:spatial` leads to.
pub(super) fn places(about: Subject<'_, '_>) -> Vec<Place> {
    let mut places: Vec<Place> = about
        .nodes(dct::SPATIAL)
        .into_iter()
        .map(|place| Place {
            iri: place.name().map(str::to_owned),
            labels: names(place),
            bbox: place.value(dcat::BBOX),
            geometry: place.value(locn::GEOMETRY),
            centroid: place.value(dcat::CENTROID),
        })
        .collect();
    places.sort_unstable();
    places
}

fn names(place: Subject<'_, '_>) -> Vec<String> {
    let mut names = place.labels();
    names.extend(place.values(locn::GEOGRAPHIC_NAME));
    names.sort_unstable();
    names.dedup();
    names
}
