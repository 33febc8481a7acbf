//! Golden cases: a record as its portal would serve it, and the graphs that it becomes.
//!
//! A case goes through all that a harvest does to a record: it is described, normalised, validated and
//! brought into canonical form. `expected.nt` has what is published, the N-Triples of each part under a
//! comment that names it, then its origin graph and what is measured of it; `expected.findings` has what was
//! odd. `MOISSON_BLESS=1` writes what is there now; read the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use moisson::config::PortalKind;
use moisson::harvest::{describe, prepared, settle};
use moisson::ledger::Prepared;
use moisson::source;

use crate::support::with_recipe;

/// The folders of a kind's cases.
fn cases(kind: PortalKind) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(kind.name());
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

/// What the portal sent: `record.json`, `record.xml`…
fn record(case: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(case).unwrap();
    let mut records = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem == "record"));
    let path = records.next().unwrap();
    assert!(records.next().is_none(), "{}", case.display());
    std::fs::read(path).unwrap()
}

/// What is published of a case, and what is found.
struct Published {
    graphs: String,
    findings: String,
}

fn published(kind: PortalKind, body: &[u8]) -> Published {
    let mut published = Published {
        graphs: String::new(),
        findings: String::new(),
    };
    let split = (source::of(kind).split)(body, None).unwrap();
    for why in &split.skipped {
        writeln!(published.findings, "skipped: {why}").unwrap();
    }
    with_recipe(kind, |recipe| {
        let records = split.records.iter();
        let mut described: Vec<_> = records
            .map(|record| describe(recipe, record.collection, &record.payload))
            .collect();
        let mut together: Vec<_> = described.iter_mut().flatten().collect();
        settle(&mut together, recipe);
        for (record, described) in split.records.iter().zip(described) {
            match prepared(described) {
                Ok(prepared) => published.add(&record.key, &prepared),
                Err(why) => writeln!(published.findings, "hidden {}: {why}", record.key).unwrap(),
            }
        }
    });
    published
}

impl Published {
    fn add(&mut self, key: &str, prepared: &Prepared) {
        let text = &mut self.graphs;
        for part in &prepared.parts {
            writeln!(text, "# part {} {:?}", part.id, part.role).unwrap();
            text.push_str(&part.body.text);
            for (name, beside) in [("origin", &part.origin), ("quality", &part.quality)] {
                if let Some(beside) = beside {
                    writeln!(text, "# {name} {}", part.id).unwrap();
                    text.push_str(&beside.text);
                }
            }
        }
        let findings = &mut self.findings;
        if let Some(why) = &prepared.rejected {
            writeln!(findings, "rejected {key}: {why}").unwrap();
        }
        for finding in &prepared.findings {
            let (code, field, value) = (finding.code.as_str(), &finding.field, &finding.value);
            writeln!(findings, "{code} {field}: {} ({value})", finding.message).unwrap();
        }
    }
}

#[test]
fn records_become_the_expected_graphs() {
    for kind in PortalKind::ALL {
        let cases = cases(kind);
        assert!(
            kind != PortalKind::Udata || cases.len() >= 6,
            "{}",
            kind.name()
        );
        for case in cases {
            check(kind, &case);
        }
    }
}

fn check(kind: PortalKind, case: &Path) {
    let published = published(kind, &record(case));
    agrees(&case.join("expected.nt"), &published.graphs);
    agrees(&case.join("expected.findings"), &published.findings);
}

fn agrees(path: &Path, now: &str) {
    if std::env::var_os("MOISSON_BLESS").is_some() {
        std::fs::write(path, now).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap();
    for (line, (now, then)) in now.lines().zip(expected.lines()).enumerate() {
        assert_eq!(now, then, "{}:{}", path.display(), line + 1);
    }
    let (now, then) = (now.lines().count(), expected.lines().count());
    assert_eq!(now, then, "{}", path.display());
}
