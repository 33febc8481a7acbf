//! The named graphs: each says what it holds; what is nobody's business is not answered from.

use moisson::config::Engine;
use moisson::harvest::Scope;
use moisson::rdf::syntax::Syntax;

use super::{BASE, BROWSER, TestApp, few, values};
use crate::support::Farm;

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";

#[tokio::test(flavor = "multi_thread")]
async fn every_named_graph_of_the_service_says_what_it_holds() {
    let app = TestApp::sample().await;
    let service = app
        .get_as("sparql", "text/turtle")
        .await
        .ok()
        .triples(Syntax::Turtle);
    let named = values(
        &service,
        &format!("{BASE}sparql#dataset"),
        &format!("{SD}namedGraph"),
    );
    assert_eq!(named.len(), 3);
    for iri in named {
        let path = iri.strip_prefix(BASE).unwrap();
        for syntax in Syntax::ALL {
            let answer = app.get_as(path, syntax.media_type()).await.ok();
            assert_eq!(answer.header("content-type"), syntax.content_type());
            let triples = answer.triples(syntax);
            let said = |property: &str| values(&triples, &iri, property);
            assert!(
                said("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
                    .contains(&format!("{SD}NamedGraph"))
            );
            assert_eq!(said("http://purl.org/dc/terms/description").len(), 2);
            assert_eq!(said(&format!("{SD}name")), [iri.as_str()]);
            let counted = said("http://rdfs.org/ns/void#triples").pop().unwrap();
            let query = format!("SELECT (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}");
            let query = url::form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>();
            let found = app
                .get_as(&format!("sparql?query={query}"), "text/csv")
                .await
                .ok();
            assert_eq!(found.text().lines().nth(1), Some(counted.as_str()), "{iri}");
        }
        for (lang, words) in [("fr", "L’interroger"), ("en", "How to ask it")] {
            let page = app
                .get_as(&format!("{path}?lang={lang}"), BROWSER)
                .await
                .ok();
            assert!(page.text().contains(words), "{path}");
        }
    }
    app.get("graph/projection").await.refused(404);
    app.get("graph/nothing").await.refused(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn how_far_a_store_has_come_is_no_answer() {
    for engine in [Engine::Frozen, Engine::Oxigraph] {
        let mut farm = Farm::of(few()).await;
        farm.config.store.engine = engine;
        farm.harvest(Scope::Full).await;
        farm.publish();
        let app = TestApp::over(&farm);
        let state = format!("{BASE}graph/projection");
        for query in [
            format!("ASK {{ GRAPH <{state}> {{ ?s ?p ?o }} }}"),
            format!("ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{state}>) }}"),
            format!("ASK FROM <{state}> {{ ?s ?p ?o }}"),
            format!("ASK FROM NAMED <{state}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"),
        ] {
            let query = url::form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>();
            let found = app
                .get_as(&format!("sparql?query={query}"), "text/csv")
                .await
                .ok();
            assert_eq!(found.text().trim(), "false", "{engine:?} {query}");
        }
    }
}
