//! Portals that fail, met by the real program.

use std::time::{Duration, Instant};

use moisson::ledger::{Mode, RunState};

use super::plain;
use crate::support::program::{Site, base};
use crate::support::unsound::{Fault, Unsound};

const ORGANIZATIONS: &str = "/api/1/organizations/";
const DATASETS: &str = "/api/1/datasets/";
pub(super) const ALWAYS: std::ops::Range<usize> = 0..usize::MAX;

/// A site whose portal was harvested once, soundly.
async fn harvested() -> (Unsound, Site) {
    let portal = Unsound::of(plain(30)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    (portal, site)
}

/// Harvests while the portal has a fault: the run must end as `state` and say `why`, everything must stay
/// published, and the next run must be sound again.
pub(super) fn survives(portal: &Unsound, site: &Site, state: RunState, why: &[&str]) {
    let (before, published) = (site.descriptions(), site.published());
    let done = site.run(&["harvest", "--full"]);
    assert_eq!(done.status, Some(1), "{why:?}: {done:#?}");
    let run = site.last_run();
    assert_eq!((run.state, run.mode), (state, Mode::Full), "{run:?}");
    let reason = run.reason.unwrap_or_default();
    for word in why {
        assert!(reason.contains(word), "{word}: {reason}");
        assert!(done.out.contains(word), "{word}: {}", done.out);
    }
    assert_eq!(
        (run.counts.withdrawn, run.counts.absent),
        (0, 0),
        "{reason}"
    );
    assert!(site.descriptions() == before, "{reason}");
    assert_eq!(site.published(), published, "{reason}");
    assert!(site.run(&["status"]).out.contains(&reason));

    portal.heal();
    site.succeed(&["harvest", "--full"]);
    assert_eq!(site.last_run().state, RunState::Done);
    assert!(site.descriptions() == before, "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_portal_answers_the_run_says_why_and_withdraws_nothing() {
    use RunState::Partial;
    let (portal, site) = harvested().await;
    let down = Fault::Status(503);
    for (path, fault, state, why) in [
        (DATASETS, Fault::Html, Partial, "something that is no JSON"),
        (
            ORGANIZATIONS,
            Fault::CutJson,
            Partial,
            "something that is no JSON: EOF",
        ),
        (DATASETS, Fault::CutBody, Partial, "no whole answer from"),
        (DATASETS, Fault::Status(500), Partial, "answers 500"),
        (ORGANIZATIONS, down, Partial, "answers 503"),
        (
            DATASETS,
            Fault::Endless,
            Partial,
            "brings nothing new and still names a next page",
        ),
        (
            ORGANIZATIONS,
            Fault::Shrinking,
            Partial,
            "1000 entries were announced, then 500",
        ),
        (ORGANIZATIONS, Fault::Empty, Partial, "is empty"),
        (DATASETS, Fault::Empty, Partial, "is empty"),
        (
            DATASETS,
            Fault::Redirect("http://192.0.2.1:9/".into()),
            Partial,
            "192.0.2.1",
        ),
    ] {
        let url = format!("http://{}{path}", portal.address);
        let named = if matches!(fault, Fault::Redirect(_)) {
            "http://192.0.2.1:9/"
        } else {
            &url
        };
        portal.breaks(path, ALWAYS, fault);
        survives(&portal, &site, state, &[named, why]);
    }
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_does_not_answer_in_time_is_given_up() {
    let (portal, site) = harvested().await;
    for fault in [Fault::Silence, Fault::Drip] {
        site.configure(portal.address, "timeout = '150ms'", "");
        portal.breaks(DATASETS, ALWAYS, fault);
        let started = Instant::now();
        let done = site.run(&["harvest", "--full"]);
        assert!(started.elapsed() < Duration::from_secs(15));
        assert_eq!(done.status, Some(1), "{done:#?}");
        let run = site.last_run();
        let reason = run.reason.unwrap();
        assert!(
            reason.contains("did not answer in time") && reason.contains(DATASETS),
            "{reason}"
        );
        portal.heal();
        site.configure(portal.address, "", "");
        site.succeed(&["harvest", "--full"]);
        assert_eq!(site.last_run().state, RunState::Done);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_passes_costs_nothing() {
    let (portal, site) = harvested().await;
    let before = site.descriptions();
    for fault in [
        Fault::Status(500),
        Fault::Html,
        Fault::CutJson,
        Fault::CutBody,
    ] {
        portal.breaks(DATASETS, 0..1, fault.clone());
        site.succeed(&["harvest", "--full"]);
        let run = site.last_run();
        assert_eq!((run.state, run.reason), (RunState::Done, None), "{fault:?}");
        assert!(portal.asked().len() > 2, "{fault:?}");
        portal.heal();
    }
    assert!(site.descriptions() == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_page_size_is_made_smaller_and_the_run_is_whole() {
    let portal = Unsound::of(plain(70)).await;
    portal.breaks(DATASETS, ALWAYS, Fault::TooLarge(20, 502));
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    assert_eq!(site.last_run().state, RunState::Done);
    let other = Unsound::of(plain(70)).await;
    let sound = Site::at(other.address);
    sound.succeed(&["harvest"]);
    assert_eq!(
        site.descriptions().keys().collect::<Vec<_>>(),
        sound.descriptions().keys().collect::<Vec<_>>()
    );
    assert!(
        portal
            .asked()
            .iter()
            .any(|asked| asked.contains("page=4&page_size=20"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn private_addresses_are_refused_unless_the_portal_may_have_one() {
    let (portal, site) = harvested().await;
    let before = site.descriptions();
    site.write_config(&format!(
        "base_uri = '{}'\n[[portal]]\nid = 'exemple'\nkind = 'udata'\nurl = 'http://{}/'\n",
        base(),
        portal.address
    ));
    portal.heal();
    let done = site.run(&["harvest", "--full"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    let run = site.last_run();
    let reason = run.reason.unwrap();
    assert_eq!(run.state, RunState::Failed);
    assert!(
        reason.contains("is at 127.0.0.1, which is not a public address"),
        "{reason}"
    );
    assert!(portal.asked().is_empty(), "not even connected to");
    assert!(site.descriptions() == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_is_gone_is_named_with_the_cause() {
    let (portal, site) = harvested().await;
    let before = site.descriptions();
    // Nothing listens on the port once its listener is dropped.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = nobody.local_addr().unwrap();
    drop(nobody);
    site.configure(gone, "", "");
    let done = site.run(&["harvest", "--full"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    let reason = site.last_run().reason.unwrap();
    assert!(
        reason.contains(&gone.to_string()) && reason.contains("Connection refused"),
        "{reason}"
    );
    site.configure(portal.address, "", "");
    site.succeed(&["harvest", "--full"]);
    assert!(site.descriptions() == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_portal_that_fails_does_not_keep_the_others_from_being_published() {
    let (bad, good) = (Unsound::of(plain(30)).await, Unsound::of(plain(30)).await);
    bad.breaks("/", ALWAYS, Fault::Status(404));
    let site = Site::at(bad.address);
    site.configure(
        bad.address,
        "",
        &format!(
            "[[portal]]\nid = 'autre'\nkind = 'udata'\nurl = 'http://{}/'\nallow_private = true",
            good.address
        ),
    );
    let done = site.run(&["harvest", "--json"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    let report: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(
        (&report["runs"][0]["state"], &report["runs"][1]["state"]),
        (&"failed".into(), &"done".into()),
        "{report}"
    );
    assert_eq!(site.published(), report["sequence"].as_u64());
    assert!(
        site.descriptions()
            .keys()
            .any(|iri| iri.contains("/dataset/autre/"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_that_a_stopped_run_did_not_reach_are_found_by_the_next_one() {
    let portal = Unsound::of(plain(60)).await;
    let site = Site::at(portal.address);
    portal.breaks("/api/", ALWAYS, Fault::TooLarge(20, 502));
    site.succeed(&["harvest"]);
    // The full run reads the first two pages of three and stops. What it then knows is newer than what
    // changed on the third.
    portal.data.change(|records| {
        for (position, day) in (0..20)
            .map(|n| (n, 25))
            .chain((20..40).map(|n| (n, 24)))
            .chain([(45, 20)])
        {
            let dataset = &mut records.datasets[position];
            dataset["title"] = format!("Changé le {day}").into();
            dataset["internal"]["last_modified_internal"] =
                format!("2027-11-{day}T10:00:00.000000+00:00").into();
        }
    });
    portal.breaks(DATASETS, 2..usize::MAX, Fault::Status(403));
    let done = site.run(&["harvest", "--full"]);
    assert_eq!(
        (done.status, site.last_run().state),
        (Some(1), RunState::Partial),
        "{done:#?}"
    );
    assert_eq!(site.last_run().counts.updated, 40);
    portal.heal();
    portal.breaks("/api/", ALWAYS, Fault::TooLarge(20, 502));
    site.succeed(&["harvest"]);
    let run = site.last_run();
    assert_eq!(
        (run.mode, run.counts.updated),
        (Mode::Incremental, 1),
        "{run:?}"
    );
    assert!(
        site.succeed(&["dump", "--format", "nt"])
            .out
            .contains("le 20")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_without_organizations_is_harvested() {
    let data = plain(8);
    data.change(|records| records.organizations.clear());
    let portal = Unsound::of(data).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    assert!(
        site.descriptions()
            .keys()
            .any(|iri| iri.contains("/dataset/"))
    );
    portal.data.change(|records| records.datasets.clear());
    let done = site.run(&["harvest", "--full"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(site.last_run().reason.unwrap().contains("is empty"));
}
