//! `kill -9`: between pages, while committing, projecting and publishing, while rebuilding.

use std::process::Child;
use std::time::{Duration, Instant};

use moisson::demo::udata::SampleData;
use moisson::ledger::{Mode, Reader, RunState};
use rusqlite::{Connection, OpenFlags};

use super::{turn, until};
use crate::faults::plain;
use crate::support::program::Site;
use crate::support::unsound::{Fault, Unsound};

const DATASETS: &str = "/api/1/datasets/";
const ALWAYS: std::ops::Range<usize> = 0..usize::MAX;

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// What a harvest of the same portal that was never killed describes.
async fn undisturbed(data: &SampleData) -> Site {
    let portal = Unsound::of(data.clone()).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    site
}

/// The descriptions without what names the portal's address, which differs between two portals.
fn comparable(site: &Site) -> Vec<String> {
    site.descriptions().into_keys().collect()
}

/// A portal of small pages, and a site whose first harvest was killed while it waited for the last page,
/// which never comes, with everything before it staged. That the page is asked for is not enough: the two
/// pages before it are still on their way then, and what is not staged is asked for again.
async fn killed_on_the_last_page(arguments: &[&str]) -> (Unsound, Site) {
    let portal = Unsound::of(plain(60)).await;
    portal.breaks("/api/", ALWAYS, Fault::TooLarge(20, 502));
    portal.breaks(DATASETS, 2..usize::MAX, Fault::Silence);
    let site = Site::at(portal.address);
    let run = site.start(arguments);
    tokio::task::block_in_place(|| {
        until("two pages are staged", || staged_datasets(&site) == 40);
    });
    kill(run);
    portal.heal();
    (portal, site)
}

