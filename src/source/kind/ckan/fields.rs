//! The fields of a package as it was sent, wherever it has them: its own, or among its extras.
//!
//! What a field means does not depend on that: ckanext-scheming makes fields of what older portals keep
//! as `extras: [{"key": …, "value": …}]`, with lists and objects as JSON in a text. A package is parsed
//! once; all that is read of it is borrowed from there, but for such texts.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::finding::{Code, Finding};
pub(super) use crate::source::value::account::is_blank;

/// The fields of one object.
pub(super) struct Fields<'a> {
    own: &'a Map<String, Value>,
    extras: Vec<(&'a str, &'a Value)>,
    /// Where the object stands, with a dot behind it.
    at: String,
}

/// A value, and where it stands.
#[derive(Clone)]
pub(super) struct Sent<'a> {
    value: Cow<'a, Value>,
    pub(super) field: String,
}

impl<'a> Fields<'a> {
    /// The fields of a record, its extras included.
    pub(super) fn of_record(own: &'a Map<String, Value>) -> Self {
        let extras = match own.get("extras") {
            Some(Value::Array(items)) => items.iter().filter_map(extra).collect(),
            // The API before version 3 has an object.
            Some(Value::Object(fields)) => fields.iter().map(|(k, v)| (k.as_str(), v)).collect(),
            _ => Vec::new(),
        };
        Self {
            own,
            extras,
            at: String::new(),
        }
    }

    /// The fields of an object that stands in `field`.
    pub(super) fn of_part(own: &'a Map<String, Value>, field: &str) -> Self {
        Self {
            own,
            extras: Vec::new(),
            at: format!("{field}."),
        }
    }

    /// The value of a field, if it says anything.
    pub(super) fn find(&self, name: &str) -> Option<Sent<'a>> {
        if let Some(value) = self.own.get(name).filter(|value| !is_blank(value)) {
            return Some(Sent {
                value: Cow::Borrowed(value),
                field: self.place(name),
            });
        }
        let extra = self.extras.iter().find(|(key, _)| *key == name);
        extra
            .filter(|(_, value)| !is_blank(value))
            .map(|(_, value)| Sent {
                value: Cow::Borrowed(*value),
                field: format!("extras.{name}"),
            })
    }

    /// The first of several fields that says anything.
    pub(super) fn first(&self, names: &[&str]) -> Option<Sent<'a>> {
        names.iter().find_map(|name| self.find(name))
    }

    /// Those of several fields that say anything.
    pub(super) fn all(&self, names: &[&str]) -> impl Iterator<Item = Sent<'a>> {
        names.iter().filter_map(|name| self.find(name))
    }

    /// The text of a field, where nobody reports what is unreadable.
    pub(super) fn peek(&self, name: &str) -> Option<&'a str> {
        let sent = self.own.get(name).and_then(Value::as_str);
        let extra = || {
            let found = self.extras.iter().find(|(key, _)| *key == name)?;
            found.1.as_str()
        };
        let text = sent.map(str::trim).filter(|text| !text.is_empty());
        text.or_else(|| extra().map(str::trim).filter(|text| !text.is_empty()))
    }

    /// The text of a field; a finding where it is none.
    pub(super) fn text(&self, name: &str, findings: &mut Vec<Finding>) -> Option<String> {
        self.find(name)?.text(findings).map(Cow::into_owned)
    }

    /// Whether a field is `true`, or says so.
    pub(super) fn is_true(&self, name: &str) -> bool {
        match self.own.get(name) {
            Some(Value::Bool(value)) => *value,
            Some(Value::String(text)) => text.trim().eq_ignore_ascii_case("true"),
            _ => false,
        }
    }

    /// Where a field of its own stands.
    pub(super) fn place(&self, name: &str) -> String {
        format!("{}{name}", self.at)
    }
}

