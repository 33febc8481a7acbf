//! Which layers may use which crates of others: a network client, a database, a web server, a store.

use super::{code, files, source};

/// Each crate, or module of one, with the modules that may name it.
const CRATES: &[(&str, &[&str])] = &[
    ("reqwest", &["fetch"]),
    ("rustls", &["fetch"]),
    // The statements of a feed that is too large for the memory.
    ("rusqlite", &["ledger", "salvage/index"]),
    ("oxigraph::store", &["graph"]),
    ("spargeo", &["graph"]),
    ("tantivy", &["search"]),
    ("axum", &["web", "demo", "commands"]),
    // Whether a proxy is asked for an address.
    ("hyper", &["web", "fetch/proxy"]),
    ("askama", &["web"]),
    ("ammonia", &["web"]),
    ("clap", &["commands"]),
    ("anyhow", &["commands"]),
    ("sophia_c14n", &["rdf"]),
    ("quick_xml", &["salvage"]),
    (
        "roxmltree",
        &["source/kind/csw", "source/value/account", "demo"],
    ),
];

/// What `salvage` has nothing to do with: the network, other threads, the clock, DCAT.
const NOT_IN_SALVAGE: &[&str] = &[
    "tokio::",
    "std::net",
    "std::env",
    "std::thread",
    "chrono::",
    "SystemTime",
    "vocab::dcat",
    "vocab::{dcat",
];

/// Whether some code names a path that begins with `path`.
fn names(code: &str, path: &str) -> bool {
    let mut rest = code;
    while let Some(at) = rest.find(path) {
        let before = rest[..at].chars().next_back();
        let after = &rest[at + path.len()..];
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
            && after.starts_with("::")
        {
            return true;
        }
        rest = after;
    }
    false
}

#[test]
fn each_crate_stays_in_its_layers() {
    let mut wrong = Vec::new();
    for path in files(&source()) {
        let inner = path.strip_prefix(source()).unwrap().with_extension("");
        let code = code(&path);
        for (name, modules) in CRATES {
            let is_allowed = modules.iter().any(|module| inner.starts_with(module));
            if !is_allowed && inner.to_str() != Some("main") && names(&code, name) {
                wrong.push(format!("{} uses {name}", inner.display()));
            }
        }
        if inner.starts_with("salvage") {
            let named = NOT_IN_SALVAGE.iter().filter(|name| code.contains(**name));
            wrong.extend(named.map(|name| format!("{} has {name}", inner.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_path_is_found_where_it_begins() {
    assert!(names("use reqwest::header::A;", "reqwest"));
    assert!(names(
        "fn a() -> oxigraph::store::Store {}",
        "oxigraph::store"
    ));
    assert!(!names(
        "use crate::reqwest::A; use my_reqwest::B;",
        "reqwest"
    ));
}

#[test]
fn what_is_described_asks_no_global_for_vocabularies() {
    let mut wrong = Vec::new();
    for path in files(&source()) {
        let inner = path.strip_prefix(source()).unwrap().with_extension("");
        let is_concerned = inner.starts_with("source") || inner.starts_with("normalise");
        let is_test = ["tests", "broken"]
            .iter()
            .any(|name| inner.iter().any(|part| part == *name));
        let code = code(&path);
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
        if is_concerned && !is_test && code.contains("builtin()") {
            wrong.push(inner.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
