//! Topics with their elements and services with their datasets: whole, or not at all.

use super::collections::{fails, list, only};
use super::*;

/// A topic of 130 elements and a service of 130 datasets.
fn with_parts() -> SampleData {
    let data = plain(130);
    data.change(|records| {
        let elements: Vec<Value> = (0..130)
            .map(|n| json!({ "title": format!("E {n}"), "element": { "class": "Dataset", "id": format!("d{n:05}") } }))
            .collect();
        let datasets: Vec<Value> = (0..130).map(|n| json!(format!("d{n:05}"))).collect();
        records.topics = vec![
            json!({ "id": "t1", "name": "Grand", "created_at": "2024", "last_modified": "2025-01-01", "elements": elements }),
            json!({ "id": "t2", "name": "Vide", "created_at": "2025", "last_modified": "2025-01-01", "elements": [] }),
        ];
        records.dataservices = vec![
            json!({ "id": "s1", "title": "API", "created_at": "2024", "metadata_modified_at": "2025-01-01", "datasets": datasets }),
        ];
    });
    data
}

const PARTS: [(&str, &str, &str, &str); 2] = [
    ("topics", "elements", "/api/2/topics/t1/elements/", "t1"),
    ("dataservices", "datasets", "/api/1/datasets/", "s1"),
];

#[tokio::test]
async fn topics_and_services_come_with_all_their_parts() {
    let fake = serve(with_parts(), |uri, _| {
        let is_parts = PARTS.iter().any(|(_, _, path, _)| uri.path() == *path);
        (is_parts && number(uri, "page_size") > 50).then(|| StatusCode::BAD_GATEWAY.into_response())
    })
    .await;
    for (collection, field, _, key) in PARTS {
        let mut crawl = crawl(&fake, &only(collection), Plan::Full, None);
        let found = pages(&mut crawl).await.unwrap();
        let records: Vec<_> = found.iter().flat_map(|page| &page.records).collect();
        let record = records.iter().find(|record| record.key == key).unwrap();
        let payload: Value = serde_json::from_slice(&record.payload).unwrap();
        let parts = payload[field].as_array().unwrap();
        let id = |part: &Value| match collection {
            "topics" => part["element"]["id"].clone(),
            _ => part["id"].clone(),
        };
        let expected: Vec<Value> = (0..130).map(|n| json!(format!("d{n:05}"))).collect();
        assert_eq!(parts.iter().map(id).collect::<Vec<_>>(), expected);
        if let Some(empty) = records.iter().find(|record| record.key == "t2") {
            let payload: Value = serde_json::from_slice(&empty.payload).unwrap();
            assert_eq!(payload["elements"], json!([]));
        }
    }
}

#[tokio::test]
async fn topics_of_older_portals_come_with_their_datasets_and_reuses() {
    let fake = serve(with_parts(), |uri, _| match uri.path() {
        "/api/2/topics/" => {
            let link = |total: usize| json!({ "rel": "subsection", "href": "x", "type": "GET", "total": total });
            Some(json_answer(&json!({
                "data": [{ "id": "t1", "name": "Ancien", "datasets": link(12), "reuses": link(0) }],
                "page_size": 100, "total": 1, "next_page": null
            })))
        }
        "/api/2/topics/t1/datasets/" => Some(list(0, 12, 12, false)),
        _ => None,
    })
    .await;
    let found = pages(&mut crawl(&fake, &only("topics"), Plan::Full, None))
        .await
        .unwrap();
    let payload: Value = serde_json::from_slice(&found[0].records[0].payload).unwrap();
    assert_eq!(payload["datasets"].as_array().unwrap().len(), 12);
    assert_eq!(
        payload["datasets"][3],
        json!({ "class": "Dataset", "id": "n3" })
    );
    assert_eq!(payload["reuses"], json!([]));
}

