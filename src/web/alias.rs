//! A record that is shown as another one: its IRI leads there (303), its RDF documents say whose it is.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};

use super::conditional::{Inputs, Validators};
use super::error::WebError;
use super::headers::insert;
use super::pages::Parameters;
use super::reply::rdf;
use super::representation::Representation;
use crate::graph::same_as;
use crate::ledger::Alias;
use crate::rdf::vocab::dct;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// The thing, by its IRI.
    Resource,
    /// A document about it, by its address.
    Document,
}

/// The answer about `iri`, which is an alias or a part of one.
pub(super) fn answer(
    iri: &NamedNode,
    alias: &Alias,
    asked: Asked,
    representation: Representation,
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Response, WebError> {
    let is_alias = iri.as_str() == alias.iri;
    let mut response = match (representation, asked) {
        (Representation::Rdf(syntax), Asked::Document) if is_alias => {
            let make = || rdf(syntax, &said(alias)?);
            return validators(alias, representation).answer(headers, make);
        }
        (Representation::Rdf(syntax), Asked::Resource) if is_alias => rdf(syntax, &said(alias)?)?,
        _ => ().into_response(),
    };
    *response.status_mut() = StatusCode::SEE_OTHER;
    let query = match representation {
        Representation::Html => parameters.query(),
        Representation::Rdf(_) => String::new(),
    };
    // A page leads to the page, the document of a part to that of what is shown in its place.
    let target = match asked {
        Asked::Resource => alias.canonical.clone(),
        Asked::Document => format!("{}.{}", alias.canonical, representation.extension()),
    };
    insert(
        response.headers_mut(),
        header::LOCATION,
        &format!("{target}{query}"),
    );
    Ok(response)
}

fn validators(alias: &Alias, representation: Representation) -> Validators {
    let mut inputs = Inputs::default();
    inputs.add(super::document::RELEASE);
    for input in [&alias.iri, &alias.canonical] {
        inputs.add(input);
    }
    inputs.add(alias.why.as_deref().unwrap_or_default());
    inputs.add(representation.extension());
    inputs.changed(alias.time);
    inputs.finish()
}

/// Whose it is, and why.
fn said(alias: &Alias) -> Result<Vec<Quad>, WebError> {
    let same = same_as(alias).ok_or(WebError::NotFound)?;
    let why = match &alias.why {
        Some(why) => format!("the same as <{}>: both are <{why}>", alias.canonical),
        None => format!(
            "the same as <{}>: the operator of this catalogue says so",
            alias.canonical
        ),
    };
    let explained = Quad::new(
        same.subject.clone(),
        dct::DESCRIPTION,
        Literal::new_language_tagged_literal_unchecked(why, "en"),
        GraphName::DefaultGraph,
    );
    Ok(vec![same, explained])
}
