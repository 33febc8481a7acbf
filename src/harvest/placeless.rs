//! Addresses that were sent without a host: of the portal's root where that is known, left out with a
//! finding where it is not. What stands for the host meanwhile ([`NOWHERE`]) never leaves this step.

use std::collections::{BTreeSet, HashMap, HashSet};

use oxigraph::model::{
    BlankNode, Literal, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple,
};
use url::Url;

use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::iri::NOWHERE;
use crate::rdf::vocab::{curie, rdf, xsd};

/// Gives the addresses of a record that came without a host the portal's, or leaves them out. Only what the
/// portal sent, in `payload`, is a finding: what the mapping makes of the root itself is no loss.
pub(super) fn place(graph: &mut RecordGraph, root: Option<&Url>, payload: &[u8]) -> Vec<Finding> {
    let mut left_out = BTreeSet::new();
    for triples in graph.each_mut() {
        if triples.iter().any(is_placeless) {
            *triples = placed(std::mem::take(triples), root, &mut left_out);
        }
    }
    if left_out.is_empty() {
        return Vec::new();
    }
    let sent = String::from_utf8_lossy(payload);
    let found = left_out.into_iter();
    found
        .filter(|(_, path)| path.len() > 1 && is_sent(&sent, path))
        .map(|(field, path)| {
            let message = "left out: the portal sends it without a host, and its root is not known";
            Finding::new(Code::IriInvalid, field, message, &path)
        })
        .collect()
}

/// The host that stands for the portal's.
const HOST: &str = "document.invalid";

fn is_placeless(triple: &Triple) -> bool {
    let subject = matches!(&triple.subject, NamedOrBlankNode::NamedNode(node) if path(node.as_str()).is_some());
    subject
        || match &triple.object {
            Term::NamedNode(node) => path(node.as_str()).is_some(),
            Term::Literal(literal) => literal.value().contains(HOST),
            Term::BlankNode(_) => false,
        }
}

/// The path of an address without host.
fn path(address: &str) -> Option<&str> {
    address.strip_prefix(NOWHERE.trim_end_matches('/'))
}

/// Whether the portal sent this path; JSON may escape its slashes.
fn is_sent(text: &str, path: &str) -> bool {
    let path = path.trim_start_matches('/');
    text.contains(path) || text.contains(&path.replace('/', "\\/"))
}

fn placed(
    triples: Vec<Triple>,
    root: Option<&Url>,
    left_out: &mut BTreeSet<(String, String)>,
) -> Vec<Triple> {
    let node = |node: &NamedNode| match path(node.as_str()) {
        None => Some(node.clone()),
        Some(path) => NamedNode::new(joined(root?, path)?).ok(),
    };
    let mut lost: HashSet<BlankNode> = HashSet::new();
    let mut kept = Vec::with_capacity(triples.len());
    for triple in triples {
        if !is_placeless(&triple) {
            kept.push(triple);
            continue;
        }
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(subject) => node(subject).map(NamedOrBlankNode::from),
            blank @ NamedOrBlankNode::BlankNode(_) => Some(blank.clone()),
        };
        let object = match &triple.object {
            Term::NamedNode(object) => node(object).map(Term::from),
            Term::Literal(literal) => text(literal, root).map(Term::from),
            blank @ Term::BlankNode(_) => Some(blank.clone()),
        };
        if let (Some(subject), Some(object)) = (subject, object) {
            kept.push(Triple::new(subject, triple.predicate, object));
            continue;
        }
        if let NamedOrBlankNode::BlankNode(holder) = &triple.subject {
            lost.insert(holder.clone());
        }
        let address = match &triple.object {
            Term::NamedNode(object) => path(object.as_str()),
            Term::Literal(literal) => path(literal.value()),
            Term::BlankNode(_) => None,
        };
        if let Some(address) = address {
            left_out.insert((curie(triple.predicate.as_ref()), address.to_owned()));
        }
    }
    without_husks(kept, &lost)
}

