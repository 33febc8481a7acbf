//! One query, one store in memory.

use super::*;
use oxigraph::model::Literal;
use oxigraph::model::NamedNode;
use oxigraph::store::Store;

fn store(size: u32) -> Opened {
    let store = Store::new().unwrap();
    let node = |name: String| NamedNode::new_unchecked(format!("http://e/{name}"));
    let quads = (0..size).map(|n| {
        Quad::new(
            node(format!("s{n}")),
            node("p".into()),
            Literal::from(i64::from(n)),
            GraphName::DefaultGraph,
        )
    });
    store.extend(quads).unwrap();
    for graph in ["g1", "g2"] {
        let name = node(graph.into());
        store
            .insert(Quad::new(name.clone(), node("in".into()), name.clone(), name).as_ref())
            .unwrap();
    }
    Opened::Store(store)
}

fn query(text: &str, format: Format) -> Query<'_> {
    let limits = Limits {
        rows: 100,
        bytes: 1_000_000,
        overflow: Overflow::Abort,
    };
    Query {
        text,
        base: None,
        default_graphs: &[],
        named_graphs: &[],
        format,
        limits,
        search: None,
    }
}

const JSON: Format = Format::Results(ResultsSyntax::Json);
const CSV: Format = Format::Results(ResultsSyntax::Csv);
const TURTLE: Format = Format::Graph(Syntax::Turtle);

fn run(store: &Opened, query: &Query<'_>) -> Result<String, QueryError> {
    let mut out = Vec::new();
    evaluate(store, query, &mut out).map(|_| String::from_utf8(out).unwrap())
}

#[test]
fn a_long_answer_has_each_line_once() {
    let store = store(300);
    // 90,000 rows with 600 triples among them.
    let text = "CONSTRUCT { ?s <http://e/q> ?o . <http://e/a> <http://e/b> ?o } WHERE { ?s ?p ?o . ?t ?p ?u }";
    for syntax in [Syntax::NTriples, Syntax::NQuads] {
        let mut query = query(text, Format::Graph(syntax));
        query.limits.rows = 1_000;
        let answer = run(&store, &query).unwrap();
        let mut lines: Vec<&str> = answer.lines().collect();
        assert_eq!(lines.len(), 600);
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 600, "repeated in {syntax:?}");
    }
}

#[test]
fn every_form_is_answered_in_every_syntax() {
    let store = store(3);
    for syntax in ResultsSyntax::ALL {
        assert!(
            run(
                &store,
                &query("SELECT * { ?s ?p ?o }", Format::Results(syntax))
            )
            .unwrap()
            .contains("http://e/s2")
        );
        assert!(
            run(&store, &query("ASK { ?s ?p ?o }", Format::Results(syntax)))
                .unwrap()
                .contains("true")
        );
    }
    for syntax in Syntax::ALL {
        for text in [
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "DESCRIBE <http://e/s2>",
        ] {
            assert!(
                run(&store, &query(text, Format::Graph(syntax)))
                    .unwrap()
                    .contains("http://e/s2"),
                "{syntax:?}"
            );
        }
    }
}

#[test]
fn a_format_that_does_not_fit_the_form_is_refused() {
    let store = store(1);
    assert!(matches!(
        run(&store, &query("ASK {}", TURTLE)),
        Err(QueryError::Format("text/turtle"))
    ));
    assert!(matches!(
        run(&store, &query("DESCRIBE <http://e/>", CSV)),
        Err(QueryError::Format("text/csv"))
    ));
}

