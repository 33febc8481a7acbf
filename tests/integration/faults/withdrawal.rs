//! What is gone from a portal of any kind: kept through the grace period, then withdrawn for good, and
//! never because a run saw less than it should have.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use moisson::config::{PortalKind, Span};
use moisson::demo::{SAMPLES, Sample};
use moisson::harvest::{self, Report, Scope};
use moisson::ledger::{EventKind, Filter, Position, Resolved, RunState};
use moisson::web::{App, router};
use tower::ServiceExt as _;

use crate::support::Farm;
use crate::support::changing::Changing;

const DAY: i64 = 86_400;

/// A sample portal, harvested once.
struct Harvested {
    kind: PortalKind,
    portal: Changing,
    farm: Farm,
    /// The digest of every live record, by IRI.
    whole: BTreeMap<String, String>,
}

impl Harvested {
    async fn of(sample: &'static Sample) -> Self {
        let kind: PortalKind = sample.kind.parse().unwrap();
        let (routes, portal) = Changing::of(sample);
        let farm = Farm::of_kind(kind, sample.path, routes).await;
        let first = farm.harvest(Scope::Full).await;
        assert_eq!(first.state, RunState::Done, "{kind:?}: {first:?}");
        let whole = live(&farm);
        Self {
            kind,
            portal,
            farm,
            whole,
        }
    }

    async fn run(&self) -> Report {
        self.farm.sleep(1);
        self.farm.harvest(Scope::Full).await
    }

    /// A run that withdraws nothing and leaves everything as it was.
    async fn loses_nothing(&self, why: &str) -> Report {
        let report = self.run().await;
        let at = format!("{:?}, {why}: {report:?}", self.kind);
        assert_eq!(report.counts.withdrawn, 0, "{at}");
        let now = live(&self.farm);
        let lost: Vec<_> = self
            .whole
            .keys()
            .filter(|it| !now.contains_key(*it))
            .collect();
        assert!(lost.is_empty(), "{at}: {lost:?}");
        report
    }

    /// Everything is there again, and is what it was.
    async fn recovers(&self, why: &str) {
        self.portal.keep(|_| true);
        let report = self.run().await;
        assert_eq!(report.state, RunState::Done, "{:?}, {why}", self.kind);
        assert!(live(&self.farm) == self.whole, "{:?}, {why}", self.kind);
    }
}

fn live(farm: &Farm) -> BTreeMap<String, String> {
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let all = Filter::default();
    let page = reader.page(&all, Position::Offset(0), 100_000, at).unwrap();
    let records = page.records.into_iter();
    records
        .map(|record| (record.iri, record.digest.to_string()))
        .collect()
}

