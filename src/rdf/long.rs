//! How long a literal may be, and what is kept and told of one that is longer.
//!
//! A literal is copied whenever its record is described, canonicalised, stored and shown, so that one of
//! 20 MB costs gigabytes. No text of a catalogue that was ever seen has a tenth of what is allowed.

use oxigraph::model::{Literal, Term, Triple};

use super::vocab::{curie, xsd};

/// The most bytes of a literal's text.
pub const LITERAL: usize = 1 << 20;

/// How many characters of a longer one are shown.
const SHOWN: usize = 40;

/// Stands, in a text of which only the beginning was read, before its length as sent: no character, so
/// that no text has it.
const CUT: char = '\u{10ffff}';

/// What stands at the end of a text of `length` bytes of which only the beginning was read.
#[must_use]
pub fn mark(length: usize) -> String {
    format!("{CUT}{length}")
}

/// Shortens a text that is too long to its beginning, with its length behind it.
pub fn shorten(text: &mut String) {
    let (_, length) = as_sent(text);
    if text.len() > LITERAL && length == text.len() {
        text.truncate(text.floor_char_boundary(LITERAL));
        text.push_str(&mark(length));
        text.shrink_to_fit();
    }
}

/// What there is of a text, and how long it was when it was sent, in bytes.
fn as_sent(text: &str) -> (&str, usize) {
    let cut = text
        .rsplit_once(CUT)
        .and_then(|(start, length)| Some((start, length.parse().ok()?)));
    match cut {
        Some((start, length)) if start.len() + 4 > LITERAL && start.len() <= length => {
            (start, length)
        }
        _ => (text, text.len()),
    }
}

/// What was done to a literal that is too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whether its beginning was kept.
    pub is_cut: bool,
    /// The property that it stands under.
    pub field: String,
    /// What was done, with its length as it was sent and what was kept, in bytes.
    pub message: String,
    /// How it begins.
    pub shown: String,
}

/// The beginning of a text that is too long, to the end of a character, and what is said of that: `length`
/// is what it had when it was sent. None where the text may stay as it is.
#[must_use]
pub fn beginning<'a>(text: &'a str, length: usize, field: &str) -> Option<(&'a str, Told)> {
    if text.len() <= LITERAL {
        return None;
    }
    let kept = text.get(..text.floor_char_boundary(LITERAL))?;
    let told = Told {
        is_cut: true,
        field: field.to_owned(),
        message: cut(length, kept.len()),
        shown: shown(kept),
    };
    Some((kept, told))
}

/// A triple without what its literal has too much: of a text the beginning is kept, anything else (a
/// geometry, markup) would no longer be what it is, and the triple is left out. What was done is told.
#[must_use]
pub fn fit(mut triple: Triple) -> (Option<Triple>, Option<Told>) {
    let Term::Literal(literal) = &triple.object else {
        return (Some(triple), None);
    };
    if literal.value().len() <= LITERAL {
        return (Some(triple), None);
    }
    let (text, length) = as_sent(literal.value());
    let field = curie(triple.predicate.as_ref());
    let is_text = literal.language().is_some() || literal.datatype() == xsd::STRING;
    // One that was cut while it was read may end a character before the bound.
    let kept = text.get(..text.floor_char_boundary(LITERAL));
    if let (true, Some(kept)) = (is_text, kept) {
        let told = Told {
            is_cut: true,
            field,
            message: cut(length, kept.len()),
            shown: shown(kept),
        };
        let kept = match literal.language() {
            Some(tag) => Literal::new_language_tagged_literal_unchecked(kept, tag),
            None => Literal::new_simple_literal(kept),
        };
        triple.object = kept.into();
        return (Some(triple), Some(told));
    }
    let told = Told {
        is_cut: false,
        field,
        message: format!(
            "left out: a value has at most {LITERAL} bytes, and this one has {length}"
        ),
        shown: shown(text),
    };
    (None, Some(told))
}

/// What is said of a text that was cut.
fn cut(length: usize, kept: usize) -> String {
    format!("a text of {length} bytes was cut: its first {kept} were kept")
}

/// How a long text begins.
fn shown(text: &str) -> String {
    let start: String = text.chars().take(SHOWN).collect();
    format!("{start}…")
}

/// The bytes of the terms of triples, which their canonical form has at least.
#[must_use]
pub fn weight(triples: &[Triple]) -> usize {
    let of = |triple: &Triple| {
        let subject = match &triple.subject {
            oxigraph::model::NamedOrBlankNode::NamedNode(node) => node.as_str().len(),
            oxigraph::model::NamedOrBlankNode::BlankNode(_) => 0,
        };
        let object = match &triple.object {
            Term::NamedNode(node) => node.as_str().len(),
            Term::Literal(literal) => literal.value().len(),
            Term::BlankNode(_) => 0,
        };
        subject + triple.predicate.as_str().len() + object
    };
    triples.iter().map(of).sum()
}
