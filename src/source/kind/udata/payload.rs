//! The records of udata's API version 1 as JSON: only what Moisson describes, every field lenient.
//!
//! Field names are those of udata 17 (<https://github.com/opendatateam/udata>); unknown ones are
//! ignored. A few are those of its dumps, where `internal` is flat.

use serde::Deserialize;
use serde_json::Value;

use crate::source::value::date::Period;
use crate::source::value::field::Field;

pub(super) use crate::source::value::field::{List, Object, Text};

/// An item of `/api/1/datasets/`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Dataset {
    pub id: Text,
    pub title: Text,
    pub acronym: Text,
    pub description: Text,
    pub uri: Text,
    pub page: Text,
    pub tags: List<String>,
    pub badges: List<Badge>,
    pub resources: List<Resource>,
    pub organization: Field<Organization>,
    pub owner: Field<User>,
    pub contact_points: List<ContactPoint>,
    pub license: Field<Code>,
    pub frequency: Field<Code>,
    pub temporal_coverage: Field<Period>,
    pub spatial: Field<Spatial>,
    pub schema: Field<Schema>,
    pub harvest: Field<Harvest>,
    pub doi: Text,
    pub access_type: Text,
    pub access_type_reason: Text,
    pub access_type_reason_category: Text,
    pub access_audiences: List<Audience>,
    pub authorization_request_url: Text,
    pub extras: Object,
    pub quality: Object,
    pub metrics: Object,
    pub created_at: Text,
    pub created_at_internal: Text,
    pub last_modified: Text,
    pub last_modified_internal: Text,
    pub internal: Field<Internal>,
    pub private: Field<bool>,
    pub deleted: Field<Value>,
    pub archived: Field<Value>,
}

/// A file or link of a dataset.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Resource {
    pub id: Text,
    pub title: Text,
    pub description: Text,
    #[serde(rename = "type")]
    pub kind: Text,
    pub format: Text,
    pub mime: Text,
    pub url: Text,
    pub latest: Text,
    pub filesize: Field<i64>,
    pub checksum: Field<Checksum>,
    pub created_at: Text,
    pub last_modified: Text,
    pub schema: Field<Schema>,
    pub harvest: Field<ResourceHarvest>,
    pub internal: Field<Internal>,
    pub created_at_internal: Text,
    pub last_modified_internal: Text,
    pub published: Text,
    pub extras: Object,
    pub metrics: Object,
}

/// An item of `/api/1/organizations/`, or the stub of one in a dataset.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Organization {
    pub id: Text,
    pub name: Text,
    pub acronym: Text,
    pub description: Text,
    pub url: Text,
    pub uri: Text,
    pub page: Text,
    pub logo: Text,
    pub business_number_id: Text,
    pub zone: Text,
    pub extras: Object,
    pub metrics: Object,
    pub badges: List<Badge>,
    pub deleted: Field<Value>,
}

/// The stub of a person who owns a dataset.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct User {
    pub id: Text,
    pub first_name: Text,
    pub last_name: Text,
    pub page: Text,
}

/// Whom to ask, and in which role.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ContactPoint {
    pub id: Text,
    pub name: Text,
    pub email: Text,
    pub contact_form: Text,
    pub role: Text,
}

/// A code, bare or (with the header `X-Get-Datasets-Full-Objects`) with its label.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Code {
    /// `"lov2"`
    Bare(String),
    /// `{"id": "lov2", "title": …}`
    Full {
        /// The code.
        id: String,
    },
}

impl Code {
    /// The code without surrounding space.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Bare(code) | Self::Full { id: code } => code.trim(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Badge {
    pub kind: Text,
}

/// For whom the data are.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Audience {
    pub role: Text,
    pub condition: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Spatial {
    pub geom: Field<Value>,
    pub zones: List<Zone>,
    pub granularity: Text,
}

/// A zone of udata's geographic referential, bare or expanded.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Zone {
    /// `"fr:region:93"`
    Bare(String),
    /// `{"id": "fr:region:93", "name": …}`
    Full {
        /// The identifier.
        id: String,
        /// What people call it.
        #[serde(default)]
        name: Text,
        /// Its IRI, where the portal has one.
        #[serde(default)]
        uri: Text,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Schema {
    pub name: Text,
    pub url: Text,
    pub version: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Checksum {
    #[serde(rename = "type")]
    pub kind: Text,
    pub value: Text,
}

/// What the portal knows of the portal that it harvested the dataset from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Harvest {
    pub uri: Text,
    pub dct_identifier: Text,
    pub remote_id: Text,
    pub remote_url: Text,
    pub doi: Text,
    pub backend: Text,
    pub source_id: Text,
    pub source_url: Text,
    pub domain: Text,
    pub created_at: Text,
    pub issued_at: Text,
    pub modified_at: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ResourceHarvest {
    pub uri: Text,
    pub issued_at: Text,
    pub modified_at: Text,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Internal {
    pub created_at_internal: Text,
    pub last_modified_internal: Text,
}
