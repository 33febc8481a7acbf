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

use std::collections::BTreeMap;

use crate::finding::{Code, Finding};

pub(in crate::source) use json::is_blank;
pub(in crate::source) use table::Table;

/// The most paths of one record that are told.
const MOST: usize = 25;

/// What is unmapped of a record in JSON, which is of a shape of a kind. Members of `extras` may as well stand
/// in the record itself, where the software has such a field.
pub(in crate::source) fn of_json(
    (kind, shape): (&str, &str),
    payload: &[u8],
    extras: Option<&str>,
) -> impl Iterator<Item = Finding> {
    let table = Table::of(kind, shape);
    let unmapped = table.map(|table| json::json(table, payload, extras));
    unmapped.unwrap_or_default().findings()
}

/// The paths of a record that no table knows, each with the first value that it had.
#[derive(Debug, Default)]
pub(in crate::source) struct Unmapped {
    paths: BTreeMap<String, String>,
}

impl Unmapped {
    /// Notes what stands at a path.
    pub(in crate::source) fn note(&mut self, path: &str, value: impl FnOnce() -> String) {
        if !self.paths.contains_key(path) {
            self.paths.insert(path.to_owned(), value());
        }
    }

    /// A finding a path.
    pub(in crate::source) fn findings(self) -> impl Iterator<Item = Finding> {
        let more = self.paths.len().saturating_sub(MOST);
        let told = self.paths.into_iter().take(MOST);
        let told = told.map(|(path, value)| {
            let message = "left out: no mapping reads it";
            Finding::new(Code::FieldUnmapped, path, message, &value)
        });
        let rest = (more > 0).then(|| {
            let message = "left out: that many more paths which no mapping reads";
            Finding::new(Code::FieldUnmapped, "…", message, &more.to_string())
        });
        told.chain(rest)
    }
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
        let findings: Vec<_> = unmapped.findings().collect();
        assert_eq!(findings.len(), MOST + 1);
        assert!(findings.iter().all(|it| it.code == Code::FieldUnmapped));
        assert_eq!((findings[0].field.as_str(), findings[0].value.as_str()), ("parts[].x000", "first"));
        assert_eq!((findings[MOST].field.as_str(), findings[MOST].value.as_str()), ("…", "7"));
    }
}
