//! Crawls over the sample portal, sound and faulty, on loopback.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use moisson::config::{Config, Portal};
use moisson::demo;
use moisson::demo::udata::{Records, SampleData};
use moisson::fetch::{Fetcher, Options, Reach};
use moisson::source::udata::crawl::{Crawl, CrawlError, Cursor, Page, Plan};
use serde_json::{Value, json};
use url::Url;

/// What a faulty portal does with a request: an answer of its own, or the sound one.
type Fault = Arc<dyn Fn(&Uri, usize) -> Option<Response> + Send + Sync>;

/// A running portal.
struct Fake {
    root: Url,
    requests: Arc<AtomicUsize>,
    _server: tokio::task::JoinHandle<()>,
}

async fn serve(data: SampleData, fault: impl Fn(&Uri, usize) -> Option<Response> + Send + Sync + 'static) -> Fake {
    let requests = Arc::new(AtomicUsize::new(0));
    let state: (Fault, Arc<AtomicUsize>) = (Arc::new(fault), requests.clone());
    let router: Router = demo::udata::router(data).layer(middleware::from_fn_with_state(state, inject));
    let (address, server) = demo::spawn(router, 0).await.unwrap();
    Fake { root: Url::parse(&format!("http://{address}/")).unwrap(), requests, _server: server }
}

async fn inject(State((fault, requests)): State<(Fault, Arc<AtomicUsize>)>, request: Request, next: Next) -> Response {
    let number = requests.fetch_add(1, Ordering::Relaxed);
    match fault(request.uri(), number) {
        Some(answer) => answer,
        None => next.run(request).await,
    }
}

async fn sound(data: SampleData) -> Fake {
    serve(data, |_, _| None).await
}

fn portal(more: &str) -> Portal {
    let text = format!(
        "[[portal]]\nid = 'p'\nkind = 'udata'\nurl = 'http://127.0.0.1/'\nallow_private = true\n{more}"
    );
    Config::parse(&text, "moisson.toml".as_ref()).unwrap().portals.remove(0)
}

fn fetcher() -> Fetcher {
    let options = Options {
        reach: Reach::AllowPrivate,
        attempts: 2,
        backoff: Duration::from_millis(1),
        total_timeout: Duration::from_secs(20),
        ..Options::default()
    };
    Fetcher::new(options).unwrap()
}

fn crawl(fake: &Fake, more: &str, plan: Plan, cursor: Option<Cursor>) -> Crawl {
    Crawl::new(&portal(more), fake.root.clone(), plan, cursor).with_retry_wait(Duration::from_millis(1))
}

const DATASETS: &str = "include = ['datasets']\n";

async fn pages(crawl: &mut Crawl) -> Result<Vec<Page>, CrawlError> {
    let fetcher = fetcher();
    let mut pages = Vec::new();
    while let Some(page) = crawl.next(&fetcher).await? {
        pages.push(page);
        assert!(pages.len() < 1000, "the crawl does not end");
    }
    Ok(pages)
}

fn keys(pages: &[Page]) -> Vec<String> {
    let mut keys: Vec<String> = pages.iter().flat_map(|page| &page.records).map(|record| record.key.clone()).collect();
    keys.sort();
    keys
}

/// `count` plain datasets; the later ones are the more recently modified.
fn plain(count: usize) -> SampleData {
    let datasets = (0..count)
        .map(|n| {
            let (day, hour) = (n / 24 + 1, n % 24);
            let at = format!("2024-{:02}-{:02}T{hour:02}:00:00.000000+00:00", day / 28 + 1, day % 28 + 1);
            json!({
                "id": format!("d{n:05}"), "title": format!("Jeu {n}"), "slug": format!("jeu-{n}"), "resources": [],
                "internal": {"created_at_internal": at, "last_modified_internal": at}, "private": false
            })
        })
        .collect();
    SampleData::from(Records { datasets, organizations: Vec::new() })
}

fn json_answer(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn number(uri: &Uri, name: &str) -> usize {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).unwrap().1.parse().unwrap()
}

