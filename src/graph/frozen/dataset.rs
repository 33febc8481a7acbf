//! A graph file as a dataset of oxigraph's evaluator.

use std::cell::RefCell;
use std::rc::Rc;

use oxigraph::model::Term;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::error::FrozenError;
use super::locals::Locals;
use super::pairs::Pairs;
use super::partition::Partition;
use super::{Frozen, Id};

/// A graph file and the terms of one query.
#[derive(Debug, Clone)]
pub struct Dataset<'a> {
    file: &'a Frozen,
    locals: Rc<RefCell<Locals>>,
}

impl<'a> Dataset<'a> {
    /// The dataset of a file, for one query.
    #[must_use]
    pub fn new(file: &'a Frozen) -> Self {
        Self {
            file,
            locals: Rc::default(),
        }
    }

    /// The dataset of a file, with terms that the query has already.
    #[must_use]
    pub fn with_locals(file: &'a Frozen, locals: Rc<RefCell<Locals>>) -> Self {
        Self { file, locals }
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &'a Frozen {
        self.file
    }

    /// The terms of the query.
    #[must_use]
    pub fn locals(&self) -> &Rc<RefCell<Locals>> {
        &self.locals
    }
}

impl<'a> QueryableDataset<'a> for Dataset<'a> {
    type InternalTerm = Id;
    type Error = FrozenError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Id>,
        predicate: Option<&Id>,
        object: Option<&Id>,
        graph_name: Option<Option<&Id>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Id>, FrozenError>> + use<'a> {
        Quads::new(
            self.file,
            subject.copied(),
            predicate.copied(),
            object.copied(),
            graph_name.map_or(Scope::Named, |graph| Scope::One(graph.copied())),
        )
        .map(Ok)
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Id, FrozenError>> + use<'a> {
        self.file.graphs().iter().copied().map(Ok)
    }

    fn contains_internal_graph_name(&self, graph_name: &Id) -> Result<bool, FrozenError> {
        Ok(self.file.graphs().binary_search(graph_name).is_ok())
    }

    fn internalize_term(&self, term: Term) -> Result<Id, FrozenError> {
        self.locals.borrow_mut().intern(self.file, term)
    }

    fn externalize_term(&self, term: Id) -> Result<Term, FrozenError> {
        self.locals.borrow().term(self.file, term)
    }

    fn externalize_expression_term(&self, term: Id) -> Result<ExpressionTerm, FrozenError> {
        match self.locals.borrow().own(self.file, term) {
            Some(term) => Ok(term.clone().into()),
            None => self.file.expression_term(term),
        }
    }
}

/// The quads that match a pattern.
struct Quads<'a> {
    file: &'a Frozen,
    subject: Option<Id>,
    object: Option<Id>,
    ahead: Ahead<'a>,
    current: Option<(&'a Partition, Matches<'a>)>,
}

/// The graphs that a pattern looks into.
#[derive(Debug, Clone, Copy)]
enum Scope {
    /// The default graph, or a named one.
    One(Option<Id>),
    /// Every named graph.
    Named,
}

/// The partitions that are still to be looked at.
enum Ahead<'a> {
    All(std::slice::Iter<'a, Partition>),
    /// Those that a subject occurs in.
    Shape(std::slice::Iter<'a, u32>, Scope),
    /// Those of one predicate in all named graphs.
    Predicate(std::slice::Iter<'a, Id>, Id),
}

/// What is left of a partition.
enum Matches<'a> {
    One(Option<(Id, Id)>),
    Objects(Id, std::slice::Iter<'a, Id>),
    Subjects(std::slice::Iter<'a, Id>, Id),
    All(Pairs<'a>),
}

impl<'a> Quads<'a> {
    fn new(
        file: &'a Frozen,
        subject: Option<Id>,
        predicate: Option<Id>,
        object: Option<Id>,
        scope: Scope,
    ) -> Self {
        let ahead = match (predicate, subject, scope) {
            (Some(predicate), _, Scope::One(graph)) => {
                let found = file.partition(graph, predicate);
                Ahead::All(found.map_or(&[][..], std::slice::from_ref).iter())
            }
            (Some(predicate), _, Scope::Named) => Ahead::Predicate(file.graphs().iter(), predicate),
            (None, Some(subject), scope) => Ahead::Shape(file.shape(subject).iter(), scope),
            (None, None, Scope::One(graph)) => Ahead::All(file.in_graph(graph).iter()),
            (None, None, Scope::Named) => Ahead::All(file.in_named_graphs().iter()),
        };
        Self {
            file,
            subject,
            object,
            ahead,
            current: None,
        }
    }

    fn next_partition(&mut self) -> Option<&'a Partition> {
        match &mut self.ahead {
            Ahead::All(partitions) => partitions.next(),
            Ahead::Shape(indexes, scope) => {
                let all = self.file.partitions();
                indexes
                    .filter_map(|index| all.get(usize::try_from(*index).ok()?))
                    .find(|partition| match scope {
                        Scope::One(graph) => partition.graph == *graph,
                        Scope::Named => partition.graph.is_some(),
                    })
            }
            Ahead::Predicate(graphs, predicate) => {
                graphs.find_map(|graph| self.file.partition(Some(*graph), *predicate))
            }
        }
    }

    fn matches(&self, partition: &'a Partition) -> Matches<'a> {
        match (self.subject, self.object) {
            (Some(subject), Some(object)) => {
                let is_there = self.file.by_subject(partition).contains(subject, object);
                Matches::One(is_there.then_some((subject, object)))
            }
            (Some(subject), None) => Matches::Objects(
                subject,
                self.file.by_subject(partition).values(subject).iter(),
            ),
            (None, Some(object)) => {
                Matches::Subjects(self.file.by_object(partition).values(object).iter(), object)
            }
            (None, None) => Matches::All(self.file.by_subject(partition).pairs()),
        }
    }
}

impl Iterator for Quads<'_> {
    type Item = InternalQuad<Id>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((partition, matches)) = &mut self.current {
                let pair = match matches {
                    Matches::One(pair) => pair.take(),
                    Matches::Objects(subject, objects) => {
                        objects.next().map(|object| (*subject, *object))
                    }
                    Matches::Subjects(subjects, object) => {
                        subjects.next().map(|subject| (*subject, *object))
                    }
                    Matches::All(pairs) => pairs.next(),
                };
                if let Some((subject, object)) = pair {
                    return Some(InternalQuad {
                        subject,
                        predicate: partition.predicate,
                        object,
                        graph_name: partition.graph,
                    });
                }
            }
            let partition = self.next_partition()?;
            self.current = Some((partition, self.matches(partition)));
        }
    }
}
