//! The dcat:CatalogRecord of a record. Its dates are the ledger's and are added when it is served.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::field::Field;
use super::page::under;
use crate::dcat::Describe;
use crate::rdf::iri::clean;
use crate::rdf::vocab::{dcat, dct, foaf};
use crate::record::RecordId;
use crate::source::Context;

/// The profile that the catalogue record says the description follows.
const PROFILE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("https://semiceu.github.io/DCAT-AP/releases/3.0.1/");

/// What a catalogue record is about and where it was read.
pub(super) struct Entry<'a> {
    /// The record.
    pub(super) id: &'a RecordId,
    /// The portal's identifier of it.
    pub(super) identifier: &'a str,
    /// Its address in the API, as sent.
    pub(super) uri: &'a Field<String>,
    /// Where that is sent.
    pub(super) field: &'a str,
    /// The address in the API below the portal's root, where none is sent.
    pub(super) path: &'a [&'a str],
}

/// Writes the catalogue record; gives it back, for what else is known of it.
pub(super) fn describe<'a>(
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
