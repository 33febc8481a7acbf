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
        dataservices: vec![
            json!({"id": "s", "slug": "api-s", "title": "API", "datasets": ["a", "c"], "created_at": "1"}),
            json!({"id": "u", "title": "Retirée", "datasets": [], "deleted_at": "2"}),
        ],
        reuses: vec![
            json!({"id": "r1", "title": "Un", "datasets": [{"id": "a"}], "topic": "health", "created_at": "2", "last_modified": "9"}),
            json!({"id": "r2", "title": "Deux", "datasets": [], "topic": "others", "created_at": "1", "last_modified": "8"}),
        ],
        topics: vec![
            json!({"id": "t", "name": "Bouquet", "private": false, "created_at": "1",
                   "elements": [{"title": "E", "element": {"class": "Dataset", "id": "b"}}, {"title": "F", "element": null}]}),
            json!({"id": "v", "name": "Brouillon", "private": true, "elements": []}),
        ],
        discussions: vec![
            json!({"id": "x1", "subject": {"class": "Dataset", "id": "a"}, "created": "1", "closed": null, "discussion": [{"posted_on": "9"}]}),
            json!({"id": "x2", "subject": {"class": "Reuse", "id": "r1"}, "created": "2", "closed": "3", "discussion": [{"posted_on": "3"}]}),
            json!({"id": "x3", "subject": {"class": "Post", "id": "p"}, "created": "3", "closed": null, "discussion": []}),
        ],
        community_resources: vec![
            json!({"id": "c1", "title": "Corrigé", "dataset": {"id": "a"}, "internal": {"created_at_internal": "1"}}),
            json!({"id": "c2", "title": "Autre", "dataset": {"id": "b"}, "internal": {"created_at_internal": "2"}}),
        ],
        harvest_sources: vec![json!({"id": "h", "name": "CKAN", "organization": {"id": "o"}})],
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

#[tokio::test]
async fn long_lists_are_links_that_lead_to_them() {
    let service = &json_of("/api/1/dataservices/").await["data"][0];
    assert_eq!(service["datasets"]["total"], 2);
    let link = service["datasets"]["href"].as_str().unwrap();
    let served = json_of(link.strip_prefix("http://portal.test:81").unwrap()).await;
    assert_eq!(
        (ids(&served), served["total"].as_u64()),
        (vec!["c", "a"], Some(2))
    );
    let topics = json_of("/api/2/topics/").await;
    assert_eq!(
        (ids(&topics), &topics["data"][0]["elements"]["total"]),
        (vec!["t"], &json!(2))
    );
    let link = topics["data"][0]["elements"]["href"].as_str().unwrap();
    let elements = json_of(link.strip_prefix("http://portal.test:81").unwrap()).await;
    assert_eq!(
        (&elements["data"][1]["title"], &elements["next_page"]),
        (&json!("F"), &Value::Null)
    );
}

#[tokio::test]
async fn lists_are_filtered_and_sorted_as_udata_does() {
    for (path, expected) in [
        ("/api/1/discussions/", &["x3", "x2", "x1"][..]),
        (
            "/api/1/discussions/?for=a&for=r1&sort=created",
            &["x1", "x2"],
        ),
        ("/api/1/discussions/?closed=true", &["x2"]),
        (
            "/api/1/discussions/?sort=-discussion.posted_on",
            &["x1", "x2", "x3"],
        ),
        ("/api/1/reuses/?sort=-last_modified", &["r1", "r2"]),
        ("/api/1/reuses/?topic=health", &["r1"]),
        ("/api/1/reuses/?dataset=a", &["r1"]),
        ("/api/1/datasets/?reuse=r1", &["a"]),
        ("/api/1/datasets/?topic=t", &["b"]),
        ("/api/1/datasets/community_resources/?dataset=b", &["c2"]),
        (
            "/api/1/datasets/community_resources/?sort=created_at_internal",
            &["c1", "c2"],
        ),
        ("/api/1/harvest/sources/?owner=o&sort=nonsense", &["h"]),
        ("/api/1/harvest/sources/?owner=p", &[]),
        // What does not exist filters nothing, and neither does what is not known.
        (
            "/api/1/datasets/?topic=nowhere&sort=created",
            &["a", "b", "c"],
        ),
        (
            "/api/1/datasets/?couleur=bleu&sort=created",
            &["a", "b", "c"],
        ),
        ("/api/2/datasets/search/?topic=t", &["b"]),
        ("/api/2/datasets/search/?reuse=r1", &["b", "a", "c"]),
    ] {
        assert_eq!(ids(&json_of(path).await), expected, "{path}");
    }
}

#[tokio::test]
async fn records_of_every_list_have_an_address_and_a_picture_is_one() {
    for (path, expected) in [
        ("/api/1/dataservices/s/", StatusCode::OK),
        ("/api/1/dataservices/u/", StatusCode::GONE),
        ("/api/1/reuses/r1/", StatusCode::OK),
        ("/api/1/discussions/x1/", StatusCode::OK),
        ("/api/1/datasets/community_resources/c1/", StatusCode::OK),
        ("/api/1/harvest/source/h", StatusCode::OK),
        ("/api/2/topics/t/", StatusCode::OK),
        ("/api/2/topics/v/", StatusCode::NOT_FOUND),
        ("/api/2/topics/v/elements/", StatusCode::NOT_FOUND),
        ("/api/1/topics/", StatusCode::NOT_FOUND),
        ("/dataservices/api-s/", StatusCode::OK),
        ("/topics/t/", StatusCode::OK),
        ("/s/images/carte.exe", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(get(path).await.0, expected, "{path}");
    }
    let (status, picture) = get("/s/images/carte.svg").await;
    assert!(
        status == StatusCode::OK && picture.starts_with("<svg "),
        "{picture}"
    );
}
