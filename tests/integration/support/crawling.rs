//! A portal of any kind on loopback that can be told to fail, and crawls over it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use moisson::config::{Config, Portal};
use moisson::demo;
use moisson::fetch::{Fetcher, Options, Reach};
use moisson::source::{Crawl, CrawlError, Page, Plan, Settings};
use serde_json::Value;
use url::Url;

/// What a faulty portal does with a request: an answer of its own, or the sound one.
type Fault = Arc<dyn Fn(&Uri, usize) -> Option<Response> + Send + Sync>;

/// A running portal.
pub(crate) struct Fake {
    pub(crate) root: Url,
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Fake {
    /// How often it was asked something.
    pub(crate) fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

struct Injection {
    fault: Fault,
    count: AtomicUsize,
    asked: Arc<Mutex<Vec<String>>>,
}

/// Serves a sample portal, of which some requests go wrong.
pub(crate) async fn serve(
    routes: Router,
    fault: impl Fn(&Uri, usize) -> Option<Response> + Send + Sync + 'static,
) -> Fake {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let injection = Arc::new(Injection {
        fault: Arc::new(fault),
        count: AtomicUsize::new(0),
        asked: asked.clone(),
    });
    let routes = routes.layer(middleware::from_fn_with_state(injection, inject));
    let (address, server) = demo::spawn(routes, 0).await.unwrap();
    Fake {
        root: Url::parse(&format!("http://{address}/")).unwrap(),
        asked,
        server,
    }
}

async fn inject(State(injection): State<Arc<Injection>>, request: Request, next: Next) -> Response {
    let number = injection.count.fetch_add(1, Ordering::SeqCst);
    let uri = request.uri().to_string();
    injection.asked.lock().unwrap().push(uri);
    match (injection.fault)(request.uri(), number) {
        Some(answer) => answer,
        None => next.run(request).await,
    }
}

/// A portal of a kind, with more lines of configuration.
pub(crate) fn portal(kind: &str, more: &str) -> Portal {
    let text = format!(
        "[[portal]]\nid = 'p'\nkind = '{kind}'\nurl = 'http://127.0.0.1/'\nallow_private = true\n{more}"
    );
    Config::parse(&text, "moisson.toml".as_ref())
        .unwrap()
        .portals
        .remove(0)
}

/// A crawl, whatever the portal.
pub(crate) type Crawling = Box<dyn Crawl>;

/// A crawl over a running portal.
pub(crate) fn crawl(
    fake: &Fake,
    portal: &Portal,
    plan: Plan,
    cursor: Option<&str>,
    page_size: Option<u64>,
) -> Result<Crawling, String> {
    begin(portal, fake.root.clone(), plan, cursor, page_size)
}

/// A crawl over a portal at `root`, which loses no time where it has to ask again.
pub(crate) fn begin(
    portal: &Portal,
    root: Url,
    plan: Plan,
    cursor: Option<&str>,
    page_size: Option<u64>,
) -> Result<Crawling, String> {
    let settings = Settings {
        page_size,
        retry_wait: Duration::from_millis(1),
    };
    portal.crawl(root, plan, cursor, settings)
}

/// A fetcher that gives up soon.
pub(crate) fn fetcher() -> Fetcher {
    let options = Options {
        reach: Reach::AndHost("127.0.0.1".to_owned()),
        attempts: 2,
        backoff: Duration::from_millis(1),
        total_timeout: Duration::from_secs(20),
        ..Options::default()
    };
    Fetcher::new(options).unwrap()
}

/// Every page until the crawl ends.
pub(crate) async fn pages(crawl: &mut Crawling) -> Result<Vec<Page>, CrawlError> {
    let fetcher = fetcher();
    let mut pages = Vec::new();
    while let Some(page) = crawl.next(&fetcher).await? {
        pages.push(page);
        assert!(pages.len() < 1000, "the crawl does not end");
    }
    Ok(pages)
}

/// The identifiers of the records, sorted, as often as they came.
pub(crate) fn keys(pages: &[Page]) -> Vec<String> {
    let records = pages.iter().flat_map(|page| &page.records);
    let mut keys: Vec<String> = records.map(|record| record.key.clone()).collect();
    keys.sort();
    keys
}

/// A JSON answer.
pub(crate) fn json_answer(value: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::OK, kind, value.to_string()).into_response()
}

/// A numeric parameter of a request.
pub(crate) fn number(uri: &Uri, name: &str) -> usize {
    let pairs = uri.query().unwrap_or_default().split('&');
    let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(key, _)| *key == name)
        .map_or(0, |(_, value)| value.parse().unwrap())
}
