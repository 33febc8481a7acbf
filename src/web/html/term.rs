//! What terms are called that no vocabulary of the program has: reference systems, representations of
//! space, the ways in which things are related.

use super::text::Language;
use crate::rdf::vocab::{dcat, dct};

/// Coordinate reference systems by their code at EPSG (<https://epsg.org/>), those of France and of Europe
/// first of all; a system has one name in all languages.
const SYSTEMS: [(&str, &str); 36] = [
    ("2154", "RGF93 v1 / Lambert-93"),
    ("2970", "Guadeloupe 1948 / UTM zone 20N"),
    ("2972", "RGFG95 / UTM zone 22N"),
    ("2975", "RGR92 / UTM zone 40S"),
    ("3034", "ETRS89-extended / LCC Europe"),
    ("3035", "ETRS89-extended / LAEA Europe"),
    ("3163", "RGNC91-93 / Lambert New Caledonia"),
    ("3297", "RGPF / UTM zone 6S"),
    ("3857", "WGS 84 / Pseudo-Mercator"),
    ("3942", "RGF93 v1 / CC42"),
    ("3943", "RGF93 v1 / CC43"),
    ("3944", "RGF93 v1 / CC44"),
    ("3945", "RGF93 v1 / CC45"),
    ("3946", "RGF93 v1 / CC46"),
    ("3947", "RGF93 v1 / CC47"),
    ("3948", "RGF93 v1 / CC48"),
    ("3949", "RGF93 v1 / CC49"),
    ("3950", "RGF93 v1 / CC50"),
    ("4171", "RGF93 v1"),
    ("4230", "ED50"),
    ("4258", "ETRS89"),
    ("4275", "NTF"),
    ("4326", "WGS 84"),
    ("4467", "RGSPM06 / UTM zone 21N"),
    ("4471", "RGM04 / UTM zone 38S"),
    ("4979", "WGS 84 (3D)"),
    ("5490", "RGAF09 / UTM zone 20N"),
    ("5698", "RGF93 v1 / Lambert-93 + NGF-IGN69 height"),
    ("25830", "ETRS89 / UTM zone 30N"),
    ("25831", "ETRS89 / UTM zone 31N"),
    ("25832", "ETRS89 / UTM zone 32N"),
    ("27572", "NTF (Paris) / Lambert zone II"),
    ("32620", "WGS 84 / UTM zone 20N"),
    ("32630", "WGS 84 / UTM zone 30N"),
    ("32631", "WGS 84 / UTM zone 31N"),
    ("32632", "WGS 84 / UTM zone 32N"),
];

/// `EPSG:2154 (RGF93 v1 / Lambert-93)`, of the address or the URN that the OGC gives to a reference system
/// (<https://docs.ogc.org/pol/09-048r5.html>); nothing for any other IRI.
pub(super) fn reference_system(iri: &str) -> Option<String> {
    let (path, between) = match iri.strip_prefix("urn:ogc:def:crs:") {
        Some(name) => (name, ':'),
        None => (iri.split_once("opengis.net/def/crs/")?.1, '/'),
    };
    let mut parts = path.trim_end_matches('/').split(between);
    let (register, code) = (parts.next()?, parts.next_back()?);
    let sound = |text: &str| {
        !text.is_empty() && text.len() <= 20 && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if !sound(register) || !sound(code) {
        return None;
    }
    let name = SYSTEMS
        .iter()
        .find(|(known, _)| register.eq_ignore_ascii_case("EPSG") && *known == code);
    Some(match name {
        Some((_, name)) => format!("{register}:{code} ({name})"),
        None => format!("{register}:{code}"),
    })
}

/// A way to represent space, of the code list of INSPIRE and ISO 19115; nothing for any other IRI.
pub(super) fn representation(iri: &str, language: Language) -> Option<&'static str> {
    let (list, code) = iri.rsplit_once(['/', '#'])?;
    if !list.contains("SpatialRepresentationType") {
        return None;
    }
    let (french, english) = match code {
        "grid" => ("Grille (raster)", "Grid (raster)"),
        "stereoModel" => ("Modèle stéréoscopique", "Stereo model"),
        "textTable" => ("Texte ou tableau", "Text or table"),
        "tin" => ("Réseau de triangles (TIN)", "Triangulated network (TIN)"),
        "vector" => ("Vecteur", "Vector"),
        "video" => ("Vidéo", "Video"),
        _ => return None,
    };
    Some(language.either(french, english))
}

