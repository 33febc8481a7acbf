//! What the feed says of one agent, as the record of its own that it becomes.

use std::collections::HashSet;

use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple};

use super::super::names::{Names, nameless, resource};
use super::super::{BySubject, value};
use super::{kind, name};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::blank::apart;
use crate::rdf::canon::canonicalise;
use crate::rdf::vocab::curie;
use crate::rdf::vocab::{adms, dcat, foaf, org, rdf, skos, vcard, xsd};
use crate::record::lasting;
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::Context;
use crate::source::part::catalogue_record;
use crate::source::value::mail::{self, Mail};

/// Agents that are named by code lists for all of Europe.
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/";

/// The statements of one agent beyond which it is none.
const LARGEST: usize = 2_000;

/// An agent that is being read.
pub(super) struct Mention<'m> {
    pub(super) kind: Kind,
    pub(super) field: &'m str,
    pub(super) below: &'m BySubject<'m>,
    pub(super) names: &'m Names,
    pub(super) context: &'m Context<'m>,
    pub(super) findings: &'m mut Vec<Finding>,
    /// The agents that those of a record lead to: the organisation that one is a part of, the publisher of
    /// a service.
    pub(super) others: Vec<Read>,
    /// The way to the agent that is being read: organisations may be parts of each other.
    pub(super) way: Vec<NamedOrBlankNode>,
}

/// What is said of an agent: the statements, the subjects of these, and the parts that lose their names.
#[derive(Default)]
struct Closure {
    triples: Vec<Triple>,
    subjects: HashSet<NamedOrBlankNode>,
    parts: HashSet<NamedNode>,
}

/// An agent is no farther from a record than this many others.
const FARTHEST: usize = 8;

/// The identity of an agent, what is said of it, and the subjects of that in the feed.
pub(super) type Read = (RecordId, RecordGraph, HashSet<NamedOrBlankNode>);

