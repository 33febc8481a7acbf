//! `/status` and `/harvest/…`, for people and for programs.

use moisson::rdf::syntax::Syntax;
use serde_json::Value;

use super::{BROWSER, TestApp};
use crate::support::BASE;

const HTML: &str = "text/html";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The number of the sample's last harvest.
async fn number(app: &TestApp) -> i64 {
    let runs = json(&app.get("harvest/exemple.json").await.ok().text());
    runs[0]["id"].as_i64().unwrap()
}

#[tokio::test]
async fn the_status_is_a_page_and_json() {
    let app = TestApp::sample().await;
    let page = app.get_as("status", BROWSER).await.ok();
    assert!(page.header("content-type").starts_with(HTML));
    assert!(page.text().contains("/harvest/exemple.html\""));
    for (path, accept) in [("status", "application/json"), ("status.json", "*/*")] {
        let answer = app.get_as(path, accept).await.ok();
        assert_eq!(answer.header("content-type"), "application/json");
        let status = json(&answer.text());
        assert_eq!(status["portals"][0]["portal"], "exemple");
        assert_eq!(status["portals"][0]["last_run"]["state"], "done");
        let job = status["portals"][0]["job"].as_str().unwrap();
        assert!(job.starts_with("done"), "{job}");
    }
}

#[tokio::test]
async fn a_harvest_is_a_page_json_and_a_prov_activity() {
    let app = TestApp::sample().await;
    let number = number(&app).await;
    let path = format!("harvest/exemple/{number}");
    let page = app.get_as(&path, BROWSER).await.ok();
    assert!(page.header("content-type").starts_with(HTML));
    assert!(
        page.text().contains(&format!("{path}.ttl")),
        "{}",
        page.text()
    );

    let harvest = json(&app.get_as(&path, "application/json").await.ok().text());
    assert_eq!(harvest["iri"], format!("{BASE}{path}"));
    let records = harvest["records"].as_array().unwrap();
    assert!(
        records
            .iter()
            .any(|one| one["state"] == "created" && one["item"] == "done")
    );
    let rejected = harvest["counts"]["rejected"].as_u64().unwrap();
    let failed = records.iter().filter(|one| one["item"] == "failed");
    assert_eq!(u64::try_from(failed.count()).unwrap(), rejected);

    let turtle = app.get(&path).await.ok();
    assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
    let triples = app
        .get(&format!("{path}.nt"))
        .await
        .ok()
        .triples(Syntax::NTriples);
    let iri = format!("<{BASE}{path}>");
    let is_activity = triples.iter().any(|triple| {
        triple.subject.to_string() == iri
            && triple.object.to_string() == "<http://www.w3.org/ns/prov#Activity>"
    });
    assert!(is_activity, "{triples:?}");
    let agent = triples
        .iter()
        .any(|triple| triple.object.to_string() == "<http://www.w3.org/ns/prov#SoftwareAgent>");
    assert!(agent, "{triples:?}");
    let tag = turtle.header("etag").to_owned();
    let again = app.get_with(&path, &[("if-none-match", &tag)]).await;
    assert_eq!(again.status.as_u16(), 304);
}

#[tokio::test]
async fn its_terms_are_defined() {
    let app = TestApp::sample().await;
    let terms = app.get("vocabulary/harvest.nt").await.ok().text();
    for term in ["created", "partial", "moisson-"] {
        assert!(
            terms.contains(&format!("<{BASE}vocabulary/harvest#{term}")),
            "{term}"
        );
    }
}

#[tokio::test]
async fn what_is_no_harvest_is_not_found() {
    let app = TestApp::sample().await;
    for path in [
        "harvest/exemple/999999",
        "harvest/exemple/one",
        "harvest/exemple/-1",
        "harvest/autre",
        "harvest/autre/1",
        "harvest/_/1",
        "harvest/exemple.xyz",
    ] {
        app.get(path).await.refused(404);
    }
}

#[tokio::test]
async fn the_fields_that_nothing_reads_are_summed_on_the_page_and_in_the_status() {
    let app = TestApp::sample().await;
    let status = json(&app.get("status.json").await.ok().text());
    let unmapped = status["portals"][0]["unmapped"].as_array().unwrap();
    assert!(unmapped.len() > 5, "{unmapped:?}");
    let page = app.get_as("harvest/exemple", BROWSER).await.ok().text();
    for row in unmapped {
        let path = row["path"].as_str().unwrap();
        assert!(row["records"].as_u64().unwrap() > 0, "{row}");
        assert!(page.contains(path), "{path}");
    }
}
