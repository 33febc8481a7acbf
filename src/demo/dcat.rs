//! A sample DCAT feed, as ckanext-dcat serves one: `/catalog.{ttl,n3,rdf,xml,jsonld,nt}?page=`, pages of
//! a hydra:PagedCollection whose links are texts, and beside it the whole catalogue in one file with the
//! validators of a plain web server, `/catalogue-complet.ttl`.
//!
//! Turtle is served as it stands in the files, defects included; the other syntaxes have what a lenient
//! parser makes of it.

mod data;
mod pages;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

use super::Sample;
pub use data::SampleData;

/// This sample portal.
pub(super) const SAMPLE: Sample = Sample {
    kind: "dcat",
    id: "val-armance",
    title: ["Val-d’Armance (flux DCAT)", "Val-d’Armance (DCAT feed)"],
    language: None,
    path: "/catalog.ttl",
    routes: || router(SampleData::bundled()),
    synthetic: |asked| router(SampleData::synthetic(asked.datasets(), asked.seed)),
    is_changing: false,
};

/// The routes of a sample feed.
pub fn router(data: SampleData) -> Router {
    Router::new()
        .route("/{file}", get(pages::catalogue))
        .route("/catalogue-complet.ttl", get(pages::whole))
        .with_state(data)
}
