//! Triples in the order of their canonical N-Triples, without writing these.

use std::cmp::Ordering;

use oxigraph::model::{LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple, TripleRef};

use super::text::push_escaped;
use super::vocab::xsd;

/// A triple that comes before those whose text comes after its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(pub Triple);

impl PartialOrd for Line {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Line {
    fn cmp(&self, other: &Self) -> Ordering {
        triples(self.0.as_ref(), other.0.as_ref())
    }
}

/// The order of two triples by their text.
#[must_use]
pub fn triples(one: TripleRef<'_>, other: TripleRef<'_>) -> Ordering {
    subjects(one.subject, other.subject)
        .then_with(|| iris(one.predicate, other.predicate))
        .then_with(|| terms(one.object, other.object))
}

fn subjects(one: NamedOrBlankNodeRef<'_>, other: NamedOrBlankNodeRef<'_>) -> Ordering {
    terms(one.into(), other.into())
}

/// The order of two terms by their text.
#[must_use]
pub fn terms(one: TermRef<'_>, other: TermRef<'_>) -> Ordering {
    match (one, other) {
        (TermRef::NamedNode(one), TermRef::NamedNode(other)) => iris(one, other),
        (TermRef::BlankNode(one), TermRef::BlankNode(other)) => one.as_str().cmp(other.as_str()),
        (TermRef::Literal(one), TermRef::Literal(other)) => literals(one, other),
        _ => rank(one).cmp(&rank(other)),
    }
}

/// `"` comes before `<`, and `<` before `_`.
fn rank(term: TermRef<'_>) -> u8 {
    match term {
        TermRef::Literal(_) => 0,
        TermRef::NamedNode(_) => 1,
        TermRef::BlankNode(_) => 2,
    }
}

/// The end of an IRI is a `>`, which comes after digits and slashes.
fn iris(one: NamedNodeRef<'_>, other: NamedNodeRef<'_>) -> Ordering {
    let (one, other) = (one.as_str().as_bytes(), other.as_str().as_bytes());
    let ends = |longer: &[u8], at: usize| longer.get(at).map_or(Ordering::Equal, |b| b'>'.cmp(b));
    let common = one.len().min(other.len());
    one.get(..common)
        .cmp(&other.get(..common))
        .then_with(|| match one.len().cmp(&other.len()) {
            Ordering::Less => ends(other, common),
            Ordering::Equal => Ordering::Equal,
            Ordering::Greater => ends(one, common).reverse(),
        })
}

fn literals(one: LiteralRef<'_>, other: LiteralRef<'_>) -> Ordering {
    quoted(one.value(), other.value()).then_with(|| match (one.language(), other.language()) {
        (Some(one), Some(other)) => one.cmp(other),
        // Nothing, `@`, `^^`.
        (Some(_), None) if other.datatype() == xsd::STRING => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) if one.datatype() == xsd::STRING => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => {
            let is_typed = |literal: LiteralRef<'_>| literal.datatype() != xsd::STRING;
            is_typed(one)
                .cmp(&is_typed(other))
                .then_with(|| iris(one.datatype(), other.datatype()))
        }
    })
}

/// The order of two texts in quotes: that of the first letters that differ, as they are written.
fn quoted(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.chars(), other.chars());
    loop {
        let (letter, beside) = (one.next(), other.next());
        if letter != beside {
            return written(letter).cmp(&written(beside));
        }
        if letter.is_none() {
            return Ordering::Equal;
        }
    }
}

/// A letter as it is written in quotes; the end of a text is a quote.
fn written(letter: Option<char>) -> String {
    let mut text = String::new();
    match letter {
        Some(letter) => push_escaped(&mut text, letter),
        None => text.push('"'),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term};
    use proptest::prelude::*;

    fn names() -> impl Strategy<Value = String> {
        let letter = prop::sample::select(vec!['/', '0', 'a', 'é', '#']);
        prop::collection::vec(letter, 0..3)
            .prop_map(|name| format!("http://e/{}", String::from_iter(name)))
    }

    fn subjects() -> impl Strategy<Value = NamedOrBlankNode> {
        prop_oneof![
            names().prop_map(|name| NamedNode::new_unchecked(name).into()),
            (0u8..12).prop_map(|n| BlankNode::new_unchecked(format!("b{n}")).into()),
        ]
    }

    fn objects() -> impl Strategy<Value = Term> {
        let letter = prop_oneof![
            any::<char>(),
            prop::sample::select(vec![
                ' ', '!', '"', '#', '\\', ']', '\n', '\u{1}', '\u{1f}', 'é', '\u{ffff}'
            ])
        ];
        let text = prop::collection::vec(letter, 0..3).prop_map(String::from_iter);
        prop_oneof![
            subjects().prop_map(Term::from),
            text.clone()
                .prop_map(|text| Literal::new_simple_literal(text).into()),
            (
                text.clone(),
                prop::sample::select(vec!["fr", "fr-be", "en"])
            )
                .prop_map(|(text, tag)| {
                    Literal::new_language_tagged_literal_unchecked(text, tag).into()
                }),
            (text, names()).prop_map(|(text, name)| {
                Literal::new_typed_literal(text, NamedNode::new_unchecked(name)).into()
            }),
        ]
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_text(
            one in (subjects(), names(), objects()),
            other in (subjects(), names(), objects()),
        ) {
            let triple = |(subject, name, object): (NamedOrBlankNode, String, Term)| {
                Line(Triple::new(subject, NamedNode::new_unchecked(name), object))
            };
            let (one, other) = (triple(one), triple(other));
            let by_text = one.0.to_string().cmp(&other.0.to_string());
            prop_assert_eq!(one.cmp(&other), by_text);
            let objects = (one.0.object.as_ref(), other.0.object.as_ref());
            let by_text = objects.0.to_string().cmp(&objects.1.to_string());
            prop_assert_eq!(terms(objects.0, objects.1), by_text);
        }
    }
}