#[tokio::test]
async fn a_full_crawl_sees_every_listed_record_once() {
    let fake = sound(SampleData::bundled()).await;
    let mut crawl = crawl(&fake, "", Plan::Full, None).with_page_size(7);
    let pages = pages(&mut crawl).await.unwrap();
    let keys = keys(&pages);
    let mut once = keys.clone();
    once.dedup();
    assert_eq!(once, keys);
    assert!(keys.len() > 75, "{}", keys.len());
    assert!(pages.iter().all(|page| page.records.len() <= 7));
    assert_eq!(crawl.collections(), ["organizations", "datasets"]);
    let hosts = pages.iter().flat_map(|page| &page.records).map(|record| String::from_utf8_lossy(&record.payload));
    assert!(hosts.into_iter().all(|payload| !payload.contains("{portal}")));
}

#[tokio::test]
async fn filters_reach_the_portal() {
    let data = plain(9);
    data.change(|records| records.datasets[3]["tags"] = json!(["à part"]));
    let fake = sound(data).await;
    let mut crawl = crawl(&fake, "include = ['datasets']\nfilter = { tag = ['à part'] }\n", Plan::Full, None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), ["d00003"]);
}

#[tokio::test]
async fn an_interrupted_crawl_goes_on_where_it_was() {
    let fake = sound(plain(25)).await;
    let mut first = crawl(&fake, DATASETS, Plan::Full, None).with_page_size(10);
    let fetcher = fetcher();
    let page = first.next(&fetcher).await.unwrap().unwrap();
    let cursor = serde_json::to_string(&first.cursor()).unwrap();
    let mut second = crawl(&fake, DATASETS, Plan::Full, Some(serde_json::from_str(&cursor).unwrap()));
    let mut all = vec![page];
    all.extend(pages(&mut second).await.unwrap());
    assert_eq!(keys(&all).len(), 25);
    assert_eq!(all.iter().map(|page| page.position).collect::<Vec<_>>(), [10, 20, 25]);
}

#[tokio::test]
async fn a_refused_page_size_is_replaced_by_a_smaller_one() {
    for status in [StatusCode::BAD_GATEWAY, StatusCode::BAD_REQUEST, StatusCode::PAYLOAD_TOO_LARGE] {
        let fake = serve(plain(230), move |uri, _| (number(uri, "page_size") > 100).then(|| status.into_response())).await;
        let found = pages(&mut crawl(&fake, DATASETS, Plan::Full, None)).await.unwrap();
        assert_eq!((found.len(), keys(&found).len()), (3, 230), "{status}");
    }
}

