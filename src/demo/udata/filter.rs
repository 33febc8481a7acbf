//! The filters of the lists, as udata reads them: an unknown parameter is ignored, and so is one that
//! names a topic, service or reuse that does not exist.

use serde_json::Value;

use super::collection::Collection;
use super::data::{Records, field, is_called, items, text};
use super::query::Query;

/// Those that the search of version 2 does not know.
const UNSEARCHABLE: [&str; 3] = ["dataservice", "reuse", "schema_version"];

impl Query {
    /// Whether a record passes all filters of its list.
    pub(super) fn admits(&self, collection: Collection, record: &Value, records: &Records) -> bool {
        let known: &[&str] = match collection {
            Collection::Datasets => &[
                "access_type",
                "badge",
                "dataservice",
                "featured",
                "format",
                "geozone",
                "granularity",
                "license",
                "organization",
                "organization_badge",
                "owner",
                "q",
                "reuse",
                "schema",
                "schema_version",
                "tag",
                "temporal_coverage",
                "topic",
            ],
            Collection::Organizations => &["q", "badge"],
            Collection::Dataservices => &[
                "dataset",
                "organization",
                "organization_badge",
                "owner",
                "tag",
            ],
            Collection::Reuses => &[
                "dataset",
                "featured",
                "organization",
                "organization_badge",
                "owner",
                "tag",
                "theme",
                "type",
            ],
            Collection::Discussions => &["closed", "for", "org", "user"],
            Collection::Topics => &["geozone", "granularity", "organization", "owner", "tag"],
            Collection::CommunityResources => &["dataset", "organization", "owner"],
            Collection::HarvestSources => &["source_owner"],
        };
        known
            .iter()
            .all(|name| self.admits_by(name, collection, record, records))
    }

    /// Like [`Query::admits`] for the search of version 2.
    pub(super) fn finds(&self, dataset: &Value, records: &Records) -> bool {
        self.without(&UNSEARCHABLE)
            .admits(Collection::Datasets, dataset, records)
    }

    fn admits_by(
        &self,
        name: &str,
        collection: Collection,
        record: &Value,
        records: &Records,
    ) -> bool {
        // Two parameters have different meanings in different lists.
        let parameter = match name {
            "theme" => "topic",
            "source_owner" => "owner",
            name => name,
        };
        let values: Vec<&str> = self.values(parameter).collect();
        let Some(first) = values.first() else {
            return true;
        };
        match name {
            "tag" => values
                .iter()
                .all(|tag| items(record, "tags").any(|own| is(own, tag))),
            "for" => values.iter().any(|id| is(field(record, "subject.id"), id)),
            name => passes(name, first, collection, record, records),
        }
    }
}

/// Whether a record passes a filter that takes one value.
fn passes(
    name: &str,
    wanted: &str,
    collection: Collection,
    record: &Value,
    records: &Records,
) -> bool {
    match name {
        "badge" => items(record, "badges").any(|badge| is(field(badge, "kind"), wanted)),
        "organization_badge" => items(field(record, "organization"), "badges")
            .any(|badge| is(field(badge, "kind"), wanted)),
        "format" => items(record, "resources").any(|one| is(field(one, "format"), wanted)),
        "schema" => items(record, "resources").any(|one| is(field(one, "schema.name"), wanted)),
        "schema_version" => {
            items(record, "resources").any(|one| is(field(one, "schema.version"), wanted))
        }
        "geozone" => items(field(record, "spatial"), "zones").any(|zone| is(zone, wanted)),
        "granularity" => is(field(record, "spatial.granularity"), wanted),
        "temporal_coverage" => covers(record, wanted),
        "organization" => is(field(record, "organization.id"), wanted),
        "owner" => is(field(record, "owner.id"), wanted),
        "source_owner" => ["organization.id", "owner.id"]
            .into_iter()
            .any(|path| is(field(record, path), wanted)),
        "dataset" if collection == Collection::CommunityResources => {
            is(field(record, "dataset.id"), wanted)
        }
        "dataset" => lists(record, "datasets", wanted),
        "featured" => field(record, "featured").as_bool() == Some(wanted == "true"),
        "closed" => field(record, "closed").is_null() == (wanted == "false"),
        "user" => items(record, "discussion").any(|one| is(field(one, "posted_by.id"), wanted)),
        "org" => {
            let id = field(record, "subject.id").as_str().unwrap_or_default();
            let subject = [&records.datasets, &records.reuses, &records.dataservices]
                .into_iter()
                .flatten()
                .find(|one| text(one, "id") == id);
            subject.is_some_and(|one| is(field(one, "organization.id"), wanted))
        }
        "topic" => belongs(&records.topics, wanted, "elements", record),
        "dataservice" => belongs(&records.dataservices, wanted, "datasets", record),
        "reuse" => belongs(&records.reuses, wanted, "datasets", record),
        "q" => {
            let wanted = wanted.to_lowercase();
            ["title", "name", "description"]
                .into_iter()
                .any(|key| text(record, key).to_lowercase().contains(&wanted))
        }
        "theme" => is(field(record, "topic"), wanted),
        name => is(field(record, name), wanted),
    }
}

fn is(value: &Value, wanted: &str) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.eq_ignore_ascii_case(wanted))
}

/// Whether a list of identifiers, of records, or of elements about records names `id`.
fn lists(record: &Value, key: &str, id: &str) -> bool {
    items(record, key).any(|item| {
        [item, field(item, "id"), field(item, "element.id")]
            .into_iter()
            .any(|value| value.as_str() == Some(id))
    })
}

/// Whether the record called `id` lists a dataset; true where there is no such record.
fn belongs(owners: &[Value], id: &str, key: &str, dataset: &Value) -> bool {
    owners
        .iter()
        .find(|owner| is_called(owner, id))
        .is_none_or(|owner| lists(owner, key, text(dataset, "id")))
}

/// Whether the time covered begins within `YYYY-MM-DD-YYYY-MM-DD`.
fn covers(record: &Value, period: &str) -> bool {
    let start = field(record, "temporal_coverage.start");
    let start = start.as_str().and_then(|start| start.get(..10));
    match (start, period.get(..10), period.get(11..)) {
        (Some(start), Some(from), Some(to)) => (from..=to).contains(&start),
        _ => false,
    }
}
