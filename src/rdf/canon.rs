//! Canonical N-Triples (RDFC-1.0, <https://www.w3.org/TR/rdf-canon/>) and their SHA-256.
//!
//! `sophia_c14n` does the work since its limits refuse poisoned graphs at once; `oxrdf`'s canonicaliser
//! has none. The digest skips unchanged records, seeds entity tags and proves idempotence.

use std::collections::HashSet;
use std::fmt::{self, Write as _};

use oxigraph::model::{NamedOrBlankNode, Term, Triple};
use sha2::{Digest as _, Sha256};
use sophia_api::MownStr;
use sophia_api::term::{BnodeId, IriRef, LanguageTag, SimpleTerm};
use sophia_c14n::rdfc10;
use thiserror::Error;

/// SHA-256 of canonical N-Triples.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest as stored: exactly 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a graph has no canonical form.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CanonError {
    /// Its blank nodes are too entangled: the work limits of `sophia_c14n` were met.
    #[error("the graph's blank nodes are too entangled to be given canonical labels: {0}")]
    Refused(String),
}

/// A graph in canonical form: sorted canonical N-Triples and their digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// One triple a line, sorted, blank nodes labelled `c14n0`, `c14n1`…
    pub text: String,
    /// The SHA-256 of `text`.
    pub digest: Digest,
}

/// The canonical form of `triples`, whatever their order, repetitions and blank node labels.
///
/// Labels depend only on the triples that have blank nodes, so only these go through the algorithm.
///
/// # Errors
/// [`CanonError::Refused`] when the graph is poisoned.
pub fn canonicalise(triples: &[Triple]) -> Result<Canonical, CanonError> {
    let has_blank =
        |triple: &&Triple| triple.subject.is_blank_node() || triple.object.is_blank_node();
    let (blank, plain): (Vec<&Triple>, Vec<&Triple>) = triples.iter().partition(has_blank);
    let labelled = if blank.is_empty() {
        String::new()
    } else {
        with_blank_nodes(&blank)?
    };
    let text = sorted(&plain, &labelled);
    let digest = Digest::of(text.as_bytes());
    Ok(Canonical { text, digest })
}

/// The lines of triples without blank nodes, which are canonical as oxrdf writes them, and those of
/// `labelled`: sorted, each once.
fn sorted(plain: &[&Triple], labelled: &str) -> String {
    let mut written = String::with_capacity(plain.len() * 160);
    for triple in plain {
        // Writing to a string does not fail.
        let _ = writeln!(written, "{triple} .");
    }
    let mut lines: Vec<&str> = written
        .split_inclusive('\n')
        .chain(labelled.split_inclusive('\n'))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines.concat()
}

type Quad<'a> = ([SimpleTerm<'a>; 3], Option<SimpleTerm<'a>>);

fn with_blank_nodes(triples: &[&Triple]) -> Result<String, CanonError> {
    let dataset: HashSet<Quad<'_>> = triples
        .iter()
        .map(|triple| {
            (
                [
                    subject(&triple.subject),
                    iri(triple.predicate.as_str()),
                    object(&triple.object),
                ],
                None,
            )
        })
        .collect();
    let mut bytes = Vec::new();
    rdfc10::normalize(&dataset, &mut bytes)
        .map_err(|error| CanonError::Refused(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| CanonError::Refused(error.to_string()))
}

fn iri(iri: &str) -> SimpleTerm<'_> {
    SimpleTerm::Iri(IriRef::new_unchecked(MownStr::from(iri)))
}

fn subject(subject: &NamedOrBlankNode) -> SimpleTerm<'_> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => iri(node.as_str()),
        NamedOrBlankNode::BlankNode(node) => {
            SimpleTerm::BlankNode(BnodeId::new_unchecked(MownStr::from(node.as_str())))
        }
    }
}

fn object(object: &Term) -> SimpleTerm<'_> {
    match object {
        Term::NamedNode(node) => iri(node.as_str()),
        Term::BlankNode(node) => {
            SimpleTerm::BlankNode(BnodeId::new_unchecked(MownStr::from(node.as_str())))
        }
        Term::Literal(literal) => match literal.language() {
            Some(language) => SimpleTerm::LiteralLanguage(
                MownStr::from(literal.value()),
                LanguageTag::new_unchecked(MownStr::from(language)),
                None,
            ),
            None => SimpleTerm::LiteralDatatype(
                MownStr::from(literal.value()),
                IriRef::new_unchecked(MownStr::from(literal.datatype().as_str())),
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::lines::parse;
    use oxigraph::model::{BlankNode, Literal, NamedNode};
    use proptest::prelude::*;

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("http://e/{name}"))
    }

    #[test]
    fn both_ways_to_write_terms_agree() {
        let odd = "tab\tquote\"back\\slash\nline\r\u{8}\u{7f}é😀\u{1}";
        let plain = [
            Triple::new(node("s"), node("p"), Literal::new_simple_literal(odd)),
            Triple::new(
                node("s"),
                node("p"),
                Literal::new_language_tagged_literal_unchecked(odd, "fr"),
            ),
            Triple::new(
                node("s"),
                node("p"),
                Literal::new_typed_literal("1", node("t")),
            ),
        ];
        let plain: Vec<&Triple> = plain.iter().collect();
        assert_eq!(sorted(&plain, ""), with_blank_nodes(&plain).unwrap());
        assert_eq!(parse(&sorted(&plain, "")).unwrap().len(), 3);
    }

    #[test]
    fn a_poisoned_graph_is_refused_at_once() {
        let nodes: Vec<BlankNode> = (0..9)
            .map(|n| BlankNode::new_unchecked(format!("b{n}")))
            .collect();
        let mut triples = Vec::new();
        for a in &nodes {
            for b in &nodes {
                if a != b {
                    triples.push(Triple::new(a.clone(), node("p"), b.clone()));
                }
            }
        }
        assert!(matches!(
            canonicalise(&triples),
            Err(CanonError::Refused(_))
        ));
    }

    proptest! {
        #[test]
        fn the_digest_ignores_triple_order_and_blank_node_labels(
            edges in prop::collection::vec((0u8..6, 0u8..3, 0u8..9), 1..25),
            seed in any::<u64>(),
        ) {
            let build = |label: &dyn Fn(u8) -> String| -> Vec<Triple> {
                edges.iter().map(|(s, p, o)| {
                    let subject: NamedOrBlankNode = if *s < 3 {
                        BlankNode::new_unchecked(label(*s)).into()
                    } else {
                        node(&format!("s{s}")).into()
                    };
                    let object: Term = match o {
                        0..3 => BlankNode::new_unchecked(label(*o)).into(),
                        3..6 => Literal::new_simple_literal(format!("v{o}")).into(),
                        _ => node(&format!("o{o}")).into(),
                    };
                    Triple::new(subject, node(&format!("p{p}")), object)
                }).collect()
            };
            let first = build(&|n| format!("a{n}"));
            let mut second = build(&|n| format!("z{}", (u64::from(n) + seed) % 7 + u64::from(n) * 10));
            let turn = usize::try_from(seed % 97).unwrap() % second.len();
            second.rotate_left(turn);
            second.reverse();
            second.push(second[0].clone());
            let all: Vec<&Triple> = first.iter().collect();
            if let (Ok(short), Ok(whole)) = (canonicalise(&first), with_blank_nodes(&all)) {
                prop_assert_eq!(short.text, whole);
            }
            match (canonicalise(&first), canonicalise(&second)) {
                (Ok(one), Ok(two)) => prop_assert_eq!(one, two),
                (one, two) => prop_assert_eq!(one.is_err(), two.is_err()),
            }
        }
    }
}
