//! A record between decode and publish: its IRI, its triples, and the original values beside them.

use std::hash::BuildHasher as _;
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashSet, HashSetExt as _};
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
#[derive(Debug, Clone)]
pub struct RecordGraph {
    iri: NamedNode,
    triples: Vec<Triple>,
    origin: Vec<Triple>,
    quality: Vec<Triple>,
    blank: usize,
    /// Made when somebody asks for objects, kept up by [`Self::add`].
    index: OnceLock<Index>,
}

impl PartialEq for RecordGraph {
    fn eq(&self, other: &Self) -> bool {
        self.iri == other.iri
            && self.triples == other.triples
            && self.origin == other.origin
            && self.quality == other.quality
            && self.blank == other.blank
    }
}

impl Eq for RecordGraph {}

/// Where the triples of a subject and a property are. Records of tens of thousands of distributions are
/// asked for the properties of each.
#[derive(Debug, Clone, Default)]
struct Index {
    state: RandomState,
    /// By hash, so that no term is kept twice: who asks compares.
    places: HashMap<u64, Vec<usize>>,
}

impl Index {
    fn of(triples: &[Triple]) -> Self {
        let mut index = Self::default();
        for (place, triple) in triples.iter().enumerate() {
            index.put(place, triple);
        }
        index
    }

    fn put(&mut self, place: usize, triple: &Triple) {
        let key = self.key(triple.subject.as_ref(), triple.predicate.as_ref());
        self.places.entry(key).or_default().push(place);
    }

    fn at(&self, subject: NamedOrBlankNodeRef<'_>, predicate: NamedNodeRef<'_>) -> &[usize] {
        let places = self.places.get(&self.key(subject, predicate));
        places.map_or(&[], Vec::as_slice)
    }

    fn key(&self, subject: NamedOrBlankNodeRef<'_>, predicate: NamedNodeRef<'_>) -> u64 {
        self.state.hash_one((subject, predicate))
    }
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
            index: OnceLock::new(),
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
        self.index.take();
        &mut self.triples
    }

    /// The triples of all its graphs, for what is left out of each of them.
    pub fn each_mut(&mut self) -> [&mut Vec<Triple>; 3] {
        self.index.take();
        [&mut self.triples, &mut self.origin, &mut self.quality]
    }

    /// The catalogue's triples, of which the graph is then rid.
    #[must_use]
    pub fn into_triples(self) -> Vec<Triple> {
        self.triples
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
        let triple = Triple::new(subject, predicate.into_owned(), object);
        if let Some(index) = self.index.get_mut() {
            index.put(self.triples.len(), &triple);
        }
        self.triples.push(triple);
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
        self.index.take();
        for triples in [&mut self.triples, &mut self.origin] {
            let mut seen = HashSet::with_capacity(triples.len());
            let first: Vec<bool> = triples.iter().map(|triple| seen.insert(triple)).collect();
            if first.iter().all(|is_first| *is_first) {
                continue;
            }
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
        let index = self.index.get_or_init(|| Index::of(&self.triples));
        let places = index.at(subject, predicate).iter();
        places
            .filter_map(|place| self.triples.get(*place))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::{dcat, dct};
    use oxigraph::model::Literal;

    fn file(number: usize) -> NamedNode {
        NamedNode::new_unchecked(format!("https://e.org/distribution/p/{number}"))
    }

    #[test]
    fn what_is_said_of_one_of_many_distributions_is_not_searched_for() {
        for count in [20_000, 40_000] {
            let mut graph = RecordGraph::new(NamedNode::new_unchecked("https://e.org/dataset/p/d"));
            let main = graph.iri().clone();
            // Asked for before and after, so that what is added is found too.
            assert_eq!(graph.objects(&main, dcat::DISTRIBUTION).count(), 0);
            for number in 0..count {
                graph.add(main.clone(), dcat::DISTRIBUTION, file(number));
                let title = Literal::from(number.to_string());
                graph.add(file(number), dct::TITLE, title);
            }
            assert_eq!(graph.objects(&main, dcat::DISTRIBUTION).count(), count);
            let index = graph.index.get().unwrap();
            let looked_at: usize = (0..count)
                .map(|number| index.at(file(number).as_ref().into(), dct::TITLE).len())
                .sum();
            assert_eq!(looked_at, count);
            let title = Literal::from("7");
            let seven = file(7);
            let found: Vec<TermRef<'_>> = graph.objects(&seven, dct::TITLE).collect();
            assert_eq!(found, [TermRef::from(&title)]);
        }
    }

    #[test]
    fn triples_that_were_taken_out_or_moved_are_not_found_where_they_were() {
        let mut graph = RecordGraph::new(file(0));
        for text in ["a", "a", "b"] {
            graph.add(file(1), dct::TITLE, Literal::from(text));
        }
        graph.add(file(2), dct::TITLE, Literal::from("c"));
        let count = |graph: &RecordGraph, number| graph.objects(&file(number), dct::TITLE).count();
        assert_eq!((count(&graph, 1), count(&graph, 2)), (3, 1));
        graph.dedup();
        assert_eq!((count(&graph, 1), count(&graph, 2)), (2, 1));
        graph.triples_mut().remove(0);
        assert_eq!((count(&graph, 1), count(&graph, 2)), (1, 1));
    }
}
