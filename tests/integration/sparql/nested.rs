//! Queries that are nested without end: a sentence, not a crash.

use super::*;

#[tokio::test]
async fn queries_nested_without_end_are_refused_with_a_sentence() {
    let endpoint = Endpoint::new(|_| {});
    let many = |part: &str| part.repeat(50_000);
    for (query, why) in [
        (format!("SELECT * {}{}", many("{"), many("}")), "brackets"),
        (
            format!("SELECT * {{ FILTER {}1{} }}", many("("), many(")")),
            "brackets",
        ),
        (format!("ASK {{ FILTER({}true) }}", many("!")), "signs"),
        (format!("ASK {{ ?s a{} ?o }}", many("/a")), "operators"),
        (
            format!("ASK {{ {{}} {} }}", many("UNION {} ")),
            "operators and groups",
        ),
    ] {
        let request = Request::post("/sparql")
            .header("content-type", "application/sparql-query")
            .body(Body::from(query))
            .unwrap();
        let said = endpoint.send(request).await.refused(400);
        assert!(said.contains(why), "{said}");
    }
    // The endpoint goes on.
    let request = Request::get(path(SMALL)).body(Body::empty()).unwrap();
    assert!(endpoint.send(request).await.ok().contains("\"7\""));
    let large = Request::post("/sparql")
        .header("content-type", "application/sparql-query")
        .body(Body::from(format!("ASK {{}} # {}", "x".repeat(5 << 20))))
        .unwrap();
    endpoint.send(large).await.refused(413);
}
