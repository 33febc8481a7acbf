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

use shape::Kind;

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

impl Parameters {
    /// How many datasets, as a length.
    pub(super) fn datasets(&self) -> usize {
        usize::try_from(self.datasets).unwrap_or(usize::MAX)
    }
}

/// The routes of a synthetic portal.
pub fn router(parameters: Parameters) -> Router {
    let lists: [(Kind, &'static str, api::Describe); 6] = [
        (Kind::Dataset, "1/datasets", dataset::dataset),
        (Kind::Organization, "1/organizations", agent::organization),
        (
            Kind::Dataservice,
            "1/dataservices",
            surroundings::dataservice,
        ),
        (Kind::Reuse, "1/reuses", surroundings::reuse),
        (Kind::Discussion, "1/discussions", surroundings::discussion),
        (Kind::Source, "1/harvest/sources", surroundings::source),
    ];
    let mut routes = Router::new();
    for (kind, path, describe) in lists {
        routes = routes.route(&format!("/api/{path}/"), api::list_of(kind, path, describe));
    }
    routes
        .route("/api/1/datasets/{id}/", get(api::dataset))
        .route("/api/2/datasets/search/", get(api::search))
        .route("/api/1/datasets/community_resources/", get(api::nothing))
        .route("/api/2/topics/", get(api::nothing))
        .with_state(Arc::new(shape::Shape::new(parameters)))
}
