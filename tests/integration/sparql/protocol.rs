//! Requests and responses: forms, syntaxes, headers.

use super::*;
use moisson::rdf::syntax::Syntax;
use oxigraph::io::RdfParser;
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};

fn post(content_type: &str, body: &str) -> Request<Body> {
    Request::post("/sparql")
        .header("content-type", content_type)
        .body(Body::from(body.to_owned()))
        .unwrap()
}

#[tokio::test]
async fn a_query_is_sent_in_three_ways() {
    let endpoint = Endpoint::new(|_| {});
    let form: String = url::form_urlencoded::byte_serialize(SMALL.as_bytes()).collect();
    for request in [
        Request::get(path(SMALL)).body(Body::empty()).unwrap(),
        post(
            "application/x-www-form-urlencoded",
            &format!("query={form}"),
        ),
        post("application/sparql-query", SMALL),
    ] {
        let answer = endpoint.send(request).await;
        assert_eq!(
            answer.header("content-type"),
            "application/sparql-results+json"
        );
        assert_eq!(answer.header("vary"), "Accept");
        assert!(answer.ok().contains("\"7\""));
    }
}

#[tokio::test]
async fn rows_and_booleans_come_in_every_syntax() {
    let endpoint = Endpoint::new(|_| {});
    for (accept, content_type, format) in [
        (
            "application/sparql-results+json",
            "application/sparql-results+json",
            QueryResultsFormat::Json,
        ),
        (
            "application/json;q=0.9",
            "application/sparql-results+json",
            QueryResultsFormat::Json,
        ),
        (
            "application/sparql-results+xml",
            "application/sparql-results+xml",
            QueryResultsFormat::Xml,
        ),
        (
            "text/csv",
            "text/csv; charset=utf-8",
            QueryResultsFormat::Csv,
        ),
        (
            "text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
            QueryResultsFormat::Tsv,
        ),
    ] {
        let answer = endpoint.get(SMALL, accept).await;
        assert_eq!(answer.header("content-type"), content_type);
        let body = answer.ok();
        if format != QueryResultsFormat::Csv {
            match QueryResultsParser::from_format(format)
                .for_slice(body.as_bytes())
                .unwrap()
            {
                SliceQueryResultsParserOutput::Solutions(rows) => {
                    let rows: Vec<_> = rows.collect::<Result<_, _>>().unwrap();
                    assert_eq!(rows[0].get("v"), Some(&Literal::from(7).into()));
                }
                SliceQueryResultsParserOutput::Boolean(_) => panic!("{body}"),
            }
        }
        assert!(
            endpoint
                .get("ASK { ?s ?p 7 }", accept)
                .await
                .ok()
                .contains("true")
        );
    }
}

#[tokio::test]
async fn graphs_come_in_every_syntax() {
    let endpoint = Endpoint::new(|_| {});
    for syntax in Syntax::ALL {
        for query in [
            "DESCRIBE <http://e.org/s7>",
            "CONSTRUCT WHERE { <http://e.org/s7> ?p ?o }",
        ] {
            let answer = endpoint.get(query, syntax.media_type()).await;
            assert_eq!(answer.header("content-type"), syntax.content_type());
            let quads: Vec<Quad> = RdfParser::from_format(syntax.format())
                .for_slice(&answer.ok())
                .collect::<Result<_, _>>()
                .unwrap();
            assert_eq!(quads, quads_of_seven());
        }
    }
}

#[tokio::test]
async fn an_answer_without_anything_in_it_is_an_answer() {
    let endpoint = Endpoint::new(|_| {});
    for syntax in Syntax::ALL {
        let body = endpoint
            .get("DESCRIBE <http://e.org/none>", syntax.media_type())
            .await
            .ok();
        assert_eq!(
            RdfParser::from_format(syntax.format())
                .for_slice(&body)
                .count(),
            0,
            "{body}"
        );
    }
    assert_eq!(
        endpoint.get("SELECT ?s { ?s a ?s }", "text/csv").await.ok(),
        "s\r\n"
    );
}

fn quads_of_seven() -> Vec<Quad> {
    quads()
        .into_iter()
        .filter(|quad| quad.subject.to_string() == "<http://e.org/s7>")
        .collect()
}

