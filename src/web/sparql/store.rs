//! `/graph-store`: whole graphs by the SPARQL 1.1 Graph Store HTTP Protocol
//! (<https://www.w3.org/TR/sparql11-http-rdf-update/>), for reading.
//!
//! Each is asked for as a query is, with the same limits, syntaxes and entity tags.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use url::form_urlencoded;

use super::request::Protocol;
use super::{Asked, answered};
use crate::graph::named::PUBLIC;
use crate::web::error::WebError;
use crate::web::state::App;

/// `/graph-store?default`, `/graph-store?graph=IRI`.
pub(in crate::web) async fn graph(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<Response, WebError> {
    let asked = Asked::new(&app, &request);
    let mut graphs = Vec::new();
    let mut format = None;
    let query = request.uri().query().unwrap_or_default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "default" if value.is_empty() => graphs.push(None),
            "graph" => graphs.push(Some(value.into_owned())),
            "format" | "output" => format = Some(value.into_owned()),
            _ => {}
        }
    }
    let [graph] = graphs.as_slice() else {
        let message = "a graph is asked for by `?default` or by one `?graph=` with its IRI";
        return Err(WebError::Protocol(message.to_owned()));
    };
    let pattern = match graph {
        None => "{ ?s ?p ?o }".to_owned(),
        Some(iri) => {
            let base = &app.config.base_uri;
            let mut known = PUBLIC.iter().map(|graph| base.graph(graph.name));
            let known = known.find(|known| known.as_str() == iri.as_str());
            let known = known.ok_or(WebError::NotFound)?;
            format!("{{ GRAPH {known} {{ ?s ?p ?o }} }}")
        }
    };
    let protocol = Protocol {
        query: format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}"),
        format,
        ..Protocol::default()
    };
    answered(&app, &asked, protocol).await
}

/// Other methods: the graphs are made of the ledger, and nobody changes them here.
pub(in crate::web) async fn unchangeable() -> WebError {
    WebError::Method("GET, HEAD, OPTIONS")
}