/// How many datasets are staged; none where there is no ledger yet, or it is being made.
fn staged_datasets(site: &Site) -> i64 {
    let ledger = Connection::open_with_flags(
        site.store().join("ledger.sqlite"),
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    );
    let count = "SELECT count(*) FROM staged WHERE collection = 'datasets'";
    ledger
        .and_then(|ledger| ledger.query_row(count, [], |row| row.get(0)))
        .unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_run_goes_on_where_it_was_and_counts_as_whole() {
    let (portal, site) = killed_on_the_last_page(&["harvest"]).await;
    assert_eq!(site.last_run().state, RunState::Interrupted);
    assert_eq!(site.published(), None);
    let done = site.succeed(&["harvest"]);
    assert!(done.out.contains("resumed full run done"), "{}", done.out);
    let asked = portal.asked();
    let answers = asked.iter().filter(|asked| asked.contains("/api/"));
    let lists: Vec<&String> = answers.filter(|asked| asked.contains("?page=")).collect();
    // Only the page that was waited for is asked for again, and no list before it.
    assert!(
        lists[0].contains("/1/datasets/?page=3&")
            && !lists[1..]
                .iter()
                .any(|asked| asked.contains("/1/datasets/?page="))
            && !asked.iter().any(|asked| asked.contains("/organizations/")),
        "{asked:?}"
    );
    let run = site.last_run();
    assert_eq!((run.state, run.mode), (RunState::Done, Mode::Full));
    let other = undisturbed(&portal.data).await;
    assert_eq!(run.counts.listed, other.last_run().counts.listed);
    assert_eq!(comparable(&site), comparable(&other));
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_run_is_not_gone_on_with_where_another_thing_is_asked() {
    let (portal, site) = killed_on_the_last_page(&["harvest"]).await;
    site.configure(portal.address, "", "include = ['datasets']");
    let done = site.succeed(&["harvest"]);
    assert!(done.out.contains("exemple: full run done"), "{}", done.out);
    let asked = portal.asked();
    assert!(
        asked
            .iter()
            .any(|asked| asked.contains("datasets/?page=1&")),
        "{asked:?}"
    );
    let runs = site.reader().runs(None, 10).unwrap();
    assert!(
        runs.iter()
            .any(|run| run.reason.as_deref() == Some("interrupted")),
        "{runs:#?}"
    );

    // A limited run took a part of its last page only.
    let (portal, site) = killed_on_the_last_page(&["harvest", "--limit", "1000"]).await;
    let done = site.succeed(&["harvest"]);
    assert!(done.out.contains("exemple: full run done"), "{}", done.out);
    assert!(
        portal
            .asked()
            .iter()
            .any(|asked| asked.contains("organizations/?page=1&"))
    );
}

/// Kills a harvest at some moment and says what was published before and after.
fn kill_a_harvest(site: &Site, moment: &dyn Fn(&Reader, Instant) -> bool, what: &str) {
    let before = site.published().unwrap();
    let reader = site.reader();
    let mut run = site.start(&["harvest", "--full"]);
    let started = Instant::now();
    until(what, || {
        run.try_wait().unwrap().is_some() || moment(&reader, started)
    });
    kill(run);
    let after = site.published().unwrap();
    let sequence = site.ledger().sequence().unwrap();
    assert!(
        before <= after && after <= sequence,
        "{what}: {before} {after} {sequence}"
    );
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_harvest_killed_at_any_moment_loses_nothing_and_the_next_completes_it() {
    let portal = Unsound::of(plain(60)).await;
    let site = Site::at(portal.address);
    let started = Instant::now();
    site.succeed(&["harvest"]);
    let whole = started.elapsed();
    let mut generation = 0;
    tokio::task::block_in_place(|| {
        // Anywhere in a run, from its start to its end.
        for part in 0..6 {
            generation += 1;
            turn(&portal.data, generation);
            let delay = whole * part / 10;
            kill_a_harvest(
                &site,
                &|_, started| started.elapsed() >= delay,
                &format!("after {delay:?}"),
            );
        }
        // Around the commit, the projection and the publication, which are short.
        for part in 0..6u32 {
            generation += 1;
            turn(&portal.data, generation);
            let delay = Duration::from_millis(u64::from(part) * 20);
            let sequence = site.ledger().sequence().unwrap();
            let committed = std::cell::Cell::new(None);
            let moment = |reader: &Reader, _: Instant| {
                if committed.get().is_none() && reader.sequence().unwrap() > sequence {
                    committed.set(Some(Instant::now()));
                }
                committed
                    .get()
                    .is_some_and(|at: Instant| at.elapsed() >= delay)
            };
            kill_a_harvest(&site, &moment, &format!("{delay:?} after the commit"));
        }
    });
    site.succeed(&["harvest", "--full"]);
    site.assert_published_whole();
    assert_eq!(site.published(), Some(site.ledger().sequence().unwrap()));
    assert_eq!(
        comparable(&site),
        comparable(&undisturbed(&portal.data).await)
    );
    no_leftovers(&site);
}

fn no_leftovers(site: &Site) {
    let entries = site.entries();
    for left in ["graph.new", "graph.old", "current.new"] {
        assert!(!entries.iter().any(|entry| entry == left), "{entries:?}");
    }
    assert!(
        !entries.iter().any(|entry| entry.starts_with("partial-")),
        "{entries:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_or_publication_killed_at_any_moment_is_completed_by_the_next() {
    let portal = Unsound::of(plain(60)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let (sequence, before) = (site.published(), site.descriptions());
    let started = Instant::now();
    site.succeed(&["rebuild"]);
    let whole = started.elapsed();
    tokio::task::block_in_place(|| {
        for part in 1..7 {
            let run = site.start(&[if part % 3 == 0 { "publish" } else { "rebuild" }]);
            std::thread::sleep(whole * part / 7);
            kill(run);
            site.assert_published_whole();
            assert_eq!(site.published(), sequence);
        }
    });
    site.succeed(&["publish"]);
    site.assert_published_whole();
    assert!(site.descriptions() == before);
    no_leftovers(&site);
}
