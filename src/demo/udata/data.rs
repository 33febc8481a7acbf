//! The records of a sample portal, and which of them it lists.

use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;

/// The records of a portal, as its files have them.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Datasets with their resources, as `/api/1/datasets/` has them.
    pub datasets: Vec<Value>,
    /// Organizations, as `/api/1/organizations/` has them.
    pub organizations: Vec<Value>,
}

/// The records that a running sample portal serves; clones share them, so that they can be changed
/// between two harvests.
#[derive(Debug, Clone, Default)]
pub struct SampleData(Arc<RwLock<Records>>);

impl From<Records> for SampleData {
    fn from(records: Records) -> Self {
        Self(Arc::new(RwLock::new(records)))
    }
}

impl SampleData {
    /// The portal in `data/udata`, compiled in.
    ///
    /// # Panics
    /// Never: a test reads the files.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "the files are compiled in, and a test reads them"
    )]
    pub fn bundled() -> Self {
        let read =
            |text: &str| serde_json::from_str(text).expect("a bundled file is a list of records");
        Self::from(Records {
            datasets: read(include_str!("../../../data/udata/datasets.json")),
            organizations: read(include_str!("../../../data/udata/organizations.json")),
        })
    }

    /// Changes what is served from now on.
    pub fn change<T>(&self, change: impl FnOnce(&mut Records) -> T) -> T {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at what is served.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Records) -> T) -> T {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether the portal lists a record: not what is private, archived or deleted.
pub(super) fn is_listed(record: &Value) -> bool {
    let is_set = |key: &str| {
        record
            .get(key)
            .is_some_and(|value| !value.is_null() && *value != Value::Bool(false))
    };
    !["private", "archived", "deleted"].into_iter().any(is_set)
}

/// Whether a record has this identifier or slug.
pub(super) fn is_called(record: &Value, name: &str) -> bool {
    text(record, "id") == name || text(record, "slug") == name
}

/// A text field, empty where there is none.
pub(super) fn text<'a>(record: &'a Value, key: &str) -> &'a str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A field of a field as text.
pub(super) fn nested<'a>(record: &'a Value, outer: &str, inner: &str) -> &'a str {
    record
        .get(outer)
        .map(|value| text(value, inner))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_portal_is_as_large_as_promised() {
        let (datasets, resources, organizations) = SampleData::bundled().look(|records| {
            let resources = |record: &Value| {
                record
                    .get("resources")
                    .and_then(Value::as_array)
                    .map_or(0, Vec::len)
            };
            (
                records.datasets.len(),
                records.datasets.iter().map(resources).sum::<usize>(),
                records.organizations.len(),
            )
        });
        assert!(
            datasets >= 60 && resources >= 300 && organizations >= 15,
            "{datasets} {resources} {organizations}"
        );
    }
}
