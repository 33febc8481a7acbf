//! The shape of the sample portal's answers.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt as _;

use super::{HOME, KEY, SampleData, router};

async fn get(data: SampleData, path: &str, key: Option<&str>) -> (StatusCode, Value) {
    let mut request = Request::get(format!("/api/explore/v2.1/catalog/{path}"));
    if let Some(key) = key {
        request = request.header("authorization", format!("Apikey {key}"));
    }
    let answer = router(data)
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 64 << 20).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

fn ids(page: &Value) -> Vec<&str> {
    let items = page["results"].as_array().or(page.as_array()).unwrap();
    items
        .iter()
        .map(|item| item["dataset_id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn pages_are_limited_as_the_api_limits_them() {
    let large = SampleData::synthetic(12_000, 1);
    let (_, page) = get(large.clone(), "datasets", None).await;
    assert_eq!(
        (ids(&page).len(), &page["total_count"]),
        (10, &Value::from(12_000))
    );
    for (query, fits) in [
        ("limit=100&offset=9899", true),
        ("limit=100&offset=9900", false),
        ("limit=101", false),
        ("limit=x", false),
        ("order_by=nonsense&where=records_count > 1", false),
        ("where=what is this", false),
    ] {
        let query = query.replace(' ', "%20").replace('>', "%3E");
        let (status, answer) = get(large.clone(), &format!("datasets?{query}"), None).await;
        assert_eq!(status == StatusCode::OK, fits, "{query}");
        assert_eq!(answer["message"].is_string(), !fits, "{query}");
    }
    let (_, export) = get(large, "exports/json?limit=-1", None).await;
    assert_eq!(ids(&export).len(), 12_000);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_datasets() {
    let page = async |seed| {
        get(
            SampleData::synthetic(500, seed),
            "datasets?offset=400",
            None,
        )
        .await
    };
    assert_eq!(page(1).await, page(1).await);
    assert_ne!(page(1).await, page(2).await);
}

#[tokio::test]
async fn links_and_counters_come_when_they_are_asked_for() {
    let data = SampleData::bundled();
    let (_, bare) = get(data.clone(), "datasets/arbres", None).await;
    assert!(bare["links"].is_null() && bare["metas"]["explore"].is_null());
    let query = "datasets/arbres?include_links=true&include_app_metas=true";
    let (_, whole) = get(data, query, None).await;
    let own = format!("{HOME}/api/explore/v2.1/catalog/datasets/arbres");
    assert_eq!(whole["links"][0]["href"], own);
    assert!(whole["metas"]["explore"]["download_count"].is_number());
}

#[tokio::test]
async fn what_is_restricted_is_shown_to_who_has_a_key() {
    let data = SampleData::bundled();
    let path = "datasets/prive-en-preparation";
    assert_eq!(get(data.clone(), path, None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(data.clone(), path, Some(KEY)).await.0, StatusCode::OK);
    assert_eq!(
        get(data, path, Some("autre")).await.0,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn facets_and_conditions_choose() {
    for (query, expected) in [
        ("refine=theme:Santé", &["donnees-internes-sante"][..]),
        (
            "refine=keyword:météo&exclude=features:geo&order_by=dataset_id",
            &["stations-meteo-copie"],
        ),
        (
            "where=(dataset_id = \"arbres\") and (records_count > 3)",
            &["arbres"],
        ),
        (
            "where=dataset_id = \"arbres\" or dataset_id = \"bal-port-clairac\"",
            &["arbres", "bal-port-clairac"],
        ),
        (
            "where=(data_processed >= date'2026-03-21T00:00:00Z')",
            &["parkings-occupation"],
        ),
    ] {
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query.split('&').filter_map(|pair| pair.split_once('=')))
            .finish();
        let (_, page) = get(
            SampleData::bundled(),
            &format!("datasets?limit=100&{query}"),
            None,
        )
        .await;
        assert_eq!(ids(&page), expected, "{query}");
    }
}

#[test]
fn the_bundled_portal_is_as_large_as_promised() {
    assert!(SampleData::bundled().0.count() >= 30);
}
