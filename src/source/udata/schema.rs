//! The schema that a dataset or resource follows, as `dct:conformsTo`.

use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::dct;

use super::payload::Schema;

/// Writes the schema: its address where the portal gives one, else its page in the French schema
/// register (<https://schema.data.gouv.fr/>), by whose names (`etalab/schema-lieux`) udata calls it. The
/// version stays out: only some have a page of their own.
pub(super) fn describe(schema: &Schema, field: &str, about: &mut Describe<'_>) {
    let name = schema.name.text(&format!("{field}.name"), about.findings());
    if let Some(url) = schema.url.text(&format!("{field}.url"), about.findings()) {
        about.iri(dct::CONFORMS_TO, url, &format!("{field}.url"));
    } else if let Some(name) = name {
        if is_register_name(name) {
            about.iri(
                dct::CONFORMS_TO,
                &format!("https://schema.data.gouv.fr/{name}/"),
                &format!("{field}.name"),
            );
        } else {
            about.find(
                Code::ValueUnknown,
                &format!("{field}.name"),
                "left out: it is no name of the register",
                name,
            );
            about.origin(dct::CONFORMS_TO, name);
        }
    }
}

/// Whether a text is `owner/name`.
fn is_register_name(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && !word.starts_with('.')
            && word
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    name.split_once('/')
        .is_some_and(|(owner, name)| is_word(owner) && is_word(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_register_have_an_owner() {
        assert!(is_register_name("etalab/schema-irve-statique"));
        for bad in ["schema", "a/b/c", "/x", "a/../b", "a/ b"] {
            assert!(!is_register_name(bad), "{bad}");
        }
    }
}
