//! A JSON-LD object, key by key.

use serde_json::{Map, Value, json};

/// A JSON object under construction: empty values are left out, lists of one are the value.
pub(super) struct Object(Map<String, Value>);

impl Object {
    pub(super) fn of(class: &str, iri: &str) -> Self {
        let mut object = Map::new();
        object.insert("@context".to_owned(), json!("https://schema.org/"));
        object.insert("@type".to_owned(), json!(class));
        object.insert("@id".to_owned(), json!(iri));
        Self(object)
    }

    /// An object inside another one, which has the context already.
    pub(super) fn inner(class: &str, iri: &str) -> Self {
        let mut object = Self::of(class, iri);
        object.0.remove("@context");
        if iri.is_empty() {
            object.0.remove("@id");
        }
        object
    }

    pub(super) fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.value(key, json!(value));
        }
    }

    pub(super) fn texts(&mut self, key: &str, values: &[String]) {
        self.list(key, values.iter().map(|value| json!(value)));
    }

    pub(super) fn list(&mut self, key: &str, values: impl Iterator<Item = Value>) {
        let mut values: Vec<Value> = values.collect();
        match values.len() {
            0 => {}
            1 => values.into_iter().for_each(|value| self.value(key, value)),
            _ => self.value(key, Value::Array(std::mem::take(&mut values))),
        }
    }

    pub(super) fn value(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    pub(super) fn finished(self) -> Value {
        Value::Object(self.0)
    }
}
