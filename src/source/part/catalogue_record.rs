//! The dcat:CatalogRecord of a record. Its dates are the ledger's and are added when it is served.

use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::dcat::Describe;
use crate::rdf::iri::clean;
use crate::rdf::vocab::{dcat, dct, foaf};
use crate::record::RecordId;
use crate::source::contract::Context;
use crate::source::value::field::Field;
use crate::source::value::page::under;

/// The profile that the catalogue record says the description follows.
const PROFILE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("https://semiceu.github.io/DCAT-AP/releases/3.0.1/");

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
    let mut record = about.about(
        context.base.catalogue_record(entry.id),
        dcat::CATALOG_RECORD,
    );
    record
        .link(foaf::PRIMARY_TOPIC, topic)
        .link(dct::CONFORMS_TO, PROFILE.into_owned())
        .link(dct::SOURCE, source)
        .token(dct::IDENTIFIER, entry.identifier, "id");
    record
}
