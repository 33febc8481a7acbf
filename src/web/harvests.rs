//! `/status`, `/harvest/{portal}` and `/harvest/{portal}/{run}`: how portals stand and what harvests did.
//!
//! They show runs as they are, also one in progress or one that changed nothing and was not published:
//! nothing of what they say is part of a publication. For programs there is JSON beside RDF.

mod account;

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use super::conditional::{Inputs, REVALIDATE};
use super::error::WebError;
use super::extract::{Path, Query};
use super::headers::vary;
use super::negotiate::{NotAcceptable, Offer, names, negotiate};
use super::pages::{self, HARVEST_RECORDS, Parameters};
use super::reply::{self, rdf};
use super::representation::{Representation, accept};
use super::state::App;
use crate::graph::provenance;
use crate::ledger::{Mode, PortalStatus, Reader, RunRow};
use crate::publish::Manifest;
use crate::record::PortalId;

/// Harvests listed.
const RUNS: u32 = 100;

const JSON: &str = "application/json";

/// The status as JSON.
#[derive(Serialize)]
struct Status {
    sequence: u64,
    published: Manifest,
    portals: Vec<PortalStatus>,
}

/// `/status`: for people, or for programs that ask for JSON.
pub(super) async fn status(
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let mut response = if wants_json(&headers)? {
        status_json(State(app), headers).await?
    } else {
        app.read(move |app, reader, manifest| {
            let portals = statuses(app, reader)?;
            let page = pages::status(app, manifest, &portals, &parameters, &headers)?;
            Ok(answer(page, &headers))
        })
        .await?
    };
    vary(response.headers_mut(), "Accept");
    Ok(response)
}

/// `/status.json`.
pub(super) async fn status_json(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    app.read(move |app, reader, manifest| {
        let status = Status {
            sequence: reader.sequence()?,
            published: manifest.clone(),
            portals: statuses(app, reader)?,
        };
        json(&status, &headers)
    })
    .await
}

fn statuses(app: &App, reader: &Reader) -> Result<Vec<PortalStatus>, WebError> {
    let configured = app.config.portals.iter().map(|portal| portal.id.clone());
    let mut portals: Vec<PortalId> = configured.collect();
    let held = reader.held_portals()?.into_iter();
    portals.extend(held.filter(|one| app.config.portal(one.as_str()).is_none()));
    Ok(portals
        .iter()
        .map(|portal| reader.portal_status(portal))
        .collect::<Result<_, _>>()?)
}

/// `/harvest/{portal}`, with or without `.html` or `.json`: the last harvests of a portal.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let (name, extension) = divided(&name);
    let as_json = match extension {
        None => wants_json(&headers)?,
        Some("json") => true,
        Some("html") => false,
        Some(_) => return Err(WebError::NotFound),
    };
    let negotiated = extension.is_none();
    let portal = named(name)?;
    let mut response = app
        .read(move |app, reader, manifest| {
            let runs: Vec<RunRow> = reader.runs(Some(&portal), RUNS)?;
            if runs.is_empty() && app.config.portal(portal.as_str()).is_none() {
                return Err(WebError::NotFound);
            }
            if as_json {
                return json(&runs, &headers);
            }
            let found = (&*runs, reader.unmapped(&portal)?);
            let page = pages::harvests(app, manifest, &portal, found, &parameters, &headers)?;
            Ok(answer(page, &headers))
        })
        .await?;
    if negotiated {
        vary(response.headers_mut(), "Accept");
    }
    Ok(response)
}

/// `/harvest/{portal}/{run}`, with or without an extension: one harvest.
pub(super) async fn one(
    State(app): State<Arc<App>>,
    Path((portal, name)): Path<(String, String)>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let (number, extension) = divided(&name);
    let Ok(number) = number.parse::<i64>() else {
        return Err(WebError::NotFound);
    };
    let portal = named(&portal)?;
    let as_json = extension == Some("json") || (extension.is_none() && names_json(&headers));
    let representation = if as_json {
        None
    } else {
        Some(Representation::asked(extension, &headers)?)
    };
    let negotiated = extension.is_none();
    let shared = Arc::clone(&app);
    let mut response = app
        .read(move |app, reader, manifest| {
            let run = reader.run(&portal, number)?.ok_or(WebError::NotFound)?;
            if !matches!(run.mode, Mode::Full | Mode::Incremental) {
                return Err(WebError::NotFound);
            }
            let base = &app.config.base_uri;
            match representation {
                None => account::answer(&shared, reader, &portal, &run, &headers),
                Some(Representation::Rdf(syntax)) => {
                    let mut inputs = Inputs::default();
                    inputs.add(syntax.extension());
                    inputs.add(format!("{run:?}"));
                    inputs.changed(Some(run.ended.unwrap_or(run.started)));
                    let make = || rdf(syntax, &provenance::document(base, &run));
                    inputs.finish().answer(&headers, make)
                }
                Some(Representation::Html) => {
                    let fates = reader.run_records(run.id, HARVEST_RECORDS + 1)?;
                    let page =
                        pages::harvest(app, reader, manifest, &run, &fates, &parameters, &headers)?;
                    Ok(answer(page, &headers))
                }
            }
        })
        .await?;
    if negotiated {
        vary(response.headers_mut(), "Accept");
    }
    Ok(response)
}

/// A name, and the extension after its dot.
fn divided(name: &str) -> (&str, Option<&str>) {
    match name.split_once('.') {
        Some((name, extension)) => (name, Some(extension)),
        None => (name, None),
    }
}

/// The portal of that name, which the configuration may have had once: its harvests are remembered.
fn named(name: &str) -> Result<PortalId, WebError> {
    let portal = PortalId::new(name).ok().filter(|_| name != "_");
    portal.ok_or(WebError::NotFound)
}

/// Whether a client of what is HTML or JSON likes JSON better.
fn wants_json(headers: &HeaderMap) -> Result<bool, WebError> {
    let offers =
        [("text/html", false), (JSON, true)].map(|(media_type, value)| Offer { media_type, value });
    negotiate(accept(headers).as_deref(), &offers)
        .map_err(|NotAcceptable| WebError::NotAcceptable(format!("text/html, {JSON}")))
}

/// Whether a client names JSON, and not HTML.
fn names_json(headers: &HeaderMap) -> bool {
    let accept = accept(headers);
    names(accept.as_deref(), JSON) && !names(accept.as_deref(), "text/html")
}

fn answer(page: pages::Rendered, headers: &HeaderMap) -> Response {
    let mut inputs = Inputs::default();
    inputs.add(&page.body);
    page.answer(&inputs.finish(), headers)
}

pub(super) fn json(value: &impl Serialize, headers: &HeaderMap) -> Result<Response, WebError> {
    let body = serde_json::to_string_pretty(value).map_err(WebError::internal)?;
    let mut inputs = Inputs::default();
    inputs.add(&body);
    let make = || Ok(reply::answer(JSON, REVALIDATE, body));
    inputs.finish().answer(headers, make)
}
