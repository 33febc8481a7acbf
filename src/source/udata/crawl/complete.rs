//! Records whose list says only how many parts they have, and where: a topic's elements, and the datasets
//! that a service serves. Each is completed by its parts before it is passed on, or the list ends.
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
use crate::source::RawRecord;
use crate::source::udata::field::Field;
use crate::source::udata::{DATASERVICES, TOPICS};

/// The field that has a link in place of a list.
fn linked(collection: &str) -> Option<&'static str> {
    match collection {
        TOPICS => Some("elements"),
        DATASERVICES => Some("datasets"),
        _ => None,
    }
}

/// What decides whether the parts are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Head {
    last_modified: Field<String>,
    metadata_modified_at: Field<String>,
    elements: Field<Link>,
    datasets: Field<Link>,
}

/// A link to a list: `{"rel": "subsection", "href": …, "type": "GET", "total": 3}`. A list is none.
type Link = Map<String, Value>;

impl Crawl {
    /// Completes the records of a page and puts them into it.
    pub(super) async fn complete(
        &self,
        records: Vec<RawRecord>,
        page: &mut Page,
        fetcher: &Fetcher,
    ) -> Result<(), CrawlError> {
        for mut record in records {
            let Some(field) = linked(record.collection).filter(|_| !record.key.is_empty()) else {
                page.records.push(record);
                continue;
            };
            let head: Head = serde_json::from_slice(&record.payload).unwrap_or_default();
            let changed = head.last_modified.peek_text();
            let changed = changed.or(head.metadata_modified_at.peek_text());
            let link = match field {
                "elements" => head.elements.peek(),
                _ => head.datasets.peek(),
            };
            let Some(link) = link else {
                page.records.push(record);
                continue;
            };
            let total = link.get("total").and_then(Value::as_u64);
            record.mark = changed
                .zip(total)
                .map(|(changed, total)| format!("{changed} {total}"));
            let known = self.known(record.collection, &record.key);
            if record.mark.is_some() && known == record.mark.as_deref() {
                page.skipped_unchanged.push((record.collection, record.key));
                continue;
            }
            match self.parts(&record, total, fetcher).await {
                Ok(parts) => {
                    if let Some(payload) = with(&record.payload, field, parts) {
                        record.payload = payload;
                    }
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

    async fn parts(
        &self,
        record: &RawRecord,
        total: Option<u64>,
        fetcher: &Fetcher,
    ) -> Result<Vec<String>, CrawlError> {
        if total == Some(0) {
            return Ok(Vec::new());
        }
        if record.collection == TOPICS {
            let url = address(&self.root, &["api", "2", "topics", &record.key, "elements"]);
            return self.reader.whole(&url, Mask::None, LARGEST, fetcher).await;
        }
        let mut url: Url = address(&self.root, &["api", "1", "datasets"]);
        url.query_pairs_mut()
            .append_pair("dataservice", &record.key)
            .append_pair("sort", "created");
        let datasets = self.reader.whole(&url, Mask::Identifiers, LARGEST, fetcher);
        Ok(datasets.await?.iter().map(|item| stub(item)).collect())
    }
}

/// What is kept of a dataset in a service's list: the mask may not have been obeyed.
fn stub(dataset: &str) -> String {
    let dataset: Value = serde_json::from_str(dataset).unwrap_or_default();
    json!({ "class": "Dataset", "id": dataset.get("id") }).to_string()
}

/// The payload with a list in place of a link.
fn with(payload: &[u8], field: &str, parts: Vec<String>) -> Option<Vec<u8>> {
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
        let payload = br#"{"id": "t", "elements": {"href": "x", "total": 2}, "s\u00fb": 1.50}"#;
        let whole = with(
            payload,
            "elements",
            vec!["{\"id\": 1}".to_owned(), "2".to_owned()],
        );
        assert_eq!(
            String::from_utf8(whole.unwrap()).unwrap(),
            r#"{"elements":[{"id": 1},2],"id":"t","sû":1.50}"#
        );
    }
}
