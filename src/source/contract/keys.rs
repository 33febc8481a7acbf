//! The keys of a portal that only its kind knows, taken one by one, and what a filter must be.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What cannot stand in a portal's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key, as a path below the portal (`filter.tags`).
    pub key: String,
    /// What is wrong with it.
    pub message: String,
}

/// The keys of a portal beside those that every portal has.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    given: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Keys {
    /// The keys as they are written.
    #[must_use]
    pub fn new(given: Map<String, Value>) -> Self {
        let known = Vec::new();
        Self { given, known }
    }

    /// Those that have been asked for, given or not.
    #[must_use]
    pub fn known(&self) -> &[&'static str] {
        &self.known
    }

    /// The first that nobody has asked for.
    #[must_use]
    pub fn unknown(&self) -> Option<&str> {
        self.given.keys().next().map(String::as_str)
    }

    /// The value of a key, if it is given.
    ///
    /// # Errors
    /// A value that is none of this key.
    pub fn take<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Option<T>, Fault> {
        self.known.push(key);
        let value = self.given.remove(key).map(serde_json::from_value);
        value.transpose().map_err(|error| Fault {
            key: key.to_owned(),
            message: error.to_string(),
        })
    }

    /// The value of a key, if it is given and `check` has nothing against it.
    ///
    /// # Errors
    /// A value that is no text, or that `check` refuses.
    pub fn checked(
        &mut self,
        key: &'static str,
        check: impl FnOnce(&str) -> Result<(), String>,
    ) -> Result<Option<String>, Fault> {
        let text: Option<String> = self.take(key)?;
        if let Some(text) = &text {
            let key = key.to_owned();
            check(text).map_err(|message| Fault { key, message })?;
        }
        Ok(text)
    }

    /// The filters (name to values, which must all be met), each as `read` understands it, by their names.
    ///
    /// # Errors
    /// What `read` says of one of them.
    pub fn filters<T>(
        &mut self,
        mut read: impl FnMut(&str, Vec<String>) -> Result<T, String>,
    ) -> Result<Vec<T>, Fault> {
        let filters: BTreeMap<String, Vec<String>> = self.take("filter")?.unwrap_or_default();
        let read = filters.into_iter().map(|(name, values)| {
            read(&name, values).map_err(|message| Fault {
                key: format!("filter.{name}"),
                message,
            })
        });
        read.collect()
    }
}

/// Finds a filter by its name; an error with the names of all of them where `software` has none of this
/// name.
pub(in crate::source) fn find<T: Copy>(
    software: &str,
    name: &str,
    filters: &[(&'static str, T)],
) -> Result<(&'static str, T), String> {
    let found = filters.iter().find(|(known, _)| *known == name);
    found.copied().ok_or_else(|| {
        let known: Vec<_> = filters.iter().map(|(known, _)| *known).collect();
        format!(
            "{software} has no filter `{name}`; known: {}",
            known.join(", ")
        )
    })
}

/// Refuses a filter without values.
pub(in crate::source) fn check_values(values: &[String]) -> Result<(), String> {
    if values.is_empty() || values.iter().any(|value| value.trim().is_empty()) {
        return Err("a filter needs a value, and none may be empty".to_owned());
    }
    Ok(())
}
