//! `/health` and `/ready`: for supervisors and load balancers.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::state::App;

/// The process answers.
pub(super) async fn health() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// Something is published and the ledger can be read.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    let read = app
        .check(|_, reader, manifest| Ok((manifest.sequence, reader.sequence()?)))
        .await;
    let (status, body) = match read {
        Ok((published, committed)) => (
            StatusCode::OK,
            json!({ "ready": true, "sequence": published, "committed": committed }),
        ),
        Err(error) => (
            StatusCode::SERVICE_UNAVAILABLE,
            json!({ "ready": false, "reason": error.to_string() }),
        ),
    };
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_TYPE, "application/json"),
    ];
    (status, headers, body.to_string()).into_response()
}
