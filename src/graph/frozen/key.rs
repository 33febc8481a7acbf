//! Sort keys: every term as bytes whose order is the order of identifiers, which is SPARQL's.
//!
//! Blank nodes, IRIs, numbers by value, dates by time, texts by code point, everything else. A key holds
//! all that the dictionary needs of a term, so whoever builds or merges a file only moves bytes.

use std::borrow::Cow;

use oxigraph::model::TermRef;
use sha2::{Digest as _, Sha256};

use super::error::FrozenError;
use super::number::XSD;
use super::{date, number};

const BLANK: u8 = 1;
const IRI: u8 = 2;
const NUMBER: u8 = 3;
const DATE: u8 = 4;
const TEXT: u8 = 5;
const OTHER: u8 = 6;

/// Ends a value; a zero byte in a value is followed by [`ESCAPED`].
const END: [u8; 2] = [0, 1];
const ESCAPED: u8 = 0xff;
/// Stands for the language of a plain string: sorts behind all languages.
const PLAIN: u8 = 0xff;

/// A term, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// The hash of a blank node's label.
    Blank([u8; 16]),
    /// An IRI.
    Iri(&'a [u8]),
    /// A number; its lexical form where it is not the canonical one.
    Number(number::Stored, Option<&'a [u8]>),
    /// A date; its lexical form where it is not the usual one.
    Date(date::Stored, Option<&'a [u8]>),
    /// A string, in a language or in none.
    Text(Cow<'a, [u8]>, Option<&'a [u8]>),
    /// Any other literal: datatype and lexical form.
    Other(&'a [u8], &'a [u8]),
}

/// The key of a blank node: a hash of its label.
pub(super) fn blank(label: &[&[u8]]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in label {
        hash.update(part);
    }
    let hash: [u8; 32] = hash.finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

/// Appends the key of a term of canonical N-Triples; `prefix` is put before labels of blank nodes.
pub(super) fn from_ntriples(
    term: &[u8],
    prefix: &[u8],
    key: &mut Vec<u8>,
) -> Result<(), FrozenError> {
    read(term, prefix, key).ok_or_else(|| FrozenError::malformed(term))
}

fn read(term: &[u8], prefix: &[u8], key: &mut Vec<u8>) -> Option<()> {
    match term.first()? {
        b'<' => {
            key.push(IRI);
            key.extend_from_slice(term.strip_prefix(b"<")?.strip_suffix(b">")?);
        }
        b'_' => {
            key.push(BLANK);
            key.extend_from_slice(&blank(&[prefix, term.strip_prefix(b"_:")?]));
        }
        b'"' => {
            let rest = term.strip_prefix(b"\"")?;
            // Neither a language nor an IRI has a quote, so the last one ends the value.
            let end = memchr::memrchr(b'"', rest)?;
            let (value, suffix) = rest.split_at_checked(end)?;
            let value = unescaped(value)?;
            match suffix.strip_prefix(b"\"")? {
                b"" => text(&value, None, key),
                [b'@', language @ ..] if !language.is_empty() => text(&value, Some(language), key),
                [b'^', b'^', b'<', datatype @ .., b'>'] => typed(&value, datatype, key),
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}

/// Appends the key of a term.
pub(super) fn from_term(term: TermRef<'_>, key: &mut Vec<u8>) {
    match term {
        TermRef::NamedNode(node) => {
            key.push(IRI);
            key.extend_from_slice(node.as_str().as_bytes());
        }
        TermRef::BlankNode(node) => {
            key.push(BLANK);
            key.extend_from_slice(&blank(&[node.as_str().as_bytes()]));
        }
        TermRef::Literal(literal) => {
            let value = literal.value().as_bytes();
            match literal.language() {
                Some(language) => text(value, Some(language.as_bytes()), key),
                None => typed(value, literal.datatype().as_str().as_bytes(), key),
            }
        }
    }
}

fn text(value: &[u8], language: Option<&[u8]>, key: &mut Vec<u8>) {
    key.push(TEXT);
    let mut rest = value;
    while let Some(at) = memchr::memchr(0, rest) {
        let (head, tail) = rest.split_at(at + 1);
        key.extend_from_slice(head);
        key.push(ESCAPED);
        rest = tail;
    }
    key.extend_from_slice(rest);
    key.extend_from_slice(&END);
    match language {
        Some(language) => key.extend(language.iter().map(u8::to_ascii_lowercase)),
        None => key.push(PLAIN),
    }
}

fn typed(value: &[u8], datatype: &[u8], key: &mut Vec<u8>) {
    if let Some(local) = datatype
        .strip_prefix(XSD.as_bytes())
        .and_then(|local| std::str::from_utf8(local).ok())
        && let Ok(lexical) = std::str::from_utf8(value)
    {
        match local {
            "string" => return text(value, None, key),
            "date" | "dateTime" => {
                if let Some(date) = date::Stored::parse(lexical, local == "dateTime") {
                    return dated(date, lexical, key);
                }
            }
            _ => {
                let number =
                    number::code(local).and_then(|code| number::Stored::parse(lexical, code));
                if let Some(number) = number {
                    return numbered(number, lexical, key);
                }
            }
        }
    }
    key.push(OTHER);
    key.extend_from_slice(datatype);
    key.extend_from_slice(&END);
    key.extend_from_slice(value);
}

fn numbered(number: number::Stored, lexical: &str, key: &mut Vec<u8>) {
    let place = number.place();
    key.push(NUMBER);
    key.extend_from_slice(&(place.whole ^ i128::MIN).to_be_bytes());
    key.extend_from_slice(&place.fraction.to_be_bytes());
    key.push(number.code);
    key.extend_from_slice(&number.raw);
    if number.canonical() != lexical {
        key.extend_from_slice(lexical.as_bytes());
    }
}

fn dated(date: date::Stored, lexical: &str, key: &mut Vec<u8>) {
    key.push(DATE);
    key.extend_from_slice(&(date.micros ^ i64::MIN).to_be_bytes());
    key.push(date.class());
    key.extend_from_slice(&date.code.to_be_bytes());
    if date.canonical() != lexical {
        key.extend_from_slice(lexical.as_bytes());
    }
}

/// Takes a key apart; none where it is no key.
pub(super) fn parse(key: &[u8]) -> Option<Part<'_>> {
    let (kind, rest) = key.split_first()?;
    match *kind {
        BLANK => Some(Part::Blank(rest.try_into().ok()?)),
        IRI => Some(Part::Iri(rest)),
        NUMBER => {
            let rest = rest.get(32..)?;
            let (code, rest) = rest.split_first()?;
            let (raw, lexical) = rest.split_first_chunk()?;
            let stored = number::Stored {
                code: *code,
                raw: *raw,
            };
            Some(Part::Number(
                stored,
                Some(lexical).filter(|l| !l.is_empty()),
            ))
        }
        DATE => {
            let (micros, rest) = rest.split_first_chunk()?;
            let (code, lexical) = rest.get(1..)?.split_first_chunk()?;
            let stored = date::Stored {
                micros: i64::from_be_bytes(*micros) ^ i64::MIN,
                code: u16::from_be_bytes(*code),
            };
            Some(Part::Date(stored, Some(lexical).filter(|l| !l.is_empty())))
        }
        TEXT => {
            let end = memchr::memmem::rfind(rest, &END)?;
            let (value, language) = rest.split_at_checked(end)?;
            let language = language.get(END.len()..)?;
            let language = Some(language).filter(|language| *language != [PLAIN]);
            if memchr::memchr(0, value).is_none() {
                return Some(Part::Text(Cow::Borrowed(value), language));
            }
            let mut plain = Vec::with_capacity(value.len());
            let mut bytes = value.iter();
            while let Some(byte) = bytes.next() {
                plain.push(*byte);
                if *byte == 0 {
                    bytes.next();
                }
            }
            Some(Part::Text(Cow::Owned(plain), language))
        }
        OTHER => {
            let end = memchr::memmem::find(rest, &END)?;
            let (datatype, value) = rest.split_at_checked(end)?;
            Some(Part::Other(datatype, value.get(END.len()..)?))
        }
        _ => None,
    }
}

/// A value without the escapes of canonical N-Triples.
fn unescaped(value: &[u8]) -> Option<Cow<'_, [u8]>> {
    let Some(first) = memchr::memchr(b'\\', value) else {
        return Some(Cow::Borrowed(value));
    };
    let (head, mut rest) = value.split_at_checked(first)?;
    let mut plain = Vec::with_capacity(value.len());
    plain.extend_from_slice(head);
    while let Some(escape) = rest.strip_prefix(b"\\") {
        let (letter, after) = escape.split_first()?;
        rest = after;
        match letter {
            b't' => plain.push(b'\t'),
            b'b' => plain.push(8),
            b'n' => plain.push(b'\n'),
            b'r' => plain.push(b'\r'),
            b'f' => plain.push(12),
            b'"' => plain.push(b'"'),
            b'\'' => plain.push(b'\''),
            b'\\' => plain.push(b'\\'),
            b'u' | b'U' => {
                let length = if *letter == b'u' { 4 } else { 8 };
                let (hex, after) = rest.split_at_checked(length)?;
                rest = after;
                let hex = u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?;
                let mut buffer = [0; 4];
                plain.extend_from_slice(char::from_u32(hex)?.encode_utf8(&mut buffer).as_bytes());
            }
            _ => return None,
        }
        let next = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
        let (head, tail) = rest.split_at_checked(next)?;
        plain.extend_from_slice(head);
        rest = tail;
    }
    Some(Cow::Owned(plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{BlankNode, Literal, NamedNode, Term};

    fn key(term: &Term) -> Vec<u8> {
        let mut key = Vec::new();
        from_term(term.as_ref(), &mut key);
        key
    }

    fn typed(value: &str, local: &str) -> Term {
        Literal::new_typed_literal(value, NamedNode::new_unchecked(format!("{XSD}{local}"))).into()
    }

    fn terms() -> Vec<Term> {
        let lang = |value: &str, tag: &str| {
            Term::from(Literal::new_language_tagged_literal_unchecked(value, tag))
        };
        let plain = |value: &str| Term::from(Literal::new_simple_literal(value));
        vec![
            BlankNode::new_unchecked("b0").into(),
            NamedNode::new_unchecked("http://e/a").into(),
            NamedNode::new_unchecked("http://e/é").into(),
            typed("-1", "integer"),
            typed("1", "integer"),
            typed("01", "integer"),
            typed("1.5", "decimal"),
            typed("5", "nonNegativeInteger"),
            typed("2023-12-31", "date"),
            typed("2024-01-01", "date"),
            typed("2024-01-01T00:00:00", "dateTime"),
            typed("2024-01-01T00:00:00Z", "dateTime"),
            typed("2024-01-01T00:00:00+00:00", "dateTime"),
            plain(""),
            lang("a", "en"),
            lang("a", "fr"),
            plain("a"),
            lang("a\0", "fr"),
            plain("a\0"),
            plain("a\u{1}"),
            plain("a\"\\\n\tb"),
            typed("2024", "gYear"),
            typed("x", "integer"),
            typed("NaN", "double"),
        ]
    }

    #[test]
    fn the_order_of_keys_is_that_of_terms() {
        let keys: Vec<_> = terms().iter().map(key).collect();
        let all_but_others = keys.get(..21).unwrap();
        assert!(all_but_others.is_sorted());
        let others = keys.get(21..).unwrap();
        assert!(
            others
                .iter()
                .all(|other| other > all_but_others.last().unwrap())
        );
    }

    #[test]
    fn a_term_and_its_statement_have_one_key() {
        for term in terms() {
            let mut read = Vec::new();
            from_ntriples(term.to_string().as_bytes(), b"", &mut read).unwrap();
            assert_eq!(read, key(&term), "{term}");
        }
    }

    #[test]
    fn keys_are_taken_apart_again() {
        for term in terms() {
            let key = key(&term);
            let part = parse(&key).unwrap_or_else(|| panic!("{term}"));
            let shown = match part {
                Part::Blank(_) => continue,
                Part::Iri(iri) => String::from_utf8(iri.to_vec()).unwrap(),
                Part::Number(number, lexical) => lexical.map_or_else(
                    || number.canonical(),
                    |l| String::from_utf8(l.to_vec()).unwrap(),
                ),
                Part::Date(date, lexical) => lexical.map_or_else(
                    || date.canonical(),
                    |l| String::from_utf8(l.to_vec()).unwrap(),
                ),
                Part::Text(value, language) => {
                    let Term::Literal(literal) = &term else {
                        panic!()
                    };
                    assert_eq!(
                        language.map(<[u8]>::to_vec),
                        literal.language().map(|l| l.as_bytes().to_vec())
                    );
                    String::from_utf8(value.into_owned()).unwrap()
                }
                Part::Other(_, value) => String::from_utf8(value.to_vec()).unwrap(),
            };
            let expected = match &term {
                Term::NamedNode(node) => node.as_str().to_owned(),
                Term::Literal(literal) => literal.value().to_owned(),
                Term::BlankNode(_) => continue,
            };
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn what_is_no_term_is_refused() {
        for bad in [
            "",
            "<http://e/",
            "\"x",
            "\"x\"@",
            "\"\\q\"",
            "\"\\uD800\"",
            "x",
            "\"x\"^^y",
        ] {
            let mut key = Vec::new();
            assert!(
                from_ntriples(bad.as_bytes(), b"", &mut key).is_err(),
                "{bad}"
            );
        }
    }
}
