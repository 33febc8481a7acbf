//! The shape of the sample's answers.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt as _;

use super::{SampleData, router};

async fn get(data: SampleData, path: &str) -> (StatusCode, Value) {
    let request = Request::get(path).header("host", "portail.example");
    let answer = router(data)
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 64 << 20).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn the_list_is_whole_and_has_no_conversions() {
    let (_, list) = get(SampleData::bundled(), "/api/datasets").await;
    let list = list.as_array().unwrap();
    assert!(list.len() >= 28, "{}", list.len());
    assert!(list[0]["resources"][0]["conversions"].is_null());
    let page = list[0]["page_url"].as_str().unwrap();
    assert_eq!(page, "http://portail.example/datasets/reseau-estran");
}

#[tokio::test]
async fn conversions_and_history_are_in_the_answer_about_one() {
    let path = "/api/datasets/59d1d98fce26641cb7df7b7a";
    let (_, one) = get(SampleData::bundled(), path).await;
    assert!(one["resources"][0]["conversions"]["GeoJSON"]["stable_url"].is_string());
    assert!(one["history"][0]["payload"].is_object());
    let (status, _) = get(SampleData::bundled(), "/api/datasets/none").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_datasets() {
    let list = async |seed| {
        get(SampleData::synthetic(100, seed), "/api/datasets")
            .await
            .1
    };
    assert_eq!(list(1).await, list(1).await);
    assert_ne!(list(1).await, list(2).await);
    assert_eq!(list(1).await.as_array().unwrap().len(), 100);
}
