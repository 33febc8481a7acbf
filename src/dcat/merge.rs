//! Merges what several records say of one shared thing (an organization, a contact point).
//!
//! The result depends on the set of contributions alone, never on their order or repetition: it is
//! their union, blank nodes that say the same being one, and of a property that can have one value
//! the smallest in canonical order (N-Triples text), with a finding that names the others.

use std::collections::{BTreeSet, HashMap};

use oxigraph::model::{
    BlankNode, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple,
};

use crate::finding::{Code, Finding};
use crate::rdf::blank::apart;
use crate::rdf::canon::canonicalise;
use crate::rdf::lines::parse;
use crate::rdf::order::Line;
use crate::rdf::vocab::{curie, dct, foaf, vcard};

/// Properties of an agent or a contact point with one value, one a language where they are texts.
const SINGLE: &[NamedNodeRef<'static>] = &[
    dct::CREATED,
    dct::DESCRIPTION,
    dct::ISSUED,
    dct::MODIFIED,
    dct::TITLE,
    dct::TYPE,
    foaf::HOMEPAGE,
    foaf::LOGO,
    foaf::NAME,
    vcard::FN,
    vcard::HAS_UID,
    vcard::HAS_URL,
];

/// The description of `iri` made of `contributions`, sorted, and what they disagree about.
///
/// A contribution whose blank nodes are too entangled loses them, with a finding.
#[must_use]
pub fn merge(iri: &NamedNode, contributions: &[Vec<Triple>]) -> (Vec<Triple>, Vec<Finding>) {
    let mut plain = BTreeSet::new();
    let mut clusters = BTreeSet::new();
    let mut findings = BTreeSet::new();
    for triples in contributions {
        let (with_blanks, without): (Vec<_>, Vec<_>) = triples.iter().partition(|t| has_blank(t));
        plain.extend(without.into_iter().map(|triple| Line(triple.clone())));
        for cluster in connected(&with_blanks) {
            match canonicalise(&cluster) {
                Ok(canonical) => {
                    clusters.insert(canonical.text);
                }
                Err(error) => {
                    let message = format!("blank nodes were left out: {error}");
                    findings.insert(Finding::new(Code::GraphRefused, "", message, iri.as_str()));
                }
            }
        }
    }
    findings.extend(settle(&mut plain));
    let mut merged: Vec<Triple> = plain.into_iter().map(|Line(triple)| triple).collect();
    for (number, text) in clusters.iter().enumerate() {
        // Only what the canonicaliser has just written is read here.
        let triples = parse(text).unwrap_or_default();
        // Canonical labels repeat from one group to the next.
        let prefix = format!("m{number}");
        merged.extend(triples.into_iter().map(|triple| apart(triple, &prefix)));
    }
    (merged, findings.into_iter().collect())
}

fn has_blank(triple: &Triple) -> bool {
    triple.subject.is_blank_node() || triple.object.is_blank_node()
}

/// Keeps the smallest value of each property that can have one.
fn settle(plain: &mut BTreeSet<Line>) -> Vec<Finding> {
    let mut values: HashMap<_, Vec<&Line>> = HashMap::new();
    for line in &*plain {
        let Line(triple) = line;
        if SINGLE.contains(&triple.predicate.as_ref()) {
            let language = match triple.object.as_ref() {
                TermRef::Literal(literal) => literal.language().unwrap_or_default(),
                _ => "",
            };
            let place = (&triple.subject, triple.predicate.as_ref(), language);
            values.entry(place).or_default().push(line);
        }
    }
    let mut findings = Vec::new();
    let mut beside: Vec<Line> = Vec::new();
    for ((_, property, language), lines) in values {
        // The lines differ in the object only, so that their order is that of the objects.
        let [Line(kept), others @ ..] = lines.as_slice() else {
            continue;
        };
        if others.is_empty() {
            continue;
        }
        let all: Vec<&str> = lines.iter().map(|line| text(&line.0.object)).collect();
        let message = format!("the records disagree; {:?} was kept", text(&kept.object));
        let mut field = curie(property);
        if !language.is_empty() {
            field = format!("{field}@{language}");
        }
        findings.push(Finding::new(
            Code::ConflictingValues,
            field,
            message,
            &all.join(" | "),
        ));
        beside.extend(others.iter().copied().cloned());
    }
    for line in &beside {
        plain.remove(line);
    }
    findings
}

fn text(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
    }
}

/// The triples with blank nodes, in groups that share none.
fn connected(triples: &[&Triple]) -> Vec<Vec<Triple>> {
    let mut leaders: HashMap<BlankNode, BlankNode> = HashMap::new();
    for triple in triples {
        if let (NamedOrBlankNode::BlankNode(one), Term::BlankNode(other)) =
            (&triple.subject, &triple.object)
        {
            let (one, other) = (leader(&mut leaders, one), leader(&mut leaders, other));
            if one != other {
                leaders.insert(one, other);
            }
        }
    }
    let mut groups: HashMap<BlankNode, Vec<Triple>> = HashMap::new();
    for triple in triples {
        let ((NamedOrBlankNode::BlankNode(node), _) | (_, Term::BlankNode(node))) =
            (&triple.subject, &triple.object)
        else {
            continue;
        };
        groups
            .entry(leader(&mut leaders, node))
            .or_default()
            .push((*triple).clone());
    }
    groups.into_values().collect()
}

