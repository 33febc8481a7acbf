//! What other records say of an alias is said of the record that is shown.

use super::world::{World, dataset, reuse};
use super::{DOI, both};
use crate::support::BASE;

const USES: &str = "http://www.w3.org/ns/duv#refersTo";
const USED: &str = "http://www.w3.org/ns/duv#hasUsage";
const SAME: &str = "http://www.w3.org/2002/07/owl#sameAs";

fn with_reuse() -> World {
    let mut world = both("aa", "bb");
    world.set("bb", vec![dataset("b1", "Copie", &[DOI])]);
    world.add("bb", "reuses", reuse("u1", &["b1"]));
    world.harvest("bb");
    world
}

fn states(world: &World, subject: &str, property: &str, object: &str) -> bool {
    let line = format!(
        "<{}> <{property}> <{}>",
        world.iri(subject),
        world.iri(object)
    );
    world.quads().contains(&line)
}

#[test]
fn a_reuse_of_an_alias_is_one_of_the_dataset_shown() {
    let mut world = with_reuse();
    world.publish();
    assert!(states(&world, "reuse/bb/u1", USES, "aa/a1"));
    assert!(states(&world, "aa/a1", USED, "reuse/bb/u1"));
    // Of the alias the catalogue says whose it is, and nothing else; what was said is in the origin graph.
    let alias = format!("<{}>", world.iri("bb/b1"));
    let said: Vec<String> = world
        .quads()
        .into_iter()
        .filter(|quad| quad.contains(&alias))
        .collect();
    let same = format!("{alias} <{SAME}> <{}>", world.iri("aa/a1"));
    let origin = format!(
        "<{}> <{USES}> {alias} <{BASE}graph/origin>",
        world.iri("reuse/bb/u1")
    );
    assert_eq!(said, [same, origin]);
    assert_eq!(world.events("reuse/bb/u1"), ["create"]);
}

#[test]
fn what_is_undone_is_undone_in_what_others_say_too() {
    let mut world = with_reuse();
    world.publish();
    let before = world.body("reuse/bb/u1");
    world.config.recognition.apart = vec![vec![world.iri("aa/a1"), world.iri("bb/b1")]];
    world.configure();
    world.publish();
    assert!(states(&world, "reuse/bb/u1", USES, "bb/b1"));
    assert_eq!(world.events("reuse/bb/u1"), ["create", "update"]);
    world.config.recognition.apart.clear();
    world.configure();
    world.publish();
    assert_eq!(world.body("reuse/bb/u1"), before);
}

#[test]
fn a_reuse_that_comes_in_the_same_run_as_its_alias_is_described_once() {
    let mut world = World::new();
    world.set("aa", vec![dataset("a1", "Communes", &[DOI])]);
    world.set("bb", vec![dataset("b1", "Copie", &[DOI])]);
    world.add("bb", "reuses", reuse("u1", &["b1"]));
    world.harvest("aa");
    world.harvest("bb");
    assert_eq!(world.events("reuse/bb/u1"), ["create"]);
    world.publish();
    assert!(states(&world, "reuse/bb/u1", USES, "aa/a1"));
}

#[test]
fn a_reuse_of_an_alias_that_is_withdrawn_is_one_of_nothing_shown() {
    let mut world = with_reuse();
    world.set("bb", Vec::new());
    world.add("bb", "reuses", reuse("u1", &["b1"]));
    world.harvest("bb");
    world.publish();
    // The portal's own page of it stands for it.
    assert!(!states(&world, "reuse/bb/u1", USES, "bb/b1"));
    assert!(!states(&world, "reuse/bb/u1", USES, "aa/a1"));
    let start = format!("<{}> <{USES}> <", world.iri("reuse/bb/u1"));
    let quads = world.quads().into_iter();
    let found: Vec<String> = quads.filter(|quad| quad.starts_with(&start)).collect();
    assert!(
        found.len() == 1 && found[0].contains("/datasets/b1/"),
        "{found:?}"
    );
}

#[test]
fn a_reuse_follows_when_another_record_is_shown() {
    let mut world = with_reuse();
    world.set("aa", Vec::new());
    world.harvest("aa");
    world.publish();
    assert!(states(&world, "reuse/bb/u1", USES, "bb/b1"));
}
