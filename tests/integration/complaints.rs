//! The page of complaints names tests that exist: each of the complaints has one, or says why not.

use std::collections::BTreeMap;
use std::path::Path;

/// The page.
const PAGE: &str = include_str!("../../docs/COMPLAINTS.md");

/// How many complaints it answers.
const COMPLAINTS: usize = 29;

/// The rows of its tables by the number of the complaint.
fn rows() -> BTreeMap<usize, &'static str> {
    let rows = PAGE.lines().filter_map(|line| {
        let (number, _) = line.strip_prefix("| ")?.split_once(" |")?;
        Some((number.parse().ok()?, line))
    });
    let found: Vec<_> = rows.collect();
    let rows: BTreeMap<usize, &str> = found.iter().copied().collect();
    assert_eq!(rows.len(), found.len(), "a number occurs twice");
    rows
}

/// The texts between backticks that name a test: `path::name`.
fn named(row: &str) -> Vec<(&str, &str)> {
    let spans = row.split('`').skip(1).step_by(2);
    let tests = spans.filter_map(|span| span.split_once("::"));
    tests.filter(|(path, _)| ends_in_rs(path)).collect()
}

fn ends_in_rs(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|end| end == "rs")
}

/// What is wrong with the name of a test, if anything is.
fn fault(path: &str, name: &str) -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let Ok(code) = std::fs::read_to_string(file) else {
        return Some(format!("{path} is no file"));
    };
    let Some((before, _)) = code.split_once(&format!("fn {name}(")) else {
        return Some(format!("{path} has no {name}"));
    };
    // `#[test]` or `#[tokio::test…]` stands right above, whatever else stands between.
    let above = before.lines().rev().take(4);
    let is_test = above
        .into_iter()
        .any(|line| line.trim_start().starts_with("#[") && line.contains("test"));
    (!is_test).then(|| format!("{path}::{name} is no test"))
}

#[test]
fn every_complaint_has_a_test_that_exists_or_a_reason() {
    let rows = rows();
    let numbers: Vec<usize> = rows.keys().copied().collect();
    assert_eq!(numbers, (1..=COMPLAINTS).collect::<Vec<_>>());
    let mut faults = Vec::new();
    for (number, row) in rows {
        let tests = named(row);
        if tests.is_empty() {
            faults.push(format!("{number}: no test is named"));
        }
        let wrong = tests.iter().filter_map(|(path, name)| fault(path, name));
        faults.extend(wrong.map(|fault| format!("{number}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_name_that_is_none_is_noticed() {
    let here = "tests/integration/complaints.rs";
    assert_eq!(fault(here, "a_name_that_is_none_is_noticed"), None);
    for (path, name) in [
        (here, "a_test_that_was_renamed"),
        (here, "ends_in_rs"),
        ("tests/integration/gone.rs", "anything"),
    ] {
        assert!(fault(path, name).is_some(), "{path}::{name}");
    }
    let row = "| 7 | words `code` and `src/a.rs::one`, `tests/b.rs::two` | `std::fmt` |";
    assert_eq!(named(row), [("src/a.rs", "one"), ("tests/b.rs", "two")]);
}
