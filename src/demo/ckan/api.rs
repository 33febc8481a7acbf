//! The actions of the sample portal, but for the search.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::data::{Records, SampleData, is_called, is_listed, text};
use crate::demo::udata::origin::Origin;

/// Organizations a page, where all of their fields are asked for.
const ORGANIZATIONS: usize = 25;

/// An answer in its envelope.
pub(super) fn success(mut result: Value, origin: &Origin) -> Response {
    origin.fill(&mut result);
    let help = format!("{}/api/3/action/help_show", origin.0);
    json_answer(
        StatusCode::OK,
        &json!({"help": help, "success": true, "result": result}),
    )
}

/// A refusal in its envelope.
pub(super) fn failure(status: StatusCode, kind: &str, message: &str) -> Response {
    let error = json!({"__type": kind, "message": message});
    json_answer(
        status,
        &json!({"help": "", "success": false, "error": error}),
    )
}

fn json_answer(status: StatusCode, value: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json;charset=utf-8")];
    (status, kind, value.to_string()).into_response()
}

/// What CKAN says of an action that it does not have.
pub(super) async fn unknown(Path(action): Path<String>) -> Response {
    let message = json!(format!("Bad request - Action name not known: {action}"));
    json_answer(StatusCode::BAD_REQUEST, &message)
}

#[derive(Deserialize)]
pub(super) struct Named {
    id: String,
}

fn find(records: &Records, name: &str) -> Option<Value> {
    let mut found = records.packages.iter();
    found
        .find(|package| is_called(package, name) && is_listed(package))
        .cloned()
}

/// `package_show`
pub(super) async fn package(
    State(data): State<SampleData>,
    origin: Origin,
    Query(named): Query<Named>,
) -> Response {
    match data.look(|records| find(records, &named.id)) {
        Some(package) => success(package, &origin),
        None => failure(StatusCode::NOT_FOUND, "Not Found Error", "Not found"),
    }
}

/// `package_show` of DKAN.
pub(super) async fn wrapped_package(
    State(data): State<SampleData>,
    origin: Origin,
    Query(named): Query<Named>,
) -> Response {
    match data.look(|records| find(records, &named.id)) {
        Some(package) => success(json!([package]), &origin),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `package_list`
pub(super) async fn names(State(data): State<SampleData>, origin: Origin) -> Response {
    let mut names: Vec<String> = data.look(|records| {
        let listed = records.packages.iter().filter(|one| is_listed(one));
        listed.map(|one| text(one, "name").to_owned()).collect()
    });
    names.sort();
    success(json!(names), &origin)
}

#[derive(Deserialize)]
pub(super) struct Window {
    limit: Option<usize>,
    offset: Option<usize>,
    #[serde(default)]
    all_fields: String,
}

fn list(data: &SampleData, window: &Window) -> Vec<Value> {
    data.look(|records| {
        let listed = records.packages.iter().filter(|one| is_listed(one));
        let from = listed.skip(window.offset.unwrap_or(0));
        from.take(window.limit.unwrap_or(10)).cloned().collect()
    })
}

/// `current_package_list_with_resources`
pub(super) async fn plain_list(
    State(data): State<SampleData>,
    origin: Origin,
    Query(window): Query<Window>,
) -> Response {
    success(json!(list(&data, &window)), &origin)
}

/// `current_package_list_with_resources` of DKAN.
pub(super) async fn wrapped_list(
    State(data): State<SampleData>,
    origin: Origin,
    Query(window): Query<Window>,
) -> Response {
    success(json!([list(&data, &window)]), &origin)
}

/// `organization_list`: names, or some organizations with all their fields.
pub(super) async fn organizations(
    State(data): State<SampleData>,
    origin: Origin,
    Query(window): Query<Window>,
) -> Response {
    let mut all: Vec<Value> = data.look(|records| {
        let active = |one: &&Value| text(one, "state") == "active";
        records
            .organizations
            .iter()
            .filter(active)
            .cloned()
            .collect()
    });
    all.sort_by(|one, other| text(one, "name").cmp(text(other, "name")));
    if window.all_fields != "true" {
        let names: Vec<&str> = all.iter().map(|one| text(one, "name")).collect();
        return success(json!(names), &origin);
    }
    let limit = window.limit.unwrap_or(ORGANIZATIONS).min(ORGANIZATIONS);
    let page = all.into_iter().skip(window.offset.unwrap_or(0)).take(limit);
    success(page.collect(), &origin)
}

/// A small page for a package, so that links lead somewhere.
pub(super) async fn page(State(data): State<SampleData>, Path(name): Path<String>) -> Response {
    let Some(package) = data.look(|records| find(records, &name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let title = escape(text(&package, "title"));
    let notes = escape(text(&package, "notes"));
    Html(format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<h1>{title}</h1>\n<pre>{notes}</pre>\n"
    ))
    .into_response()
}
