//! Where a dataset is about: zones of udata's geographic referential, or a drawn geometry.
//!
//! Zones that others have an IRI for are written as that IRI: countries with the EU country list,
//! regions, départements and communes with INSEE's (`http://id.insee.fr/geo/region/93`, the form that
//! udata's own zone table has). Any other is a location with the zone's identifier and name.
//! DCAT-AP allows one `locn:geometry` a location: well-known text, which GeoSPARQL functions read.

use oxigraph::model::{Literal, NamedNode};

use super::geometry::Geometry;
use super::payload::{Spatial, Zone};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, gsp, locn, skos};
use crate::vocabulary::{Alignment, Vocabularies};

/// Writes the places of a dataset.
pub(super) fn describe(spatial: &Spatial, language: Option<&str>, dataset: &mut Describe<'_>) {
    let zones: Vec<_> = spatial
        .zones
        .items("spatial.zones", dataset.findings())
        .collect();
    for (position, zone) in zones {
        let field = format!("spatial.zones[{position}]");
        let (id, name) = match zone {
            Zone::Bare(id) => (id, None),
            Zone::Full { id, name } => {
                (id, name.text(&format!("{field}.name"), dataset.findings()))
            }
        };
        // `fr:commune:49007@1942-01-01` is the commune as of that day.
        let id = id.split_once('@').map_or(id.as_str(), |(id, _)| id).trim();
        if let Some(iri) = published_iri(id) {
            dataset.link(dct::SPATIAL, iri);
        } else if !id.is_empty() {
            if name.is_none() {
                dataset.find(
                    Code::ValueUnknown,
                    &field,
                    "no list has an IRI for the zone: a place with its identifier",
                    id,
                );
            }
            dataset
                .node(dct::SPATIAL, dct::LOCATION)
                .token(dct::IDENTIFIER, id, &field)
                .text(skos::PREF_LABEL, name.unwrap_or_default(), language, &field);
        }
    }
    if let Some(value) = spatial.geom.read("spatial.geom", dataset.findings()) {
        match Geometry::read(value) {
            Ok(geometry) => {
                let wkt = |text: String| Literal::new_typed_literal(text, gsp::WKT_LITERAL);
                let mut place = dataset.node(dct::SPATIAL, dct::LOCATION);
                place.literal(locn::GEOMETRY, wkt(geometry.wkt));
                if let Some(bbox) = geometry.bbox {
                    place.literal(dcat::BBOX, wkt(bbox));
                }
            }
            Err(error) => {
                let original = value.to_string();
                dataset.find(
                    Code::GeometryInvalid,
                    "spatial.geom",
                    &format!("left out: {error}"),
                    &original,
                );
                dataset.origin(dct::SPATIAL, &original);
            }
        }
    }
}

/// The IRI that the European Union or INSEE publish for a zone.
fn published_iri(zone: &str) -> Option<NamedNode> {
    if let Some(country) = zone.strip_prefix("country:") {
        return Vocabularies::builtin()
            .align(Alignment::Country, country)
            .map(Into::into);
    }
    let (level, code) = zone.strip_prefix("fr:")?.split_once(':')?;
    let lengths = match level {
        "region" => 2..=2,
        "departement" => 2..=3,
        "commune" => 5..=5,
        _ => return None,
    };
    // Corsica has letters: 2A, 2B, and communes such as 2A004.
    let fits = lengths.contains(&code.len())
        && code
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'A' | b'B'));
    fits.then(|| NamedNode::new_unchecked(format!("http://id.insee.fr/geo/{level}/{code}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_get_the_iri_that_others_publish() {
        for (zone, iri) in [
            (
                "country:fr",
                Some("http://publications.europa.eu/resource/authority/country/FRA"),
            ),
            ("fr:region:93", Some("http://id.insee.fr/geo/region/93")),
            (
                "fr:departement:2A",
                Some("http://id.insee.fr/geo/departement/2A"),
            ),
            (
                "fr:commune:13055",
                Some("http://id.insee.fr/geo/commune/13055"),
            ),
            ("fr:epci:244900015", None),
            ("fr:commune:../x", None),
            ("country-group:world", None),
            ("country:zz", None),
        ] {
            assert_eq!(
                published_iri(zone).as_ref().map(NamedNode::as_str),
                iri,
                "{zone}"
            );
        }
    }
}
