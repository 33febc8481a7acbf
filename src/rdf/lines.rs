//! Reads canonical N-Triples back: what [`super::canon`] wrote, and nothing else.
//!
//! Descriptions are read far more often than written, so this takes what the canonical form promises
//! (one space between terms, one way to escape) instead of the whole grammar, and does not check IRIs
//! again: they were when they were written.

use memchr::memchr3;
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use thiserror::Error;

/// Text that is no canonical N-Triples.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {0} is no canonical triple")]
pub struct NotCanonical(usize);

/// The triples of a canonical text.
///
/// # Errors
/// [`NotCanonical`] with the first line that is none.
pub fn parse(text: &str) -> Result<Vec<Triple>, NotCanonical> {
    let mut triples = Vec::with_capacity(text.len() / 128);
    for (index, line) in text.split_terminator('\n').enumerate() {
        triples.push(triple(line).ok_or(NotCanonical(index + 1))?);
    }
    Ok(triples)
}

fn triple(line: &str) -> Option<Triple> {
    let (subject, rest) = line.split_once(' ')?;
    let (predicate, rest) = rest.split_once(' ')?;
    let subject = match subject.strip_prefix("_:") {
        Some(label) => NamedOrBlankNode::from(BlankNode::new_unchecked(label)),
        None => iri(subject)?.into(),
    };
    let object = object(rest.strip_suffix(" .")?)?;
    Some(Triple::new(subject, iri(predicate)?, object))
}

fn iri(term: &str) -> Option<NamedNode> {
    let iri = term.strip_prefix('<')?.strip_suffix('>')?;
    memchr3(b' ', b'<', b'>', iri.as_bytes())
        .is_none()
        .then(|| NamedNode::new_unchecked(iri))
}

fn object(term: &str) -> Option<Term> {
    if let Some(label) = term.strip_prefix("_:") {
        return (!label.contains(' ')).then(|| BlankNode::new_unchecked(label).into());
    }
    let Some(rest) = term.strip_prefix('"') else {
        return iri(term).map(Term::from);
    };
    // Neither a language nor an IRI has a quote, so the last one ends the value.
    let (value, suffix) = rest.rsplit_once('"')?;
    let value = unescaped(value)?;
    let literal = if suffix.is_empty() {
        Literal::new_simple_literal(value)
    } else if let Some(language) = suffix.strip_prefix('@') {
        Literal::new_language_tagged_literal_unchecked(value, language)
    } else {
        Literal::new_typed_literal(value, iri(suffix.strip_prefix("^^")?)?)
    };
    Some(literal.into())
}

fn unescaped(value: &str) -> Option<String> {
    let mut text = String::with_capacity(value.len());
    let mut parts = value.split('\\');
    text.push_str(parts.next()?);
    while let Some(part) = parts.next() {
        let mut letters = part.chars();
        match letters.next() {
            // Two backslashes in a row: what follows the second is plain.
            None => {
                text.push('\\');
                text.push_str(parts.next()?);
                continue;
            }
            Some('t') => text.push('\t'),
            Some('b') => text.push('\u{8}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('f') => text.push('\u{c}'),
            Some('"') => text.push('"'),
            Some('u') => {
                let (digits, rest) = letters.as_str().split_at_checked(4)?;
                text.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                letters = rest.chars();
            }
            Some(_) => return None,
        }
        text.push_str(letters.as_str());
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::canon::canonicalise;
    use oxigraph::io::{RdfFormat, RdfParser};
    use proptest::prelude::*;

    fn with_oxttl(text: &str) -> Option<Vec<Triple>> {
        RdfParser::from_format(RdfFormat::NTriples)
            .for_slice(text)
            .map(|quad| quad.map(Triple::from))
            .collect::<Result<_, _>>()
            .ok()
    }

    #[test]
    fn what_is_not_canonical_is_refused_with_its_line() {
        let good = "<http://e/s> <http://e/p> \"o\" .\n";
        for bad in [
            "<http://e/s> <http://e/p> \"o\"\n",
            "<http://e/s>  <http://e/p> \"o\" .\n",
            "<http://e/s> <http://e/p> <http://e/o> <http://e/g> .\n",
            "<http://e/s> _:p \"o\" .\n",
            "\"s\" <http://e/p> \"o\" .\n",
            "<http://e/s> <http://e/p> \"o\\\" .\n",
            "<http://e/s> <http://e/p> \"\\q\" .\n",
            "<http://e/s> <http://e/p> \"\\uD800\" .\n",
            "<http://e/s> <http://e/p> \"o\"^^xsd .\n",
            "# nothing\n",
            "\n",
        ] {
            assert_eq!(
                parse(&format!("{good}{bad}")),
                Err(NotCanonical(2)),
                "{bad}"
            );
        }
        assert_eq!(parse(""), Ok(Vec::new()));
    }

    fn term() -> impl Strategy<Value = Term> {
        let text = prop::collection::vec(
            prop_oneof![
                any::<char>(),
                prop::sample::select(vec![
                    '\\', '"', '\n', '\r', '\t', ' ', 'u', '\u{7f}', '\u{1}'
                ])
            ],
            0..12,
        )
        .prop_map(String::from_iter);
        prop_oneof![
            (0u8..4).prop_map(|n| BlankNode::new_unchecked(format!("b{n}")).into()),
            (0u8..9).prop_map(|n| NamedNode::new_unchecked(format!("http://e/{n}#é")).into()),
            text.clone()
                .prop_map(|text| Literal::new_simple_literal(text).into()),
            text.clone().prop_map(|text| {
                Literal::new_language_tagged_literal_unchecked(text, "fr-be").into()
            }),
            text.prop_map(|text| {
                Literal::new_typed_literal(text, NamedNode::new_unchecked("http://e/t")).into()
            }),
        ]
    }

    proptest! {
        #[test]
        fn canonical_text_is_read_as_the_whole_grammar_reads_it(
            objects in prop::collection::vec((0u8..4, term()), 0..12)
        ) {
            let triples: Vec<Triple> = objects
                .into_iter()
                .map(|(subject, object)| {
                    let subject: NamedOrBlankNode = if subject == 0 {
                        BlankNode::new_unchecked("b0").into()
                    } else {
                        NamedNode::new_unchecked(format!("http://e/s{subject}")).into()
                    };
                    Triple::new(subject, NamedNode::new_unchecked("http://e/p"), object)
                })
                .collect();
            let text = canonicalise(&triples).unwrap().text;
            prop_assert_eq!(parse(&text).ok(), with_oxttl(&text));
        }
    }
}
