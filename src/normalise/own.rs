//! Moves statements about what the record does not own to the origin graph.
//!
//! A record owns its main resource, the distributions and samples that this points to, the catalogue
//! records about it, what is named by a fragment of its IRI (the messages of a discussion), and their
//! blank nodes. Statements about anything else would let one portal describe, or relicense, what
//! another publishes.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple};

use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{adms, dcat, foaf};
use crate::vocabulary::Vocabularies;

pub(super) fn own(graph: &mut RecordGraph, _: &Vocabularies) -> Vec<Finding> {
    let foreign = take_foreign(graph);
    let mut findings: Vec<Finding> = Vec::new();
    let mut told = HashSet::new();
    for triple in foreign {
        // The origin graph has no blank nodes: what hangs from a foreign one cannot be kept.
        let plain = triple.subject.is_named_node() && !triple.object.is_blank_node();
        if let NamedOrBlankNode::NamedNode(subject) = &triple.subject
            && told.insert(subject.clone())
        {
            let message = "moved to the origin graph: the record does not own this resource";
            findings.push(Finding::new(
                Code::ForeignStatement,
                "",
                message,
                subject.as_str(),
            ));
        }
        if plain {
            graph.add_origin(triple.subject, triple.predicate.as_ref(), triple.object);
        }
    }
    findings
}

/// Drops the blank nodes that nothing leads to any more.
pub(super) fn prune(graph: &mut RecordGraph, _: &Vocabularies) -> Vec<Finding> {
    take_foreign(graph);
    Vec::new()
}

/// Takes out the statements whose subjects the record does not own.
fn take_foreign(graph: &mut RecordGraph) -> Vec<Triple> {
    let owned: HashSet<NamedOrBlankNode> = owned(graph.iri(), graph.triples())
        .into_iter()
        .map(NamedOrBlankNodeRef::into_owned)
        .collect();
    let mut foreign = Vec::new();
    graph.triples_mut().retain(|triple| {
        let ours = owned.contains(&triple.subject);
        if !ours {
            foreign.push(triple.clone());
        }
        ours
    });
    foreign
}

/// The subjects that the record about `main` owns.
fn owned<'a>(main_iri: &'a NamedNode, triples: &'a [Triple]) -> HashSet<NamedOrBlankNodeRef<'a>> {
    let main = NamedOrBlankNodeRef::from(main_iri);
    let mut below: HashMap<NamedOrBlankNodeRef<'_>, Vec<&Triple>> = HashMap::new();
    let mut open = vec![main];
    for triple in triples {
        below
            .entry(triple.subject.as_ref())
            .or_default()
            .push(triple);
        let is_record =
            triple.predicate == foaf::PRIMARY_TOPIC && triple.object.as_ref() == main.into();
        if is_record || is_fragment(&triple.subject, main_iri) {
            open.push(triple.subject.as_ref());
        }
    }
    let mut owned = HashSet::new();
    while let Some(subject) = open.pop() {
        if !owned.insert(subject) {
            continue;
        }
        for triple in below.get(&subject).into_iter().flatten() {
            match &triple.object {
                Term::BlankNode(node) => open.push(node.as_ref().into()),
                Term::NamedNode(node)
                    if subject == main
                        && (triple.predicate == dcat::DISTRIBUTION
                            || triple.predicate == adms::SAMPLE) =>
                {
                    open.push(node.as_ref().into());
                }
                _ => {}
            }
        }
    }
    owned
}

/// Whether `subject` is `main` with a fragment behind it.
fn is_fragment(subject: &NamedOrBlankNode, main: &NamedNode) -> bool {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node
            .as_str()
            .strip_prefix(main.as_str())
            .is_some_and(|rest| rest.starts_with('#')),
        NamedOrBlankNode::BlankNode(_) => false,
    }
}
