//! Reading of answers: list pages and single records.

use std::time::Duration;

use crate::fetch::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use crate::fetch::{Fetcher, Request};
use crate::salvage::charset::Text;
use crate::source::contract::CrawlError;
use crate::source::crawl::answer::{self, json};
use crate::source::value::charset::marked;
use crate::source::value::field::Field;

/// Which fields of the entries are asked for (`X-Fields`, which flask-restx answers by).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mask {
    /// Those that the portal gives of itself.
    None,
    /// Only identifiers.
    Identifiers,
}

/// A page of a list.
pub(super) struct List {
    /// The entries as sent.
    pub(super) items: Vec<String>,
    /// Entries of the whole list.
    pub(super) total: Option<u64>,
    /// Entries a page, as the portal counts.
    pub(super) page_size: Option<u64>,
    /// Whether the portal names a next page.
    pub(super) has_next: bool,
}

impl List {
    /// Whether the list has no entry at all, where this is its first page.
    pub(super) fn is_nothing(&self) -> bool {
        self.items.is_empty() && self.total.unwrap_or(0) == 0
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
    #[serde(default)]
    total: Field<u64>,
    #[serde(default)]
    page_size: Field<u64>,
    #[serde(default)]
    next_page: Field<Value>,
}

/// Fetches and reads the API's answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    answers: answer::Reader,
}

impl Reader {
    /// One that waits so long before it asks again for what was unusable.
    pub(super) fn new(wait: Duration) -> Self {
        Self {
            answers: answer::Reader { wait },
        }
    }

    /// A page of a list.
    pub(super) async fn list(
        &self,
        url: &Url,
        mask: Mask,
        fetcher: &Fetcher,
    ) -> Result<List, CrawlError> {
        self.read(url, mask, fetcher, |text| {
            let envelope: Envelope<'_> = json(&text.text, url)?;
            Ok(List {
                items: envelope
                    .data
                    .iter()
                    .map(|item| marked(item.get(), &text.findings))
                    .collect(),
                total: envelope.total.peek().copied(),
                page_size: envelope.page_size.peek().copied(),
                has_next: envelope.next_page.is_sent(),
            })
        })
        .await
    }

    /// A single record.
    pub(super) async fn record(&self, url: &Url, fetcher: &Fetcher) -> Result<String, CrawlError> {
        self.read(url, Mask::None, fetcher, |text| {
            let record: &RawValue = json(&text.text, url)?;
            if record.get().starts_with('{') {
                return Ok(marked(record.get(), &text.findings));
            }
            Err(CrawlError::Shape {
                url: url.clone(),
                message: "it is no object".to_owned(),
            })
        })
        .await
    }

    async fn read<T>(
        &self,
        url: &Url,
        mask: Mask,
        fetcher: &Fetcher,
        read: impl Fn(&Text<'_>) -> Result<T, CrawlError>,
    ) -> Result<T, CrawlError> {
        let mut request = Request::new(url.clone(), "application/json");
        if mask == Mask::Identifiers {
            request.headers.push((
                HeaderName::from_static("x-fields"),
                HeaderValue::from_static("data{id},page,page_size,total,next_page"),
            ));
        }
        self.answers
            .read(&request, fetcher, |response| read(&answer::text(response)))
            .await
    }
}
