//! A field of a record as a portal sent it: there, absent, or of a type that the API does not have.
//!
//! One wrong type must cost that field and not the record, so every field of the payload types is a
//! [`Field`]. `null` is absent. Reading one that cannot be read leaves a finding.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeOwned, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::finding::{Code, Finding};
use crate::source::contract::Rejected;

/// A text.
pub(in crate::source) type Text = Field<String>;
/// A list whose items may each be unreadable.
pub(in crate::source) type List<T> = Field<Vec<Field<T>>>;
/// An object whose fields are read by name.
pub(in crate::source) type Object = Field<Map<String, Value>>;

/// What was sent in a field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::source) enum Field<T> {
    /// Nothing, or `null`.
    #[default]
    Missing,
    /// A value of the documented type.
    Value(T),
    /// Something else, of which this is a short account.
    Unreadable(String),
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsSent(PhantomData))
    }
}

/// Hands what was sent on to the type that it should have, and gives an account of it only where that does
/// not take it. Lists and objects are handed on item by item: a copy of each at every depth would cost more
/// than all else that reading does.
struct AsSent<T>(PhantomData<T>);

/// A scalar as the type that it should have.
fn scalar<T: DeserializeOwned, E: de::Error>(
    value: impl IntoDeserializer<'static, E>,
    account: impl FnOnce() -> String,
) -> Field<T> {
    T::deserialize(value.into_deserializer())
        .map_or_else(|_| Field::Unreadable(account()), Field::Value)
}

impl<'de, T: DeserializeOwned> Visitor<'de> for AsSent<T> {
    type Value = Field<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Field<T>, E> {
        Ok(Field::Missing)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Field<T>, E> {
        Ok(scalar::<T, E>(value, || value.to_string()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Field<T>, E> {
        Ok(scalar::<T, E>(value, || value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Field<T>, E> {
        Ok(scalar::<T, E>(value, || value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Field<T>, E> {
        Ok(scalar::<T, E>(value, || Value::from(value).to_string()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Field<T>, E> {
        let account = || text.chars().take(250).collect();
        let read = T::deserialize(StrDeserializer::<E>::new(text));
        Ok(read.map_or_else(|_| Field::Unreadable(account()), Field::Value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Field<T>, A::Error> {
        let sent = items.size_hint();
        let read = T::deserialize(SeqAccessDeserializer::new(&mut items));
        let mut left = 0;
        while items.next_element::<IgnoredAny>()?.is_some() {
            left += 1;
        }
        Ok(match read {
            Ok(value) if left == 0 => Field::Value(value),
            _ => Field::Unreadable(format!("a list of {}", sent.unwrap_or(left))),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Field<T>, A::Error> {
        let sent = fields.size_hint();
        let read = T::deserialize(MapAccessDeserializer::new(&mut fields));
        let mut left = 0;
        while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            left += 1;
        }
        Ok(match read {
            Ok(value) if left == 0 => Field::Value(value),
            _ => Field::Unreadable(format!("an object of {}", sent.unwrap_or(left))),
        })
    }
}

impl<T> Field<T> {
    /// The value; a finding about `name` where something unreadable was sent.
    pub(in crate::source) fn read(&self, name: &str, findings: &mut Vec<Finding>) -> Option<&T> {
        match self {
            Self::Missing => None,
            Self::Value(value) => Some(value),
            Self::Unreadable(account) => {
                findings.push(Finding::new(
                    Code::FieldUnreadable,
                    name,
                    "left out: it has an unexpected type",
                    account,
                ));
                None
            }
        }
    }

    /// The value, where somebody else reports what is unreadable.
    pub(in crate::source) fn peek(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }

    /// Whether anything but `null` was sent.
    pub(in crate::source) fn is_sent(&self) -> bool {
        !matches!(self, Self::Missing)
    }
}

impl Field<String> {
    /// The text without surrounding space, if any is left.
    pub(in crate::source) fn text(&self, name: &str, findings: &mut Vec<Finding>) -> Option<&str> {
        self.read(name, findings)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
    }

    /// Like [`Field::text`], where somebody else reports what is unreadable.
    pub(in crate::source) fn peek_text(&self) -> Option<&str> {
        self.peek()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
    }
}

impl<T> Field<Vec<Field<T>>> {
    /// The readable items with their positions; a finding for each of the others.
    pub(in crate::source) fn items<'a>(
        &'a self,
        name: &str,
        findings: &mut Vec<Finding>,
    ) -> impl Iterator<Item = (usize, &'a T)> + use<'a, T> {
        let items = self.read(name, findings).map_or(&[][..], Vec::as_slice);
        for (position, item) in items.iter().enumerate() {
            if !matches!(item, Field::Value(_)) {
                item.read(&format!("{name}[{position}]"), findings);
            }
        }
        items
            .iter()
            .enumerate()
            .filter_map(|(position, item)| Some((position, item.peek()?)))
    }
}

/// Reads a payload whose fields are [`Field`]s.
pub(in crate::source) fn record<T: DeserializeOwned>(payload: &[u8]) -> Result<T, Rejected> {
    let unreadable = |error: serde_json::Error| Rejected::Unreadable(error.to_string());
    let value: Value = serde_json::from_slice(payload).map_err(unreadable)?;
    if !value.is_object() {
        return Err(Rejected::Unreadable("it is no JSON object".to_owned()));
    }
    T::deserialize(value).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Record {
        title: Field<String>,
        size: Field<i64>,
        tags: Field<Vec<Field<String>>>,
    }

    #[test]
    fn a_wrong_type_costs_its_field_only() {
        let record: Record = serde_json::from_str(
            r#"{"title": ["x"], "size": 3, "tags": ["a", 1, null, "b"], "more": {}}"#,
        )
        .unwrap();
        let mut findings = Vec::new();
        assert_eq!(record.title.text("title", &mut findings), None);
        assert_eq!(record.size.read("size", &mut findings), Some(&3));
        let tags: Vec<_> = record
            .tags
            .items("tags", &mut findings)
            .map(|(_, tag)| tag.as_str())
            .collect();
        assert_eq!(tags, ["a", "b"]);
        let seen: Vec<_> = findings
            .iter()
            .map(|f| (f.field.as_str(), f.value.as_str()))
            .collect();
        assert_eq!(seen, [("title", "a list of 1"), ("tags[1]", "1")]);
    }

    #[test]
    fn null_is_absent() {
        let record: Record = serde_json::from_str(r#"{"title": null}"#).unwrap();
        assert!(!record.title.is_sent() && !record.size.is_sent());
    }
}
