//! The dcat:CatalogRecord of a record. Its dates are the ledger's and are added when it is served.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use crate::dcat::Describe;
use crate::rdf::iri::clean;
use crate::rdf::vocab::{dcat, dct, foaf, prov, rdfs};
use crate::record::RecordId;
use crate::source::contract::Context;
use crate::source::value::field::Field;
use crate::source::value::page::under;

/// The profile that the catalogue record says the description follows.
const PROFILE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("https://semiceu.github.io/DCAT-AP/releases/3.0.1/");

/// What the catalogue record of a service says that Moisson derived, by language.
const DERIVED: [(&str, &str); 2] = [
    (
        "fr",
        "Service déduit des adresses que donne le portail, qui n’en a pas de notice.",
    ),
    (
        "en",
        "Service derived from addresses that the portal gives: it has no record of it.",
    ),
];

/// What the catalogue record of a service says that a dataset's record describes, by language.
const WITHIN: [(&str, &str); 2] = [
    (
        "fr",
        "Service décrit dans la notice d’un jeu de données : il n’a pas de notice propre sur le portail.",
    ),
    (
        "en",
        "Service described in the record of a dataset: it has none of its own on the portal.",
    ),
];

/// What a catalogue record is about and where it was read.
pub(in crate::source) struct Entry<'a> {
    /// The record.
    pub(in crate::source) id: &'a RecordId,
    /// The portal's identifier of it.
    pub(in crate::source) identifier: &'a str,
    /// Its address in the API, as sent.
    pub(in crate::source) uri: &'a Field<String>,
    /// Where that is sent.
    pub(in crate::source) field: &'a str,
    /// The address in the API below the portal's root, where none is sent.
    pub(in crate::source) path: &'a [&'a str],
}

/// Writes the catalogue record; gives it back, for what else is known of it.
pub(in crate::source) fn describe<'a>(
    entry: &Entry<'_>,
    context: &Context<'_>,
    about: &'a mut Describe<'_>,
) -> Describe<'a> {
    let uri = entry.uri.text(entry.field, about.findings());
    let source = uri
        .and_then(|uri| clean(uri).into_iri())
        .unwrap_or_else(|| NamedNode::new_unchecked(under(context, entry.path)));
    let topic = context.base.record(entry.id);
    // DCAT-AP wants of a catalogue record that is named as source to be dated: where the portal gives no date
    // at all, its own is no more than an address.
    let is_dated = |date| about.graph().objects(&topic, date).next().is_some();
    let property = if is_dated(dct::MODIFIED) || is_dated(dct::ISSUED) {
        dct::SOURCE
    } else {
        rdfs::SEE_ALSO
    };
    let mut record = about.about(
        context.base.catalogue_record(entry.id),
        dcat::CATALOG_RECORD,
    );
    record
        .link(foaf::PRIMARY_TOPIC, topic)
        .link(dct::CONFORMS_TO, PROFILE.into_owned())
        .link(property, source)
        .token(dct::IDENTIFIER, entry.identifier, "id");
    record
}

/// Writes the catalogue record of a service that the portal has no record of: it was derived from the
/// addresses in the record of the dataset `served`, or, of a service of the whole portal, from that of the portal.
pub(in crate::source) fn derived(
    id: &RecordId,
    served: Option<&NamedNode>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let from = match served {
        Some(dataset) => context.base.dataset_record(dataset),
        None => Some(context.base.portal(context.portal)),
    };
    let mut record = beside(id, &DERIVED, context, about);
    if let Some(from) = from {
        record.link(prov::WAS_DERIVED_FROM, from);
    }
}

/// Writes the catalogue record of a service that is described in the record of a dataset alone.
pub(in crate::source) fn within(id: &RecordId, context: &Context<'_>, about: &mut Describe<'_>) {
    beside(id, &WITHIN, context, about);
}

/// A catalogue record that no record of the portal stands behind, with what it says of itself.
fn beside<'a>(
    id: &RecordId,
    words: &[(&str, &str)],
    context: &Context<'_>,
    about: &'a mut Describe<'_>,
) -> Describe<'a> {
    let topic = context.base.record(id);
    let mut record = about.about(context.base.catalogue_record(id), dcat::CATALOG_RECORD);
    record.link(foaf::PRIMARY_TOPIC, topic);
    for (language, text) in words {
        let text = Literal::new_language_tagged_literal_unchecked(*text, *language);
        record.literal(dct::DESCRIPTION, text);
    }
    record
}
