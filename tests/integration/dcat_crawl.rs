//! Crawls over DCAT feeds, sound and faulty, on loopback.

mod changed;
mod own;
mod pages;
mod resumed;
mod sample;
mod unchanged;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use moisson::config::{Portal, PortalKind};
use moisson::demo;
use moisson::fetch::{Fetcher, Options, Reach};
use moisson::record::PortalId;
use moisson::source::{self, Crawl, CrawlError, Plan, RawRecord, Settings};
use tokio::task::JoinHandle;
use url::Url;

/// What a feed answers: the path with its parameters, how often it was asked already, its headers.
type Answer = Arc<dyn Fn(&str, usize, &HeaderMap) -> Response + Send + Sync>;

/// A feed on loopback.
struct Feed {
    origin: String,
    asked: Arc<Mutex<Vec<String>>>,
    _server: JoinHandle<()>,
}

async fn feed(
    answer: impl Fn(&str, usize, &HeaderMap) -> Response + Send + Sync + 'static,
) -> Feed {
    let (router, asked) = routes(answer);
    let (address, server) = demo::spawn(router, 0).await.unwrap();
    Feed {
        origin: format!("http://{address}"),
        asked,
        _server: server,
    }
}

/// The routes of a feed, and what was asked of them.
fn routes(
    answer: impl Fn(&str, usize, &HeaderMap) -> Response + Send + Sync + 'static,
) -> (Router, Arc<Mutex<Vec<String>>>) {
    type Shared = (Answer, Arc<Mutex<Vec<String>>>);
    async fn serve(State((answer, asked)): State<Shared>, request: Request) -> Response {
        let path = request.uri().path_and_query().unwrap().to_string();
        let before = {
            let mut asked = asked.lock().unwrap();
            let before = asked.iter().filter(|other| **other == path).count();
            asked.push(path.clone());
            before
        };
        answer(&path, before, request.headers())
    }
    let asked = Arc::new(Mutex::new(Vec::new()));
    let answer: Answer = Arc::new(answer);
    let router = Router::new()
        .fallback(serve)
        .with_state((answer, asked.clone()));
    (router, asked)
}

fn turtle(body: impl Into<String>) -> Response {
    let body: String = body.into();
    let text = format!(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n\
         @prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n{body}"
    );
    ([(header::CONTENT_TYPE, "text/turtle")], text).into_response()
}

/// Datasets of these numbers.
fn datasets(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut text = String::new();
    for n in numbers {
        writeln!(
            text,
            "<https://e.org/d/{n}> a dcat:Dataset ; dct:title \"T{n}\" ."
        )
        .unwrap();
    }
    text
}

fn fetcher() -> Fetcher {
    Fetcher::new(Options {
        reach: Reach::AndHost("127.0.0.1".to_owned()),
        attempts: 1,
        backoff: Duration::from_millis(1),
        total_timeout: Duration::from_secs(20),
        ..Options::default()
    })
    .unwrap()
}

fn portal(url: &str) -> Portal {
    Portal::new(PortalId::new("p").unwrap(), PortalKind::Dcat, url)
}

fn start(portal: &Portal, plan: Plan) -> Box<dyn Crawl> {
    resume(portal, plan, None).unwrap()
}

fn resume(portal: &Portal, plan: Plan, cursor: Option<&str>) -> Result<Box<dyn Crawl>, String> {
    let settings = Settings {
        page_size: None,
        retry_wait: Duration::from_millis(1),
    };
    let root = Url::parse(&portal.url).unwrap();
    portal.crawl(root, plan, cursor, settings)
}

/// What a crawl gave, and how it ended.
struct Walked {
    records: Vec<RawRecord>,
    error: Option<CrawlError>,
    notes: Vec<String>,
    memory: Option<String>,
    seen_whole: Vec<&'static str>,
}

impl Walked {
    fn keys(&self, collection: &str) -> Vec<&str> {
        let of = self.records.iter().filter(|r| r.collection == collection);
        let mut keys: Vec<&str> = of.map(|record| record.key.as_str()).collect();
        keys.sort_unstable();
        keys
    }

    fn payload(&self, key: &str) -> String {
        let record = self.records.iter().find(|record| record.key == key);
        String::from_utf8(record.unwrap().payload.clone()).unwrap()
    }
}

async fn walk(portal: &Portal, plan: Plan) -> Walked {
    walk_on(start(portal, plan)).await
}

/// Walks to the end.
async fn walk_on(mut crawl: Box<dyn Crawl>) -> Walked {
    let fetcher = fetcher();
    let mut records = Vec::new();
    let error = loop {
        match crawl.next(&fetcher).await {
            Ok(Some(page)) => records.extend(page.records),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    Walked {
        records,
        error,
        notes: crawl.notes(),
        memory: crawl.memory(),
        seen_whole: crawl.seen_whole(),
    }
}

async fn crawled(feed: &Feed, path: &str) -> Walked {
    walk(&portal(&format!("{}{path}", feed.origin)), Plan::Full).await
}

fn missing() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

/// Records by collection.
fn counts(records: &[RawRecord]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for record in records {
        *counts.entry(record.collection).or_default() += 1;
    }
    counts
}
