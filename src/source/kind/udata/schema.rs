//! The schema that a dataset or resource follows, as `dct:conformsTo`.
//!
//! Its IRI is the address that the portal gives, else its page in the French schema register
//! (<https://schema.data.gouv.fr/>), by whose names (`etalab/schema-lieux`) udata calls it. No record
//! may say anything about that IRI, so name and version stand on a node beside it, a dct:Standard that
//! is a version of it.
//!
//! # Fields of `schema`
//!
//! | field | becomes |
//! |---|---|
//! | `url` | `dct:conformsTo` |
//! | `name` | without `url`, `dct:conformsTo` its page in the register; the `dct:title` of a dct:Standard |
//! | `version` | `dcat:version` of that standard, which `dct:isVersionOf` leads from to the IRI |

use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct};
use crate::source::part::schema::registered;
use crate::source::value::path::FieldPath;

use super::payload::Schema;

/// Writes the schema, which stands in `field`.
pub(super) fn describe(schema: &Schema, field: &str, about: &mut Describe<'_>) {
    let mut path = FieldPath::below(field);
    let name = schema.name.text(path.to("name"), about.findings());
    let url = schema.url.text(path.to("url"), about.findings());
    let version = schema.version.text(path.to("version"), about.findings());
    let [name, url, version] = [name, url, version].map(Option::unwrap_or_default);
    let iri = if url.is_empty() {
        registered(name).inspect(|page| {
            about.link(dct::CONFORMS_TO, page.clone());
        })
    } else {
        about.iri(dct::CONFORMS_TO, url, path.to("url"))
    };
    if iri.is_none() && url.is_empty() && !name.is_empty() {
        about.find(
            Code::ValueUnknown,
            path.to("name"),
            "a standard without address: it is no name of the register",
            name,
        );
    }
    let is_named = !name.is_empty() && (iri.is_none() || !url.is_empty());
    if is_named || (!version.is_empty() && iri.is_some()) {
        let mut standard = about.node(dct::CONFORMS_TO, dct::STANDARD);
        standard.token(dct::TITLE, name, path.to("name"));
        standard.token(dcat::VERSION, version, path.to("version"));
        if let Some(iri) = iri {
            standard.link(dct::IS_VERSION_OF, iri);
        }
    }
}