/// A text with an address without host: whole where the host is known, else as the portal sent it, unless it
/// is said to be an address.
fn text(literal: &Literal, root: Option<&Url>) -> Option<Literal> {
    let value = literal.value();
    let whole = match (path(value), root) {
        (Some(path), Some(root)) => joined(root, path)?,
        (Some(_), None) if literal.datatype() == xsd::ANY_URI => return None,
        _ => {
            let host = root.and_then(Url::host_str).unwrap_or_default();
            let bare = value.replace(NOWHERE, "").replace(HOST, host);
            bare.trim().to_owned()
        }
    };
    let language = literal.language();
    (!whole.is_empty()).then(|| match language {
        Some(tag) => Literal::new_language_tagged_literal_unchecked(whole, tag),
        None => Literal::new_typed_literal(whole, literal.datatype()),
    })
}

fn joined(root: &Url, path: &str) -> Option<String> {
    root.join(path).ok().map(Into::into)
}

/// Takes out the blank nodes of `lost` of which nothing but a class is left, with what leads to them.
fn without_husks(mut triples: Vec<Triple>, lost: &HashSet<BlankNode>) -> Vec<Triple> {
    let mut says: HashMap<&BlankNode, bool> = lost.iter().map(|node| (node, false)).collect();
    for triple in &triples {
        if let NamedOrBlankNode::BlankNode(node) = &triple.subject
            && triple.predicate != rdf::TYPE
            && let Some(says) = says.get_mut(node)
        {
            *says = true;
        }
    }
    let husks: HashSet<BlankNode> = says
        .into_iter()
        .filter(|(_, says)| !says)
        .map(|(node, _)| node.clone())
        .collect();
    triples.retain(|triple| {
        let subject = match triple.subject.as_ref() {
            NamedOrBlankNodeRef::BlankNode(node) => husks.contains(&node.into_owned()),
            NamedOrBlankNodeRef::NamedNode(_) => false,
        };
        let object = matches!(&triple.object, Term::BlankNode(node) if husks.contains(node));
        !subject && !object
    });
    triples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::{adms, dct, foaf, skos};

    fn graph() -> RecordGraph {
        let iri = NamedNode::new_unchecked("https://e.org/dataset/p/d");
        let mut graph = RecordGraph::new(iri.clone());
        let page = NamedNode::new_unchecked("https://document.invalid/pages/d");
        graph.add(iri.clone(), foaf::PAGE, page.clone());
        let (called, husk) = (graph.blank(), graph.blank());
        let name = Literal::new_typed_literal("https://document.invalid/fiche", xsd::ANY_URI);
        graph.add(called.clone(), skos::NOTATION, name);
        graph.add(iri.clone(), adms::IDENTIFIER, called);
        let name = Literal::new_simple_literal("https://document.invalid/d");
        graph.add(iri.clone(), dct::IDENTIFIER, name);
        graph.add(husk.clone(), rdf::TYPE, dct::RIGHTS_STATEMENT.into_owned());
        graph.add(husk.clone(), foaf::PAGE, page);
        graph.add(iri, dct::RIGHTS, husk);
        graph
    }

    fn objects(graph: &RecordGraph) -> Vec<String> {
        let all = graph.triples().iter();
        all.map(|triple| triple.object.to_string()).collect()
    }

    #[test]
    fn an_address_without_host_is_of_the_root() {
        let mut graph = graph();
        let root = Url::parse("https://portal.example/fr/").unwrap();
        assert!(place(&mut graph, Some(&root), b"\"/pages/d\"").is_empty());
        let said = objects(&graph).join("\n");
        assert!(said.contains("<https://portal.example/pages/d>"), "{said}");
        assert!(
            said.contains("\"https://portal.example/fiche\"^^"),
            "{said}"
        );
        assert!(!said.contains("invalid"), "{said}");
    }

    #[test]
    fn without_a_root_it_is_left_out_with_a_finding_and_leaves_no_husk() {
        let mut graph = graph();
        let found = place(&mut graph, None, b"\"\\/pages\\/d\"");
        let values: Vec<_> = found.iter().map(|finding| &*finding.value).collect();
        assert_eq!(values, ["/pages/d"]);
        assert_eq!(objects(&graph), ["\"d\""]);
    }

    #[test]
    fn what_the_mapping_makes_itself_is_no_finding() {
        assert!(place(&mut graph(), None, b"{}").is_empty());
    }
}
