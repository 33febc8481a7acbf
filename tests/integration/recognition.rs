//! The same dataset met through several portals: one record of it is shown, under the IRI that was
//! published first, and every decision can be undone.

mod classes;
pub(crate) mod demonstration;
mod derived;
mod doubts;
mod operator;
mod references;
mod undone;
pub(crate) mod world;

use moisson::ledger::RecordState;
use world::{Seen, World, dataset};

const DOI: &str = "10.99999/communes";

/// Portal `aa` and portal `bb` have the same dataset.
fn both(first: &str, second: &str) -> World {
    let mut world = World::new();
    world.set("aa", vec![dataset("a1", "Communes", &[DOI])]);
    world.set("bb", vec![dataset("b1", "Communes, copie", &[DOI])]);
    world.harvest(first);
    world.harvest(second);
    world
}

#[test]
fn the_iri_published_first_stays_whatever_is_harvested_later() {
    for (first, second, shown, alias) in [
        ("aa", "bb", "aa/a1", "bb/b1"),
        ("bb", "aa", "bb/b1", "aa/a1"),
    ] {
        let world = both(first, second);
        assert_eq!(world.datasets(), [shown]);
        assert_eq!(world.seen(alias), Seen::As(shown.to_owned()));
        assert_eq!(world.events(alias), ["same"], "it was never published");
        assert_eq!(world.why(alias), Some(format!("doi:{DOI}")));
    }
}

#[test]
fn every_kind_of_proof_is_recognised() {
    let uuid = "0f9c6a6e-3d1b-4c58-9f5e-2f8c1d7a4b33";
    for (here, there) in [
        (DOI, "https://doi.org/10.99999/COMMUNES"),
        (
            "https://origine.example/jeu/1",
            "http://origine.example/jeu/1/",
        ),
        (uuid, &format!("urn:uuid:{}", uuid.to_uppercase())),
        ("urn:x-exemple:communes", "urn:x-exemple:communes"),
    ] {
        let mut world = World::new();
        world.set("aa", vec![dataset("a1", "Communes", &[here])]);
        world.set("bb", vec![dataset("b1", "Copie", &[there])]);
        world.harvest("aa");
        world.harvest("bb");
        assert_eq!(world.datasets(), ["aa/a1"], "{here}");
    }
}

#[test]
fn a_harvest_loop_is_recognised_by_our_own_iri() {
    let mut world = World::new();
    world.set("aa", vec![dataset("a1", "Communes", &[])]);
    world.harvest("aa");
    let ours = world.iri("aa/a1");
    world.set("bb", vec![dataset("b1", "Moissonné chez nous", &[&ours])]);
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/a1"]);
}

#[test]
fn harvesting_the_same_again_is_no_event() {
    let mut world = both("aa", "bb");
    let before = world.sequence();
    world.harvest("aa");
    world.harvest("bb");
    assert_eq!(world.sequence(), before);
}

#[test]
fn a_change_of_an_alias_changes_nothing_that_is_shown() {
    let mut world = both("aa", "bb");
    let before = world.sequence();
    world.set("bb", vec![dataset("b1", "Un autre titre", &[DOI])]);
    world.harvest("bb");
    assert_eq!(
        (world.sequence(), world.datasets()),
        (before, vec!["aa/a1".to_owned()])
    );
}

#[test]
fn a_record_published_before_it_is_recognised_is_deleted_by_an_event() {
    let mut world = World::new();
    world.set("aa", vec![dataset("a1", "Communes", &[DOI])]);
    world.set("bb", vec![dataset("b1", "Copie", &[])]);
    world.harvest("aa");
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    world.set("bb", vec![dataset("b1", "Copie", &[DOI])]);
    let counts = world.harvest("bb");
    assert_eq!((counts.recognised, counts.withdrawn), (1, 0));
    assert_eq!(world.datasets(), ["aa/a1"]);
    assert_eq!(world.events("bb/b1"), ["create", "same"]);
    world.publish();
}

#[test]
fn a_source_name_of_either_leads_to_the_one_shown() {
    let mut world = both("aa", "bb");
    world.publish();
    for name in [
        "https://aa.example/api/1/datasets/a1/",
        "https://bb.example/api/1/datasets/b1/",
        &format!("https://doi.org/{DOI}"),
    ] {
        let reader = world.reader();
        let found = reader.alias(name, world.sequence()).unwrap();
        assert_eq!(found, [world.iri("aa/a1")], "{name}");
    }
}

#[test]
fn the_status_counts_what_is_recognised() {
    let world = both("aa", "bb");
    let status = |portal| {
        world
            .reader()
            .portal_status(&world.portal(portal).id)
            .unwrap()
    };
    assert_eq!((status("aa").recognised, status("bb").recognised), (0, 1));
    assert_eq!(status("bb").records.get("dataset"), None);
}

#[test]
fn the_run_tells_what_it_recognised_and_why() {
    let world = both("aa", "bb");
    let reader = world.reader();
    let run = reader
        .runs(Some(&world.portal("bb").id), 1)
        .unwrap()
        .remove(0);
    let told = reader.run_records(run.id, 10).unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|one| (one.state, one.record.as_str(), one.reason.as_deref()))
        .collect();
    let reason = format!("the same as <{}>: doi:{DOI}", world.iri("aa/a1"));
    let alias = world.iri("bb/b1");
    assert_eq!(
        told,
        [(
            RecordState::Recognised,
            alias.as_str(),
            Some(reason.as_str())
        )]
    );
}

#[test]
fn a_record_keeps_its_iri_when_title_page_and_order_change() {
    let mut world = World::new();
    let one = |title: &str, page: &str| {
        let mut one = dataset("a1", title, &[]);
        one["page"] = format!("https://aa.example/datasets/{page}/").into();
        one["slug"] = page.into();
        one
    };
    world.set(
        "aa",
        vec![one("Communes", "communes"), dataset("a2", "Autre", &[])],
    );
    world.harvest("aa");
    let before = world.datasets();
    world.set(
        "aa",
        vec![dataset("a2", "Autre", &[]), one("Villes", "villes")],
    );
    world.harvest("aa");
    assert_eq!(world.datasets(), before);
    assert_eq!(world.events("aa/a1"), ["create", "update"]);
}
