//! What canonical form promises, and what it refuses.

use super::*;
use crate::rdf::lines::parse;
use oxigraph::model::{BlankNode, Literal, NamedNode};
use proptest::prelude::*;

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{name}"))
}

#[test]
fn both_ways_to_write_terms_agree() {
    let odd = "tab\tquote\"back\\slash\nline\r\u{8}\u{7f}é😀\u{1}";
    let plain = [
        Triple::new(node("s"), node("p"), Literal::new_simple_literal(odd)),
        Triple::new(
            node("s"),
            node("p"),
            Literal::new_language_tagged_literal_unchecked(odd, "fr"),
        ),
        Triple::new(
            node("s"),
            node("p"),
            Literal::new_typed_literal("1", node("t")),
        ),
    ];
    let plain: Vec<&Triple> = plain.iter().collect();
    assert_eq!(sorted(&plain, ""), with_blank_nodes(&plain).unwrap());
    assert_eq!(parse(&sorted(&plain, "")).unwrap().len(), 3);
}

#[test]
fn nodes_that_look_alike_or_are_written_otherwise_are_left_to_the_whole_algorithm() {
    let says = |label: &str, object: Term| Triple::new(blank(label), node("p"), object);
    let text = |text: &str| Term::from(Literal::new_simple_literal(text));
    let upper = Literal::new_language_tagged_literal_unchecked("v", "fr-BE");
    for (triples, is_told_apart) in [
        (vec![says("a", text("1")), says("b", text("2"))], true),
        (vec![says("a", text("1")), says("b", text("1"))], false),
        (vec![says("a", text("1")), says("a", text("1"))], false),
        (vec![says("a", text("\u{fffe}"))], false),
        (vec![says("a", upper.into())], false),
        (vec![says("a", blank("a").into())], false),
        (
            vec![says("a", blank("c").into()), says("b", text("2"))],
            true,
        ),
    ] {
        let all: Vec<&Triple> = triples.iter().collect();
        let lines = label::told_apart(&all);
        assert_eq!(lines.is_some(), is_told_apart, "{triples:?}");
        assert_eq!(
            canonicalise(&triples).unwrap().text,
            with_blank_nodes(&all).unwrap()
        );
    }
}

#[test]
fn a_poisoned_graph_is_refused_at_once() {
    let nodes: Vec<BlankNode> = (0..9)
        .map(|n| BlankNode::new_unchecked(format!("b{n}")))
        .collect();
    let mut triples = Vec::new();
    for a in &nodes {
        for b in &nodes {
            if a != b {
                triples.push(Triple::new(a.clone(), node("p"), b.clone()));
            }
        }
    }
    assert!(matches!(canonicalise(&triples), Err(CanonError::Alike(9))));
}

proptest! {
    #[test]
    fn the_digest_ignores_triple_order_and_blank_node_labels(
        edges in prop::collection::vec((0u8..6, 0u8..3, 0u8..9), 1..25),
        seed in any::<u64>(),
    ) {
        let build = |label: &dyn Fn(u8) -> String| -> Vec<Triple> {
            edges.iter().map(|(s, p, o)| {
                let subject: NamedOrBlankNode = if *s < 3 {
                    BlankNode::new_unchecked(label(*s)).into()
                } else {
                    node(&format!("s{s}")).into()
                };
                let object: Term = match o {
                    0..3 => BlankNode::new_unchecked(label(*o)).into(),
                    3..6 => Literal::new_simple_literal(format!("v{o}")).into(),
                    _ => node(&format!("o{o}")).into(),
                };
                Triple::new(subject, node(&format!("p{p}")), object)
            }).collect()
        };
        let first = build(&|n| format!("a{n}"));
        let mut second = build(&|n| format!("z{}", (u64::from(n) + seed) % 7 + u64::from(n) * 10));
        let turn = usize::try_from(seed % 97).unwrap() % second.len();
        second.rotate_left(turn);
        second.reverse();
        second.push(second[0].clone());
        let all: Vec<&Triple> = first.iter().collect();
        if let (Ok(short), Ok(whole)) = (canonicalise(&first), with_blank_nodes(&all)) {
            prop_assert_eq!(short.text, whole);
        }
        let blanks: Vec<&Triple> = first.iter().filter(|triple| has_blank(triple)).collect();
        if let (Some(lines), Ok(whole)) = (label::told_apart(&blanks), with_blank_nodes(&blanks)) {
            prop_assert_eq!(sorted(&[], &lines), whole);
        }
        match (canonicalise(&first), canonicalise(&second)) {
            (Ok(one), Ok(two)) => prop_assert_eq!(one, two),
            (one, two) => prop_assert_eq!(one.is_err(), two.is_err()),
        }
    }
}

fn blank(label: impl fmt::Display) -> BlankNode {
    BlankNode::new_unchecked(format!("b{label}"))
}

/// A dataset that leads to a chain of blank nodes that nothing tells apart.
fn chain(length: usize) -> Vec<Triple> {
    let mut triples = vec![Triple::new(node("d"), node("p"), blank(0))];
    for n in 0..length {
        triples.push(Triple::new(blank(n), node("p"), blank(n + 1)));
    }
    triples
}

