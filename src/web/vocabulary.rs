//! `/vocabulary/metric`, `/vocabulary/dimension` and `/vocabulary/harvest`: the terms that Moisson defines under its base.
//!
//! They are hash IRIs, so the document is the answer itself, without a redirect
//! (<https://www.w3.org/TR/cooluris/#hashuri>).

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use oxigraph::model::{GraphName, Triple};

use super::conditional::Inputs;
use super::error::WebError;
use super::extract::{Path, Query};
use super::headers::vary;
use super::pages::{self, Parameters};
use super::reply::rdf;
use super::representation::Representation;
use super::state::App;
use crate::dcat::quality::metrics;
use crate::graph::provenance;

/// `/vocabulary/{name}`, with or without an extension.
pub(super) async fn terms(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let (name, extension) = match name.split_once('.') {
        Some((name, extension)) => (name, Some(extension)),
        None => (name.as_str(), None),
    };
    let representation = Representation::asked(extension, &headers)?;
    let path = format!("vocabulary/{name}");
    let triples = about(&app, &path);
    if triples.is_empty() {
        return Err(WebError::NotFound);
    }
    let mut inputs = Inputs::default();
    inputs.add(representation.extension());
    for triple in &triples {
        inputs.add(triple.to_string());
    }
    let mut response = if let Representation::Rdf(syntax) = representation {
        let quads = triples.into_iter();
        let quads = quads.map(|triple| triple.in_graph(GraphName::DefaultGraph));
        let quads: Vec<_> = quads.collect();
        inputs.finish().answer(&headers, || rdf(syntax, &quads))?
    } else {
        let page = pages::terms(&app, &path, &triples, &parameters, &headers)?;
        inputs.add(&page.body);
        page.answer(&inputs.finish(), &headers)
    };
    if extension.is_none() {
        vary(response.headers_mut(), "Accept");
    }
    Ok(response)
}

/// The terms whose IRIs are fragments of `path`.
fn about(app: &App, path: &str) -> Vec<Triple> {
    let prefix = format!("<{}{path}#", app.config.base_uri);
    let base = &app.config.base_uri;
    let mut triples = metrics(base);
    triples.extend(provenance::terms(base));
    triples.retain(|triple| triple.subject.to_string().starts_with(&prefix));
    triples
}