#[tokio::test]
async fn a_long_graph_is_streamed_whole() {
    let endpoint = Endpoint::new(|_| {});
    let query =
        "CONSTRUCT { ?s <http://e.org/also> ?n } WHERE { ?s ?p ?o . VALUES ?n { 1 2 3 4 5 } }";
    for syntax in Syntax::ALL {
        let body = endpoint.get(query, syntax.media_type()).await.ok();
        let quads = RdfParser::from_format(syntax.format()).for_slice(&body);
        assert_eq!(quads.map(Result::unwrap).count(), 10_000, "{syntax:?}");
    }
}

#[tokio::test]
async fn a_known_answer_is_not_sent_again_until_the_next_snapshot() {
    let endpoint = Endpoint::new(|_| {});
    let ask = |accept: &str, tag: &str| {
        Request::get(path(SMALL))
            .header("accept", accept)
            .header("if-none-match", tag)
            .body(Body::empty())
            .unwrap()
    };
    let first = endpoint.get(SMALL, "text/csv").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    let again = endpoint
        .send(ask("text/csv", &format!("\"x\", {tag}")))
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(again.header("etag"), tag);
    assert_eq!(again.body.unwrap(), "");
    assert_eq!(
        endpoint.send(ask("application/json", &tag)).await.status,
        StatusCode::OK,
        "another representation"
    );
    endpoint
        .pool
        .switch(snapshot(file(endpoint.folder.path(), "1"), 2));
    assert_eq!(
        endpoint.send(ask("text/csv", &tag)).await.status,
        StatusCode::OK,
        "another snapshot"
    );
    let moment = endpoint.get("SELECT (NOW() AS ?t) {}", "text/csv").await;
    assert_eq!(
        (moment.header("etag"), moment.header("cache-control")),
        ("", "no-store")
    );
}

