//! Quads grouped as people read them: by graph, subject and predicate, blank nodes inside their owner.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    BlankNodeRef, GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, TermRef,
};

use super::Blank;
use crate::rdf::syntax::Syntax;

/// Deeper nesting is not written in place: it would not be readable, and the writers recurse.
const DEEPEST: usize = 8;

/// A batch of quads, grouped.
pub(in crate::rdf) struct Forest<'a> {
    /// The default graph first, then the named ones in order of appearance.
    pub(in crate::rdf) graphs: Vec<Graph<'a>>,
}

/// The statements of one graph.
pub(in crate::rdf) struct Graph<'a> {
    /// Its name.
    pub(in crate::rdf) name: GraphNameRef<'a>,
    nodes: Vec<Node<'a>>,
    nested: HashMap<BlankNodeRef<'a>, Option<usize>>,
}

/// A subject and what is said of it.
pub(in crate::rdf) struct Node<'a> {
    /// The subject.
    pub(in crate::rdf) subject: NamedOrBlankNodeRef<'a>,
    /// Predicates in order of appearance, `rdf:type` first, with their objects.
    pub(in crate::rdf) properties: Vec<(NamedNodeRef<'a>, Vec<TermRef<'a>>)>,
}

impl<'a> Forest<'a> {
    /// Groups `quads`; named graphs are left out where `syntax` has none, repetitions everywhere.
    pub(super) fn new(syntax: Syntax, quads: &'a [Quad], blank: Blank) -> Self {
        let mut seen = HashSet::with_capacity(quads.len());
        let mut order: Vec<GraphNameRef<'a>> = Vec::new();
        let mut builders: HashMap<GraphNameRef<'a>, Builder<'a>> = HashMap::new();
        for quad in quads.iter().map(Quad::as_ref) {
            let wanted = quad.graph_name == GraphNameRef::DefaultGraph || syntax.has_graphs();
            if wanted && seen.insert(quad) {
                let builder = builders.entry(quad.graph_name).or_insert_with(|| {
                    order.push(quad.graph_name);
                    Builder::default()
                });
                builder.add(quad.subject, quad.predicate, quad.object);
            }
        }
        order.sort_by_key(|name| *name != GraphNameRef::DefaultGraph);
        let shared = if blank == Blank::Nested {
            shared(&builders)
        } else {
            HashSet::new()
        };
        let graphs = order
            .into_iter()
            .filter_map(|name| {
                builders
                    .remove(&name)
                    .map(|builder| builder.build(name, blank, &shared))
            })
            .collect();
        Self { graphs }
    }
}

impl<'a> Graph<'a> {
    /// The nodes that stand on their own, in order of first appearance.
    pub(in crate::rdf) fn roots(&self) -> impl Iterator<Item = &Node<'a>> {
        self.nodes.iter().filter(|node| match node.subject {
            NamedOrBlankNodeRef::BlankNode(label) => !self.nested.contains_key(&label),
            NamedOrBlankNodeRef::NamedNode(_) => true,
        })
    }

    /// What to write in place of a blank node that only one node refers to: its properties, if any.
    pub(in crate::rdf) fn nested(
        &self,
        term: TermRef<'a>,
    ) -> Option<&[(NamedNodeRef<'a>, Vec<TermRef<'a>>)]> {
        let TermRef::BlankNode(label) = term else {
            return None;
        };
        let node = self.nested.get(&label)?;
        Some(
            node.and_then(|index| self.nodes.get(index))
                .map_or(&[], |node| &node.properties),
        )
    }
}

#[derive(Default)]
struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    /// Where the node of the last statement is: statements about one subject mostly follow each other.
    last: usize,
    positions: HashMap<NamedOrBlankNodeRef<'a>, usize>,
    /// How often a blank node is an object, and the last subject that has it.
    referrers: HashMap<BlankNodeRef<'a>, (usize, NamedOrBlankNodeRef<'a>)>,
}

