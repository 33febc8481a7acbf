//! Blank node labels: kept apart where graphs meet, since a label means something only within its graph.

use oxigraph::model::{BlankNode, NamedOrBlankNode, Term, Triple};

/// The triple with `prefix` before the labels of its blank nodes.
#[must_use]
pub fn apart(triple: Triple, prefix: &str) -> Triple {
    let label = |node: &BlankNode| BlankNode::new_unchecked(format!("{prefix}{}", node.as_str()));
    let subject = match triple.subject {
        NamedOrBlankNode::BlankNode(node) => label(&node).into(),
        node @ NamedOrBlankNode::NamedNode(_) => node,
    };
    let object = match triple.object {
        Term::BlankNode(node) => label(&node).into(),
        term => term,
    };
    Triple::new(subject, triple.predicate, object)
}
