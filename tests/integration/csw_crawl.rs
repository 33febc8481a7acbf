//! Crawls over catalogue services, sound and odd, on loopback.

mod adapting;
mod asking;
mod ends;
mod pycsw;
mod window;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use moisson::config::{Config, Portal};
use moisson::demo;
use moisson::demo::csw::{PATH, Record, SampleData};
use moisson::source::{CrawlError, Plan, Settings};
use url::Url;

use crate::support::crawling::{self, Crawling, fetcher, keys, pages};

/// A request as a service gets it.
#[derive(Debug, Clone)]
struct Asked {
    method: Method,
    /// The document or the parameters.
    text: String,
    headers: HeaderMap,
    /// The first position, and how many records.
    start: usize,
    size: usize,
}

impl Asked {
    fn is_for_records(&self) -> bool {
        self.text.contains("GetRecords")
    }

    fn is_sorted(&self) -> bool {
        self.text.contains("SortBy") || self.text.contains("sortBy")
    }
}

/// What an odd service does with a request: an answer of its own, or the sound one.
type Oddity = Arc<dyn Fn(&Asked) -> Option<Response> + Send + Sync>;

/// A running service.
struct Service {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Service {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Service {
    async fn odd(
        data: SampleData,
        oddity: impl Fn(&Asked) -> Option<Response> + Send + Sync + 'static,
    ) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let state: (Oddity, _) = (Arc::new(oddity), Arc::clone(&asked));
        let routes: Router =
            demo::csw::router(data).layer(middleware::from_fn_with_state(state, interfere));
        let (address, server) = demo::spawn(routes, 0).await.unwrap();
        Self {
            address: format!("http://{address}{PATH}"),
            asked,
            server,
        }
    }

    async fn sound(data: SampleData) -> Self {
        Self::odd(data, |_| None).await
    }

    /// What it was asked for records.
    fn questions(&self) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .filter(|asked| asked.is_for_records())
            .cloned()
            .collect()
    }

    fn portal(&self, more: &str) -> Portal {
        portal(&self.address, more)
    }

    fn crawl(&self, plan: Plan, page_size: u64) -> Crawling {
        start(&self.portal(""), plan, None, page_size)
    }
}

type Interference = (Oddity, Arc<Mutex<Vec<Asked>>>);

async fn interfere(
    State((oddity, log)): State<Interference>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let text = match parts.method {
        Method::POST => String::from_utf8(body.to_vec()).unwrap(),
        _ => parts.uri.query().unwrap_or_default().to_owned(),
    };
    let asked = Asked {
        method: parts.method.clone(),
        start: number(&text, "startPosition"),
        size: number(&text, "maxRecords"),
        text,
        headers: parts.headers.clone(),
    };
    log.lock().unwrap().push(asked.clone());
    match oddity(&asked) {
        Some(answer) => answer,
        None => next.run(Request::from_parts(parts, Body::from(body))).await,
    }
}

fn number(text: &str, name: &str) -> usize {
    let Some((_, rest)) = text.split_once(&format!("{name}=")) else {
        return 0;
    };
    let digits: String = rest
        .trim_start_matches('"')
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap()
}

fn portal(address: &str, more: &str) -> Portal {
    let text = format!(
        "[[portal]]\nid = 'p'\nkind = 'csw'\nurl = '{address}'\nallow_private = true\n{more}"
    );
    let mut config = Config::parse(&text, "moisson.toml".as_ref()).unwrap();
    config.portals.remove(0)
}

fn start(portal: &Portal, plan: Plan, cursor: Option<&str>, page_size: u64) -> Crawling {
    let root = portal.root().unwrap();
    crawling::begin(portal, root, plan, cursor, Some(page_size)).unwrap()
}

/// The identifier of the `n`th of the plain records.
fn name(n: usize) -> String {
    format!("r{n:04}")
}

fn names(all: impl IntoIterator<Item = usize>) -> Vec<String> {
    all.into_iter().map(name).collect()
}

/// `count` plain records.
fn plain(count: usize) -> SampleData {
    let record = |n: usize| Record::plain(&name(n), &format!("2024-01-{:02}T00:00:00", n % 28 + 1));
    SampleData::from((1..=count).map(record).collect::<Vec<_>>())
}

fn xml(text: impl Into<Body>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/xml")];
    (kind, text.into()).into_response()
}

/// A page as it is written: attributes of `SearchResults`, and records.
fn page(attributes: &str, records: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><csw:GetRecordsResponse xmlns:csw=\"http://www.opengis.net/cat/csw/2.0.2\">\
         <csw:SearchStatus/><csw:SearchResults {attributes}>{}</csw:SearchResults></csw:GetRecordsResponse>",
        records.concat()
    )
}

/// Some of the plain records, as XML.
fn written(all: impl IntoIterator<Item = usize>) -> Vec<String> {
    all.into_iter()
        .map(|n| Record::plain(&name(n), "2024-01-01").xml())
        .collect()
}

fn exception(status: StatusCode, code: &str, text: &str) -> Response {
    let report = format!(
        "<ows:ExceptionReport xmlns:ows='urn:ows'><ows:Exception exceptionCode='{code}'><ows:ExceptionText>{text}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
    );
    (status, report).into_response()
}

#[tokio::test]
async fn a_full_crawl_sees_every_record_once() {
    let service = Service::sound(SampleData::bundled()).await;
    let mut crawl = service.crawl(Plan::Full, 7);
    let pages = pages(&mut crawl).await.unwrap();
    let keys = keys(&pages);
    let mut once = keys.clone();
    once.dedup();
    assert_eq!((once.len(), keys.len()), (30, 30));
    assert!(
        pages
            .iter()
            .all(|page| page.records.len() <= 7 && page.total == Some(30))
    );
    assert_eq!(pages.last().unwrap().position, 30);
    assert_eq!(
        (crawl.collections(), crawl.seen_whole()),
        (vec!["records"], vec!["records"])
    );
    assert_eq!(crawl.notes(), [""; 0]);
    let questions = service.questions();
    assert!(
        questions
            .iter()
            .all(|asked| asked.method == Method::POST && asked.is_sorted())
    );
    assert!(
        questions[0]
            .text
            .contains("outputSchema=\"http://www.isotc211.org/2005/gmd\"")
    );
}

#[tokio::test]
async fn an_interrupted_crawl_goes_on_after_its_last_page() {
    let service = Service::sound(plain(25)).await;
    let fetcher = fetcher();
    let mut crawl = service.crawl(Plan::Full, 10);
    let (mut seen, mut rests) = (Vec::new(), Vec::new());
    while let Some(page) = crawl.next(&fetcher).await.unwrap() {
        seen.extend(page.records.into_iter().map(|record| record.key));
        rests.push((seen.clone(), crawl.cursor()));
    }
    assert_eq!(rests.len(), 3);
    for (mut seen, cursor) in rests {
        let before = service.questions().len();
        let mut crawl = start(&service.portal(""), Plan::Full, Some(&cursor), 10);
        let resumed = pages(&mut crawl).await.unwrap();
        seen.extend(keys(&resumed));
        assert_eq!(seen, names(1..=25));
        assert_eq!(crawl.seen_whole(), ["records"]);
        assert_eq!(service.questions().len() - before, resumed.len());
    }
    assert!(
        service
            .portal("")
            .crawl(
                Url::parse("http://h/").unwrap(),
                Plan::Full,
                Some("{}"),
                Settings::default()
            )
            .is_err()
    );
}
