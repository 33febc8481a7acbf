//! Modules import downwards only, as the table in `src/lib.rs` and `docs/ARCHITECTURE.md` has it; so do the
//! rooms of `source` ([`rooms`]), each crate of others has the layers that may use it ([`crates`]), and no
//! module of `web` leads back to itself ([`web`]).

mod crates;
mod rooms;
mod web;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each top module with those that it may import, from the bottom up: a module imports only what
/// stands above its own line, so there are no circles.
const LAYERS: &[(&str, &[&str])] = &[
    ("address", &[]),
    ("causes", &[]),
    ("cores", &[]),
    ("finding", &[]),
    ("record", &[]),
    ("lock", &[]),
    ("rdf", &[]),
    ("fetch", &["address", "causes"]),
    ("vocabulary", &["rdf"]),
    (
        "dcat",
        &["address", "finding", "record", "rdf", "vocabulary"],
    ),
    ("salvage", &["finding", "rdf"]),
    (
        "source",
        &[
            "address",
            "causes",
            "finding",
            "record",
            "rdf",
            "fetch",
            "vocabulary",
            "dcat",
            "salvage",
        ],
    ),
    ("config", &["address", "rdf", "record", "source"]),
    ("normalise", &["finding", "rdf", "vocabulary", "dcat"]),
    ("validate", &["finding", "rdf", "vocabulary", "dcat"]),
    ("ledger", &["cores", "finding", "record", "lock", "rdf"]),
    (
        "harvest",
        &[
            "address",
            "causes",
            "cores",
            "finding",
            "record",
            "lock",
            "config",
            "rdf",
            "fetch",
            "vocabulary",
            "dcat",
            "source",
            "normalise",
            "validate",
            "ledger",
        ],
    ),
    ("search", &["record", "rdf", "dcat", "ledger"]),
    (
        "graph",
        &["cores", "record", "config", "rdf", "ledger", "search"],
    ),
    (
        "publish",
        &[
            "cores", "record", "lock", "rdf", "ledger", "search", "graph",
        ],
    ),
    (
        "operate",
        &[
            "causes",
            "record",
            "config",
            "rdf",
            "vocabulary",
            "dcat",
            "ledger",
            "harvest",
            "graph",
            "publish",
        ],
    ),
    (
        "web",
        &[
            "finding",
            "record",
            "config",
            "rdf",
            "vocabulary",
            "dcat",
            "ledger",
            "search",
            "graph",
            "publish",
        ],
    ),
    ("demo", &[]),
    (
        "commands",
        &[
            "address",
            "causes",
            "cores",
            "finding",
            "record",
            "lock",
            "config",
            "rdf",
            "fetch",
            "vocabulary",
            "dcat",
            "salvage",
            "source",
            "normalise",
            "validate",
            "ledger",
            "search",
            "harvest",
            "graph",
            "publish",
            "operate",
            "web",
            "demo",
        ],
    ),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file under `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A file's text without its comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The first names of all `crate::` paths of some code, those in braces included.
fn imports(code: &str) -> BTreeSet<String> {
    below(code, "crate::")
}

/// The names that follow a path in some code, those in braces included.
fn below(code: &str, path: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for after in code.split(path).skip(1) {
        match after.strip_prefix('{') {
            Some(list) => names.extend(heads(list)),
            None => names.extend(name(after)),
        }
    }
    names
}

/// The first names of the paths in a list, up to the brace that closes it.
fn heads(list: &str) -> Vec<String> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.extend(list.get(start..at).and_then(name));
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

fn name(path: &str) -> Option<String> {
    let name: String = path
        .trim_start()
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || *character == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

/// Whether some code climbs to the top of the crate by `super::`, out of a file so many folders deep.
fn climbs(code: &str, depth: usize) -> bool {
    let top = "super::".repeat(depth);
    LAYERS
        .iter()
        .any(|(module, _)| code.contains(&format!("use {top}{module}::")))
}

#[test]
fn modules_import_downwards_only() {
    let mut wrong = Vec::new();
    for path in files(&source()) {
        let inner = path.strip_prefix(source()).unwrap().with_extension("");
        let module = inner.iter().next().unwrap().to_str().unwrap();
        if matches!(module, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{module} stands in no layer"));
            continue;
        };
        let code = code(&path);
        for import in imports(&code) {
            if import != module && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{} imports {import}", inner.display()));
            }
        }
        if climbs(&code, inner.iter().count()) {
            wrong.push(format!(
                "{} reaches another layer by super",
                inner.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_names_the_modules_that_exist_and_has_no_circles() {
    let code = code(&source().join("lib.rs"));
    let declared: BTreeSet<_> = code
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let table: BTreeSet<_> = LAYERS.iter().map(|(module, _)| *module).collect();
    assert_eq!(declared, table);
    let mut below: Vec<&str> = Vec::new();
    for (module, allowed) in LAYERS {
        for import in *allowed {
            assert!(below.contains(import), "{module} imports {import} upwards");
        }
        below.push(module);
    }
}

#[test]
fn paths_are_found_however_they_are_written() {
    let code = "use crate::rdf::{iri, canon};\nuse crate::{\n  web::{self, html},\n  lock,\n};
        let a = crate::ledger::Reader::open(); pub(in crate::dcat) fn b() {}";
    let expected = ["dcat", "ledger", "lock", "rdf", "web"];
    assert_eq!(imports(code), expected.map(str::to_owned).into());
    assert!(climbs("use super::ledger::Reader;", 1));
    assert!(!climbs("use super::ledger::Reader;", 2));
    assert!(climbs("use super::super::web::router;", 2));
}
