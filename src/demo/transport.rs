//! A sample of transport.data.gouv.fr: its list, and the answer about one dataset, which alone has
//! conversions and history.

#![expect(
    clippy::indexing_slicing,
    reason = "what is indexed is JSON of our own, of which a missing key is null"
)]

mod data;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

use super::{Sample, Shown, retain};
pub use data::SampleData;

/// This sample portal.
pub(super) const SAMPLE: Sample = Sample {
    kind: "transport",
    id: "transport",
    title: [
        "Point d’accès national d’exemple",
        "Sample national access point",
    ],
    language: Some("fr"),
    path: "",
    serving: |keeps| {
        let data = SampleData::bundled();
        data.change(|records| retain(records, keeps));
        router(data)
    },
    record,
    synthetic: |asked| router(SampleData::synthetic(asked.datasets(), asked.seed)),
    is_changing: false,
};

fn record(shown: &Shown<'_>) -> String {
    let (id, title) = (format!("id-{}", shown.key), shown.title);
    json!({
        "id": id, "datagouv_id": id, "title": title, "slug": shown.slug, "page_url": shown.page(),
        "resources": shown.each(|n| json!({
            "id": n, "title": title, "url": shown.file(n), "format": "GTFS",
        })),
    })
    .to_string()
}

/// The routes of a sample portal.
pub fn router(data: SampleData) -> Router {
    Router::new()
        .route("/api/datasets", get(list))
        .route("/api/datasets/{id}", get(dataset))
        .route("/datasets/{slug}", get(page))
        .with_state(data)
}

fn answer(status: StatusCode, value: &Value, headers: &HeaderMap) -> Response {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let origin = format!("http://{}", host.unwrap_or("localhost"));
    let text = value.to_string().replace("{portal}", &origin);
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (status, kind, text).into_response()
}

async fn list(State(data): State<SampleData>, headers: HeaderMap) -> Response {
    let entries = data.0.all().map(|mut dataset| {
        for resource in dataset["resources"].as_array_mut().into_iter().flatten() {
            if let Some(resource) = resource.as_object_mut() {
                resource.remove("conversions");
            }
        }
        dataset
    });
    answer(StatusCode::OK, &Value::Array(entries.collect()), &headers)
}

async fn dataset(
    State(data): State<SampleData>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let found = data.find(&id);
    let Some(mut dataset) = found else {
        let message = json!({"errors": "dataset not found"});
        return answer(StatusCode::NOT_FOUND, &message, &headers);
    };
    let files = dataset["resources"].as_array().into_iter().flatten();
    let history: Vec<Value> = files
        .map(|resource| {
            json!({
                "resource_id": resource["id"], "inserted_at": "2026-03-01T02:03:04Z",
                "payload": {"filename": format!("{}.zip", resource["id"]), "zip_metadata": []}
            })
        })
        .collect();
    dataset["history"] = Value::Array(history);
    answer(StatusCode::OK, &dataset, &headers)
}

async fn page(State(data): State<SampleData>, Path(slug): Path<String>) -> Response {
    let found = data
        .0
        .all()
        .find(|dataset| dataset["slug"] == slug.as_str());
    match found {
        Some(dataset) => {
            let title = dataset["title"].as_str().unwrap_or_default();
            let title = title.replace('&', "&amp;").replace('<', "&lt;");
            Html(format!(
                "<!doctype html><meta charset=utf-8><h1>{title}</h1>"
            ))
            .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
