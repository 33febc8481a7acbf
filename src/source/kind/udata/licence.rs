//! The licence of a record. Where it is written is the caller's to know: DCAT-AP has a dataset's on its
//! distributions.

use oxigraph::model::NamedNodeRef;

use super::extras::Extras;
use super::payload::Code;
use crate::dcat::Describe;
use crate::finding;
use crate::rdf::vocab::{dct, rdfs};
use crate::source::contract::Context;
use crate::source::value::field::Field;

/// The licence, sent in `license`, as the portal wrote it, or the one that the configuration assumes.
pub(super) fn read(
    license: &Field<Code>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Option<String> {
    stated(license, about).or_else(|| assumed(context, about))
}

/// The licence that the record states.
pub(super) fn stated(license: &Field<Code>, about: &mut Describe<'_>) -> Option<String> {
    let stated = license.read("license", about.findings()).map(Code::as_str);
    // `notspecified` is udata's own code for none.
    stated
        .filter(|code| !code.is_empty() && *code != "notspecified")
        .map(ToOwned::to_owned)
}

/// The licence that the configuration has for records that state none.
pub(super) fn assumed(context: &Context<'_>, about: &mut Describe<'_>) -> Option<String> {
    let assumed = context.licence?;
    about.find(
        finding::Code::LicenceAssumed,
        "license",
        "taken from the portal's configuration",
        assumed,
    );
    Some(assumed.to_owned())
}

/// Writes a licence or a statement of rights: an address as the IRI that it is, else the words.
pub(super) fn write(property: NamedNodeRef<'_>, text: &str, field: &str, about: &mut Describe<'_>) {
    if text.starts_with("http://") || text.starts_with("https://") {
        about.iri(property, text, field);
    } else {
        about.token(property, text, field);
    }
}

/// Writes what the harvested portal said of rights and of provenance, which udata keeps in
/// `extras.dcat` since it has no fields for it.
pub(super) fn harvested(extras: &Extras<'_>, about: &mut Describe<'_>) {
    for key in ["rights", "accessRights"] {
        for text in extras.dcat(key) {
            let field = extras.at(&format!("dcat.{key}"));
            write(dct::RIGHTS, text, &field, about);
        }
    }
    for text in extras.dcat("provenance") {
        let field = extras.at("dcat.provenance");
        about
            .node(dct::PROVENANCE, dct::PROVENANCE_STATEMENT)
            .token(rdfs::LABEL, text, &field);
    }
}
