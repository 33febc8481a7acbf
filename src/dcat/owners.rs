//! Which IRI a blank node belongs to, and what a finding calls a property of it.
//!
//! A finding must be readable without the graph: `dct:title` of the main resource,
//! `distribution[42] dct:format`, `distribution[42] spdx:checksum spdx:algorithm`.

use foldhash::{HashMap, HashMapExt as _};
use oxigraph::model::{
    BlankNode, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple,
};

use crate::rdf::vocab::curie;

/// The way back from each blank node of a graph to the IRI that it hangs from.
#[derive(Debug)]
pub struct Owners {
    main: NamedNode,
    parents: HashMap<BlankNode, (NamedOrBlankNode, NamedNode)>,
}

/// Blank nodes deeper than this belong to the main resource: the way up may be a circle.
const DEEPEST: usize = 16;

impl Owners {
    /// The owners in `triples`, a description of `main`.
    #[must_use]
    pub fn of(main: &NamedNode, triples: &[Triple]) -> Self {
        let mut parents = HashMap::new();
        for triple in triples {
            if let Term::BlankNode(node) = &triple.object {
                parents
                    .entry(node.clone())
                    .or_insert_with(|| (triple.subject.clone(), triple.predicate.clone()));
            }
        }
        Self {
            main: main.clone(),
            parents,
        }
    }

    /// The nearest IRI above `subject`; the main resource for a blank node that nothing leads to.
    #[must_use]
    pub fn owner<'a>(&'a self, subject: impl Into<NamedOrBlankNodeRef<'a>>) -> NamedNodeRef<'a> {
        self.climb(subject.into()).0
    }

    /// What a finding calls `property` of `subject`.
    #[must_use]
    pub fn field<'a>(
        &'a self,
        subject: impl Into<NamedOrBlankNodeRef<'a>>,
        property: NamedNodeRef<'_>,
    ) -> String {
        let (owner, mut steps) = self.climb(subject.into());
        steps.reverse();
        let mut words = Vec::new();
        if owner != self.main.as_ref() {
            words.push(short(owner));
        }
        words.extend(steps.into_iter().map(curie));
        words.push(curie(property));
        words.join(" ")
    }

    /// The IRI above `subject`, and the properties on the way up to it.
    fn climb<'a>(
        &'a self,
        subject: NamedOrBlankNodeRef<'a>,
    ) -> (NamedNodeRef<'a>, Vec<NamedNodeRef<'a>>) {
        let mut steps = Vec::new();
        let mut at = subject;
        while let NamedOrBlankNodeRef::BlankNode(node) = at {
            match self.parents.get(&node.into_owned()) {
                Some((parent, property)) if steps.len() < DEEPEST => {
                    steps.push(property.as_ref());
                    at = parent.as_ref();
                }
                _ => return (self.main.as_ref(), steps),
            }
        }
        match at {
            NamedOrBlankNodeRef::NamedNode(owner) => (owner, steps),
            NamedOrBlankNodeRef::BlankNode(_) => (self.main.as_ref(), steps),
        }
    }
}

/// `…/distribution/portal/key` as `distribution[key]`, any other IRI in brackets.
fn short(iri: NamedNodeRef<'_>) -> String {
    let mut parts = iri.as_str().rsplit('/');
    let (key, kind) = (parts.next(), parts.nth(1));
    match (key, kind) {
        (Some(key), Some(kind @ ("distribution" | "record"))) => format!("{kind}[{key}]"),
        _ => iri.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::{dcat, dct, spdx};

    fn node(path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://e.org/{path}"))
    }

    #[test]
    fn a_field_names_the_way_to_its_subject() {
        let main = node("dataset/p/d");
        let distribution = node("distribution/p/42");
        let sum = BlankNode::new_unchecked("b1");
        let triples = [
            Triple::new(main.clone(), dcat::DISTRIBUTION, distribution.clone()),
            Triple::new(distribution.clone(), spdx::CHECKSUM, sum.clone()),
        ];
        let owners = Owners::of(&main, &triples);
        assert_eq!(owners.field(&main, dct::TITLE), "dct:title");
        assert_eq!(
            owners.field(&distribution, dct::FORMAT),
            "distribution[42] dct:format"
        );
        assert_eq!(
            owners.field(&sum, spdx::ALGORITHM),
            "distribution[42] spdx:checksum spdx:algorithm"
        );
        assert_eq!(
            owners.field(&node("x"), dct::TITLE),
            "<https://e.org/x> dct:title"
        );
        assert_eq!(owners.owner(&sum), distribution.as_ref());
    }

    #[test]
    fn circles_and_lost_blank_nodes_belong_to_the_main_resource() {
        let main = node("dataset/p/d");
        let (one, two) = (
            BlankNode::new_unchecked("b1"),
            BlankNode::new_unchecked("b2"),
        );
        let triples = [
            Triple::new(one.clone(), dct::RELATION, two.clone()),
            Triple::new(two, dct::RELATION, one.clone()),
        ];
        let owners = Owners::of(&main, &triples);
        assert_eq!(owners.owner(&one), main.as_ref());
        assert_eq!(owners.owner(&BlankNode::new_unchecked("b9")), main.as_ref());
    }
}
