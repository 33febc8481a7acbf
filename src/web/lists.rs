//! `/list/{kind}`: the records of a kind, page by page: the answers to "all of them" of a page.
//!
//! People get a page, programs the same pages as a Hydra collection or as JSON ([`machine`]).

mod machine;

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

use super::conditional::Inputs;
use super::error::WebError;
use super::extract::{Path, Query};
use super::headers::vary;
use super::negotiate::{NotAcceptable, Offer, negotiate};
use super::pages::{self, ListAsked, Parameters};
use super::portals;
use super::representation::{Representation, accept};
use super::state::App;
use crate::rdf::syntax::Syntax;
use crate::record::{Kind, PortalId};

const JSON: &str = "application/json";

/// What a list is given as.
#[derive(Debug, Clone, Copy)]
enum Form {
    Document(Representation),
    Json,
}

impl Form {
    /// The one that an address names by its extension, else the one that fits `Accept`: HTML where that
    /// says nothing.
    fn asked(extension: Option<&str>, headers: &HeaderMap) -> Result<Self, WebError> {
        match extension {
            Some("json") => return Ok(Self::Json),
            Some(extension) => {
                let form = Representation::from_extension(extension).map(Self::Document);
                return form.ok_or(WebError::NotFound);
            }
            None => {}
        }
        let html = Self::Document(Representation::Html);
        let syntaxes = Syntax::media_types()
            .map(|(media_type, syntax)| (media_type, Self::Document(Representation::Rdf(syntax))));
        let offers: Vec<_> = [("text/html", html), (JSON, Self::Json)]
            .into_iter()
            .chain(syntaxes)
            .map(|(media_type, value)| Offer { media_type, value })
            .collect();
        negotiate(accept(headers).as_deref(), &offers).map_err(|NotAcceptable| {
            let list: Vec<_> = offers.iter().map(|offer| offer.media_type).collect();
            WebError::NotAcceptable(list.join(", "))
        })
    }
}

/// The list of the agents that are persons, who are no organizations.
const PERSONS: &str = "person";

/// The parameters of `/list/{kind}`; unknown ones are refused, as those of `/catalog` are.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Query_ {
    page: Option<u64>,
    about: Option<String>,
    of: Option<String>,
    publisher: Option<String>,
    uses: Option<String>,
    portal: Option<String>,
    lang: Option<String>,
}

/// A page of a list.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(query): Query<Query_>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let (kind, extension) = match name.split_once('.') {
        Some((kind, extension)) => (kind, Some(extension)),
        None => (name.as_str(), None),
    };
    let persons = kind == PERSONS;
    let kind = if persons {
        Kind::Organization
    } else {
        let Ok(kind) = Kind::from_segment(kind) else {
            return Err(WebError::NotFound);
        };
        kind
    };
    let form = Form::asked(extension, &headers)?;
    let negotiated = extension.is_none();
    let portal = query.portal.as_deref().map(PortalId::new).transpose();
    let asked = ListAsked {
        kind,
        persons,
        page: query.page.unwrap_or(1).max(1),
        about: query.about,
        of: query.of,
        publisher: query.publisher,
        uses: query.uses,
        portal: portal.map_err(|error| WebError::BadRequest(error.to_string()))?,
    };
    let parameters = Parameters { lang: query.lang };
    let answered = app.read(move |app, reader, manifest| {
        if let Some(portal) = &asked.portal {
            portals::known(app, reader, portal, manifest.sequence)?;
        }
        match form {
            Form::Document(Representation::Html) => {
                let page = pages::list(app, reader, manifest, &asked, &parameters, &headers)?;
                let mut inputs = Inputs::default();
                page.depends(&mut inputs, manifest);
                Ok(page.answer(&inputs.finish(), &headers))
            }
            Form::Document(Representation::Rdf(syntax)) => {
                machine::rdf(app, reader, manifest, &asked, syntax, &headers)
            }
            Form::Json => machine::json(app, reader, manifest, &asked, &headers),
        }
    });
    let mut response = answered.await?;
    if negotiated {
        vary(response.headers_mut(), "Accept");
    }
    Ok(response)
}
