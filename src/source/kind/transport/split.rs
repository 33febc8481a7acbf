//! What a file or answer of the portal holds: one dataset, or the list of them.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::DATASETS;
use crate::rdf::canon::Digest;
use crate::salvage;
use crate::source::contract::{RawRecord, Split, SplitError};
use crate::source::value::charset;
use crate::source::value::field::Text;

/// The fields that a crawl needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Head {
    id: Text,
    datagouv_id: Text,
    errors: Text,
}

/// Splits one dataset or a list into records.
pub(super) fn split(body: &[u8]) -> Result<Split, SplitError> {
    let decoded = salvage::charset::text(body, None);
    let mut split = split_text(decoded.text.trim())?;
    for record in &mut split.records {
        charset::mark(record, &decoded.findings);
    }
    Ok(split)
}

fn split_text(text: &str) -> Result<Split, SplitError> {
    let whole: &RawValue =
        serde_json::from_str(text).map_err(|error| SplitError::NotJson(error.to_string()))?;
    let mut split = Split::default();
    match whole.get().as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(whole.get())
                .map_err(|error| SplitError::NotJson(error.to_string()))?;
            for (position, item) in items.into_iter().enumerate() {
                add(item, &format!("list[{position}]"), &mut split);
            }
        }
        Some(b'{') => add(whole, "the record", &mut split),
        _ => return Err(SplitError::Scalar),
    }
    Ok(split)
}

/// Adds a dataset, or says why it is skipped.
fn add(item: &RawValue, name: &str, split: &mut Split) {
    let record = raw(item.get().to_owned());
    let head: Option<Head> = serde_json::from_str(item.get()).ok();
    let is_error = head.as_ref().is_none_or(|head| head.errors.is_sent());
    if is_error || record.key.is_empty() {
        let why = format!("{name} is skipped: it is no dataset with an identifier");
        split.skipped.push(why);
    } else {
        split.records.push(record);
    }
}

/// An entry of the list with its identifier; its mark is a digest of it, since no date of it follows
/// what changes beside the files.
pub(super) fn raw(payload: String) -> RawRecord {
    let head: Head = serde_json::from_str(&payload).unwrap_or_default();
    let key = head.datagouv_id.peek_text().or(head.id.peek_text());
    RawRecord {
        collection: DATASETS,
        key: key.unwrap_or_default().to_owned(),
        mark: Some(Digest::of(payload.as_bytes()).to_string()),
        payload: payload.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datasets_are_found_alone_and_in_a_list() {
        let dataset = r#"{"id": "d", "datagouv_id": "d", "title": "T"}"#;
        for body in [
            dataset.to_owned(),
            format!("[{dataset}]"),
            format!("\u{feff} {dataset}"),
        ] {
            let split = split(body.as_bytes()).unwrap();
            assert_eq!((split.records.len(), split.skipped.len()), (1, 0), "{body}");
            assert_eq!(split.records[0].key, "d");
        }
    }

    #[test]
    fn what_is_no_dataset_is_skipped_or_refused() {
        for body in [
            r#"{"errors": "dataset not found"}"#,
            r#"[{"title": "T"}]"#,
            "[3]",
        ] {
            let split = split(body.as_bytes()).unwrap();
            assert_eq!((split.records.len(), split.skipped.len()), (0, 1), "{body}");
        }
        assert!(matches!(split(b"3"), Err(SplitError::Scalar)));
        assert!(matches!(split(b"<html>"), Err(SplitError::NotJson(_))));
    }
}
