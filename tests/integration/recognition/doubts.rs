//! What only suggests that two records are the same is a finding on both, and nothing more.

use super::world::{World, dataset};

#[test]
fn a_short_identifier_or_a_landing_page_only_suggests_it() {
    let page = "https://mairie.example/donnees/communes";
    for (name, value) in [("5369", "5369"), (page, page)] {
        let mut world = World::new();
        let one = |id: &str| {
            let mut one = dataset(id, "Communes", &[]);
            if name == page {
                one["harvest"]["remote_url"] = page.into();
            } else {
                one["harvest"]["dct_identifier"] = name.into();
            }
            one
        };
        world.set("aa", vec![one("a1")]);
        world.set("bb", vec![one("b1")]);
        world.harvest("aa");
        assert_eq!(world.findings("aa/a1"), []);
        world.harvest("bb");
        assert_eq!(world.datasets(), ["aa/a1", "bb/b1"], "{name}");
        let expected = ("possibly-same".to_owned(), value.to_owned());
        for record in ["aa/a1", "bb/b1"] {
            assert_eq!(
                world.findings(record),
                std::slice::from_ref(&expected),
                "{name}"
            );
        }
        // Once the one has gone, the other is told so.
        world.set("bb", Vec::new());
        world.harvest("bb");
        assert_eq!(world.findings("aa/a1"), [], "{name}");
    }
}

#[test]
fn a_landing_page_that_many_share_suggests_nothing() {
    let mut world = World::new();
    let one = |id: &str| {
        let mut one = dataset(id, "Communes", &[]);
        one["harvest"]["remote_url"] = "https://mairie.example/donnees".into();
        one
    };
    world.set("aa", vec![one("a1"), one("a2")]);
    world.set("bb", vec![one("b1")]);
    world.harvest("aa");
    world.harvest("bb");
    for record in ["aa/a1", "aa/a2", "bb/b1"] {
        assert_eq!(world.findings(record), [], "{record}");
    }
}

#[test]
fn a_name_here_that_is_only_a_landing_page_there_suggests_it() {
    let address = "https://origine.example/jeu/1";
    let mut world = World::new();
    let mut copy = dataset("b1", "Copie", &[]);
    copy["harvest"]["remote_url"] = address.into();
    world.set("aa", vec![dataset("a1", "Communes", &[address])]);
    world.set("bb", vec![copy]);
    world.harvest("aa");
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    for record in ["aa/a1", "bb/b1"] {
        assert_eq!(world.findings(record)[0].0, "possibly-same", "{record}");
    }
}

#[test]
fn equal_identifiers_of_two_portals_are_two_records() {
    let mut world = World::new();
    world.set("aa", vec![dataset("12", "Communes", &[])]);
    world.set("bb", vec![dataset("12", "Forages", &[])]);
    world.harvest("aa");
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/12", "bb/12"]);
    // What one of them does with it is nothing to the other.
    world.set("bb", Vec::new());
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/12"]);
    assert_eq!(world.events("aa/12"), ["create"]);
    world.publish();
}

#[test]
fn names_on_a_host_that_is_another_one_everywhere_prove_nothing() {
    let name = "http://localhost:8080/geonetwork/srv/resources/datasets/6";
    let mut world = World::new();
    world.set("aa", vec![dataset("a1", "Communes", &[name])]);
    world.set("bb", vec![dataset("b1", "Forages", &[name])]);
    world.harvest("aa");
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
}

#[test]
fn a_dataset_that_gets_another_identifier_is_there_once_in_the_end() {
    let mut world = World::new();
    let names = ["https://origine.example/jeu/1"];
    world.set("aa", vec![dataset("fe79", "Élections", &names)]);
    world.harvest("aa");
    // The portal lists both for a while: they are two, and nothing is merged by a name they share.
    let renamed = || dataset("elections-2020", "Élections", &names);
    world.set("aa", vec![dataset("fe79", "Élections", &names), renamed()]);
    world.harvest("aa");
    assert_eq!(world.datasets(), ["aa/elections-2020", "aa/fe79"]);
    world.set("aa", vec![renamed()]);
    world.harvest("aa");
    assert_eq!(world.datasets(), ["aa/elections-2020"]);
    assert_eq!(world.findings("aa/elections-2020"), []);
    world.publish();
}
