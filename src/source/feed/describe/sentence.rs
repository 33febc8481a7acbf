//! Texts that were taken as relative addresses: of a `data.json`, whose context says that a licence is an IRI,
//! of Turtle with brackets around a word. They are texts again, and are read like those.
//!
//! What a document resolves against its own address is told from what it means to be there by how it reads:
//! a sentence, an e-mail address, a code where a code belongs. A path stays one.

use std::collections::HashSet;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use percent_encoding::percent_decode_str;

use crate::rdf::iri::NOWHERE;
use crate::rdf::vocab::{dcat, dcatap, dct, foaf, rdf, vcard};
use crate::source::feed::payload::Head;

/// Properties whose values are codes and words as often as addresses, and never a page of the feed's site.
const CODES: [NamedNodeRef<'static>; 15] = [
    dcat::COMPRESS_FORMAT,
    dcat::MEDIA_TYPE,
    dcat::PACKAGE_FORMAT,
    dcat::THEME,
    dcatap::AVAILABILITY,
    dct::ACCESS_RIGHTS,
    dct::ACCRUAL_PERIODICITY,
    dct::CONFORMS_TO,
    dct::FORMAT,
    dct::IS_PART_OF,
    dct::LANGUAGE,
    dct::LICENSE,
    dct::RIGHTS,
    dct::SPATIAL,
    dct::TYPE,
];

/// Properties of e-mail addresses and telephone numbers.
const REACHED: [NamedNodeRef<'static>; 4] = [
    foaf::MBOX,
    foaf::PHONE,
    vcard::HAS_EMAIL,
    vcard::HAS_TELEPHONE,
];

/// Makes texts again of what was taken as addresses.
pub(super) fn translate(triples: &mut [Triple], head: &Head) {
    let folder = head.base.as_deref().and_then(folder);
    let described: HashSet<NamedOrBlankNode> = triples
        .iter()
        .map(|triple| triple.subject.clone())
        .collect();
    for triple in triples {
        let property = triple.predicate.as_ref();
        let Term::NamedNode(node) = &triple.object else {
            continue;
        };
        if property == rdf::TYPE || described.contains(&NamedOrBlankNode::from(node.clone())) {
            continue;
        }
        if let Some(text) = text(node, property, folder) {
            triple.object = Literal::new_simple_literal(text).into();
        }
    }
}

/// The folder of a document, with the slash at its end.
fn folder(base: &str) -> Option<&str> {
    let path = base.split(['?', '#']).next()?;
    path.get(..=path.rfind('/')?)
}

/// The text that an address was made of; none where it is one.
fn text(node: &NamedNode, property: NamedNodeRef<'_>, folder: Option<&str>) -> Option<String> {
    let (rest, is_nowhere) = match node.as_str().strip_prefix(NOWHERE) {
        Some(rest) => (rest, true),
        None => (node.as_str().strip_prefix(folder?)?, false),
    };
    let text = percent_decode_str(rest).decode_utf8().ok()?;
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if REACHED.contains(&property) {
        let is_number = text.chars().filter(char::is_ascii_digit).count() > 3;
        return (text.contains('@') || is_number).then(|| text.to_owned());
    }
    let is_markup = text.contains('<');
    let is_path = (text.contains('/') || has_ending(text)) && !is_markup;
    let is_sentence = is_markup || (text.contains(char::is_whitespace) && !is_path);
    let is_code = is_nowhere && !is_path && CODES.contains(&property);
    (is_sentence || is_code).then(|| text.to_owned())
}

/// Whether a text ends as the name of a file does.
fn has_ending(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && (2..=8).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && ending.bytes().any(|b| b.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_no_path_and_a_path_no_sentence() {
        let of = |iri: &str, property: NamedNodeRef<'_>| {
            let node = NamedNode::new_unchecked(iri);
            text(&node, property, folder("https://e.org/data/feed.json"))
        };
        for (iri, property, read) in [
            (
                "https://document.invalid/Public%20Domain",
                dct::LICENSE,
                Some("Public Domain"),
            ),
            (
                "https://document.invalid/CC0-1.0",
                dct::LICENSE,
                Some("CC0-1.0"),
            ),
            (
                "https://document.invalid/%3Cp%3ETerms%3C/p%3E",
                dct::LICENSE,
                Some("<p>Terms</p>"),
            ),
            ("https://document.invalid/licence/lov2", dct::LICENSE, None),
            ("https://document.invalid/f.csv", dcat::ACCESS_URL, None),
            (
                "https://document.invalid/my%20file.csv",
                dcat::ACCESS_URL,
                None,
            ),
            (
                "https://document.invalid/see%20the%20manual",
                dcat::ACCESS_URL,
                Some("see the manual"),
            ),
            (
                "https://document.invalid/a@b.example",
                vcard::HAS_EMAIL,
                Some("a@b.example"),
            ),
            (
                "https://e.org/data/a%40b.example",
                vcard::HAS_EMAIL,
                Some("a@b.example"),
            ),
            (
                "https://e.org/data/Terms%20of%20use",
                dct::LICENSE,
                Some("Terms of use"),
            ),
            // On the feed's own site a word may be a page.
            ("https://e.org/data/licence", dct::LICENSE, None),
            (
                "https://elsewhere.org/data/Terms%20of%20use",
                dct::LICENSE,
                None,
            ),
        ] {
            assert_eq!(of(iri, property).as_deref(), read, "{iri}");
        }
    }
}
