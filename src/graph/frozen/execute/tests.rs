//! The executor beside oxigraph's evaluator over the same small file.

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults};
use spargebra::{Query, SparqlParser};
use tempfile::TempDir;

use super::{Mode, execute, execute_with, explain};
use crate::graph::frozen::build::{Builder, Options};
use crate::graph::frozen::{Frozen, Meta};

fn node(name: impl std::fmt::Display) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{name}"))
}

fn typed(value: &str, datatype: &str) -> Term {
    let datatype = NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{datatype}"));
    Literal::new_typed_literal(value, datatype).into()
}

/// A small catalogue with a second graph, enough rows for several parts, and a few ugly literals.
fn file() -> (TempDir, Frozen) {
    let folder = TempDir::new().unwrap();
    let options = Options {
        memory: 1 << 20,
        threads: 1,
    };
    let mut builder = Builder::new(&folder.path().join("scratch"), options).unwrap();
    let mut add = |subject: &NamedNode, predicate: &str, object: Term, graph: GraphName| {
        let quad = Quad::new(subject.clone(), node(predicate), object, graph);
        builder.quad(&quad).unwrap();
    };
    let quality = || GraphName::from(node("quality"));
    for at in 0..2500 {
        let (dataset, theme) = (node(format_args!("d{at}")), at % 7);
        add(
            &dataset,
            "type",
            node("Dataset").into(),
            GraphName::DefaultGraph,
        );
        add(
            &dataset,
            "theme",
            node(format_args!("t{theme}")).into(),
            GraphName::DefaultGraph,
        );
        let title = match at % 3 {
            0 => Literal::new_language_tagged_literal_unchecked(format!("Titre {at}"), "fr"),
            1 => Literal::new_language_tagged_literal_unchecked(format!("Title {at}"), "en"),
            _ => Literal::new_simple_literal(format!("TITLE {at}")),
        };
        add(&dataset, "title", title.into(), GraphName::DefaultGraph);
        if at % 5 == 0 {
            add(
                &dataset,
                "contact",
                node(format_args!("c{}", at % 11)).into(),
                GraphName::DefaultGraph,
            );
        }
        let day = format!("20{:02}-03-{:02}", at % 25, 1 + at % 28);
        let issued = if at % 2 == 0 {
            typed(&day, "date")
        } else {
            typed(&format!("{day}T00:00:00Z"), "dateTime")
        };
        add(&dataset, "issued", issued, GraphName::DefaultGraph);
        let size = match at % 4 {
            0 => typed(&at.to_string(), "integer"),
            1 => typed(&format!("0{at}"), "nonNegativeInteger"),
            2 => typed(&format!("{at}.5"), "decimal"),
            _ => typed("unknown", "integer"),
        };
        add(&dataset, "size", size, GraphName::DefaultGraph);
        if at % 6 == 0 {
            add(
                &dataset,
                "views",
                typed(&(at * 3).to_string(), "integer"),
                quality(),
            );
        }
    }
    for theme in 0..7 {
        let broader = node(format_args!("t{}", theme / 2));
        add(
            &node(format_args!("t{theme}")),
            "broader",
            broader.into(),
            GraphName::DefaultGraph,
        );
    }
    add(
        &node("d1"),
        "self",
        node("d1").into(),
        GraphName::DefaultGraph,
    );
    add(
        &node("d1"),
        "self",
        node("d2").into(),
        GraphName::DefaultGraph,
    );
    let path = folder.path().join("graph");
    builder.finish(&path, 1, &Meta::default()).unwrap();
    let file = Frozen::open(&path).unwrap();
    (folder, file)
}

fn query(text: &str) -> Query {
    SparqlParser::new()
        .with_base_iri("http://e/")
        .unwrap()
        .parse_query(text)
        .unwrap()
}

fn rows(results: QueryResults<'_>) -> Vec<String> {
    let mut rows: Vec<String> = match results {
        QueryResults::Boolean(answer) => vec![answer.to_string()],
        QueryResults::Graph(triples) => triples.map(|triple| triple.unwrap().to_string()).collect(),
        QueryResults::Solutions(solutions) => solutions
            .map(|solution| format!("{:?}", solution.unwrap()))
            .collect(),
    };
    rows.sort_unstable();
    rows
}

