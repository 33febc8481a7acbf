//! A sample udata portal: the part of the API that is harvested, and pages for its links.
//!
//! The shape is that of udata 17: version 1 lists in an envelope with absolute page links, the search
//! of version 2 with links for resources and a window of 10 000, topics with a link to their elements,
//! 410 for what was deleted. In the files the portal's own address is `{portal}`; it is served as the
//! origin that the client asked.

mod api;
mod collection;
mod data;
mod filter;
pub(super) mod origin;
mod pages;
mod query;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;
use serde_json::json;

use super::{Sample, Shown, retain, synthetic};
use collection::Collection;

pub use data::{Records, SampleData};

/// This sample portal.
pub(super) const SAMPLE: Sample = Sample {
    kind: "udata",
    id: "exemple",
    title: ["Portail d’exemple", "Sample portal"],
    language: Some("fr"),
    path: "",
    serving: |keeps| {
        let data = SampleData::bundled();
        data.change(|records| retain(&mut records.datasets, keeps));
        router(data)
    },
    record,
    synthetic: |asked| synthetic::router(*asked),
    is_changing: true,
};

fn record(shown: &Shown<'_>) -> String {
    let (id, title) = (format!("id-{}", shown.key), shown.title);
    json!({
        "id": id, "title": title, "slug": shown.slug, "page": shown.page(),
        "description": title, "private": false,
        "resources": shown.each(|n| json!({
            "id": format!("{}{n}", shown.key), "title": title, "url": shown.file(n), "format": "csv",
        })),
    })
    .to_string()
}

/// The routes of a sample portal.
pub fn router(data: SampleData) -> Router {
    let mut routes = Router::new()
        .route("/", get(pages::home))
        .route("/datasets/{id}/", pages::record(Collection::Datasets))
        .route(
            "/organizations/{id}/",
            pages::record(Collection::Organizations),
        )
        .route(
            "/dataservices/{id}/",
            pages::record(Collection::Dataservices),
        )
        .route("/reuses/{id}/", pages::record(Collection::Reuses))
        .route("/topics/{id}/", pages::record(Collection::Topics))
        .route("/fr/datasets/r/{id}", get(pages::permalink))
        .route("/s/images/{name}", get(pages::picture))
        .route("/api/2/datasets/search/", get(api::search))
        .route(
            "/api/2/datasets/{id}/resources/",
            api::parts(Collection::Datasets, "resources", 50),
        )
        .route(
            "/api/2/topics/{id}/elements/",
            api::parts(Collection::Topics, "elements", 20),
        )
        .route(
            "/api/1/harvest/source/{id}",
            api::record(Collection::HarvestSources),
        );
    for collection in [
        Collection::Datasets,
        Collection::Organizations,
        Collection::Dataservices,
        Collection::Reuses,
        Collection::Discussions,
        Collection::Topics,
        Collection::CommunityResources,
    ] {
        routes = routes.route(
            &format!("{}{{id}}/", collection.path()),
            api::record(collection),
        );
    }
    for collection in Collection::ALL {
        routes = routes.route(collection.path(), api::list(collection));
    }
    routes.with_state(data)
}
