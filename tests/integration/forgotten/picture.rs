//! The graphs of a described record as lines that can be compared.
//!
//! A blank node stands where it is used, in brackets: a canonical label says nothing and may change
//! with any other node.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use moisson::source::Part;
use oxigraph::model::{BlankNode, NamedOrBlankNode, Term, Triple};

/// The triples of all parts; those of the origin and quality graphs under these names.
pub(super) fn lines(parts: &[Part]) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for part in parts {
        add(part.graph.triples(), "", &mut lines);
        add(part.graph.origin(), "origin: ", &mut lines);
        add(part.graph.quality(), "quality: ", &mut lines);
    }
    lines
}

fn add(triples: &[Triple], graph: &str, lines: &mut BTreeSet<String>) {
    let used: BTreeSet<&str> = triples
        .iter()
        .filter_map(|triple| match &triple.object {
            Term::BlankNode(node) => Some(node.as_str()),
            _ => None,
        })
        .collect();
    for triple in triples {
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.to_string(),
            NamedOrBlankNode::BlankNode(node) if used.contains(node.as_str()) => continue,
            NamedOrBlankNode::BlankNode(_) => "[]".to_owned(),
        };
        let object = object(&triple.object, triples, 0);
        lines.insert(format!("{graph}{subject} {} {object} .", triple.predicate));
    }
}

fn object(term: &Term, triples: &[Triple], depth: usize) -> String {
    match term {
        Term::BlankNode(node) if depth < 8 => brackets(node, triples, depth + 1),
        Term::BlankNode(_) => "[ … ]".to_owned(),
        other => other.to_string(),
    }
}

fn brackets(node: &BlankNode, triples: &[Triple], depth: usize) -> String {
    let mut said: Vec<String> = triples
        .iter()
        .filter(|triple| triple.subject == NamedOrBlankNode::BlankNode(node.clone()))
        .map(|triple| {
            let object = object(&triple.object, triples, depth);
            format!("{} {object}", triple.predicate)
        })
        .collect();
    said.sort();
    said.dedup();
    format!("[ {} ]", said.join(" ; "))
}

/// What is only in the one, and only in the other.
pub(super) fn difference(before: &BTreeSet<String>, after: &BTreeSet<String>) -> String {
    let mut text = String::new();
    for line in before.difference(after) {
        writeln!(text, "- {line}").unwrap();
    }
    for line in after.difference(before) {
        writeln!(text, "+ {line}").unwrap();
    }
    text
}

#[test]
fn blank_nodes_are_told_by_what_they_say() {
    let picture = |labels: [&str; 2], value: &str| {
        let text = labels.map(|label| {
            format!(
                "<http://a.example/s> <http://a.example/p> _:{label} .\n\
                 _:{label} <http://a.example/q> _:{label}x .\n_:{label}x <http://a.example/r> \"{value}\" .\n"
            )
        });
        let triples = moisson::rdf::lines::parse(&text.concat()).unwrap();
        let mut lines = BTreeSet::new();
        add(&triples, "", &mut lines);
        lines
    };
    let before = picture(["a", "b"], "1");
    assert_eq!(difference(&before, &picture(["c", "a"], "1")), "");
    assert_eq!(
        difference(&before, &picture(["a", "b"], "2")),
        "- <http://a.example/s> <http://a.example/p> [ <http://a.example/q> [ <http://a.example/r> \"1\" ] ] .\n\
         + <http://a.example/s> <http://a.example/p> [ <http://a.example/q> [ <http://a.example/r> \"2\" ] ] .\n"
    );
}
