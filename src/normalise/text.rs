//! Texts as RDF has them: languages by the tags of BCP 47, names on one line.
//!
//! A language that is tagged by a code of ISO 639-2 (`fre`, `fra`, `ger`) gets the shorter tag where there
//! is one, as BCP 47 wants it (<https://www.rfc-editor.org/info/bcp47>). Titles, keywords and names are
//! one line: line breaks and runs of spaces in them come from how the source was written.

use oxigraph::model::{Literal, NamedNodeRef, Term};

use crate::dcat::RecordGraph;
use crate::finding::Finding;
use crate::rdf::language;
use crate::rdf::vocab::{dcat, dct, foaf, skos, vcard};
use crate::vocabulary::{Alignment, Vocabularies};

/// The properties whose texts are names.
const NAMES: [NamedNodeRef<'static>; 7] = [
    dct::TITLE,
    dct::ALTERNATIVE,
    dcat::KEYWORD,
    foaf::NAME,
    skos::PREF_LABEL,
    vcard::FN,
    vcard::ORGANIZATION_NAME,
];

pub(super) fn texts(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    for triple in graph.triples_mut() {
        let Term::Literal(literal) = &triple.object else {
            continue;
        };
        let tag = literal
            .language()
            .and_then(|tag| shorter(tag, vocabularies));
        let is_name = NAMES.iter().any(|name| triple.predicate == *name);
        let line = line(literal.value()).filter(|_| is_name);
        if tag.is_none() && line.is_none() {
            continue;
        }
        let value = line.unwrap_or_else(|| literal.value().to_owned());
        let written = match (tag.as_deref().or(literal.language()), literal.datatype()) {
            (Some(tag), _) => language::tagged(value, tag),
            (None, datatype) => Some(Literal::new_typed_literal(value, datatype)),
        };
        if let Some(written) = written {
            triple.object = written.into();
        }
    }
    Vec::new()
}

/// The tag of BCP 47 for one that begins with a code of three letters; `None` where it stays.
fn shorter(tag: &str, vocabularies: &Vocabularies) -> Option<String> {
    let end = tag.find('-').unwrap_or(tag.len());
    let (code, rest) = tag.split_at_checked(end)?;
    if code.len() != 3 {
        return None;
    }
    let concept = vocabularies.align(Alignment::Language, code)?;
    let short = vocabularies.language_tag(concept.as_str())?;
    (short != code).then(|| format!("{short}{rest}"))
}

/// A text on one line; `None` where it is.
fn line(text: &str) -> Option<String> {
    let is_odd = text.contains(['\n', '\r', '\t']) || text.contains("  ");
    is_odd.then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;

    #[test]
    fn languages_get_their_shortest_tag_and_names_one_line() {
        let tagged =
            |value: &str, tag: &str| Literal::new_language_tagged_literal(value, tag).unwrap();
        for (property, sent, written) in [
            (dct::TITLE, tagged("a\n   b", "fre"), tagged("a b", "fr")),
            (dct::TITLE, tagged("a", "fra-CA"), tagged("a", "fr-CA")),
            (dcat::KEYWORD, Literal::from("a\t b"), Literal::from("a b")),
            (
                dct::DESCRIPTION,
                tagged("a\n  b", "ger"),
                tagged("a\n  b", "de"),
            ),
            // There is no shorter tag, or no such language.
            (dct::TITLE, tagged("a", "gsw"), tagged("a", "gsw")),
            (dct::TITLE, tagged("a", "xyz"), tagged("a", "xyz")),
            (dct::TITLE, tagged("a b", "en"), tagged("a b", "en")),
        ] {
            let iri = NamedNode::new_unchecked("http://e/d");
            let mut graph = RecordGraph::new(iri.clone());
            graph.add(iri, property, sent);
            texts(&mut graph, Vocabularies::builtin());
            assert_eq!(graph.triples()[0].object, written.into());
        }
    }
}
