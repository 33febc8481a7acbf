//! Accounts for every value of a record: what no mapping reads, and no table leaves out by name, is a finding.
//!
//! A field is known by its row in a mapping table, which stands in the documentation of the module that
//! reads it; the tables are compiled in (`build.rs`). So what is told to people, what the tests ask of every
//! row, and what is accounted for here cannot differ. What is blank says nothing and needs no account.
//!
//! A record that has a field which nobody knows mostly has it a hundred times: a path is told once, without
//! the positions in lists, and of more than [`MOST`] paths only their number.

mod json;
mod table;
mod xml;

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::finding::{Code, Finding};

use table::Table;

pub(in crate::source) use json::is_blank;
pub(in crate::source) use xml::Style;

/// The most paths of one record that are told.
const MOST: usize = 25;

/// Adds to the findings on a record in JSON, which is of a shape of a kind, what is unmapped. Members of
/// `extras` may as well stand in the record itself, where the software has such a field.
pub(in crate::source) fn of_json(
    findings: &mut Vec<Finding>,
    (kind, shape): (&str, &str),
    payload: &[u8],
    extras: Option<&str>,
) {
    if let Some(table) = Table::of(kind, shape) {
        json::json(table, payload, extras).tell(findings);
    }
}

/// Likewise of a record in XML, the element `root`.
pub(in crate::source) fn of_xml(
    findings: &mut Vec<Finding>,
    (kind, shape): (&str, &str),
    root: Node<'_, '_>,
    style: Style,
) {
    if let Some(table) = Table::of(kind, shape) {
        xml::xml(table, root, style).tell(findings);
    }
}

/// The paths of a record that no table knows, each with the first value that it had.
#[derive(Debug, Default)]
struct Unmapped {
    paths: BTreeMap<String, String>,
}

impl Unmapped {
    /// Notes what stands at a path.
    fn note(&mut self, path: &str, value: impl FnOnce() -> String) {
        if !self.paths.contains_key(path) {
            self.paths.insert(path.to_owned(), value());
        }
    }

    /// Adds a finding a path; none where it was said already that the field cannot be read.
    fn tell(mut self, findings: &mut Vec<Finding>) {
        for said in findings.iter() {
            if said.code == Code::FieldUnreadable && !self.paths.is_empty() {
                self.paths.remove(&folded(&said.field));
            }
        }
        let more = self.paths.len().saturating_sub(MOST);
        for (path, value) in self.paths.into_iter().take(MOST) {
            let message = "left out: no mapping reads it";
            findings.push(Finding::new(Code::FieldUnmapped, path, message, &value));
        }
        if more > 0 {
            let message = "left out: so many more paths, which no mapping reads";
            let count = more.to_string();
            findings.push(Finding::new(Code::FieldUnmapped, "…", message, &count));
        }
    }
}

/// The way to a field without the positions in lists: `resources[].url` of `resources[2].url`.
fn folded(field: &str) -> String {
    let mut path = String::with_capacity(field.len());
    let mut is_position = false;
    for c in field.chars() {
        is_position = c != ']' && (is_position || c == '[');
        if !is_position || c == '[' {
            path.push(c);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_once_and_many_are_counted() {
        let mut unmapped = Unmapped::default();
        for number in 0..MOST + 7 {
            let path = format!("parts[].x{number:03}");
            unmapped.note(&path, || "first".to_owned());
            unmapped.note(&path, || "second".to_owned());
        }
        let mut findings = Vec::new();
        unmapped.tell(&mut findings);
        assert_eq!(findings.len(), MOST + 1);
        assert!(findings.iter().all(|it| it.code == Code::FieldUnmapped));
        assert_eq!(
            (findings[0].field.as_str(), findings[0].value.as_str()),
            ("parts[].x000", "first")
        );
        assert_eq!(
            (findings[MOST].field.as_str(), findings[MOST].value.as_str()),
            ("…", "7")
        );
    }

    #[test]
    fn what_is_said_to_be_unreadable_is_not_said_to_be_unmapped() {
        let mut unmapped = Unmapped::default();
        for path in ["parts[].x", "parts[].y"] {
            unmapped.note(path, || "3".to_owned());
        }
        let mut findings = vec![Finding::new(
            Code::FieldUnreadable,
            "parts[12].x",
            "left out",
            "3",
        )];
        unmapped.tell(&mut findings);
        let fields: Vec<_> = findings.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["parts[12].x", "parts[].y"]);
    }
}
