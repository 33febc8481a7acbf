//! `/sparql`: the SPARQL 1.1 Protocol (<https://www.w3.org/TR/sparql11-protocol/>), queries only.
//!
//! Nothing is parsed or evaluated in this process: a query goes to the [pool](super::workers), and its
//! answer is passed on as it comes. Without a query, RDF clients get the service description and
//! browsers a page.
//!
//! | what happened | status |
//! |---|---|
//! | the query or the request is wrong, an update, SERVICE; a LIMIT above what an answer may have; more rows or bytes than allowed, seen before the first byte | 400 |
//! | no syntax on offer is acceptable, unknown type of body, body over 1 MiB | 406, 415, 413 |
//! | the client has used its query time, or has too many queries waiting | 429 with `Retry-After` |
//! | too many queries wait | 503 with `Retry-After` |
//! | time or memory limit before the first byte | 503 |
//! | any of these after the first byte | the connection is aborted |
//!
//! Every answer to a query has the header `Query-Id`, and `Link` with the relation `status` (RFC 8631): the
//! address that says how the query ended.

mod describe;
mod ended;
pub(super) mod format;
mod page;
mod request;
mod said;
mod store;
mod undeclared;
pub(super) mod whole;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::answers::{Keeping, Kept};
use super::compression::Streamed;
use super::conditional::{Inputs, REVALIDATE, Validators};
use super::error::WebError;
use super::headers::{allowed, insert, vary};
use super::html::Language;
use super::pages;
use super::reply;
use super::representation::accept;
use super::state::App;
use super::workers::{self, Ended, How, Lane, Pool, Ticket};
use crate::graph::query::{Form, FormError, Format, Overflow, ResultsSyntax, form};
use crate::rdf::syntax::Syntax;
use crate::rdf::write::document;
use format::Wanted;
use page::Page;
use request::Protocol;
use said::said;

pub(super) use describe::graph_quads;
pub(super) use ended::{ended, kill, running};
pub(super) use page::{Answer, script, style};
pub(super) use store::{graph as stored, unchangeable};

/// The address of the client, put into a request's extensions by whoever knows which proxies to trust.
/// Without it, the address that the connection comes from counts.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

/// Rows shown on the page.
const PAGE_ROWS: u64 = 500;

/// Bytes of an answer that the page shows.
const PAGE_BYTES: usize = 4 << 20;

