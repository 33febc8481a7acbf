//! Addresses with slashes too many lead to the one without (308), so that a slash typed or added on the
//! way is no broken link.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::record::Base;

/// Leads to the address without extra slashes.
pub(super) async fn tidy(State(base): State<Base>, request: Request, next: Next) -> Response {
    let Some(path) = tidied(request.uri().path(), base.folder()) else {
        return next.run(request).await;
    };
    let query = request.uri().query();
    let target = query.map_or(path.clone(), |query| format!("{path}?{query}"));
    match HeaderValue::from_str(&target) {
        Ok(target) => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response()
        }
        Err(_) => next.run(request).await,
    }
}

/// The path without repeated slashes and without one at its end; none where it has neither.
fn tidied(path: &str, folder: &str) -> Option<String> {
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let joined = segments.join("/");
    // A browser reads a backslash as a slash, and two of them as the beginning of a host's name.
    let mut tidy = format!("/{}", joined.trim_start_matches(['/', '\\']));
    // The base itself ends in one.
    if folder.strip_suffix('/') == Some(tidy.as_str()) && path.ends_with('/') {
        tidy.push('/');
    }
    (tidy != path).then_some(tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_extra_slashes_are_taken_away() {
        for (path, folder, expected) in [
            ("/", "/", None),
            ("//", "/", Some("/")),
            ("/a/b", "/", None),
            ("/a/b/", "/", Some("/a/b")),
            ("/a//b", "/", Some("/a/b")),
            ("//evil.example/", "/", Some("/evil.example")),
            ("/\\evil.example/", "/", Some("/evil.example")),
            ("/\\evil.example", "/", Some("/evil.example")),
            ("//\\/\\evil.example//", "/", Some("/evil.example")),
            ("/\\", "/", Some("/")),
            ("/a/\\b", "/", None),
            ("/data", "/data/", None),
            ("/data/", "/data/", None),
            ("/data//", "/data/", Some("/data/")),
            ("/data/a/", "/data/", Some("/data/a")),
            ("/a%2F/b", "/", None),
        ] {
            assert_eq!(tidied(path, folder).as_deref(), expected, "{path}");
        }
    }
}
