//! The endpoint without a query, and its page.

use super::*;
use moisson::rdf::syntax::Syntax;
use oxigraph::io::RdfParser;
use oxigraph::store::Store;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn nothing(accept: &str) -> Request<Body> {
    Request::get("/sparql")
        .header("accept", accept)
        .body(Body::empty())
        .unwrap()
}

#[tokio::test]
async fn programs_get_the_service_description() {
    let endpoint = Endpoint::new(|_| {});
    for syntax in Syntax::ALL {
        let answer = endpoint.send(nothing(syntax.media_type())).await;
        let tag = answer.header("etag").to_owned();
        let body = answer.ok();
        let store = Store::new().unwrap();
        store
            .load_from_slice(RdfParser::from_format(syntax.format()), &body)
            .unwrap();
        let query = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> ASK {
            ?service a sd:Service ; sd:endpoint <http://e.org/sparql> ; sd:supportedLanguage sd:SPARQL11Query ;
                sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON> ;
                sd:defaultDataset [ sd:defaultGraph [] ; sd:namedGraph [ sd:name <http://e.org/graph/origin> ] ] .
        }";
        let asked = oxigraph::sparql::SparqlEvaluator::new()
            .parse_query(query)
            .unwrap()
            .on_store(&store)
            .execute();
        assert!(
            matches!(asked, Ok(oxigraph::sparql::QueryResults::Boolean(true))),
            "{body}"
        );
        let mut again = nothing(syntax.media_type());
        again
            .headers_mut()
            .insert("if-none-match", tag.parse().unwrap());
        assert_eq!(endpoint.send(again).await.status, StatusCode::NOT_MODIFIED);
    }
    assert_eq!(
        endpoint.send(nothing("*/*")).await.header("content-type"),
        "text/turtle; charset=utf-8"
    );
    endpoint.send(nothing("text/csv")).await.refused(406);
}

#[tokio::test]
async fn browsers_get_a_page_that_answers_without_scripts() {
    let endpoint = Endpoint::with(
        vec![Quad::new(
            NamedNode::new("http://e.org/s").unwrap(),
            NamedNode::new("http://e.org/p").unwrap(),
            Literal::from("<script>alert(1)</script>"),
            GraphName::DefaultGraph,
        )],
        |_| {},
    );
    let empty = endpoint.send(nothing(BROWSER)).await;
    assert!(
        empty
            .header("content-security-policy")
            .contains("script-src 'self'")
    );
    let html = empty.ok();
    assert!(html.contains("<form method=\"get\" action=\"sparql\">") && !html.contains("<script>"));

    let rows = endpoint.get("SELECT * { ?s ?p ?o }", BROWSER).await.ok();
    assert!(rows.contains("<a href=\"http://e.org/s\""), "{rows}");
    assert!(rows.contains("&#60;script&#62;") && !rows.contains("<script>"));
    let graph = endpoint
        .get("CONSTRUCT WHERE { ?s ?p ?o }", BROWSER)
        .await
        .ok();
    assert!(graph.contains("<pre>") && !graph.contains("<script>"));
    let wrong = endpoint.get("SELECT * { ", BROWSER).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.body.unwrap().contains("role=\"alert\""));

    let mut french = nothing(BROWSER);
    french.headers_mut().insert(
        "accept-language",
        "fr-CA,fr;q=0.9,en;q=0.5".parse().unwrap(),
    );
    let french = endpoint.send(french).await;
    assert_eq!(french.header("content-language"), "fr");
    assert!(french.header("vary").contains("Accept-Language"));
    assert!(french.ok().contains("Requête"));
    let mut chosen = nothing(BROWSER);
    *chosen.uri_mut() = "/sparql?lang=fr".parse().unwrap();
    let chosen = endpoint.send(chosen).await;
    assert_eq!(chosen.header("content-language"), "fr");
    let form = "name=\"lang\" value=\"fr\"";
    assert!(chosen.ok().contains(form));
    for file in ["/sparql/page.css", "/sparql/page.js"] {
        endpoint
            .send(Request::get(file).body(Body::empty()).unwrap())
            .await
            .ok();
    }
}

#[tokio::test]
async fn a_page_shows_the_first_rows_of_a_large_answer_and_says_so() {
    let endpoint = Endpoint::new(|_| {});
    let html = endpoint.get(LARGE, BROWSER).await.ok();
    assert!(html.contains("Only the first rows are shown"));
    assert_eq!(html.matches("<tr>").count(), 501);
    assert!(html.contains("format=csv"));
}
