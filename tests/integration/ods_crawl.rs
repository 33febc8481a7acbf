//! Crawls over the sample portal of Opendatasoft, sound and faulty, on loopback.

mod changes;
mod faults;

use axum::http::Uri;
use axum::response::Response;
use moisson::demo::ods::{self, SampleData};
use moisson::source::{Crawl, Plan};
use serde_json::{Value, json};

use super::support::crawling::{self, Fake, keys, number, pages, portal};

async fn serve(
    data: SampleData,
    fault: impl Fn(&Uri, usize) -> Option<Response> + Send + Sync + 'static,
) -> Fake {
    crawling::serve(ods::router(data), fault).await
}

async fn sound(data: SampleData) -> Fake {
    serve(data, |_, _| None).await
}

fn crawl(fake: &Fake, more: &str, size: Option<u64>) -> Box<dyn Crawl> {
    crawling::crawl(fake, &portal("ods", more), Plan::Full, None, size).unwrap()
}

/// `count` plain datasets, in an order that is not that of their identifiers.
fn plain(count: usize) -> SampleData {
    let dataset = |n: usize| {
        json!({
            "dataset_id": format!("d{n:05}"), "has_records": false, "visibility": "domain", "features": [],
            "metas": {"default": {"title": format!("Jeu {n}"), "modified": "2024-01-01T00:00:00+00:00"}}
        })
    };
    let mut datasets: Vec<Value> = (0..count).map(dataset).collect();
    datasets.reverse();
    SampleData::from(datasets)
}

#[tokio::test]
async fn a_full_crawl_sees_every_listed_dataset_once() {
    let fake = sound(SampleData::bundled()).await;
    for size in [2, 7, 100] {
        let mut crawl = crawl(&fake, "federated = 'publish'", Some(size));
        let found = pages(&mut crawl).await.unwrap();
        let keys = keys(&found);
        let mut once = keys.clone();
        once.dedup();
        assert_eq!((once.len(), keys.len()), (30, 30), "{size}");
        assert!(!keys.contains(&"prive-en-preparation".to_owned()));
        assert_eq!(found.last().unwrap().position, 30);
        assert_eq!(crawl.seen_whole(), ["datasets"]);
    }
}

#[tokio::test]
async fn what_belongs_to_other_portals_is_left_out_and_counted() {
    // A copy of a dataset of the portal itself is not another portal's.
    let fake = sound(SampleData::bundled()).await;
    let mut skipping = crawl(&fake, "", Some(10));
    let found = keys(&pages(&mut skipping).await.unwrap());
    assert_eq!(found.len(), 27);
    assert!(!found.iter().any(|key| key.contains('@')));
    let notes = skipping.notes();
    assert!(notes[0].contains("not harvested: 3"), "{notes:?}");
    let mut publishing = crawl(&fake, "federated = 'publish'", None);
    pages(&mut publishing).await.unwrap();
    assert_eq!(publishing.notes(), [""; 0]);
}

#[tokio::test]
async fn an_interrupted_crawl_goes_on_where_it_was() {
    let fake = sound(plain(50)).await;
    let mut first = crawl(&fake, "", Some(20));
    let page = first.next(&crawling::fetcher()).await.unwrap().unwrap();
    let cursor = first.cursor();
    let plan = Plan::Full;
    let mut second = crawling::crawl(&fake, &portal("ods", ""), plan, Some(&cursor), None).unwrap();
    let mut all = vec![page];
    all.extend(pages(&mut second).await.unwrap());
    let positions: Vec<_> = all.iter().map(|page| page.position).collect();
    assert_eq!(positions, [20, 39, 50]);
    assert_eq!(keys(&all).len(), 50);
    let done = second.cursor();
    let mut third =
        crawling::crawl(&fake, &portal("ods", ""), Plan::Full, Some(&done), None).unwrap();
    assert!(pages(&mut third).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_catalogue_beyond_the_window_is_taken_from_its_export() {
    let count = 10_250;
    let fake = sound(SampleData::synthetic(count, 7)).await;
    let mut crawl = crawl(&fake, "", None);
    let found = pages(&mut crawl).await.unwrap();
    let mut keys = keys(&found);
    keys.dedup();
    assert_eq!(keys.len(), count);
    let asked = fake.asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[1].contains("/exports/json"));
    assert_eq!(found.last().unwrap().position, 10_250);
    let last = &found.last().unwrap().records.last().unwrap().payload;
    let last: Value = serde_json::from_slice(last).unwrap();
    let home = last["links"][0]["href"].as_str().unwrap();
    assert!(home.starts_with(ods::HOME), "{home}");
}

#[tokio::test]
async fn the_last_page_within_the_window_is_asked_for_as_the_api_allows() {
    let fake = serve(plain(1), |uri, _| {
        let (offset, limit) = (number(uri, "offset"), number(uri, "limit"));
        assert!(offset + limit < 10_000, "{uri}");
        let results: Vec<Value> = (offset..(offset + limit).min(9_999))
            .map(|n| json!({"dataset_id": format!("d{n:05}")}))
            .collect();
        Some(crawling::json_answer(
            &json!({"total_count": 9_999, "results": results}),
        ))
    })
    .await;
    let found = pages(&mut crawl(&fake, "", None)).await.unwrap();
    assert_eq!(keys(&found).len(), 9_999);
}

#[tokio::test]
async fn filters_are_the_apis_own() {
    let fake = sound(SampleData::bundled()).await;
    for (filter, expected) in [
        ("refine = ['theme:Santé']", &["donnees-internes-sante"][..]),
        (
            "refine = ['theme:Culture, Patrimoine', 'features:geo'], exclude = ['features:calendar']",
            &["tres-ancien"],
        ),
        (
            "where = ['records_count > 3 or has_records = \"x\"', \"publisher = 'Agence du littoral'\"]",
            &["stations-meteo-copie"],
        ),
    ] {
        let more = format!("filter = {{ {filter} }}\nfederated = 'publish'");
        let mut crawl = crawl(&fake, &more, None);
        assert_eq!(
            keys(&pages(&mut crawl).await.unwrap()),
            expected,
            "{filter}"
        );
    }
}

#[tokio::test]
async fn an_api_key_that_is_not_there_ends_the_crawl_before_it_begins() {
    let fake = sound(plain(3)).await;
    let portal = portal("ods", "api_key_env = 'MOISSON_TEST_NO_SUCH_KEY'");
    let error = crawling::crawl(&fake, &portal, Plan::Full, None, None)
        .err()
        .unwrap();
    assert!(error.contains("MOISSON_TEST_NO_SUCH_KEY"), "{error}");
    assert_eq!(fake.requests(), 0);
}

#[tokio::test]
async fn an_api_key_is_sent_and_shows_what_it_opens() {
    // The variable that cargo gives every test holds no key of the portal, which refuses it.
    let fake = sound(SampleData::bundled()).await;
    let mut crawl = crawl(&fake, "api_key_env = 'CARGO_PKG_NAME'", None);
    let error = pages(&mut crawl).await.unwrap_err();
    assert!(error.to_string().contains("Invalid API key"), "{error}");
    assert!(!error.to_string().contains("moisson"), "{error}");
}
