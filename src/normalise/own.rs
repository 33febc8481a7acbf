//! Moves statements about what the record does not own to the origin graph.
//!
//! A record owns its main resource, the distributions and samples that this points to, the catalogue
//! records about it, what is named by a fragment of its IRI (the messages of a discussion), and their
//! blank nodes. Statements about anything else would let one portal describe, or relicense, what
//! another publishes. They go with their blank nodes; what they say of how a thing is called, the catalogue
//! repeats (`dcat::derive`).

use foldhash::{HashSet, HashSetExt as _};
use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple};

use crate::dcat::{Owners, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::subjects::Subjects;
use crate::rdf::vocab::{adms, dcat, foaf, prov, rdf};
use crate::vocabulary::Vocabularies;

pub(super) fn own(graph: &mut RecordGraph, _: &Vocabularies) -> Vec<Finding> {
    let foreign = take_foreign(graph);
    let mut findings: Vec<Finding> = Vec::new();
    let mut told = HashSet::new();
    for triple in &foreign {
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
    }
    // What the record has too is said in both graphs.
    let below: Vec<Triple> = {
        let said = Subjects::of(graph.triples()).below(&foreign);
        said.into_iter().cloned().collect()
    };
    for triple in foreign.into_iter().chain(below) {
        graph.add_origin(triple.subject, triple.predicate.as_ref(), triple.object);
    }
    findings
}

/// Drops the blank nodes that nothing leads to any more, and those of which nothing is said.
pub(super) fn prune(graph: &mut RecordGraph, _: &Vocabularies) -> Vec<Finding> {
    take_foreign(graph);
    let mut findings = Vec::new();
    loop {
        let husks = husks(graph.triples());
        if husks.is_empty() {
            return findings;
        }
        let owners = Owners::of(graph.iri(), graph.triples());
        graph.triples_mut().retain(|triple| {
            if let Term::BlankNode(node) = &triple.object
                && husks.contains(node)
            {
                // What ours was derived from is no value of the source's.
                if triple.predicate != prov::WAS_DERIVED_FROM {
                    let field = owners.field(&triple.subject, triple.predicate.as_ref());
                    let message = "left out: nothing is said of it";
                    findings.push(Finding::new(Code::ValueUnknown, field, message, ""));
                }
                return false;
            }
            !matches!(&triple.subject, NamedOrBlankNode::BlankNode(node) if husks.contains(node))
        });
    }
}

/// The blank nodes of which at most a class is said.
fn husks(triples: &[Triple]) -> HashSet<BlankNode> {
    let mut husks: HashSet<BlankNode> = HashSet::new();
    for triple in triples {
        if let Term::BlankNode(node) = &triple.object {
            husks.insert(node.clone());
        }
    }
    if husks.is_empty() {
        return husks;
    }
    for triple in triples {
        if let NamedOrBlankNode::BlankNode(node) = &triple.subject
            && triple.predicate != rdf::TYPE
        {
            husks.remove(node);
        }
    }
    husks
}

/// Takes out the statements whose subjects the record does not own.
fn take_foreign(graph: &mut RecordGraph) -> Vec<Triple> {
    let foreign: Vec<bool> = {
        let owned = owned(graph.iri(), graph.triples());
        let is_foreign = |triple: &Triple| !owned.contains(&triple.subject.as_ref());
        graph.triples().iter().map(is_foreign).collect()
    };
    if !foreign.contains(&true) {
        return Vec::new();
    }
    let mut foreign = foreign.into_iter();
    let taken = graph.triples_mut();
    taken
        .extract_if(.., |_| foreign.next().unwrap_or_default())
        .collect()
}

/// The subjects that the record about `main` owns.
fn owned<'a>(main_iri: &'a NamedNode, triples: &'a [Triple]) -> HashSet<NamedOrBlankNodeRef<'a>> {
    let main = NamedOrBlankNodeRef::from(main_iri);
    let below = Subjects::of(triples);
    let mut open = vec![main];
    for (subject, about) in below.iter() {
        let is_record = about
            .iter()
            .any(|t| t.predicate == foaf::PRIMARY_TOPIC && t.object.as_ref() == main.into());
        if (is_record && is_ours(subject, main_iri)) || is_fragment(subject, main_iri) {
            open.push(subject);
        }
    }
    let mut owned = HashSet::new();
    while let Some(subject) = open.pop() {
        if !owned.insert(subject) {
            continue;
        }
        for triple in below.about(subject) {
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

/// Whether a catalogue record of `main` is ours: a blank node, or one below the same base. Others are what the
/// source says of its own entries.
fn is_ours(record: NamedOrBlankNodeRef<'_>, main: &NamedNode) -> bool {
    let NamedOrBlankNodeRef::NamedNode(record) = record else {
        return true;
    };
    // Kind, portal and key.
    let base = main.as_str().rsplitn(4, '/').nth(3);
    let below = base.and_then(|base| record.as_str().strip_prefix(base));
    below.is_some_and(|path| path.starts_with("/record/"))
}

/// Whether `subject` is `main` with a fragment behind it.
fn is_fragment(subject: NamedOrBlankNodeRef<'_>, main: &NamedNode) -> bool {
    match subject {
        NamedOrBlankNodeRef::NamedNode(node) => node
            .as_str()
            .strip_prefix(main.as_str())
            .is_some_and(|rest| rest.starts_with('#')),
        NamedOrBlankNodeRef::BlankNode(_) => false,
    }
}
