//! Small pages, so that the links of the sample portal lead somewhere.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde_json::Value;

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

/// One dataset.
pub(super) async fn dataset(State(data): State<SampleData>, Path(id): Path<String>) -> Response {
    one(data.look(|records| find(&records.datasets, &id)), "title")
}

/// One organization.
pub(super) async fn organization(
    State(data): State<SampleData>,
    Path(id): Path<String>,
) -> Response {
    one(
        data.look(|records| find(&records.organizations, &id)),
        "name",
    )
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

fn one(record: Option<Value>, title: &str) -> Response {
    match record {
        Some(record) => page(
            text(&record, title),
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
