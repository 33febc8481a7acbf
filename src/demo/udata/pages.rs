//! Small pages, so that the links of the sample portal lead somewhere.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use serde_json::Value;

use super::collection::Collection;
use super::data::{SampleData, is_called, is_listed, text};

/// The list of datasets.
pub(super) async fn home(State(data): State<SampleData>) -> Html<String> {
    let mut items = String::new();
    data.look(|records| {
        for record in records.datasets.iter().filter(|record| is_listed(record)) {
            let (slug, id) = (text(record, "slug"), text(record, "id"));
            let name = escape(if slug.is_empty() { id } else { slug });
            let title = escape(text(record, "title"));
            let _ = writeln!(items, "<li><a href=\"/datasets/{name}/\">{title}</a></li>");
        }
    });
    page("Portail d’échantillons", &format!("<ul>\n{items}</ul>"))
}

/// The route of a list's records.
pub(super) fn record(collection: Collection) -> MethodRouter<SampleData> {
    get(
        async move |State(data): State<SampleData>, Path(id): Path<String>| {
            one(data.look(|records| find(collection.of(records), &id)))
        },
    )
}

/// A picture: some bars, which the name decides.
pub(super) async fn picture(Path(name): Path<String>) -> Response {
    let Some(name) = name.strip_suffix(".svg") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut bars = String::new();
    for (position, byte) in name.bytes().take(12).enumerate() {
        let (x, height) = (20 + position * 32, usize::from(byte) * 2 % 180 + 20);
        let _ = write!(
            bars,
            "<rect x=\"{x}\" y=\"{}\" width=\"24\" height=\"{height}\"/>",
            220 - height
        );
    }
    let picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 420 240\"><rect width=\"420\" height=\"240\" \
         fill=\"#eef2f6\"/><g fill=\"#3a5a83\">{bars}</g></svg>\n"
    );
    ([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response()
}

/// The permanent address of a resource leads to where it is now.
pub(super) async fn permalink(State(data): State<SampleData>, Path(id): Path<String>) -> Response {
    let url = data.look(|records| {
        let mut resources = records
            .datasets
            .iter()
            .filter_map(|record| record.get("resources")?.as_array())
            .flatten();
        resources
            .find(|resource| text(resource, "id") == id)
            .map(|resource| text(resource, "url").to_owned())
    });
    match url {
        // An address with control characters cannot be a header; then there is no redirect.
        Some(url) if !url.is_empty() && !url.contains(char::is_control) => {
            Redirect::temporary(&url).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn find(records: &[Value], id: &str) -> Option<Value> {
    records
        .iter()
        .find(|record| is_called(record, id) && is_listed(record))
        .cloned()
}

fn one(record: Option<Value>) -> Response {
    match record {
        Some(record) => page(
            match text(&record, "title") {
                "" => text(&record, "name"),
                title => title,
            },
            &format!("<pre>{}</pre>", escape(text(&record, "description"))),
        )
        .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn page(title: &str, body: &str) -> Html<String> {
    let title = escape(title);
    Html(format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<h1>{title}</h1>\n{body}\n"
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
