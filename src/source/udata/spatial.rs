//! Where a record is about: zones of udata's geographic referential, or a drawn geometry.
//!
//! Zones that others have an IRI for are written as that IRI: countries with the EU country list, the
//! French territories whose INSEE code makes an IRI with INSEE's (`http://id.insee.fr/geo/region/93`,
//! the form that udata's own zone table has). INSEE names intercommunalités and cantons by identifiers
//! that no code leads to: those have an IRI only where the portal sends it. Any other is a location with
//! the zone's identifier and name.
//!
//! DCAT-AP 3.0.1 allows one `locn:geometry` and one `dcat:bbox` a dct:Location, and its SHACL shapes
//! (`shapes.ttl`) want a literal there. So a drawn geometry is two locations: one with the well-known
//! text and the box around it, one with the same as `GeoJSON`. Both are the same region, so that the
//! coverage is the same as with either; whoever follows `dct:spatial/locn:geometry`, as other portals'
//! feeds have taught, finds the encoding that they read. A node of GeoSPARQL (`gsp:hasGeometry`) would
//! have been found by those only who know it.
//!
//! Granularity is the level of territory that the data distinguish. DCAT's spatial resolution is a
//! number of metres, which no level has: it is GeoDCAT-AP's resolution as text.
//!
//! # Fields of `spatial`
//!
//! | field | becomes |
//! |---|---|
//! | `zones[]`, `zones[].id`, `zones[].uri` | `dct:spatial`: an IRI, else a dct:Location with `dct:identifier` |
//! | `zones[].name` | `skos:prefLabel` of that location |
//! | `geom.*` | `dct:spatial`: `locn:geometry` and `dcat:bbox` |
//! | `granularity` | `geodcat:spatialResolutionAsText` |
//!
//! # Left out of `spatial`
//!
//! | field | why |
//! |---|---|
//! | `zones[].code`, `zones[].level`, `zones[].slug` | parts of the identifier |
//! | `zones[].*` | about the zone, for its own publisher to say |

use oxigraph::model::{Literal, NamedNode};

use super::payload::{Spatial, Zone};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, geodcat, gsp, locn, skos};
use crate::source::geometry::Geometry;
use crate::vocabulary::{Alignment, Vocabularies};

/// Levels of udata's referential, in French and English; `other` says nothing.
const LEVELS: [(&str, &str, &str); 11] = [
    ("country-group", "Groupe de pays", "Group of countries"),
    ("country", "Pays", "Country"),
    ("country-subset", "Partie de pays", "Part of a country"),
    ("fr:region", "Région", "Region"),
    ("fr:departement", "Département", "Département"),
    ("fr:arrondissement", "Arrondissement", "Arrondissement"),
    ("fr:epci", "Intercommunalité", "Intermunicipal body"),
    ("fr:canton", "Canton", "Canton"),
    ("fr:commune", "Commune", "Municipality"),
    ("fr:iris", "IRIS (quartier)", "IRIS (neighbourhood)"),
    ("poi", "Point d’intérêt", "Point of interest"),
];

/// What INSEE's IRIs of French Republic territories begin with.
const INSEE: &str = "http://id.insee.fr/geo/";

/// Writes the places of a record, sent in `spatial`.
pub(super) fn describe(spatial: &Spatial, language: Option<&str>, about: &mut Describe<'_>) {
    let zones: Vec<_> = spatial
        .zones
        .items("spatial.zones", about.findings())
        .collect();
    for (position, sent) in zones {
        let field = format!("spatial.zones[{position}]");
        match sent {
            Zone::Bare(id) => zone(id, None, None, language, &field, about),
            Zone::Full { id, name, uri } => {
                let name = name.text(&format!("{field}.name"), about.findings());
                let uri = uri.text(&format!("{field}.uri"), about.findings());
                zone(id, name, uri, language, &field, about);
            }
        }
    }
    geometry(spatial, about);
    let granularity = spatial
        .granularity
        .text("spatial.granularity", about.findings());
    if let Some(level) = granularity.filter(|level| *level != "other") {
        let field = "spatial.granularity";
        let property = geodcat::SPATIAL_RESOLUTION_AS_TEXT;
        if let Some((_, french, english)) = LEVELS.iter().find(|(known, ..)| *known == level) {
            about.text(property, french, Some("fr"), field).text(
                property,
                english,
                Some("en"),
                field,
            );
        } else {
            about.token(property, level, field);
            about.find(Code::ValueUnknown, field, "kept as it came", level);
        }
    }
}