/// What a property that leads to a related resource is called.
pub(super) fn relation(property: &str, language: Language) -> &'static str {
    let is = |one: oxigraph::model::NamedNodeRef<'_>| one.as_str() == property;
    let (french, english) = if is(dcat::HAS_CURRENT_VERSION) {
        ("Version actuelle", "Current version")
    } else if is(dcat::HAS_VERSION) || is(dct::HAS_VERSION) {
        ("Autres versions", "Other versions")
    } else if is(dcat::IS_VERSION_OF) || is(dct::IS_VERSION_OF) {
        ("Version de", "Version of")
    } else if is(dcat::PREVIOUS_VERSION) {
        ("Version précédente", "Previous version")
    } else if is(dct::REPLACES) {
        ("Remplace", "Replaces")
    } else if is(dct::IS_REPLACED_BY) {
        ("Remplacé par", "Replaced by")
    } else if is(dcat::PREV) {
        ("Précédent dans la série", "Previous in the series")
    } else if is(dcat::NEXT) {
        ("Suivant dans la série", "Next in the series")
    } else if is(dcat::FIRST) {
        ("Premier de la série", "First of the series")
    } else if is(dcat::LAST) {
        ("Dernier de la série", "Last of the series")
    } else if is(dct::SOURCE) {
        ("Tiré de", "Source")
    } else if is(dct::IS_PART_OF) {
        ("Fait partie de", "Part of")
    } else if is(dct::HAS_PART) {
        ("Comprend", "Has part")
    } else if is(dct::REQUIRES) {
        ("Nécessite", "Requires")
    } else if is(dct::IS_REQUIRED_BY) {
        ("Nécessaire à", "Required by")
    } else if is(dct::REFERENCES) {
        ("Cite", "References")
    } else if is(dct::IS_REFERENCED_BY) {
        ("Cité par", "Referenced by")
    } else {
        ("Ressources liées", "Related resources")
    };
    language.either(french, english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reference_systems_are_known_by_address_and_urn() {
        for (iri, shown) in [
            (
                "http://www.opengis.net/def/crs/EPSG/0/2154",
                "EPSG:2154 (RGF93 v1 / Lambert-93)",
            ),
            ("urn:ogc:def:crs:EPSG::4326", "EPSG:4326 (WGS 84)"),
            ("https://www.opengis.net/def/crs/EPSG/0/2056/", "EPSG:2056"),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84"),
        ] {
            assert_eq!(reference_system(iri).as_deref(), Some(shown), "{iri}");
        }
        for other in [
            "http://www.opengis.net/def/crs/",
            "http://www.opengis.net/def/crs/EPSG",
            "urn:ogc:def:crs:EPSG",
            "https://e.org/schema",
            "urn:ogc:def:crs:EPSG::<b>",
        ] {
            assert_eq!(reference_system(other), None, "{other}");
        }
    }

    #[test]
    fn representations_are_those_of_the_code_list_only() {
        let list = "http://inspire.ec.europa.eu/metadata-codelist/SpatialRepresentationType";
        let french = |iri: &str| representation(iri, Language::Fr);
        assert_eq!(french(&format!("{list}/vector")), Some("Vecteur"));
        assert_eq!(french(&format!("{list}/other")), None);
        assert_eq!(french("https://e.org/vector"), None);
    }
}
