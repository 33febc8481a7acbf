//! Whatever the history, a merged file equals the one built of what is then there.

use std::collections::BTreeMap;

use oxigraph::model::Quad;
use proptest::prelude::*;

use super::super::build::tests::{Keys, check, keys, meta, quad};
use super::*;

/// The bytes of the file of quads, built from scratch.
fn built(quads: &BTreeMap<Keys, Quad>) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph");
    build::write(&path, quads.values().cloned(), 7, &meta()).unwrap();
    std::fs::read(&path).unwrap()
}

/// A step of a history: from among these quads some go, and these come.
fn step() -> impl Strategy<Value = (Vec<Quad>, Vec<prop::sample::Index>, Vec<Quad>, usize, usize)> {
    (
        prop::collection::vec(quad(), 0..20),
        prop::collection::vec(any::<prop::sample::Index>(), 0..80),
        prop::collection::vec(quad(), 0..60),
        prop::sample::select(vec![1usize, 500, 400 << 20]),
        1..4usize,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_merged_file_equals_one_built_from_scratch(
        first in prop::collection::vec(quad(), 0..200),
        steps in prop::collection::vec(step(), 1..6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph");
        let mut quads: BTreeMap<Keys, Quad> = first.iter().map(|quad| (keys(quad), quad.clone())).collect();
        build::write(&path, first, 7, &meta()).unwrap();
        for (absent, present, added, memory, threads) in steps {
            let sorted: Vec<Quad> = quads.values().cloned().collect();
            let mut removed = absent;
            if !sorted.is_empty() {
                removed.extend(present.iter().map(|index| index.get(&sorted).clone()));
            }
            let mut difference = Difference::new(folder.path(), Options { memory, threads });
            for quad in &removed {
                difference.remove(quad).unwrap();
                quads.remove(&keys(quad));
            }
            for quad in &added {
                difference.add(quad).unwrap();
                quads.insert(keys(quad), quad.clone());
            }
            let old = Frozen::open(&path).unwrap();
            merge(&old, difference, &path, 7, &meta()).unwrap();
            let merged = std::fs::read(&path).unwrap();
            if merged != built(&quads) {
                check(&path, &quads.values().cloned().collect::<Vec<_>>());
                panic!("the same quads, but not the same bytes");
            }
        }
        prop_assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }
}

#[test]
fn all_may_go_and_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph");
    let text = b"<http://e/s> <http://e/p> \"x\"@en .\n_:b <http://e/p> \"05\"^^<http://www.w3.org/2001/XMLSchema#byte> .\n";
    build::write(&path, [], 7, &meta()).unwrap();
    let empty = std::fs::read(&path).unwrap();
    let mut bytes = Vec::new();
    for _ in 0..2 {
        let mut come = Difference::new(folder.path(), Options::default());
        come.add_body(Some("http://e/g"), "one", text).unwrap();
        merge(&Frozen::open(&path).unwrap(), come, &path, 7, &meta()).unwrap();
        bytes.push(std::fs::read(&path).unwrap());
        let mut go = Difference::new(folder.path(), Options::default());
        go.remove_body(Some("http://e/g"), "one", text).unwrap();
        merge(&Frozen::open(&path).unwrap(), go, &path, 7, &meta()).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), empty);
    }
    assert_eq!(bytes[0], bytes[1]);
    assert_ne!(bytes[0], empty);
}
