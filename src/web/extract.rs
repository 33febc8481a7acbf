//! Path and query of a request. What cannot be understood is explained like every other error, in words
//! or on a page, rather than by axum's own answer.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::error::WebError;

/// The segments of the path.
pub(super) struct Path<T>(pub(super) T);

/// The parameters of the query.
pub(super) struct Query<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let found = axum::extract::Path::from_request_parts(parts, state).await;
        found
            .map(|axum::extract::Path(segments)| Self(segments))
            .map_err(|refused| WebError::BadRequest(refused.body_text()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let found = axum::extract::Query::from_request_parts(parts, state).await;
        found
            .map(|axum::extract::Query(parameters)| Self(parameters))
            .map_err(|refused| WebError::BadRequest(said(&refused.body_text())))
    }
}

/// What is wrong with a parameter, in the words of these pages and not of the library that found it.
fn said(refusal: &str) -> String {
    let what = refusal
        .split_once("query string: ")
        .map_or(refusal, |(_, what)| what);
    if let Some((name, rest)) = what
        .split_once("unknown field `")
        .and_then(|(_, rest)| rest.split_once('`'))
    {
        let known = rest
            .trim_start_matches(", expected one of ")
            .trim_start_matches(", expected ");
        return format!("there is no parameter `{name}` here; there are {known}");
    }
    if let Some((_, name)) = what.split_once("duplicate field ") {
        return format!("{name} is given twice");
    }
    let Some((name, why)) = what.split_once(": ") else {
        return what.to_owned();
    };
    let must = if why.contains("`true` or `false`") {
        "must be true or false"
    } else if why.contains("too large") {
        "is too large a number"
    } else if why.contains("digit") || why.contains("integer") {
        "must be a whole number"
    } else {
        return what.to_owned();
    };
    format!("`{name}` {must}")
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what is refused matters")]
    struct Asked {
        page: Option<u64>,
        hvd: Option<bool>,
    }

    #[tokio::test]
    async fn what_is_wrong_with_a_parameter_is_said_in_words_of_our_own() {
        for (query, expected) in [
            ("hvd=yes", "`hvd` must be true or false"),
            ("page=x", "`page` must be a whole number"),
            ("page=", "`page` must be a whole number"),
            ("page=-1", "`page` must be a whole number"),
            ("page=99999999999999999999", "`page` is too large a number"),
            ("page=1&page=2", "`page` is given twice"),
            (
                "pages=1",
                "there is no parameter `pages` here; there are `page` or `hvd`",
            ),
        ] {
            let request = Request::get(format!("/?{query}")).body(()).unwrap();
            let (mut parts, ()) = request.into_parts();
            let refused = Query::<Asked>::from_request_parts(&mut parts, &()).await;
            let Err(WebError::BadRequest(message)) = refused.map(|_| ()) else {
                panic!("{query} is taken");
            };
            assert_eq!(message, expected);
        }
    }
}
