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

/// The statements of several graphs, with the blank nodes of each kept apart from the others'.
#[must_use]
pub fn united(graphs: Vec<Vec<Triple>>) -> Vec<Triple> {
    let graphs = graphs.into_iter().enumerate();
    graphs
        .flat_map(|(number, triples)| {
            let prefix = format!("u{number}");
            let triples = triples.into_iter();
            triples.map(move |triple| apart(triple, &prefix))
        })
        .collect()
}
