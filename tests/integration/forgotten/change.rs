//! Changes of one value of a record: what a field does is seen when it alone changes.
//!
//! A file of changes has concrete paths (`resources[0].url`) and for each another value; or, where a
//! field counts only if another is missing, `{"given": {"harvest.issued_at": null}, "to": …}`, by which
//! the record is changed beforehand.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// One change of a record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    /// The concrete path.
    pub(super) path: String,
    /// What is changed beforehand.
    pub(super) given: BTreeMap<String, Value>,
    /// The other value.
    pub(super) to: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    given: BTreeMap<String, Value>,
    to: Value,
}

/// Reads a file of changes.
pub(super) fn read(text: &str) -> Vec<Change> {
    let changes: BTreeMap<String, Value> = serde_json::from_str(text).unwrap();
    let read = |(path, value): (String, Value)| match Given::deserialize(&value) {
        Ok(Given { given, to }) => Change { path, given, to },
        Err(_) => Change {
            path,
            given: BTreeMap::new(),
            to: value,
        },
    };
    changes.into_iter().map(read).collect()
}

impl Change {
    /// The record without and with the change.
    pub(super) fn apply(&self, base: &Value) -> Result<(Value, Value), String> {
        let mut before = base.clone();
        for (path, value) in &self.given {
            give(&mut before, path, value)?;
        }
        let mut after = before.clone();
        let place = at(&mut after, &self.path)?;
        if *place == self.to {
            return Err(format!("{} has this value already", self.path));
        }
        *place = self.to.clone();
        Ok((before, after))
    }

    /// How reports and golden files name it.
    pub(super) fn name(&self) -> String {
        let given = self.given.iter();
        let given: Vec<String> = given.map(|(path, to)| format!("{path} = {to}")).collect();
        if given.is_empty() {
            self.path.clone()
        } else {
            format!("{}, given {}", self.path, given.join(", "))
        }
    }
}

/// Sets a value, in a field that may be new.
fn give(record: &mut Value, path: &str, value: &Value) -> Result<(), String> {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    if name.contains('[') {
        *at(record, path)? = value.clone();
        return Ok(());
    }
    let parent = if parent.is_empty() {
        record
    } else {
        at(record, parent)?
    };
    let fields = parent.as_object_mut();
    let fields = fields.ok_or_else(|| format!("{path} is no field of an object"))?;
    fields.insert(name.to_owned(), value.clone());
    Ok(())
}

/// The value at a concrete path.
fn at<'a>(record: &'a mut Value, path: &str) -> Result<&'a mut Value, String> {
    let missing = || format!("{path} is not in the base record");
    let steps = path.replace(['.', '['], "/").replace(']', "");
    let pointer = format!("/{steps}");
    record.pointer_mut(&pointer).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_value_changes_and_nothing_else() {
        let changes = read(
            r#"{"a.b[1].c": 2, "f": {"to": 1},
                "d.x": {"given": {"a.e": null, "a.n": 1, "d": {"x": 0}, "a.b[0]": 2}, "to": 1}}"#,
        );
        let base = json!({"a": {"b": [0, {"c": 1}], "e": 1}, "d": "d", "f": "f"});
        let (before, after) = changes[0].apply(&base).unwrap();
        assert_eq!(before, base);
        assert_eq!(
            after,
            json!({"a": {"b": [0, {"c": 2}], "e": 1}, "d": "d", "f": "f"})
        );
        let (before, after) = changes[1].apply(&base).unwrap();
        let given = json!({"a": {"b": [2, {"c": 1}], "e": null, "n": 1}, "d": {"x": 0}, "f": "f"});
        assert_eq!(before, given);
        assert_eq!(after["d"], json!({"x": 1}));
        assert_eq!(
            changes[1].name(),
            r#"d.x, given a.b[0] = 2, a.e = null, a.n = 1, d = {"x":0}"#
        );
        assert_eq!(changes[2].to, json!({"to": 1}));
    }

    #[test]
    fn what_changes_nothing_is_refused() {
        let base = json!({"a": 1});
        let refused = |text: &str| read(text)[0].apply(&base).unwrap_err();
        assert_eq!(refused(r#"{"a": 1}"#), "a has this value already");
        assert_eq!(refused(r#"{"c": 1}"#), "c is not in the base record");
    }
}
