//! Whatever happens to the answers of a portal of any kind: the run ends, names it, withdraws nothing,
//! and the next sound run finds everything as it was.
//!
//! Grace is nothing here and everything may be withdrawn at once, so that only the run's own doubt keeps
//! what was not met.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use moisson::config::{PortalKind, Span};
use moisson::demo::{SAMPLES, Sample};
use moisson::harvest::{Report, Scope};
use moisson::ledger::RunState;

use crate::support::Farm;
use crate::support::mishap::{Mishap, Mishaps};

/// Longer than any run here takes, and much shorter than a hang.
const PATIENCE: Duration = Duration::from_mins(1);

/// A sample portal, harvested once.
struct Harvested {
    name: &'static str,
    farm: Farm,
    mishaps: Mishaps,
    /// How many requests a sound run makes.
    requests: usize,
    whole: BTreeSet<String>,
}

impl Harvested {
    async fn of(sample: &Sample) -> Self {
        let (routes, mishaps) = Mishaps::over(sample.routes());
        let mut farm = Farm::of_kind(sample.kind.parse().unwrap(), sample.path, routes).await;
        farm.config.harvest.max_withdrawn_share = 1.0;
        farm.config.harvest.timeout = Span::seconds(30);
        let name = sample.kind;
        let first = farm.harvest(Scope::Full).await;
        assert_eq!(first.state, RunState::Done, "{name}: {first:?}");
        let requests = mishaps.heal().len();
        let whole = live(&farm);
        assert!(whole.len() > 20, "{name}: {}", whole.len());
        Self {
            name,
            farm,
            mishaps,
            requests,
            whole,
        }
    }

    /// One full run in which these requests go wrong.
    async fn run(&self, requests: std::ops::Range<usize>, mishap: &Mishap) -> Report {
        self.farm.sleep(3600);
        self.mishaps.spoil(requests, mishap.clone());
        let started = Instant::now();
        let report = self.farm.harvest(Scope::Full).await;
        let asked = self.mishaps.heal();
        let at = format!("{}: {mishap:?}", self.name);
        assert!(started.elapsed() < PATIENCE, "{at}: {asked:?}");
        assert_eq!(report.counts.withdrawn, 0, "{at}: {report:?} {asked:?}");
        let lost: Vec<_> = self.whole.difference(&live(&self.farm)).cloned().collect();
        assert!(lost.is_empty(), "{at}: {lost:?} {report:?}");
        report
    }

    /// A sound run changes nothing.
    async fn recovers(&self, after: &Mishap) {
        self.farm.sleep(3600);
        let report = self.farm.harvest(Scope::Full).await;
        let at = format!("{} after {after:?}: {report:?}", self.name);
        assert_eq!(report.state, RunState::Done, "{at}");
        let counts = &report.counts;
        assert_eq!(
            (counts.created, counts.updated, counts.withdrawn),
            (0, 0, 0),
            "{at}"
        );
        assert_eq!(live(&self.farm), self.whole, "{at}");
    }
}

/// The IRI of every live record with the digest of its description.
fn live(farm: &Farm) -> BTreeSet<String> {
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let filter = moisson::ledger::Filter::default();
    let page = reader
        .page(&filter, moisson::ledger::Position::Offset(0), 100_000, at)
        .unwrap();
    page.records
        .into_iter()
        .map(|record| format!("{} {}", record.iri, record.digest))
        .collect()
}

