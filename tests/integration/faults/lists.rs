//! Lists besides datasets and organizations that fail or are not there, met by the real program.

use moisson::config::PortalKind;
use moisson::demo;
use moisson::demo::udata::SampleData;
use moisson::harvest::Scope;
use moisson::ledger::{Mode, RunState};
use serde_json::{Value, json};

use super::plain;
use super::portals::{ALWAYS, survives};
use crate::support::Farm;
use crate::support::mishap::{Mishap, Mishaps};
use crate::support::program::Site;
use crate::support::unsound::{Fault, Unsound};

/// A portal of plain datasets with a few records in each of the other lists.
fn peopled() -> SampleData {
    let data = plain(6);
    data.change(|records| {
        let named = |letter: char| -> Vec<Value> {
            let record = |n: usize| {
                let id = format!("{letter}{n}");
                json!({ "id": id, "title": format!("Titre {id}"), "name": format!("Nom {id}"), "slug": id,
                        "description": "Un texte.", "private": false, "tags": ["essai"], "created_at": format!("2024-02-0{n}"),
                        "last_modified": "2024-03-01", "url": format!("https://portail.example/{id}") })
            };
            (1..=3).map(record).collect()
        };
        records.reuses = named('r');
        for reuse in &mut records.reuses {
            reuse["datasets"] = json!([{ "class": "Dataset", "id": "d001" }]);
        }
        records.topics = named('t');
        for topic in &mut records.topics {
            topic["elements"] = json!([{ "id": "e1", "element": { "class": "Dataset", "id": "d001" } }]);
        }
        records.dataservices = named('s');
        for service in &mut records.dataservices {
            service["datasets"] = json!(["d001"]);
        }
        records.harvest_sources = named('h');
    });
    data
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_closed_to_us_is_noted_and_loses_nothing() {
    let portal = Unsound::of(peopled()).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let before = site.descriptions();
    for path in ["/topic/", "/reuse/", "/service/", "/origin/"] {
        assert!(before.keys().any(|iri| iri.contains(path)), "{path}");
    }
    for (path, status) in [
        ("/api/2/topics/", 404),
        ("/api/1/harvest/sources/", 401),
        ("/api/1/dataservices/", 403),
    ] {
        portal.breaks(path, ALWAYS, Fault::Status(status));
    }
    let done = site.succeed(&["harvest", "--full"]);
    let run = site.last_run();
    assert_eq!(
        (run.state, run.counts.withdrawn, run.counts.absent),
        (RunState::Done, 0, 0)
    );
    for (list, why) in [
        ("topics", "404"),
        ("harvest_sources", "401"),
        ("dataservices", "403"),
    ] {
        let note = done
            .out
            .lines()
            .find(|line| line.contains(list))
            .unwrap_or_default();
        assert!(
            note.contains("none is withdrawn") && note.contains(why),
            "{list}: {}",
            done.out
        );
    }
    assert!(site.descriptions() == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_any_list_makes_the_run_partial_and_withdraws_nothing() {
    let portal = Unsound::of(peopled()).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    for (path, fault, why) in [
        ("/api/1/reuses/", Fault::Html, "no JSON"),
        ("/api/1/reuses/", Fault::Endless, "brings nothing new"),
        ("/api/1/reuses/", Fault::Empty, "is empty"),
        ("/api/2/topics/", Fault::Status(500), "answers 500"),
        (
            "/api/1/harvest/",
            Fault::Shrinking,
            "1000 entries were announced, then 500",
        ),
        ("/api/1/dataservices/", Fault::CutJson, "no JSON"),
    ] {
        portal.breaks(path, ALWAYS, fault);
        survives(&portal, &site, RunState::Partial, &[path, why]);
    }
    portal.breaks("/api/2/topics/t2/elements/", ALWAYS, Fault::Endless);
    let parts = "the parts of topics/t2 cannot be had whole";
    survives(&portal, &site, RunState::Partial, &[parts, "/t2/elements/"]);
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_a_list_is_withdrawn_and_its_dataset_stays() {
    let portal = Unsound::of(peopled()).await;
    let site = Site::at(portal.address);
    site.configure(portal.address, "max_withdrawn_share = 0.5", "");
    site.succeed(&["harvest"]);
    portal.data.change(|records| {
        records.reuses.pop();
        records.topics[0]["private"] = json!(true);
    });
    // Only a complete full run notices.
    site.succeed(&["harvest"]);
    assert_eq!(
        (site.last_run().mode, site.last_run().counts.withdrawn),
        (Mode::Incremental, 0)
    );
    site.succeed(&["harvest", "--full"]);
    let run = site.last_run();
    assert_eq!(
        (run.state, run.counts.withdrawn),
        (RunState::Done, 2),
        "{run:?}"
    );
    let kept = site.descriptions();
    let count = |path: &str| kept.keys().filter(|iri| iri.contains(path)).count();
    assert_eq!(
        (count("/reuse/"), count("/topic/"), count("/dataset/")),
        (2, 2, 6)
    );
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_organizations_of_ckan_costs_no_package() {
    let sample = demo::ckan::SampleData::bundled();
    let (routes, mishaps) = Mishaps::over(demo::ckan::router(sample));
    let mut farm = Farm::of_kind(PortalKind::Ckan, "", routes).await;
    farm.config.harvest.max_withdrawn_share = 1.0;
    let whole = farm.harvest(Scope::Full).await;
    assert_eq!(whole.state, RunState::Done, "{whole:?}");
    let asked = mishaps.heal();
    let is_of_organizations = |uri: &String| uri.contains("organization_list");
    let first = asked.iter().position(is_of_organizations).unwrap();
    let packages = usize::try_from(whole.counts.listed).unwrap() - 5;
    for mishap in [Mishap::Html, Mishap::Cut, Mishap::Status(500)] {
        farm.sleep(3600);
        mishaps.spoil(first..usize::MAX, mishap.clone());
        let run = farm.harvest(Scope::Full).await;
        mishaps.heal();
        assert_eq!(run.state, RunState::Partial, "{mishap:?}: {run:?}");
        let reason = run.reason.as_deref().unwrap_or_default();
        assert!(
            reason.contains("organizations: ") && reason.contains("organization_list"),
            "{mishap:?}: {reason}"
        );
        let counts = &run.counts;
        assert_eq!(usize::try_from(counts.listed).unwrap(), packages);
        assert_eq!((counts.absent, counts.withdrawn), (0, 0), "{mishap:?}");
    }
    farm.sleep(3600);
    let again = farm.harvest(Scope::Full).await;
    assert_eq!(again.state, RunState::Done, "{again:?}");
    let counts = &again.counts;
    assert_eq!((counts.created, counts.updated), (0, 0), "{again:?}");
}
