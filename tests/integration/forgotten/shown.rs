//! Every field that a mapping table names does something: where it is taken away from a record of the
//! golden cases, the record is described otherwise.
//!
//! A field that counts only where another is missing needs a case in which that one is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as File;

use serde_json::Value;

use super::golden::Describe;
use super::known::Verdict;
use super::path::Path;
use super::table::{Row, Tables};

/// The records of what a case holds, each with its collection.
pub(super) type Split<'a> = &'a dyn Fn(&[u8]) -> Vec<(&'static str, Value)>;

/// The mapped rows of the collections that no golden case of a kind shows, one a line. `split` gives the
/// records of a case.
pub(super) fn faults(
    tables: &Tables,
    kind: &str,
    collections: &[&str],
    split: Split<'_>,
    describe: Describe<'_>,
) -> Vec<String> {
    let folder = File::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(kind);
    let mut shown = BTreeSet::new();
    for case in std::fs::read_dir(folder).unwrap() {
        let body = std::fs::read(case.unwrap().path().join("record.json")).unwrap();
        for (collection, record) in split(&body) {
            let whole = describe(collection, &record);
            let mut leaves = Vec::new();
            pointers(&record, "", &mut String::new(), &mut leaves);
            for (pointer, path) in leaves {
                let Verdict::Mapped(rows) = tables.judge(collection, &Path::parse(&path).unwrap())
                else {
                    continue;
                };
                let mut without = record.clone();
                *without.pointer_mut(&pointer).unwrap() = Value::Null;
                if describe(collection, &without) != whole {
                    shown.extend(rows.into_iter().map(Row::name));
                }
            }
        }
    }
    let mut rows = BTreeMap::new();
    for collection in collections {
        tables.mapping(collection, &mut rows);
    }
    let missing = rows.into_iter().filter(|(name, _)| !shown.contains(name));
    missing
        .map(|(name, row)| format!("no golden case shows {name} ({})", row.place))
        .collect()
}

/// The JSON pointer and path of each value that holds no other.
fn pointers(value: &Value, pointer: &str, path: &mut String, found: &mut Vec<(String, String)>) {
    let length = path.len();
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if length > 0 {
                    path.push('.');
                }
                path.push_str(name);
                let escaped = name.replace('~', "~0").replace('/', "~1");
                pointers(value, &format!("{pointer}/{escaped}"), path, found);
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            path.push_str("[]");
            for (position, value) in items.iter().enumerate() {
                pointers(value, &format!("{pointer}/{position}"), path, found);
            }
            path.truncate(length);
        }
        Value::Null => {}
        _ => found.push((pointer.to_owned(), path.clone())),
    }
}
