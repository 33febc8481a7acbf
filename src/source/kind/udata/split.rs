//! What a file or answer of a udata portal holds: records to describe, and what is none.
//!
//! `moisson convert` is given whatever people have: one record, a list, a page of a list, a dump. The
//! records are told by their keys. What is of no collection is named and skipped.

mod dumped;
mod shape;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::payload::Internal;
use super::{
    COMMUNITY, DATASERVICES, DATASETS, DISCUSSIONS, ORGANIZATIONS, REUSES, SOURCES, TOPICS,
};
use crate::salvage;
use crate::source::contract::{RawRecord, Split, SplitError};
use crate::source::value::charset;
use crate::source::value::field::Field;

type Object<'a> = BTreeMap<String, &'a RawValue>;

/// The collections, by whose names a dump has its lists.
const COLLECTIONS: [&str; 8] = [
    DATASETS,
    ORGANIZATIONS,
    DATASERVICES,
    REUSES,
    DISCUSSIONS,
    TOPICS,
    COMMUNITY,
    SOURCES,
];

/// Splits one record, a list, a page of a list (`{"data": […]}`) or a dump (`{"datasets": […]}`) into
/// records.
///
/// # Errors
/// [`SplitError`] where the body is no JSON object or list.
pub fn split(body: &[u8]) -> Result<Split, SplitError> {
    let decoded = salvage::charset::text(body, None);
    let mut split = split_text(decoded.text.trim())?;
    for record in &mut split.records {
        charset::mark(record, &decoded.findings);
    }
    Ok(split)
}

fn split_text(text: &str) -> Result<Split, SplitError> {
    let not_json = |error: serde_json::Error| SplitError::NotJson(error.to_string());
    let whole: &RawValue = serde_json::from_str(text).map_err(not_json)?;
    let mut split = Split::default();
    if let Some(items) = list(whole) {
        split.items(&items, "");
        return Ok(split);
    }
    let Ok(object) = serde_json::from_str::<Object<'_>>(whole.get()) else {
        return Err(SplitError::Scalar);
    };
    if let Some(items) = object.get("data").and_then(|data| list(data)) {
        split.items(&items, "data");
        return Ok(split);
    }
    let is_dump = !object.contains_key("id")
        && !object.contains_key("dataset")
        && COLLECTIONS
            .iter()
            .any(|name| object.get(*name).and_then(|items| list(items)).is_some());
    if !is_dump {
        split.item(whole, "the record");
        return Ok(split);
    }
    for (name, value) in &object {
        match list(value) {
            Some(items) if COLLECTIONS.contains(&name.as_str()) => split.items(&items, name),
            _ => split
                .skipped
                .push(format!("`{name}` is skipped: it is no collection")),
        }
    }
    Ok(split)
}

impl Split {
    fn items(&mut self, items: &[&RawValue], name: &str) {
        for (position, item) in items.iter().enumerate() {
            self.item(item, &format!("{name}[{position}]"));
        }
    }

    fn item(&mut self, item: &RawValue, name: &str) {
        let Ok(object) = serde_json::from_str::<Object<'_>>(item.get()) else {
            self.skipped
                .push(format!("{name} is skipped: it is no JSON object"));
            return;
        };
        if let Some(parts) = dumped::parts(&object) {
            match parts {
                Ok(parts) => {
                    let records = parts.into_iter();
                    self.records
                        .extend(records.map(|(collection, payload)| raw(collection, payload)));
                }
                Err(error) => self.skipped.push(format!("{name} is skipped: {error}")),
            }
            return;
        }
        match shape::collection(&object) {
            Ok(collection) => self.records.push(raw(collection, item.get().to_owned())),
            Err(why) => self.skipped.push(format!("{name} is skipped: {why}")),
        }
    }
}

/// A record with its identifier and mark.
pub(super) fn raw(collection: &'static str, payload: String) -> RawRecord {
    let head: Head = serde_json::from_str(&payload).unwrap_or_default();
    let key = head
        .id
        .peek_text()
        .or(head.uri.peek_text())
        .unwrap_or_default()
        .to_owned();
    RawRecord {
        collection,
        mark: head.mark(),
        key,
        payload: payload.into_bytes(),
    }
}

/// The fields that paging needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub(super) id: Field<String>,
    uri: Field<String>,
    last_modified: Field<String>,
    internal: Field<Internal>,
}

impl Head {
    /// The source's own mark of the last change: the internal modification date, which a harvested
    /// dataset's `last_modified` does not follow.
    pub(super) fn mark(&self) -> Option<String> {
        let internal = self
            .internal
            .peek()
            .and_then(|internal| internal.last_modified_internal.peek_text());
        internal
            .or(self.last_modified.peek_text())
            .map(ToOwned::to_owned)
    }
}

fn list(value: &RawValue) -> Option<Vec<&RawValue>> {
    value
        .get()
        .starts_with('[')
        .then(|| serde_json::from_str(value.get()).ok())
        .flatten()
}

