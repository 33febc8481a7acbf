//! Each of the further lists: read whole or not at all, resumed, and left out where there is none.

use super::*;

/// The lists besides datasets, each with its path.
const LISTS: [(&str, &str); 7] = [
    ("organizations", "/api/1/organizations/"),
    (
        "community_resources",
        "/api/1/datasets/community_resources/",
    ),
    ("dataservices", "/api/1/dataservices/"),
    ("reuses", "/api/1/reuses/"),
    ("topics", "/api/2/topics/"),
    ("harvest_sources", "/api/1/harvest/sources/"),
    ("discussions", "/api/1/discussions/"),
];

/// A portal of `count` records in every list.
fn filled(count: usize) -> SampleData {
    let data = plain(1);
    let list = |letter: char| -> Vec<Value> {
        (0..count)
            .map(|n| {
                let at = format!("2024-01-01T00:{:02}:{:02}+00:00", n / 60, n % 60);
                json!({
                    "id": format!("{letter}{n:04}"), "title": format!("T {n}"), "created": at, "created_at": at,
                    "last_modified": at, "metadata_modified_at": at, "private": false,
                    "internal": { "created_at_internal": at }, "elements": [], "datasets": []
                })
            })
            .collect()
    };
    data.change(|records| {
        records.organizations = list('o');
        records.community_resources = list('c');
        records.dataservices = list('s');
        records.reuses = list('r');
        records.topics = list('t');
        records.harvest_sources = list('h');
        records.discussions = list('x');
    });
    data
}

pub(super) fn only(collection: &str) -> String {
    format!("include = ['{collection}']\n")
}

pub(super) async fn fails(fake: &Fake, collection: &str) -> CrawlError {
    let mut crawl = paged(fake, &only(collection), Plan::Full, None, 10);
    pages(&mut crawl).await.expect_err("the crawl should fail")
}

pub(super) fn list(first: usize, last: usize, total: usize, has_next: bool) -> Response {
    let data: Vec<Value> = (first..last)
        .map(|n| json!({ "id": format!("n{n}") }))
        .collect();
    let next = has_next.then_some("http://portal.example/?page=2");
    json_answer(&json!({ "data": data, "page_size": 10, "total": total, "next_page": next }))
}

#[tokio::test]
async fn every_list_is_read_whole_page_by_page() {
    let fake = sound(filled(230)).await;
    for (collection, _) in LISTS {
        let mut crawl = paged(&fake, &only(collection), Plan::Full, None, 50);
        let found = pages(&mut crawl).await.unwrap();
        let keys = keys(&found);
        assert_eq!((keys.len(), found.len()), (230, 5), "{collection}");
        assert!(keys.is_sorted_by(|one, other| one < other), "{collection}");
        assert_eq!(crawl.collections(), [collection]);
        let records = found.iter().flat_map(|page| &page.records);
        assert!(
            records
                .into_iter()
                .all(|record| record.collection == collection)
        );
    }
}

#[tokio::test]
async fn what_is_new_or_edited_while_a_list_is_read_loses_nothing() {
    for (collection, path) in LISTS {
        let data = filled(40);
        let fake = {
            let data = data.clone();
            serve(data.clone(), move |uri, _| {
                if uri.path() == path && number(uri, "page") == 2 {
                    data.change(|records| {
                        for list in [
                            &mut records.organizations,
                            &mut records.community_resources,
                            &mut records.dataservices,
                            &mut records.reuses,
                            &mut records.topics,
                            &mut records.harvest_sources,
                            &mut records.discussions,
                        ] {
                            // Sources have no order: what is new comes last there of itself.
                            let mut new = list[0].clone();
                            new["id"] = json!("zz");
                            for date in ["created", "created_at", "last_modified"] {
                                new[date] = json!("2025-01-01T00:00:00+00:00");
                            }
                            new["internal"]["created_at_internal"] = new["created"].clone();
                            list[0]["last_modified"] = new["created"].clone();
                            list.push(new);
                        }
                    });
                }
                None
            })
            .await
        };
        let mut crawl = paged(&fake, &only(collection), Plan::Full, None, 10);
        let found = keys(&pages(&mut crawl).await.unwrap());
        let mut once = found.clone();
        once.dedup();
        assert!(
            once.len() == found.len() && found.len() >= 41,
            "{collection}: {found:?}"
        );
    }
}

#[tokio::test]
async fn every_list_goes_on_where_it_was_interrupted() {
    let fake = sound(filled(25)).await;
    let fetcher = fetcher();
    let sized = |cursor: Option<&str>| paged(&fake, "", Plan::Full, cursor, 10);
    let whole = pages(&mut sized(None)).await.unwrap();
    // After each page in turn.
    for after in 1..whole.len() {
        let mut first = sized(None);
        let mut all = Vec::new();
        for _ in 0..after {
            all.push(first.next(&fetcher).await.unwrap().unwrap());
        }
        let mut second = sized(Some(&first.cursor()));
        all.extend(pages(&mut second).await.unwrap());
        assert!(all == whole, "resumed after page {after}");
    }
}

