//! A dataset of the Explore API, version 2.1, as it is sent.

use serde::Deserialize;

use crate::source::value::field::{Field, List, Object, Text};

/// An entry of `/api/explore/v2.1/catalog/datasets`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_field_names, reason = "they are the API's")]
pub(super) struct Dataset {
    pub dataset_id: Text,
    pub dataset_uid: Text,
    pub visibility: Text,
    pub has_records: Field<bool>,
    pub data_visible: Field<bool>,
    pub features: List<String>,
    pub attachments: List<Attachment>,
    pub alternative_exports: List<Attachment>,
    pub metas: Object,
    pub links: List<Link>,
}

/// A file beside the records.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Attachment {
    pub id: Text,
    pub title: Text,
    pub description: Text,
    pub mimetype: Text,
    pub url: Text,
}

/// A link to another address of the API.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Link {
    pub rel: Text,
    pub href: Text,
}
