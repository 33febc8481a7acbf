//! Everything that the catalogue names under its base answers: no link of ours leads nowhere.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use moisson::config::PortalKind;
use moisson::demo;
use moisson::harvest::Scope;

use super::TestApp;
use crate::support::{BASE, Farm};

/// The IRIs under the base in lines of N-Quads.
fn named<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let start = format!("<{BASE}");
    let mut found = BTreeSet::new();
    for line in lines {
        let iris = line.split(start.as_str()).skip(1);
        found.extend(
            iris.filter_map(|rest| rest.split_once('>'))
                .map(|(path, _)| path.to_owned()),
        );
    }
    found
}

/// What a farm has published under its base and nobody answers. What was withdrawn is gone, and says so.
pub(crate) async fn unanswered(farm: &Farm) -> Vec<String> {
    let app = TestApp::over(farm);
    let quads = farm.published_quads();
    assert!(quads.iter().all(|quad| !quad.contains("x-moisson")));
    let mut wrong = Vec::new();
    for path in named(quads.iter().map(String::as_str)) {
        let answer = app.follow(&path, "text/turtle").await;
        if !(answer.status.is_success() || answer.status == StatusCode::GONE) {
            let who = quads
                .iter()
                .find(|quad| quad.contains(&format!("<{BASE}{path}>")));
            wrong.push(format!("{path}: {} in {}", answer.status, who.unwrap()));
        }
    }
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn every_iri_of_every_sample_portal_is_answered() {
    for sample in &demo::SAMPLES {
        let kind = PortalKind::ALL
            .into_iter()
            .find(|kind| kind.name() == sample.kind);
        let farm = Farm::of_kind(kind.unwrap(), sample.path, sample.routes()).await;
        farm.harvest(Scope::Full).await;
        farm.publish();
        let wrong = unanswered(&farm).await;
        assert!(wrong.is_empty(), "{}: {wrong:#?}", sample.kind);
    }
}
