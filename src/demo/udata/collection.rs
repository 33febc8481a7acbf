//! The lists of the portal: where they are, which orders they know, and what they show of a record.

use serde_json::{Value, json};

use super::data::{Records, text};

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    Datasets,
    Organizations,
    Dataservices,
    Reuses,
    Discussions,
    Topics,
    CommunityResources,
    HarvestSources,
}

impl Collection {
    /// Every list.
    pub(super) const ALL: [Self; 8] = [
        Self::Datasets,
        Self::Organizations,
        Self::Dataservices,
        Self::Reuses,
        Self::Discussions,
        Self::Topics,
        Self::CommunityResources,
        Self::HarvestSources,
    ];

    /// Its records, hidden ones included.
    pub(super) fn of(self, records: &Records) -> &[Value] {
        match self {
            Self::Datasets => &records.datasets,
            Self::Organizations => &records.organizations,
            Self::Dataservices => &records.dataservices,
            Self::Reuses => &records.reuses,
            Self::Discussions => &records.discussions,
            Self::Topics => &records.topics,
            Self::CommunityResources => &records.community_resources,
            Self::HarvestSources => &records.harvest_sources,
        }
    }

    /// Its path, that of a record being below it.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Datasets => "/api/1/datasets/",
            Self::Organizations => "/api/1/organizations/",
            Self::Dataservices => "/api/1/dataservices/",
            Self::Reuses => "/api/1/reuses/",
            Self::Discussions => "/api/1/discussions/",
            Self::Topics => "/api/2/topics/",
            Self::CommunityResources => "/api/1/datasets/community_resources/",
            Self::HarvestSources => "/api/1/harvest/sources/",
        }
    }

    /// The orders it knows, each with the field; none where it takes no order at all.
    pub(super) fn orders(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Datasets => &[
                ("created", "internal.created_at_internal"),
                ("title", "title"),
                ("last_update", "last_update"),
                ("reuses", "metrics.reuses"),
                ("followers", "metrics.followers"),
                ("views", "metrics.views"),
            ],
            Self::Organizations => &[
                ("created", "created_at"),
                ("name", "name"),
                ("last_modified", "last_modified"),
                ("reuses", "metrics.reuses"),
                ("datasets", "metrics.datasets"),
                ("followers", "metrics.followers"),
                ("views", "metrics.views"),
            ],
            Self::Dataservices => &[
                ("created", "created_at"),
                ("title", "title"),
                ("base_api_url", "base_api_url"),
                ("last_modified", "metadata_modified_at"),
            ],
            Self::Reuses => &[
                ("created", "created_at"),
                ("title", "title"),
                ("last_modified", "last_modified"),
                ("datasets", "metrics.datasets"),
                ("followers", "metrics.followers"),
                ("views", "metrics.views"),
            ],
            Self::Discussions => &[
                ("created", "created"),
                ("title", "title"),
                ("closed", "closed"),
                ("discussion.posted_on", "discussion.posted_on"),
            ],
            Self::Topics => &[
                ("created", "created_at"),
                ("name", "name"),
                ("last_modified", "last_modified"),
            ],
            Self::CommunityResources => &[("created_at_internal", "internal.created_at_internal")],
            Self::HarvestSources => &[],
        }
    }

    /// A record as the API shows it: long lists are links.
    pub(super) fn shown(self, mut record: Value) -> Value {
        let (field, href) = match self {
            Self::Dataservices => (
                "datasets",
                format!(
                    "{{portal}}/api/1/datasets/?dataservice={}",
                    text(&record, "id")
                ),
            ),
            Self::Topics => (
                "elements",
                format!(
                    "{{portal}}/api/2/topics/{}/elements/?page=1&page_size=20",
                    text(&record, "id")
                ),
            ),
            _ => return record,
        };
        link(&mut record, field, &href);
        record
    }
}

/// Puts a link in place of a list.
pub(super) fn link(record: &mut Value, field: &str, href: &str) {
    let total = record
        .get(field)
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    if let Some(fields) = record.as_object_mut() {
        let link = json!({"rel": "subsection", "href": href, "type": "GET", "total": total});
        fields.insert(field.to_owned(), link);
    }
}
