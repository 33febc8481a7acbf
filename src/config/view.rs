//! `[[view]]`: a thematic portal, a dcat:Catalog of its own.

use serde::Deserialize;

use super::text::Localised;
use crate::record::PortalId;

/// A thematic sub-catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Its id, part of its IRI.
    pub id: PortalId,
    /// dct:title
    pub title: Localised,
    /// What belongs to it.
    pub select: Select,
}

/// What belongs to a view: every key given must hold, with one of its values.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Select {
    /// Keywords.
    pub tag: Vec<String>,
    /// EU data themes, by code or IRI.
    pub theme: Vec<String>,
    /// Publishers, by IRI.
    pub publisher: Vec<String>,
    /// Portals, by id.
    pub portal: Vec<String>,
    /// West, south, east, north in degrees.
    pub bbox: Vec<f64>,
    /// Full-text query.
    pub query: Option<String>,
}
