//! `/catalog`: the dcat:Catalog with its datasets in the order of their IRIs, paged with Hydra
//! (<https://www.hydra-cg.com/spec/latest/core/>).
//!
//! Every link carries the sequence it was made at, so a harvester that follows them sees one state of
//! the catalogue whatever is published meanwhile: never a short page, never a moving sort.

mod feed;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::compression::Streamed;
use super::conditional::{Inputs, REVALIDATE};
use super::document;
use super::error::WebError;
use super::extract::{Path, Query};
use super::headers::vary;
use super::paged::{Asked, Query_, at, known_filters, understand};
use super::pages::{self, Parameters};
use super::portals;
use super::reply;
use super::representation::Representation;
use super::state::App;
use crate::ledger::{Page, Position};
use crate::rdf::syntax::Syntax;
use crate::record::Kind;

/// `/catalog`.
pub(super) async fn negotiated(
    State(app): State<Arc<App>>,
    Query(query): Query<Query_>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let representation = Representation::choose(&headers, Syntax::RdfXml)?;
    let mut response = answer(&app, query, "catalog".to_owned(), representation, headers).await?;
    vary(response.headers_mut(), "Accept");
    Ok(response)
}

/// `/catalog.{ext}`.
pub(super) async fn named(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(query): Query<Query_>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let extension = name.strip_prefix("catalog.").ok_or(WebError::NotFound)?;
    let representation = Representation::from_extension(extension).ok_or(WebError::NotFound)?;
    answer(&app, query, name, representation, headers).await
}

/// `/`: the home page, or the catalogue as RDF.
pub(super) async fn home(
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let representation = Representation::choose(&headers, Syntax::Turtle)?;
    let mut response = if representation == Representation::Html {
        let headers = headers.clone();
        app.read(move |app, reader, manifest| {
            let page = pages::home(app, reader, manifest, &parameters, &headers)?;
            let mut inputs = Inputs::default();
            page.depends(&mut inputs, manifest);
            let mut response = page.answer(&inputs.finish(), &headers);
            let asked = understand(app, Query_::default(), "catalog".to_owned())?;
            alternates(
                app,
                &asked,
                manifest.sequence,
                representation,
                response.headers_mut(),
            );
            Ok(response)
        })
        .await?
    } else {
        answer(
            &app,
            Query_::default(),
            "catalog".to_owned(),
            representation,
            headers,
        )
        .await?
    };
    vary(response.headers_mut(), "Accept");
    Ok(response)
}

async fn answer(
    app: &Arc<App>,
    query: Query_,
    name: String,
    representation: Representation,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let shared = Arc::clone(app);
    app.read(move |app, reader, manifest| {
        let mut asked = understand(app, query, name)?;
        if let Representation::Rdf(_) = representation {
            asked.filter.kinds.push(Kind::Service);
        }
        let at = at(&asked, reader, manifest)?;
        if let Some(portal) = &asked.filter.portal {
            portals::known(app, reader, portal, at)?;
        }
        known_filters(app, reader, &asked, at)?;
        let offset = (asked.page - 1).saturating_mul(asked.page_size);
        let listed = reader.page(&asked.filter, Position::Offset(offset), asked.page_size, at)?;
        if asked.page > 1 && listed.records.is_empty() {
            return Err(WebError::NotFound);
        }
        let mut inputs = Inputs::default();
        inputs.add(at.to_le_bytes());
        inputs.add(manifest.release.as_bytes());
        inputs.add(document::RELEASE);
        inputs.add(representation.extension());
        inputs.add(asked.link(app, asked.page, at));
        inputs.changed(reader.time_of(at)?);
        let mut response = if let Representation::Rdf(syntax) = representation {
            let validators = inputs.finish();
            if validators.held_by(&headers) {
                return Ok(validators.not_modified());
            }
            let feed = feed::Feed::begin(&shared, reader, &asked, &listed, at, syntax)?;
            let body = feed.into_body();
            let mut response = reply::answer(syntax.content_type(), REVALIDATE, body);
            response.extensions_mut().insert(Streamed);
            validators.write(response.headers_mut());
            response
        } else {
            let parameters = Parameters {
                lang: asked.given.lang.clone(),
            };
            let page = pages::catalogue(
                app,
                reader,
                manifest,
                &asked,
                at,
                &listed,
                &parameters,
                &headers,
            )?;
            page.depends(&mut inputs, manifest);
            page.answer(&inputs.finish(), &headers)
        };
        alternates(app, &asked, at, representation, response.headers_mut());
        page_links(app, &asked, &listed, at, response.headers_mut());
        Ok(response)
    })
    .await
}

/// Links to the other representations of the same page.
fn alternates(
    app: &App,
    asked: &Asked,
    at: u64,
    representation: Representation,
    headers: &mut HeaderMap,
) {
    for other in Representation::all().filter(|other| *other != representation) {
        let rel = match (representation, other) {
            (Representation::Html, Representation::Rdf(_)) => "describedby",
            _ => "alternate",
        };
        let name = format!("catalog.{}", other.extension());
        let target = asked.link_as(app, &name, asked.page, Some(at));
        let link = format!("<{target}>; rel=\"{rel}\"; type=\"{}\"", other.media_type());
        if let Ok(value) = HeaderValue::from_str(&link) {
            headers.append(header::LINK, value);
        }
    }
}

/// Links to the pages around this one.
fn page_links(app: &App, asked: &Asked, listed: &Page, at: u64, headers: &mut HeaderMap) {
    let last = asked.last(listed.total);
    let mut link = |page: u64, rel: &str| {
        if let Ok(value) =
            HeaderValue::from_str(&format!("<{}>; rel=\"{rel}\"", asked.link(app, page, at)))
        {
            headers.append(header::LINK, value);
        }
    };
    link(1, "first");
    if asked.page > 1 {
        link(asked.page - 1, "prev");
    }
    if asked.page < last {
        link(asked.page + 1, "next");
    }
    link(last, "last");
}
