//! What is no longer the same comes back under its old IRI.

use super::world::{Seen, World, dataset};
use super::{DOI, both};

#[test]
fn without_its_evidence_an_alias_comes_back_under_its_iri() {
    for (portal, id) in [("bb", "b1"), ("aa", "a1")] {
        let mut world = both("aa", "bb");
        world.publish();
        world.set(portal, vec![dataset(id, "Sans DOI", &[])]);
        world.harvest(portal);
        assert_eq!(world.datasets(), ["aa/a1", "bb/b1"], "{portal}");
        assert_eq!(world.seen("bb/b1"), Seen::Live);
        assert_eq!(world.events("bb/b1"), ["same", "apart", "create"]);
        world.publish();
    }
}

#[test]
fn when_the_origin_withdraws_its_dataset_the_copy_comes_back() {
    let mut world = both("aa", "bb");
    world.publish();
    world.set("aa", Vec::new());
    world.harvest("aa");
    assert_eq!(world.seen("aa/a1"), Seen::Gone);
    assert_eq!(world.datasets(), ["bb/b1"]);
    assert_eq!(world.events("bb/b1"), ["same", "apart", "create"]);
    world.publish();
    // The origin has it again: what is published meanwhile stays.
    world.set("aa", vec![dataset("a1", "Communes", &[DOI])]);
    world.harvest("aa");
    assert_eq!(world.datasets(), ["bb/b1"]);
    assert_eq!(world.seen("aa/a1"), Seen::As("bb/b1".to_owned()));
    assert_eq!(world.events("aa/a1"), ["create", "delete", "same"]);
    world.publish();
}

#[test]
fn a_withdrawn_alias_is_gone_and_comes_back_as_an_alias() {
    let mut world = both("aa", "bb");
    world.set("bb", Vec::new());
    let counts = world.harvest("bb");
    assert_eq!(counts.withdrawn, 1);
    assert_eq!(world.seen("bb/b1"), Seen::Gone);
    assert_eq!(world.events("bb/b1"), ["same", "delete"]);
    world.set("bb", vec![dataset("b1", "Copie", &[DOI])]);
    world.harvest("bb");
    assert_eq!(world.seen("bb/b1"), Seen::As("aa/a1".to_owned()));
    world.publish();
}

#[test]
fn of_three_the_next_one_is_shown_when_the_first_is_lost() {
    let mut world = both("aa", "bb");
    world.set("cc", vec![dataset("c1", "Une autre copie", &[DOI])]);
    world.harvest("cc");
    assert_eq!(world.datasets(), ["aa/a1"]);
    world.publish();
    world.set("aa", Vec::new());
    world.harvest("aa");
    assert_eq!(world.datasets(), ["bb/b1"]);
    assert_eq!(world.seen("cc/c1"), Seen::As("bb/b1".to_owned()));
    world.publish();
}

#[test]
fn a_record_shown_as_it_was_before_keeps_the_date_of_its_first_publication() {
    let mut world = World::new();
    world.set("aa", vec![dataset("a1", "Communes", &[DOI])]);
    world.set("bb", vec![dataset("b1", "Copie", &[])]);
    world.harvest("bb");
    world.publish();
    let issued = |world: &World| {
        let (reader, at) = (world.reader(), world.sequence());
        reader
            .live_of(&world.iri("bb/b1"), at)
            .unwrap()
            .unwrap()
            .issued
    };
    let first = issued(&world);
    assert!(first.is_some());
    world.harvest("aa");
    world.set("bb", vec![dataset("b1", "Copie", &[DOI])]);
    world.config.recognition.prefer = vec![world.portal("aa").id.clone()];
    world.harvest("bb");
    world.publish();
    assert_eq!(world.seen("bb/b1"), Seen::As("aa/a1".to_owned()));
    world.set("bb", vec![dataset("b1", "Copie", &[])]);
    world.harvest("bb");
    world.publish();
    assert_eq!(issued(&world), first);
}

#[test]
fn a_ledger_that_knew_no_evidence_recognises_what_it_holds() {
    let mut world = both("aa", "bb");
    let before = world.sequence();
    world.forget_evidence();
    world.configure();
    let own = world.reader().events(before, u64::MAX >> 1, 100).unwrap();
    assert!(
        own.iter().all(|event| !event.iri.contains("dataset")),
        "{own:?}"
    );

    let mut world = World::new();
    world.config.recognition.enabled = false;
    world.set("aa", vec![dataset("a1", "Communes", &[DOI])]);
    world.set("bb", vec![dataset("b1", "Copie", &[DOI])]);
    world.harvest("bb");
    world.harvest("aa");
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    world.forget_evidence();
    world.config.recognition.enabled = true;
    world.configure();
    assert_eq!(world.datasets(), ["bb/b1"], "the one published first");
}
