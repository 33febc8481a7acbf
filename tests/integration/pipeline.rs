//! From the sample portal through the ledger to the published store.

use moisson::demo::udata::SampleData;
use moisson::graph::Change;
use moisson::harvest::{Request, Scope};
use moisson::ledger::{Mode, RunState};

use crate::support::Farm;

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_portal_is_published_whole() {
    let farm = Farm::of(SampleData::bundled()).await;
    let report = farm.harvest(Scope::Full).await;
    assert_eq!(report.state, RunState::Done, "{report:?}");
    assert!(report.counts.listed >= 75, "{report:?}");
    assert!(report.counts.findings.len() >= 5, "{report:?}");
    let published = farm.publish();
    assert_eq!(published.change, Change::Rebuilt);
    assert!(farm.datasets().len() >= 60);
    assert_eq!(farm.published_quads(), farm.reference_quads());
}

#[tokio::test(flavor = "multi_thread")]
async fn harvesting_twice_changes_nothing() {
    let farm = Farm::of(SampleData::bundled()).await;
    let first = farm.harvest(Scope::Full).await;
    let published = farm.publish();
    farm.sleep(3600);
    for scope in [Scope::Full, Scope::Auto] {
        let second = farm.harvest(scope).await;
        assert_eq!(second.state, RunState::Done, "{second:?}");
        assert_eq!(
            (
                second.counts.created,
                second.counts.updated,
                second.counts.withdrawn
            ),
            (0, 0, 0),
            "{second:?}"
        );
        assert_eq!(second.counts.listed, first.counts.listed, "{second:?}");
    }
    let again = farm.publish();
    assert_eq!(
        (again.sequence, again.change, again.snapshot),
        (published.sequence, Change::None, published.snapshot)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incremental_run_fetches_what_changed() {
    let data = SampleData::bundled();
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    data.change(|records| {
        records.datasets[3]["title"] = "Un titre tout neuf".into();
        records.datasets[3]["last_modified"] = "2026-11-20T10:00:00+00:00".into();
        records.datasets[3]["internal"]["last_modified_internal"] =
            "2026-11-20T10:00:00.123000+00:00".into();
    });
    farm.sleep(3600);
    let report = farm.harvest(Scope::Auto).await;
    assert_eq!(
        (report.mode, report.state),
        (Mode::Incremental, RunState::Done),
        "{report:?}"
    );
    assert_eq!(
        (report.counts.created, report.counts.updated),
        (0, 1),
        "{report:?}"
    );
    let published = farm.publish();
    assert_eq!(published.change, Change::Difference(1));
    let quads = farm.published_quads();
    assert!(quads.iter().any(|quad| quad.contains("Un titre tout neuf")));
    assert_eq!(quads, farm.reference_quads());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_complete_full_run_withdraws_and_only_after_the_grace_period() {
    let data = SampleData::bundled();
    let mut farm = Farm::of(data.clone()).await;
    farm.config.harvest.grace = moisson::config::Span::seconds(86_400);
    farm.harvest(Scope::Full).await;
    farm.publish();
    let before = farm.datasets().len();
    data.change(|records| records.datasets.remove(0));

    farm.sleep(3600);
    let incremental = farm.harvest(Scope::Auto).await;
    assert_eq!(
        (incremental.mode, incremental.counts.withdrawn),
        (Mode::Incremental, 0)
    );
    let limited = farm
        .harvest_some(Request {
            scope: Scope::Full,
            limit: Some(40),
            ..Request::default()
        })
        .await;
    assert_eq!(
        (limited.state, limited.counts.withdrawn),
        (RunState::Partial, 0),
        "{limited:?}"
    );
    let early = farm.harvest(Scope::Full).await;
    assert_eq!(
        (early.state, early.counts.withdrawn, early.counts.absent),
        (RunState::Done, 0, 1),
        "{early:?}"
    );
    assert_eq!(farm.datasets().len(), before);

    farm.sleep(86_400);
    let late = farm.harvest(Scope::Full).await;
    assert!(late.counts.withdrawn >= 1, "{late:?}");
    assert_eq!(farm.datasets().len(), before - 1);
    farm.publish();
    assert_eq!(farm.published_quads(), farm.reference_quads());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_lost_too_much_at_once_withdraws_nothing() {
    let data = SampleData::bundled();
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    let before = farm.datasets();
    data.change(|records| records.datasets.truncate(records.datasets.len() / 2));
    let report = farm.harvest(Scope::Full).await;
    assert_eq!(
        (report.state, report.counts.withdrawn),
        (RunState::Suspicious, 0),
        "{report:?}"
    );
    assert!(
        report
            .reason
            .is_some_and(|why| why.contains("missing at once"))
    );
    assert_eq!(farm.datasets(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_returns_keeps_its_iri() {
    let data = SampleData::bundled();
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    let before = farm.datasets();
    let removed = data.change(|records| records.datasets.remove(5));
    farm.harvest(Scope::Full).await;
    assert_eq!(farm.datasets().len(), before.len() - 1);
    farm.publish();
    data.change(|records| records.datasets.push(removed));
    let report = farm.harvest(Scope::Full).await;
    assert!(report.counts.created >= 1, "{report:?}");
    assert_eq!(farm.datasets(), before);
    farm.sleep(10);
    farm.publish();
    assert_eq!(farm.published_quads(), farm.reference_quads());
}
