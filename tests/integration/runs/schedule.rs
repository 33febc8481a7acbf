//! Scheduled harvests beside the server.

use std::process::Child;
use std::time::{Duration, Instant};

use moisson::ledger::{Reader, RunState};
use moisson::record::PortalId;

use crate::faults::plain;
use crate::support::program::{Site, base};
use crate::support::unsound::{Fault, Unsound};

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn runs(site: &Site) -> Vec<RunState> {
    let Ok(reader) = Reader::open(&site.store(), &base()) else {
        return Vec::new();
    };
    let portal = PortalId::new("exemple").unwrap();
    let runs = reader.runs(Some(&portal), 100).unwrap_or_default();
    runs.into_iter().map(|run| run.state).collect()
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_mins(1), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_harvested_when_its_time_comes_and_published() {
    let portal = Unsound::of(plain(5)).await;
    let site = Site::at(portal.address);
    site.configure(portal.address, "", "schedule = '* * * * * *'");
    let serving = site.start(&["serve", "--listen", "127.0.0.1:0"]);
    let _running = Running(serving);
    tokio::task::block_in_place(|| {
        until("two runs", || {
            let runs = runs(&site);
            runs.iter()
                .filter(|state| **state == RunState::Done)
                .count()
                >= 2
        });
        until("a publication", || site.published().is_some());
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_stopped_is_gone_on_with_at_the_start_and_not_at_the_next_time() {
    let portal = Unsound::of(plain(5)).await;
    let site = Site::at(portal.address);
    // The organizations come, then nothing.
    let always = 0..usize::MAX;
    portal.breaks("/api/1/datasets/", always, Fault::Silence);
    let mut harvesting = Running(site.start(&["harvest"]));
    tokio::task::block_in_place(|| {
        until("a page is staged", || {
            let Ok(reader) = Reader::open(&site.store(), &base()) else {
                return false;
            };
            let portal = PortalId::new("exemple").unwrap();
            let runs = reader.runs(Some(&portal), 1).unwrap_or_default();
            runs.iter().any(|run| run.job.as_str() == "processing")
        });
        harvesting.0.kill().unwrap();
        harvesting.0.wait().unwrap();
    });
    assert_eq!(runs(&site), [RunState::Interrupted]);
    portal.heal();
    // Once a year.
    site.configure(portal.address, "", "schedule = '0 0 29 2 *'");
    let _running = Running(site.start(&["serve", "--listen", "127.0.0.1:0"]));
    tokio::task::block_in_place(|| {
        until("the run is done", || runs(&site) == [RunState::Done]);
    });
    let asked = portal.asked();
    assert!(
        !asked
            .iter()
            .any(|path| path.starts_with("/api/1/organizations/?")),
        "what was staged is not asked for again: {asked:?}"
    );
}