#[test]
fn the_dataset_of_the_protocol_replaces_that_of_the_query() {
    let store = store(3);
    let graph = |name: &str| vec![format!("http://e/{name}")];
    let asked = |text: &str, default_graphs: &[String], named_graphs: &[String]| {
        let query = Query {
            default_graphs,
            named_graphs,
            ..query(text, CSV)
        };
        run(&store, &query).unwrap().contains("true")
    };
    let in_default = "ASK FROM <http://e/g1> { <http://e/g1> ?p ?o }";
    assert!(asked(in_default, &[], &[]));
    assert!(!asked(in_default, &graph("g2"), &[]));
    assert!(!asked(in_default, &[], &graph("g1")));
    let in_named = "ASK { GRAPH ?g { <http://e/g2> ?p ?o } }";
    assert!(asked(in_named, &[], &[]));
    assert!(asked(in_named, &[], &graph("g2")));
    assert!(!asked(in_named, &graph("g2"), &graph("g1")));
    let twice = [graph("g1"), graph("g1")].concat();
    let count = Query {
        default_graphs: &twice,
        ..query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", CSV)
    };
    assert_eq!(run(&store, &count).unwrap(), "n\r\n1\r\n");
    let bad = Query {
        named_graphs: &["no iri".to_owned()],
        ..query("ASK {}", CSV)
    };
    assert!(matches!(run(&store, &bad), Err(QueryError::GraphIri(_))));
}

#[test]
fn only_queries_that_stay_at_home_are_evaluated() {
    let store = store(1);
    for text in [
        "INSERT DATA { <a:a> <a:a> <a:a> }",
        "LOAD <http://127.0.0.1/>",
        "PREFIX a: <a:> CLEAR ALL",
    ] {
        assert!(
            matches!(run(&store, &query(text, JSON)), Err(QueryError::Update)),
            "{text}"
        );
    }
    assert!(matches!(
        run(&store, &query("SELECT", JSON)),
        Err(QueryError::Syntax(_))
    ));
    let service = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }";
    assert!(matches!(
        run(&store, &query(service, JSON)),
        Err(QueryError::Evaluation(_))
    ));
    let from = "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }";
    assert_eq!(
        run(&store, &query(from, CSV)).unwrap().lines().count(),
        1,
        "nothing is fetched"
    );
}

#[test]
fn too_many_rows_fail_or_are_cut() {
    let store = store(101);
    for (text, format) in [
        ("SELECT * { ?s ?p ?o }", CSV),
        ("CONSTRUCT WHERE { ?s ?p ?o }", TURTLE),
    ] {
        let mut query = query(text, format);
        let mut out = Vec::new();
        assert!(matches!(
            evaluate(&store, &query, &mut out),
            Err(QueryError::Rows(100))
        ));
        assert_eq!(out, b"", "the answer was still held back");
        query.limits.overflow = Overflow::Cut;
        let summary = evaluate(&store, &query, &mut out).unwrap();
        assert_eq!(
            (summary.rows, summary.bytes, summary.cut),
            (100, out.len() as u64, true)
        );
        query.limits.rows = 101;
        assert!(!evaluate(&store, &query, &mut out).unwrap().cut);
    }
}

#[test]
fn an_answer_broken_off_after_its_first_bytes_says_so() {
    let store = store(20_000);
    for (text, format) in [
        ("SELECT * { ?s ?p ?o }", JSON),
        ("CONSTRUCT WHERE { ?s ?p ?o }", TURTLE),
    ] {
        let mut query = query(text, format);
        query.limits = Limits {
            rows: 19_999,
            bytes: 100_000_000,
            overflow: Overflow::Abort,
        };
        let mut out = Vec::new();
        let aborted = evaluate(&store, &query, &mut out);
        assert!(
            matches!(&aborted, Err(QueryError::Aborted { reason }) if matches!(**reason, QueryError::Rows(19_999)))
        );
        assert!(!out.is_empty());
        query.limits = Limits {
            rows: 30_000,
            bytes: 100_000,
            overflow: Overflow::Cut,
        };
        out.clear();
        let aborted = evaluate(&store, &query, &mut out);
        assert!(
            matches!(&aborted, Err(QueryError::Aborted { reason }) if matches!(**reason, QueryError::Bytes(100_000)))
        );
        assert!(out.len() <= 100_000);
        query.limits.bytes = 1_000;
        out.clear();
        assert!(matches!(
            evaluate(&store, &query, &mut out),
            Err(QueryError::Bytes(1_000))
        ));
        assert_eq!(out, b"");
    }
}

#[test]
fn the_triples_of_a_small_graph_come_once() {
    let store = store(3);
    let text = "CONSTRUCT { <http://e/a> <http://e/p> 1 } WHERE { ?s ?p ?o }";
    assert_eq!(
        run(&store, &query(text, Format::Graph(Syntax::NTriples)))
            .unwrap()
            .lines()
            .count(),
        1
    );
}