#[tokio::test]
async fn a_refused_size_costs_no_record_of_any_list() {
    for (collection, path) in LISTS {
        for status in [StatusCode::BAD_GATEWAY, StatusCode::BAD_REQUEST] {
            let fake = serve(filled(230), move |uri, _| {
                (uri.path() == path && number(uri, "page_size") > 50)
                    .then(|| status.into_response())
            })
            .await;
            let mut crawl = crawl(&fake, &only(collection), Plan::Full, None);
            let found = pages(&mut crawl).await.unwrap();
            assert_eq!(keys(&found).len(), 230, "{collection} {status}");
        }
    }
}

#[tokio::test]
async fn a_list_of_any_kind_that_cannot_be_believed_ends_the_crawl() {
    for (collection, path) in LISTS {
        let at = move |uri: &Uri| uri.path() == path;
        let same = serve(filled(1), move |uri, _| {
            at(uri).then(|| list(0, 10, 10_000, true))
        })
        .await;
        let error = fails(&same, collection).await;
        assert!(
            matches!(error, CrawlError::EndlessPages { .. }),
            "{collection}: {error}"
        );
        let beyond = serve(filled(1), move |uri, _| {
            let first = at(uri).then(|| number(uri, "page") * 10)?;
            Some(list(first, first + 10, 30, true))
        })
        .await;
        let error = fails(&beyond, collection).await;
        assert!(
            matches!(error, CrawlError::EndlessPages { .. }),
            "{collection}: {error}"
        );
        let shrinking = serve(filled(1), move |uri, _| {
            let page = at(uri).then(|| number(uri, "page"))?;
            Some(list(page * 10, page * 10 + 10, 100 / page, true))
        })
        .await;
        let error = fails(&shrinking, collection).await;
        assert!(
            matches!(error, CrawlError::Shrunk { .. }),
            "{collection}: {error}"
        );
        let short = serve(filled(1), move |uri, _| {
            let page = at(uri).then(|| number(uri, "page"))?;
            Some(list(page * 10, page * 10 + 10, 100, page < 3))
        })
        .await;
        let error = fails(&short, collection).await;
        assert!(
            matches!(error, CrawlError::Shrunk { .. }),
            "{collection}: {error}"
        );
        let html = serve(filled(1), move |uri, _| {
            at(uri).then(|| axum::response::Html("<p>Maintenance").into_response())
        })
        .await;
        let error = fails(&html, collection).await;
        assert!(
            matches!(error, CrawlError::NotJson { .. }),
            "{collection}: {error}"
        );
        let empty = sound(filled(0)).await;
        match fails(&empty, collection).await {
            CrawlError::Empty { collection: of, .. } => assert_eq!(of, collection),
            error => panic!("{collection}: {error}"),
        }
    }
}

#[tokio::test]
async fn a_list_that_a_portal_does_not_have_is_left_out_with_a_note() {
    for status in [401, 403, 404, 405, 410, 501] {
        let status = StatusCode::from_u16(status).unwrap();
        let fake = serve(filled(3), move |uri, _| {
            let is_there = [
                "/api/1/datasets/",
                "/api/1/organizations/",
                "/api/1/reuses/",
            ];
            (!is_there.contains(&uri.path())).then(|| status.into_response())
        })
        .await;
        let mut crawl = crawl(&fake, "", Plan::Full, None);
        let found = pages(&mut crawl).await.unwrap();
        assert_eq!(keys(&found).len(), 3 + 1 + 3, "{status}");
        assert_eq!(
            crawl.collections(),
            ["organizations", "datasets", "reuses"],
            "{status}"
        );
        let notes = crawl.notes();
        assert_eq!(notes.len(), 5, "{notes:?}");
        let note = notes
            .iter()
            .find(|note| note.starts_with("topics are not harvested"));
        let note = note.unwrap();
        assert!(
            note.contains("/api/2/topics/") && note.contains(status.as_str()),
            "{note}"
        );
        // A run that was interrupted and goes on knows as much.
        let resumed = paged(&fake, "", Plan::Full, Some(&crawl.cursor()), None);
        assert_eq!(
            (resumed.collections(), resumed.notes()),
            (crawl.collections(), notes)
        );
    }
}

#[tokio::test]
async fn a_list_that_ends_in_the_middle_was_there() {
    for (collection, path) in LISTS {
        let fake = serve(filled(30), move |uri, _| {
            (uri.path() == path && number(uri, "page") == 2)
                .then(|| StatusCode::NOT_FOUND.into_response())
        })
        .await;
        let error = fails(&fake, collection).await;
        assert!(
            matches!(&error, CrawlError::Fetch(cause) if cause.status() == Some(404)),
            "{collection}: {error}"
        );
    }
}
