//! Crawls over the sample of transport.data.gouv.fr, sound and faulty, on loopback.

use std::collections::HashMap;

use axum::body::Body;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse as _, Response};
use moisson::demo::transport::{self, SampleData};
use moisson::source::{Crawl, CrawlError, Plan};
use serde_json::{Value, json};

use super::support::crawling::{self, Fake, json_answer, keys, pages, portal};

async fn serve(
    data: SampleData,
    fault: impl Fn(&Uri, usize) -> Option<Response> + Send + Sync + 'static,
) -> Fake {
    crawling::serve(transport::router(data), fault).await
}

fn crawl(fake: &Fake, plan: Plan, cursor: Option<&str>, size: Option<u64>) -> Box<dyn Crawl> {
    crawling::crawl(fake, &portal("transport", ""), plan, cursor, size).unwrap()
}

async fn fails(fake: &Fake) -> CrawlError {
    let mut crawl = crawl(fake, Plan::Full, None, None);
    pages(&mut crawl).await.expect_err("the crawl should fail")
}

/// A plan that knows all datasets as a crawl has just found them.
async fn knowing(fake: &Fake) -> Plan {
    let mut crawl = crawl(fake, Plan::Full, None, None);
    let found = pages(&mut crawl).await.unwrap();
    let records = found.into_iter().flat_map(|page| page.records);
    let known: HashMap<String, String> = records
        .map(|record| (record.key, record.mark.unwrap()))
        .collect();
    Plan::Incremental {
        since: String::new(),
        known: HashMap::from([("datasets", known)]),
        memory: None,
    }
}

#[tokio::test]
async fn a_full_crawl_gets_every_dataset_with_its_conversions() {
    let fake = serve(SampleData::bundled(), |_, _| None).await;
    let mut crawl = crawl(&fake, Plan::Full, None, Some(7));
    let found = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&found).len(), 29);
    assert_eq!(
        (found[0].records.len(), found.last().unwrap().position),
        (7, 29)
    );
    let records = found.iter().flat_map(|page| &page.records);
    let first = records
        .clone()
        .find(|record| record.key == "59d1d98fce26641cb7df7b7a");
    let first: Value = serde_json::from_slice(&first.unwrap().payload).unwrap();
    assert!(first["resources"][0]["conversions"]["NeTEx"].is_object());
    assert_eq!(fake.requests(), 1 + 29);
}

#[tokio::test]
async fn an_incremental_crawl_asks_for_what_changed_and_sees_what_is_gone() {
    let data = SampleData::bundled();
    let fake = serve(data.clone(), |_, _| None).await;
    let plan = knowing(&fake).await;
    data.change(|datasets| {
        datasets[3]["licence"] = json!("odc-by");
        datasets.remove(7);
    });
    let before = fake.requests();
    let mut crawl = crawl(&fake, plan, None, None);
    let found = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&found).len(), 1);
    let unchanged: usize = found.iter().map(|page| page.skipped_unchanged.len()).sum();
    assert_eq!((unchanged, fake.requests() - before), (27, 2));
    assert_eq!(crawl.seen_whole(), ["datasets"]);
}

#[tokio::test]
async fn an_interrupted_crawl_goes_on_where_it_was() {
    let fake = serve(SampleData::bundled(), |_, _| None).await;
    let mut first = crawl(&fake, Plan::Full, None, Some(10));
    let page = first.next(&crawling::fetcher()).await.unwrap().unwrap();
    let mut second = crawl(&fake, Plan::Full, Some(&first.cursor()), None);
    let mut all = vec![page];
    all.extend(pages(&mut second).await.unwrap());
    let mut once = keys(&all);
    once.dedup();
    assert_eq!((once.len(), keys(&all).len()), (29, 29));
}

#[tokio::test]
async fn an_empty_list_is_no_catalogue_of_nothing() {
    let fake = serve(SampleData::from(Vec::new()), |_, _| None).await;
    let error = fails(&fake).await;
    assert!(matches!(error, CrawlError::Empty { .. }), "{error}");
}

#[tokio::test]
async fn a_list_that_is_cut_off_or_none_ends_the_crawl() {
    for body in [
        "[{\"id\": \"a\"}, {\"id\"",
        "<html>",
        "{\"errors\": \"x\"}",
        "[{\"id\": \"a\"}",
    ] {
        let fake = serve(SampleData::bundled(), move |_, _| {
            Some(Body::from(body).into_response())
        })
        .await;
        let error = fails(&fake).await;
        let is_told = matches!(error, CrawlError::NotJson { .. } | CrawlError::Shape { .. });
        assert!(is_told, "{body}: {error}");
        assert_eq!(fake.requests(), 3, "{body}");
    }
}

#[tokio::test]
async fn a_maintenance_page_is_asked_for_again() {
    let fake = serve(SampleData::bundled(), |_, number| {
        (number == 0 || number == 5).then(|| Html("<p>Maintenance").into_response())
    })
    .await;
    let mut crawl = crawl(&fake, Plan::Full, None, None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()).len(), 29);
}

#[tokio::test]
async fn a_dataset_that_cannot_be_shown_stays_as_it_is_known() {
    let fake = serve(SampleData::bundled(), |uri, _| {
        let broken = uri.path().ends_with("/59d1d98fce26641cb7df7b7a");
        broken.then(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    })
    .await;
    let mut crawl = crawl(&fake, Plan::Full, None, None);
    let found = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&found).len(), 28);
    let kept: Vec<_> = found
        .iter()
        .flat_map(|page| &page.skipped_unchanged)
        .collect();
    assert_eq!(kept, [&("datasets", "59d1d98fce26641cb7df7b7a".to_owned())]);
    assert!(crawl.notes()[0].ends_with(": 1"), "{:?}", crawl.notes());
}

#[tokio::test]
async fn a_portal_that_can_show_few_ends_the_crawl() {
    let fake = serve(SampleData::bundled(), |uri, _| {
        (uri.path() != "/api/datasets").then(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    })
    .await;
    let error = fails(&fake).await;
    assert!(matches!(error, CrawlError::Parts { .. }), "{error}");
}

#[tokio::test]
async fn what_vanishes_between_list_and_request_is_gone() {
    let fake = serve(SampleData::bundled(), |uri, _| {
        let gone = uri.path().ends_with("/5d8197ce6434e066454d0bf1");
        gone.then(|| StatusCode::NOT_FOUND.into_response())
    })
    .await;
    let mut crawl = crawl(&fake, Plan::Full, None, None);
    let found = pages(&mut crawl).await.unwrap();
    let gone: Vec<_> = found.iter().flat_map(|page| &page.gone).collect();
    assert_eq!((keys(&found).len(), gone.len()), (28, 1));
}

#[tokio::test]
async fn an_entry_without_identifier_costs_only_itself_and_one_that_repeats_comes_once() {
    let fake = serve(SampleData::bundled(), |uri, _| {
        let entry = json!({"id": "a", "title": "A"});
        Some(json_answer(&match uri.path() {
            "/api/datasets" => json!([entry, {"title": "x"}, entry, 3]),
            _ => entry,
        }))
    })
    .await;
    let mut crawl = crawl(&fake, Plan::Full, None, None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), ["", "", "a"]);
}
