//! A dataset met through two portals as clients see it: one of them is there, the other leads to it.

use axum::http::StatusCode;
use moisson::rdf::syntax::Syntax;
use serde_json::json;

use super::{BROWSER, TestApp, values};
use crate::recognition::world::{World, dataset};

const SAME: &str = "http://www.w3.org/2002/07/owl#sameAs";
const DOI: &str = "10.99999/communes";

/// Portal `bb` has what portal `aa` has, and published it first as something of its own.
fn published() -> World {
    let mut world = World::new();
    let mut copy = dataset("b1", "Copie", &[]);
    copy["resources"] =
        json!([{ "id": "f1", "title": "Fichier", "url": "https://bb.example/f.csv" }]);
    world.set("aa", vec![dataset("a1", "Communes", &[DOI])]);
    world.set("bb", vec![copy.clone()]);
    world.configure();
    world.harvest("aa");
    world.harvest("bb");
    world.publish();
    copy["doi"] = DOI.into();
    world.set("bb", vec![copy]);
    world.harvest("bb");
    world.publish();
    world
}

#[tokio::test]
async fn an_alias_leads_to_the_dataset_shown_and_says_so_in_rdf() {
    let world = published();
    let app = TestApp::new(world.config.clone());
    let (shown, alias) = (world.iri("aa/a1"), world.iri("bb/b1"));
    for syntax in Syntax::ALL {
        let answer = app.get_as(&alias, syntax.media_type()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), shown);
        assert_eq!(
            values(&answer.triples(syntax), &alias, SAME),
            std::slice::from_ref(&shown)
        );
        let document = app
            .get(&format!("{alias}.{}", syntax.extension()))
            .await
            .ok();
        assert_eq!(
            values(&document.triples(syntax), &alias, SAME),
            std::slice::from_ref(&shown)
        );
    }
    let page = app.get_as(&alias, BROWSER).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), shown);
    assert!(page.listed("vary").contains("accept"));
    let page = app.get(&format!("{alias}.html")).await;
    assert_eq!(page.header("location"), format!("{shown}.html"));
    let part = app.get(&world.iri("distribution/bb/f1")).await;
    assert_eq!(
        (part.status, part.header("location")),
        (StatusCode::SEE_OTHER, shown.as_str())
    );
    // A document of an alias can be asked for again at no cost.
    let document = app.get(&format!("{alias}.ttl")).await.ok();
    let tag = document.header("etag").to_owned();
    let again = app
        .get_with(&format!("{alias}.ttl"), &[("if-none-match", &tag)])
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn the_dataset_shown_says_where_else_it_is_and_how_that_is_known() {
    let world = published();
    let app = TestApp::new(world.config.clone());
    let (shown, alias) = (world.iri("aa/a1"), world.iri("bb/b1"));
    let document = app.get(&format!("{shown}.nt")).await.ok();
    assert_eq!(
        values(&document.triples(Syntax::NTriples), &alias, SAME),
        std::slice::from_ref(&shown)
    );
    let page = app
        .get_with(&format!("{shown}.html?lang=en"), &[])
        .await
        .ok()
        .text();
    for said in [
        "Also published by",
        "https://bb.example/api/1/datasets/b1/",
        "Same DOI",
        "10.99999/communes",
        alias.as_str(),
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[tokio::test]
async fn either_source_address_resolves_to_the_dataset_shown() {
    let world = published();
    let app = TestApp::new(world.config.clone());
    for name in [
        "https://aa.example/api/1/datasets/a1/".to_owned(),
        "https://bb.example/api/1/datasets/b1/".to_owned(),
        world.iri("bb/b1"),
    ] {
        let asked: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let answer = app.get(&format!("resolve?uri={asked}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
        assert_eq!(answer.header("location"), world.iri("aa/a1"), "{name}");
    }
}

#[tokio::test]
async fn an_alias_is_in_no_list() {
    let world = published();
    let app = TestApp::new(world.config.clone());
    let (shown, alias) = (world.iri("aa/a1"), world.iri("bb/b1"));
    assert_eq!(app.datasets().await, [shown]);
    for page in [
        "catalog.nt",
        "catalog.html",
        "list/dataset",
        "portal/bb.html",
        "index.html",
        "",
    ] {
        let answer = app.get_as(page, "text/html, */*;q=0.5").await;
        assert!(!answer.text().contains(&alias), "{page}");
    }
}

#[tokio::test]
async fn the_document_of_the_dataset_shown_changes_with_its_aliases() {
    let mut world = published();
    let app = TestApp::new(world.config.clone());
    let document = format!("{}.ttl", world.iri("aa/a1"));
    let tag = app.get(&document).await.ok().header("etag").to_owned();
    world.config.recognition.enabled = false;
    world.configure();
    world.publish();
    app.app.refresh().unwrap();
    let answer = app
        .get_with(&document, &[("if-none-match", &tag)])
        .await
        .ok();
    assert!(!answer.text().contains("sameAs"));
    let back = app.get(&format!("{}.ttl", world.iri("bb/b1"))).await.ok();
    assert!(back.text().contains("Copie"));
}