impl Mention<'_> {
    /// Reads the agent that a value means, if it means one.
    pub(super) fn read(&mut self, object: &Term) -> Option<Read> {
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
        let closure = self.closure(&node)?;
        let key = match &node {
            NamedOrBlankNode::NamedNode(name) => {
                let key = Key::new(&lasting(name.as_str()));
                let spelled = || Key::new(name.as_str());
                self.context.former.key(self.kind, key, spelled)
            }
            NamedOrBlankNode::BlankNode(_) => {
                let mut said = closure.triples.iter();
                if said.all(|triple| triple.predicate == rdf::TYPE) {
                    return None;
                }
                Key::hashed(&canonicalise(&closure.triples).ok()?.text)
            }
        };
        let (id, mut graph) = self.start(key);
        self.way.push(node.clone());
        for triple in &closure.triples {
            self.named(triple, &node, &closure, &mut graph);
        }
        self.way.pop();
        for triple in self.of_others(&closure) {
            let triple = apart(triple, "a");
            graph.add(triple.subject, triple.predicate.as_ref(), triple.object);
        }
        self.complete(&node, &mut graph);
        if self.kind == Kind::Service {
            let mut about = Describe::main(&mut graph, self.findings);
            catalogue_record::within(&id, self.context, &mut about);
        }
        Some((id, graph, closure.subjects))
    }

    /// Writes a statement about the agent `node` under our names.
    fn named(
        &mut self,
        triple: &Triple,
        node: &NamedOrBlankNode,
        closure: &Closure,
        graph: &mut RecordGraph,
    ) {
        let iri = graph.iri().clone();
        let part = |named: &NamedNode| closure.parts.contains(named).then(|| nameless(named));
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(named) => part(named).map(NamedOrBlankNode::from),
            NamedOrBlankNode::BlankNode(_) => None,
        };
        let subject = if triple.subject == *node {
            iri.clone().into()
        } else {
            subject.unwrap_or_else(|| triple.subject.clone())
        };
        let other = self.other(triple);
        let value: Term = match (&triple.object, other) {
            (value, Some(kind)) => match self.beside(kind, value) {
                Some(other) => other.into(),
                None => value.clone(),
            },
            // Its site is an address also where the agent is called by it.
            (value @ Term::NamedNode(named), None)
                if value::is_address(triple.predicate.as_ref())
                    && !closure.parts.contains(named) =>
            {
                value.clone()
            }
            (value, None) if resource(value).as_ref() == Some(node) => iri.clone().into(),
            (Term::NamedNode(named), None) => match part(named) {
                Some(part) => {
                    // The name stays where it was said.
                    graph.add_origin(iri, triple.predicate.as_ref(), named.clone());
                    part.into()
                }
                None => self.names.value(&triple.object),
            },
            (value, None) => value.clone(),
        };
        let triple = apart(Triple::new(subject, triple.predicate.clone(), value), "a");
        self.statement(triple, graph);
    }

    /// What the feed says of the things that an agent points to, and no record owns: the kind that it is of.
    /// Normalisation moves it to the origin graph.
    fn of_others(&self, closure: &Closure) -> Vec<Triple> {
        let mut found = Vec::new();
        let mut seen = closure.subjects.clone();
        let mut open: Vec<&Triple> = closure.triples.iter().collect();
        while let Some(triple) = open.pop() {
            let Some(thing) = resource(&triple.object).filter(|_| triple.predicate != rdf::TYPE)
            else {
                continue;
            };
            let is_agent = self.other(triple).is_some();
            if is_agent || self.names.is_own(&thing) || !seen.insert(thing.clone()) {
                continue;
            }
            let said = self.below.get(&thing.to_string()).into_iter().flatten();
            for triple in said {
                found.push(Triple::clone(triple));
                open.push(triple);
            }
            if found.len() > LARGEST {
                break;
            }
        }
        found
    }

    /// What a statement about an agent leads to, where that is an agent again.
    fn other(&self, triple: &Triple) -> Option<Kind> {
        let property = triple.predicate.as_ref();
        if property == org::SUB_ORGANIZATION_OF {
            let node = resource(&triple.object).filter(NamedOrBlankNode::is_named_node)?;
            let is_described = self.below.contains_key(&node.to_string());
            return is_described.then_some(Kind::Organization);
        }
        let kind = kind(property).filter(|kind| *kind != Kind::Service);
        kind.filter(|_| self.kind == Kind::Service)
    }

    /// The IRI of an agent that this one leads to, which is read beside it.
    fn beside(&mut self, kind: Kind, value: &Term) -> Option<NamedNode> {
        let node = resource(value);
        if self.way.len() >= FARTHEST || node.as_ref().is_some_and(|node| self.way.contains(node)) {
            return None;
        }
        let before = std::mem::replace(&mut self.kind, kind);
        let read = self.read(value);
        self.kind = before;
        let read = read?;
        let iri = read.1.iri().clone();
        self.others.push(read);
        Some(iri)
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
        if let Some(iri) = value::stated(name).filter(|iri| !iri.as_str().starts_with("mailto:")) {
            let message = "a text was taken as the IRI that it is";
            let finding = Finding::new(Code::WrongRange, self.field, message, name);
            self.findings.push(finding);
            return self.read(&iri.into());
        }
        if self.kind == Kind::Contact
            && let Mail::Plain(_) | Mail::Written(_) = Mail::read(name)
        {
            return Some(self.mail(name));
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

    /// An e-mail address where a contact point should be.
    fn mail(&mut self, text: &str) -> Read {
        let (id, mut graph) = self.start(Key::hashed(text));
        let mut about = Describe::main(&mut graph, self.findings);
        about.a(vcard::KIND);
        mail::write(vcard::HAS_EMAIL, text, self.field, &mut about);
        (id, graph, HashSet::new())
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

    /// What is said of an agent, with its blank nodes and parts; none where it is no agent but half the
    /// record.
    fn closure(&self, node: &NamedOrBlankNode) -> Option<Closure> {
        let mut closure = Closure::default();
        let mut open = vec![node.clone()];
        while let Some(subject) = open.pop() {
            if !closure.subjects.insert(subject.clone()) {
                continue;
            }
            for triple in self.below.get(&subject.to_string()).into_iter().flatten() {
                closure.triples.push((*triple).clone());
                let Some(object) =
                    resource(&triple.object).filter(|_| self.other(triple).is_none())
                else {
                    continue;
                };
                if let NamedOrBlankNode::NamedNode(named) = &object {
                    let said = self.below.get(&object.to_string());
                    let said = said.map(Vec::as_slice).unwrap_or_default();
                    if object == *node
                        || !self.names.is_part(triple, said, self.context.vocabularies)
                    {
                        continue;
                    }
                    closure.parts.insert(named.clone());
                }
                open.push(object);
            }
            if closure.triples.len() > LARGEST {
                return None;
            }
        }
        Some(closure)
    }

    fn statement(&mut self, triple: Triple, graph: &mut RecordGraph) {
        let property = triple.predicate.as_ref();
        let field = format!("{} {}", self.field, curie(property));
        let value = &triple.object;
        let repaired = value::repair(property, value, &field, self.context, self.findings);
        let owner = graph.iri().clone();
        repaired.write(triple, owner, graph);
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
        let wanted = match self.kind {
            Kind::Contact => vcard::FN,
            _ => foaf::NAME,
        };
        if self.kind != Kind::Service && !has(graph, wanted) {
            for name in name::of(graph, &iri) {
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
