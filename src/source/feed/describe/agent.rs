//! Agents, contact points and services that a record mentions: records of their own, which several
//! records share.
//!
//! One with a name in the feed is known by it, any other by what is said of it. An agent of a public
//! code list keeps its name: it is a record of somebody else's, and everybody knows it by that.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxigraph::model::{
    Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple,
};

use super::names::{Names, resource};
use super::{BySubject, by_subject, value};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::blank::apart;
use crate::rdf::canon::canonicalise;
use crate::rdf::vocab::curie;
use crate::rdf::vocab::{adms, dcat, dct, foaf, geodcat, prov, rdf, skos, vcard, xsd};
use crate::record::lasting;
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::part::catalogue_record;

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

/// Agents that are named by code lists for all of Europe.
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/";

/// The statements of one agent beyond which it is none.
const LARGEST: usize = 2_000;

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
        };
        if let Some((id, graph, subjects)) = mention.read(&triple.object) {
            agents.subjects.extend(subjects);
            agents.values.insert(key, graph.iri().clone());
            let part = agents
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
    }
    agents
}

impl Agents {
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

struct Mention<'m> {
    kind: Kind,
    field: &'m str,
    below: &'m BySubject<'m>,
    names: &'m Names,
    context: &'m Context<'m>,
    findings: &'m mut Vec<Finding>,
}

type Read = (RecordId, RecordGraph, HashSet<NamedOrBlankNode>);

