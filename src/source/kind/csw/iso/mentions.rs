//! What a record says in passing of others: agents, contacts, services.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::dcat::RecordGraph;
use crate::record::RecordId;
use crate::source::contract::{Part, Role};

/// The records that one record mentions, each once.
#[derive(Default)]
pub(super) struct Mentions {
    graphs: BTreeMap<RecordId, RecordGraph>,
}

impl Mentions {
    /// Adds what is said of a record; what is said of it at two places is one description.
    pub(super) fn insert(&mut self, id: RecordId, graph: RecordGraph) {
        match self.graphs.get_mut(&id) {
            // Blank nodes of two graphs have the same names: the first description stands, and what has
            // none is added.
            Some(known) => {
                for triple in graph.triples() {
                    let is_plain = triple.subject.is_named_node() && !triple.object.is_blank_node();
                    if is_plain {
                        let subject = triple.subject.clone();
                        known.add(subject, triple.predicate.as_ref(), triple.object.clone());
                    }
                }
            }
            None => {
                self.graphs.insert(id, graph);
            }
        }
    }

    /// Links a mentioned record to another.
    pub(super) fn add(&mut self, from: &NamedNode, property: NamedNodeRef<'_>, to: NamedNode) {
        if let Some(graph) = self.graphs.values_mut().find(|graph| graph.iri() == from) {
            graph.add(from.clone(), property, to);
        }
    }

    /// The records, in the order of their names.
    pub(super) fn into_parts(self) -> impl Iterator<Item = Part> {
        self.graphs.into_iter().map(|(id, mut graph)| {
            graph.dedup();
            Part {
                id,
                role: Role::Mention,
                graph,
            }
        })
    }
}
