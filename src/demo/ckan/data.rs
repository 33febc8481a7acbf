//! The records of a sample portal, and which of them it lists.

use serde_json::Value;

use super::synthetic;
use crate::demo::shared::Shared;

/// The records of a portal, as its files have them.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Packages with their resources, as `package_show` has them; hidden ones included.
    pub packages: Vec<Value>,
    /// Organizations, as `organization_list` has them with all fields.
    pub organizations: Vec<Value>,
}

/// The records that a running sample portal serves; clones share them, so that they can be changed
/// between two harvests.
pub type SampleData = Shared<Records>;

impl Shared<Records> {
    /// The portal in `data/ckan`, compiled in.
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
            packages: read(include_str!("../../../data/ckan/packages.json")),
            organizations: read(include_str!("../../../data/ckan/organizations.json")),
        })
    }

    /// A portal of so many datasets, made of the bundled ones; another seed gives other identifiers.
    #[must_use]
    pub fn synthetic(datasets: usize, seed: u64) -> Self {
        let records = Self::bundled().look(Records::clone);
        Self::from(synthetic::of(&records, datasets, seed))
    }
}

/// Whether the portal lists a record: not what is private, a draft or deleted.
pub(super) fn is_listed(record: &Value) -> bool {
    text(record, "state") == "active" && record.get("private") != Some(&Value::Bool(true))
}

/// Whether a record has this identifier or name.
pub(super) fn is_called(record: &Value, name: &str) -> bool {
    text(record, "id") == name || text(record, "name") == name
}

/// A text field, empty where there is none.
pub(super) fn text<'a>(record: &'a Value, key: &str) -> &'a str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}
