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
        let target = found(reader, &uri, manifest.sequence)?;
        let mut response = StatusCode::SEE_OTHER.into_response();
        let target = format!("{target}{query}");
        insert(response.headers_mut(), header::LOCATION, &target);
        Ok(response)
    })
    .await
}

/// What an IRI names, or else what those name that differ from it by `https` alone, by `www.`, or by a slash at
/// the end: portals and whoever copies their addresses take them for the same.
fn found(reader: &Reader, uri: &str, at: u64) -> Result<String, WebError> {
    for name in std::iter::once(uri.to_owned()).chain(variants(uri)) {
        match find(reader, &name, at) {
            Err(WebError::NotFound) => {}
            known => return known,
        }
    }
    Err(WebError::NotFound)
}

/// The same web address in its other scheme, with `www.` and a slash at the end more or less: the nearest
/// first.
fn variants(uri: &str) -> Vec<String> {
    let (rest, scheme, other) = match (uri.strip_prefix("http://"), uri.strip_prefix("https://")) {
        (Some(rest), _) => (rest, "http://", "https://"),
        (_, Some(rest)) => (rest, "https://", "http://"),
        _ => return Vec::new(),
    };
    // A slash behind `?` or `#` is none of the path's.
    let turned = if rest.contains(['?', '#']) {
        None
    } else {
        Some(match rest.strip_suffix('/') {
            Some(bare) => bare.to_owned(),
            None => format!("{rest}/"),
        })
    };
    let ends = || std::iter::once(rest).chain(turned.as_deref());
    let with_www = |rest: &str| match rest.strip_prefix("www.") {
        Some(bare) => bare.to_owned(),
        None => format!("www.{rest}"),
    };
    let mut rests: Vec<String> = ends().map(str::to_owned).collect();
    rests.extend(ends().map(with_www));
    let all = rests
        .iter()
        .flat_map(|rest| [format!("{scheme}{rest}"), format!("{other}{rest}")]);
    all.skip(1).collect()
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

#[cfg(test)]
mod tests {
    use super::variants;

    #[test]
    fn web_addresses_have_another_scheme_and_a_slash_more_or_less() {
        assert_eq!(
            variants("http://e.org/a"),
            [
                "https://e.org/a",
                "http://e.org/a/",
                "https://e.org/a/",
                "http://www.e.org/a",
                "https://www.e.org/a",
                "http://www.e.org/a/",
                "https://www.e.org/a/",
            ]
        );
        assert_eq!(
            variants("https://www.e.org/?a=b/"),
            [
                "http://www.e.org/?a=b/",
                "https://e.org/?a=b/",
                "http://e.org/?a=b/",
            ]
        );
        assert!(variants("urn:uuid:1/").is_empty());
    }
}
