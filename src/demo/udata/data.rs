//! The records of a sample portal, and which of them it lists.

use serde_json::Value;

use crate::demo::shared::Shared;

/// The records of a portal, as its files have them.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Datasets with their resources, as `/api/1/datasets/` has them.
    pub datasets: Vec<Value>,
    /// Organizations, as `/api/1/organizations/` has them.
    pub organizations: Vec<Value>,
    /// Data services, as `/api/1/dataservices/` has them but for `datasets`, a list of identifiers here.
    pub dataservices: Vec<Value>,
    /// Reuses, as `/api/1/reuses/` has them.
    pub reuses: Vec<Value>,
    /// Discussions, as `/api/1/discussions/` has them.
    pub discussions: Vec<Value>,
    /// Topics, as `/api/2/topics/` has them but for `elements`, a list here.
    pub topics: Vec<Value>,
    /// Other people's resources, as `/api/1/datasets/community_resources/` has them.
    pub community_resources: Vec<Value>,
    /// The portals that the portal harvests, as `/api/1/harvest/sources/` has them.
    pub harvest_sources: Vec<Value>,
}

/// The records that a running sample portal serves; clones share them, so that they can be changed
/// between two harvests.
pub type SampleData = Shared<Records>;

impl Shared<Records> {
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
            dataservices: read(include_str!("../../../data/udata/dataservices.json")),
            reuses: read(include_str!("../../../data/udata/reuses.json")),
            discussions: read(include_str!("../../../data/udata/discussions.json")),
            topics: read(include_str!("../../../data/udata/topics.json")),
            community_resources: read(include_str!("../../../data/udata/community_resources.json")),
            harvest_sources: read(include_str!("../../../data/udata/harvest_sources.json")),
        })
    }
}

/// Whether the portal lists a record: not what is private, archived or deleted.
pub(super) fn is_listed(record: &Value) -> bool {
    let is_set = |key: &str| {
        record
            .get(key)
            .is_some_and(|value| !value.is_null() && *value != Value::Bool(false))
    };
    ![
        "private",
        "archived",
        "archived_at",
        "deleted",
        "deleted_at",
    ]
    .into_iter()
    .any(is_set)
}

/// Whether a record has this identifier or slug.
pub(super) fn is_called(record: &Value, name: &str) -> bool {
    text(record, "id") == name || text(record, "slug") == name
}

/// A text field, empty where there is none.
pub(super) fn text<'a>(record: &'a Value, key: &str) -> &'a str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A field of a field, by a path with dots; null where there is none.
pub(super) fn field<'a>(record: &'a Value, path: &str) -> &'a Value {
    path.split('.')
        .fold(record, |value, key| value.get(key).unwrap_or(&Value::Null))
}

/// The items of a list, none where there is no list.
pub(super) fn items<'a>(
    record: &'a Value,
    key: &str,
) -> impl DoubleEndedIterator<Item = &'a Value> + use<'a> {
    let list = record.get(key).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default().iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_portal_is_as_large_as_promised() {
        SampleData::bundled().look(|records| {
            let resources = records
                .datasets
                .iter()
                .map(|one| items(one, "resources").count());
            for (what, promised, count) in [
                ("datasets", 100, records.datasets.len()),
                ("resources", 400, resources.sum()),
                ("organizations", 20, records.organizations.len()),
                ("dataservices", 12, records.dataservices.len()),
                ("reuses", 25, records.reuses.len()),
                ("discussions", 30, records.discussions.len()),
                ("topics", 4, records.topics.len()),
                ("community resources", 8, records.community_resources.len()),
                ("harvest sources", 5, records.harvest_sources.len()),
            ] {
                assert!(count >= promised, "{what}: {count}");
            }
        });
    }
}
