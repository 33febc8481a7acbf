//! Canonical N-Triples (RDFC-1.0, <https://www.w3.org/TR/rdf-canon/>) and their SHA-256.
//!
//! Blank nodes that what is said of them tells apart are labelled here (`label`), and `sophia_c14n` does the
//! rest of the work; what would cost it too much is refused before (`bound`), since its own
//! limits know cliques but no chains, and `oxrdf`'s canonicaliser has none at all. The digest skips
//! unchanged records, seeds entity tags and proves idempotence.

mod bound;
mod label;

use std::fmt;

use foldhash::{HashSet, HashSetExt as _};
use oxigraph::model::{NamedOrBlankNode, Term, Triple};
use sha2::{Digest as _, Sha256};
use sophia_api::MownStr;
use sophia_api::term::{BnodeId, IriRef, LanguageTag, SimpleTerm};
use sophia_c14n::rdfc10;
use thiserror::Error;

use super::long;
use super::text::push_triple;

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

/// The most bytes of a canonical form: what is read, stored and shown as one is in memory several times.
pub const LONGEST: usize = 32 << 20;

/// Why a graph has no canonical form.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CanonError {
    /// Too many blank nodes hang together.
    #[error("{0} blank nodes hang together, more than {most} are not read", most = bound::NODES)]
    Large(usize),
    /// Blank nodes lead to each other without end.
    #[error("blank nodes lie {0} deep, more than {most} are not read", most = bound::DEPTH)]
    Deep(usize),
    /// Too many blank nodes that look alike hang together.
    #[error(
        "{0} blank nodes that hang together look alike: to tell them apart would take too long"
    )]
    Alike(usize),
    /// It would be too long.
    #[error("its description has {0} bytes, more than {LONGEST} are not kept")]
    Long(usize),
    /// The work limits of `sophia_c14n` were met.
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
/// [`CanonError`] when the graph is poisoned.
pub fn canonicalise(triples: &[Triple]) -> Result<Canonical, CanonError> {
    let weight = long::weight(triples);
    if weight > LONGEST {
        return Err(CanonError::Long(weight));
    }
    let (blank, plain): (Vec<&Triple>, Vec<&Triple>) =
        triples.iter().partition(|triple| has_blank(triple));
    let labelled = if blank.is_empty() {
        String::new()
    } else {
        if let Some((reason, _)) = bound::refused(&blank).into_iter().next() {
            return Err(reason);
        }
        match label::told_apart(&blank) {
            Some(lines) => lines,
            None => with_blank_nodes(&blank)?,
        }
    };
    let text = sorted(&plain, &labelled);
    if text.len() > LONGEST {
        return Err(CanonError::Long(text.len()));
    }
    let digest = Digest::of(text.as_bytes());
    Ok(Canonical { text, digest })
}

/// Takes out the triples of blank nodes that [`canonicalise`] would refuse; what is left it does not. Says
/// of each group of nodes why, and how many triples were taken out.
pub fn withhold(triples: &mut Vec<Triple>) -> Vec<(CanonError, usize)> {
    let places: Vec<usize> = triples
        .iter()
        .enumerate()
        .filter_map(|(place, triple)| has_blank(triple).then_some(place))
        .collect();
    let blank: Vec<&Triple> = places
        .iter()
        .filter_map(|place| triples.get(*place))
        .collect();
    let mut said = Vec::new();
    let mut out: HashSet<usize> = HashSet::new();
    for (reason, among) in bound::refused(&blank) {
        said.push((reason, among.len()));
        out.extend(
            among
                .into_iter()
                .filter_map(|place| places.get(place).copied()),
        );
    }
    if !out.is_empty() {
        let mut place = 0;
        triples.retain(|_| {
            place += 1;
            !out.contains(&(place - 1))
        });
    }
    said
}

fn has_blank(triple: &Triple) -> bool {
    triple.subject.is_blank_node() || triple.object.is_blank_node()
}

/// The lines of triples without blank nodes and those of `labelled`: sorted, each once.
fn sorted(plain: &[&Triple], labelled: &str) -> String {
    let mut written = String::with_capacity(plain.len() * 160);
    for triple in plain {
        push_triple(&mut written, (*triple).into());
        written.push_str(" .\n");
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
mod tests;
