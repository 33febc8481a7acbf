//! The operator knows better: what the configuration says takes effect with the next command, offline.

use super::both;
use super::world::{Seen, World, dataset};

#[test]
fn switched_off_every_record_stands_for_itself_and_switched_on_they_are_one_again() {
    let mut world = both("aa", "bb");
    world.publish();
    world.config.recognition.enabled = false;
    world.configure();
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    assert_eq!(world.findings("aa/a1"), []);
    world.publish();
    world.harvest("aa");
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    world.config.recognition.enabled = true;
    world.configure();
    assert_eq!(world.datasets(), ["aa/a1"]);
    world.publish();
    let before = world.sequence();
    world.configure();
    assert_eq!(world.sequence(), before, "said once is enough");
}

#[test]
fn what_the_operator_says_is_apart_is_not_the_same() {
    let mut world = both("aa", "bb");
    world.config.recognition.apart = vec![vec![world.iri("aa/a1"), world.iri("bb/b1")]];
    world.configure();
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    assert_eq!(world.findings("bb/b1"), [], "nothing is left to be said");
    world.config.recognition.apart.clear();
    world.configure();
    assert_eq!(world.datasets(), ["aa/a1"]);
}

#[test]
fn the_operator_says_which_one_is_shown() {
    for by_portal in [true, false] {
        let mut world = both("aa", "bb");
        world.publish();
        if by_portal {
            world.config.recognition.prefer = vec![world.portal("bb").id.clone()];
        } else {
            world.config.recognition.canonical = vec![world.iri("bb/b1")];
        }
        world.configure();
        assert_eq!(world.datasets(), ["bb/b1"]);
        assert_eq!(world.seen("aa/a1"), Seen::As("bb/b1".to_owned()));
        assert_eq!(world.events("aa/a1"), ["create", "same"]);
        assert_eq!(world.events("bb/b1"), ["same", "apart", "create"]);
        world.publish();
    }
}

#[test]
fn what_the_operator_says_is_the_same_needs_no_evidence_and_may_come_later() {
    let mut world = World::new();
    world.config.recognition.same = vec![vec![world.iri("bb/b1"), world.iri("aa/a1")]];
    world.set("aa", vec![dataset("a1", "Communes", &[])]);
    world.set("bb", vec![dataset("b1", "Les communes", &[])]);
    world.harvest("aa");
    assert_eq!(world.datasets(), ["aa/a1"]);
    world.harvest("bb");
    assert_eq!(world.datasets(), ["bb/b1"]);
    assert_eq!(world.why("aa/a1"), None);
    world.config.recognition.same.clear();
    world.configure();
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    world.publish();
}
