//! The parameters of named queries: what type of value each takes, and a value as SPARQL has it.

use chrono::NaiveDate;
use oxigraph::model::{Literal, NamedNode};
use serde::Deserialize;

use super::query::Texts;

/// The longest value, in bytes.
const LONGEST: usize = 2_000;

/// A parameter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Parameter {
    pub(in crate::web) r#type: Type,
    /// What it is called.
    pub(in crate::web) title: Texts,
    /// What it does, where the title does not say it.
    #[serde(default)]
    pub(in crate::web) description: Texts,
    /// Its value where none is sent.
    default: Option<toml::Value>,
    /// Whether there is no answer without it.
    #[serde(default)]
    required: bool,
    /// The values that it may have; none, any of its type.
    #[serde(default)]
    pub(in crate::web) choices: Vec<Choice>,
    /// The least number.
    pub(in crate::web) least: Option<i64>,
    /// The greatest number.
    pub(in crate::web) most: Option<i64>,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::web) enum Type {
    /// An absolute IRI.
    Iri,
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// `2026-01-31`; in the query a text, as which dates of all datatypes are in one order.
    Date,
}

impl Type {
    /// As the file says it.
    pub(in crate::web) fn name(self) -> &'static str {
        match self {
            Self::Iri => "iri",
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Date => "date",
        }
    }
}

/// One of the values that a parameter may have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Choice {
    pub(in crate::web) value: String,
    #[serde(default)]
    pub(in crate::web) title: Texts,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) enum Value {
    Iri(NamedNode),
    Text(String),
    Integer(i64),
    Boolean(bool),
}

impl Value {
    /// As it stands in a query.
    pub(in crate::web) fn sparql(&self) -> String {
        match self {
            Self::Iri(iri) => iri.to_string(),
            Self::Text(text) => Literal::from(text.as_str()).to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Boolean(value) => value.to_string(),
        }
    }
}

impl Parameter {
    /// Whether there is no answer without it: it has no default, and a part without it cannot be left out.
    pub(in crate::web) fn is_required(&self) -> bool {
        self.required && self.default.is_none()
    }

    /// What stands where nothing is sent.
    pub(in crate::web) fn default(&self) -> Option<String> {
        self.default.as_ref().map(|value| match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }

    /// What was sent, or the default; none where there is neither.
    ///
    /// # Errors
    /// What the value must be, to stand after the parameter's name.
    pub(in crate::web) fn value(&self, sent: Option<&str>) -> Result<Option<Value>, String> {
        let default = self.default();
        let Some(text) = sent.or(default.as_deref()) else {
            return Ok(None);
        };
        self.read(text).map(Some)
    }

    fn read(&self, text: &str) -> Result<Value, String> {
        if text.len() > LONGEST {
            return Err(format!("must have {LONGEST} bytes at most"));
        }
        if !self.choices.is_empty() && !self.choices.iter().any(|one| one.value == text) {
            let known: Vec<&str> = self.choices.iter().map(|one| one.value.as_str()).collect();
            return Err(format!("must be one of {}", known.join(", ")));
        }
        match self.r#type {
            Type::Iri => NamedNode::new(text)
                .map(Value::Iri)
                .map_err(|_invalid| "must be an absolute IRI".to_owned()),
            Type::Text => Ok(Value::Text(text.to_owned())),
            Type::Integer => self.number(text),
            Type::Boolean => match text {
                "true" => Ok(Value::Boolean(true)),
                "false" => Ok(Value::Boolean(false)),
                _ => Err("must be true or false".to_owned()),
            },
            Type::Date => NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .map(|date| Value::Text(date.format("%Y-%m-%d").to_string()))
                .map_err(|_invalid| "must be a date such as 2026-01-31".to_owned()),
        }
    }

    fn number(&self, text: &str) -> Result<Value, String> {
        let (least, most) = (
            self.least.unwrap_or(i64::MIN),
            self.most.unwrap_or(i64::MAX),
        );
        let number = text.parse().ok();
        let number = number.filter(|number: &i64| (least..=most).contains(number));
        number.map(Value::Integer).ok_or_else(|| {
            let least = self.least.map(|least| format!(", {least} or more"));
            let most = self.most.map(|most| format!(", {most} or less"));
            format!(
                "must be a whole number{}{}",
                least.unwrap_or_default(),
                most.unwrap_or_default()
            )
        })
    }

    /// Any value that it may have.
    ///
    /// # Errors
    /// Where the default or a choice is none of its type.
    pub(in crate::web) fn sample(&self) -> Result<Value, String> {
        for choice in &self.choices {
            self.read(&choice.value)
                .map_err(|message| format!("the choice `{}` {message}", choice.value))?;
        }
        if let Some(default) = self
            .value(None)
            .map_err(|message| format!("the default {message}"))?
        {
            return Ok(default);
        }
        if let Some(choice) = self.choices.first() {
            return self.read(&choice.value);
        }
        Ok(match self.r#type {
            Type::Iri => Value::Iri(NamedNode::new_unchecked("http://example.org/")),
            Type::Text => Value::Text("word".to_owned()),
            Type::Integer => Value::Integer(self.least.unwrap_or(1)),
            Type::Boolean => Value::Boolean(true),
            Type::Date => Value::Text("2026-01-31".to_owned()),
        })
    }
}
