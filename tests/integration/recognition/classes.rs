//! More than two of the same: chains, and records of one portal that a third would make the same.

use serde_json::json;

use super::world::{Seen, World, dataset};
use super::{DOI, both};

const URN: &str = "urn:x-exemple:communes";

#[test]
fn a_chain_of_different_names_is_one_dataset() {
    // The middle of the chain comes last, and joins two that are shown already.
    let mut world = World::new();
    world.set("aa", vec![dataset("a1", "Communes", &[DOI])]);
    world.set("bb", vec![dataset("b1", "Copie", &[URN])]);
    world.set("cc", vec![dataset("c1", "Copie de copie", &[DOI, URN])]);
    world.harvest("bb");
    world.harvest("aa");
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    world.publish();
    world.harvest("cc");
    assert_eq!(world.datasets(), ["bb/b1"]);
    for alias in ["aa/a1", "cc/c1"] {
        assert_eq!(world.seen(alias), Seen::As("bb/b1".to_owned()));
    }
    assert_eq!(world.why("cc/c1").as_deref(), Some(URN));
    assert_eq!(world.why("aa/a1"), Some(format!("doi:{DOI}")));
    world.publish();
    // Without its middle the chain falls apart.
    world.set("cc", Vec::new());
    world.harvest("cc");
    assert_eq!(world.datasets(), ["aa/a1", "bb/b1"]);
    world.publish();
}

#[test]
fn two_records_of_one_portal_are_never_the_same() {
    let mut world = World::new();
    let twice = || {
        vec![
            dataset("a1", "Communes", &[DOI]),
            dataset("a2", "Les mêmes", &[DOI]),
        ]
    };
    world.set("aa", twice());
    world.harvest("aa");
    assert_eq!(world.datasets(), ["aa/a1", "aa/a2"]);
    for one in ["aa/a1", "aa/a2"] {
        let expected = ("duplicate-identifier".to_owned(), format!("doi:{DOI}"));
        assert_eq!(world.findings(one), [expected], "{one}");
    }
    // What one portal gives twice proves nothing elsewhere either.
    world.set("bb", vec![dataset("b1", "Copie", &[DOI])]);
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/a1", "aa/a2", "bb/b1"]);
    // Once it is corrected, it does.
    world.set(
        "aa",
        vec![
            dataset("a1", "Communes", &[DOI]),
            dataset("a2", "D’autres", &[]),
        ],
    );
    world.harvest("aa");
    assert_eq!(world.datasets(), ["aa/a1", "aa/a2"]);
    assert_eq!(world.seen("bb/b1"), Seen::As("aa/a1".to_owned()));
    assert_eq!(world.findings("aa/a1"), []);
    // And when it comes back, it no longer does.
    world.set("aa", twice());
    world.harvest("aa");
    assert_eq!(world.datasets(), ["aa/a1", "aa/a2", "bb/b1"]);
    world.publish();
}

#[test]
fn by_way_of_a_third_they_are_not_either() {
    let mut world = both("aa", "bb");
    world.set(
        "aa",
        vec![
            dataset("a1", "Communes", &[DOI]),
            dataset("a2", "D’autres", &[URN]),
        ],
    );
    world.set("bb", vec![dataset("b1", "Copie des deux", &[DOI, URN])]);
    world.harvest("aa");
    world.harvest("bb");
    assert_eq!(world.datasets(), ["aa/a1", "aa/a2"]);
    assert_eq!(world.seen("bb/b1"), Seen::As("aa/a1".to_owned()));
    let expected = ("possibly-same".to_owned(), URN.to_owned());
    assert_eq!(world.findings("aa/a2"), [expected]);
}

#[test]
fn an_identifier_that_thousands_share_merges_nothing() {
    let mut world = World::new();
    let uuid = "6f1d3c0a-7b0e-4c7e-8b55-1d9f0e2a4c66";
    let many = |portal: &str, number: usize| {
        (0..number)
            .map(|n| dataset(&format!("{portal}{n}"), "Couche", &[uuid]))
            .collect::<Vec<_>>()
    };
    world.set("aa", many("a", 600));
    world.set("bb", many("b", 1));
    world.harvest("bb");
    world.harvest("aa");
    assert_eq!(world.datasets().len(), 601);
    assert_eq!(world.findings("aa/a599")[0].0, "duplicate-identifier");
    assert_eq!(world.findings("bb/b0"), []);
}

#[test]
fn only_records_of_a_kind_are_compared() {
    let mut world = World::new();
    world.set(
        "aa",
        vec![dataset("a1", "Communes", &["https://origine.example/x"])],
    );
    world.set("bb", Vec::new());
    world.add(
        "bb",
        "dataservices",
        json!({ "id": "s1", "title": "API", "self_api_url": "https://origine.example/x", "base_api_url": "https://api.example/" }),
    );
    world.set("cc", Vec::new());
    world.add(
        "cc",
        "dataservices",
        json!({ "id": "s2", "title": "API", "self_api_url": "https://origine.example/x", "base_api_url": "https://api.example/" }),
    );
    for portal in super::world::PORTALS {
        world.harvest(portal);
    }
    assert_eq!(world.seen("aa/a1"), Seen::Live);
    assert_eq!(world.seen("service/bb/s1"), Seen::Live);
    assert_eq!(
        world.seen("service/cc/s2"),
        Seen::As("service/bb/s1".to_owned())
    );
}
