//! The names that a dataset has elsewhere: the portal's own, those of the portal it comes from, its DOI.
//!
//! `dct:identifier` has the plain identifiers, `adms:identifier` one node for each other name; a name
//! that is an IRI has the datatype xsd:anyURI. `GET /resolve` finds the dataset by any of them.

use std::collections::BTreeMap;

use oxigraph::model::Literal;

use super::extras::Extras;
use super::payload::Dataset;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::dct;
use crate::source::contract::Context;
use crate::source::part::name::{self, node, notation};
use crate::source::value::doi::doi;
use crate::source::value::page::absolute;

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
    let names: Vec<String> = names
        .iter()
        .flatten()
        .map(|name| absolute(name, context))
        .collect();
    name::write(names.iter().map(String::as_str), about);
}
