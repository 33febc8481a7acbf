//! The handlers of the sample portal.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

use super::data::SampleData;
use super::query::{Query, Refused, field};
use super::{HOME, KEY};

/// Templates that only those get who ask for `include_app_metas`.
const INNER: [&str; 6] = [
    "explore",
    "exporters",
    "processing",
    "publishing",
    "semantic",
    "visualization",
];

fn json_answer(status: StatusCode, value: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (status, kind, value.to_string()).into_response()
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let answer = json!({"error_code": "InvalidRESTParameterError", "message": self.0});
        json_answer(StatusCode::BAD_REQUEST, &answer)
    }
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Anybody,
    Keeper,
}

/// Who sent this request; an answer where the key is nobody's.
fn reader(headers: &HeaderMap) -> Result<Reader, Box<Response>> {
    let Some(sent) = headers.get(header::AUTHORIZATION) else {
        return Ok(Reader::Anybody);
    };
    if sent.as_bytes() == format!("Apikey {KEY}").as_bytes() {
        return Ok(Reader::Keeper);
    }
    let answer = json!({"error_code": "InvalidAPIKeyError", "message": "Invalid API key."});
    Err(Box::new(json_answer(StatusCode::UNAUTHORIZED, &answer)))
}

/// The datasets that a query chooses, in its order.
fn chosen(data: &SampleData, query: &Query, reader: Reader) -> Result<Vec<Value>, Refused> {
    let mut found = Vec::new();
    for dataset in data.0.all() {
        let is_listed = reader == Reader::Keeper || dataset["visibility"] != "restricted";
        if is_listed && query.admits(&dataset)? {
            found.push(dataset);
        }
    }
    if let Some(order) = query.order()? {
        found.sort_by_cached_key(|dataset| field(dataset, &order).to_string());
    }
    Ok(found)
}

/// A dataset as it is shown.
fn shown(mut dataset: Value, query: &Query, path: &str) -> Value {
    if let Some(metas) = dataset["metas"].as_object_mut()
        && !query.is_set("include_app_metas")
    {
        metas.retain(|name, _| !INNER.contains(&name.as_str()));
    }
    if query.is_set("include_links") {
        let id = dataset["dataset_id"].as_str().unwrap_or_default();
        let own = format!("{HOME}/api/explore/v2.1/catalog/datasets/{id}");
        let link = |rel: &str, rest: &str| json!({"rel": rel, "href": format!("{own}{rest}")});
        dataset["links"] = json!([
            link("self", ""),
            {"rel": "datasets", "href": format!("{HOME}{path}")},
            link("records", "/records"),
            link("exports", "/exports"),
            link("facets", "/facets"),
        ]);
    }
    dataset
}

/// A page of the catalogue.
pub(super) async fn list(
    State(data): State<SampleData>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Query::parse(query.as_deref());
    let reader = match reader(&headers) {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let page = || -> Result<Value, Refused> {
        let (offset, limit) = query.paging()?;
        let path = "/api/explore/v2.1/catalog/datasets";
        let (total, page): (usize, Vec<Value>) = if data.0.are_made() && !query.chooses() {
            let page = (offset..offset + limit).filter_map(|position| data.0.get(position));
            (data.0.count(), page.collect())
        } else {
            let found = chosen(&data, &query, reader)?;
            let total = found.len();
            (total, found.into_iter().skip(offset).take(limit).collect())
        };
        let results: Vec<Value> = page
            .into_iter()
            .map(|dataset| shown(dataset, &query, path))
            .collect();
        Ok(json!({"total_count": total, "results": results}))
    };
    match page() {
        Ok(value) => json_answer(StatusCode::OK, &value),
        Err(refused) => refused.into_response(),
    }
}

/// One dataset.
pub(super) async fn dataset(
    State(data): State<SampleData>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let reader = match reader(&headers) {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let query = Query::parse(query.as_deref());
    let found = data.0.all().find(|dataset| {
        dataset["dataset_id"] == id.as_str()
            && (reader == Reader::Keeper || dataset["visibility"] != "restricted")
    });
    if let Some(found) = found {
        let path = "/api/explore/v2.1/catalog/datasets";
        return json_answer(StatusCode::OK, &shown(found, &query, path));
    }
    let message = format!("Unknown dataset: {id}.");
    let answer = json!({"error_code": "UnknownDataset", "message": message});
    json_answer(StatusCode::NOT_FOUND, &answer)
}

/// The whole catalogue, without links.
pub(super) async fn export(
    State(data): State<SampleData>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Query::parse(query.as_deref());
    let reader = match reader(&headers) {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    match chosen(&data, &query, reader) {
        Ok(found) => {
            let found = found.into_iter();
            let shown: Vec<Value> = found.map(|dataset| shown(dataset, &query, "")).collect();
            json_answer(StatusCode::OK, &Value::Array(shown))
        }
        Err(refused) => refused.into_response(),
    }
}

/// The page of a dataset.
pub(super) async fn page(State(data): State<SampleData>, Path(id): Path<String>) -> Response {
    let found = data
        .0
        .all()
        .find(|dataset| dataset["dataset_id"] == id.as_str());
    let Some(found) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let title = field(&found, "title").as_str().unwrap_or(&id).to_owned();
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    Html(format!(
        "<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1>"
    ))
    .into_response()
}
