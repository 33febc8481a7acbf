//! The account of a record in JSON: a walk over its text along a table's paths, without making values of it.

use std::fmt;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

use super::Unmapped;
use super::table::{Step, Table};
use crate::source::value::charset;

/// Notes what of a record no row of its tables names. `extras` is the field whose members may as well stand
/// in the record itself, where the software has one: lists of keys and values, or an object.
pub(super) fn json(table: &Table, payload: &[u8], extras: Option<&str>) -> Unmapped {
    let mut unmapped = Unmapped::default();
    let mut path = String::new();
    let walk = Walk {
        table,
        extras,
        step: Step::To(Table::ROOT),
        path: &mut path,
        unmapped: &mut unmapped,
    };
    // Whoever describes the record says that it cannot be read.
    let _ = walk.deserialize(&mut serde_json::Deserializer::from_slice(payload));
    unmapped
}

/// Stands at one value of a record.
struct Walk<'a> {
    table: &'a Table,
    extras: Option<&'a str>,
    step: Step,
    path: &'a mut String,
    unmapped: &'a mut Unmapped,
}

impl Walk<'_> {
    /// Goes into a part, whose name stays on the path as long.
    fn into<'de, D: Deserializer<'de>>(
        &mut self,
        name: &str,
        step: Step,
        value: D,
    ) -> Result<(), D::Error> {
        let length = self.path.len();
        if !self.path.is_empty() && name != "[]" {
            self.path.push('.');
        }
        self.path.push_str(name);
        let below = Walk {
            step,
            path: &mut *self.path,
            unmapped: &mut *self.unmapped,
            ..*self
        };
        let result = below.deserialize(value);
        self.path.truncate(length);
        result
    }

    fn scalar(self, account: impl FnOnce() -> String) {
        if let Step::To(at) = self.step
            && !self.table.knows(at)
        {
            self.unmapped.note(self.path, account);
        }
    }

    /// A member of the extras, which counts as a field of the record where a table knows that.
    fn extra(&mut self, key: &str, value: Value) -> Result<(), serde_json::Error> {
        match self.table.field(Table::ROOT, key) {
            Step::Unknown => {
                let step = self.step_to(key);
                self.into(key, step, value)
            }
            known => self.into(key, known, value),
        }
    }

    fn step_to(&self, name: &str) -> Step {
        match self.step {
            Step::To(at) => self.table.field(at, name),
            other => other,
        }
    }

    /// The extras, in whichever form they were sent.
    fn extras(&mut self, name: &str, value: Value) -> Result<(), serde_json::Error> {
        self.path.push_str(name);
        let below = self.step_to(name);
        let step = std::mem::replace(&mut self.step, below);
        let result = match value {
            Value::Object(fields) => fields
                .into_iter()
                .try_for_each(|(key, value)| self.extra(&key, value)),
            Value::Array(items) => items.into_iter().try_for_each(|mut item| {
                let is_deleted = item.get("state").and_then(Value::as_str) == Some("deleted");
                let value = item.get_mut("value").map(Value::take).unwrap_or_default();
                match item.get("key").and_then(Value::as_str) {
                    Some(key) if !is_deleted => self.extra(key, value),
                    _ => Ok(()),
                }
            }),
            _ => Ok(()),
        };
        self.step = step;
        self.path.clear();
        result
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        match self.step {
            Step::Covered => IgnoredAny::deserialize(value).map(drop),
            Step::To(_) => value.deserialize_any(self),
            Step::Unknown => {
                let value = Value::deserialize(value)?;
                if !is_blank(&value) {
                    self.unmapped.note(self.path, || account(value));
                }
                Ok(())
            }
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(|| value.to_string());
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(|| value.to_string());
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(|| value.to_string());
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(|| value.to_string());
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let text = text.trim();
        if is_blank_text(text) {
            return Ok(());
        }
        let Step::To(at) = self.step else {
            return Ok(());
        };
        // Old portals keep lists and objects as JSON in a text.
        if self.table.has_parts(at) && text.starts_with(['[', '{']) {
            let opened = serde_json::from_str(text).ok();
            let opened =
                opened.or_else(|| serde_json::from_str(&text.replace("&quot;", "\"")).ok());
            if let Some(value) = opened {
                return self.deserialize::<Value>(value).map_err(E::custom);
            }
        }
        self.scalar(|| text.to_owned());
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let step = match self.step {
            Step::To(at) => self.table.item(at),
            other => other,
        };
        while items
            .next_element_seed(Member {
                walk: &mut self,
                name: "[]",
                step,
            })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        let is_leaf = matches!(self.step, Step::To(at) if self.table.is_leaf(at));
        while let Some(name) = fields.next_key::<std::borrow::Cow<'de, str>>()? {
            if is_leaf || name == charset::NAME {
                fields.next_value::<IgnoredAny>()?;
                continue;
            }
            if self.step == Step::To(Table::ROOT) && self.extras == Some(&*name) {
                let value = fields.next_value()?;
                self.extras(&name, value).map_err(A::Error::custom)?;
                continue;
            }
            let step = self.step_to(&name);
            fields.next_value_seed(Member {
                walk: &mut self,
                name: &name,
                step,
            })?;
        }
        Ok(())
    }
}

/// A part of the value that a walk stands at.
struct Member<'w, 'a> {
    walk: &'w mut Walk<'a>,
    name: &'w str,
    step: Step,
}

impl<'de> DeserializeSeed<'de> for Member<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        self.walk.into(self.name, self.step, value)
    }
}

fn account(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn is_blank_text(text: &str) -> bool {
    matches!(text, "" | "[]" | "{}" | "null")
}

/// Whether a value says nothing: forms send what is not filled in.
pub(in crate::source) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => is_blank_text(text.trim()),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
