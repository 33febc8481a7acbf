//! The reserve: what is still answered when every place is busy.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::error::WebError;
use crate::web::state::App;

/// Marks the requests of a connection that has a place in the reserve.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct Reserved;

/// What supervisors ask for, under the base.
const ESSENTIAL: [&str; 3] = ["health", "ready", "metrics"];

/// Keeps the reserve for those it is for.
pub(in crate::web) async fn keep(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let reserved = request.extensions().get::<Reserved>().is_some();
    let path = request.uri().path();
    let essential = path
        .strip_prefix(app.config.base_uri.folder())
        .is_some_and(|name| ESSENTIAL.contains(&name));
    if !reserved || essential || app.admin.asks(request.headers()) {
        return next.run(request).await;
    }
    let mut response = WebError::Busy.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