/// The blank node that stands for the group of `node` (union-find, halving paths on the way).
fn leader(leaders: &mut HashMap<BlankNode, BlankNode>, node: &BlankNode) -> BlankNode {
    let mut at = node.clone();
    while let Some(above) = leaders.get(&at).cloned() {
        match leaders.get(&above).cloned() {
            Some(top) => {
                leaders.insert(at, top.clone());
                at = top;
            }
            None => return above,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::rdf;
    use oxigraph::model::Literal;
    use proptest::prelude::*;

    fn org() -> NamedNode {
        NamedNode::new_unchecked("https://e.org/organization/p/o")
    }

    fn named(text: &str, language: Option<&str>) -> Triple {
        let literal = match language {
            Some(tag) => Literal::new_language_tagged_literal_unchecked(text, tag),
            None => Literal::new_simple_literal(text),
        };
        Triple::new(org(), foaf::NAME, literal)
    }

    #[test]
    fn the_smallest_of_two_names_wins_and_the_finding_names_both() {
        let (merged, findings) = merge(
            &org(),
            &[
                vec![
                    named("Météo-France", Some("fr")),
                    named("Meteo France", Some("en")),
                ],
                vec![named("METEO FRANCE", Some("fr"))],
            ],
        );
        let names: Vec<String> = merged.iter().map(|t| t.object.to_string()).collect();
        assert_eq!(names, ["\"METEO FRANCE\"@fr", "\"Meteo France\"@en"]);
        let [finding] = findings.as_slice() else {
            panic!("{findings:?}")
        };
        assert_eq!(
            (finding.code, finding.field.as_str()),
            (Code::ConflictingValues, "foaf:name@fr")
        );
        assert_eq!(finding.value, "METEO FRANCE | Météo-France");
    }

    #[test]
    fn identifiers_and_classes_are_united_without_a_finding() {
        let says = |id: &str, class: NamedNodeRef<'_>| {
            vec![
                Triple::new(org(), dct::IDENTIFIER, Literal::new_simple_literal(id)),
                Triple::new(org(), rdf::TYPE, class),
            ]
        };
        let (merged, findings) = merge(
            &org(),
            &[says("1", foaf::AGENT), says("2", foaf::ORGANIZATION)],
        );
        assert_eq!((merged.len(), findings.len()), (4, 0));
    }

    #[test]
    fn blank_nodes_that_say_the_same_are_one() {
        let says = |label: &str, town: &str| {
            let node = BlankNode::new_unchecked(label);
            vec![
                Triple::new(org(), dct::SPATIAL, node.clone()),
                Triple::new(node, dct::TITLE, Literal::new_simple_literal(town)),
            ]
        };
        let (merged, _) = merge(
            &org(),
            &[says("a", "Lyon"), says("b", "Lyon"), says("a", "Nice")],
        );
        assert_eq!(merged.len(), 4);
    }

    #[test]
    fn a_poisoned_contribution_loses_its_blank_nodes_only() {
        let nodes: Vec<BlankNode> = (0..9)
            .map(|n| BlankNode::new_unchecked(format!("b{n}")))
            .collect();
        let mut poison = vec![named("Lyon", None)];
        for a in &nodes {
            for b in nodes.iter().filter(|b| *b != a) {
                poison.push(Triple::new(a.clone(), dct::RELATION, b.clone()));
            }
        }
        let (merged, findings) = merge(&org(), &[poison]);
        assert_eq!(merged, [named("Lyon", None)]);
        assert_eq!(findings[0].code, Code::GraphRefused);
    }

    fn triple() -> impl Strategy<Value = Triple> {
        let blank = |n: u8| BlankNode::new_unchecked(format!("b{n}"));
        let property = prop::sample::select(vec![
            foaf::NAME,
            dct::IDENTIFIER,
            foaf::HOMEPAGE,
            dct::SPATIAL,
        ]);
        (0u8..5, property, 0u8..9).prop_map(move |(s, property, o)| {
            let subject: NamedOrBlankNode = if s < 3 { org().into() } else { blank(s).into() };
            let object: Term = match o {
                0..3 => blank(o + 3).into(),
                3..6 => Literal::new_simple_literal(format!("v{o}")).into(),
                6 => Literal::new_language_tagged_literal_unchecked("v", "fr").into(),
                _ => NamedNode::new_unchecked(format!("https://e.org/{o}")).into(),
            };
            Triple::new(subject, property, object)
        })
    }

    proptest! {
        #[test]
        fn order_and_repetition_of_contributions_change_nothing(
            contributions in prop::collection::vec(prop::collection::vec(triple(), 0..7), 1..5),
            turn in 0usize..5,
            again in 0usize..5,
        ) {
            let (first, findings) = merge(&org(), &contributions);
            let mut other = contributions.clone();
            let length = other.len();
            other.rotate_left(turn % length);
            other.push(contributions[again % length].clone());
            for triples in &mut other {
                triples.reverse();
            }
            let (second, again) = merge(&org(), &other);
            prop_assert_eq!(canonicalise(&first).unwrap(), canonicalise(&second).unwrap());
            prop_assert_eq!(&first, &second);
            prop_assert_eq!(findings, again);
            let (third, none) = merge(&org(), std::slice::from_ref(&first));
            prop_assert_eq!(first, third);
            prop_assert!(none.is_empty());
        }
    }
}
