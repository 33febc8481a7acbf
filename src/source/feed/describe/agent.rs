//! Agents, contact points and services that a record mentions: records of their own, which several
//! records share.
//!
//! One with a name in the feed is known by it, any other by what is said of it. An agent of a public
//! code list keeps its name: it is a record of somebody else's, and everybody knows it by that.

mod mention;
mod name;

use std::collections::{BTreeMap, HashMap, HashSet};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::by_subject;
use super::names::Names;
use crate::dcat::RecordGraph;
use crate::finding::Finding;
use crate::rdf::vocab::curie;
use crate::rdf::vocab::{dcat, dct, geodcat, prov};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use mention::{Mention, Read};

/// What leads to an agent.
const AGENTS: [NamedNodeRef<'static>; 13] = [
    dct::CONTRIBUTOR,
    dct::CREATOR,
    dct::PUBLISHER,
    dct::RIGHTS_HOLDER,
    geodcat::CUSTODIAN,
    geodcat::DISTRIBUTOR,
    geodcat::ORIGINATOR,
    geodcat::PRINCIPAL_INVESTIGATOR,
    geodcat::PROCESSOR,
    geodcat::RESOURCE_PROVIDER,
    geodcat::USER,
    prov::AGENT,
    prov::WAS_ATTRIBUTED_TO,
];

/// The agents of a record.
#[derive(Default)]
pub(super) struct Agents {
    parts: BTreeMap<RecordId, RecordGraph>,
    /// The subjects that belong to them.
    subjects: HashSet<NamedOrBlankNode>,
    /// Property kind and value, and the agent that is meant.
    values: HashMap<(Kind, Term), NamedNode>,
}

/// What a statement leads to.
fn kind(property: NamedNodeRef<'_>) -> Option<Kind> {
    if property == dcat::CONTACT_POINT {
        Some(Kind::Contact)
    } else if property == dcat::ACCESS_SERVICE {
        Some(Kind::Service)
    } else if AGENTS.contains(&property) {
        Some(Kind::Organization)
    } else {
        None
    }
}

/// Reads them.
pub(super) fn read(
    triples: &[Triple],
    names: &Names,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Agents {
    let below = by_subject(triples);
    let mut agents = Agents::default();
    for triple in triples
        .iter()
        .filter(|triple| names.is_own(&triple.subject))
    {
        let Some(kind) = kind(triple.predicate.as_ref()) else {
            continue;
        };
        let key = (kind, triple.object.clone());
        if agents.values.contains_key(&key) {
            continue;
        }
        let field = curie(triple.predicate.as_ref());
        let mut mention = Mention {
            kind,
            field: &field,
            below: &below,
            names,
            context,
            findings,
            others: Vec::new(),
            way: Vec::new(),
        };
        let Some(read) = mention.read(&triple.object) else {
            continue;
        };
        agents.values.insert(key, read.1.iri().clone());
        let others = std::mem::take(&mut mention.others);
        for read in std::iter::once(read).chain(others) {
            agents.add(read);
        }
    }
    agents
}

impl Agents {
    /// Adds what was read of an agent to what is known of it.
    fn add(&mut self, (id, graph, subjects): Read) {
        self.subjects.extend(subjects);
        let part = self
            .parts
            .entry(id)
            .or_insert_with(|| RecordGraph::new(graph.iri().clone()));
        for triple in graph.triples() {
            part.triples_mut().push(triple.clone());
        }
        for triple in graph.origin() {
            let (subject, value) = (triple.subject.clone(), triple.object.clone());
            part.add_origin(subject, triple.predicate.as_ref(), value);
        }
        part.dedup();
    }

    /// Whether what is said of a subject belongs to an agent.
    pub(super) fn owns(&self, subject: &NamedOrBlankNode) -> bool {
        self.subjects.contains(subject)
    }

    /// The agent that the value of a statement means.
    pub(super) fn of_value(&self, triple: &Triple) -> Option<&NamedNode> {
        let kind = kind(triple.predicate.as_ref())?;
        self.values.get(&(kind, triple.object.clone()))
    }

    /// What the record says of them.
    pub(super) fn into_parts(self) -> impl Iterator<Item = Part> {
        self.parts.into_iter().map(|(id, graph)| Part {
            id,
            role: Role::Mention,
            graph,
        })
    }
}
