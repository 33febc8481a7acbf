//! Crawls over CKAN and DKAN portals, sound and faulty, on loopback.

mod dkan;
mod faults;
mod feed;
mod incremental;
mod requests;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use moisson::config::Portal;
use moisson::demo;
use moisson::demo::ckan::SampleData;
use moisson::source::{self, CrawlError, Plan, Settings};
use serde_json::{Value, json};
use url::Url;

use crate::support::crawling::{self, Crawling, fetcher, json_answer, keys, pages};

/// A running portal.
struct Fake {
    root: Url,
    asked: Arc<Mutex<Vec<Asked>>>,
    _server: tokio::task::JoinHandle<()>,
}

/// A request as the portal got it.
#[derive(Debug, Clone)]
struct Asked {
    path: String,
    query: Vec<(String, String)>,
    key: Option<String>,
}

impl Asked {
    fn parameter(&self, name: &str) -> &str {
        let found = self.query.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> usize {
        self.parameter(name).parse().unwrap()
    }
}

impl Fake {
    fn requests(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn running(router: Router) -> Fake {
    let (address, server) = demo::spawn(router, 0).await.unwrap();
    Fake {
        root: Url::parse(&format!("http://{address}/")).unwrap(),
        asked: Arc::default(),
        _server: server,
    }
}

async fn sound(data: SampleData) -> Fake {
    running(demo::ckan::router(data)).await
}

type Answer = Arc<dyn Fn(&Asked, usize) -> Response + Send + Sync>;
type Faulty = (Answer, Arc<Mutex<Vec<Asked>>>);

/// A portal that answers whatever a function of the request and its number gives.
async fn faulty(answer: impl Fn(&Asked, usize) -> Response + Send + Sync + 'static) -> Fake {
    let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
    let state: Faulty = (Arc::new(answer), asked.clone());
    let router = Router::new().fallback(answered).with_state(state);
    let fake = running(router).await;
    Fake { asked, ..fake }
}

async fn answered(State((answer, all)): State<Faulty>, request: Request) -> Response {
    let url = Url::parse(&format!("http://x{}", request.uri())).unwrap();
    let header = request.headers().get(header::AUTHORIZATION);
    let asked = Asked {
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        key: header.map(|key| key.to_str().unwrap().to_owned()),
    };
    let number = {
        let mut all = all.lock().unwrap();
        all.push(asked.clone());
        all.len() - 1
    };
    answer(&asked, number)
}

fn package(id: &str) -> Value {
    json!({"id": id, "name": format!("jeu-{id}"), "title": id, "resources": [], "metadata_modified": "2024-01-01T00:00:00"})
}

/// The answer of a search to the window that is asked for.
fn found(ids: &[String], asked: &Asked) -> Response {
    let (start, rows) = (asked.number("start"), asked.number("rows"));
    let page: Vec<Value> = ids
        .iter()
        .skip(start)
        .take(rows)
        .map(|id| package(id))
        .collect();
    json_answer(&json!({"success": true, "result": {"count": ids.len(), "results": page}}))
}

fn refused() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

fn ids(numbers: impl Iterator<Item = usize>) -> Vec<String> {
    numbers.map(|number| format!("p{number:04}")).collect()
}

fn portal(more: &str) -> Portal {
    crawling::portal("ckan", more)
}

const DATASETS: &str = "include = ['datasets']\n";

fn crawl(fake: &Fake, more: &str, plan: Plan, size: impl Into<Option<u64>>) -> Crawling {
    begin(&portal(more), fake.root.clone(), plan, None, size.into())
}

fn begin(
    portal: &Portal,
    root: Url,
    plan: Plan,
    cursor: Option<&str>,
    page_size: Option<u64>,
) -> Crawling {
    crawling::begin(portal, root, plan, cursor, page_size).unwrap()
}

#[tokio::test]
async fn a_full_crawl_sees_every_listed_record_once() {
    let fake = sound(SampleData::bundled()).await;
    let mut crawl = crawl(&fake, "", Plan::Full, 7);
    let pages = pages(&mut crawl).await.unwrap();
    let keys = keys(&pages);
    let once: BTreeSet<_> = keys.iter().collect();
    assert_eq!(once.len(), keys.len());
    assert!(keys.len() >= 31, "{}", keys.len());
    assert!(pages.iter().all(|page| page.records.len() <= 8));
    assert_eq!(crawl.seen_whole(), ["datasets", "organizations"]);
    assert_eq!(crawl.notes(), [""; 0]);
    let hidden = [
        "private\":true",
        "\"state\":\"deleted\",\"title\":\"Supprimé",
    ];
    for record in pages.iter().flat_map(|page| &page.records) {
        let payload = String::from_utf8_lossy(&record.payload);
        assert!(hidden.iter().all(|hidden| !payload.contains(hidden)));
        assert!(!payload.contains("{portal}"));
    }
}

#[tokio::test]
async fn an_interrupted_crawl_goes_on_where_it_was() {
    let fake = sound(SampleData::synthetic(25, 1)).await;
    let portal = portal(DATASETS);
    let mut first = begin(&portal, fake.root.clone(), Plan::Full, None, Some(10));
    let page = first.next(&fetcher()).await.unwrap().unwrap();
    let cursor = first.cursor();
    let mut second = begin(
        &portal,
        fake.root.clone(),
        Plan::Full,
        Some(&cursor),
        Some(10),
    );
    let mut all = vec![page];
    all.extend(pages(&mut second).await.unwrap());
    assert_eq!(keys(&all).len(), 25);
    let positions: Vec<_> = all.iter().map(|page| page.position).collect();
    assert_eq!(positions, [10, 20, 25]);
}

#[tokio::test]
async fn dkan_without_a_search_is_read_by_its_lists() {
    let data = SampleData::synthetic(25, 1);
    let fake = running(demo::ckan::dkan(data)).await;
    let mut crawl = crawl(&fake, "", Plan::Full, 10);
    let pages = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&pages).len(), 25);
    assert_eq!(crawl.seen_whole(), ["datasets"]);
    let notes = crawl.notes();
    assert!(
        notes[0].contains("current_package_list_with_resources"),
        "{notes:?}"
    );
    assert!(
        notes[1].contains("organizations are not harvested"),
        "{notes:?}"
    );
}
