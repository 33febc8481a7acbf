//! A sample portal of Opendatasoft: the catalogue of the Explore API, version 2.1, and pages for its
//! links.
//!
//! The shape and the limits are those of the API: pages of at most 100, `offset + limit` below 10 000,
//! an order only where one is asked for, links and usage counters only for those who ask, one language.
//! The portal links to itself by its public name, whatever address it is asked by, as portals behind a
//! company's domain do.

#![expect(
    clippy::indexing_slicing,
    reason = "what is indexed is JSON of our own, of which a missing key is null"
)]

mod api;
mod data;
mod query;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;
use serde_json::json;

use super::{Sample, Shown, retain};
pub use data::SampleData;

/// What the portal calls itself.
pub const HOME: &str = "https://opendata.port-clairac.example";

/// The key of somebody who may see what is not published.
pub const KEY: &str = "cle-du-service-des-donnees";

/// This sample portal.
pub(super) const SAMPLE: Sample = Sample {
    kind: "ods",
    id: "ods",
    title: [
        "Portail Opendatasoft d’exemple",
        "Sample Opendatasoft portal",
    ],
    language: None,
    path: "",
    serving: |keeps| {
        let data = SampleData::bundled();
        data.change(|records| retain(records, keeps));
        router(data)
    },
    record,
    synthetic: |asked| router(SampleData::synthetic(asked.datasets(), asked.seed)),
    is_changing: false,
};

fn record(shown: &Shown<'_>) -> String {
    let (id, title) = (format!("id-{}", shown.key), shown.title);
    json!({
        "dataset_id": id, "has_records": true, "features": ["analyze"],
        "metas": {"default": {"title": title, "references": shown.page()}},
        "attachments": shown.each(|n| {
            let key = format!("{}{n}", shown.key);
            let url = format!("odsfile://{key}.csv");
            json!({ "id": key, "title": title, "mimetype": "text/csv", "url": url })
        }),
    })
    .to_string()
}

/// The routes of a sample portal.
pub fn router(data: SampleData) -> Router {
    Router::new()
        .route("/api/explore/v2.1/catalog/datasets", get(api::list))
        .route("/api/explore/v2.1/catalog/datasets/{id}", get(api::dataset))
        .route("/api/explore/v2.1/catalog/exports/json", get(api::export))
        .route("/explore/dataset/{id}/", get(api::page))
        .with_state(data)
}
