//! What a file or answer of a portal holds: datasets of version 2.1, 2.0 or 1.0 of the API.
//!
//! Crawls ask version 2.1; `moisson convert` is given whatever people have. Older datasets are put into
//! the shape of version 2.1, so that there is one to describe: version 2.0 wraps each in `dataset` with
//! its `links` beside it; version 1.0 calls the identifier `datasetid`, has the values of the template
//! `default` right under `metas`, and the other templates under `interop_metas` or `extra_metas`.

use serde_json::{Map, Value};

use super::DATASETS;
use super::payload::Dataset;
use crate::salvage;
use crate::source::contract::{RawRecord, Split, SplitError};
use crate::source::value::charset;

/// The lists that answers have: version 2.1, the older ones.
const LISTS: [&str; 2] = ["results", "datasets"];

/// Splits one dataset, a list, or a page of a list into records.
pub(super) fn split(body: &[u8]) -> Result<Split, SplitError> {
    let decoded = salvage::charset::text(body, None);
    let mut split = split_text(decoded.text.trim())?;
    for record in &mut split.records {
        charset::mark(record, &decoded.findings);
    }
    Ok(split)
}

fn split_text(text: &str) -> Result<Split, SplitError> {
    let whole: Value =
        serde_json::from_str(text).map_err(|error| SplitError::NotJson(error.to_string()))?;
    let mut split = Split::default();
    match whole {
        Value::Array(items) => split.datasets(items, "list"),
        Value::Object(mut object) => {
            let list = LISTS
                .into_iter()
                .find(|name| object.get(*name).is_some_and(Value::is_array));
            match list.and_then(|name| Some((name, object.remove(name)?))) {
                Some((name, Value::Array(items))) => split.datasets(items, name),
                _ => split.dataset(Value::Object(object), "the record"),
            }
        }
        _ => return Err(SplitError::Scalar),
    }
    Ok(split)
}

impl Split {
    fn datasets(&mut self, items: Vec<Value>, name: &str) {
        for (position, item) in items.into_iter().enumerate() {
            self.dataset(item, &format!("{name}[{position}]"));
        }
    }

    fn dataset(&mut self, item: Value, name: &str) {
        let Value::Object(mut object) = item else {
            self.skipped
                .push(format!("{name} is skipped: it is no JSON object"));
            return;
        };
        if let Some(Value::Object(mut inner)) = object.remove("dataset") {
            if let Some(links) = object.remove("links") {
                inner.insert("links".to_owned(), links);
            }
            object = inner;
        }
        if object.contains_key("datasetid") {
            object = modern(object);
        }
        if object.get("metas").is_none_or(|metas| !metas.is_object()) {
            self.skipped.push(format!(
                "{name} is skipped: it is no dataset of the catalogue"
            ));
            return;
        }
        let (record, _) = raw(Value::Object(object).to_string());
        self.records.push(record);
    }
}

/// A dataset of version 1.0 in the shape of version 2.1.
fn modern(mut old: Map<String, Value>) -> Map<String, Value> {
    let mut metas = Map::new();
    if let Some(Value::Object(mut default)) = old.remove("metas") {
        if let Some(visibility) = default.remove("visibility") {
            old.insert("visibility".to_owned(), visibility);
        }
        // The short name of the portal, by which no address is made.
        default.remove("domain");
        metas.insert("default".to_owned(), Value::Object(default));
    }
    for templates in ["interop_metas", "extra_metas"] {
        if let Some(Value::Object(templates)) = old.remove(templates) {
            metas.extend(templates);
        }
    }
    let id = old.remove("datasetid");
    old.insert("dataset_id".to_owned(), id.unwrap_or_default());
    old.insert("metas".to_owned(), Value::Object(metas));
    old
}

/// A record with its identifier and mark, and what was read of it.
pub(super) fn raw(payload: String) -> (RawRecord, Dataset) {
    let head: Dataset = serde_json::from_str(&payload).unwrap_or_default();
    let key = head.dataset_id.peek_text().or(head.dataset_uid.peek_text());
    let record = RawRecord {
        collection: DATASETS,
        key: key.unwrap_or_default().to_owned(),
        mark: super::crawl::mark(&head),
        payload: payload.into_bytes(),
    };
    (record, head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(body: &str) -> Vec<String> {
        let records = split(body.as_bytes()).unwrap().records;
        records.into_iter().map(|record| record.key).collect()
    }

    #[test]
    fn datasets_are_found_in_every_version_and_wrapping() {
        let (new, wrapped, old) = (
            r#"{"dataset_id": "d", "metas": {"default": {"title": "T"}}}"#,
            r#"{"links": [], "dataset": {"dataset_id": "d", "metas": {"default": {}}}}"#,
            r#"{"datasetid": "d", "metas": {"title": "T"}, "interop_metas": {"dcat": {}}}"#,
        );
        for body in [
            new.to_owned(),
            old.to_owned(),
            wrapped.to_owned(),
            format!("\u{feff}[{new}]"),
            format!(r#"{{"total_count": 1, "results": [{new}]}}"#),
            format!(r#"{{"total_count": 1, "links": [], "datasets": [{wrapped}]}}"#),
            format!(r#"{{"nhits": 1, "parameters": {{}}, "datasets": [{old}]}}"#),
        ] {
            assert_eq!(ids(&body), ["d"], "{body}");
        }
    }

    #[test]
    fn an_old_dataset_gets_the_templates_of_a_new_one() {
        let old = r#"{"datasetid": "d", "metas": {"title": "T", "visibility": "domain", "domain": "x"},
            "interop_metas": {"inspire": {"file_identifier": "f"}}}"#;
        let records = split(old.as_bytes()).unwrap().records;
        let value: Value = serde_json::from_slice(&records[0].payload).unwrap();
        assert_eq!(
            value,
            serde_json::json!({
                "dataset_id": "d", "visibility": "domain",
                "metas": {"default": {"title": "T"}, "inspire": {"file_identifier": "f"}}
            })
        );
    }

    #[test]
    fn what_is_no_dataset_is_skipped_with_a_reason() {
        for body in [
            r#"{"errorcode": 10002, "error": "Too many requests"}"#,
            r#"{"links": [], "facets": []}"#,
            r#"{"results": [{"dataset_id": "d", "title": "T"}]}"#,
            "[3]",
        ] {
            let split = split(body.as_bytes()).unwrap();
            assert_eq!((split.records.len(), split.skipped.len()), (0, 1), "{body}");
        }
        assert!(matches!(split(b"<html>"), Err(SplitError::NotJson(_))));
        assert!(matches!(split(b"3"), Err(SplitError::Scalar)));
    }
}
