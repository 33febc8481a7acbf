//! Records whose list says only how many parts they have, and where: a topic's elements (in older
//! portals its datasets and reuses), and the datasets that a service serves. Each is completed by its
//! parts before it is passed on, or the list ends: a topic of half its elements would be a smaller topic.
//!
//! An incremental crawl asks for the parts only where the record's own date or their number changed.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use url::Url;

use super::answer::Mask;
use super::{Crawl, CrawlError, LARGEST, Page, address};
use crate::fetch::Fetcher;
use crate::source::contract::RawRecord;
use crate::source::kind::udata::{DATASERVICES, TOPICS};
use crate::source::value::field::Field;

/// What decides whether the parts are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Head {
    last_modified: Field<String>,
    metadata_modified_at: Field<String>,
    elements: Field<Link>,
    datasets: Field<Link>,
    reuses: Field<Link>,
}

/// A link to a list: `{"rel": "subsection", "href": …, "type": "GET", "total": 3}`. A list is none.
type Link = Map<String, Value>;

/// A list that a record only links to.
struct Linked {
    field: &'static str,
    /// How many entries it has, as the record says.
    total: Option<u64>,
}

impl Head {
    /// What a record of a collection links to.
    fn linked(&self, collection: &str) -> Vec<Linked> {
        let fields: &[_] = match collection {
            TOPICS => &[
                ("elements", &self.elements),
                ("datasets", &self.datasets),
                ("reuses", &self.reuses),
            ],
            DATASERVICES => &[("datasets", &self.datasets)],
            _ => &[],
        };
        let links = fields.iter();
        links
            .filter_map(|(field, link)| {
                let total = link.peek()?.get("total").and_then(Value::as_u64);
                Some(Linked { field, total })
            })
            .collect()
    }

    /// The date of the record with the numbers of its parts; none where one of them is not known.
    fn mark(&self, linked: &[Linked]) -> Option<String> {
        let changed = self.last_modified.peek_text();
        let changed = changed.or(self.metadata_modified_at.peek_text())?;
        let mut mark = changed.to_owned();
        for link in linked {
            mark = format!("{mark} {}", link.total?);
        }
        Some(mark)
    }
}

impl Crawl {
    /// Completes the records of a page and puts them into it.
    pub(super) async fn complete(
        &self,
        records: Vec<RawRecord>,
        page: &mut Page,
        fetcher: &Fetcher,
    ) -> Result<(), CrawlError> {
        for mut record in records {
            if ![DATASERVICES, TOPICS].contains(&record.collection) || record.key.is_empty() {
                page.records.push(record);
                continue;
            }
            let head: Head = serde_json::from_slice(&record.payload).unwrap_or_default();
            let linked = head.linked(record.collection);
            record.mark = head.mark(&linked);
            let known = self.known(record.collection, &record.key);
            if record.mark.is_some() && known == record.mark.as_deref() {
                page.skipped_unchanged.push((record.collection, record.key));
                continue;
            }
            match self.with_parts(&record, &linked, fetcher).await {
                Ok(payload) => {
                    record.payload = payload;
                    page.records.push(record);
                }
                // Deleted since its list was made.
                Err(CrawlError::Fetch(error)) if matches!(error.status(), Some(404 | 410)) => {
                    page.gone.push((record.collection, record.key));
                }
                Err(error) => {
                    return Err(CrawlError::Parts {
                        collection: record.collection,
                        key: record.key,
                        source: Box::new(error),
                    });
                }
            }
        }
        Ok(())
    }

    /// The record's payload with lists in place of links.
    async fn with_parts(
        &self,
        record: &RawRecord,
        linked: &[Linked],
        fetcher: &Fetcher,
    ) -> Result<Vec<u8>, CrawlError> {
        let mut payload = record.payload.clone();
        for link in linked {
            let parts = match link.total {
                Some(0) => Vec::new(),
                _ => self.parts(record, link.field, fetcher).await?,
            };
            if let Some(whole) = with(&payload, link.field, &parts) {
                payload = whole;
            }
        }
        Ok(payload)
    }

    async fn parts(
        &self,
        record: &RawRecord,
        field: &str,
        fetcher: &Fetcher,
    ) -> Result<Vec<String>, CrawlError> {
        let (url, mask) = if record.collection == DATASERVICES {
            let mut url: Url = address(&self.root, &["api", "1", "datasets"]);
            url.query_pairs_mut()
                .append_pair("dataservice", &record.key)
                .append_pair("sort", "created");
            (url, Mask::Identifiers)
        } else {
            let path = ["api", "2", "topics", &record.key, field];
            let mask = match field {
                "elements" => Mask::None,
                _ => Mask::Identifiers,
            };
            (address(&self.root, &path), mask)
        };
        let mut parts = self.reader.whole(&url, mask, LARGEST, fetcher).await?;
        if mask == Mask::Identifiers {
            for part in &mut parts {
                *part = stub(part, field);
            }
        }
        Ok(parts)
    }
}

/// What is kept of a dataset or reuse in another record's list: the mask may not have been obeyed.
fn stub(part: &str, field: &str) -> String {
    let part: Value = serde_json::from_str(part).unwrap_or_default();
    let class = match field {
        "reuses" => "Reuse",
        _ => "Dataset",
    };
    json!({ "class": class, "id": part.get("id") }).to_string()
}

/// A payload with a list in one field; none where it is no object.
fn with(payload: &[u8], field: &str, parts: &[String]) -> Option<Vec<u8>> {
    let mut fields: BTreeMap<String, &RawValue> = serde_json::from_slice(payload).ok()?;
    let list = RawValue::from_string(format!("[{}]", parts.join(","))).ok()?;
    fields.insert(field.to_owned(), &list);
    serde_json::to_vec(&fields).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_replaces_its_link_and_nothing_else() {
        let payload =
            br#"{"id": "t", "elements": {"href": "x", "total": 2}, "s\u00fb": 1.50, "a": {"b":  1}}"#;
        let parts = ["{\"id\": 1}".to_owned(), "2".to_owned()];
        let whole = with(payload, "elements", &parts).unwrap();
        assert_eq!(
            String::from_utf8(whole).unwrap(),
            r#"{"a":{"b":  1},"elements":[{"id": 1},2],"id":"t","sû":1.50}"#
        );
    }

    #[test]
    fn a_list_is_no_link_and_a_number_that_nobody_states_no_mark() {
        let head = |payload: &str| -> Head { serde_json::from_str(payload).unwrap() };
        let mark = |payload: &str| {
            let head = head(payload);
            head.mark(&head.linked(TOPICS))
        };
        let linked = |payload: &str| head(payload).linked(TOPICS).len();
        assert_eq!(linked(r#"{"elements": [{"id": "e"}], "datasets": []}"#), 0);
        assert_eq!(
            linked(r#"{"datasets": {"total": 2}, "reuses": {"total": 0}}"#),
            2
        );
        assert_eq!(
            mark(r#"{"last_modified": "2025", "elements": {"href": "x"}}"#),
            None
        );
        assert_eq!(
            mark(r#"{"last_modified": "2025", "elements": {"total": 7}}"#).as_deref(),
            Some("2025 7")
        );
    }
}
