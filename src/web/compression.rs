//! Compression of answers. What is made while it is sent has gzip only: brotli and zstd hold some
//! megabytes for as long as a client takes to read.

use axum::Router;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _};

/// Marks an answer that is made while it is sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Streamed;

/// Compresses what the routes answer, as the client likes it.
pub(super) fn compressed(routes: Router) -> Router {
    let streamed = |_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions| {
        extensions.get::<Streamed>().is_some()
    };
    let whole = |_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions| {
        extensions.get::<Streamed>().is_none()
    };
    let light = CompressionLayer::new().no_br().no_zstd();
    routes
        .layer(light.compress_when(DefaultPredicate::new().and(streamed)))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(whole)))
}