#[tokio::test]
async fn a_size_that_is_refused_half_way_loses_and_repeats_nothing() {
    // Only a page of 20 gets past the record at 130.
    let fake = serve(plain(230), |uri, _| {
        let (page, size) = (number(uri, "page"), number(uri, "page_size"));
        let refused = size > 20 && ((page - 1) * size..page * size).contains(&130);
        refused.then(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    })
    .await;
    let found = pages(&mut crawl(&fake, DATASETS, Plan::Full, None).with_page_size(50)).await.unwrap();
    let keys = keys(&found);
    assert_eq!(keys.len(), 230);
    assert!(keys.is_sorted_by(|one, other| one < other));
}

#[tokio::test]
async fn a_portal_that_caps_the_size_is_paged_by_its_own() {
    let fake = serve(plain(25), |uri, _| {
        let (page, size) = (number(uri, "page"), number(uri, "page_size").min(10));
        let data: Vec<Value> = ((page - 1) * size..(page * size).min(25)).map(|n| json!({"id": format!("d{n}")})).collect();
        let next = (page * size < 25).then_some("http://elsewhere.example/");
        Some(json_answer(&json!({"data": data, "page": page, "page_size": size, "total": 25, "next_page": next})))
    })
    .await;
    assert_eq!(keys(&pages(&mut crawl(&fake, DATASETS, Plan::Full, None)).await.unwrap()).len(), 25);
}

#[tokio::test]
async fn a_page_that_is_html_once_is_asked_for_again() {
    let fake = serve(plain(5), |_, number| (number == 0).then(|| axum::response::Html("<p>Maintenance").into_response())).await;
    assert_eq!(keys(&pages(&mut crawl(&fake, DATASETS, Plan::Full, None)).await.unwrap()).len(), 5);
}

async fn fails(fake: &Fake) -> CrawlError {
    let mut crawl = crawl(fake, DATASETS, Plan::Full, None).with_page_size(10);
    pages(&mut crawl).await.expect_err("the crawl should fail")
}

#[tokio::test]
async fn a_portal_that_sends_html_ends_the_crawl() {
    let fake = serve(plain(5), |_, _| Some(axum::response::Html("<p>Maintenance").into_response())).await;
    let error = fails(&fake).await;
    assert!(matches!(error, CrawlError::NotJson { .. }), "{error}");
    assert!(error.to_string().contains("/api/1/datasets/"), "{error}");
    assert_eq!(fake.requests.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn truncated_json_ends_the_crawl() {
    let fake = serve(plain(5), |_, _| Some(Body::from("{\"data\": [{\"id\": \"d1\"}, {\"id\"").into_response())).await;
    assert!(matches!(fails(&fake).await, CrawlError::NotJson { .. }));
}

#[tokio::test]
async fn json_of_another_shape_ends_the_crawl() {
    for body in ["{\"message\": \"oups\"}", "[]", "{\"data\": {}}"] {
        let fake = serve(plain(5), move |_, _| Some(body.into_response())).await;
        assert!(matches!(fails(&fake).await, CrawlError::Shape { .. }), "{body}");
    }
}

#[tokio::test]
async fn an_error_on_a_later_page_ends_the_crawl() {
    let fake = serve(plain(35), |uri, _| {
        (number(uri, "page") > 2 || number(uri, "page_size") != 10).then(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    })
    .await;
    let error = fails(&fake).await;
    assert!(matches!(&error, CrawlError::Fetch(cause) if cause.status() == Some(500)), "{error}");
}

#[tokio::test]
async fn endless_pages_end_the_crawl() {
    let page = |first: usize, total: Option<usize>| {
        let data: Vec<Value> = (first..first + 10).map(|n| json!({"id": format!("d{n}")})).collect();
        json_answer(&json!({"data": data, "page_size": 10, "total": total, "next_page": "http://portal.example/?page=2"}))
    };
    // The same page again and again; new records beyond the total; empty pages.
    let same = serve(plain(1), move |_, _| Some(page(0, Some(10_000)))).await;
    assert!(matches!(fails(&same).await, CrawlError::EndlessPages { .. }));
    let beyond = serve(plain(1), move |uri, _| Some(page(number(uri, "page") * 10, Some(30)))).await;
    assert!(matches!(fails(&beyond).await, CrawlError::EndlessPages { .. }));
    let empty = serve(plain(1), |_, _| {
        Some(json_answer(&json!({"data": [], "total": 30, "next_page": "http://portal.example/?page=2"})))
    })
    .await;
    assert!(matches!(fails(&empty).await, CrawlError::EndlessPages { .. }));
}

#[tokio::test]
async fn a_shrinking_or_short_list_ends_the_crawl() {
    let page = |first: usize, total: usize, next: bool| {
        let data: Vec<Value> = (first..first + 10).map(|n| json!({"id": format!("d{n}")})).collect();
        let next = next.then_some("http://portal.example/?page=2");
        json_answer(&json!({"data": data, "page_size": 10, "total": total, "next_page": next}))
    };
    let shrinking =
        serve(plain(1), move |uri, _| Some(page(number(uri, "page") * 10, 100 / number(uri, "page"), true))).await;
    assert!(matches!(fails(&shrinking).await, CrawlError::Shrunk { before: 100, after: 50, .. }));
    let short = serve(plain(1), move |uri, _| Some(page(number(uri, "page") * 10, 100, number(uri, "page") < 3))).await;
    assert!(matches!(fails(&short).await, CrawlError::Shrunk { before: 100, after: 30, .. }));
}

#[tokio::test]
async fn a_record_deleted_meanwhile_does_not_end_the_crawl() {
    let data = plain(30);
    let fake = {
        let data = data.clone();
        serve(data.clone(), move |_, number| {
            if number == 1 {
                data.change(|records| records.datasets.truncate(28));
            }
            None
        })
        .await
    };
    let found = pages(&mut crawl(&fake, DATASETS, Plan::Full, None).with_page_size(10)).await.unwrap();
    assert_eq!(keys(&found).len(), 28);
}

#[tokio::test]
async fn an_empty_portal_is_a_fault() {
    let fake = sound(plain(0)).await;
    assert!(matches!(fails(&fake).await, CrawlError::Empty { .. }));
}

fn known(data: &SampleData) -> HashMap<String, String> {
    data.change(|records| {
        let mark = |record: &Value| record["internal"]["last_modified_internal"].as_str().unwrap().to_owned();
        records.datasets.iter().map(|record| (record["id"].as_str().unwrap().to_owned(), mark(record))).collect()
    })
}

fn incremental(known: HashMap<String, String>) -> Plan {
    Plan::Incremental { since: known.values().max().unwrap().clone(), known }
}

#[tokio::test]
async fn an_incremental_crawl_brings_what_changed_and_only_that() {
    let data = plain(2000);
    let plan = incremental(known(&data));
    data.change(|records| {
        for (position, id) in [(17, "d00017"), (1500, "d01500")] {
            assert_eq!(records.datasets[position]["id"], id);
            records.datasets[position]["internal"]["last_modified_internal"] = json!("2025-01-01T00:00:00.000000+00:00");
        }
        let mut new = records.datasets[0].clone();
        new["id"] = json!("new");
        new["internal"]["last_modified_internal"] = json!("2025-01-02T00:00:00.000000+00:00");
        records.datasets.push(new);
    });
    let fake = sound(data).await;
    let mut crawl = crawl(&fake, DATASETS, plan, None);
    let found = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&found), ["d00017", "d01500", "new"]);
    let payloads = found.iter().flat_map(|page| &page.records).map(|record| serde_json::from_slice::<Value>(&record.payload));
    assert!(payloads.into_iter().all(|record| record.unwrap()["resources"].is_array()), "version 1 is asked");
    // Two pages of the search reach far enough back: the first has old and new entries.
    assert_eq!(fake.requests.load(Ordering::Relaxed), 2 + 3);
    assert!(!found[0].skipped_unchanged.is_empty());
}

#[tokio::test]
async fn a_dataset_that_is_gone_when_asked_for_is_noted() {
    let data = plain(40);
    let plan = incremental(HashMap::from([("d00000".to_owned(), "2023-01-01T00:00:00+00:00".to_owned())]));
    let fake = serve(data, |uri, _| {
        uri.path().ends_with("/d00007/").then(|| StatusCode::GONE.into_response())
    })
    .await;
    let found = pages(&mut crawl(&fake, DATASETS, plan, None)).await.unwrap();
    assert_eq!(keys(&found).len(), 39);
    assert_eq!(found.iter().flat_map(|page| &page.gone).collect::<Vec<_>>(), [&("datasets", "d00007".to_owned())]);
}

#[tokio::test]
async fn more_changes_than_the_search_shows_ask_for_a_full_run() {
    let data = plain(10_400);
    let plan = incremental(HashMap::from([("d00000".to_owned(), "2023-01-01T00:00:00+00:00".to_owned())]));
    let fake = sound(data).await;
    let error = pages(&mut crawl(&fake, DATASETS, plan, None)).await.expect_err("the window is too small");
    assert!(matches!(error, CrawlError::WindowExhausted { .. }), "{error}");
    assert_eq!(fake.requests.load(Ordering::Relaxed), 20, "no dataset is fetched in vain");
}