/// How an address of ours answers.
async fn status(farm: &Farm, iri: &str) -> StatusCode {
    let app = App::new(farm.config.clone(), env!("CARGO_BIN_EXE_moisson").into());
    app.refresh().unwrap();
    let path = url::Url::parse(iri).unwrap().path().to_owned();
    let request = Request::get(format!("{path}.ttl")).body(Body::empty());
    let answer = router(&app).oneshot(request.unwrap()).await.unwrap();
    answer.status()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_is_withdrawn_after_the_grace_period_and_comes_back_as_itself() {
    for sample in &SAMPLES {
        let mut portal = Harvested::of(sample).await;
        portal.farm.config.harvest.grace = Span::seconds(DAY.unsigned_abs());
        // Some of the sample's records are hidden: the first that is missed when it is gone.
        let mut gone = 0;
        loop {
            portal.portal.keep(|position| position != gone);
            let report = portal.loses_nothing("one is gone").await;
            assert_eq!(report.state, RunState::Done, "{}: {report:?}", sample.kind);
            if report.counts.absent > 0 {
                break;
            }
            gone += 1;
            assert!(gone < 10, "{}: {report:?}", sample.kind);
        }
        portal.farm.sleep(DAY - 60);
        portal.loses_nothing("the grace period is not over").await;

        // A small list is given three times as long.
        portal.farm.sleep(3 * DAY);
        let report = portal.run().await;
        let at = format!("{}: {report:?}", sample.kind);
        assert!(report.counts.withdrawn > 0, "{at}");
        let now = live(&portal.farm);
        let withdrawn: BTreeSet<&String> = portal
            .whole
            .keys()
            .filter(|it| !now.contains_key(*it))
            .collect();
        let count = u64::try_from(withdrawn.len()).unwrap();
        assert_eq!(report.counts.withdrawn, count, "{at} {withdrawn:?}");
        portal.farm.publish();
        let reader = portal.farm.reader();
        let sequence = reader.sequence().unwrap();
        let events = reader.events(0, sequence, 100_000).unwrap();
        for iri in &withdrawn {
            let resolved = reader.resolve(iri, sequence).unwrap();
            assert!(matches!(resolved, Resolved::Gone { .. }), "{resolved:?}");
            let last = events.iter().rfind(|event| event.iri == **iri).unwrap();
            assert_eq!(last.kind, EventKind::Delete, "{iri}");
        }
        let iri = withdrawn.first().unwrap();
        assert_eq!(status(&portal.farm, iri).await, StatusCode::GONE, "{iri}");

        portal.recovers("it is back").await;
        portal.farm.publish();
        assert_eq!(status(&portal.farm, iri).await, StatusCode::OK, "{iri}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_too_much_is_gone_at_once_nothing_is_withdrawn_and_the_run_says_so() {
    for sample in &SAMPLES {
        let portal = Harvested::of(sample).await;
        portal.portal.keep(|position| position % 2 == 0);
        for _ in 0..2 {
            let report = portal.loses_nothing("half is gone").await;
            let at = format!("{}: {report:?}", sample.kind);
            assert_eq!(report.state, RunState::Suspicious, "{at}");
            let reason = report.reason.unwrap_or_default();
            assert!(reason.contains("are missing at once"), "{at}");
            portal.farm.sleep(10 * DAY);
        }
        portal.recovers("half was gone").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_well_formed_answer_with_nothing_in_it_withdraws_nothing() {
    for sample in &SAMPLES {
        let portal = Harvested::of(sample).await;
        portal.portal.keep(|_| false);
        for _ in 0..2 {
            let report = portal.loses_nothing("nothing is there").await;
            let at = format!("{}: {report:?}", sample.kind);
            assert_ne!(report.state, RunState::Done, "{at}");
            let reason = report.reason.unwrap_or_default();
            let is_said = reason.contains("is empty") || reason.contains("missing at once");
            assert!(is_said, "{at}");
            portal.farm.sleep(10 * DAY);
        }
        portal.recovers("nothing was there").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_stops_early_withdraws_nothing() {
    for sample in &SAMPLES {
        let mut portal = Harvested::of(sample).await;
        // Only that the run was partial keeps what is gone.
        portal.farm.config.harvest.max_withdrawn_share = 1.0;
        portal.portal.keep(|position| position % 2 == 0);
        portal.farm.sleep(1);
        let (scope, limit) = (Scope::Full, Some(3));
        let request = harvest::Request {
            scope,
            limit,
            retry: false,
        };
        let report = portal.farm.harvest_some(request).await;
        let at = format!("{}: {report:?}", sample.kind);
        assert_eq!(report.state, RunState::Partial, "{at}");
        assert_eq!(report.counts.withdrawn, 0, "{at}");
        portal.recovers("it stopped early").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_shrinks_while_it_is_read_loses_nothing_that_it_still_has() {
    for sample in &SAMPLES {
        // Its list is one answer: there is no page after which it could shrink.
        if sample.kind == "transport" {
            continue;
        }
        let mut portal = Harvested::of(sample).await;
        portal.farm.config.harvest.max_withdrawn_share = 1.0;
        portal.portal.shrink(&[0..12, 12..20, 20..26]);
        let report = portal.run().await;
        portal.portal.settle();
        let again = portal.run().await;
        let at = format!("{}: {report:?}, then {again:?}", sample.kind);
        // Either the run is in doubt, or it went back: whatever was withdrawn is really gone.
        if report.state != RunState::Done {
            assert_eq!(report.counts.withdrawn, 0, "{at}");
        }
        assert_eq!(again.counts.created, 0, "{at}");
        portal.recovers("it shrank").await;
    }
}
