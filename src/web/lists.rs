//! `/list/{kind}`: the records of a kind, page by page, for people.
//!
//! Programs have the catalogue, the feed and SPARQL; here are the answers to "all of them" of a page.

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
use super::representation::accept;
use super::state::App;
use crate::record::{Kind, PortalId};

const HTML: &str = "text/html";

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
    Path(kind): Path<String>,
    Query(query): Query<Query_>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let persons = kind == PERSONS;
    let kind = if persons {
        Kind::Organization
    } else {
        let Ok(kind) = Kind::from_segment(&kind) else {
            return Err(WebError::NotFound);
        };
        kind
    };
    // Programs have the catalogue, and are told that there is nothing else here.
    let offer = Offer {
        media_type: HTML,
        value: (),
    };
    negotiate(accept(&headers).as_deref(), &[offer])
        .map_err(|NotAcceptable| WebError::NotAcceptable(HTML.to_owned()))?;
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
        let page = pages::list(app, reader, manifest, &asked, &parameters, &headers)?;
        let mut inputs = Inputs::default();
        page.depends(&mut inputs, manifest);
        Ok(page.answer(&inputs.finish(), &headers))
    });
    let mut response = answered.await?;
    vary(response.headers_mut(), "Accept");
    Ok(response)
}