fn is_list(object: &Object<'_>, key: &str) -> bool {
    object
        .get(key)
        .is_some_and(|value| value.get().starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collections(body: &str) -> Vec<(&'static str, String)> {
        split(body.as_bytes())
            .unwrap()
            .records
            .into_iter()
            .map(|r| (r.collection, r.key))
            .collect()
    }

    #[test]
    fn records_are_found_in_every_wrapping() {
        let dataset = r#"{"id": "d", "title": "T", "resources": []}"#;
        let organization = r#"{"id": "o", "name": "N", "members": []}"#;
        for body in [
            dataset.to_owned(),
            format!("\u{feff}[{dataset}]"),
            format!(r#"{{"data": [{dataset}], "next_page": null}}"#),
            format!(r#"{{"datasets": [{dataset}], "site": {{}}}}"#),
            r#"{"datasets": [{"dataset": {"id": "d", "title": "T"}, "resources": [], "organization": null}]}"#.to_owned(),
        ] {
            assert_eq!(collections(&body), [(DATASETS, "d".to_owned())], "{body}");
        }
        assert_eq!(collections(organization), [(ORGANIZATIONS, "o".to_owned())]);
    }

    #[test]
    fn a_record_is_told_by_its_shape() {
        for (body, collection) in [
            (
                r#"{"id": "i", "title": "T", "base_api_url": null, "datasets": {"rel": "subsection"}}"#,
                DATASERVICES,
            ),
            (
                r#"{"id": "i", "title": "T", "type": "api", "url": "u", "topic": "health", "datasets": [], "tags": []}"#,
                REUSES,
            ),
            (
                r#"{"id": "i", "title": "T", "type": "api", "url": "u", "image": null}"#,
                REUSES,
            ),
            (
                r#"{"id": "i", "title": "T", "subject": {"id": "d"}, "discussion": []}"#,
                DISCUSSIONS,
            ),
            (
                r#"{"id": "i", "name": "N", "tags": [], "elements": {"rel": "subsection"}}"#,
                TOPICS,
            ),
            (
                r#"{"id": "i", "name": "N", "tags": [], "elements": []}"#,
                TOPICS,
            ),
            (
                r#"{"id": "i", "name": "N", "tags": [], "datasets": [], "reuses": []}"#,
                TOPICS,
            ),
            (
                r#"{"id": "i", "name": "N", "tags": [], "uri": "/api/1/topics/n/", "private": false}"#,
                TOPICS,
            ),
            (
                r#"{"id": "i", "title": "T", "dataset": {"id": "d"}, "filetype": "remote", "url": "u", "type": "main"}"#,
                COMMUNITY,
            ),
            (
                r#"{"id": "i", "title": "T", "dataset": null, "filetype": "remote", "url": "u", "type": "main"}"#,
                COMMUNITY,
            ),
            (
                r#"{"id": "i", "name": "N", "backend": "ckan", "url": "u", "config": {}}"#,
                SOURCES,
            ),
        ] {
            for body in [
                body.to_owned(),
                format!("[{body}]"),
                format!(r#"{{"data": [{body}]}}"#),
            ] {
                assert_eq!(collections(&body), [(collection, "i".to_owned())], "{body}");
            }
        }
    }

    #[test]
    fn what_is_of_no_collection_is_skipped_with_a_reason() {
        for body in [
            r#"{"message": "not found"}"#,
            r#"{"status": 404, "data": {"message": "not found"}}"#,
            r#"{"type": "FeatureCollection", "features": []}"#,
            r#"[{"id": "c", "filetype": "remote", "url": "u", "title": "T"}]"#,
            r#"{"id": "d", "title": "T", "resources": {"rel": "subsection"}}"#,
            r#"{"id": "p", "name": "Article", "headline": "H", "content": "C"}"#,
            "[3]",
        ] {
            let split = split(body.as_bytes()).unwrap();
            assert_eq!(
                (split.records.len(), split.skipped.len()),
                (0, 1),
                "{body}: {split:?}"
            );
        }
    }

    #[test]
    fn what_a_dump_has_beside_a_dataset_refers_to_it() {
        let body = r#"{"datasets": [{
            "dataset": {"id": "d", "title": "T"}, "resources": [], "organization": {"id": "o", "description": "D"},
            "community_resources": [{"id": "c", "filetype": "file"}], "discussions": [{"id": "t"}],
            "reuses": [{"id": "r"}], "dataservices": [{"id": "s", "datasets": ["e"]}], "more": [{}]
        }]}"#;
        let records = split(body.as_bytes()).unwrap().records;
        let found: Vec<_> = records
            .iter()
            .map(|record| {
                let value: serde_json::Value = serde_json::from_slice(&record.payload).unwrap();
                assert!(value["organization"]["description"].is_null());
                let refers = ["dataset", "subject", "datasets"].map(|key| value[key].to_string());
                (
                    record.collection,
                    record.key.as_str(),
                    refers.concat().replace("null", ""),
                )
            })
            .collect();
        let to = r#"{"class":"Dataset","id":"d"}"#;
        assert_eq!(
            found,
            [
                (DATASETS, "d", String::new()),
                (ORGANIZATIONS, "o", String::new()),
                (COMMUNITY, "c", to.to_owned()),
                (DATASERVICES, "s", r#"["e"]"#.to_owned()),
                (DISCUSSIONS, "t", to.to_owned()),
                (REUSES, "r", format!("[{to}]")),
            ]
        );
    }

    #[test]
    fn what_is_no_json_is_refused() {
        assert!(matches!(split(b"<html>"), Err(SplitError::NotJson(_))));
        assert!(matches!(split(b"3"), Err(SplitError::Scalar)));
    }

    #[test]
    fn the_mark_is_the_internal_date() {
        let record = raw(DATASETS, r#"{"id": "d", "last_modified": "2020", "internal": {"last_modified_internal": "2024"}}"#.to_owned());
        assert_eq!(record.mark.as_deref(), Some("2024"));
    }
}