impl Mention<'_> {
    fn read(&mut self, object: &Term) -> Option<Read> {
        let Some(node) = resource(object) else {
            return self.text(object);
        };
        // Another record of the feed, or one of a code list.
        let is_ours = |name: &NamedOrBlankNode| {
            matches!(name, NamedOrBlankNode::NamedNode(name)
                if self.context.base.path(name.as_str()).is_some())
        };
        let is_public =
            matches!(&node, NamedOrBlankNode::NamedNode(node) if node.as_str().starts_with(PUBLIC));
        let is_link = node.is_named_node() && self.kind == Kind::Service;
        if is_ours(&self.names.node(&node)) || is_public || is_link {
            return None;
        }
        let (triples, subjects) = self.closure(&node)?;
        let key = match &node {
            NamedOrBlankNode::NamedNode(name) => {
                let key = Key::new(&lasting(name.as_str()));
                let spelled = || Key::new(name.as_str());
                self.context.former.key(self.kind, key, spelled)
            }
            NamedOrBlankNode::BlankNode(_) => {
                if triples.iter().all(|triple| triple.predicate == rdf::TYPE) {
                    return None;
                }
                Key::hashed(&canonicalise(&triples).ok()?.text)
            }
        };
        let (id, mut graph) = self.start(key);
        let iri = graph.iri().clone();
        for triple in &triples {
            let is_main = triple.subject == node;
            let subject = if is_main {
                iri.clone().into()
            } else {
                triple.subject.clone()
            };
            let value = match &triple.object {
                value if resource(value).as_ref() == Some(&node) => iri.clone().into(),
                value if value.is_named_node() => self.names.value(value),
                value => value.clone(),
            };
            let triple = apart(Triple::new(subject, triple.predicate.clone(), value), "a");
            self.statement(triple, &mut graph);
        }
        self.complete(&node, &mut graph);
        if self.kind == Kind::Service {
            let mut about = Describe::main(&mut graph, self.findings);
            catalogue_record::within(&id, self.context, &mut about);
        }
        Some((id, graph, subjects))
    }

    /// A text where an agent should be: its name.
    fn text(&mut self, object: &Term) -> Option<Read> {
        let Term::Literal(literal) = object else {
            return None;
        };
        let name = literal.value().trim();
        if name.is_empty() || self.kind == Kind::Service {
            return None;
        }
        self.findings.push(Finding::new(
            Code::WrongRange,
            self.field,
            "a text was taken as the name of an agent",
            name,
        ));
        let (id, mut graph) = self.start(Key::hashed(name));
        let mut about = Describe::main(&mut graph, self.findings);
        match self.kind {
            Kind::Contact => about.a(vcard::KIND).literal(vcard::FN, literal.clone()),
            _ => about.a(foaf::AGENT).literal(foaf::NAME, literal.clone()),
        };
        Some((id, graph, HashSet::new()))
    }

    fn start(&self, key: Key) -> (RecordId, RecordGraph) {
        let id = RecordId {
            portal: self.context.portal.clone(),
            kind: self.kind,
            key,
        };
        let graph = RecordGraph::new(self.context.base.record(&id));
        (id, graph)
    }

    /// What is said of an agent, with its blank nodes; none where it is no agent but half the record.
    fn closure(&self, node: &NamedOrBlankNode) -> Option<(Vec<Triple>, HashSet<NamedOrBlankNode>)> {
        let mut triples = Vec::new();
        let mut subjects = HashSet::new();
        let mut open = vec![node.clone()];
        while let Some(subject) = open.pop() {
            if !subjects.insert(subject.clone()) {
                continue;
            }
            for triple in self.below.get(&subject.to_string()).into_iter().flatten() {
                triples.push((*triple).clone());
                if let Term::BlankNode(node) = &triple.object {
                    open.push(node.clone().into());
                }
            }
            if triples.len() > LARGEST {
                return None;
            }
        }
        Some((triples, subjects))
    }

    fn statement(&mut self, triple: Triple, graph: &mut RecordGraph) {
        let property = triple.predicate.as_ref();
        let field = format!("{} {}", self.field, curie(property));
        match value::repair(
            property,
            &triple.object,
            &field,
            self.context,
            self.findings,
        ) {
            value::Repaired::Kept | value::Repaired::Thing(..) => {
                graph.add(triple.subject, property, triple.object);
            }
            value::Repaired::As(values) => {
                for value in values {
                    graph.add(triple.subject.clone(), property, value);
                }
            }
            value::Repaired::Dropped => {
                let owner = graph.iri().clone();
                graph.add_origin(owner, property, triple.object);
            }
            value::Repaired::Nothing => {}
        }
    }

    /// States what the feed leaves to its readers, and the name that it has for the agent.
    fn complete(&mut self, node: &NamedOrBlankNode, graph: &mut RecordGraph) {
        let iri = graph.iri().clone();
        let class = match self.kind {
            Kind::Contact => vcard::KIND,
            Kind::Service => dcat::DATA_SERVICE,
            _ => foaf::AGENT,
        };
        graph.add(iri.clone(), rdf::TYPE, class.into_owned());
        let has = |graph: &RecordGraph, property| graph.objects(&iri, property).next().is_some();
        // A vcard where an agent should be, and the other way round.
        let (wanted, other) = match self.kind {
            Kind::Contact => (vcard::FN, foaf::NAME),
            _ => (foaf::NAME, vcard::FN),
        };
        if self.kind != Kind::Service && !has(graph, wanted) {
            let names: Vec<Term> = [
                other,
                skos::PREF_LABEL,
                crate::rdf::vocab::rdfs::LABEL,
                dct::TITLE,
            ]
            .into_iter()
            .flat_map(|property| graph.objects(&iri, property))
            .map(oxigraph::model::TermRef::into_owned)
            .take(1)
            .collect();
            for name in names {
                graph.add(iri.clone(), wanted, name);
            }
        }
        if let NamedOrBlankNodeRef::NamedNode(name) = node.as_ref() {
            let other = graph.blank();
            let notation = Literal::new_typed_literal(name.as_str(), xsd::ANY_URI);
            graph.add(iri, adms::IDENTIFIER, other.clone());
            graph.add(
                other.clone(),
                rdf::TYPE,
                adms::IDENTIFIER_CLASS.into_owned(),
            );
            graph.add(other, skos::NOTATION, notation);
        }
        graph.dedup();
    }
}
