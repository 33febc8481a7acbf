//! A record between decode and publish: its IRI, its triples, and the original values beside them.

use std::collections::HashSet;

use oxigraph::model::{
    BlankNode, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef,
    Triple,
};

use crate::rdf::vocab::rdf;

/// The graph of one record.
///
/// `triples` are the catalogue's; `origin` holds the original values of what was normalised and
/// statements about things that the record does not own, for the named graph `<base>graph/origin`;
/// `quality` holds measurements, for `<base>graph/quality`: they change without the record changing, so
/// they are no part of its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordGraph {
    iri: NamedNode,
    triples: Vec<Triple>,
    origin: Vec<Triple>,
    quality: Vec<Triple>,
    blank: usize,
}

impl RecordGraph {
    /// An empty graph about `iri`.
    #[must_use]
    pub fn new(iri: NamedNode) -> Self {
        Self {
            iri,
            triples: Vec::new(),
            origin: Vec::new(),
            quality: Vec::new(),
            blank: 0,
        }
    }

    /// The main subject.
    #[must_use]
    pub fn iri(&self) -> &NamedNode {
        &self.iri
    }

    /// The catalogue's triples, in the order they were written.
    #[must_use]
    pub fn triples(&self) -> &[Triple] {
        &self.triples
    }

    /// The origin graph's triples.
    #[must_use]
    pub fn origin(&self) -> &[Triple] {
        &self.origin
    }

    /// The quality graph's triples.
    #[must_use]
    pub fn quality(&self) -> &[Triple] {
        &self.quality
    }

    /// The catalogue's triples, to be rewritten in place by a normalisation pass.
    pub fn triples_mut(&mut self) -> &mut Vec<Triple> {
        &mut self.triples
    }

    /// The triples of all its graphs, for what is left out of each of them.
    pub fn each_mut(&mut self) -> [&mut Vec<Triple>; 3] {
        [&mut self.triples, &mut self.origin, &mut self.quality]
    }

    /// A blank node that this graph does not have yet.
    pub fn blank(&mut self) -> BlankNode {
        self.blank += 1;
        BlankNode::new_unchecked(format!("b{}", self.blank))
    }

    /// Adds a triple to the catalogue's.
    pub fn add(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Term>,
    ) {
        self.triples
            .push(Triple::new(subject, predicate.into_owned(), object));
    }

    /// Adds a triple to the origin graph's.
    pub fn add_origin(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Term>,
    ) {
        self.origin
            .push(Triple::new(subject, predicate.into_owned(), object));
    }

    /// Adds a triple to the quality graph's.
    pub fn add_quality(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Term>,
    ) {
        self.quality
            .push(Triple::new(subject, predicate.into_owned(), object));
    }

    /// Drops repeated triples, keeping the first of each. Measurements are looked at by nobody before
    /// their canonical form, which has each once.
    pub fn dedup(&mut self) {
        for triples in [&mut self.triples, &mut self.origin] {
            let mut seen = HashSet::with_capacity(triples.len());
            let first: Vec<bool> = triples.iter().map(|triple| seen.insert(triple)).collect();
            let mut first = first.into_iter();
            triples.retain(|_| first.next().unwrap_or(true));
        }
    }

    /// The objects of `subject` and `predicate`.
    pub fn objects<'a>(
        &'a self,
        subject: impl Into<NamedOrBlankNodeRef<'a>>,
        predicate: NamedNodeRef<'a>,
    ) -> impl Iterator<Item = TermRef<'a>> + 'a {
        let subject = subject.into();
        self.triples
            .iter()
            .filter(move |t| t.subject.as_ref() == subject && t.predicate.as_ref() == predicate)
            .map(|t| t.object.as_ref())
    }

    /// The subjects of rdf:type `class`, in the order they were written.
    pub fn instances<'a>(
        &'a self,
        class: NamedNodeRef<'a>,
    ) -> impl Iterator<Item = NamedOrBlankNodeRef<'a>> + 'a {
        self.triples
            .iter()
            .filter(move |t| {
                t.predicate.as_ref() == rdf::TYPE && t.object.as_ref() == TermRef::NamedNode(class)
            })
            .map(|t| t.subject.as_ref())
    }
}
