//! Golden cases: a record as its portal would serve it, and the graphs that it becomes.
//!
//! `expected.nt` has the canonical N-Triples of each part under a comment that names it, then the
//! origin graph, the measurements and the findings. `MOISSON_BLESS=1` writes what is there now; read the
//! difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use moisson::config::PortalKind;
use moisson::rdf::canon::canonicalise;
use moisson::source::{self};

use crate::support::with_context;

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

fn describe(kind: PortalKind, body: &[u8]) -> String {
    let source = source::of(kind);
    let split = (source.split)(body).unwrap();
    let mut text = String::new();
    for why in &split.skipped {
        writeln!(text, "# skipped: {why}").unwrap();
    }
    for record in split.records {
        let described = with_context("https://portail.example.org/", Some("fr"), |context| {
            (source.describe)(record.collection, &record.payload, context)
        });
        let described = match described {
            Ok(described) => described,
            Err(why) => {
                writeln!(text, "# rejected {}: {why}", record.key).unwrap();
                continue;
            }
        };
        for part in &described.parts {
            writeln!(text, "# part {} {:?}", part.id, part.role).unwrap();
            text.push_str(&canonicalise(part.graph.triples()).unwrap().text);
            if !part.graph.origin().is_empty() {
                writeln!(text, "# origin {}", part.id).unwrap();
                text.push_str(&canonicalise(part.graph.origin()).unwrap().text);
            }
            if !part.graph.quality().is_empty() {
                writeln!(text, "# quality {}", part.id).unwrap();
                text.push_str(&canonicalise(part.graph.quality()).unwrap().text);
            }
        }
        for finding in described.findings {
            let (code, value) = (finding.code.as_str(), finding.value);
            writeln!(
                text,
                "# finding {code} {}: {} ({value})",
                finding.field, finding.message
            )
            .unwrap();
        }
    }
    text
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
    let described = describe(kind, &record(case));
    let path = case.join("expected.nt");
    if std::env::var_os("MOISSON_BLESS").is_some() {
        std::fs::write(&path, &described).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    for (line, (now, then)) in described.lines().zip(expected.lines()).enumerate() {
        assert_eq!(now, then, "{}:{}", path.display(), line + 1);
    }
    assert_eq!(
        described.lines().count(),
        expected.lines().count(),
        "{}",
        path.display()
    );
}
