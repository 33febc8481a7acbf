//! The rooms of `source` and the kinds of portals among themselves, as `src/source.rs` draws them.

use std::path::Path;

use super::{below, code, files, source};

/// Each room with those that it may import, from the bottom up.
const ROOMS: &[(&str, &[&str])] = &[
    ("contract", &[]),
    ("value", &["contract"]),
    ("part", &["contract", "value"]),
    ("crawl", &["contract"]),
    ("feed", &["contract", "value", "part", "crawl"]),
    ("kind", &["contract", "value", "part", "crawl", "feed"]),
    ("registry", &["contract", "kind"]),
];

/// Wrong imports of a file of `source`, whose path below `src/source` is given without extension.
fn wrong(inner: &Path, code: &str) -> Vec<String> {
    let names: Vec<_> = inner.iter().map(|name| name.to_str().unwrap()).collect();
    let room = names[0];
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{room} is no room of `source`")];
    };
    let mut found = below(code, "crate::source::");
    // What climbs there, from the file itself and from the tests within it.
    for steps in [names.len(), names.len() + 1] {
        let climbed = below(code, &"super::".repeat(steps));
        found.extend(climbed.into_iter().filter(|name| is_room(name)));
    }
    let mut wrong: Vec<_> = found
        .iter()
        .filter(|name| *name != room && !allowed.contains(&name.as_str()))
        .map(|name| format!("{} imports {name}", inner.display()))
        .collect();
    if let ["kind", kind, inside @ ..] = names.as_slice() {
        let mut kinds = below(code, "crate::source::kind::");
        for steps in [inside.len() + 1, inside.len() + 2] {
            let climbed = below(code, &"super::".repeat(steps));
            kinds.extend(climbed.into_iter().filter(|name| is_kind(name)));
        }
        kinds.remove(*kind);
        wrong.extend(
            kinds
                .iter()
                .map(|other| format!("{} imports the kind {other}", inner.display())),
        );
    }
    wrong
}

fn is_room(name: &str) -> bool {
    ROOMS.iter().any(|(room, _)| *room == name)
}

fn is_kind(name: &str) -> bool {
    source().join(format!("source/kind/{name}.rs")).exists()
}

#[test]
fn the_rooms_of_source_import_downwards_only_and_no_kind_another() {
    let folder = source().join("source");
    let mut found = Vec::new();
    for path in files(&folder) {
        let inner = path.strip_prefix(&folder).unwrap().with_extension("");
        found.extend(wrong(&inner, &code(&path)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_rooms_are_those_that_exist_and_have_no_circles() {
    let mut declared: Vec<_> = std::fs::read_dir(source().join("source"))
        .unwrap()
        .map(|entry| entry.unwrap().path().with_extension(""))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    declared.sort();
    declared.dedup();
    let mut rooms: Vec<_> = ROOMS.iter().map(|(room, _)| *room).collect();
    for (at, (room, allowed)) in ROOMS.iter().enumerate() {
        for import in *allowed {
            assert!(
                rooms[..at].contains(import),
                "{room} imports {import} upwards"
            );
        }
    }
    rooms.sort_unstable();
    assert_eq!(declared, rooms);
}

#[test]
fn a_wrong_import_is_found_however_it_is_written() {
    let is_wrong = |inner: &str, code: &str| !wrong(Path::new(inner), code).is_empty();
    assert!(is_wrong(
        "kind/ckan/crawl",
        "use crate::source::kind::udata::DATASETS;"
    ));
    assert!(is_wrong(
        "kind/ckan/crawl",
        "use super::super::udata::DATASETS;"
    ));
    assert!(is_wrong("kind/ckan", "use super::{csw, dcat};"));
    assert!(is_wrong("value/date", "use crate::source::part::place;"));
    assert!(is_wrong("value/date", "use super::super::kind::ods;"));
    assert!(is_wrong(
        "contract",
        "fn a(b: crate::source::kind::ods::C) {}"
    ));
    assert!(is_wrong(
        "part/ogc",
        "use crate::source::{Context, contract::Part};"
    ));
    assert!(!is_wrong(
        "kind/ckan/crawl",
        "use super::split; use crate::source::feed;"
    ));
    assert!(!is_wrong(
        "part/party",
        "use super::name; use crate::source::value::mail;"
    ));
}
