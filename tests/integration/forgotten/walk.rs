//! Every value of a record with the path to it.
//!
//! Lists and objects are walked through; an empty one, like `null`, counts as a value that is nothing.

use serde_json::Value;

use super::path::Path;

/// A value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: Path,
    pub(super) held: Held,
}

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// `null`, or a container of nothing.
    Nothing,
    /// A value, of which this is an account.
    Something(String),
}

/// The values of a JSON record.
pub(super) fn json(record: &Value) -> Vec<Found> {
    let mut found = Vec::new();
    walk(record, Path::default(), &mut found);
    found
}

fn walk(value: &Value, path: Path, found: &mut Vec<Found>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                walk(value, path.field(name), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                walk(item, path.item(), found);
            }
        }
        Value::Object(_) | Value::Array(_) | Value::Null => found.push(Found {
            path,
            held: Held::Nothing,
        }),
        scalar => found.push(Found {
            path,
            held: Held::Something(scalar.to_string().chars().take(60).collect()),
        }),
    }
}

#[test]
fn every_value_is_met_with_its_path() {
    let record = serde_json::json!({
        "id": 3, "none": null, "tags": ["a", "b"], "empty": [], "bare": {},
        "parts": [{"name": "x"}, [[1]]], "a.b": true
    });
    let mut met: Vec<_> = json(&record)
        .into_iter()
        .map(|found| match found.held {
            Held::Nothing => format!("{} -", found.path),
            Held::Something(value) => format!("{} {value}", found.path),
        })
        .collect();
    met.sort();
    assert_eq!(
        met,
        [
            "a.b true",
            "bare -",
            "empty -",
            "id 3",
            "none -",
            "parts[].name \"x\"",
            "parts[][][] 1",
            "tags[] \"a\"",
            "tags[] \"b\"",
        ]
    );
}
