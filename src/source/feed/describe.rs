//! A record of a feed as graphs: its own statements under our names, and what it says in passing of
//! agents, contact points and services.
//!
//! Every statement stays, known or not. What changes is names (the record's, its distributions', those
//! of other records of the feed), values that are written wrongly ([`value`]), and where a statement
//! goes: about an agent, to the agent's record; about what nobody here owns, to the origin graph, which
//! normalisation sees to. The rest of this module adds what the feed leaves to whoever reads it.

mod agent;
mod drawing;
mod entry;
mod names;
mod older;
mod pod;
mod schema;
mod sentence;
mod shape;
mod spatial;
#[cfg(test)]
mod tests;
mod value;

use std::collections::{BTreeMap, HashSet};

use oxigraph::model::{
    Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef, Triple,
};

use super::payload::{self, Head};
use super::{CATALOGUES, DATASETS, SERIES, SERVICES};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::curie;
use crate::rdf::vocab::{adms, dcat, dct, foaf, rdf, skos, xsd};
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};
use names::Names;

/// The kind of the records of a collection.
pub(super) fn kind(collection: &str) -> Option<(Kind, NamedNodeRef<'static>)> {
    Some(match collection {
        DATASETS => (Kind::Dataset, dcat::DATASET_CLASS),
        SERIES => (Kind::Series, dcat::DATASET_SERIES),
        SERVICES => (Kind::Service, dcat::DATA_SERVICE),
        CATALOGUES => (Kind::Topic, dcat::CATALOG_CLASS),
        _ => return None,
    })
}

/// Describes a record.
///
/// # Errors
/// [`Rejected`] where it has no identifier, or is no payload of a feed.
pub(in crate::source) fn describe(
    collection: &str,
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    let (kind, class) = kind(collection).ok_or_else(|| Rejected::no_collection(collection))?;
    let (head, mut triples) = payload::read(payload).map_err(Rejected::Unreadable)?;
    if head.key.is_empty() {
        return Err(Rejected::NoIdentifier);
    }
    sentence::translate(&mut triples, &head);
    shape::translate(&mut triples);
    spatial::translate(&mut triples);
    older::translate(&mut triples);
    schema::translate(&mut triples);
    pod::translate(&mut triples);
    let key = Key::new(&head.lasting_key(kind));
    let id = RecordId {
        portal: context.portal.clone(),
        kind,
        key: (context.former).key(kind, key, || Key::new(head.name())),
    };
    let mut findings = head.findings.clone();
    if let Some(beside) = context.former.beside(kind, &id.key) {
        let message = "an earlier version of the program had more than one record of it: the one that was \
                       published first stays, in place of this";
        let finding = Finding::new(Code::DuplicateIdentifier, "dct:identifier", message, beside);
        findings.push(finding);
    }
    let mut graph = RecordGraph::new(context.base.record(&id));
    let names = Names::of(&head, &id, &triples, context);
    let agents = agent::read(&triples, &names, context, &mut findings);
    let mut work = Work {
        graph: &mut graph,
        findings: &mut findings,
        context,
    };
    for triple in &triples {
        if !agents.owns(&triple.subject) {
            work.statement(triple, &names, &agents);
        }
    }
    drawing::one_a_place(work.graph);
    work.class(&triples, &names, class);
    work.identifiers(&head, &triples, &names);
    work.distributions(&names);
    work.licence(kind, &names);
    work.language();
    work.catalogue_record(&head, &id, &names, &triples);
    for (subject, property, name) in names.parts() {
        // The name stays where it was said, and a place keeps it in the catalogue as well.
        let subject = names.owner(subject);
        if *property == dct::SPATIAL {
            work.graph.add(subject, property.as_ref(), name.clone());
        } else {
            work.graph
                .add_origin(subject, property.as_ref(), name.clone());
        }
    }
    Ok(Described::new(id, graph, agents.into_parts(), findings))
}

struct Work<'w> {
    graph: &'w mut RecordGraph,
    findings: &'w mut Vec<Finding>,
    context: &'w Context<'w>,
}