/// `/sparql`: a query, or none.
pub(super) async fn endpoint(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<Response, WebError> {
    let asked = Asked::new(&app, &request);
    if let Some(protocol) = request::read(request).await? {
        return answered(&app, &asked, protocol).await;
    }
    let mut response = asked.nothing(&app)?;
    vary(response.headers_mut(), "Accept");
    Ok(response)
}

/// The answer to a query, and by what it is known.
async fn answered(app: &Arc<App>, asked: &Asked, protocol: Protocol) -> Result<Response, WebError> {
    let pool = app.pool().ok_or(WebError::Unpublished)?;
    let ticket = pool.log().open(&protocol.query);
    let response = asked.query(app, &pool, protocol, &ticket).await;
    let response = response.unwrap_or_else(|error| {
        // Those of the pool are noted there; the first end counts.
        let why = workers::PoolError::Refused(error.to_string());
        pool.log().end(&ticket, Ended::failed(why));
        error.into_response()
    });
    let mut response = known_by(response, app, &ticket);
    vary(response.headers_mut(), "Accept");
    Ok(response)
}

/// Says by what a query is known.
pub(super) fn known_by(mut response: Response, app: &App, ticket: &Ticket) -> Response {
    let headers = response.headers_mut();
    insert(headers, HeaderName::from_static("query-id"), ticket.id());
    let address = app
        .config
        .base_uri
        .iri(&format!("sparql/log/{}", ticket.id()));
    let link = format!("<{}>; rel=\"status\"", address.as_str());
    if let Ok(link) = HeaderValue::from_str(&link) {
        headers.append(header::LINK, link);
    }
    response
}

/// Other methods: `QUERY`, which sends the query as `POST` does.
pub(super) async fn other(app: State<Arc<App>>, request: Request) -> Result<Response, WebError> {
    if request.method().as_str() == "QUERY" {
        endpoint(app, request).await
    } else {
        Err(WebError::Method(super::headers::QUERIED))
    }
}

/// `OPTIONS`, also a browser's question before a request from another site.
pub(super) async fn preflight(headers: HeaderMap) -> Response {
    allowed(&headers, true)
}

/// What the headers say.
pub(super) struct Asked {
    method: Method,
    pub(super) headers: HeaderMap,
    pub(super) accept: Option<String>,
    pub(super) language: Language,
    pub(super) client: Option<IpAddr>,
}

impl Asked {
    pub(super) fn new(app: &App, request: &Request) -> Self {
        let headers = request.headers().clone();
        let extensions = request.extensions();
        let client = extensions.get::<ClientAddress>().map(|client| client.0);
        let connection = || {
            extensions
                .get::<ConnectInfo<SocketAddr>>()
                .map(|info| info.0.ip())
        };
        Self {
            method: request.method().clone(),
            accept: accept(&headers),
            language: pages::language(app, request.uri().query(), &headers),
            client: client.or_else(connection),
            headers,
        }
    }

    /// The service description, or the page without a query.
    fn nothing(&self, app: &App) -> Result<Response, WebError> {
        if request::has_body(&self.method) {
            let message = "the request has no query".to_owned();
            return Err(WebError::Protocol(message));
        }
        let Some(syntax) = format::description(self.accept.as_deref())? else {
            return Page::empty(self.language).answer(app, StatusCode::OK);
        };
        let quads = describe::quads(&app.config.base_uri);
        let bytes = document(syntax, &quads).map_err(WebError::internal)?;
        let mut inputs = Inputs::default();
        inputs.add(&bytes);
        let make = || Ok(reply::answer(syntax.content_type(), REVALIDATE, bytes));
        inputs.finish().answer(&self.headers, make)
    }

    async fn query(
        &self,
        app: &Arc<App>,
        pool: &Pool,
        protocol: Protocol,
        ticket: &Arc<Ticket>,
    ) -> Result<Response, WebError> {
        let form = match form(&protocol.query) {
            Ok(form) => form,
            Err(error @ (FormError::Update | FormError::Nested(_))) => {
                return Err(WebError::Protocol(error.to_string()));
            }
            // The worker will say where the syntax is wrong.
            Err(FormError::Unknown) => Form::Select,
        };
        let wanted = format::wanted(self.accept.as_deref(), protocol.format.as_deref(), form)?;
        let validators = validators(pool.sequence(), &protocol, wanted);
        if let Some(validators) = &validators {
            let kept = || app.answers.get(validators.tag());
            let known = if validators.held_by(&self.headers) {
                Some(validators.not_modified())
            } else {
                kept().map(|kept| again(kept, validators))
            };
            if let Some(response) = known {
                pool.log().end(ticket, Ended::by(How::Complete));
                return Ok(response);
            }
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
            base: app.config.base_uri.iri("sparql").into_string(),
            default_graphs: protocol.default_graphs.clone(),
            named_graphs: protocol.named_graphs.clone(),
            format,
            rows,
            client: self.client,
            ticket: Arc::clone(ticket),
        };
        let answer = pool.query(request, Lane::Public).await;
        let answer = answer.map_err(|error| explained(error, &protocol.query).into());
        if wanted == Wanted::Page {
            return self.page(app, &protocol, answer).await;
        }
        let answer = answer?;
        // The snapshot may have been switched since. An answer without validators is not to be stored.
        let Some(validators) = self::validators(answer.sequence, &protocol, wanted) else {
            let body = Body::from_stream(answer.body);
            return Ok(streamed(answer.content_type, "no-store", body));
        };
        let content_type = answer.content_type;
        let keeping = Keeping::new(app.answers.clone(), answer, validators.tag());
        let mut response = streamed(content_type, REVALIDATE, Body::from_stream(keeping));
        validators.write(response.headers_mut());
        Ok(response)
    }

    /// The page with the query and its answer, or with what is wrong with it.
    async fn page(
        &self,
        app: &App,
        protocol: &Protocol,
        answer: Result<workers::Answer, WebError>,
    ) -> Result<Response, WebError> {
        let page = Page::new(self.language, protocol);
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let page = page.with_error(&said(&error, self.language));
                let mut response = page.answer(app, error.status())?;
                error.retry_after(response.headers_mut());
                return Ok(response);
            }
        };
        let is_graph = answer.content_type == Syntax::Turtle.content_type();
        let page = match answer.read(PAGE_BYTES).await {
            Ok((bytes, cut)) if is_graph => page.with_graph(&bytes, cut),
            Ok((bytes, cut)) => page.with_results(&bytes, cut),
            Err(error) => page.with_error(&error.to_string()),
        };
        page.answer(app, StatusCode::OK)
    }
}

/// An answer that is kept.
fn again(kept: Kept, validators: &Validators) -> Response {
    let mut response = reply::answer(kept.content_type, REVALIDATE, kept.bytes);
    validators.write(response.headers_mut());
    response
}

fn streamed(content_type: &str, cache: &str, body: Body) -> Response {
    let mut response = reply::answer(content_type, cache, body);
    response.extensions_mut().insert(Streamed);
    response
}

/// Says which prefix is missing, where that is what is wrong.
fn explained(error: workers::PoolError, query: &str) -> workers::PoolError {
    match (&error, undeclared::undeclared(query)) {
        (workers::PoolError::Refused(_), Some(missing)) => {
            workers::PoolError::Refused(missing.to_string())
        }
        _ => error,
    }
}

/// The validators of an answer to a request.
fn validators(sequence: u64, protocol: &Protocol, wanted: Wanted) -> Option<Validators> {
    let Wanted::Format(format) = wanted else {
        return None;
    };
    let graphs = [
        ("default", &protocol.default_graphs),
        ("named", &protocol.named_graphs),
    ];
    let graphs = graphs
        .into_iter()
        .flat_map(|(role, graphs)| std::iter::once(role).chain(graphs.iter().map(String::as_str)));
    validated(sequence, &protocol.query, format, graphs)
}

/// The validators of an answer: what was asked, of which snapshot, and which program wrote it. An answer
/// that differs every time has none.
fn validated<'a>(
    sequence: u64,
    query: &'a str,
    format: Format,
    more: impl IntoIterator<Item = &'a str>,
) -> Option<Validators> {
    if request::is_volatile(query) {
        return None;
    }
    let mut inputs = Inputs::default();
    for part in [env!("CARGO_PKG_VERSION"), format.media_type(), query] {
        inputs.add(part);
    }
    for part in more {
        inputs.add(part);
    }
    inputs.add(sequence.to_le_bytes());
    Some(inputs.finish())
}
