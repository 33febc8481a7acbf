//! Canonical labels of blank nodes that what is said of each tells apart.
//!
//! RDFC-1.0 hashes what is said of each blank node, all others left nameless, and labels those whose hash
//! nobody else has in the order of the hashes
//! (<https://www.w3.org/TR/rdf-canon/#canon-algorithm>, steps 3 and 4). In nearly every record these are
//! all of them, and the walk through nodes that look alike never begins.

use std::fmt::Write as _;

use foldhash::{HashMap, HashMapExt as _};
use oxigraph::model::{NamedOrBlankNode, Term, Triple};
use sha2::{Digest as _, Sha256};

use crate::rdf::text::{push_iri, push_subject, push_term};

/// A triple, and the numbers of the blank nodes in it.
struct Said<'a> {
    triple: &'a Triple,
    subject: Option<usize>,
    object: Option<usize>,
}

/// The lines of `triples` with canonical labels, in no order; none where this does not suffice: where two
/// blank nodes look alike, perhaps a triple is there twice, or `sophia_c14n` would hash or write it otherwise.
pub(super) fn told_apart(triples: &[&Triple]) -> Option<String> {
    if triples.iter().any(|triple| is_odd(&triple.object)) {
        return None;
    }
    let (said, about) = by_node(triples);
    // `sophia_c14n` counts a statement of a node about itself twice.
    let is_of_itself = |said: &Said<'_>| said.subject.is_some() && said.subject == said.object;
    if said.iter().any(is_of_itself) {
        return None;
    }
    let mut hashes = Vec::with_capacity(about.len());
    let mut text = String::new();
    for (node, places) in about.iter().enumerate() {
        text.clear();
        for said in places.iter().filter_map(|place| said.get(*place)) {
            push_line(&mut text, said, |text, other| {
                text.push_str(if other == node { "_:a" } else { "_:z" });
            });
        }
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        lines.sort_unstable();
        if lines.windows(2).any(is_twice) {
            return None;
        }
        let mut hash = Sha256::new();
        for line in lines {
            hash.update(line);
        }
        hashes.push((hash.finalize(), node));
    }
    hashes.sort_unstable();
    let mut ranks = vec![0; hashes.len()];
    let mut before = None;
    for (rank, (hash, node)) in hashes.iter().enumerate() {
        if before.replace(hash) == Some(hash) {
            return None;
        }
        if let Some(place) = ranks.get_mut(*node) {
            *place = rank;
        }
    }
    let mut lines = String::with_capacity(triples.len() * 160);
    for said in &said {
        push_line(&mut lines, said, |lines, node| {
            let rank = ranks.get(node).copied().unwrap_or_default();
            // Writing to a string does not fail.
            let _ = write!(lines, "_:c14n{rank}");
        });
    }
    Some(lines)
}

fn is_twice(pair: &[&str]) -> bool {
    matches!(pair, [one, other] if one == other)
}

/// What oxrdf and `sophia_c14n` write differently: the first escapes U+FFFE and U+FFFF, the second puts
/// languages into lower case.
fn is_odd(object: &Term) -> bool {
    let Term::Literal(literal) = object else {
        return false;
    };
    literal
        .language()
        .is_some_and(|language| language.bytes().any(|b| b.is_ascii_uppercase()))
        || literal.value().contains(['\u{fffe}', '\u{ffff}'])
}

/// The triples, and for each blank node the places of those that it is in.
fn by_node<'a>(triples: &[&'a Triple]) -> (Vec<Said<'a>>, Vec<Vec<usize>>) {
    let mut numbers: HashMap<&str, usize> = HashMap::with_capacity(triples.len());
    let mut about: Vec<Vec<usize>> = Vec::new();
    let mut said = Vec::with_capacity(triples.len());
    for (place, triple) in triples.iter().enumerate() {
        let mut met = |label: &'a str| {
            let node = *numbers.entry(label).or_insert_with(|| {
                about.push(Vec::new());
                about.len() - 1
            });
            if let Some(places) = about.get_mut(node)
                && places.last() != Some(&place)
            {
                places.push(place);
            }
            node
        };
        let subject = match &triple.subject {
            NamedOrBlankNode::BlankNode(node) => Some(met(node.as_str())),
            NamedOrBlankNode::NamedNode(_) => None,
        };
        let object = match &triple.object {
            Term::BlankNode(node) => Some(met(node.as_str())),
            _ => None,
        };
        said.push(Said {
            triple,
            subject,
            object,
        });
    }
    (said, about)
}

/// Puts a line into `text`, its blank nodes as `name` writes them.
fn push_line(text: &mut String, said: &Said<'_>, name: impl Fn(&mut String, usize)) {
    match said.subject {
        Some(node) => name(text, node),
        None => push_subject(text, said.triple.subject.as_ref()),
    }
    text.push(' ');
    push_iri(text, said.triple.predicate.as_ref());
    text.push(' ');
    match said.object {
        Some(node) => name(text, node),
        None => push_term(text, said.triple.object.as_ref()),
    }
    text.push_str(" .\n");
}
