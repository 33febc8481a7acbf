//! A made-up udata portal of any size, for measuring: the proportions are those of data.gouv.fr.
//!
//! Every record is computed from the seed and its number when it is asked for, and nothing is kept, so
//! the portal of 74 200 datasets takes no more memory than one page of it. The same parameters give
//! the same bytes. A share of the datasets can be served as changed, to measure a second run.

mod agent;
mod api;
mod dataset;
mod random;
mod resource;
mod shape;
mod surroundings;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

/// What a synthetic portal is computed from.
#[derive(Debug, Clone, Copy)]
pub struct Parameters {
    /// How many datasets it lists; all else is in proportion.
    pub datasets: u32,
    /// Another seed gives another portal of the same kind.
    pub seed: u64,
    /// The share of datasets that are served as changed (0 to 1).
    pub changed: f64,
}

/// The routes of a synthetic portal.
pub fn router(parameters: Parameters) -> Router {
    Router::new()
        .route("/api/1/datasets/", get(api::datasets))
        .route("/api/1/datasets/{id}/", get(api::dataset))
        .route("/api/2/datasets/search/", get(api::search))
        .route("/api/1/organizations/", get(api::organizations))
        .route("/api/1/dataservices/", get(api::dataservices))
        .route("/api/1/reuses/", get(api::reuses))
        .route("/api/1/discussions/", get(api::discussions))
        .route("/api/1/harvest/sources/", get(api::sources))
        .route("/api/1/datasets/community_resources/", get(api::nothing))
        .route("/api/2/topics/", get(api::nothing))
        .with_state(Arc::new(shape::Shape::new(parameters)))
}
