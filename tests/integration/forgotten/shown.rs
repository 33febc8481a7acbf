//! Every field that a mapping table names does something: where it alone is taken away from a record of
//! a golden case, and where it alone has another value, the record is described otherwise.
//!
//! A field that counts only where another is missing needs a case in which that one is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as File;

use serde_json::{Value, json};

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
    let (mut taken, mut changed) = (BTreeSet::new(), BTreeSet::new());
    for case in std::fs::read_dir(folder).unwrap() {
        let body = std::fs::read(case.unwrap().path().join("record.json")).unwrap();
        for (collection, record) in split(&body) {
            let whole = describe(collection, &record);
            let mut leaves = Vec::new();
            pointers(&record, "", &mut String::new(), &mut leaves);
            for (pointer, path) in leaves {
                let Ok(path) = Path::parse(&path) else {
                    continue;
                };
                let Verdict::Mapped(rows) = tables.judge(collection, &path) else {
                    continue;
                };
                let rows: Vec<String> = rows.into_iter().map(Row::name).collect();
                let shows = |value: Value| {
                    let mut other = record.clone();
                    *other.pointer_mut(&pointer).unwrap() = value;
                    describe(collection, &other) != whole
                };
                let is_new = |shown: &BTreeSet<String>| rows.iter().any(|row| !shown.contains(row));
                let value = record.pointer(&pointer).unwrap();
                if is_new(&taken) && shows(Value::Null) {
                    taken.extend(rows.iter().cloned());
                }
                if is_new(&changed) && others(value).into_iter().any(shows) {
                    changed.extend(rows);
                }
            }
        }
    }
    let mut rows = BTreeMap::new();
    for collection in collections {
        tables.mapping(collection, &mut rows);
    }
    let mut faults = Vec::new();
    for (name, row) in rows {
        for (shown, how) in [(&taken, "taken away"), (&changed, "changed")] {
            if !shown.contains(&name) {
                let place = &row.place;
                faults.push(format!("no golden case shows {name} {how} ({place})"));
            }
        }
    }
    faults
}

/// Other values that a field might have: of a text it is not known whether it is a name, a code, a date,
/// an address or a number.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(is) => vec![json!(!is)],
        Value::Number(number) => {
            let next = number
                .as_i64()
                .map_or(json!(0.5), |number| json!(number + 1));
            vec![next, json!(0), json!(12.5)]
        }
        Value::String(text) => [
            &format!("{text} bis"),
            &format!("{text}/bis"),
            "autre",
            "2001-02-03T04:05:06",
            "https://autre.example/x",
            "12",
            "true",
            "false",
            "csv",
            "en",
            "active",
            "no",
            "restricted",
            "domain",
        ]
        .map(|other| json!(other))
        .to_vec(),
        _ => Vec::new(),
    }
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
