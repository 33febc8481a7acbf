//! The shape of the sample portal's answers.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{Records, SampleData, router};

fn sample() -> SampleData {
    let dataset = |id: &str, at: &str, more: Value| {
        let mut record = json!({
            "id": id, "slug": format!("jeu-{id}"), "title": format!("Jeu <{id}>"), "tags": [id],
            "page": format!("{{portal}}/datasets/jeu-{id}/"), "resources": [{"id": format!("r{id}"), "url": "https://f.example/"}],
            "internal": {"created_at_internal": id, "last_modified_internal": at}
        });
        for (key, value) in more.as_object().unwrap() {
            record[key] = value.clone();
        }
        record
    };
    SampleData::from(Records {
        datasets: vec![
            dataset("a", "2024-01-02", json!({})),
            dataset("b", "2024-01-03", json!({})),
            dataset("c", "2024-01-01", json!({})),
            dataset("d", "2024-01-04", json!({"private": true})),
            dataset("e", "2024-01-05", json!({"deleted": "2024-01-06"})),
            dataset("f", "2024-01-05", json!({"archived": "2024-01-06"})),
        ],
        organizations: vec![json!({"id": "o", "name": "O"})],
        ..Records::default()
    })
}

async fn get(path: &str) -> (StatusCode, String) {
    let request = Request::get(path)
        .header("host", "portal.test:81")
        .body(Body::empty())
        .unwrap();
    let answer = router(sample()).oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn json_of(path: &str) -> Value {
    let (status, body) = get(path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

fn ids(page: &Value) -> Vec<&str> {
    let data = page["data"].as_array().unwrap();
    data.iter().map(|r| r["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn lists_leave_out_what_is_hidden_and_link_their_pages() {
    let first = json_of("/api/1/datasets/?sort=created&page_size=2&tag=a&tag=a").await;
    assert_eq!(
        (ids(&first), &first["next_page"]),
        (vec!["a"], &Value::Null)
    );
    let first = json_of("/api/1/datasets/?sort=created&page_size=2").await;
    assert_eq!(
        (ids(&first), first["total"].as_u64()),
        (vec!["a", "b"], Some(3))
    );
    let next = first["next_page"].as_str().unwrap();
    let path = next.strip_prefix("http://portal.test:81").unwrap();
    let second = json_of(path).await;
    assert_eq!(
        (ids(&second), &second["next_page"]),
        (vec!["c"], &Value::Null)
    );
    assert!(second["previous_page"].is_string());
    assert_eq!(
        second["data"][0]["page"],
        "http://portal.test:81/datasets/jeu-c/"
    );
}

#[tokio::test]
async fn the_search_has_links_for_resources_and_a_window() {
    let found = json_of("/api/2/datasets/search/?sort=-last_update").await;
    assert_eq!(ids(&found), ["b", "a", "c"]);
    assert_eq!(found["data"][0]["resources"]["total"], 1);
    let link = found["data"][0]["resources"]["href"].as_str().unwrap();
    let resources = json_of(link.strip_prefix("http://portal.test:81").unwrap()).await;
    assert_eq!(ids(&resources), ["rb"]);
    let (status, _) = get("/api/2/datasets/search/?page=11&page_size=1000").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn hidden_records_are_missing_or_gone() {
    for (path, expected) in [
        ("/api/1/datasets/jeu-a/", StatusCode::OK),
        ("/api/1/datasets/d/", StatusCode::NOT_FOUND),
        ("/api/1/datasets/e/", StatusCode::GONE),
        ("/api/1/datasets/f/", StatusCode::OK),
        ("/api/1/datasets/?page=9", StatusCode::NOT_FOUND),
        (
            "/api/1/datasets/?sort=last_modified",
            StatusCode::BAD_REQUEST,
        ),
        ("/api/1/organizations/o/", StatusCode::OK),
        ("/datasets/jeu-a/", StatusCode::OK),
        ("/datasets/jeu-d/", StatusCode::NOT_FOUND),
        ("/fr/datasets/r/ra", StatusCode::TEMPORARY_REDIRECT),
    ] {
        assert_eq!(get(path).await.0, expected, "{path}");
    }
}

#[tokio::test]
async fn pages_escape_what_records_say() {
    let (_, page) = get("/").await;
    assert!(
        page.contains("Jeu &lt;a&gt;") && !page.contains("<a>"),
        "{page}"
    );
}
