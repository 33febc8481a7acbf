//! The API of the sample portal: one handler for all lists, one for all records.

use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use serde_json::{Value, json};

use super::collection::{Collection, link};
use super::data::{SampleData, field, is_called, is_listed, text};
use super::origin::Origin;
use super::query::{Query, Refused};

/// The search of version 2 gives entries up to here.
const WINDOW: usize = 10_000;

/// A JSON answer.
pub(super) struct Json(Value);

impl IntoResponse for Json {
    fn into_response(self) -> Response {
        (
            [(header::CONTENT_TYPE, "application/json")],
            self.0.to_string(),
        )
            .into_response()
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(json!({ "message": self.1 }))).into_response()
    }
}

fn answer(mut value: Value, origin: &Origin) -> Json {
    origin.fill(&mut value);
    Json(value)
}

/// The route of a list.
pub(super) fn list(collection: Collection) -> MethodRouter<SampleData> {
    get(
        async move |State(data): State<SampleData>,
                    origin: Origin,
                    RawQuery(query): RawQuery|
                    -> Result<Json, Refused> {
            let query = Query::parse(query.as_deref());
            let paging = query.paging(20)?;
            let mut records: Vec<Value> = data.look(|records| {
                let all = collection.of(records).iter();
                all.filter(|one| is_listed(one) && query.admits(collection, one, records))
                    .cloned()
                    .collect()
            });
            query.sort(collection, &mut records)?;
            let mut envelope =
                query.envelope(records, paging, &format!("{{portal}}{}", collection.path()))?;
            if let Some(data) = envelope.get_mut("data").and_then(Value::as_array_mut) {
                for record in data {
                    *record = collection.shown(record.take());
                }
            }
            Ok(answer(envelope, &origin))
        },
    )
}

/// The route of a list's records.
pub(super) fn record(collection: Collection) -> MethodRouter<SampleData> {
    get(
        async move |State(data): State<SampleData>,
                    origin: Origin,
                    Path(id): Path<String>|
                    -> Result<Json, Refused> {
            let record = data.look(|records| one(collection.of(records), &id))?;
            Ok(answer(collection.shown(record), &origin))
        },
    )
}

/// One record by identifier or slug: 410 where it was deleted, 404 where it is private.
fn one(records: &[Value], id: &str) -> Result<Value, Refused> {
    let missing = || Refused(404, "there is no such record".to_owned());
    let record = records
        .iter()
        .find(|record| is_called(record, id))
        .ok_or_else(missing)?;
    let is_set = |key: &str| record.get(key).is_some_and(|value| !value.is_null());
    if is_set("deleted") || is_set("deleted_at") {
        return Err(Refused(410, "the record has been deleted".to_owned()));
    }
    if record.get("private") == Some(&Value::Bool(true)) {
        return Err(missing());
    }
    Ok(record.clone())
}

/// The search: newest internal modification first, and resources only as links.
pub(super) async fn search(
    State(data): State<SampleData>,
    origin: Origin,
    RawQuery(query): RawQuery,
) -> Result<Json, Refused> {
    let query = Query::parse(query.as_deref());
    let (page, size) = query.paging(20)?;
    if page.saturating_mul(size) > WINDOW {
        return Err(Refused(
            400,
            format!("page × page_size is limited to {WINDOW}"),
        ));
    }
    let mut records: Vec<Value> = data.look(|records| {
        let all = records.datasets.iter();
        all.filter(|one| is_listed(one) && query.finds(one, records))
            .cloned()
            .collect()
    });
    records.sort_by_cached_key(|record| {
        (
            field(record, "internal.last_modified_internal")
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            text(record, "id").to_owned(),
        )
    });
    records.reverse();
    let mut envelope = query.envelope(records, (page, size), "{portal}/api/2/datasets/search/")?;
    if let Some(envelope) = envelope.as_object_mut() {
        envelope.insert("facets".to_owned(), json!({}));
        let data = envelope.get_mut("data").and_then(Value::as_array_mut);
        for record in data.into_iter().flatten() {
            let href = format!(
                "{{portal}}/api/2/datasets/{}/resources/?page=1&page_size=50",
                text(record, "id")
            );
            link(record, "resources", &href);
        }
    }
    Ok(answer(envelope, &origin))
}

/// The route of a record's parts, which its list only links to.
pub(super) fn parts(
    collection: Collection,
    key: &'static str,
    size: usize,
) -> MethodRouter<SampleData> {
    get(
        async move |State(data): State<SampleData>,
                    origin: Origin,
                    Path(id): Path<String>,
                    RawQuery(query): RawQuery|
                    -> Result<Json, Refused> {
            let query = Query::parse(query.as_deref());
            let paging = query.paging(size)?;
            let record = data.look(|records| one(collection.of(records), &id))?;
            let parts = record.get(key).and_then(Value::as_array).cloned();
            let version = collection.path().replace("/1/", "/2/");
            let address = format!("{{portal}}{version}{id}/{key}/");
            Ok(answer(
                query.envelope(parts.unwrap_or_default(), paging, &address)?,
                &origin,
            ))
        },
    )
}
