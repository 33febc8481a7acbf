//! A sample CKAN portal: the part of the API that is harvested, and pages for its links.
//!
//! The shape is that of CKAN 2.10: every answer in an envelope with `help`, `success` and `result`; a search
//! of at most 1000 rows, 10 where none are asked for; lists of at most 25 organizations with their fields.
//! [`dkan`] serves the same packages as DKAN 1 would: without search, and in lists of lists. In the files
//! the portal's own address is `{portal}`; it is served as the origin that the client asked.

mod api;
mod data;
mod search;
mod synthetic;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;
use serde_json::json;

use super::{Sample, Shown, retain};
pub use data::{Records, SampleData};

/// This sample portal.
pub(super) const SAMPLE: Sample = Sample {
    kind: "ckan",
    id: "haute-lirone",
    title: ["Données de la Haute-Lirone (CKAN)", "Haute-Lirone (CKAN)"],
    language: Some("fr"),
    path: "",
    serving: |keeps| {
        let data = SampleData::bundled();
        data.change(|records| retain(&mut records.packages, keeps));
        router(data)
    },
    record,
    synthetic: |asked| router(SampleData::synthetic(asked.datasets(), asked.seed)),
    is_changing: false,
};

fn record(shown: &Shown<'_>) -> String {
    let (id, title) = (format!("id-{}", shown.key), shown.title);
    json!({
        "id": id, "name": shown.slug, "title": title, "notes": title, "url": shown.page(),
        "resources": shown.each(|n| json!({
            "id": format!("{}{n}", shown.key), "name": title, "url": shown.file(n), "format": "CSV",
        })),
    })
    .to_string()
}

/// The routes of a sample portal.
pub fn router(data: SampleData) -> Router {
    Router::new()
        .route("/dataset/{name}", get(api::page))
        .route("/api/3/action/package_search", get(search::packages))
        .route("/api/3/action/package_show", get(api::package))
        .route("/api/3/action/package_list", get(api::names))
        .route(
            "/api/3/action/current_package_list_with_resources",
            get(api::plain_list),
        )
        .route("/api/3/action/organization_list", get(api::organizations))
        .route("/api/3/action/{action}", get(api::unknown))
        .with_state(data)
}

/// The routes of a DKAN 1 portal of the same packages.
pub fn dkan(data: SampleData) -> Router {
    Router::new()
        .route("/api/3/action/package_show", get(api::wrapped_package))
        .route("/api/3/action/package_list", get(api::names))
        .route(
            "/api/3/action/current_package_list_with_resources",
            get(api::wrapped_list),
        )
        .with_state(data)
}
