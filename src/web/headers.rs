//! Headers that every answer has: CORS for reads, and what keeps browsers from harm.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::record::Base;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'; img-src 'self' https: data:";

/// What a page may load. In a trial on one machine the portal's pictures are there too.
pub(super) fn policy(base: &Base) -> HeaderValue {
    let near = base.loopback_host();
    let near = near.map_or(String::new(), |host| format!(" http://{host}:*"));
    HeaderValue::from_str(&format!("{POLICY}{near}"))
        .unwrap_or_else(|_| HeaderValue::from_static(POLICY))
}

/// The methods that a query may be sent by.
pub(super) const QUERIED: &str = "GET, HEAD, POST, QUERY, OPTIONS";

const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    ),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag, Last-Modified, Link, Location, Query-Id, Retry-After"),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    ),
];

/// Says that the answer depends on a header of the request; once is enough.
pub(super) fn vary(headers: &mut HeaderMap, on: &'static str) {
    let said = headers
        .get_all(header::VARY)
        .iter()
        .any(|value| value.as_bytes().eq_ignore_ascii_case(on.as_bytes()));
    if !said {
        headers.append(header::VARY, HeaderValue::from_static(on));
    }
}

/// Adds the headers, and answers CORS preflights.
pub(super) async fn always(
    State(policy): State<HeaderValue>,
    request: Request,
    next: Next,
) -> Response {
    // Compressed, the answer to a GET has another length than the one that is known here.
    let unknown_length =
        request.method() == Method::HEAD && request.headers().contains_key(header::ACCEPT_ENCODING);
    let mut response = if request.method() == Method::OPTIONS {
        allowed(request.headers(), request.uri().path().ends_with("/sparql"))
    } else {
        next.run(request).await
    };
    if unknown_length {
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    let policy = (header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in ALWAYS.into_iter().chain([policy]) {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// The answer to a browser that asks what a script of another site may send: whatever it wants to, since
/// everybody may read what is here, by the methods that there are. A query may be posted.
pub(super) fn allowed(asked: &HeaderMap, is_query: bool) -> Response {
    const USUAL: HeaderValue = HeaderValue::from_static(
        "Accept, Accept-Language, Content-Type, If-None-Match, If-Modified-Since",
    );
    let methods = HeaderValue::from_static(if is_query {
        QUERIED
    } else {
        "GET, HEAD, OPTIONS"
    });
    let wanted = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, methods.clone()),
        (header::ALLOW, methods),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            wanted.cloned().unwrap_or(USUAL),
        ),
        (
            header::ACCESS_CONTROL_MAX_AGE,
            HeaderValue::from_static("86400"),
        ),
        (
            header::VARY,
            HeaderValue::from_static("Access-Control-Request-Headers"),
        ),
    ] {
        headers.insert(name, value);
    }
    response
}

/// The values of a header, joined as if it had been sent once.
pub(super) fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let values: Vec<&str> = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// Sets a header; a value that is none is left out (IRIs with characters outside ASCII are encoded).
pub(super) fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