#[test]
fn columns_give_what_the_evaluator_gives() {
    let (_folder, file) = file();
    let queries = [
        "SELECT * { ?d <type> <Dataset> ; <theme> ?t ; <title> ?n }",
        "SELECT ?t (COUNT(*) AS ?n) { ?d <theme> ?t } GROUP BY ?t",
        "SELECT (COUNT(DISTINCT ?t) AS ?n) (SUM(?v) AS ?s) (AVG(?v) AS ?a) { ?d <theme> ?t GRAPH <quality> { ?d <views> ?v } }",
        "SELECT ?t (SUM(?s) AS ?n) (MIN(?s) AS ?l) { ?d <theme> ?t ; <size> ?s FILTER(?s < 900) } GROUP BY ?t HAVING(COUNT(*) > 2)",
        "SELECT ?t (SUM(?s) AS ?n) { ?d <theme> ?t ; <size> ?s } GROUP BY ?t",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
        "SELECT ?d ?c { ?d <type> <Dataset> OPTIONAL { ?d <contact> ?c FILTER(?c != <c0>) } }",
        "SELECT ?d { ?d <type> <Dataset> FILTER NOT EXISTS { ?d <contact> ?c . ?c2 <contact> ?c FILTER(?d != ?c2) } }",
        "SELECT ?d { ?d <type> <Dataset> MINUS { ?d <contact> ?c } }",
        "SELECT ?x { { ?x <contact> <c1> } UNION { ?x <theme> <t3> } }",
        "SELECT * { VALUES (?d ?t) { (<d1> UNDEF) (UNDEF <t1>) (<d9> <t5>) } ?d <theme> ?t }",
        "SELECT ?d { ?d <title> ?t FILTER(CONTAINS(LCASE(STR(?t)), \"title 1\")) }",
        "SELECT ?d { ?d <title> ?t FILTER(REGEX(?t, \"^TIT.* 7\", \"i\") && LANG(?t) != \"fr\") }",
        "SELECT ?d { ?d <title> ?t FILTER(LANGMATCHES(LANG(?t), \"*\") || STRENDS(STR(?d), \"0\")) }",
        "SELECT ?d { ?d <issued> ?i FILTER(?i >= \"2012-01-01\"^^<http://www.w3.org/2001/XMLSchema#date>) }",
        "SELECT ?y (COUNT(?d) AS ?n) { ?d <issued> ?i BIND(YEAR(?i) AS ?y) } GROUP BY ?y",
        "SELECT ?d (?s + 1 AS ?more) { ?d <size> ?s ; <theme> <t2> }",
        "SELECT ?t ?b { ?t <broader>+ ?b }",
        "SELECT ?t ?b { ?t <broader>* ?b }",
        "SELECT ?x { <t6> (<broader>|^<theme>)? ?x }",
        "SELECT ?x { ?x <self> ?x }",
        "SELECT ?x ?p { ?x ?p ?x }",
        "SELECT DISTINCT ?t ?c { ?d <theme> ?t ; <contact> ?c }",
        "SELECT ?c (COUNT(?d) AS ?n) { { SELECT ?d (COUNT(?x) AS ?c) { ?d <title>|<contact> ?x } GROUP BY ?d } } GROUP BY ?c",
        "ASK { ?d <theme> <t9> }",
        "ASK { ?d <theme> <t1> }",
        "CONSTRUCT { ?d <is> ?t . ?t <of> [] } { ?d <theme> ?t ; <contact> <c3> }",
        "SELECT ?d { ?d <theme> <t1> { FILTER(?d = <d1>) } }",
        "SELECT ?d ?v { ?d <theme> ?t OPTIONAL { { ?d <contact> ?v FILTER(BOUND(?t)) } } }",
    ];
    for text in queries {
        let parsed = query(text);
        let plain = rows(execute(&file, &parsed, Mode::Plain).unwrap());
        let columns = match execute(&file, &parsed, Mode::Only) {
            Ok(results) => rows(results),
            Err(error) => panic!("{text}: {error}"),
        };
        let blank = |rows: &[String]| rows.iter().any(|row| row.contains("_:"));
        if blank(&plain) {
            assert_eq!(plain.len(), columns.len(), "{text}");
        } else {
            assert_eq!(plain, columns, "{text}");
        }
    }
}