/// Writes one zone as a place of the record.
pub(super) fn zone(
    id: &str,
    name: Option<&str>,
    uri: Option<&str>,
    language: Option<&str>,
    field: &str,
    about: &mut Describe<'_>,
) {
    // `fr:commune:49007@1942-01-01` is the commune as of that day.
    let id = id.split_once('@').map_or(id, |(id, _)| id).trim();
    let sent = || {
        let code = uri?.strip_prefix(INSEE)?;
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-');
        code.bytes()
            .all(fits)
            .then(|| NamedNode::new_unchecked(format!("{INSEE}{code}")))
    };
    if let Some(iri) = published_iri(id).or_else(sent) {
        about.link(dct::SPATIAL, iri);
    } else if !id.is_empty() {
        if name.is_none() {
            about.find(
                Code::ValueUnknown,
                field,
                "no list has an IRI for the zone: a place with its identifier",
                id,
            );
        }
        about
            .node(dct::SPATIAL, dct::LOCATION)
            .token(dct::IDENTIFIER, id, field)
            .text(skos::PREF_LABEL, name.unwrap_or_default(), language, field);
    }
}

fn geometry(spatial: &Spatial, about: &mut Describe<'_>) {
    let Some(value) = spatial.geom.read("spatial.geom", about.findings()) else {
        return;
    };
    match Geometry::read(value) {
        Ok(geometry) => {
            let wkt = |text: String| Literal::new_typed_literal(text, gsp::WKT_LITERAL);
            let mut place = about.node(dct::SPATIAL, dct::LOCATION);
            place.literal(locn::GEOMETRY, wkt(geometry.wkt));
            if let Some(bbox) = geometry.bbox {
                place.literal(dcat::BBOX, wkt(bbox));
            }
            let geojson = Literal::new_typed_literal(geometry.geojson, gsp::GEO_JSONLITERAL);
            about
                .node(dct::SPATIAL, dct::LOCATION)
                .literal(locn::GEOMETRY, geojson);
        }
        Err(error) => {
            let original = value.to_string();
            about.find(
                Code::GeometryInvalid,
                "spatial.geom",
                &format!("left out: {error}"),
                &original,
            );
            about.origin(dct::SPATIAL, &original);
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
    if zone == "country-subset:fr:metro" {
        let metropolis = format!("{INSEE}territoireFrancais/franceMetropolitaine");
        return Some(NamedNode::new_unchecked(metropolis));
    }
    let (level, code) = zone.strip_prefix("fr:")?.split_once(':')?;
    let (kind, lengths) = match level {
        "region" => ("region", 2..=2),
        "departement" => ("departement", 2..=3),
        "arrondissement" => ("arrondissement", 3..=4),
        "commune" if is_arrondissement_of_a_city(code) => ("arrondissementMunicipal", 5..=5),
        "commune" => ("commune", 5..=5),
        "collectivite" => ("collectiviteDOutreMer", 3..=3),
        _ => return None,
    };
    // Corsica has letters: 2A, 2B, and communes such as 2A004.
    let fits = lengths.contains(&code.len())
        && code
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'A' | b'B'));
    fits.then(|| NamedNode::new_unchecked(format!("{INSEE}{kind}/{code}")))
}

/// Whether a commune's code is that of an arrondissement of Marseille, Lyon or Paris.
fn is_arrondissement_of_a_city(code: &str) -> bool {
    let number = |city: &str| code.strip_prefix(city)?.parse().ok();
    let within = |city: &str, numbers: std::ops::RangeInclusive<u8>| {
        code.len() == 5 && number(city).is_some_and(|number: u8| numbers.contains(&number))
    };
    within("132", 1..=16) || within("6938", 1..=9) || within("751", 1..=20)
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
            (
                "fr:commune:75111",
                Some("http://id.insee.fr/geo/arrondissementMunicipal/75111"),
            ),
            (
                "fr:commune:75056",
                Some("http://id.insee.fr/geo/commune/75056"),
            ),
            (
                "fr:arrondissement:2A1",
                Some("http://id.insee.fr/geo/arrondissement/2A1"),
            ),
            (
                "fr:collectivite:975",
                Some("http://id.insee.fr/geo/collectiviteDOutreMer/975"),
            ),
            (
                "country-subset:fr:metro",
                Some("http://id.insee.fr/geo/territoireFrancais/franceMetropolitaine"),
            ),
            ("fr:epci:244900015", None),
            ("fr:canton:4903", None),
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
