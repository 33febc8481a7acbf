//! A run whose budget is spent ends, and the next one goes on from there.

use std::time::{Duration, Instant};

use moisson::harvest::Scope;
use moisson::ledger::{Mode, RunState};

use super::last;
use crate::faults::plain;
use crate::support::Farm;
use crate::support::program::Site;
use crate::support::unsound::{Fault, Unsound};

/// Harvests until a run comes to its end: how many it took.
async fn until_done(farm: &Farm) -> usize {
    for number in 1..50 {
        farm.sleep(3600);
        let report = farm.harvest(Scope::Full).await;
        if report.state == RunState::Done {
            return number;
        }
        assert_eq!(report.state, RunState::Partial, "{report:?}");
        assert_eq!((report.counts.withdrawn, report.counts.absent), (0, 0));
        let reason = report.reason.unwrap();
        assert!(
            reason.contains("the budget of 3 requests is spent") && reason.contains("goes on"),
            "{reason}"
        );
    }
    panic!("the portal never comes to its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_over_a_small_budget_see_the_whole_portal_together() {
    let data = plain(30);
    let mut farm = Farm::of(data.clone()).await;
    farm.config.harvest.max_requests = 3;
    assert!(until_done(&farm).await > 1, "one run is enough for all");
    assert_eq!(farm.datasets().len(), 30);

    // What the earlier runs saw is not missing for the last one, and what none saw is.
    data.change(|records| {
        records.datasets.remove(7);
    });
    assert!(until_done(&farm).await > 1);
    assert_eq!(last(&farm).counts.withdrawn, 1);
    assert_eq!(farm.datasets().len(), 29);
    let state = farm.harvest(Scope::Auto).await;
    assert_eq!(
        state.mode,
        Mode::Incremental,
        "the pieces count as a full run"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_question_starts_anew() {
    let mut farm = Farm::of(plain(30)).await;
    farm.config.harvest.max_requests = 3;
    assert_eq!(farm.harvest(Scope::Full).await.state, RunState::Partial);
    farm.config.portals[0].include = Some(vec!["organizations".to_owned()]);
    let report = farm.harvest(Scope::Full).await;
    assert!(!report.resumed, "{report:?}");
    assert_eq!(report.state, RunState::Done, "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_pause_is_forgotten() {
    let mut farm = Farm::of(plain(30)).await;
    farm.config.harvest.max_requests = 3;
    farm.harvest(Scope::Full).await;
    farm.sleep(8 * 86_400);
    assert!(!farm.harvest(Scope::Full).await.resumed);
    assert!(farm.harvest(Scope::Full).await.resumed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_hangs_is_given_up_once_for_all_its_lists() {
    let portal = Unsound::of(plain(3)).await;
    let site = Site::at(portal.address);
    let limits = "timeout = '200ms'\npatience = '300ms'";
    site.configure(portal.address, limits, "");
    portal.breaks("/", 0..usize::MAX, Fault::Silence);
    let started = Instant::now();
    let done = site.run(&["harvest"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(started.elapsed() < Duration::from_secs(20));
    let run = site.last_run();
    assert_eq!(run.state, RunState::Failed);
    let reason = run.reason.unwrap();
    assert!(reason.contains("is given up"), "{reason}");
    assert!(portal.asked().len() <= 3, "{:?}", portal.asked());
}
