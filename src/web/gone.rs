//! What was withdrawn: 410 for good, with its time, in RDF as well.

use axum::http::StatusCode;
use axum::response::Response;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};

use super::error::WebError;
use super::reply::rdf;
use super::representation::Representation;
use crate::graph::date_time;
use crate::rdf::vocab::{adms, dct};

/// The explanation of what was withdrawn, with its time.
pub(super) fn withdrawn(iri: &str, time: Option<i64>) -> WebError {
    let when = time.and_then(date_time);
    WebError::Gone {
        iri: iri.to_owned(),
        time: when.map(|when| when.value().to_owned()),
    }
}

/// 410 with a small description of what was here.
pub(super) fn gone(
    iri: &NamedNode,
    record: &str,
    time: Option<i64>,
    representation: Representation,
) -> Result<Response, WebError> {
    let Representation::Rdf(syntax) = representation else {
        return Err(withdrawn(iri.as_str(), time));
    };
    let mut quads = vec![Quad::new(
        iri.clone(),
        adms::STATUS,
        NamedNode::new_unchecked("http://purl.org/adms/status/Withdrawn"),
        GraphName::DefaultGraph,
    )];
    if let Some(when) = time.and_then(date_time) {
        quads.push(Quad::new(
            iri.clone(),
            dct::MODIFIED,
            when,
            GraphName::DefaultGraph,
        ));
    }
    if record != iri.as_str()
        && let Ok(record) = NamedNode::new(record)
    {
        quads.push(Quad::new(
            iri.clone(),
            dct::IS_PART_OF,
            record,
            GraphName::DefaultGraph,
        ));
    }
    quads.push(Quad::new(
        iri.clone(),
        dct::DESCRIPTION,
        Literal::new_language_tagged_literal_unchecked("no longer published by its portal", "en"),
        GraphName::DefaultGraph,
    ));
    let mut response = rdf(syntax, &quads)?;
    *response.status_mut() = StatusCode::GONE;
    Ok(response)
}