#[test]
fn every_kind_of_portal_has_a_sample() {
    let sampled: BTreeSet<&str> = SAMPLES.iter().map(|sample| sample.kind).collect();
    let kinds: BTreeSet<&str> = PortalKind::ALL.into_iter().map(PortalKind::name).collect();
    assert_eq!(sampled, kinds);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_none_ends_the_run_by_name_and_costs_nothing() {
    for sample in &SAMPLES {
        let portal = Harvested::of(sample).await;
        for mishap in [
            Mishap::Html,
            Mishap::Nothing,
            Mishap::Cut,
            Mishap::CutShort,
            Mishap::Status(404),
            Mishap::Status(500),
            Mishap::Status(503),
            Mishap::EntityBomb,
            Mishap::ExternalEntity,
            Mishap::Redirect("http://169.254.169.254/latest/meta-data/"),
        ] {
            let report = portal.run(0..usize::MAX, &mishap).await;
            let at = format!("{}: {mishap:?}: {report:?}", portal.name);
            assert!(
                matches!(report.state, RunState::Failed | RunState::Partial),
                "{at}"
            );
            let reason = report.reason.as_deref().unwrap_or_default();
            assert!(reason.contains("http://"), "{at}");
            assert!(!reason.contains("root:"), "{at}");
            portal.recovers(&mishap).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_is_left_before_it_has_gone_off() {
    for sample in &SAMPLES {
        let mut portal = Harvested::of(sample).await;
        portal.farm.config.harvest.attempts = 1;
        let report = portal.run(0..usize::MAX, &Mishap::GzipBomb).await;
        assert!(
            matches!(report.state, RunState::Failed | RunState::Partial),
            "{}: {report:?}",
            portal.name
        );
        portal.recovers(&Mishap::GzipBomb).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_says_nothing_or_hardly_anything_is_given_up() {
    for sample in &SAMPLES {
        let mut portal = Harvested::of(sample).await;
        for mishap in [Mishap::Silence, Mishap::Drip] {
            portal.farm.config.harvest.timeout = Span::milliseconds(150);
            let report = portal.run(0..usize::MAX, &mishap).await;
            assert!(
                matches!(report.state, RunState::Failed | RunState::Partial),
                "{}: {mishap:?}: {report:?}",
                portal.name
            );
            portal.farm.config.harvest.timeout = Span::seconds(30);
            portal.recovers(&mishap).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_in_the_middle_of_a_crawl_costs_nothing() {
    for sample in &SAMPLES {
        let portal = Harvested::of(sample).await;
        for mishap in [
            Mishap::Html,
            Mishap::Cut,
            Mishap::CutShort,
            Mishap::Status(500),
        ] {
            // A fault that lasts, from the last request of a sound run on; and one that passes.
            let last = portal.requests - 1;
            if last > 0 {
                let report = portal.run(last..usize::MAX, &mishap).await;
                // A part that can be done without (one dataset's details, the list of organizations)
                // leaves a whole run, but is told.
                assert!(
                    report.state != RunState::Done || !report.notes.is_empty(),
                    "{}: {mishap:?}: {report:?}",
                    portal.name
                );
            }
            let report = portal.run(last..last + 1, &mishap).await;
            assert_eq!(
                report.state,
                RunState::Done,
                "{}: {mishap:?}: {report:?}",
                portal.name
            );
            portal.recovers(&mishap).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_label_costs_nothing() {
    for sample in &SAMPLES {
        let portal = Harvested::of(sample).await;
        for mishap in [
            Mishap::WrongType("text/html"),
            Mishap::WrongType("text/plain; charset=iso-8859-1"),
            Mishap::WrongType("application/octet-stream"),
            Mishap::Utf16,
        ] {
            // Read all the same, or refused: never half.
            portal.run(0..usize::MAX, &mishap).await;
            portal.recovers(&mishap).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_another_question_withdraws_nothing() {
    for sample in &SAMPLES {
        let mut portal = Harvested::of(sample).await;
        portal.farm.config.harvest.max_withdrawn_share = 0.2;
        let last = portal.requests - 1;
        if last > 0 {
            portal.run(last..usize::MAX, &Mishap::Stale).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_has_none_of_the_lists_asked_for_says_so() {
    let routes = axum::Router::new();
    let mut farm = Farm::of_kind(PortalKind::Ckan, "", routes).await;
    farm.config.portals[0].include = Some(vec!["organizations".to_owned()]);
    let report = farm.harvest(Scope::Full).await;
    assert_eq!(report.state, RunState::Failed, "{report:?}");
    let reason = report.reason.as_deref().unwrap_or_default();
    assert!(reason.contains("/organization_list"), "{report:?}");
}