/// `( 1 1 1 … )`
fn list(length: usize, item: impl Fn(usize) -> String) -> Vec<Triple> {
    let mut triples = vec![Triple::new(node("d"), node("p"), blank(0))];
    for n in 0..length {
        let item = Literal::new_simple_literal(item(n));
        triples.push(Triple::new(blank(n), node("first"), item));
        let rest: Term = match n + 1 {
            n if n == length => node("nil").into(),
            n => blank(n).into(),
        };
        triples.push(Triple::new(blank(n), node("rest"), rest));
    }
    triples
}

/// Each node with `branches` others below, so deep.
fn tree(branches: usize, depth: usize) -> Vec<Triple> {
    let mut triples = Vec::new();
    let mut row = vec![0];
    let mut next = 1;
    for _ in 0..depth {
        for above in std::mem::take(&mut row) {
            for _ in 0..branches {
                triples.push(Triple::new(blank(above), node("p"), blank(next)));
                row.push(next);
                next += 1;
            }
        }
    }
    triples
}

fn ring(length: usize) -> Vec<Triple> {
    let link = |n| Triple::new(blank(n), node("p"), blank((n + 1) % length));
    (0..length).map(link).collect()
}

#[test]
fn what_would_take_too_long_is_refused_before_it_takes_any_time() {
    let started = std::time::Instant::now();
    for (name, triples) in [
        ("a chain of 700", chain(700)),
        ("a chain of 1,500", chain(1_500)),
        ("a chain of 25,000", chain(25_000)),
        ("a list of 600 equal items", list(600, |_| "1".to_owned())),
        ("a list of 10,000", list(10_000, |_| "1".to_owned())),
        (
            "a long list of unlike items",
            list(1_500, |n| n.to_string()),
        ),
        ("a binary tree", tree(2, 6)),
        ("a tree of sixes", tree(6, 3)),
        ("a ring", ring(300)),
        ("a ring of 5,000", ring(5_000)),
    ] {
        assert!(canonicalise(&triples).is_err(), "{name}");
        let mut left = triples;
        left.push(Triple::new(node("d"), node("q"), node("o")));
        let taken = left.len();
        let said = withhold(&mut left);
        assert_eq!((said.len(), left.len()), (1, 1), "{name}");
        assert_eq!(said[0].1, taken - 1, "{name}");
        assert!(canonicalise(&left).is_ok(), "{name}");
    }
    // Two hubs that look alike, with ten thousand leaves that do.
    let hubs: Vec<Triple> = (0..10_000)
        .map(|n| Triple::new(blank(n % 2), node("p"), blank(2 + n)))
        .collect();
    assert!(canonicalise(&hubs).is_err());
    let took = started.elapsed();
    assert!(took.as_secs() < 20, "{took:?}");
}

#[test]
fn what_is_let_through_ends_soon() {
    for (name, triples) in [
        ("a chain", chain(75)),
        ("a list of equal items", list(75, |_| "1".to_owned())),
        ("a list of unlike items", list(900, |n| n.to_string())),
        ("a small tree", tree(2, 3)),
        ("a ring", ring(75)),
        (
            "leaves that look alike",
            (0..5_000)
                .map(|n| Triple::new(node("d"), node("p"), blank(n)))
                .collect(),
        ),
        (
            "a hub with leaves that look alike",
            (1..5_000)
                .map(|n| Triple::new(blank(0), node("p"), blank(n)))
                .collect(),
        ),
    ] {
        let started = std::time::Instant::now();
        assert!(canonicalise(&triples).is_ok(), "{name}");
        let took = started.elapsed();
        // A tenth of a second on an idle machine.
        assert!(took.as_secs() < 10, "{name}: {took:?}");
    }
}

#[test]
fn only_what_is_refused_is_taken_out() {
    let mut triples = chain(2_000);
    triples.push(Triple::new(node("d"), node("q"), blank("x")));
    triples.push(Triple::new(blank("x"), node("q"), node("o")));
    triples.push(Triple::new(node("d"), node("q"), node("o")));
    assert_eq!(withhold(&mut triples), [(CanonError::Deep(2_000), 2_001)]);
    assert_eq!(triples.len(), 3);
    assert_eq!(withhold(&mut triples), []);
}

proptest! {
    #[test]
    fn whatever_is_let_through_ends_soon(
        edges in prop::collection::vec((0u8..40, 0u8..2, 0u8..40), 1..120),
    ) {
        let triples: Vec<Triple> = edges
            .iter()
            .map(|(s, p, o)| Triple::new(blank(s), node(&format!("p{p}")), blank(o)))
            .collect();
        let started = std::time::Instant::now();
        let mut left = triples;
        let said = withhold(&mut left);
        prop_assert!(canonicalise(&left).is_ok());
        prop_assert!(said.is_empty() || left.len() < edges.len());
        prop_assert!(started.elapsed().as_secs() < 5);
    }
}
