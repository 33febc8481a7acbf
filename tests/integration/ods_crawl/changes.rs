//! What has changed, and lists that move while they are read.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::response::IntoResponse as _;

use super::*;

fn dated(data: &SampleData, position: usize, name: &str, day: &str) {
    data.change(|datasets| datasets[position]["metas"]["default"][name] = json!(day));
}

/// A plan that knows all of a portal's datasets as a crawl has just found them.
async fn knowing(fake: &Fake) -> Plan {
    let mut crawl = crawl(fake, "", None);
    let found = pages(&mut crawl).await.unwrap();
    let known: HashMap<String, String> = found
        .into_iter()
        .flat_map(|page| page.records)
        .map(|record| (record.key, record.mark.unwrap()))
        .collect();
    Plan::Incremental {
        since: known.values().max().unwrap().clone(),
        known: HashMap::from([("datasets", known)]),
        memory: None,
    }
}

#[tokio::test]
async fn an_incremental_crawl_brings_changes_of_data_and_of_metadata() {
    let data = plain(300);
    let fake = sound(data.clone()).await;
    let plan = knowing(&fake).await;
    dated(&data, 10, "data_processed", "2024-03-01T00:00:00.5+00:00");
    dated(&data, 20, "metadata_processed", "2024-03-02T00:00:00+02:00");
    dated(&data, 30, "modified", "2024-03-03T00:00:00+00:00");
    let mut crawl = crawling::crawl(&fake, &portal("ods", ""), plan, None, None).unwrap();
    let found = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&found), ["d00269", "d00279", "d00289"]);
    // What has the date up to which all is known comes again, and is known.
    let unchanged: usize = found.iter().map(|page| page.skipped_unchanged.len()).sum();
    assert_eq!(unchanged, 297);
    assert_eq!(crawl.seen_whole(), [""; 0]);
}

#[tokio::test]
async fn nothing_new_is_no_error() {
    let data = plain(5);
    let fake = sound(data).await;
    let Plan::Incremental { known, .. } = knowing(&fake).await else {
        unreachable!()
    };
    let since = "2030-01-01T00:00:00+00:00".to_owned();
    let memory = None;
    let plan = Plan::Incremental {
        since,
        known,
        memory,
    };
    let mut crawl = crawling::crawl(&fake, &portal("ods", ""), plan, None, None).unwrap();
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), [""; 0]);
}

#[tokio::test]
async fn a_portal_that_cannot_be_asked_for_changes_is_crawled_whole() {
    let fake = serve(plain(5), |uri, _| {
        let refused = uri.query().is_some_and(|query| query.contains("where="));
        refused.then(|| axum::http::StatusCode::BAD_REQUEST.into_response())
    })
    .await;
    let plan = knowing(&fake).await;
    let mut crawl = crawling::crawl(&fake, &portal("ods", ""), plan, None, None).unwrap();
    let error = pages(&mut crawl).await.unwrap_err();
    assert!(
        error.to_string().contains("a full run is needed"),
        "{error}"
    );
}

#[tokio::test]
async fn a_list_that_moves_up_while_it_is_read_loses_nothing() {
    let data = plain(100);
    let moved = AtomicBool::new(false);
    let changing = data.clone();
    // Three datasets of the first pages go when the third page is asked for.
    let fake = serve(data, move |uri, _| {
        if number(uri, "offset") > 30 && !moved.swap(true, Ordering::SeqCst) {
            changing.change(|datasets| {
                datasets.retain(|dataset| {
                    !["d00002", "d00003", "d00025"]
                        .contains(&dataset["dataset_id"].as_str().unwrap())
                });
            });
        }
        None
    })
    .await;
    let mut crawl = crawl(&fake, "", Some(20));
    let keys = keys(&pages(&mut crawl).await.unwrap());
    let mut once = keys.clone();
    once.dedup();
    assert_eq!(once, keys);
    // Those that went had been seen; all others are there.
    assert_eq!(keys.len(), 100);
}

#[tokio::test]
async fn a_list_that_grows_while_it_is_read_repeats_nothing() {
    let data = plain(60);
    let grown = AtomicBool::new(false);
    let changing = data.clone();
    let fake = serve(data, move |uri, _| {
        if number(uri, "offset") > 0 && !grown.swap(true, Ordering::SeqCst) {
            changing.change(|datasets| {
                let mut new = datasets[0].clone();
                new["dataset_id"] = json!("a-first");
                datasets.push(new);
            });
        }
        None
    })
    .await;
    let mut crawl = crawl(&fake, "", Some(20));
    let keys = keys(&pages(&mut crawl).await.unwrap());
    let once: HashSet<&String> = keys.iter().collect();
    // What is new stands in the page that is gone back to.
    assert_eq!((keys.len(), once.len()), (61, 61));
    assert!(keys.contains(&"d00059".to_owned()));
}
