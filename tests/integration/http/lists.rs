//! Lists for programs: the pages of people as Hydra collections and as JSON.

use std::collections::BTreeSet;

use moisson::rdf::syntax::Syntax;

use super::{BASE, TestApp, values};

const HYDRA: &str = "http://www.w3.org/ns/hydra/core#";

#[tokio::test(flavor = "multi_thread")]
async fn a_list_read_page_by_page_has_what_the_pages_for_people_have() {
    let app = TestApp::sample().await;
    let list = format!("{BASE}list/dataset");
    let (mut members, mut shown) = (BTreeSet::new(), BTreeSet::new());
    let mut next = Some("list/dataset".to_owned());
    while let Some(path) = next {
        let answer = app.get_as(&path, "text/turtle").await.ok();
        assert!(answer.listed("vary").contains("accept"));
        let triples = answer.triples(Syntax::Turtle);
        let view = values(&triples, &list, &format!("{HYDRA}view")).remove(0);
        members.extend(values(&triples, &list, &format!("{HYDRA}member")));
        let page = app.get_as(&path, "text/html").await.ok().text();
        for part in page.split("<h3><a href=\"/").skip(1) {
            shown.insert(format!("{BASE}{}", part.split('"').next().unwrap()));
        }
        next = values(&triples, &view, &format!("{HYDRA}next"))
            .pop()
            .map(|next| next.strip_prefix(BASE).unwrap().to_owned());
    }
    assert!(members.len() > 50, "more than a page: {}", members.len());
    assert_eq!(members, shown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_has_a_form_for_every_kind_of_client() {
    let app = TestApp::sample().await;
    let json = app.get_as("list/dataset", "application/json").await.ok();
    assert_eq!(json.header("content-type"), "application/json");
    let page: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 50);
    assert!(page["total"].as_u64().unwrap() > 50);
    assert!(
        items
            .iter()
            .all(|item| item["iri"].as_str().unwrap().starts_with(BASE))
    );
    assert!(
        items
            .iter()
            .any(|item| !item["names"].as_object().unwrap().is_empty())
    );
    let next = page["next"].as_str().unwrap().strip_prefix(BASE).unwrap();
    let second = app.get(next).await.ok();
    let second: serde_json::Value = serde_json::from_slice(&second.body).unwrap();
    assert_eq!(second["page"], 2);
    assert_ne!(second["items"][0], page["items"][0]);
    for syntax in Syntax::ALL {
        let path = format!("list/service.{}?portal=exemple", syntax.extension());
        let named = app.get(&path).await.ok();
        assert_eq!(named.header("content-type"), syntax.content_type());
        let asked = app
            .get_as("list/service?portal=exemple", syntax.media_type())
            .await
            .ok();
        assert_eq!(asked.canonical(syntax), named.canonical(syntax), "{path}");
    }
    let message = app.get_as("list/service", "image/png").await.refused(406);
    assert!(message.contains("application/json") && message.contains("text/turtle"));
    app.get("list/service.png").await.refused(404);
}
