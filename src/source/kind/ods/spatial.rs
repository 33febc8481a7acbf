//! Where a dataset is about.
//!
//! `geographic_reference` has codes of the software's own referential: `world_fr` for a country, then a
//! country, a level and the national code (`fr_40_93` a region, `fr_60_17` a département, `fr_80_17300`
//! a commune). Countries and the French levels whose codes are INSEE's have an IRI; any other is a
//! location with its code, and the name that `territory` has at the same place.
//!
//! DCAT-AP allows one `dcat:bbox` and one `dcat:centroid` a location, so each box is a location.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};
use serde_json::Value;

use super::template::{Template, Templates};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, geodcat, gsp, locn, skos};
use crate::source::part::place;
use crate::source::value::geometry::{Geometry, boxed};
use crate::vocabulary::Vocabularies;

/// Levels of the referential, and what [`place::published`] calls them.
const LEVELS: [(&str, &str); 3] = [("40", "region"), ("60", "departement"), ("80", "commune")];

/// Writes the places of a dataset.
pub(super) fn describe(
    templates: &Templates<'_>,
    language: Option<&str>,
    vocabularies: &Vocabularies,
    dataset: &mut Describe<'_>,
) {
    territories(&templates.default, language, vocabularies, dataset);
    let dcat = &templates.dcat;
    for text in dcat.texts("spatial", dataset.findings()) {
        name_or_address(&text, language, &dcat.at("spatial"), dataset);
    }
    if let Some(value) = templates.default.value("bbox") {
        shape(value, dcat::BBOX, &templates.default.at("bbox"), dataset);
    }
    for template in &templates.dcat_ap {
        for (name, property) in [
            ("spatial_bbox", dcat::BBOX),
            ("spatial_centroid", dcat::CENTROID),
        ] {
            if let Some(value) = template.value(name) {
                shape(value, property, &template.at(name), dataset);
            }
        }
    }
    extent(&templates.inspire, language, dataset);
    let granularity = dcat.text("granularity", dataset.findings());
    dataset.token(
        geodcat::SPATIAL_RESOLUTION_AS_TEXT,
        &granularity.unwrap_or_default(),
        &dcat.at("granularity"),
    );
}

fn territories(
    default: &Template<'_>,
    language: Option<&str>,
    vocabularies: &Vocabularies,
    dataset: &mut Describe<'_>,
) {
    let codes = default.texts("geographic_reference", dataset.findings());
    let names = default.texts("territory", dataset.findings());
    let paired = codes.len() == names.len();
    let field = default.at("geographic_reference");
    for (position, code) in codes.iter().enumerate() {
        if let Some(iri) = published(code, vocabularies) {
            dataset.link(dct::SPATIAL, iri);
            continue;
        }
        let name = names.get(position).filter(|_| paired);
        dataset
            .node(dct::SPATIAL, dct::LOCATION)
            .token(dct::IDENTIFIER, code, &field)
            .text(
                skos::PREF_LABEL,
                name.map_or("", String::as_str),
                language,
                &default.at("territory"),
            );
    }
    if !paired {
        for name in &names {
            name_or_address(name, language, &default.at("territory"), dataset);
        }
    }
}

/// A name is written as it is: normalisation knows those of countries, and makes others a label.
fn name_or_address(text: &str, language: Option<&str>, field: &str, dataset: &mut Describe<'_>) {
    if text.starts_with("http://") || text.starts_with("https://") {
        dataset.iri(dct::SPATIAL, text, field);
    } else {
        dataset.text(dct::SPATIAL, text, language, field);
    }
}

/// The IRI of a code of the referential.
fn published(code: &str, vocabularies: &Vocabularies) -> Option<NamedNode> {
    if let Some(country) = code.strip_prefix("world_") {
        return place::published(&format!("country:{country}"), vocabularies);
    }
    let (level, code) = code.strip_prefix("fr_")?.split_once('_')?;
    let (_, name) = LEVELS.iter().find(|(known, _)| *known == level)?;
    place::published(&format!("fr:{name}:{code}"), vocabularies)
}

/// Writes a box or centre: `GeoJSON` (an object, or one as text), well-known text, or a latitude and
/// longitude with a comma.
fn shape(value: &Value, property: NamedNodeRef<'static>, field: &str, dataset: &mut Describe<'_>) {
    match wkt(value, property) {
        Ok((property, text)) => {
            dataset
                .node(dct::SPATIAL, dct::LOCATION)
                .literal(property, Literal::new_typed_literal(text, gsp::WKT_LITERAL));
        }
        Err(why) => {
            let original = value.to_string();
            dataset.find(
                Code::GeometryInvalid,
                field,
                &format!("left out: {why}"),
                &original,
            );
            dataset.origin(dct::SPATIAL, &original);
        }
    }
}

