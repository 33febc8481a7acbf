//! The API of the sample portal.

use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::data::{SampleData, is_called, is_listed, nested, text};
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

pub(super) async fn datasets(
    State(data): State<SampleData>,
    origin: Origin,
    RawQuery(query): RawQuery,
) -> Result<Json, Refused> {
    let query = Query::parse(query.as_deref());
    let paging = query.paging(20)?;
    let mut records = listed(&data, &query);
    query.sort(&mut records)?;
    Ok(answer(
        query.envelope(records, paging, "{portal}/api/1/datasets/")?,
        &origin,
    ))
}

fn listed(data: &SampleData, query: &Query) -> Vec<Value> {
    data.look(|records| {
        records
            .datasets
            .iter()
            .filter(|record| is_listed(record) && query.admits(record))
            .cloned()
            .collect()
    })
}

pub(super) async fn organizations(
    State(data): State<SampleData>,
    origin: Origin,
    RawQuery(query): RawQuery,
) -> Result<Json, Refused> {
    let query = Query::parse(query.as_deref());
    let paging = query.paging(20)?;
    let mut records: Vec<Value> = data.look(|records| {
        records
            .organizations
            .iter()
            .filter(|record| is_listed(record))
            .cloned()
            .collect()
    });
    query.sort(&mut records)?;
    Ok(answer(
        query.envelope(records, paging, "{portal}/api/1/organizations/")?,
        &origin,
    ))
}

/// One record by identifier or slug: 410 where it was deleted, 404 where it is private.
fn one(records: &[Value], id: &str) -> Result<Value, Refused> {
    let missing = || Refused(404, "there is no such record".to_owned());
    let record = records
        .iter()
        .find(|record| is_called(record, id))
        .ok_or_else(missing)?;
    if record
        .get("deleted")
        .is_some_and(|deleted| !deleted.is_null())
    {
        return Err(Refused(410, "the record has been deleted".to_owned()));
    }
    if record.get("private") == Some(&Value::Bool(true)) {
        return Err(missing());
    }
    Ok(record.clone())
}

pub(super) async fn dataset(
    State(data): State<SampleData>,
    origin: Origin,
    Path(id): Path<String>,
) -> Result<Json, Refused> {
    Ok(answer(
        data.look(|records| one(&records.datasets, &id))?,
        &origin,
    ))
}

pub(super) async fn organization(
    State(data): State<SampleData>,
    origin: Origin,
    Path(id): Path<String>,
) -> Result<Json, Refused> {
    Ok(answer(
        data.look(|records| one(&records.organizations, &id))?,
        &origin,
    ))
}

/// The search: newest internal modification first where `sort` is `-last_update`, and resources only
/// as links.
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
    let mut records = listed(&data, &query);
    records.sort_by_cached_key(|record| {
        (
            nested(record, "internal", "last_modified_internal").to_owned(),
            text(record, "id").to_owned(),
        )
    });
    records.reverse();
    for record in &mut records {
        link_resources(record);
    }
    let mut envelope = query.envelope(records, (page, size), "{portal}/api/2/datasets/search/")?;
    if let Some(envelope) = envelope.as_object_mut() {
        envelope.insert("facets".to_owned(), json!({}));
    }
    Ok(answer(envelope, &origin))
}

fn link_resources(record: &mut Value) {
    let total = record
        .get("resources")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let href = format!(
        "{{portal}}/api/2/datasets/{}/resources/?page=1&page_size=50",
        text(record, "id")
    );
    if let Some(fields) = record.as_object_mut() {
        let link = json!({"rel": "subsection", "href": href, "type": "GET", "total": total});
        fields.insert("resources".to_owned(), link);
    }
}

pub(super) async fn resources(
    State(data): State<SampleData>,
    origin: Origin,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json, Refused> {
    let query = Query::parse(query.as_deref());
    let paging = query.paging(50)?;
    let record = data.look(|records| one(&records.datasets, &id))?;
    let resources = record
        .get("resources")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let address = format!("{{portal}}/api/2/datasets/{id}/resources/");
    Ok(answer(
        query.envelope(resources, paging, &address)?,
        &origin,
    ))
}
