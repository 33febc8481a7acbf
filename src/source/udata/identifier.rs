//! The names that a dataset has elsewhere: the portal's own, those of the portal it comes from, its DOI.
//!
//! `dct:identifier` has the plain identifiers, `adms:identifier` one node for each other name; a name
//! that is an IRI has the datatype xsd:anyURI. `GET /resolve` finds the dataset by any of them.

use std::collections::BTreeMap;

use oxigraph::model::Literal;

use super::extras::Extras;
use super::page::absolute;
use super::payload::Dataset;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::{adms, dct, skos, xsd};
use crate::source::Context;

/// Keys of `extras` that hold a name: the one of the CKAN portal that data.gouv.fr once was, those of
/// INSPIRE metadata, and (on portals of 2019 and before) that of the harvested portal.
const EXTRAS: [&str; 4] = [
    "datagouv_ckan_id",
    "harvest:remote_id",
    "inspire:identifier",
    "inspire:resource_identifier",
];

/// Writes the identifiers of a dataset whose own is `identifier`.
pub(super) fn describe(
    record: &Dataset,
    identifier: &str,
    extras: &Extras<'_>,
    dataset: &mut Describe<'_>,
) {
    dataset.token(dct::IDENTIFIER, identifier, "id");
    let mut others: BTreeMap<String, Literal> = BTreeMap::new();
    let mut add = |name: &str| {
        let literal = notation(name);
        others.insert(literal.value().to_owned(), literal);
    };
    for (field, name) in [(&record.page, "page"), (&record.uri, "uri")] {
        if let Some(address) = field.text(name, dataset.findings()) {
            add(address);
        }
    }
    let harvest = record.harvest.peek();
    if let Some(harvest) = harvest {
        if let Some(value) = harvest
            .dct_identifier
            .text("harvest.dct_identifier", dataset.findings())
        {
            dataset.token(dct::IDENTIFIER, value, "harvest.dct_identifier");
        }
        for (field, name) in [
            (&harvest.uri, "harvest.uri"),
            (&harvest.remote_id, "harvest.remote_id"),
        ] {
            if let Some(value) = field.text(name, dataset.findings()) {
                add(value);
            }
        }
    }
    for key in EXTRAS {
        if let Some(value) = extras.text(key, dataset) {
            add(value);
        }
    }
    let dois = [
        (Some(&record.doi), "doi"),
        (harvest.map(|harvest| &harvest.doi), "harvest.doi"),
    ];
    for (field, name) in dois {
        let Some(value) = field.and_then(|field| field.text(name, dataset.findings())) else {
            continue;
        };
        if let Some(address) = doi(value) {
            add(&address);
        } else {
            dataset.find(
                Code::IdentifierInvalid,
                name,
                "kept as it came: it is no DOI",
                value,
            );
            add(value);
        }
    }
    for literal in others.into_values() {
        node(literal, dataset);
    }
}

/// Writes other names of a record, the addresses of its page and in the API for example, as
/// `adms:identifier`, each once.
pub(super) fn others(names: &[Option<&str>], context: &Context<'_>, about: &mut Describe<'_>) {
    let mut others: BTreeMap<String, Literal> = BTreeMap::new();
    for name in names.iter().flatten() {
        let literal = notation(&absolute(name, context));
        others.insert(literal.value().to_owned(), literal);
    }
    for literal in others.into_values() {
        node(literal, about);
    }
}

fn node(notation: Literal, about: &mut Describe<'_>) {
    about
        .node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS)
        .literal(skos::NOTATION, notation);
}

/// A name as literal: xsd:anyURI where it is an IRI as it stands, or a web address that could be
/// repaired; else plain.
fn notation(name: &str) -> Literal {
    match clean(name) {
        Cleaned::Kept(iri) => Literal::new_typed_literal(iri.into_string(), xsd::ANY_URI),
        Cleaned::Repaired(iri) if iri.as_str().starts_with("http") => {
            Literal::new_typed_literal(iri.into_string(), xsd::ANY_URI)
        }
        Cleaned::Repaired(_) | Cleaned::Refused(_) => Literal::new_simple_literal(
            name.chars().filter(|c| !c.is_control()).collect::<String>(),
        ),
    }
}

/// The address of a DOI (<https://www.doi.org/the-identifier/resources/handbook/>) however it is written.
fn doi(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi:",
    ]
    .into_iter()
    .find(|start| lower.starts_with(start))
    .map_or(0, str::len);
    let name = text.get(start..)?.trim();
    let (prefix, suffix) = name.strip_prefix("10.")?.split_once('/')?;
    let fits = prefix.len() >= 4
        && prefix.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty();
    fits.then(|| format!("https://doi.org/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dois_are_recognised_however_written() {
        for written in [
            "10.5281/zenodo.1",
            "doi:10.5281/zenodo.1",
            "https://dx.doi.org/10.5281/zenodo.1",
        ] {
            assert_eq!(
                doi(written).as_deref(),
                Some("https://doi.org/10.5281/zenodo.1"),
                "{written}"
            );
        }
        for bad in ["zenodo.1", "10.5281", "https://doi.org/", "10.x/1"] {
            assert_eq!(doi(bad), None, "{bad}");
        }
    }
}
