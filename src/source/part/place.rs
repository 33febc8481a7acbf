//! The IRIs that others publish for places: countries in the EU country list, French territories by
//! INSEE (`http://id.insee.fr/geo/region/93`).
//!
//! Places are called as udata does, `fr:region:93`, `country:fr`. INSEE names intercommunalités and
//! cantons by identifiers that no code leads to: those have no IRI here.

use oxigraph::model::NamedNode;

use crate::vocabulary::{Alignment, Vocabularies};

/// What INSEE's IRIs of French Republic territories begin with.
pub(in crate::source) const INSEE: &str = "http://id.insee.fr/geo/";

/// The IRI that the European Union or INSEE publish for a zone.
pub(in crate::source) fn published(zone: &str, vocabularies: &Vocabularies) -> Option<NamedNode> {
    if let Some(country) = zone.strip_prefix("country:") {
        return vocabularies
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
                published(zone, Vocabularies::builtin())
                    .as_ref()
                    .map(NamedNode::as_str),
                iri,
                "{zone}"
            );
        }
    }
}
