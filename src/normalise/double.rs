//! Blank nodes of which the same is said at the same place: one is enough.
//!
//! Nobody can tell them apart, and RDF has no way to say that there are two.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use oxigraph::model::{BlankNode, BlankNodeRef, Term, TermRef, Triple};

use crate::dcat::RecordGraph;
use crate::finding::Finding;
use crate::rdf::subjects::Subjects;
use crate::vocabulary::Vocabularies;

/// Deeper nodes are not compared: those with so many nodes, one below the other, from themselves on.
const DEEPEST: usize = 8;

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
    let said = said(&Subjects::of(triples), links.keys().copied());
    for nodes in places.into_values() {
        let mut seen = HashSet::new();
        for node in nodes {
            let is_alone = links.get(&node) == Some(&1);
            if let Some(said) = said.get(&node)
                && !seen.insert(said)
                && is_alone
            {
                doubles.insert(node.into_owned());
            }
        }
    }
    doubles
}

/// A number for all that is said of each node, the same for equal ones; none for nodes that are too deep.
///
/// From the leaves up, so that nodes which many lead to are looked at once: to follow every way down to them
/// would take their number to the power of the depth.
fn said<'a>(
    below: &Subjects<'a>,
    nodes: impl Iterator<Item = BlankNodeRef<'a>>,
) -> HashMap<BlankNodeRef<'a>, usize> {
    let mut numbers: HashMap<Vec<String>, usize> = HashMap::new();
    let mut known: HashMap<BlankNodeRef<'a>, usize> = HashMap::new();
    let mut open: Vec<BlankNodeRef<'a>> = nodes.collect();
    for _ in 0..DEEPEST {
        let mut found = Vec::new();
        open.retain(|node| match lines(*node, below, &known) {
            Some(lines) => {
                let next = numbers.len();
                found.push((*node, *numbers.entry(lines).or_insert(next)));
                false
            }
            None => true,
        });
        if found.is_empty() {
            break;
        }
        known.extend(found);
    }
    known
}

/// What is said of a node, in order; `None` while it is not known of a node below it.
fn lines(
    node: BlankNodeRef<'_>,
    below: &Subjects<'_>,
    known: &HashMap<BlankNodeRef<'_>, usize>,
) -> Option<Vec<String>> {
    let line = |triple: &&Triple| match triple.object.as_ref() {
        TermRef::BlankNode(inner) => {
            let number = known.get(&inner)?;
            Some(format!("{} _:{number}", triple.predicate))
        }
        term => Some(format!("{} {term}", triple.predicate)),
    };
    let about = below.about(node).iter();
    let mut lines: Vec<String> = about.map(line).collect::<Option<_>>()?;
    lines.sort_unstable();
    lines.dedup();
    Some(lines)
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
    #[test]
    fn nodes_that_many_ways_lead_to_are_compared_once() {
        let (wide, deep) = (40, 7);
        let mut graph = RecordGraph::new(NamedNode::new_unchecked("http://e/d"));
        let layers: Vec<Vec<BlankNode>> = (0..deep)
            .map(|_| (0..wide).map(|_| graph.blank()).collect())
            .collect();
        for (above, below) in layers.iter().zip(layers.iter().skip(1)) {
            for node in above {
                for inner in below {
                    graph.add(node.clone(), dct::RELATION, inner.clone());
                }
            }
        }
        let main = graph.iri().clone();
        for node in layers.first().unwrap() {
            graph.add(main.clone(), dct::RELATION, node.clone());
        }
        doubles(&mut graph, Vocabularies::builtin());
        let of_main = graph
            .triples()
            .iter()
            .filter(|t| t.subject == main.clone().into());
        assert_eq!(of_main.count(), 1);
    }
}