#[test]
fn media_types_are_the_registered_ones() {
    for (syntax, expected) in ResultsSyntax::ALL.into_iter().zip([
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ]) {
        assert_eq!(syntax.media_type(), expected);
        assert_eq!(
            Format::from_media_type(expected),
            Some(Format::Results(syntax))
        );
    }
    assert_eq!(Format::from_media_type("text/turtle"), Some(TURTLE));
}

#[test]
fn what_is_nested_as_deeply_as_may_be_fits_on_the_stack() {
    let within = |levels: usize, open: &str, inner: &str, close: &str| {
        let (open, close) = (open.repeat(levels), close.repeat(levels));
        format!("SELECT * {{ {open}{inner}{close} }}")
    };
    let behind = |start: &str, count: usize, part: &str, end: &str| {
        format!("SELECT * {{ {start}{}{end} }}", part.repeat(count))
    };
    let queries = [
        within(90, "{", "?s ?p ?o", "}"),
        within(90, "OPTIONAL {", "?s ?p ?o", "}"),
        within(45, "FILTER EXISTS {", "?s ?p ?o", "}"),
        format!(
            "SELECT * {{ FILTER({}1{}) }}",
            "(".repeat(90),
            ")".repeat(90)
        ),
        format!(
            "SELECT * {{ BIND({}1{} AS ?x) }}",
            "STR(".repeat(90),
            ")".repeat(90)
        ),
        format!(
            "SELECT * {{ ?s {}<http://e/p>{} ?o }}",
            "(".repeat(90),
            ")".repeat(90)
        ),
        format!(
            "SELECT * {{ ?s ?p {}1{} }}",
            "[ ?p ".repeat(90),
            "]".repeat(90)
        ),
        format!("SELECT * {{ ?s ?p {}1{} }}", "(".repeat(90), ")".repeat(90)),
        behind("FILTER(", 20, "!", "true)"),
        // A join of so many patterns takes the optimiser longer than a worker is given.
        behind("?s <http://e/p>", 200, "/<http://e/p>", " ?o"),
        behind("?s <http://e/p>", 1_900, "|<http://e/p>", " ?o"),
        behind("BIND(1", 1_900, " + 1", " AS ?x)"),
        behind("FILTER(true", 1_900, " || true", ")"),
        behind("", 1_900, "{} ", ""),
        behind("{}", 1_900, " UNION {}", ""),
        behind("", 900, "OPTIONAL { ?s ?p ?o } ", ""),
        behind("", 900, "FILTER(true) ", ""),
        behind("", 900, "MINUS { ?s ?p ?o } ", ""),
    ];
    for text in queries {
        let started = std::time::Instant::now();
        let _ = crate::cores::on_stack(crate::cores::QUERY_STACK, || {
            run(&store(1), &query(&text, JSON))
        });
        let took = started.elapsed();
        let start: String = text.chars().take(60).collect();
        println!("{took:?} {start}");
        assert!(took.as_secs() < 10, "{took:?} {start}");
    }
    for text in [
        within(50_000, "{", "", "}"),
        behind("FILTER(", 50_000, "!", "true)"),
        behind("?s a", 50_000, "/a", " ?o"),
    ] {
        let refused = run(&store(1), &query(&text, JSON));
        assert!(matches!(refused, Err(QueryError::Syntax(_))));
    }
}

#[test]
fn a_query_that_cannot_be_read_is_told_by_its_place_and_its_text() {
    let store = store(1);
    let told = |text: &str| {
        let error = run(&store, &query(text, JSON)).unwrap_err().to_string();
        assert!(!error.contains("expected"), "{error}");
        error
    };
    let error = told("SELECT ?s {\n  ?s ?p }");
    assert!(error.contains("line 2, column"), "{error}");
    let error = told("SELCT ?s { ?s ?p ?o }");
    assert!(
        error.contains("line 1") && error.contains("`SELCT ?s"),
        "{error}"
    );
    assert!(told("").contains("line 1, column 1"));
    assert!(told("SELECT ?s {").contains("line 1"));
}
