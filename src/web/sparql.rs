//! `/sparql`: the SPARQL 1.1 Protocol (<https://www.w3.org/TR/sparql11-protocol/>), queries only.
//!
//! Nothing is parsed or evaluated in this process: a query goes to the [pool](super::workers), and its
//! answer is passed on as it comes. Without a query, RDF clients get the service description and
//! browsers a page.
//!
//! | what happened | status |
//! |---|---|
//! | the query or the request is wrong, an update, SERVICE; more rows or bytes than allowed, seen before the first byte | 400 |
//! | no syntax on offer is acceptable, unknown type of body, body over 1 MiB | 406, 415, 413 |
//! | the client has used its query time, or has too many queries waiting | 429 with `Retry-After` |
//! | too many queries wait | 503 with `Retry-After` |
//! | time or memory limit before the first byte | 503 |
//! | any of these after the first byte | the connection is aborted |

mod describe;
mod format;
mod page;
mod reply;
mod request;
mod undeclared;

use std::net::{IpAddr, SocketAddr};

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRef, Request, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::get;
use sha2::{Digest as _, Sha256};

use super::compression::Streamed;
use super::html::Fragment;
use super::negotiate::language;
use super::workers::{self, Lane, Pool};
use crate::graph::query::{Form, FormError, Overflow, ResultsSyntax, form};
use crate::rdf::syntax::Syntax;
use crate::rdf::write::document;
use crate::record::Base;
use format::Wanted;
use reply::Refusal;
use request::Protocol;

/// What the endpoint needs.
#[derive(Clone)]
pub struct SparqlState {
    /// Who answers.
    pub pool: Pool,
    /// Where the server is, as its IRIs have it.
    pub base: Base,
    /// The languages of the pages, the default first.
    pub languages: Vec<String>,
    /// What surrounds its page.
    pub frame: Frame,
}

pub(super) use describe::graph_quads;

/// Puts the content of a page into the site's frame: the language, the title, the content.
pub type Frame = Arc<dyn Fn(&str, &str, &Fragment) -> Result<String, askama::Error> + Send + Sync>;

/// The address of the client, put into a request's extensions by whoever knows which proxies to trust.
/// Without it, the address that the connection comes from counts.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

/// The routes of the endpoint.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SparqlState: FromRef<S>,
{
    Router::new()
        .route(
            "/sparql",
            get(endpoint).post(endpoint).options(reply::preflight),
        )
        .route("/sparql/page.css", get(page::style))
        .route("/sparql/page.js", get(page::script))
}

/// Rows shown on the page.
const PAGE_ROWS: u64 = 500;

/// Bytes of an answer that the page shows.
const PAGE_BYTES: usize = 4 << 20;

async fn endpoint(State(state): State<SparqlState>, request: Request) -> Response {
    let asked = Asked::new(&state, &request);
    let answer = match request::read(request).await {
        Ok(Some(protocol)) => asked.query(&state, protocol).await,
        Ok(None) => asked.nothing(&state),
        Err(refusal) => Err(refusal),
    };
    answer.unwrap_or_else(|refusal| reply::refuse(&refusal))
}

/// What the headers say.
struct Asked {
    method: Method,
    headers: HeaderMap,
    accept: Option<String>,
    language: String,
    client: Option<IpAddr>,
}

impl Asked {
    fn new(state: &SparqlState, request: &Request) -> Self {
        let headers = request.headers().clone();
        let extensions = request.extensions();
        let client = extensions.get::<ClientAddress>().map(|client| client.0);
        let connection = || {
            extensions
                .get::<ConnectInfo<SocketAddr>>()
                .map(|info| info.0.ip())
        };
        let wanted = request::header(&headers, &ACCEPT_LANGUAGE);
        let position = language(wanted.as_deref(), &state.languages);
        Self {
            method: request.method().clone(),
            accept: request::header(&headers, &ACCEPT),
            language: state
                .languages
                .get(position)
                .cloned()
                .unwrap_or_else(|| "en".to_owned()),
            client: client.or_else(connection),
            headers,
        }
    }

    /// The service description, or the page without a query.
    fn nothing(&self, state: &SparqlState) -> Result<Response, Refusal> {
        if self.method == Method::POST {
            return Err(Refusal::bad("the request has no query"));
        }
        match format::description(self.accept.as_deref())? {
            None => Ok(reply::page(
                StatusCode::OK,
                &self.language,
                page::Page::empty(&self.language).html(&state.frame, &self.language)?,
            )),
            Some(syntax) => {
                let bytes = document(syntax, &describe::quads(&state.base))
                    .map_err(|_impossible| Refusal::internal())?;
                let etag = etag(&[&bytes]);
                if reply::is_known(&self.headers, &etag) {
                    return Ok(reply::not_modified(&etag));
                }
                Ok(reply::answer(
                    syntax.content_type(),
                    Some(&etag),
                    Body::from(bytes),
                ))
            }
        }
    }

