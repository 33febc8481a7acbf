//! DKAN 2, which has none of CKAN's actions.

use std::collections::BTreeSet;

use axum::http::HeaderMap;
use axum::routing::get;
use moisson::config::PortalKind;
use moisson::harvest::Scope;
use moisson::ledger::{Filter, Mode, Position, RunState};

use super::*;
use crate::support::Farm;

const DATA: &str = include_str!("../../golden/dcat/dkan2/record.json");

/// What DKAN 2 answers.
fn answer(path: &str) -> Response {
    match path {
        "/api/1/metastore/schemas/dataset" => json_answer(&json!({
            "title": "Project Open Data Dataset",
            "type": "object",
            "properties": {"title": {"type": "string"}}
        })),
        "/data.json" => {
            let kind = [(header::CONTENT_TYPE, "application/json")];
            (StatusCode::OK, kind, DATA).into_response()
        }
        _ => refused(),
    }
}

#[tokio::test]
async fn dkan_2_is_read_by_its_data_json() {
    let fake = faulty(|asked, _| answer(&asked.path)).await;
    let mut crawl = crawl(&fake, "", Plan::Full, None);
    let found = pages(&mut crawl).await.unwrap();
    let keys: BTreeSet<String> = keys(&found).into_iter().collect();
    assert_eq!(keys.len(), 4, "{keys:?}");
    assert!(keys.contains("7b1c2f0e-51d3-4c5e-9a55-0d7fb1f2a001"));
    assert!(crawl.seen_whole().contains(&"datasets"));
    assert!(crawl.notes()[0].contains("DKAN 2"), "{:?}", crawl.notes());

    let before = fake.requests().len();
    let cursor = crawl.cursor();
    let again = portal("");
    let mut resumed = begin(&again, fake.root.clone(), Plan::Full, Some(&cursor), None);
    assert_eq!(pages(&mut resumed).await.unwrap(), found);
    let asked = fake.requests();
    assert_eq!(asked.len(), before + 1);
    assert_eq!(asked[before].path, "/data.json");
}

#[tokio::test]
async fn a_ckan_portal_whose_api_is_down_is_not_taken_for_dkan_2() {
    let fake = faulty(|asked, _| match asked.path.as_str() {
        "/data.json" => answer("/data.json"),
        _ => refused(),
    })
    .await;
    let mut first = crawl(&fake, "", Plan::Full, None);
    let error = pages(&mut first).await.unwrap_err();
    assert!(error.to_string().contains("package_search"), "{error}");
    assert!(
        fake.requests()
            .iter()
            .all(|asked| asked.path != "/data.json")
    );
    // A filter cannot be asked of a data.json.
    let fake = faulty(|asked, _| answer(&asked.path)).await;
    let mut filtered = crawl(&fake, "filter = { tags = ['eau'] }\n", Plan::Full, None);
    let error = pages(&mut filtered).await.unwrap_err();
    assert!(error.to_string().contains("package_search"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dkan_2_portal_is_harvested_with_what_access_it_grants() {
    let data = async |headers: HeaderMap| {
        let tag = [(header::ETAG, "\"dkan\"")];
        if headers.get(header::IF_NONE_MATCH).is_some() {
            return (StatusCode::NOT_MODIFIED, tag).into_response();
        }
        (tag, answer("/data.json")).into_response()
    };
    let routes = Router::new()
        .route("/data.json", get(data))
        .fallback(async |request: Request| answer(request.uri().path()));
    let farm = Farm::of_kind(PortalKind::Ckan, "", routes).await;
    let first = farm.harvest(Scope::Auto).await;
    assert_eq!(first.state, RunState::Done, "{first:?}");
    assert_eq!(farm.datasets().len(), 3);
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let page = reader.page(&Filter::default(), Position::Offset(0), 100, at);
    let records = page.unwrap().records;
    for (key, right) in [
        ("a001", "PUBLIC"),
        ("a002", "RESTRICTED"),
        ("a003", "NON_PUBLIC"),
    ] {
        let own = records
            .iter()
            .find(|record| record.iri.ends_with(key))
            .unwrap();
        let body = reader.body(own.digest).unwrap();
        let right = format!(
            "accessRights> <http://publications.europa.eu/resource/authority/access-right/{right}>"
        );
        assert!(body.contains(&right), "{body}");
    }
    farm.sleep(3600);
    let second = farm.harvest(Scope::Auto).await;
    assert_eq!(
        (second.state, second.mode),
        (RunState::Done, Mode::Incremental)
    );
    assert!(
        second
            .notes
            .iter()
            .any(|note| note.contains("has not changed"))
    );
    assert_eq!((second.counts.withdrawn, farm.datasets().len()), (0, 3));
}
