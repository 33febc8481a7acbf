//! `extras`: what plugins, harvesters and robots keep beside a record, by keys of their own.
//!
//! Only keys with a known meaning are read, each by the module that knows it; the rest is left out.

use serde_json::{Map, Value};

use crate::dcat::Describe;
use crate::finding::{Code, Finding};
use crate::source::value::field::Field;

/// The extras of one record, which stand in `field`.
pub(super) struct Extras<'a> {
    map: Option<&'a Map<String, Value>>,
    field: String,
}

impl<'a> Extras<'a> {
    /// Reads what was sent in `field`; a finding where it is no object.
    pub(super) fn read(
        sent: &'a Field<Map<String, Value>>,
        field: &str,
        findings: &mut Vec<Finding>,
    ) -> Self {
        Self {
            map: sent.read(field, findings),
            field: field.to_owned(),
        }
    }

    /// Where a key stands.
    pub(super) fn at(&self, key: &str) -> String {
        format!("{}.{key}", self.field)
    }

    /// The value of a key, if anything but `null` was sent.
    pub(super) fn value(&self, key: &str) -> Option<&'a Value> {
        self.map?.get(key).filter(|value| !value.is_null())
    }

    /// The text of a key, if any is left without surrounding space; a finding where it is no text.
    pub(super) fn text(&self, key: &str, about: &mut Describe<'_>) -> Option<&'a str> {
        let value = self.value(key)?;
        let Some(text) = value.as_str() else {
            about.find(
                Code::FieldUnreadable,
                &self.at(key),
                "left out: it has an unexpected type",
                &short(value),
            );
            return None;
        };
        Some(text.trim()).filter(|text| !text.is_empty())
    }

    /// The texts below `dcat`, where the DCAT harvester keeps what has no field: one, or a list.
    pub(super) fn dcat(&self, key: &str) -> Vec<&'a str> {
        let sent = self.value("dcat").and_then(|dcat| dcat.get(key));
        let texts: Vec<&Value> = match sent {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        };
        let mut texts: Vec<&str> = texts
            .into_iter()
            .filter_map(Value::as_str)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .collect();
        // A set in the harvester: its order changes from run to run.
        texts.sort_unstable();
        texts.dedup();
        texts
    }
}

/// What a finding quotes of a value.
pub(super) fn short(value: &Value) -> String {
    value.to_string().chars().take(250).collect()
}
