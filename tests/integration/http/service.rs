//! What every answer has, and what is asked before anything is published.

use axum::http::StatusCode;
use moisson::harvest::Scope;
use moisson::rdf::syntax::Syntax;
use moisson::record::Base;

use super::{BASE, BROWSER, DATASET, TestApp, few, values};
use crate::support::Farm;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_ready_before_the_first_publication_and_all_is_after_it() {
    let farm = Farm::of(few()).await;
    let app = TestApp::over(&farm);
    assert_eq!(app.get("health").await.ok().text(), "ok\n");
    let ready = app.get("ready").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    for path in [
        "",
        "catalog",
        DATASET,
        "portal/exemple",
        "sparql?query=ASK%20%7B%7D",
        "resolve?uri=x",
    ] {
        for accept in ["text/turtle", BROWSER] {
            let answer = app.get_as(path, accept).await;
            assert!(!answer.header("retry-after").is_empty(), "{path}");
            answer.refused(503);
        }
    }
    farm.harvest(Scope::Full).await;
    let published = farm.publish();
    app.app.refresh().unwrap();
    let ready = app.get("ready").await.ok();
    let said: serde_json::Value = serde_json::from_slice(&ready.body).unwrap();
    assert_eq!(
        (&said["ready"], &said["sequence"]),
        (&true.into(), &published.sequence.into())
    );
    app.get("catalog").await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_of_any_origin_may_read() {
    let app = TestApp::sample().await;
    for path in [
        "",
        DATASET,
        "catalog.ttl",
        "nowhere",
        "resolve",
        "health",
        "context.jsonld",
        "catalog?page=0",
    ] {
        let answer = app
            .get_with(path, &[("origin", "https://elsewhere.example")])
            .await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert!(
            answer
                .listed("access-control-expose-headers")
                .contains("link"),
            "{path}"
        );
        assert!(answer.header("access-control-allow-credentials").is_empty());
    }
    for path in ["", DATASET, "catalog.ttl", "sparql"] {
        let asked = [
            ("origin", "https://elsewhere.example"),
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "accept, if-none-match"),
        ];
        let answer = app.call("OPTIONS", path, &asked).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert!(
            answer
                .listed("access-control-allow-methods")
                .contains("get")
        );
        let methods = answer.listed("access-control-allow-methods");
        assert_eq!(answer.listed("allow"), methods, "{path}");
        assert_eq!(methods.contains("post"), path == "sparql", "{path}");
        let allowed = answer.listed("access-control-allow-headers");
        assert!(
            allowed.contains("accept") && allowed.contains("if-none-match"),
            "{allowed:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_over_http() {
    let app = TestApp::sample().await;
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        for path in ["", "catalog", DATASET, "catalog.ttl"] {
            let answer = app.call(method, path, &[]).await;
            assert_eq!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dataset_is_found_by_the_names_that_its_portal_gives_it() {
    let app = TestApp::sample().await;
    let triples = app
        .get("catalog.nt?page_size=1000")
        .await
        .ok()
        .triples(Syntax::NTriples);
    let mut harvested = 0;
    for iri in app.datasets().await.iter().step_by(4) {
        let record = iri.replace("/dataset/", "/record/");
        let api = values(&triples, &record, "http://purl.org/dc/terms/source");
        assert_eq!(api.len(), 1, "{iri}");
        let pages = values(&triples, iri, "http://www.w3.org/ns/dcat#landingPage");
        let portals: Vec<&String> = pages
            .iter()
            .filter(|page| page.starts_with("http://127.0.0.1:"))
            .collect();
        assert_eq!(portals.len(), 1, "{pages:?}");
        let others = values(&triples, iri, "http://www.w3.org/ns/adms#identifier");
        let notations: Vec<String> = triples
            .iter()
            .filter(|triple| others.contains(&triple.subject.to_string()))
            .filter(|triple| triple.predicate.as_str().ends_with("#notation"))
            .filter_map(|triple| match &triple.object {
                oxigraph::model::Term::Literal(notation) => Some(notation.value().to_owned()),
                _ => None,
            })
            .collect();
        harvested += usize::from(notations.len() > 2);
        for name in api.iter().chain(portals).chain(&notations).chain([iri]) {
            let asked: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
            let answer = app.get(&format!("resolve?uri={asked}")).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
            // What two datasets are called leads to one of them.
            assert!(
                answer
                    .header("location")
                    .starts_with(&format!("{BASE}dataset/exemple/")),
                "{name}"
            );
            if let Some(rest) = name.strip_prefix("http://127.0.0.1:") {
                assert_eq!(answer.header("location"), iri, "{name}");
                // Copied from where it is written a little differently.
                let turned = match rest.strip_suffix('/') {
                    Some(bare) => bare.to_owned(),
                    None => format!("{rest}/"),
                };
                for (scheme, rest) in [("https", rest), ("http", &turned), ("https", &turned)] {
                    let asked = format!("{scheme}%3A%2F%2F127.0.0.1%3A{rest}");
                    let answer = app.get(&format!("resolve?uri={asked}")).await;
                    assert_eq!(answer.header("location"), iri, "{asked}");
                }
            }
        }
    }
    assert!(harvested > 0, "no harvested dataset was met");
    app.get("resolve?uri=https%3A%2F%2Fnowhere.example%2F")
        .await
        .refused(404);
    app.get("resolve?uri=").await.refused(400);
    app.get("resolve").await.refused(400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_with_a_path_is_served_under_it() {
    let mut farm = Farm::of(few()).await;
    farm.config.base_uri = Base::new("https://moisson.example/donnees/ouvertes/").unwrap();
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    let iri = app.datasets().await[0].clone();
    assert!(iri.starts_with("https://moisson.example/donnees/ouvertes/dataset/exemple/"));
    let page = app.follow(&iri, BROWSER).await.ok();
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let turtle = app.follow(&iri, "text/turtle").await.ok();
    assert!(turtle.text().contains(&iri));
    for path in [
        "",
        "catalog",
        "catalog.ttl",
        "health",
        "ready",
        "context.jsonld",
        "portal/exemple.ttl",
        "assets/style.css",
    ] {
        app.get(path).await.ok();
    }
    let home = app.get_as("", BROWSER).await.ok().text();
    assert!(
        !home.contains("href=\"/catalog") && !home.contains("href=\"/assets"),
        "links leave the base"
    );
    let asked = "sparql?query=ASK%20%7B%7D";
    assert_eq!(
        app.get_as(asked, "application/sparql-results+json")
            .await
            .status,
        StatusCode::OK
    );
    let next = app
        .get("catalog.nt?page_size=5")
        .await
        .ok()
        .links("next")
        .remove(0)
        .0;
    app.get(&next).await.ok();
    for outside in [
        "/catalog",
        "/health",
        "/dataset/exemple/x",
        "/donnees/catalog",
    ] {
        let request = axum::http::Request::get(outside)
            .body(axum::body::Body::empty())
            .unwrap();
        assert_eq!(
            app.send(request).await.status,
            StatusCode::NOT_FOUND,
            "{outside}"
        );
    }
}
