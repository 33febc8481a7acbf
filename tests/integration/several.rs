//! Portals that are harvested side by side.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::Request as Asked;
use axum::middleware::{Next, from_fn};
use moisson::config::Portal;
use moisson::demo::spawn;
use moisson::demo::udata::{SampleData, router};
use moisson::harvest::Request;
use moisson::ledger::{Mode, RecordNumber, RunState};
use moisson::record::{Kind, PortalId};

use crate::support::Farm;

/// A portal that takes its time for each answer.
async fn slow(wait: Duration) -> std::net::SocketAddr {
    let delay = move |asked: Asked, next: Next| async move {
        tokio::time::sleep(wait).await;
        next.run(asked).await
    };
    let routes = router(SampleData::bundled()).layer(from_fn(delay));
    spawn(routes, 0).await.unwrap().0
}

/// A farm with three portals: a slow one, one that is not there, and one with the records of the first.
async fn farm(wait: Duration) -> Farm {
    let mut farm = Farm::of(SampleData::bundled()).await;
    let quick = farm.config.portals.remove(0);
    let named = |id: &str, address: &str| Portal {
        id: PortalId::new(id).unwrap(),
        url: format!("http://{address}/"),
        ..quick.clone()
    };
    let first = named("first", &slow(wait).await.to_string());
    let absent = named("absent", "127.0.0.1:9");
    let last = Portal {
        id: PortalId::new("last").unwrap(),
        ..quick
    };
    farm.config.portals = vec![first, absent, last];
    farm
}

/// Of what both portals have, that of one of them is shown.
fn shows(farm: &Farm, portal: &str) {
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let aliases = reader
        .scan_aliases(RecordNumber::BEFORE_ALL, 1000, at)
        .unwrap();
    let shown = |kind| aliases.iter().filter(move |alias| alias.id.kind == kind);
    assert!(shown(Kind::Dataset).count() > 2);
    for alias in shown(Kind::Dataset) {
        assert!(
            alias.canonical.contains(&format!("/{portal}/")),
            "{alias:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn portals_are_asked_at_once_and_committed_in_their_order() {
    let farm = farm(Duration::from_millis(150)).await;
    let moisson = farm.moisson();
    let portals: Vec<&Portal> = farm.config.portals.iter().collect();
    let reports = moisson
        .harvest_all(&portals, Request::default(), Arc::new(()))
        .await
        .unwrap();
    let states: Vec<RunState> = reports
        .into_iter()
        .map(|report| report.unwrap().state)
        .collect();
    assert_eq!(states, [RunState::Done, RunState::Failed, RunState::Done]);
    // The quick one was there first, and what it has of the first one is the first one's all the same.
    shows(&farm, "first");
    let runs = farm.reader().runs(None, 10).unwrap();
    let runs: Vec<_> = runs.iter().filter(|run| run.mode == Mode::Full).collect();
    assert_eq!(runs.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_place_is_enough_for_all() {
    let mut farm = farm(Duration::ZERO).await;
    farm.config.harvest.concurrency = 1;
    let moisson = farm.moisson();
    let portals: Vec<&Portal> = farm.config.portals.iter().rev().collect();
    let begun = Instant::now();
    let reports = moisson
        .harvest_all(&portals, Request::default(), Arc::new(()))
        .await
        .unwrap();
    assert!(reports.iter().all(Result::is_ok));
    assert!(begun.elapsed() < Duration::from_mins(5));
    shows(&farm, "last");
}
