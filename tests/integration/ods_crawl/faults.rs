//! Portals that fail: what is tried again, and why the crawl ends.

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _};
use moisson::source::CrawlError;

use super::crawling::json_answer;
use super::*;

async fn fails(fake: &Fake) -> CrawlError {
    let mut crawl = crawl(fake, "", Some(10));
    pages(&mut crawl).await.expect_err("the crawl should fail")
}

#[tokio::test]
async fn an_empty_answer_is_no_catalogue_of_nothing() {
    let fake = sound(SampleData::from(Vec::new())).await;
    let error = fails(&fake).await;
    assert!(matches!(error, CrawlError::Empty { .. }), "{error}");
}

#[tokio::test]
async fn a_refused_page_size_is_replaced_by_a_smaller_one() {
    for status in [StatusCode::BAD_GATEWAY, StatusCode::BAD_REQUEST] {
        let fake = serve(plain(45), move |uri, _| {
            (number(uri, "limit") > 20).then(|| status.into_response())
        })
        .await;
        let mut crawl = crawl(&fake, "", None);
        assert_eq!(
            keys(&pages(&mut crawl).await.unwrap()).len(),
            45,
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_portal_that_gives_less_than_asked_for_is_paged_by_what_it_gives() {
    let fake = serve(plain(25), |uri, _| {
        let offset = number(uri, "offset");
        let results: Vec<Value> = (offset..(offset + 7).min(25))
            .map(|n| json!({"dataset_id": format!("d{n:05}"), "metas": {}}))
            .collect();
        Some(json_answer(&json!({"total_count": 25, "results": results})))
    })
    .await;
    let mut crawl = crawl(&fake, "", None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()).len(), 25);
}

#[tokio::test]
async fn a_page_that_is_html_once_is_asked_for_again() {
    let fake = serve(plain(5), |_, number| {
        (number == 0).then(|| Html("<p>Maintenance").into_response())
    })
    .await;
    let mut crawl = crawl(&fake, "", None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()).len(), 5);
}

#[tokio::test]
async fn answers_that_are_no_page_end_the_crawl() {
    for body in [
        "<html>",
        "{\"total_count\": 5, \"results\": [{\"dataset_id\"",
        "{\"results\": []}",
        "{\"total_count\": 5}",
        "[]",
        "{\"total_count\": 5, \"results\": {}}",
    ] {
        let fake = serve(plain(5), move |_, _| Some(Body::from(body).into_response())).await;
        let error = fails(&fake).await;
        let is_told = matches!(error, CrawlError::NotJson { .. } | CrawlError::Shape { .. });
        assert!(is_told, "{body}: {error}");
        assert_eq!(fake.requests(), 3, "{body}");
    }
}

#[tokio::test]
async fn the_same_page_again_and_again_ends_the_crawl() {
    let fake = serve(plain(40), |_, _| {
        let results: Vec<Value> = (0..10)
            .map(|n| json!({"dataset_id": format!("d{n}")}))
            .collect();
        Some(json_answer(&json!({"total_count": 40, "results": results})))
    })
    .await;
    let error = fails(&fake).await;
    assert!(matches!(error, CrawlError::EndlessPages { .. }), "{error}");
    assert!(fake.requests() < 10);
}

#[tokio::test]
async fn a_list_that_is_another_each_time_ends_the_crawl() {
    let fake = serve(plain(40), |uri, number_of| {
        let offset = number(uri, "offset");
        let results: Vec<Value> = (offset..offset + 10)
            .map(|n| json!({"dataset_id": format!("d{n}-{number_of}")}))
            .collect();
        Some(json_answer(&json!({"total_count": 40, "results": results})))
    })
    .await;
    let error = fails(&fake).await;
    assert!(matches!(error, CrawlError::Moving { .. }), "{error}");
}

#[tokio::test]
async fn a_list_that_ends_early_or_shrinks_to_little_is_incomplete() {
    let short = serve(plain(40), |uri, _| {
        (number(uri, "offset") > 15)
            .then(|| json_answer(&json!({"total_count": 40, "results": []})))
    })
    .await;
    let shrinking = serve(plain(40), |uri, _| {
        (number(uri, "offset") > 15)
            .then(|| json_answer(&json!({"total_count": 3, "results": [{"dataset_id": "d00000"}]})))
    })
    .await;
    let gone = serve(plain(40), |uri, _| {
        (number(uri, "offset") > 15).then(|| json_answer(&json!({"total_count": 0, "results": []})))
    })
    .await;
    for fake in [short, shrinking, gone] {
        let error = fails(&fake).await;
        assert!(matches!(error, CrawlError::Shrunk { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_spent_quota_ends_the_crawl_and_says_until_when() {
    let fake = serve(plain(40), |uri, _| {
        let spent = json!({"errorcode": 10002, "reset_time": "2026-03-22T00:00:00Z", "error": "Too many requests on the domain"});
        (number(uri, "offset") > 15)
            .then(|| (StatusCode::TOO_MANY_REQUESTS, spent.to_string()).into_response())
    })
    .await;
    let error = fails(&fake).await;
    assert!(
        error.to_string().contains("2026-03-22T00:00:00Z"),
        "{error}"
    );
}

#[tokio::test]
async fn half_an_export_is_none() {
    for cut in [3, 2] {
        let fake = serve(SampleData::synthetic(10_100, 1), move |uri, _| {
            uri.path().ends_with("/exports/json").then(|| {
                let entries: Vec<Value> = (0..10_100)
                    .map(|n| json!({"dataset_id": format!("d{n}")}))
                    .collect();
                let text = Value::Array(entries).to_string();
                text[..text.len() / cut].to_owned().into_response()
            })
        })
        .await;
        let error = fails(&fake).await;
        assert!(matches!(error, CrawlError::NotJson { .. }), "{error}");
    }
    let short = serve(SampleData::synthetic(10_100, 1), |uri, _| {
        let entries = json!([{"dataset_id": "d"}]);
        uri.path()
            .ends_with("/exports/json")
            .then(|| json_answer(&entries))
    })
    .await;
    let error = fails(&short).await;
    assert!(matches!(error, CrawlError::Shrunk { .. }), "{error}");
}

#[tokio::test]
async fn an_entry_that_is_none_costs_only_itself() {
    let fake = serve(plain(3), |_, _| {
        Some(json_answer(
            &json!({"total_count": 4, "results": [{"dataset_id": "a"}, 3, {"title": "x"}, {"dataset_id": "b"}]}),
        ))
    })
    .await;
    let mut crawl = crawl(&fake, "", None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), ["", "", "a", "b"]);
}