impl Sent<'_> {
    /// The value itself, with what a text holds as JSON.
    pub(super) fn opened(self) -> Self {
        let Some(text) = self.value.as_str().map(str::trim) else {
            return self;
        };
        if !text.starts_with(['[', '{']) {
            return self;
        }
        let parsed = serde_json::from_str(text).ok();
        // DKAN writes the JSON of harvested records as HTML.
        let parsed = parsed.or_else(|| serde_json::from_str(&text.replace("&quot;", "\"")).ok());
        match parsed {
            Some(value) => Self {
                value: Cow::Owned(value),
                ..self
            },
            None => self,
        }
    }

    /// The items of a list, or the one value; those only that say anything.
    pub(super) fn items(self) -> Vec<Self> {
        let Self { value, field } = self.opened();
        let at = |position: usize| format!("{field}[{position}]");
        match value {
            Cow::Borrowed(Value::Array(items)) => {
                let items = items.iter().enumerate();
                items
                    .filter(|(_, item)| !is_blank(item))
                    .map(|(position, item)| Self {
                        value: Cow::Borrowed(item),
                        field: at(position),
                    })
                    .collect()
            }
            Cow::Owned(Value::Array(items)) => {
                let items = items.into_iter().enumerate();
                items
                    .filter(|(_, item)| !is_blank(item))
                    .map(|(position, item)| Self {
                        value: Cow::Owned(item),
                        field: at(position),
                    })
                    .collect()
            }
            value if is_blank(&value) => Vec::new(),
            value => vec![Self { value, field }],
        }
    }

    /// The value.
    pub(super) fn value(&self) -> &Value {
        &self.value
    }

    /// The fields of an object.
    pub(super) fn fields(&self) -> Option<Fields<'_>> {
        self.value
            .as_object()
            .map(|own| Fields::of_part(own, &self.field))
    }

    /// The text, of a number its digits; a finding where it is neither.
    pub(super) fn text(&self, findings: &mut Vec<Finding>) -> Option<Cow<'_, str>> {
        match self.value.as_ref() {
            Value::String(text) => Some(Cow::Borrowed(text.trim())),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            _ => {
                self.unreadable(findings);
                None
            }
        }
    }

    /// Notes that the value is of no use here.
    pub(super) fn unreadable(&self, findings: &mut Vec<Finding>) {
        findings.push(Finding::new(
            Code::FieldUnreadable,
            self.field.clone(),
            "left out: it has an unexpected type",
            &short(&self.value),
        ));
    }
}

/// The key and value of an item of `extras`.
fn extra(item: &Value) -> Option<(&str, &Value)> {
    let is_deleted = item.get("state").and_then(Value::as_str) == Some("deleted");
    let key = item.get("key")?.as_str()?;
    Some((key, item.get("value")?)).filter(|_| !is_deleted)
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(250).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: &Value) -> &Map<String, Value> {
        value.as_object().unwrap()
    }

    #[test]
    fn a_field_counts_before_the_extra_of_its_name_unless_it_is_blank() {
        let record = json!({
            "issued": "2024", "modified": "", "theme": [""], "extras": [
                {"key": "issued", "value": "2023"}, {"key": "modified", "value": "2022"},
                {"key": "theme", "value": "[\"a\", \"\", \"b\"]"}, {"key": "gone", "value": "x", "state": "deleted"}
            ]
        });
        let fields = Fields::of_record(object(&record));
        let read = |name: &str| {
            let sent = fields.find(name)?;
            let text = sent.text(&mut Vec::new())?.into_owned();
            Some((sent.field, text))
        };
        let found = |field: &str, text: &str| Some((field.to_owned(), text.to_owned()));
        assert_eq!(read("issued"), found("issued", "2024"));
        assert_eq!(read("modified"), found("extras.modified", "2022"));
        assert_eq!(read("gone"), None);
        let themes = fields.find("theme").unwrap().items();
        let themes: Vec<_> = themes
            .iter()
            .map(|item| (item.field.as_str(), item.value().as_str().unwrap()))
            .collect();
        assert_eq!(themes, [("extras.theme[0]", "a"), ("extras.theme[2]", "b")]);
    }

    #[test]
    fn json_in_a_text_is_read_even_where_it_is_escaped_as_html() {
        let record = json!({"a": "[{&quot;name&quot;: &quot;N&quot;}]", "b": "[draft] a title"});
        let fields = Fields::of_record(object(&record));
        let items = fields.find("a").unwrap().items();
        assert_eq!(items[0].value(), &json!({"name": "N"}));
        let items = fields.find("b").unwrap().items();
        assert_eq!(items[0].value(), &json!("[draft] a title"));
    }
}