/// A shape as well-known text, and the property that it has there.
fn wkt(
    value: &Value,
    property: NamedNodeRef<'static>,
) -> Result<(NamedNodeRef<'static>, String), String> {
    // A centre is a latitude and a longitude with a comma.
    let pair = value.as_str().and_then(|text| {
        let numbers: Option<Vec<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
        <[f64; 2]>::try_from(numbers?).ok()
    });
    let read = match pair {
        Some([latitude, longitude]) => Geometry::read(&serde_json::json!({
            "type": "Point", "coordinates": [longitude, latitude]
        })),
        None => Geometry::drawn(value)
            .ok_or("it is no geometry")?
            .map(|(read, _)| read),
    };
    let read = read.map_err(|error| error.to_string())?;
    Ok(match read.bbox {
        Some(bbox) if property == dcat::BBOX => (property, bbox),
        // A point has no box around it.
        None if property == dcat::BBOX => (locn::GEOMETRY, read.wkt),
        _ => (property, read.wkt),
    })
}

/// Writes the box of the INSPIRE template.
fn extent(inspire: &Template<'_>, language: Option<&str>, dataset: &mut Describe<'_>) {
    let field = |side: &str| match side {
        "west" | "east" => format!("extend_bounding_box_{side}bound_longitude"),
        _ => format!("extend_bounding_box_{side}bound_latitude"),
    };
    let sides = ["west", "south", "east", "north"].map(|side| {
        let name = field(side);
        (inspire.text(&name, dataset.findings()), inspire.at(&name))
    });
    let name = inspire.text("extend_description", dataset.findings());
    let is_sent = sides.iter().any(|(side, _)| side.is_some());
    if name.is_none() && !is_sent {
        return;
    }
    let read = sides
        .each_ref()
        .map(|(side, _)| side.as_deref().and_then(|side| side.parse::<f64>().ok()));
    let corners = match read {
        [Some(west), Some(south), Some(east), Some(north)] => {
            let polygon = boxed([west, south, east, north]);
            Geometry::read(&polygon).ok().and_then(|read| read.bbox)
        }
        _ => None,
    };
    if corners.is_none() && is_sent {
        let values: Vec<&str> = sides
            .iter()
            .filter_map(|(side, _)| side.as_deref())
            .collect();
        let field = sides.first().map_or("", |(_, field)| field.as_str());
        let message = "left out: it is no box";
        dataset.find(Code::GeometryInvalid, field, message, &values.join(" "));
    }
    if name.is_none() && corners.is_none() {
        return;
    }
    let mut node = dataset.node(dct::SPATIAL, dct::LOCATION);
    node.text(
        skos::PREF_LABEL,
        &name.unwrap_or_default(),
        language,
        &inspire.at("extend_description"),
    );
    if let Some(corners) = corners {
        node.literal(
            dcat::BBOX,
            Literal::new_typed_literal(corners, gsp::WKT_LITERAL),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn codes_of_the_referential_are_places_that_others_know() {
        for (code, iri) in [
            (
                "world_fr",
                Some("http://publications.europa.eu/resource/authority/country/FRA"),
            ),
            ("fr_40_93", Some("http://id.insee.fr/geo/region/93")),
            ("fr_60_2A", Some("http://id.insee.fr/geo/departement/2A")),
            ("fr_80_17300", Some("http://id.insee.fr/geo/commune/17300")),
            ("fr_70_241700434", None),
            ("fr_40_17300", None),
            ("au_40_1", None),
            ("world_zz", None),
            ("", None),
        ] {
            assert_eq!(
                published(code, Vocabularies::builtin())
                    .as_ref()
                    .map(NamedNode::as_str),
                iri,
                "{code}"
            );
        }
    }

    #[test]
    fn shapes_come_in_several_forms() {
        let square = json!([[[1, 2], [3, 2], [3, 4], [1, 2]]]);
        let polygon = json!({"type": "Polygon", "coordinates": square});
        let around = "POLYGON((1 2,3 2,3 4,1 4,1 2))";
        for (value, property, text) in [
            (polygon.clone(), dcat::BBOX, around),
            (
                json!({"type": "Feature", "geometry": polygon, "properties": {}}),
                dcat::BBOX,
                around,
            ),
            (json!(polygon.to_string()), dcat::BBOX, around),
            (json!("POLYGON((1 2,3 2,3 4,1 2))"), dcat::BBOX, around),
            (json!("46.5, -1.25"), dcat::CENTROID, "POINT(-1.25 46.5)"),
        ] {
            assert_eq!(
                wkt(&value, property),
                Ok((property, text.to_owned())),
                "{value}"
            );
        }
        let point = json!({"type": "Point", "coordinates": [1, 2]});
        assert_eq!(
            wkt(&point, dcat::BBOX),
            Ok((locn::GEOMETRY, "POINT(1 2)".to_owned()))
        );
        for bad in [
            json!("partout"),
            json!("POINT 1 2"),
            json!("POLYGON((1 2"),
            json!("146.5, 2"),
            json!({"type": "Polygon"}),
            json!("{"),
        ] {
            assert!(wkt(&bad, dcat::BBOX).is_err(), "{bad}");
        }
    }
}