impl Work<'_> {
    /// Writes one statement of the feed under our names.
    fn statement(&mut self, triple: &Triple, names: &Names, agents: &agent::Agents) {
        let property = triple.predicate.as_ref();
        if let Some(agent) = agents.of_value(triple) {
            let subject = names.node(&triple.subject);
            self.graph.add(subject, property, agent.clone());
            if triple.object.is_literal() {
                self.keep(names.owner(&triple.subject), property, &triple.object);
            }
            return;
        }
        if !names.is_own(&triple.subject) {
            // Somebody else's: as it stands, for the origin graph.
            let subject = match &triple.subject {
                thing @ NamedOrBlankNode::NamedNode(_) => thing.clone(),
                blank @ NamedOrBlankNode::BlankNode(_) => names.node(blank),
            };
            self.graph
                .add(subject, property, names.value(&triple.object));
            return;
        }
        let subject = names.node(&triple.subject);
        let field = field(&subject, property, names);
        if names.is_main(&triple.subject) && is_of_a_record(triple) {
            let message = "one IRI for this and for the record about it: taken as this one's";
            let value = triple.subject.to_string();
            self.findings.push(Finding::new(
                Code::ConflictingValues,
                &field,
                message,
                &value,
            ));
            self.keep(names.owner(&triple.subject), property, &triple.object);
            return;
        }
        // An address is one also where a record is called by it.
        let mapped = if value::is_address(property) && triple.object.is_named_node() {
            triple.object.clone()
        } else {
            names.value(&triple.object)
        };
        if mapped != triple.object {
            self.graph.add(subject, property, mapped);
            return;
        }
        let value = &triple.object;
        let repaired = value::repair(property, value, &field, self.context, self.findings);
        let written = Triple::new(subject, property, mapped);
        repaired.write(written, names.owner(&triple.subject), self.graph);
    }

    /// Keeps a value that is left out in the origin graph.
    fn keep(&mut self, owner: NamedNode, property: NamedNodeRef<'_>, value: &Term) {
        if !value.is_blank_node() {
            self.graph.add_origin(owner, property, value.clone());
        }
    }

    /// States the class that the feed left to be seen from where the record stands.
    fn class(&mut self, triples: &[Triple], names: &Names, class: NamedNodeRef<'static>) {
        let iri = self.graph.iri().clone();
        let is_said = triples.iter().any(|triple| {
            names.is_main(&triple.subject)
                && triple.predicate == rdf::TYPE
                && triple.object.as_ref() == class.into()
        });
        if !is_said {
            self.graph.add(iri, rdf::TYPE, class.into_owned());
        }
    }

    /// Writes the names under which the feed knows the record.
    fn identifiers(&mut self, head: &Head, triples: &[Triple], names: &Names) {
        let has_identifier = triples
            .iter()
            .any(|triple| names.is_main(&triple.subject) && triple.predicate == dct::IDENTIFIER);
        let said: Vec<String> = triples
            .iter()
            .filter(|triple| triple.predicate == skos::NOTATION)
            .filter_map(|triple| match &triple.object {
                Term::Literal(literal) => Some(literal.value().to_owned()),
                _ => None,
            })
            .collect();
        let mut about = Describe::main(self.graph, self.findings);
        if !has_identifier {
            about.token(dct::IDENTIFIER, head.name(), "dct:identifier");
        }
        if !payload::is_nameless(&head.main) && !said.contains(&head.main) {
            let name = Literal::new_typed_literal(head.main.as_str(), xsd::ANY_URI);
            about
                .node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS)
                .literal(skos::NOTATION, name);
        }
    }

    /// Completes the distributions: their class, their names in the feed, the access to those that can
    /// only be downloaded.
    fn distributions(&mut self, names: &Names) {
        let listed: HashSet<Term> = self
            .graph
            .objects(self.graph.iri(), dcat::DISTRIBUTION)
            .map(TermRef::into_owned)
            .collect();
        for (iri, source) in names.distributions() {
            let objects = |graph: &RecordGraph, property| {
                let found = graph.objects(iri, property).map(TermRef::into_owned);
                found.collect::<Vec<Term>>()
            };
            let is_sample = !listed.contains(&Term::from(iri.clone()));
            let classes = objects(self.graph, rdf::TYPE);
            if !is_sample && !classes.contains(&dcat::DISTRIBUTION_CLASS.into_owned().into()) {
                self.graph.add(
                    iri.clone(),
                    rdf::TYPE,
                    dcat::DISTRIBUTION_CLASS.into_owned(),
                );
            }
            if let Some(source) = source {
                let node = self.graph.blank();
                let name = Literal::new_typed_literal(source.as_str(), xsd::ANY_URI);
                self.graph.add(iri.clone(), adms::IDENTIFIER, node.clone());
                self.graph
                    .add(node.clone(), rdf::TYPE, adms::IDENTIFIER_CLASS.into_owned());
                self.graph.add(node, skos::NOTATION, name);
            }
            if objects(self.graph, dcat::ACCESS_URL).is_empty() {
                for address in objects(self.graph, dcat::DOWNLOAD_URL) {
                    self.graph.add(iri.clone(), dcat::ACCESS_URL, address);
                }
            }
        }
    }

    /// Writes the licence that the operator states for records without one.
    fn licence(&mut self, kind: Kind, names: &Names) {
        let Some(licence) = self.context.licence else {
            return;
        };
        let is_stated =
            |triple: &Triple| triple.predicate == dct::LICENSE || triple.predicate == dct::RIGHTS;
        if self.graph.triples().iter().any(is_stated) {
            return;
        }
        let holders: Vec<NamedNode> = match kind {
            Kind::Dataset => names.distributions().map(|(iri, _)| iri.clone()).collect(),
            Kind::Service => vec![self.graph.iri().clone()],
            _ => return,
        };
        if holders.is_empty() {
            return;
        }
        self.findings.push(Finding::new(
            Code::LicenceAssumed,
            "dct:license",
            "taken from the portal's configuration",
            licence,
        ));
        let value = match clean(licence) {
            Cleaned::Kept(iri) => Term::from(iri),
            _ => Literal::new_simple_literal(licence).into(),
        };
        for holder in holders {
            self.graph.add(holder, dct::LICENSE, value.clone());
        }
    }

    /// Writes the language that the operator states for the portal's texts.
    fn language(&mut self) {
        let iri = self.graph.iri().clone();
        if let Some(language) = self.context.language
            && self.graph.objects(&iri, dct::LANGUAGE).next().is_none()
        {
            let language = Literal::new_simple_literal(language);
            self.graph.add(iri, dct::LANGUAGE, language);
        }
    }
}

