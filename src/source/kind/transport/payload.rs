//! A dataset of the API as it is sent.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::source::value::field::{Field, List, Text};

/// An entry of `/api/datasets`, or the answer of `/api/datasets/<id>`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Dataset {
    pub id: Text,
    pub datagouv_id: Text,
    pub title: Text,
    pub page_url: Text,
    pub created_at: Text,
    pub updated: Text,
    #[serde(rename = "type")]
    pub kind: Text,
    pub sub_types: List<String>,
    pub tags: List<String>,
    pub licence: Text,
    pub publisher: Field<Agent>,
    pub legal_owners: List<Agent>,
    pub aom: Field<Agent>,
    pub offers: List<Offer>,
    pub covered_area: Field<Covered>,
    pub resources: List<Resource>,
    pub community_resources: List<Resource>,
}

/// An organization.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Agent {
    pub id: Text,
    pub name: Text,
    pub siren: Text,
}

/// An offer of transport.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Offer {
    pub nom_commercial: Text,
}

/// Where the offer is: a list of areas, one area in older answers.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Covered {
    Areas(Vec<Field<Area>>),
    One(Box<Area>),
}

/// An administrative area; older answers have further areas in it, by its type.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Area {
    #[serde(rename = "type")]
    pub kind: Text,
    pub insee: Text,
    pub nom: Text,
    pub name: Text,
    pub region: Field<Zone>,
    pub cities: List<Zone>,
}

/// An area within an area.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Zone {
    pub insee: Text,
    pub name: Text,
}

/// A file or flow.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Resource {
    pub id: Field<u64>,
    pub datagouv_id: Text,
    pub title: Text,
    pub url: Text,
    pub original_url: Text,
    pub page_url: Text,
    pub original_resource_url: Text,
    pub community_resource_publisher: Text,
    pub format: Text,
    #[serde(rename = "type")]
    pub kind: Text,
    pub updated: Text,
    pub filesize: Field<i64>,
    pub is_available: Field<bool>,
    pub start_calendar_validity: Text,
    pub end_calendar_validity: Text,
    pub modes: List<String>,
    pub features: List<String>,
    pub schema_name: Text,
    pub schema_version: Text,
    pub conversions: Field<Map<String, Value>>,
}

/// What the portal made of a resource.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Conversion {
    pub filesize: Field<i64>,
    pub stable_url: Text,
}
