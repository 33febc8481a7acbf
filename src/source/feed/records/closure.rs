//! The statements that come with a record: its own, and what the document says of what they point to.

use std::collections::{HashSet, VecDeque};

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple};

use super::{Main, Mains};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{adms, dcat, dct, foaf, owl, rdf, rdfs, skos};
use crate::salvage::index::{Index, IndexError};
use crate::source::feed::CATALOGUES;

/// More statements than this about something that the record does not own are none of its concern: a
/// whole code list, another catalogue.
const BESIDE: usize = 300;

/// More statements than this are no record.
const LARGEST: usize = 200_000;

/// What leads from a catalogue to what it lists. Of the feed's own records that says nothing: they are all
/// there because it lists them.
const LISTS: [NamedNodeRef<'static>; 6] = [
    dcat::DATASET,
    dcat::SERVICE,
    dcat::CATALOG,
    dcat::RECORD,
    dcat::HAS_RESOURCE,
    dct::HAS_PART,
];

/// How far from the record something may stand that comes with it: an organisation, its address, the parent
/// of its parent, and the code lists of their kinds.
const FARTHEST: u8 = 6;

/// More statements than this about what only others lead to are another description.
const BEYOND: usize = 1_000;

/// What leads through a code list, or over to other people: none of it is said of the record.
const AWAY: [NamedNodeRef<'static>; 14] = [
    foaf::MADE,
    foaf::PRIMARY_TOPIC,
    owl::SAME_AS,
    rdf::TYPE,
    skos::BROADER,
    skos::CLOSE_MATCH,
    skos::EXACT_MATCH,
    skos::HAS_TOP_CONCEPT,
    skos::MEMBER,
    skos::NARROWER,
    skos::RELATED,
    skos::TOP_CONCEPT_OF,
    rdfs::SUB_CLASS_OF,
    rdfs::IS_DEFINED_BY,
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
    /// Something that it points to, over so many others.
    Beside(u8),
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
    let mut beyond = 0;
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
        if matches!(standing, Standing::Beside(away) if away > 0) {
            beyond += triples.len();
        }
        let left_out = left_out(standing, triples.len(), beyond, closure.triples.len());
        if let Some((code, message)) = left_out {
            let value = subject.to_string();
            closure
                .findings
                .push(Finding::new(code, "", message, &value));
            if code == Code::GraphRefused {
                break;
            }
            continue;
        }
        for triple in triples {
            let of_main = subject == main.node;
            let is_listing = of_main && is_root && LISTS.contains(&triple.predicate.as_ref());
            if is_listing && !leads_on(&triple, mains, index)? {
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

/// Why so many statements more are left out, if they are: about this one thing, or as the end of all.
fn left_out(
    standing: Standing,
    count: usize,
    beyond: usize,
    held: usize,
) -> Option<(Code, &'static str)> {
    if standing != Standing::Own && (count > BESIDE || beyond > BEYOND) {
        let message = "what is said of this at length was left out";
        return Some((Code::ForeignStatement, message));
    }
    let message = "the record has too many statements: the rest was left out";
    (held + count > LARGEST).then_some((Code::GraphRefused, message))
}

/// Whether what the feed's own catalogue lists is a catalogue below it, or something that the document does
/// not describe.
fn leads_on(triple: &Triple, mains: &Mains, index: &Index) -> Result<bool, IndexError> {
    let Term::NamedNode(object) = &triple.object else {
        return Ok(false);
    };
    let object = NamedOrBlankNode::from(object.clone());
    match mains.get(&object) {
        Some(main) => Ok(main.collection == CATALOGUES),
        None => Ok(!index.knows(&object)?),
    }
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
    if let Standing::Beside(away) = standing {
        let is_near = away < FARTHEST && !AWAY.contains(&triple.predicate.as_ref());
        return is_near.then_some(Standing::Beside(away + 1));
    }
    let is_own =
        of_main && (triple.predicate == dcat::DISTRIBUTION || triple.predicate == adms::SAMPLE);
    Some(if is_own {
        Standing::Own
    } else {
        Standing::Beside(0)
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