/// Whether a statement about a dataset is one that only the record about it can make.
fn is_of_a_record(triple: &Triple) -> bool {
    let is_class =
        triple.predicate == rdf::TYPE && triple.object.as_ref() == dcat::CATALOG_RECORD.into();
    let is_topic = triple.predicate == foaf::PRIMARY_TOPIC
        && triple.object.as_ref() == TermRef::from(triple.subject.as_ref());
    is_class || is_topic
}

/// What a finding calls a property of a subject.
fn field(subject: &NamedOrBlankNode, property: NamedNodeRef<'_>, names: &Names) -> String {
    let property = curie(property);
    match subject.as_ref() {
        NamedOrBlankNodeRef::NamedNode(node) if names.is_distribution(node) => {
            let key = node.as_str().rsplit('/').next().unwrap_or_default();
            format!("distribution[{key}] {property}")
        }
        _ => property,
    }
}

/// Values by subject.
type BySubject<'t> = BTreeMap<String, Vec<&'t Triple>>;

/// The statements of a record by their subjects.
fn by_subject(triples: &[Triple]) -> BySubject<'_> {
    let mut by_subject = BySubject::new();
    for triple in triples {
        by_subject
            .entry(triple.subject.to_string())
            .or_default()
            .push(triple);
    }
    by_subject
}
