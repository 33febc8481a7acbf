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
