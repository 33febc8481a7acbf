//! The statements that come with a record: its own, and what the document says of what they point to.

use std::collections::{HashSet, VecDeque};

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple};

use super::{Main, Mains};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{adms, dcat, dct, foaf};
use crate::salvage::index::{Index, IndexError};
use crate::source::feed::CATALOGUES;

/// More statements than this about something that the record does not own are none of its concern: a
/// whole code list, another catalogue.
const BESIDE: usize = 300;

/// More statements than this are no record.
const LARGEST: usize = 200_000;

/// What leads from a catalogue to what it lists. Of the feed's own it says nothing that is not known:
/// all the records are there because it lists them.
const LISTS: [NamedNodeRef<'static>; 6] = [
    dcat::DATASET,
    dcat::SERVICE,
    dcat::CATALOG,
    dcat::RECORD,
    dcat::HAS_RESOURCE,
    dct::HAS_PART,
];

/// What comes with a record.
pub(super) struct Closure {
    /// The statements, with names for records that have none.
    pub(super) triples: Vec<Triple>,
    /// What was odd about any of their subjects.
    pub(super) findings: Vec<Finding>,
    /// Records without a name that the statements point to.
    pub(super) nameless: HashSet<NamedOrBlankNode>,
}

/// How a subject came in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The record's own.
    Own,
    /// Something that it points to.
    Beside,
}

pub(super) fn of(
    main: &Main,
    is_root: bool,
    mains: &Mains,
    index: &Index,
) -> Result<Closure, IndexError> {
    let mut open = VecDeque::from([(main.node.clone(), Standing::Own)]);
    let mut seen: HashSet<NamedOrBlankNode> = HashSet::from([main.node.clone()]);
    let mut closure = Closure {
        triples: Vec::new(),
        findings: index.remarks.findings(),
        nameless: HashSet::new(),
    };
    for (subject, property) in index.pointing_to(main.node.as_ref())? {
        if property == foaf::PRIMARY_TOPIC.as_str()
            && let Some(record) = crate::salvage::index::node(&subject)
            && seen.insert(record.clone())
        {
            open.push_back((record, Standing::Own));
        }
    }
    while let Some((subject, standing)) = open.pop_front() {
        closure.findings.extend(index.findings(&subject)?);
        index.mark(&subject)?;
        if subject != main.node && index.is_exhausted() {
            let message = "left out: the records of this feed share too much";
            let value = subject.to_string();
            closure
                .findings
                .push(Finding::new(Code::GraphRefused, "", message, &value));
            break;
        }
        let triples = index.about(&subject)?;
        if standing == Standing::Beside && triples.len() > BESIDE {
            let message = "what is said of this at length was left out";
            let value = subject.to_string();
            closure
                .findings
                .push(Finding::new(Code::ForeignStatement, "", message, &value));
            continue;
        }
        if closure.triples.len() + triples.len() > LARGEST {
            let message = "the record has too many statements: the rest was left out";
            let value = subject.to_string();
            closure
                .findings
                .push(Finding::new(Code::GraphRefused, "", message, &value));
            break;
        }
        for triple in triples {
            let of_main = subject == main.node;
            if of_main && is_root && LISTS.contains(&triple.predicate.as_ref()) {
                continue;
            }
            if of_main
                && main.collection == CATALOGUES
                && triple
                    .predicate
                    .as_str()
                    .starts_with(crate::rdf::vocab::hydra::NS)
            {
                continue;
            }
            let object = match &triple.object {
                Term::NamedNode(node) => Some(NamedOrBlankNode::from(node.clone())),
                Term::BlankNode(node) => Some(node.clone().into()),
                Term::Literal(_) => None,
            };
            if let Some(object) = object {
                let next = standing_of(&triple, &object, standing, of_main, mains);
                if mains.get(&object).is_some() && object != main.node && object.is_blank_node() {
                    closure.nameless.insert(object.clone());
                }
                if let Some(next) = next
                    && seen.insert(object.clone())
                    && (object.is_blank_node() || index.knows(&object)?)
                {
                    open.push_back((object, next));
                }
            }
            if let Some(whole) = mains.whole(&triple) {
                closure.nameless.insert(whole.node.clone());
            }
            closure.triples.push(named(triple, mains));
        }
    }
    closure.findings.sort();
    closure.findings.dedup();
    Ok(closure)
}

/// Whether what a statement points to comes with the record, and as what.
fn standing_of(
    triple: &Triple,
    object: &NamedOrBlankNode,
    standing: Standing,
    of_main: bool,
    mains: &Mains,
) -> Option<Standing> {
    if mains.get(object).is_some() {
        return None;
    }
    if object.is_blank_node() {
        return Some(standing);
    }
    if standing == Standing::Beside {
        return None;
    }
    let is_own =
        of_main && (triple.predicate == dcat::DISTRIBUTION || triple.predicate == adms::SAMPLE);
    Some(if is_own {
        Standing::Own
    } else {
        Standing::Beside
    })
}

/// The statement with names for records that are blank nodes.
fn named(triple: Triple, mains: &Mains) -> Triple {
    let name = |node: NamedOrBlankNodeRef<'_>| {
        let node = node.into_owned();
        mains.get(&node).map(|_| mains.name(&node))
    };
    let object = match &triple.object {
        Term::BlankNode(node) => name(node.as_ref().into()).map(Term::from),
        Term::Literal(_) => mains
            .whole(&triple)
            .map(|whole| Term::from(mains.name(&whole.node))),
        Term::NamedNode(_) => None,
    };
    let subject = match name(triple.subject.as_ref()) {
        Some(name) => name.into(),
        None => triple.subject,
    };
    Triple::new(subject, triple.predicate, object.unwrap_or(triple.object))
}
