//! How long a literal may be, and what is shown of one that is longer.
//!
//! A literal is copied whenever its record is described, canonicalised, stored and shown, so that one of
//! 20 MB costs gigabytes. No text of a catalogue that was ever seen has a tenth of what is allowed.

use oxigraph::model::{Term, TermRef, Triple};

/// The most bytes of a literal's text.
pub const LITERAL: usize = 1 << 20;

/// How many characters of a longer one are shown.
const SHOWN: usize = 40;

/// The text of a literal that is too long; none for every other term.
#[must_use]
pub fn too_long(term: TermRef<'_>) -> Option<&str> {
    match term {
        TermRef::Literal(literal) if literal.value().len() > LITERAL => Some(literal.value()),
        _ => None,
    }
}

/// What is said of a literal that is left out.
#[must_use]
pub fn refusal() -> String {
    format!("left out: a text has at most {LITERAL} bytes")
}

/// How a long text begins, and how long it is, in bytes.
#[must_use]
pub fn beginning(text: &str, length: usize) -> String {
    let start: String = text.chars().take(SHOWN).collect();
    format!("{start}… ({length} bytes)")
}

/// Shortens a text that is too long to one that still is, at the end of a character.
pub fn shorten(text: &mut String) {
    if text.len() > LITERAL + 4 {
        text.truncate(text.floor_char_boundary(LITERAL + 4));
        text.shrink_to_fit();
    }
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
