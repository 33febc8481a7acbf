//! The API of a synthetic portal: lists of version 1, one dataset, the search of version 2.
//!
//! Lists are in the order of creation and the search in that of modification, the newest first, whatever
//! `sort` asks for: nothing else is harvested.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use serde::Deserialize;
use serde_json::{Value, json};

use super::dataset;
use super::shape::{Kind, Shape};

/// The search of version 2 gives entries up to here.
const WINDOW: u32 = 10_000;

#[derive(Debug, Deserialize)]
pub(super) struct Paging {
    page: Option<u32>,
    page_size: Option<u32>,
}

pub(super) type Describe = fn(&Shape, &str, u32) -> Value;

/// The route of a list of version 1.
pub(super) fn list_of(
    kind: Kind,
    path: &'static str,
    describe: Describe,
) -> MethodRouter<Arc<Shape>> {
    get(
        move |shape: State<Arc<Shape>>, paging: Query<Paging>, headers: HeaderMap| async move {
            list(shape, &paging, &headers, kind, path, describe).await
        },
    )
}

/// A list without entries.
pub(super) async fn nothing() -> Response {
    let empty = json!({"data": [], "page": 1, "page_size": 20, "total": 0, "next_page": null, "previous_page": null});
    sent(empty.to_string())
}

pub(super) async fn dataset(
    State(shape): State<Arc<Shape>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match shape.index(Kind::Dataset, &id) {
        Some(index) => sent(dataset::dataset(&shape, &origin(&headers), index).to_string()),
        None => refused(StatusCode::NOT_FOUND, "there is no such dataset"),
    }
}

pub(super) async fn search(
    shape: State<Arc<Shape>>,
    paging: Query<Paging>,
    headers: HeaderMap,
) -> Response {
    let (page, size) = paging.numbers();
    if page.saturating_mul(size) > WINDOW {
        return refused(StatusCode::BAD_REQUEST, "page × page_size is limited");
    }
    let newest: Describe = |shape, origin, place| {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let index = shape.newest.get(place).copied().unwrap_or_default();
        dataset::found(shape, origin, index)
    };
    list(
        shape,
        &paging,
        &headers,
        Kind::Dataset,
        "2/datasets/search",
        newest,
    )
    .await
}

impl Paging {
    fn numbers(&self) -> (u32, u32) {
        (
            self.page.unwrap_or(1).max(1),
            self.page_size.unwrap_or(20).max(1),
        )
    }
}

/// One page, made off the runtime's threads: a thousand datasets take a while.
async fn list(
    State(shape): State<Arc<Shape>>,
    paging: &Paging,
    headers: &HeaderMap,
    kind: Kind,
    path: &'static str,
    describe: Describe,
) -> Response {
    let (page, size) = paging.numbers();
    let total = shape.count(kind);
    let first = (page - 1).saturating_mul(size);
    if first >= total && page > 1 {
        return refused(StatusCode::NOT_FOUND, "there is no such page");
    }
    let last = first.saturating_add(size).min(total);
    let origin = origin(headers);
    let link = |page: u32| format!("{origin}/api/{path}/?page={page}&page_size={size}");
    let next = (last < total).then(|| link(page + 1));
    let previous = (page > 1).then(|| link(page - 1));
    let page = tokio::task::spawn_blocking(move || {
        let mut text = String::from("{\"data\": [");
        for index in first..last {
            if index > first {
                text.push(',');
            }
            text.push_str(&describe(&shape, &origin, index).to_string());
        }
        let rest = json!({"page": page, "page_size": size, "total": total, "next_page": next, "previous_page": previous});
        text.push_str("], ");
        text.push_str(rest.to_string().trim_start_matches('{'));
        text
    });
    match page.await {
        Ok(text) => sent(text),
        Err(_) => refused(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the page could not be made",
        ),
    }
}

fn sent(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

fn refused(status: StatusCode, message: &str) -> Response {
    (status, sent(json!({ "message": message }).to_string())).into_response()
}

/// The address that the client asked, by which the portal names itself.
fn origin(headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    format!("http://{}", host.unwrap_or("localhost"))
}
