//! A sample portal that can be told to misbehave, and that remembers what it was asked.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use moisson::demo;
use moisson::demo::udata::SampleData;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// What goes wrong with a request.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// A page for people.
    Html,
    /// The sound answer, cut off, as if it were whole.
    CutJson,
    /// The connection ends before the announced length.
    CutBody,
    /// This status.
    Status(u16),
    /// This status to pages larger than so many entries.
    TooLarge(usize, u16),
    /// No answer.
    Silence,
    /// A byte now and then.
    Drip,
    /// Always the first page, always with a next one.
    Endless,
    /// A total that becomes smaller with each page.
    Shrinking,
    /// A list without entries.
    Empty,
    /// Another address.
    Redirect(String),
    /// The sound answer, later.
    Slow(Duration),
    /// The sound list, changed.
    Edit(fn(&Uri, &mut Value)),
}

/// These requests to paths with this beginning, counted from 0, go wrong so.
#[derive(Debug, Clone)]
struct Rule {
    path: String,
    requests: Range<usize>,
    fault: Fault,
}

#[derive(Default)]
struct Script {
    rules: Vec<Rule>,
    log: Vec<String>,
}

/// A running portal.
pub(crate) struct Unsound {
    pub(crate) data: SampleData,
    pub(crate) address: SocketAddr,
    script: Arc<Mutex<Script>>,
    server: JoinHandle<()>,
}

impl Drop for Unsound {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Unsound {
    /// A portal that serves `data`, soundly so far.
    pub(crate) async fn of(data: SampleData) -> Self {
        let script = Arc::new(Mutex::new(Script::default()));
        let routes = demo::udata::router(data.clone()).layer(middleware::from_fn_with_state(
            Arc::clone(&script),
            misbehave,
        ));
        let (address, server) = demo::spawn(routes, 0).await.unwrap();
        Self {
            data,
            address,
            script,
            server,
        }
    }

    /// The requests to `path`, counted from now, in this range go wrong.
    pub(crate) fn breaks(&self, path: &str, requests: Range<usize>, fault: Fault) {
        let mut script = self.script.lock().unwrap();
        script.log.clear();
        script.rules.push(Rule {
            path: path.to_owned(),
            requests,
            fault,
        });
    }

    /// Everything is sound again, and nothing was asked.
    pub(crate) fn heal(&self) {
        *self.script.lock().unwrap() = Script::default();
    }

    /// The requests since the last change of the script, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.script.lock().unwrap().log.clone()
    }
}

async fn misbehave(
    State(script): State<Arc<Mutex<Script>>>,
    request: Request,
    next: Next,
) -> Response {
    let uri = request.uri().clone();
    let fault = {
        let mut script = script.lock().unwrap();
        let found = script.rules.iter().find(|rule| {
            let before = script
                .log
                .iter()
                .filter(|asked| asked.starts_with(&rule.path));
            uri.path().starts_with(&rule.path)
                && rule.requests.contains(&before.count())
                && fires(rule, &uri)
        });
        let fault = found.map(|rule| rule.fault.clone());
        script.log.push(uri.to_string());
        fault
    };
    match fault {
        None => next.run(request).await,
        Some(fault) => answer(fault, &uri, request, next).await,
    }
}

async fn answer(fault: Fault, uri: &Uri, request: Request, next: Next) -> Response {
    match fault {
        Fault::Html => Html("<!doctype html><title>Maintenance</title>").into_response(),
        Fault::Status(status) | Fault::TooLarge(_, status) => refusal(status),
        Fault::Silence => std::future::pending().await,
        Fault::Slow(wait) => {
            tokio::time::sleep(wait).await;
            next.run(request).await
        }
        Fault::Redirect(target) => Redirect::temporary(&target).into_response(),
        Fault::Empty => json_answer(
            &json!({ "data": [], "total": 0, "page": 1, "page_size": 20, "next_page": null }),
        ),
        Fault::Drip => {
            let drops = futures_util::stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Some((Ok::<_, Infallible>(" "), ()))
            });
            Body::from_stream(drops).into_response()
        }
        Fault::CutJson => {
            let text = sound(request, next).await;
            text[..text.len() / 2].to_owned().into_response()
        }
        Fault::CutBody => {
            let text = sound(request, next).await;
            let half = text[..text.len() / 2].to_owned();
            let stream = futures_util::stream::iter([Ok::<_, Infallible>(half)]);
            Response::builder()
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::CONTENT_LENGTH, text.len())
                .body(Body::from_stream(stream))
                .unwrap()
        }
        Fault::Edit(change) => {
            let mut list: Value = serde_json::from_str(&sound(request, next).await).unwrap();
            change(uri, &mut list);
            json_answer(&list)
        }
        Fault::Endless | Fault::Shrinking => {
            let is_endless = matches!(fault, Fault::Endless);
            let page = number(uri, "page");
            let mut list: Value = serde_json::from_str(&sound(first(request), next).await).unwrap();
            list["total"] = if is_endless { 1_000_000 } else { 1000 / page }.into();
            list["next_page"] =
                format!("http://portal.example{}?page={}", uri.path(), page + 1).into();
            json_answer(&list)
        }
    }
}

/// Whether a fault concerns this address. Another list may lie below the one that is edited.
fn fires(rule: &Rule, uri: &Uri) -> bool {
    match &rule.fault {
        Fault::TooLarge(size, _) => number(uri, "page_size") > *size,
        Fault::Edit(_) => uri.path() == rule.path,
        _ => true,
    }
}

/// The same request for the first page.
fn first(mut request: Request) -> Request {
    *request.uri_mut() = format!(
        "{}?page=1&page_size=1000&sort=created",
        request.uri().path()
    )
    .parse()
    .unwrap();
    request
}

fn refusal(status: u16) -> Response {
    (StatusCode::from_u16(status).unwrap(), "nothing to see").into_response()
}

fn json_answer(value: &Value) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json")],
        value.to_string(),
    )
        .into_response()
}

async fn sound(request: Request, next: Next) -> String {
    let body = next.run(request).await.into_body();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A number in the query, 1 where it is not there.
pub(crate) fn number(uri: &Uri, name: &str) -> usize {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map_or(1, |(_, value)| value.parse().unwrap())
}
