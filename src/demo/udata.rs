//! A sample udata portal: the part of the API that is harvested, and pages for its links.
//!
//! The shape is that of udata 17: version 1 lists in an envelope with absolute page links, the search
//! of version 2 with links for resources and a window of 10 000, 410 for what was deleted. In the
//! files the portal's own address is `{portal}`; it is served as the origin that the client asked.

mod api;
mod data;
mod origin;
mod pages;
mod query;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

pub use data::{Records, SampleData};

/// The routes of a sample portal.
pub fn router(data: SampleData) -> Router {
    Router::new()
        .route("/", get(pages::home))
        .route("/datasets/{id}/", get(pages::dataset))
        .route("/organizations/{id}/", get(pages::organization))
        .route("/fr/datasets/r/{id}", get(pages::permalink))
        .route("/api/1/datasets/", get(api::datasets))
        .route("/api/1/datasets/{id}/", get(api::dataset))
        .route("/api/1/organizations/", get(api::organizations))
        .route("/api/1/organizations/{id}/", get(api::organization))
        .route("/api/2/datasets/search/", get(api::search))
        .route("/api/2/datasets/{id}/resources/", get(api::resources))
        .with_state(data)
}