    async fn query(&self, state: &SparqlState, protocol: Protocol) -> Result<Response, Refusal> {
        let form = match form(&protocol.query) {
            Ok(form) => form,
            Err(error @ (FormError::Update | FormError::Nested(_))) => {
                return Err(Refusal::bad(&error.to_string()));
            }
            // The worker will say where the syntax is wrong.
            Err(FormError::Unknown) => Form::Select,
        };
        let wanted = format::wanted(self.accept.as_deref(), protocol.format.as_deref(), form)?;
        let etag = answer_tag(state.pool.sequence(), &protocol, wanted);
        if let Some(etag) = &etag
            && reply::is_known(&self.headers, etag)
        {
            return Ok(reply::not_modified(etag));
        }
        let (format, rows) = match wanted {
            Wanted::Format(format) => (format, None),
            Wanted::Page if format::has_rows(form) => {
                (ResultsSyntax::Json.into(), Some((PAGE_ROWS, Overflow::Cut)))
            }
            Wanted::Page => (Syntax::Turtle.into(), Some((PAGE_ROWS, Overflow::Cut))),
        };
        let request = workers::Request {
            query: protocol.query.clone(),
            base: state.base.iri("sparql").into_string(),
            default_graphs: protocol.default_graphs.clone(),
            named_graphs: protocol.named_graphs.clone(),
            format,
            rows,
            client: self.client,
        };
        let answer = state.pool.query(request, Lane::Public).await;
        let answer = answer.map_err(|error| explained(error, &protocol.query));
        if wanted == Wanted::Page {
            return self.page(&state.frame, &protocol, answer).await;
        }
        let answer = answer.map_err(Refusal::from)?;
        // The snapshot may have been switched since.
        let etag = answer_tag(answer.sequence, &protocol, wanted);
        let content_type = answer.content_type;
        let body = Body::from_stream(answer.body);
        let mut response = reply::answer(content_type, etag.as_deref(), body);
        response.extensions_mut().insert(Streamed);
        Ok(response)
    }

    /// The page with the query and its answer, or with what is wrong with it.
    async fn page(
        &self,
        frame: &Frame,
        protocol: &Protocol,
        answer: Result<workers::Answer, workers::PoolError>,
    ) -> Result<Response, Refusal> {
        let page = page::Page::new(&self.language, protocol);
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let refusal = Refusal::from(error);
                let html = page
                    .with_error(&refusal.message)
                    .html(frame, &self.language)?;
                return Ok(refusal.decorate(reply::page(refusal.status, &self.language, html)));
            }
        };
        let is_graph = answer.content_type == Syntax::Turtle.content_type();
        let html = match answer.read(PAGE_BYTES).await {
            Ok((bytes, cut)) if is_graph => {
                page.with_graph(&bytes, cut).html(frame, &self.language)?
            }
            Ok((bytes, cut)) => page.with_results(&bytes, cut).html(frame, &self.language)?,
            Err(error) => page
                .with_error(&error.to_string())
                .html(frame, &self.language)?,
        };
        Ok(reply::page(StatusCode::OK, &self.language, html))
    }
}

/// Says which prefix is missing, where that is what is wrong.
fn explained(error: workers::PoolError, query: &str) -> workers::PoolError {
    match (&error, undeclared::undeclared(query)) {
        (workers::PoolError::Refused(_), Some(prefix)) => {
            workers::PoolError::Refused(format!("the prefix `{prefix}:` is not declared"))
        }
        _ => error,
    }
}

/// The tag of an answer: what was asked, of which snapshot, and which program wrote it. An answer that
/// differs every time has none.
fn answer_tag(sequence: u64, protocol: &Protocol, wanted: Wanted) -> Option<String> {
    if wanted == Wanted::Page || request::is_volatile(&protocol.query) {
        return None;
    }
    let media_type = match wanted {
        Wanted::Format(format) => format.media_type(),
        Wanted::Page => "text/html",
    };
    let mut parts: Vec<&[u8]> = vec![media_type.as_bytes(), protocol.query.as_bytes(), b"default"];
    parts.extend(protocol.default_graphs.iter().map(String::as_bytes));
    parts.push(b"named");
    parts.extend(protocol.named_graphs.iter().map(String::as_bytes));
    let sequence = sequence.to_string();
    parts.push(sequence.as_bytes());
    Some(etag(&parts))
}

/// A weak tag: the order of rows and the labels of blank nodes are free.
fn etag(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in [env!("CARGO_PKG_VERSION").as_bytes()].iter().chain(parts) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let short: String = data_encoding::HEXLOWER
        .encode(&hash.finalize())
        .chars()
        .take(32)
        .collect();
    format!("W/\"{short}\"")
}
