//! Where the offer of transport is: administrative areas by their code, with the IRI that INSEE or the
//! European Union publish for them, else a location with code and name.
//!
//! # Fields of `area`
//!
//! | field | becomes |
//! |---|---|
//! | `type`, `insee` | `dct:spatial`: an IRI, else the `dct:identifier` of a dct:Location |
//! | `nom`, `name` | `skos:prefLabel` of that location |
//! | `region.insee`, `cities[].insee` | `dct:spatial`, as `insee` |
//! | `cities[].name` | `skos:prefLabel` of that location |
//!
//! # Left out of `area`
//!
//! | field | why |
//! |---|---|
//! | `region.name`, `country.*`, `aom.*` | they say no more than `name` and `type` |

use super::payload::{Area, Covered, Zone};
use crate::dcat::Describe;
use crate::rdf::vocab::{dct, skos};
use crate::source::contract::Context;
use crate::source::part::place;

/// Writes the areas, sent in `covered_area`.
pub(super) fn describe(covered: &Covered, context: &Context<'_>, about: &mut Describe<'_>) {
    match covered {
        Covered::One(one) => area(one, "covered_area", context, about),
        Covered::Areas(areas) => {
            for (position, sent) in areas.iter().enumerate() {
                let field = format!("covered_area[{position}]");
                if let Some(sent) = sent.read(&field, about.findings()) {
                    area(sent, &field, context, about);
                }
            }
        }
    }
}

fn area(area: &Area, field: &str, context: &Context<'_>, about: &mut Describe<'_>) {
    let at = |name: &str| format!("{field}.{name}");
    let kind = area
        .kind
        .text(&at("type"), about.findings())
        .unwrap_or_default();
    let insee = area.insee.text(&at("insee"), about.findings());
    let nom = area.nom.text(&at("nom"), about.findings());
    let name = nom.or(area.name.text(&at("name"), about.findings()));
    let region = area.region.read(&at("region"), about.findings());
    let code = insee.or(region.and_then(|region| region.insee.peek_text()));
    let cities: Vec<(usize, &Zone)> = area.cities.items(&at("cities"), about.findings()).collect();
    if cities.is_empty() {
        one(kind, code, name, field, context, about);
    }
    for (position, city) in cities {
        let field = format!("{field}.cities[{position}]");
        let insee = city.insee.text(&format!("{field}.insee"), about.findings());
        let name = city.name.text(&format!("{field}.name"), about.findings());
        one("commune", insee, name, &field, context, about);
    }
}

fn one(
    kind: &str,
    code: Option<&str>,
    name: Option<&str>,
    field: &str,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let zone = match kind {
        "country" => Some("country:fr".to_owned()),
        _ => code.map(|code| format!("fr:{kind}:{code}")),
    };
    let zone = zone.as_deref();
    if let Some(iri) = zone.and_then(|zone| place::published(zone, context.vocabularies)) {
        about.link(dct::SPATIAL, iri);
    } else if code.is_some() || name.is_some() {
        about
            .node(dct::SPATIAL, dct::LOCATION)
            .token(dct::IDENTIFIER, code.unwrap_or_default(), field)
            .text(
                skos::PREF_LABEL,
                name.unwrap_or_default(),
                context.language,
                field,
            );
    }
}
