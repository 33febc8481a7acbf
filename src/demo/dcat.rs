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

use super::{Sample, Shown, retain};
pub use data::SampleData;

/// This sample portal.
pub(super) const SAMPLE: Sample = Sample {
    kind: "dcat",
    id: "val-armance",
    title: ["Val-d’Armance (flux DCAT)", "Val-d’Armance (DCAT feed)"],
    language: None,
    path: "/catalog.ttl",
    serving: |keeps| {
        let data = SampleData::bundled();
        let mut entries = data.entries().to_vec();
        retain(&mut entries, keeps);
        router(data.with_entries(entries))
    },
    record,
    synthetic: |asked| router(SampleData::synthetic(asked.datasets(), asked.seed)),
    is_changing: false,
};

fn record(shown: &Shown<'_>) -> String {
    let distributions = shown.each(|n| {
        format!(
            "<dcat:distribution><dcat:Distribution><dct:title>{}</dct:title><dcat:downloadURL rdf:resource='{}'/>\
             </dcat:Distribution></dcat:distribution>",
            shown.title,
            shown.file(n)
        )
    });
    format!(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dcat='http://www.w3.org/ns/dcat#' \
         xmlns:dct='http://purl.org/dc/terms/'><dcat:Dataset rdf:about='https://portail.example/id/{}'>\
         <dct:title>{}</dct:title><dcat:landingPage rdf:resource='{}'/>{}</dcat:Dataset></rdf:RDF>",
        shown.key,
        shown.title,
        shown.page(),
        distributions.concat()
    )
}

/// The routes of a sample feed.
pub fn router(data: SampleData) -> Router {
    Router::new()
        .route("/{file}", get(pages::catalogue))
        .route("/catalogue-complet.ttl", get(pages::whole))
        .with_state(data)
}
