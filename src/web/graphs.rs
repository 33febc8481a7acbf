//! `/graph/{name}`: what a named graph of the endpoint holds, and how it is asked.
//!
//! The graph is what the endpoint answers from; here is its description, in the terms of the SPARQL
//! service description and of `VoID`. The graph that says how far a store has come is none of them.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use oxigraph::model::{GraphName, Literal, NamedNodeRef, Quad, Term};

use super::conditional::Inputs;
use super::error::WebError;
use super::extract::{Path, Query};
use super::headers::vary;
use super::pages::{self, Parameters};
use super::reply::rdf;
use super::representation::Representation;
use super::sparql::graph_quads;
use super::state::App;
use crate::graph::named::{NamedGraph, named, triples};
use crate::rdf::vocab::{rdf as rdfns, sd, void, xsd};
use crate::record::Base;

/// `/graph/{name}`, with or without an extension.
pub(super) async fn graph(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let (name, extension) = match name.split_once('.') {
        Some((name, extension)) => (name, Some(extension)),
        None => (name.as_str(), None),
    };
    let graph = named(name).ok_or(WebError::NotFound)?;
    let representation = Representation::asked(extension, &headers)?;
    let negotiated = extension.is_none();
    let mut response = app
        .read(move |app, _, manifest| {
            let current = app.current().ok_or(WebError::Unpublished)?;
            let iri = app.config.base_uri.graph(graph.name);
            let count = triples(&current.graph(), &iri);
            let count = count.map_err(WebError::internal)?;
            let mut inputs = Inputs::default();
            inputs.add(representation.extension());
            inputs.changed(Some(manifest.time));
            let Representation::Rdf(syntax) = representation else {
                let page = pages::graph(app, manifest, graph, count, &parameters, &headers)?;
                inputs.add(&page.body);
                return Ok(page.answer(&inputs.finish(), &headers));
            };
            let quads = described(&app.config.base_uri, graph, count);
            for quad in &quads {
                inputs.add(quad.to_string());
            }
            inputs.finish().answer(&headers, || rdf(syntax, &quads))
        })
        .await?;
    if negotiated {
        vary(response.headers_mut(), "Accept");
    }
    Ok(response)
}

/// What a document says of a graph.
fn described(base: &Base, graph: &NamedGraph, count: Option<u64>) -> Vec<Quad> {
    let iri = base.graph(graph.name);
    let mut quads = graph_quads(base, graph);
    let mut say = |property: NamedNodeRef<'static>, value: Term| {
        let graph = GraphName::DefaultGraph;
        quads.push(Quad::new(iri.clone(), property, value, graph));
    };
    say(rdfns::TYPE, sd::GRAPH_CLASS.into());
    say(rdfns::TYPE, void::DATASET.into());
    say(void::SPARQL_ENDPOINT, base.iri("sparql").into());
    if let Some(count) = count {
        let count = Literal::new_typed_literal(count.to_string(), xsd::INTEGER);
        say(void::TRIPLES, count.into());
    }
    quads.push(Quad::new(
        base.iri("sparql#dataset"),
        sd::NAMED_GRAPH,
        iri,
        GraphName::DefaultGraph,
    ));
    quads
}
