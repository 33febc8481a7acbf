//! `/resolve?uri=`: the record that a portal knows by another name.
//!
//! What is published comes first, under its own IRI or another name; then what was, which is told (410).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::error::WebError;
use super::extract::Query;
use super::gone::withdrawn;
use super::headers::insert;
use super::pages::Parameters;
use super::state::App;
use crate::ledger::{Reader, Resolved};

#[derive(Debug, Deserialize)]
pub(super) struct Resolve {
    uri: Option<String>,
    lang: Option<String>,
}

/// Leads to what is asked for.
pub(super) async fn resolve(
    State(app): State<Arc<App>>,
    Query(asked): Query<Resolve>,
) -> Result<Response, WebError> {
    let uri = asked
        .uri
        .filter(|uri| !uri.is_empty())
        .ok_or_else(|| WebError::BadRequest("`uri` is missing".to_owned()))?;
    let query = Parameters { lang: asked.lang }.query();
    app.read(move |_, reader, manifest| {
        let target = find(reader, &uri, manifest.sequence)?;
        let mut response = StatusCode::SEE_OTHER.into_response();
        let target = format!("{target}{query}");
        insert(response.headers_mut(), header::LOCATION, &target);
        Ok(response)
    })
    .await
}

fn find(reader: &Reader, uri: &str, at: u64) -> Result<String, WebError> {
    let gone = match reader.resolve(uri, at)? {
        Resolved::Live(found) => return Ok(found.iri),
        Resolved::Same(alias) => return Ok(alias.canonical),
        Resolved::Gone { time, .. } => Some(time),
        Resolved::Unknown => None,
    };
    if let Some(iri) = reader.alias(uri, at)?.into_iter().next() {
        return Ok(iri);
    }
    if let Some(time) = gone {
        return Err(withdrawn(uri, time));
    }
    // A name that was given up: the record may still be there under others.
    match reader.former_alias(uri, at)? {
        Some(iri) => match reader.resolve(&iri, at)? {
            Resolved::Live(found) => Ok(found.iri),
            Resolved::Same(alias) => Ok(alias.canonical),
            Resolved::Gone { time, .. } => Err(withdrawn(uri, time)),
            Resolved::Unknown => Err(WebError::NotFound),
        },
        None => Err(WebError::NotFound),
    }
}
