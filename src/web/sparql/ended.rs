//! How queries ended: `/sparql/log/{id}` for who asked, and for the administrator those that run, those
//! that took long, and a way to end one.
//!
//! An answer that breaks off after its first byte can only be aborted; why is said here. Nobody's address
//! is kept.

use std::sync::Arc;
use std::time::SystemTime;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::web::error::WebError;
use crate::web::extract::Path;
use crate::web::reply;
use crate::web::state::App;
use crate::web::workers::{Ended, How, Pool, Standing, Ticket};

/// What is told of a query.
#[derive(Serialize)]
struct Told {
    id: String,
    /// The query, for the administrator alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    state: &'static str,
    /// When it was asked.
    arrived: String,
    /// Seconds that a worker has had it.
    seconds: f64,
    /// The sequence of the catalogue that answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// What the administrator sees.
#[derive(Serialize)]
struct Overview {
    running: Vec<Told>,
    slowest: Vec<TookLong>,
}

/// A query that took long.
#[derive(Serialize)]
struct TookLong {
    query: String,
    state: &'static str,
    arrived: String,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// `/sparql/log/{id}`: how a query ended, or that it has not.
pub(in crate::web) async fn ended(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let ticket = pool(&app)?.log().get(&id).ok_or(WebError::NotFound)?;
    json(&told(&ticket, None))
}

/// `/admin/queries`: what runs, and what took long.
pub(in crate::web) async fn running(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    app.admin.require(&headers)?;
    let pool = pool(&app)?;
    let open = pool.log().open_ones().into_iter();
    let slowest = pool.log().slowest().into_iter().map(|one| TookLong {
        state: state(&one.how),
        message: message(&one.how),
        query: one.query,
        arrived: time(one.arrived),
        seconds: one.evaluated.as_secs_f64(),
    });
    json(&Overview {
        running: open
            .map(|(ticket, text)| told(&ticket, Some(text)))
            .collect(),
        slowest: slowest.collect(),
    })
}

/// `DELETE /admin/queries/{id}`: ends a query.
pub(in crate::web) async fn kill(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    app.admin.require(&headers)?;
    let ticket = pool(&app)?.log().get(&id).ok_or(WebError::NotFound)?;
    ticket.kill();
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn pool(app: &App) -> Result<Pool, WebError> {
    app.pool().ok_or(WebError::Unpublished)
}

fn json<T: Serialize>(what: &T) -> Result<Response, WebError> {
    let body = serde_json::to_vec(what).map_err(WebError::internal)?;
    Ok(reply::answer("application/json", "no-store", body))
}

fn told(ticket: &Ticket, query: Option<String>) -> Told {
    let Standing {
        arrived,
        sequence,
        is_running,
        evaluated,
        ended,
    } = ticket.standing();
    let unended = if is_running { "running" } else { "waiting" };
    let how = ended.as_ref().map(|ended| &ended.how);
    Told {
        id: ticket.id().to_owned(),
        query,
        state: how.map_or(unended, state),
        arrived: time(arrived),
        seconds: evaluated.as_secs_f64(),
        sequence,
        message: how.and_then(message),
        rows: ended.as_ref().and_then(|Ended { rows, .. }| *rows),
        bytes: ended.as_ref().and_then(|Ended { bytes, .. }| *bytes),
    }
}

fn state(how: &How) -> &'static str {
    match how {
        How::Complete => "complete",
        How::Cut => "cut",
        How::Failed(_) | How::Broken(_) => "failed",
        How::Left => "left",
    }
}

fn message(how: &How) -> Option<String> {
    match how {
        How::Complete => None,
        How::Cut => Some("only the first rows were asked for".to_owned()),
        How::Failed(error) => Some(error.to_string()),
        How::Broken(reason) => Some(reason.clone()),
        How::Left => Some("who asked did not wait for the end".to_owned()),
    }
}

fn time(at: SystemTime) -> String {
    DateTime::<Utc>::from(at).to_rfc3339_opts(SecondsFormat::Millis, true)
}