#[tokio::test]
async fn requests_that_are_wrong_are_explained() {
    let endpoint = Endpoint::new(|_| {});
    let message = endpoint
        .get("SELECT * { ?s ?p }", "text/csv")
        .await
        .refused(400);
    assert!(
        message.contains("line 1, column 1") && message.contains("SELECT * { ?s ?p }"),
        "{message}"
    );
    let message = endpoint
        .get("DELETE WHERE { ?s ?p ?o }", "*/*")
        .await
        .refused(400);
    assert!(message.contains("updates are not accepted"), "{message}");
    let message = endpoint
        .get("LOAD <http://127.0.0.1:9/>", "*/*")
        .await
        .refused(400);
    assert!(message.contains("updates are not accepted"), "{message}");
    let message = endpoint
        .get(
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "*/*",
        )
        .await
        .refused(400);
    assert!(message.contains("service"), "{message}");
    let message = endpoint.get(SMALL, "image/png").await.refused(406);
    assert!(
        message.contains("text/csv") && message.contains("text/html"),
        "{message}"
    );
    endpoint.get(SMALL, "text/turtle").await.refused(406);
    endpoint.send(post("text/plain", SMALL)).await.refused(415);
    endpoint
        .send(post("application/sparql-update", "CLEAR ALL"))
        .await
        .refused(400);
    endpoint
        .send(post("application/x-www-form-urlencoded", ""))
        .await
        .refused(400);
    endpoint
        .send(post("application/sparql-query", &" ".repeat(1_100_000)))
        .await
        .refused(413);
    let graph = format!("{}&default-graph-uri=no%20iri", path(SMALL));
    endpoint
        .send(Request::get(graph).body(Body::empty()).unwrap())
        .await
        .refused(400);
    let put = endpoint
        .send(Request::put(path(SMALL)).body(Body::empty()).unwrap())
        .await;
    assert_eq!(put.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_format_parameter_counts_where_accept_is_silent() {
    let endpoint = Endpoint::new(|_| {});
    let request = |accept: &str| {
        let path = format!("{}&format=csv&output=csv&results=csv", path(SMALL));
        Request::get(path)
            .header("accept", accept)
            .body(Body::empty())
            .unwrap()
    };
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (accept, expected) in [
        ("*/*", "text/csv; charset=utf-8"),
        (browser, "text/csv; charset=utf-8"),
        (
            "application/sparql-results+xml",
            "application/sparql-results+xml",
        ),
    ] {
        assert_eq!(
            endpoint.send(request(accept)).await.header("content-type"),
            expected
        );
    }
}

#[tokio::test]
async fn head_and_options_say_what_get_would() {
    let endpoint = Endpoint::new(|_| {});
    let head = endpoint
        .send(Request::head(path(SMALL)).body(Body::empty()).unwrap())
        .await;
    assert_eq!(
        head.header("content-type"),
        "application/sparql-results+json"
    );
    assert_ne!(head.header("etag"), "");
    assert_eq!(head.ok(), "");
    let options = endpoint
        .send(Request::options("/sparql").body(Body::empty()).unwrap())
        .await;
    assert_eq!(options.status, StatusCode::NO_CONTENT);
    assert_eq!(options.header("access-control-allow-origin"), "*");
    assert!(
        options
            .header("access-control-allow-methods")
            .contains("POST")
    );
    assert!(
        options
            .header("access-control-allow-headers")
            .contains("Content-Type")
    );
}

#[tokio::test]
async fn a_carriage_return_survives_results_in_xml() {
    let endpoint = Endpoint::new(|_| {});
    let query = "SELECT ?v { VALUES ?v { \"a\\r\\nb\" } }";
    let xml = endpoint.get(query, "text/xml").await.ok();
    assert!(xml.contains("a&#xD;\nb"), "{xml}");
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Xml);
    let output = parser.for_slice(xml.as_bytes()).unwrap();
    let SliceQueryResultsParserOutput::Solutions(mut rows) = output else {
        panic!("no rows");
    };
    let row = rows.next().unwrap().unwrap();
    assert_eq!(row[0], Literal::from("a\r\nb").into());
}

#[tokio::test]
async fn a_prefix_that_is_not_declared_is_named() {
    let endpoint = Endpoint::new(|_| {});
    let message = endpoint
        .get("SELECT * { ?s dct:title ?t }", "text/csv")
        .await
        .refused(400);
    assert!(
        message.contains("prefix `dct:` is not declared"),
        "{message}"
    );
    let other = endpoint.get("SELECT * { ?s ?p }", "text/csv").await;
    assert!(!other.refused(400).contains("declared"));
}

#[tokio::test]
async fn a_byte_order_mark_before_a_query_is_ignored() {
    let endpoint = Endpoint::new(|_| {});
    let query = format!("\u{FEFF}{SMALL}");
    assert_eq!(endpoint.get(&query, "text/csv").await.ok(), "v\r\n7\r\n");
    let direct = post("application/sparql-query", &query);
    assert!(endpoint.send(direct).await.ok().contains("\"7\""));
}

/// Rows that oxigraph's comparison of numbers and strings puts in a circle, in many orders.
fn circles() -> impl Iterator<Item = String> {
    (1u64..12).map(|seed| {
        let mut state = seed;
        let mut rows = String::new();
        for _ in 0..60 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let number = (state >> 33) % 40;
            let quote = if state >> 63 == 0 { "" } else { "\"" };
            rows.extend([quote, &number.to_string(), quote, " "]);
        }
        rows
    })
}

#[tokio::test]
async fn values_that_cannot_be_compared_are_sorted_by_kind() {
    let endpoint = Endpoint::new(|_| {});
    for rows in circles() {
        let query = format!("SELECT ?v {{ VALUES ?v {{ {rows} }} }} ORDER BY ?v");
        let text = endpoint.get(&query, "text/tab-separated-values").await.ok();
        let values: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(values.len(), 60);
        let strings = values.iter().position(|value| value.starts_with('"'));
        let (numbers, strings) = values.split_at(strings.unwrap());
        let numbers: Vec<u64> = numbers.iter().map(|n| n.parse().unwrap()).collect();
        assert!(numbers.is_sorted() && strings.is_sorted(), "{text}");
    }
}

#[tokio::test]
async fn a_query_that_the_evaluator_gives_up_costs_no_worker() {
    let endpoint = Endpoint::new(|options| options.workers = 1);
    let worker = endpoint.warm().await;
    let mut given_up = 0;
    for rows in circles() {
        // An aggregate of strings is the evaluator's, and so is the sort.
        let query = format!(
            "SELECT ?v (GROUP_CONCAT(?v) AS ?all) {{ VALUES ?v {{ {rows} }} }} GROUP BY ?v ORDER BY ?v"
        );
        let answer = endpoint.get(&query, "text/csv").await;
        if answer.status != StatusCode::OK {
            assert!(answer.refused(400).contains("cannot be compared"));
            given_up += 1;
        }
    }
    assert!(given_up > 0, "no sort was given up");
    assert_eq!(endpoint.warm().await, worker);
}
