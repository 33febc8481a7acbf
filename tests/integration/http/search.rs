//! Search through the endpoint, over the bundled sample portal.

use super::*;

const PREFIXES: &str =
    "PREFIX search: <urn:moisson:search#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX dcat: <http://www.w3.org/ns/dcat#> ";

async fn asked(app: &TestApp, query: &str) -> Answer {
    let query: String =
        url::form_urlencoded::byte_serialize(format!("{PREFIXES}{query}").as_bytes()).collect();
    app.get_as(&format!("sparql?query={query}"), "text/csv")
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dataset_is_found_by_its_own_title() {
    let app = TestApp::sample().await;
    let titles = asked(
        &app,
        "SELECT ?d ?title { ?d a dcat:Dataset ; dct:title ?title }",
    )
    .await;
    let titles = titles.ok().text();
    let rows: Vec<(&str, &str)> = titles
        .lines()
        .skip(1)
        .filter(|line| line.starts_with(BASE) && !line.contains('"'))
        .filter_map(|line| line.trim_end().split_once(','))
        .collect();
    assert!(rows.len() > 5, "{titles}");
    for (dataset, title) in rows {
        let query = format!(
            "SELECT ?d {{ SERVICE <urn:moisson:search> {{ ?d search:query \"\"\"{title}\"\"\" }} }}"
        );
        let found = asked(&app, &query).await.ok().text();
        assert!(
            found.lines().any(|line| line.trim_end() == dataset),
            "{title}: {found}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_search_cannot_is_a_400_that_names_it() {
    let app = TestApp::sample().await;
    for (block, told) in [
        ("?d search:wrods \"air\"", "<urn:moisson:search#wrods>"),
        ("?d search:query \"air\" ; search:limit 20000", "10000"),
    ] {
        let query = format!("SELECT * {{ SERVICE <urn:moisson:search> {{ {block} }} }}");
        let message = asked(&app, &query).await.refused(400);
        assert!(message.contains(told), "{message}");
    }
    let other = "SELECT * { SERVICE <https://query.wikidata.org/sparql> { ?s ?p ?o } }";
    asked(&app, other).await.refused(400);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_description_names_the_search_and_the_functions() {
    let app = TestApp::sample().await;
    let described = app.get_as("sparql", "application/n-triples").await.ok();
    let triples = described.triples(Syntax::NTriples);
    let service = format!("{BASE}sparql#service");
    let sd = |name: &str| format!("http://www.w3.org/ns/sparql-service-description#{name}");
    assert_eq!(
        values(&triples, &service, &sd("feature")),
        ["urn:moisson:search"]
    );
    let functions = values(&triples, &service, &sd("extensionFunction"));
    for name in ["distance", "sfIntersects", "sfWithin"] {
        let iri = format!("http://www.opengis.net/def/function/geosparql/{name}");
        assert!(functions.contains(&iri), "{functions:?}");
    }
}
