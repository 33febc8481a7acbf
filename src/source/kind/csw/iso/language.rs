//! Codes of languages, as records write them, as tags of BCP 47.
//!
//! Records have codes of ISO 639-2, bibliographic (`fre`) or terminological (`fra`), of ISO 639-1, or
//! words. A tag has two letters where ISO 639-1 has any (<https://www.rfc-editor.org/info/bcp47>).

use std::collections::HashMap;
use std::sync::LazyLock;

use oxigraph::model::{NamedOrBlankNode, Term};

use crate::rdf::vocab::skos;
use crate::vocabulary::{Alignment, Vocabularies};

/// What a record writes for a language, without what some profiles append (`eng; CAN`, `fr-CH`).
pub(super) fn bare(code: &str) -> &str {
    let end = code.find([';', ',', '-', '_']).unwrap_or(code.len());
    code.get(..end).unwrap_or(code).trim()
}

/// The tag of a language; `None` where the code is in no list.
pub(super) fn tag(code: &str) -> Option<&'static str> {
    let concept = Vocabularies::builtin().align(Alignment::Language, bare(code))?;
    TAGS.get(concept.as_str()).map(String::as_str)
}

/// The tags of the concepts of the EU's list.
static TAGS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut tags: HashMap<String, String> = HashMap::new();
    for triple in Vocabularies::builtin().triples() {
        let (NamedOrBlankNode::NamedNode(concept), Term::Literal(code)) =
            (&triple.subject, &triple.object)
        else {
            continue;
        };
        if triple.predicate != skos::NOTATION {
            continue;
        }
        match code.datatype().as_str().rsplit('#').next() {
            // Two letters count more than three.
            Some("ISO_639_1") => {
                tags.insert(concept.as_str().to_owned(), code.value().to_owned());
            }
            Some("ISO_639_3") => {
                let three = code.value().to_owned();
                tags.entry(concept.as_str().to_owned()).or_insert(three);
            }
            _ => {}
        }
    }
    tags
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_part_of_iso_639_give_one_tag() {
        for (code, expected) in [
            ("fre", Some("fr")),
            ("fra", Some("fr")),
            ("fr", Some("fr")),
            ("FR", Some("fr")),
            ("ger", Some("de")),
            ("dut", Some("nl")),
            ("roh", Some("rm")),
            ("eng; CAN", Some("en")),
            ("fr-CH", Some("fr")),
            ("anyValidURI", None),
            ("", None),
        ] {
            assert_eq!(tag(code), expected, "{code}");
        }
    }
}
