//! The table of contents: every route, one line each.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{Redirect, Response};
use axum::routing::{delete, get};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;

use super::compression::compressed;
use super::error::WebError;
use super::extract::Path;
use super::headers::{insert, vary};
use super::negotiate::names;
use super::representation::accept;
use super::state::App;
use super::tidy::tidy;
use super::{
    catalogue, client, connections, dereference, graphs, harvests, headers, health, html, lang,
    lists, pages, queries, reply, resolve, sparql, spool, vocabulary,
};

/// The server's routes.
pub fn router(app: &Arc<App>) -> Router {
    let routes = Router::new()
        .route("/", get(catalogue::home))
        .route("/catalog", get(catalogue::negotiated))
        .route("/status", get(harvests::status))
        .route("/status.json", get(harvests::status_json))
        .route("/harvest/{portal}", get(harvests::list))
        .route("/harvest/{portal}/{run}", get(harvests::one))
        .route("/{name}", get(catalogue::named))
        .route("/list/{kind}", get(lists::list))
        .route("/graph/{name}", get(graphs::graph))
        .route("/portal/{name}", get(dereference::portal))
        .route("/{kind}/{portal}/{name}", get(dereference::resource))
        .route("/vocabulary/{name}", get(vocabulary::terms))
        .route("/resolve", get(resolve::resolve))
        .route(
            "/sparql",
            get(sparql::endpoint)
                .post(sparql::endpoint)
                .options(sparql::preflight)
                .fallback(sparql::other),
        )
        .route(
            "/graph-store",
            get(sparql::stored).fallback(sparql::unchangeable),
        )
        .route("/sparql/log/{id}", get(sparql::ended))
        .route("/admin/queries", get(sparql::running))
        .route("/admin/queries/{id}", delete(sparql::kill))
        .route("/sparql/page.css", get(sparql::style))
        .route("/sparql/page.js", get(sparql::script))
        .route("/queries", get(queries::list))
        .route("/queries/{name}", get(queries::one))
        .route("/openapi.json", get(queries::openapi))
        .route("/context.jsonld", get(context))
        .route("/robots.txt", get(robots))
        .route("/.well-known/void", get(void))
        .route("/assets/{name}", get(asset))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .fallback(|| async { WebError::NotFound });
    let path = url::Url::parse(app.config.base_uri.as_str())
        .map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
    let routes = match path.trim_end_matches('/') {
        "" => routes,
        prefix => Router::new()
            .nest(prefix, routes)
            // The base ends in a slash, which nesting does not match.
            .route(&format!("{prefix}/"), get(catalogue::home))
            // Robots look for it at the root of the host only.
            .route("/robots.txt", get(robots))
            .route("/.well-known/void", get(void))
            .fallback(|| async { WebError::NotFound }),
    };
    let routes = routes
        .layer(middleware::from_fn_with_state(Arc::clone(app), explain))
        .layer(middleware::from_fn_with_state(
            app.config.base_uri.clone(),
            lang::keep,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(app),
            client::note,
        ))
        .with_state(Arc::clone(app))
        .layer(middleware::from_fn_with_state(
            app.config.base_uri.clone(),
            tidy,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(app),
            connections::keep,
        ))
        .layer(middleware::from_fn_with_state(
            headers::policy(&app.config.base_uri),
            headers::always,
        ));
    let routes = routes.layer(middleware::from_fn_with_state(
        Arc::clone(app),
        spool::aside,
    ));
    compressed(routes)
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
}

/// `/robots.txt`: everything may be read; questions cost more than they are worth to a search engine.
async fn robots(State(app): State<Arc<App>>) -> Response {
    let folder = app.config.base_uri.folder();
    let body = format!("User-agent: *\nDisallow: {folder}sparql?\n");
    reply::answer("text/plain; charset=utf-8", "public, max-age=86400", body)
}

/// `/.well-known/void`: leads to what is said of the data as a whole, the catalogue
/// (<https://www.w3.org/TR/void/#well-known>).
async fn void(State(app): State<Arc<App>>) -> Redirect {
    Redirect::to(app.config.base_uri.catalogue().as_str())
}

/// `/context.jsonld`: the one JSON-LD context.
async fn context() -> Response {
    // A context document is an object with `@context` in it (JSON-LD 1.1 §3.1).
    let body = serde_json::json!({ "@context": crate::rdf::jsonld::context() }).to_string();
    reply::answer("application/ld+json", "public, max-age=86400", body)
}

/// `/assets/{name}`: styles and scripts of the pages.
async fn asset(Path(name): Path<String>) -> Result<Response, WebError> {
    let (content_type, body) = html::asset(&name).ok_or(WebError::NotFound)?;
    Ok(reply::answer(content_type, "public, max-age=3600", body))
}

/// Turns an error's plain text into a page where the client asks for one.
async fn explain(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    // An address that names HTML has a page for an answer, whatever is accepted.
    let named = request
        .uri()
        .path()
        .rsplit_once('.')
        .is_some_and(|(_, extension)| extension == "html");
    let wants_page = named || names(accept(request.headers()).as_deref(), "text/html");
    let language = pages::language(&app, request.uri().query(), request.headers());
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<WebError>().cloned() else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    if !named {
        vary(&mut parts.headers, "Accept");
    }
    if !wants_page {
        return Response::from_parts(parts, body);
    }
    let Ok(Some(page)) = pages::error(&app, &error, language) else {
        return Response::from_parts(parts, body);
    };
    vary(&mut parts.headers, "Accept-Language");
    parts.headers.remove(header::CONTENT_LENGTH);
    let html = "text/html; charset=utf-8";
    insert(&mut parts.headers, header::CONTENT_TYPE, html);
    Response::from_parts(parts, page.into())
}
