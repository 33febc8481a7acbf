//! The table of contents: every route, one line each.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};
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
    catalogue, client, connections, dereference, graphs, harvests, headers, health, html, lists,
    pages, resolve, sparql, spool, vocabulary,
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
        .route("/sparql", any(endpoint))
        .route("/sparql/{name}", any(endpoint))
        .route("/context.jsonld", get(context))
        .route("/robots.txt", get(robots))
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
            .fallback(|| async { WebError::NotFound }),
    };
    let routes = routes
        .layer(Extension(pages::frame(&app.config, app.vocabularies)))
        .layer(middleware::from_fn_with_state(Arc::clone(app), explain))
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
            (
                Arc::clone(app),
                connections::Admin::of_environment(&app.config.server.admin_token_env),
            ),
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

/// `/sparql`: hands over to the endpoint, once there is something to ask.
async fn endpoint(
    State(app): State<Arc<App>>,
    Extension(frame): Extension<sparql::Frame>,
    mut request: Request,
) -> Response {
    use tower::ServiceExt as _;
    let Some(pool) = app.pool() else {
        return WebError::Unpublished.into_response();
    };
    let state = sparql::SparqlState {
        pool,
        base: app.config.base_uri.clone(),
        languages: app.config.languages.clone(),
        frame,
    };
    // The body is taken away further out, where the length of a stream is not taken for 0.
    if request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let routes: Router = sparql::routes::<sparql::SparqlState>().with_state(state);
    match routes.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// `/robots.txt`: everything may be read; questions cost more than they are worth to a search engine.
async fn robots(State(app): State<Arc<App>>) -> Response {
    let folder = app.config.base_uri.folder();
    let body = format!("User-agent: *\nDisallow: {folder}sparql?\n");
    let mut response = body.into_response();
    insert(
        response.headers_mut(),
        header::CONTENT_TYPE,
        "text/plain; charset=utf-8",
    );
    insert(
        response.headers_mut(),
        header::CACHE_CONTROL,
        "public, max-age=86400",
    );
    response
}

/// `/context.jsonld`: the one JSON-LD context.
async fn context() -> Response {
    // A context document is an object with `@context` in it (JSON-LD 1.1 §3.1).
    let body = serde_json::json!({ "@context": crate::rdf::jsonld::context() }).to_string();
    let mut response = body.into_response();
    insert(
        response.headers_mut(),
        header::CONTENT_TYPE,
        "application/ld+json",
    );
    insert(
        response.headers_mut(),
        header::CACHE_CONTROL,
        "public, max-age=86400",
    );
    response
}

/// `/assets/{name}`: styles and scripts of the pages.
async fn asset(Path(name): Path<String>) -> Result<Response, WebError> {
    let (content_type, body) = html::asset(&name).ok_or(WebError::NotFound)?;
    let mut response = body.into_response();
    insert(response.headers_mut(), header::CONTENT_TYPE, content_type);
    insert(
        response.headers_mut(),
        header::CACHE_CONTROL,
        "public, max-age=3600",
    );
    Ok(response)
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
    vary(&mut parts.headers, "Accept-Language");
    parts.headers.remove(header::CONTENT_LENGTH);
    match pages::error(&app, &error, language) {
        Ok(page) => {
            parts.headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            );
            Response::from_parts(parts, page.into())
        }
        Err(_) => Response::from_parts(parts, format!("{error}\n").into()),
    }
}
