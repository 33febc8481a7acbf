//! What answers are made of: a body with its type, and how long caches may keep it; documents in RDF.

use axum::body::Body;
use axum::http::header;
use axum::response::Response;
use oxigraph::model::Quad;

use super::conditional::REVALIDATE;
use super::error::WebError;
use super::headers::{insert, vary};
use super::html::Language;
use crate::rdf::syntax::Syntax;
use crate::rdf::write;

/// An answer: its `Content-Type`, its `Cache-Control`, its body.
pub(super) fn answer(content_type: &str, cache: &str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    insert(response.headers_mut(), header::CONTENT_TYPE, content_type);
    insert(response.headers_mut(), header::CACHE_CONTROL, cache);
    response
}

/// A page for people.
pub(super) fn page(language: Language, cache: &str, html: String) -> Response {
    let mut response = answer("text/html; charset=utf-8", cache, html);
    let headers = response.headers_mut();
    insert(headers, header::CONTENT_LANGUAGE, language.tag());
    vary(headers, "Accept-Language");
    response
}

/// A document in an RDF syntax.
pub(super) fn rdf(syntax: Syntax, quads: &[Quad]) -> Result<Response, WebError> {
    let is_named = |quad: &Quad| !quad.graph_name.is_default_graph();
    let body = if syntax.has_graphs() || !quads.iter().any(is_named) {
        write::document(syntax, quads)
    } else {
        let plain: Vec<Quad> = quads
            .iter()
            .filter(|quad| !is_named(quad))
            .cloned()
            .collect();
        write::document(syntax, &plain)
    };
    let body = body.map_err(WebError::internal)?;
    Ok(answer(syntax.content_type(), REVALIDATE, body))
}