#[tokio::test]
async fn parts_that_cannot_be_read_whole_end_the_crawl() {
    for (collection, _, path, key) in PARTS {
        let faults: [fn(&Uri) -> Response; 6] = [
            |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            |_| StatusCode::FORBIDDEN.into_response(),
            |_| axum::response::Html("<p>Maintenance").into_response(),
            |_| list(0, 10, 130, false),
            |_| list(0, 10, 130, true),
            |uri| {
                list(
                    number(uri, "page") * 10,
                    number(uri, "page") * 10 + 10,
                    30,
                    true,
                )
            },
        ];
        for (number, fault) in faults.into_iter().enumerate() {
            let fake = serve(with_parts(), move |uri, _| {
                (uri.path() == path).then(|| fault(uri))
            })
            .await;
            let error = fails(&fake, collection).await;
            assert!(
                matches!(&error, CrawlError::Parts { collection: of, key: whose, .. } if *of == collection && whose == key),
                "{collection} {number}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn parts_that_change_while_they_are_read_are_read_again() {
    let data = with_parts();
    let fake = {
        let data = data.clone();
        serve(data.clone(), move |uri, _| {
            if uri.path() == "/api/2/topics/t1/elements/" && uri.query()?.contains("page=2&") {
                data.change(|records| {
                    let elements = records.topics[0]["elements"].as_array_mut().unwrap();
                    elements.truncate(120);
                });
            }
            (uri.path().ends_with("/elements/") && number(uri, "page_size") > 50)
                .then(|| StatusCode::BAD_GATEWAY.into_response())
        })
        .await
    };
    let mut crawl = crawl(&fake, &only("topics"), Plan::Full, None);
    let found = pages(&mut crawl).await.unwrap();
    let payload: Value = serde_json::from_slice(&found[0].records[0].payload).unwrap();
    assert_eq!(payload["elements"].as_array().unwrap().len(), 120);
}

#[tokio::test]
async fn a_topic_that_is_gone_when_its_elements_are_asked_for_is_noted() {
    let fake = serve(with_parts(), |uri, _| {
        (uri.path() == "/api/2/topics/t1/elements/").then(|| StatusCode::GONE.into_response())
    })
    .await;
    let found = pages(&mut crawl(&fake, &only("topics"), Plan::Full, None))
        .await
        .unwrap();
    assert_eq!(keys(&found), ["t2"]);
    assert_eq!(found[0].gone, [("topics", "t1".to_owned())]);
}

#[tokio::test]
async fn an_incremental_crawl_asks_for_parts_only_where_something_changed() {
    let data = with_parts();
    let fake = sound(data.clone()).await;
    let marks: HashMap<&'static str, HashMap<String, String>> = {
        let mut crawl = crawl(&fake, "", Plan::Full, None);
        let mut marks: HashMap<_, HashMap<_, _>> = HashMap::new();
        while let Some(page) = match crawl.next(&fetcher()).await {
            Err(CrawlError::Empty { .. }) => {
                crawl.pass_empty_list();
                Some(Page::default())
            }
            page => page.unwrap(),
        } {
            for record in page.records {
                marks
                    .entry(record.collection)
                    .or_default()
                    .extend(record.mark.map(|mark| (record.key, mark)));
            }
        }
        marks
    };
    let plan = || Plan::Incremental {
        since: marks["datasets"].values().max().unwrap().clone(),
        known: marks.clone(),
        memory: None,
    };
    let before = fake.requests();
    let include = "include = ['dataservices', 'topics']\n";
    let found = pages(&mut crawl(&fake, include, plan(), None))
        .await
        .unwrap();
    assert_eq!(keys(&found).len(), 0);
    let skipped: usize = found.iter().map(|page| page.skipped_unchanged.len()).sum();
    assert_eq!((skipped, fake.requests() - before), (3, 2));
    data.change(|records| {
        records.topics[1]["elements"] = json!([{ "title": "Nouveau" }]);
        records.dataservices[0]["metadata_modified_at"] = json!("2025-02-02");
    });
    let found = pages(&mut crawl(&fake, include, plan(), None))
        .await
        .unwrap();
    assert_eq!(keys(&found), ["s1", "t2"]);
}