#[test]
fn sorted_pages_are_those_of_a_whole_sort() {
    let (_folder, file) = file();
    for (key, is_comparable) in [
        ("?t", true),
        ("DESC(?d)", true),
        ("DESC(?t) ?d", true),
        // Sizes are numbers and what only says to be one: oxigraph's comparison does not order them.
        ("?s", false),
    ] {
        let text = format!("SELECT ?d ?t {{ ?d <title> ?t ; <size> ?s }} ORDER BY {key} ?d");
        let shown = |text: &str, mode| -> Vec<String> {
            let QueryResults::Solutions(solutions) = execute(&file, &query(text), mode).unwrap()
            else {
                panic!()
            };
            solutions
                .map(|solution| format!("{:?}", solution.unwrap()))
                .collect()
        };
        let page = shown(&format!("{text} LIMIT 9 OFFSET 40"), Mode::Only);
        assert_eq!(page, shown(&text, Mode::Only)[40..49], "{key}");
        if is_comparable {
            assert_eq!(page, shown(&text, Mode::Plain)[40..49], "{key}");
        }
    }
}

#[test]
fn a_limit_without_order_is_filled_from_as_many_parts_as_it_takes() {
    let (_folder, file) = file();
    for (text, expected) in [
        (
            "SELECT ?d { ?d <type> <Dataset> } LIMIT 2000 OFFSET 400",
            2000,
        ),
        (
            "SELECT ?d { ?d <type> <Dataset> } LIMIT 2000 OFFSET 1000",
            1500,
        ),
        (
            "SELECT ?d { ?d <type> <Dataset> ; <contact> ?c } LIMIT 450",
            450,
        ),
        (
            "SELECT DISTINCT ?t { ?d <type> <Dataset> ; <theme> ?t } LIMIT 5",
            5,
        ),
        (
            "SELECT DISTINCT ?t { ?d <type> <Dataset> ; <theme> ?t } LIMIT 50",
            7,
        ),
        ("SELECT * { ?s ?p ?o } OFFSET 10", 15_434 - 10),
    ] {
        let whole = rows(execute(&file, &query(text), Mode::Plain).unwrap()).len();
        let columns = rows(execute(&file, &query(text), Mode::Only).unwrap()).len();
        assert_eq!(columns, whole, "{text}");
        if !text.contains('*') {
            assert_eq!(columns, expected, "{text}");
        }
    }
}

#[test]
fn what_is_not_known_is_left_to_the_evaluator() {
    let (_folder, file) = file();
    for (text, reason) in [
        ("DESCRIBE <d1>", "DESCRIBE"),
        ("SELECT * FROM <quality> { ?s ?p ?o }", "FROM"),
        ("SELECT (NOW() AS ?n) {}", "a function whose value changes"),
        (
            "SELECT (GROUP_CONCAT(?t) AS ?n) { ?d <title> ?t }",
            "GROUP_CONCAT",
        ),
    ] {
        let parsed = query(text);
        assert_eq!(explain(&file, &parsed), format!("spareval: {reason}\n"));
        assert!(execute(&file, &parsed, Mode::Only).is_err());
        assert!(execute(&file, &parsed, Mode::Auto).is_ok());
    }
    let known = query("SELECT ?t { ?d <theme> ?t ; <contact> <c3> } ORDER BY ?t LIMIT 3");
    let plan = explain(&file, &known);
    assert!(
        plan.contains("order (1 keys)") && plan.contains("<http://e/contact>"),
        "{plan}"
    );
}

#[test]
fn a_cancelled_query_ends() {
    let (_folder, file) = file();
    let token = CancellationToken::new();
    let parsed = query("SELECT * { ?s ?p ?o }");
    let QueryResults::Solutions(mut solutions) =
        execute_with(&file, &parsed, Mode::Only, &token).unwrap()
    else {
        panic!()
    };
    assert!(solutions.next().unwrap().is_ok());
    token.cancel();
    assert!(solutions.any(|solution| matches!(solution, Err(QueryEvaluationError::Cancelled))));
    assert!(matches!(
        execute_with(&file, &parsed, Mode::Only, &token),
        Err(QueryEvaluationError::Cancelled)
    ));
}
