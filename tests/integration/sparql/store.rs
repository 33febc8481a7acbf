//! Whole graphs by the Graph Store Protocol.

use super::*;
use oxigraph::io::{RdfFormat, RdfParser};

impl Endpoint {
    async fn stored(&self, query: &str, accept: &str) -> Answer {
        let request = Request::get(format!("/graph-store{query}")).header("accept", accept);
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

#[tokio::test]
async fn graphs_are_given_whole_and_never_changed() {
    let named = NamedNode::new("http://e.org/graph/quality").unwrap();
    let node = |name: &str| NamedNode::new(format!("http://e.org/{name}")).unwrap();
    let quad = Quad::new(node("s"), node("p"), node("o"), named);
    let quads: Vec<Quad> = quads().into_iter().chain([quad]).collect();
    let endpoint = Endpoint::with(quads, |_| {});
    for (query, count) in [
        ("?default", 2_000),
        ("?graph=http://e.org/graph/quality", 1),
        ("?graph=http%3A%2F%2Fe.org%2Fgraph%2Forigin", 0),
    ] {
        let answer = endpoint.stored(query, "application/n-triples").await;
        assert_eq!(answer.header("content-type"), "application/n-triples");
        assert_ne!(answer.header("etag"), "");
        let body = answer.ok();
        let parser = RdfParser::from_format(RdfFormat::NTriples);
        let triples = parser.for_slice(body.as_bytes()).map(Result::unwrap);
        assert_eq!(triples.count(), count, "{query}");
    }
    for (query, status) in [
        ("", 400),
        ("?default&graph=http://e.org/graph/quality", 400),
        ("?graph=http://e.org/graph/none", 404),
        ("?graph=http://e.org/%3E%20%7D%20%23", 404),
    ] {
        endpoint.stored(query, "text/turtle").await.refused(status);
    }
    for method in ["PUT", "POST", "DELETE", "PATCH"] {
        let request = Request::builder()
            .method(method)
            .uri("/graph-store?default");
        let answer = endpoint.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
        answer.refused(405);
    }
}
