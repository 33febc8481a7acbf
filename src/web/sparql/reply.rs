//! Responses of the endpoint: their headers, and what a refusal says.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ALLOW, CACHE_CONTROL,
    CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::request::header;
use crate::web::conditional::names_tag;
use crate::web::headers::allowed;
use crate::web::workers::PoolError;

/// Why a request gets no answer.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) message: String,
    retry_after: Option<Duration>,
}

impl Refusal {
    fn new(status: StatusCode, message: &str) -> Self {
        Self {
            status,
            message: message.to_owned(),
            retry_after: None,
        }
    }

    pub(super) fn bad(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(super) fn update() -> Self {
        Self::bad(
            "updates are not accepted here: send SELECT, ASK, CONSTRUCT or DESCRIBE as `query`",
        )
    }

    pub(super) fn media_type(message: &str) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
    }

    pub(super) fn not_acceptable(message: &str) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, message)
    }

    pub(super) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "the request did not come whole in time",
        )
    }

    pub(super) fn too_large(most: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            &format!("the request has more than {most} bytes"),
        )
    }

    pub(super) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the query could not be answered",
        )
    }

    /// Adds what a refusal has beside its status and message.
    pub(super) fn decorate(&self, mut response: Response) -> Response {
        if let Some(seconds) = self.retry_after.map(|wait| wait.as_secs().max(1)) {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<PoolError> for Refusal {
    fn from(error: PoolError) -> Self {
        let (status, retry_after) = match &error {
            PoolError::Refused(_) | PoolError::TooLarge(_) => (StatusCode::BAD_REQUEST, None),
            // No `Retry-After`: the same query will not do better later.
            PoolError::Timeout(_) | PoolError::Memory(_) => (StatusCode::SERVICE_UNAVAILABLE, None),
            PoolError::Busy { retry_after } => {
                (StatusCode::SERVICE_UNAVAILABLE, Some(*retry_after))
            }
            PoolError::Quota { retry_after } | PoolError::Crowded { retry_after } => {
                (StatusCode::TOO_MANY_REQUESTS, Some(*retry_after))
            }
            PoolError::Crashed => (StatusCode::INTERNAL_SERVER_ERROR, None),
        };
        Self {
            status,
            message: error.to_string(),
            retry_after,
        }
    }
}

/// The page's scripts and styles are the server's own, and nothing else may run in it.
const POLICY: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'";

fn response(status: StatusCode, headers: &[(HeaderName, &str)], body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let common = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (VARY, "Accept"),
    ];
    for (name, value) in common.iter().chain(headers) {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// An answer; without a tag it is not to be stored.
pub(super) fn answer(content_type: &str, etag: Option<&str>, body: Body) -> Response {
    // Stored, but asked for again each time: a publication shows at once, and 304 costs no query.
    let mut headers = vec![
        (CONTENT_TYPE, content_type),
        (CACHE_CONTROL, "public, no-cache"),
    ];
    match etag {
        Some(etag) => headers.push((ETAG, etag)),
        None => headers.push((CACHE_CONTROL, "no-store")),
    }
    response(StatusCode::OK, &headers, body)
}

/// A page in `language`.
pub(super) fn page(status: StatusCode, language: &str, html: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_LANGUAGE, language),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-cache"),
        (VARY, "Accept, Accept-Language"),
    ];
    response(status, &headers, Body::from(html))
}

/// A file of the page.
pub(super) fn asset(content_type: &str, content: &'static str) -> Response {
    response(
        StatusCode::OK,
        &[
            (CONTENT_TYPE, content_type),
            (CACHE_CONTROL, "public, max-age=3600"),
        ],
        Body::from(content),
    )
}

pub(super) fn not_modified(etag: &str) -> Response {
    let headers = [(ETAG, etag), (CACHE_CONTROL, "public, no-cache")];
    response(StatusCode::NOT_MODIFIED, &headers, Body::empty())
}

pub(super) fn refuse(refusal: &Refusal) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    refusal.decorate(response(
        refusal.status,
        &headers,
        Body::from(format!("{}\n", refusal.message)),
    ))
}

/// `OPTIONS`, also a browser's question before a request from another site.
pub(super) async fn preflight(headers: HeaderMap) -> Response {
    let mut response = allowed(&headers);
    response
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST, OPTIONS"));
    response
        .headers_mut()
        .insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Whether the client has the representation `etag` already.
pub(super) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    header(headers, &IF_NONE_MATCH).is_some_and(|value| names_tag(&value, etag))
}
