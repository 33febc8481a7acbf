//! What a file or answer of a CKAN portal holds: packages and organizations, and what is none.
//!
//! `moisson convert` is given whatever people have: one package, a list, an answer of the API (`result`,
//! of a search with `results` in it; DKAN wraps one package in a list, and a list in another).

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::{DATASETS, ORGANIZATIONS, raw};
use crate::salvage;
use crate::source::contract::{Split, SplitError};
use crate::source::value::charset;

type Object<'a> = BTreeMap<String, &'a RawValue>;

/// Lists within lists, at most so deep.
const DEEPEST: usize = 4;

/// Splits a body into records.
pub(super) fn split(body: &[u8]) -> Result<Split, SplitError> {
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
    if !whole.get().starts_with(['{', '[']) {
        return Err(SplitError::Scalar);
    }
    let mut split = Split::default();
    value(whole, "the body", 0, &mut split);
    Ok(split)
}

fn value(whole: &RawValue, place: &str, depth: usize, split: &mut Split) {
    if depth > DEEPEST {
        split
            .skipped
            .push(format!("{place} is skipped: it is nested too deeply"));
        return;
    }
    if whole.get().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(whole.get()).unwrap_or_default();
        for (position, item) in items.into_iter().enumerate() {
            value(item, &format!("{place}[{position}]"), depth + 1, split);
        }
        return;
    }
    let Ok(object) = serde_json::from_str::<Object<'_>>(whole.get()) else {
        split
            .skipped
            .push(format!("{place} is skipped: it is no object"));
        return;
    };
    let inner = ["result", "results"]
        .into_iter()
        .find_map(|key| Some((key, *object.get(key)?)))
        .filter(|(_, inner)| inner.get().starts_with(['{', '[']));
    match inner {
        Some((key, inner)) if !object.contains_key("id") => {
            value(inner, key, depth + 1, split);
        }
        _ => match collection(&object) {
            Ok(collection) => split.records.push(raw(collection, whole.get().to_owned())),
            Err(why) => split.skipped.push(format!("{place} is skipped: {why}")),
        },
    }
}

/// The collection that an object is of, or what it is instead.
fn collection(object: &Object<'_>) -> Result<&'static str, &'static str> {
    let has = |key: &str| object.contains_key(key);
    let is = |key: &str, value: &str| object.get(key).is_some_and(|sent| sent.get() == value);
    let of_package = [
        "resources",
        "notes",
        "owner_org",
        "license_id",
        "metadata_created",
    ];
    if of_package.into_iter().any(has) {
        Ok(DATASETS)
    } else if is("is_organization", "true") || is("type", "\"organization\"") {
        Ok(ORGANIZATIONS)
    } else if has("is_organization") || is("type", "\"group\"") {
        Err("it is a group")
    } else if has("od_conformance") || has("is_okd_compliant") {
        Err("it is a licence")
    } else if has("package_id") && has("url") {
        Err("it is a resource without its package")
    } else if has("title") && (has("id") || has("name")) {
        Ok(DATASETS)
    } else if has("error") || has("message") {
        Err("it is an error message")
    } else {
        Err("it is of no collection that is described")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_in_every_wrapping() {
        let package = r#"{"id": "p", "title": "T", "resources": []}"#;
        let organization = r#"{"id": "o", "title": "O", "is_organization": true}"#;
        for (body, collection, key) in [
            (package.to_owned(), DATASETS, "p"),
            (format!("\u{feff}[{package}]"), DATASETS, "p"),
            (
                format!(r#"{{"success": true, "result": {{"count": 1, "results": [{package}]}}}}"#),
                DATASETS,
                "p",
            ),
            (
                format!(r#"{{"success": true, "result": {package}}}"#),
                DATASETS,
                "p",
            ),
            (
                format!(r#"{{"success": true, "result": [[{package}]]}}"#),
                DATASETS,
                "p",
            ),
            (r#"{"name": "n", "notes": "x"}"#.to_owned(), DATASETS, "n"),
            (
                format!(r#"{{"result": [{organization}]}}"#),
                ORGANIZATIONS,
                "o",
            ),
        ] {
            let split = split(body.as_bytes()).unwrap();
            let found: Vec<_> = split
                .records
                .iter()
                .map(|r| (r.collection, r.key.as_str()))
                .collect();
            assert_eq!(found, [(collection, key)], "{body}");
        }
    }

    #[test]
    fn what_is_no_record_is_skipped_with_a_reason() {
        for (body, why) in [
            (
                r#"{"id": "g", "title": "G", "is_organization": false}"#,
                "a group",
            ),
            (
                r#"{"id": "cc-by", "title": "L", "is_okd_compliant": true}"#,
                "a licence",
            ),
            (r#"{"count": 3, "returned": 1}"#, "of no collection"),
            (
                r#"{"success": false, "error": {"message": "no"}}"#,
                "an error",
            ),
            (r#"["a"]"#, "no object"),
        ] {
            let split = split(body.as_bytes()).unwrap();
            assert!(split.records.is_empty());
            assert!(split.skipped[0].contains(why), "{:?}", split.skipped);
        }
        assert!(matches!(split(b"3"), Err(SplitError::Scalar)));
        assert!(matches!(split(b"<html>"), Err(SplitError::NotJson(_))));
    }
}
