//! The names that a package has: the portal's own, and those of where it comes from.
//!
//! `dct:identifier` has plain identifiers, `adms:identifier` a node for each other name. Among them are the
//! address of its page and the IRI that ckanext-dcat makes of it, by which other portals know it.

use std::collections::BTreeMap;

use oxigraph::model::Literal;

use super::fields::{Fields, Sent};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::dct;
use crate::source::contract::Context;
use crate::source::part::name::{node, notation};
use crate::source::value::doi::doi;

/// Other names, as fields or extras.
const OTHERS: [&str; 7] = [
    "uri",
    "dcat_uri",
    "guid",
    "harvest_dataset_url",
    "inspire_identifier",
    "inspire_id",
    "metadata_uri",
];

/// Writes the names of the package that the portal calls `identifier` and shows at `pages`.
pub(super) fn describe(
    record: &Fields<'_>,
    identifier: &str,
    pages: &[&str],
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) {
    dataset.token(dct::IDENTIFIER, identifier, "id");
    let mut others: BTreeMap<String, Literal> = BTreeMap::new();
    let mut add = |name: &str| {
        let literal = notation(name);
        others.insert(literal.value().to_owned(), literal);
    };
    for page in pages {
        add(page);
    }
    add(&super::page(context, &["dataset", identifier]));
    if let Some(sent) = record.find("identifier") {
        let text = sent.text(dataset.findings()).unwrap_or_default();
        dataset.token(dct::IDENTIFIER, &text, &sent.field);
        if let Some(address) = doi(&text) {
            add(&address);
        }
    }
    for sent in record.all(&OTHERS) {
        if let Some(text) = sent.text(dataset.findings()) {
            add(&text);
        }
    }
    let alternates = record.find("alternate_identifier");
    for sent in alternates.into_iter().flat_map(Sent::items) {
        if let Some(text) = sent.text(dataset.findings()) {
            add(&doi(&text).unwrap_or_else(|| text.into_owned()));
        }
    }
    if let Some(sent) = record.find("doi") {
        let text = sent
            .text(dataset.findings())
            .unwrap_or_default()
            .into_owned();
        if let Some(address) = doi(&text) {
            add(&address);
        } else {
            let message = "kept as it came: it is no DOI";
            dataset.find(Code::IdentifierInvalid, &sent.field, message, &text);
            add(&text);
        }
    }
    for literal in others.into_values() {
        node(literal, dataset);
    }
}
