//! Blank nodes of which the same is said at the same place: one is enough.
//!
//! Nobody can tell them apart, and RDF has no way to say that there are two.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use oxigraph::model::{BlankNode, BlankNodeRef, Term, TermRef, Triple};

use crate::dcat::RecordGraph;
use crate::finding::Finding;
use crate::rdf::subjects::Subjects;
use crate::vocabulary::Vocabularies;

/// Deeper nodes are not compared.
const DEEPEST: u8 = 8;

/// Takes the links to doubles out; what is said of them goes with the nodes that nothing leads to.
pub(super) fn doubles(graph: &mut RecordGraph, _: &Vocabularies) -> Vec<Finding> {
    let doubles = found(graph.triples());
    if !doubles.is_empty() {
        let is_double = |triple: &Triple| matches!(&triple.object, Term::BlankNode(node) if doubles.contains(node));
        graph.triples_mut().retain(|triple| !is_double(triple));
    }
    Vec::new()
}

fn found(triples: &[Triple]) -> HashSet<BlankNode> {
    let mut places: HashMap<_, Vec<BlankNodeRef<'_>>> = HashMap::new();
    let mut links: HashMap<BlankNodeRef<'_>, usize> = HashMap::new();
    for triple in triples {
        if let TermRef::BlankNode(node) = triple.object.as_ref() {
            let place = (triple.subject.as_ref(), triple.predicate.as_ref());
            places.entry(place).or_default().push(node);
            *links.entry(node).or_default() += 1;
        }
    }
    places.retain(|_, nodes| nodes.len() > 1);
    let mut doubles = HashSet::new();
    if places.is_empty() {
        return doubles;
    }
    let below = Subjects::of(triples);
    for nodes in places.into_values() {
        let mut seen = HashSet::new();
        for node in nodes {
            let is_alone = links.get(&node) == Some(&1);
            if let Some(said) = said(node, &below, DEEPEST)
                && !seen.insert(said)
                && is_alone
            {
                doubles.insert(node.into_owned());
            }
        }
    }
    doubles
}

/// All that is said of a node, in one text that is the same for equal ones; `None` where it is too deep.
fn said(node: BlankNodeRef<'_>, below: &Subjects<'_>, depth: u8) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let mut lines = Vec::new();
    for triple in below.about(node) {
        let object = match triple.object.as_ref() {
            TermRef::BlankNode(inner) => said(inner, below, depth)?,
            term => term.to_string(),
        };
        lines.push(format!("{} {object}", triple.predicate));
    }
    lines.sort_unstable();
    lines.dedup();
    Some(format!("[{}]", lines.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dcat::Describe;
    use crate::rdf::vocab::{dct, rdfs};
    use oxigraph::model::NamedNode;

    #[test]
    fn of_equal_nodes_at_one_place_one_is_kept() {
        let mut graph = RecordGraph::new(NamedNode::new_unchecked("http://e/d"));
        let mut findings = Vec::new();
        let mut about = Describe::main(&mut graph, &mut findings);
        for (text, inner) in [("a", "b"), ("a", "b"), ("a", "c"), ("d", "b")] {
            let mut node = about.node(dct::RIGHTS, dct::RIGHTS_STATEMENT);
            node.token(rdfs::LABEL, text, "");
            node.node(dct::SOURCE, dct::STANDARD)
                .token(dct::TITLE, inner, "");
        }
        // The same elsewhere is another.
        about
            .node(dct::PROVENANCE, dct::RIGHTS_STATEMENT)
            .token(rdfs::LABEL, "a", "");
        doubles(&mut graph, Vocabularies::builtin());
        let count = |property| {
            graph
                .triples()
                .iter()
                .filter(|t| t.predicate == property)
                .count()
        };
        assert_eq!((count(dct::RIGHTS), count(dct::PROVENANCE)), (3, 1));
    }
}