impl<'a> Builder<'a> {
    fn add(
        &mut self,
        subject: NamedOrBlankNodeRef<'a>,
        predicate: NamedNodeRef<'a>,
        object: TermRef<'a>,
    ) {
        if let TermRef::BlankNode(label) = object {
            let referrer = self.referrers.entry(label).or_insert((0, subject));
            referrer.0 += 1;
            referrer.1 = subject;
        }
        let last = self.nodes.get(self.last);
        if last.is_none_or(|node| node.subject != subject) {
            self.last = *self.positions.entry(subject).or_insert_with(|| {
                self.nodes.push(Node {
                    subject,
                    properties: Vec::new(),
                });
                self.nodes.len() - 1
            });
        }
        let Some(node) = self.nodes.get_mut(self.last) else {
            return;
        };
        match node
            .properties
            .iter_mut()
            .find(|(known, _)| *known == predicate)
        {
            Some((_, objects)) => objects.push(object),
            None if predicate == rdf::TYPE => node.properties.insert(0, (predicate, vec![object])),
            None => node.properties.push((predicate, vec![object])),
        }
    }

    fn blank_nodes(&self) -> impl Iterator<Item = BlankNodeRef<'a>> {
        let subjects = self.positions.keys().filter_map(|subject| match subject {
            NamedOrBlankNodeRef::BlankNode(label) => Some(*label),
            NamedOrBlankNodeRef::NamedNode(_) => None,
        });
        subjects.chain(self.referrers.keys().copied())
    }

    fn build(
        self,
        name: GraphNameRef<'a>,
        blank: Blank,
        shared: &HashSet<BlankNodeRef<'a>>,
    ) -> Graph<'a> {
        let mut nested = HashMap::new();
        if blank == Blank::Nested {
            let mut depths: HashMap<BlankNodeRef<'a>, usize> = HashMap::new();
            let labels: HashSet<_> = self.referrers.keys().copied().collect();
            for label in labels {
                self.place(label, shared, &mut depths);
            }
            for (label, depth) in depths {
                if depth > 0 {
                    nested.insert(
                        label,
                        self.positions
                            .get(&NamedOrBlankNodeRef::from(label))
                            .copied(),
                    );
                }
            }
        }
        Graph {
            name,
            nodes: self.nodes,
            nested,
        }
    }

    /// Finds the depth at which a blank node is nested; 0 is on its own. Walks up the referrers without
    /// recursion, and cuts cycles and long chains.
    fn place(
        &self,
        label: BlankNodeRef<'a>,
        shared: &HashSet<BlankNodeRef<'a>>,
        depths: &mut HashMap<BlankNodeRef<'a>, usize>,
    ) {
        let mut path = Vec::new();
        let mut on_path = HashSet::new();
        let mut current = label;
        let mut depth = loop {
            if let Some(&known) = depths.get(&current) {
                break known;
            }
            match self.referrers.get(&current) {
                Some((1, referrer)) if !shared.contains(&current) && on_path.insert(current) => {
                    path.push(current);
                    match referrer {
                        NamedOrBlankNodeRef::NamedNode(_) => break 0,
                        NamedOrBlankNodeRef::BlankNode(owner) => current = *owner,
                    }
                }
                _ => {
                    // A root, or a cycle that is cut here.
                    depths.insert(current, 0);
                    break 0;
                }
            }
        };
        for step in path.into_iter().rev() {
            if depths.contains_key(&step) {
                depth = 0;
                continue;
            }
            depth = if depth >= DEEPEST { 0 } else { depth + 1 };
            depths.insert(step, depth);
        }
    }
}

/// Blank nodes that occur in several graphs, or name one: they keep their label everywhere.
fn shared<'a>(builders: &HashMap<GraphNameRef<'a>, Builder<'a>>) -> HashSet<BlankNodeRef<'a>> {
    let mut shared = HashSet::new();
    let mut home: HashMap<BlankNodeRef<'a>, GraphNameRef<'a>> = HashMap::new();
    for (name, builder) in builders {
        if let GraphNameRef::BlankNode(label) = name {
            shared.insert(*label);
        }
        for label in builder.blank_nodes() {
            if *home.entry(label).or_insert(*name) != *name {
                shared.insert(label);
            }
        }
    }
    shared
}
