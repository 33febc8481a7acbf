//! Statements by their subject: looked up instead of searched for, in one pass over a graph.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use oxigraph::model::{BlankNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef, Triple};

/// The statements of a graph by subject, subjects in the order of their first statement.
#[derive(Debug)]
pub struct Subjects<'a> {
    places: HashMap<NamedOrBlankNodeRef<'a>, usize>,
    /// Each subject, and where in `statements` those about it are.
    all: Vec<(NamedOrBlankNodeRef<'a>, Range<usize>)>,
    statements: Vec<&'a Triple>,
}

impl<'a> Subjects<'a> {
    /// The statements of `triples`, those of a subject in the order given.
    #[must_use]
    pub fn of(triples: &'a [Triple]) -> Self {
        let mut places = HashMap::with_capacity(triples.len() / 8);
        let mut all: Vec<(NamedOrBlankNodeRef<'a>, Range<usize>)> = Vec::new();
        let mut ordered = Vec::with_capacity(triples.len());
        // Statements about one subject mostly follow each other, and need no look-up then.
        let mut last = usize::MAX;
        for triple in triples {
            let subject = triple.subject.as_ref();
            if all.get(last).is_none_or(|(known, _)| *known != subject) {
                last = *places.entry(subject).or_insert_with(|| {
                    all.push((subject, 0..0));
                    all.len() - 1
                });
            }
            ordered.push((last, triple));
        }
        ordered.sort_by_key(|(place, _)| *place);
        for (position, (place, _)) in ordered.iter().enumerate() {
            if let Some((_, range)) = all.get_mut(*place) {
                if range.end == 0 {
                    range.start = position;
                }
                range.end = position + 1;
            }
        }
        let statements = ordered.into_iter().map(|(_, triple)| triple).collect();
        Self {
            places,
            all,
            statements,
        }
    }

    /// What is said of `subject`.
    #[must_use]
    pub fn about<'s>(&'s self, subject: impl Into<NamedOrBlankNodeRef<'s>>) -> &'s [&'a Triple] {
        let place = self.places.get(&subject.into());
        place
            .and_then(|place| self.all.get(*place))
            .map_or(&[], |(_, range)| self.within(range))
    }

    fn within(&self, range: &Range<usize>) -> &[&'a Triple] {
        self.statements.get(range.clone()).unwrap_or_default()
    }

    /// Whether anything is said of `subject`.
    #[must_use]
    pub fn contains<'s>(&'s self, subject: impl Into<NamedOrBlankNodeRef<'s>>) -> bool {
        self.places.contains_key(&subject.into())
    }

    /// The objects of `subject` and `property`.
    pub fn objects<'s>(
        &'s self,
        subject: impl Into<NamedOrBlankNodeRef<'s>>,
        property: NamedNodeRef<'s>,
    ) -> impl Iterator<Item = TermRef<'a>> + 's {
        let list = self.about(subject).iter();
        list.filter(move |triple| triple.predicate == property)
            .map(|triple| triple.object.as_ref())
    }

    /// What is said of the blank nodes that `statements` lead to, and of those below them.
    #[must_use]
    pub fn below(&self, statements: &[Triple]) -> Vec<&'a Triple> {
        let blank = |triple: &Triple| match &triple.object {
            Term::BlankNode(node) => Some(node.clone()),
            _ => None,
        };
        let mut open: Vec<BlankNode> = statements.iter().filter_map(blank).collect();
        let mut seen: HashSet<BlankNode> = HashSet::new();
        let mut said = Vec::new();
        while let Some(node) = open.pop() {
            if seen.insert(node.clone()) {
                let about = self.about(node.as_ref());
                open.extend(about.iter().filter_map(|triple| blank(triple)));
                said.extend(about);
            }
        }
        said
    }

    /// Every subject with what is said of it.
    pub fn iter(&self) -> impl Iterator<Item = (NamedOrBlankNodeRef<'a>, &[&'a Triple])> {
        self.all
            .iter()
            .map(|(subject, range)| (*subject, self.within(range)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::dct;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn statements_are_found_by_subject_in_the_order_given() {
        let node = NamedNode::new_unchecked("http://e/s");
        let blank = BlankNode::new_unchecked("b");
        let text = |text: &str| Literal::new_simple_literal(text);
        let triples = [
            Triple::new(node.clone(), dct::TITLE, text("one")),
            Triple::new(blank.clone(), dct::TITLE, text("two")),
            Triple::new(node.clone(), dct::TITLE, text("three")),
            Triple::new(node.clone(), dct::FORMAT, text("csv")),
        ];
        let subjects = Subjects::of(&triples);
        let order: Vec<usize> = subjects.iter().map(|(_, list)| list.len()).collect();
        assert_eq!(order, [3, 1]);
        let titles: Vec<TermRef<'_>> = subjects.objects(&node, dct::TITLE).collect();
        assert_eq!(
            titles,
            [triples[0].object.as_ref(), triples[2].object.as_ref()]
        );
        assert!(subjects.contains(&blank));
        assert!(!subjects.contains(dct::TITLE));
        assert!(subjects.about(dct::TITLE).is_empty());
    }
}
