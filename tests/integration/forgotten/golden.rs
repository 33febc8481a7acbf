//! Every field that a mapping table names does something: a complete record whose field alone is
//! changed is described otherwise, and in what way is golden.
//!
//! `tests/golden/<kind>-fields/<collection>/` has the record (`base.json`), the changes
//! (`changes.json`, see [`super::change`]) and what it says and what they do (`expected.diff`), which
//! `MOISSON_BLESS=1` rewrites; read the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path as File;

use serde_json::Value;

use super::change;
use super::known::Verdict;
use super::path::Path;
use super::picture::difference;
use super::table::Tables;

/// Describes a record of a collection: the lines of its graphs, or of why it is not published.
pub(super) type Describe<'a> = &'a dyn Fn(&str, &Value) -> BTreeSet<String>;

/// What is wrong with the golden changes of the collections of a kind of portal, one a line.
pub(super) fn faults(
    tables: &Tables,
    kind: &str,
    collections: &[&str],
    describe: Describe<'_>,
) -> Vec<String> {
    let folder = File::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(format!("{kind}-fields"));
    let (mut faults, mut shown) = (Vec::new(), BTreeSet::new());
    for collection in collections {
        let folder = folder.join(collection);
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        let (Ok(base), changes) = (
            serde_json::from_str(&read("base.json")),
            read("changes.json"),
        ) else {
            faults.push(format!("{collection} has no base record"));
            continue;
        };
        let changes = if changes.is_empty() {
            Vec::new()
        } else {
            change::read(&changes)
        };
        let golden = Golden {
            tables,
            collection,
            base,
            describe,
        };
        let text = golden.text(&changes, &mut shown, &mut faults);
        if std::env::var_os("MOISSON_BLESS").is_some() {
            std::fs::write(folder.join("expected.diff"), text).unwrap();
        } else if let Some(line) = first_difference(&text, &read("expected.diff")) {
            faults.push(format!("{collection}/expected.diff:{line}"));
        }
    }
    let mut rows = BTreeMap::new();
    for collection in collections {
        tables.mapping(collection, &mut rows);
    }
    for (name, row) in rows {
        if !shown.contains(&name) {
            faults.push(format!("no change of {name} ({})", row.place));
        }
    }
    faults
}

struct Golden<'a> {
    tables: &'a Tables,
    collection: &'a str,
    base: Value,
    describe: Describe<'a>,
}

impl Golden<'_> {
    /// What the changes do. Notes the rows that they show.
    fn text(
        &self,
        changes: &[change::Change],
        shown: &mut BTreeSet<String>,
        faults: &mut Vec<String>,
    ) -> String {
        let whole = (self.describe)(self.collection, &self.base);
        let mut text = String::from("# The record\n");
        for line in &whole {
            writeln!(text, "  {line}").unwrap();
        }
        text.push('\n');
        for change in changes {
            let name = format!("{}: {}", self.collection, change.name());
            let path = Path::parse(&change.path).unwrap();
            let rows = match self.tables.judge(self.collection, &path) {
                Verdict::Mapped(rows) => rows,
                Verdict::LeftOut(row) => {
                    faults.push(format!("{name} is changed, but left out ({})", row.place));
                    continue;
                }
                Verdict::Container | Verdict::Forgotten => {
                    faults.push(format!("{name} is changed, but in no table"));
                    continue;
                }
            };
            let (before, after) = match change.apply(&self.base) {
                Ok(records) => records,
                Err(fault) => {
                    faults.push(format!("{}: {fault}", self.collection));
                    continue;
                }
            };
            let describe = |record| (self.describe)(self.collection, record);
            let before = if change.given.is_empty() {
                whole.clone()
            } else {
                describe(&before)
            };
            let after = describe(&after);
            let mut difference = difference(&before, &after);
            if before == whole && before.is_disjoint(&after) && after.len() == 1 {
                difference = format!("- all of it\n+ {}\n", after.first().unwrap());
            }
            if difference.is_empty() {
                faults.push(format!("{name}: the change changes nothing"));
                continue;
            }
            shown.extend(rows.into_iter().map(super::table::Row::name));
            writeln!(text, "# {}\n{difference}", change.name()).unwrap();
        }
        text
    }
}

/// The first line that is another, with its number.
fn first_difference(now: &str, then: &str) -> Option<String> {
    let (mut now, mut then) = (now.lines(), then.lines());
    for number in 1.. {
        match (now.next(), then.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let (a, b) = (a.unwrap_or("the end"), b.unwrap_or("the end"));
                return Some(format!("{number}: is\n    {a}\n  and was\n    {b}"));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const DOCS: &str = "\
//! # Fields of `things`
//! | `id`, `title` | x |
//! | `author` | see # Fields of `person` |
//! # Left out of `things`
//! | `note` | no use |
//! # Fields of `person`
//! | `name` | x |
";

    fn judged(changes: &str) -> (String, Vec<String>, BTreeSet<String>) {
        let mut tables = Tables::default();
        tables.read(DOCS, "x.rs");
        let golden = Golden {
            tables: &tables,
            collection: "things",
            base: json!({"id": "1", "title": "T", "note": "n", "author": {"name": "A"}}),
            describe: &|_, record| {
                let said = ["/id", "/author/name"].map(|path| record.pointer(path).unwrap());
                said.into_iter().map(ToString::to_string).collect()
            },
        };
        let (mut shown, mut faults) = (BTreeSet::new(), Vec::new());
        let text = golden.text(&change::read(changes), &mut shown, &mut faults);
        (text, faults, shown)
    }

    #[test]
    fn a_change_that_shows_is_written_and_counts_for_all_its_rows() {
        let (text, faults, shown) = judged(r#"{"author.name": "B", "id": "2"}"#);
        assert_eq!(
            text,
            "# The record\n  \"1\"\n  \"A\"\n\n\
             # author.name\n- \"A\"\n+ \"B\"\n\n\
             # id\n- \"1\"\n+ \"2\"\n\n"
        );
        assert_eq!(faults, [""; 0]);
        let shown: Vec<_> = shown.iter().map(String::as_str).collect();
        assert_eq!(shown, ["person: name", "things: author", "things: id"]);
    }

    #[test]
    fn a_change_that_does_not_show_or_is_not_mapped_is_a_fault() {
        let (text, faults, shown) = judged(r#"{"title": "U", "note": "m", "size": 1}"#);
        assert_eq!((text.matches('#').count(), shown.len()), (1, 0));
        assert_eq!(faults.len(), 3);
        for (fault, said) in faults.iter().zip(["left out", "in no table", "nothing"]) {
            assert!(fault.contains(said), "{fault}");
        }
    }

    #[test]
    fn a_golden_text_differs_at_its_first_other_line() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert!(
            first_difference("a\nb\n", "a\n")
                .unwrap()
                .starts_with("2: ")
        );
        assert!(first_difference("a\n", "b\n").unwrap().starts_with("1: "));
    }
}
