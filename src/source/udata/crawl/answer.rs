//! Reading of answers: list pages and single records, asked for again where they are unusable.
//!
//! An overloaded portal answers 200 with an HTML page or half a JSON document. The fetcher cannot
//! know; here such an answer is asked for three times in all.

use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use super::CrawlError;
use crate::fetch::{Fetcher, Request};
use crate::source::udata::field::Field;

/// How often an unusable answer is asked for.
const ATTEMPTS: u32 = 3;

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

/// Fetches and reads.
pub(super) struct Reader {
    /// The wait before the second attempt; it doubles.
    pub(super) wait: Duration,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            wait: Duration::from_secs(5),
        }
    }
}

impl Reader {
    /// A page of a list.
    pub(super) async fn list(
        &self,
        url: &Url,
        mask: Mask,
        fetcher: &Fetcher,
    ) -> Result<List, CrawlError> {
        self.read(url, mask, fetcher, |text| {
            let envelope: Envelope<'_> = parse(text, url)?;
            Ok(List {
                items: envelope
                    .data
                    .iter()
                    .map(|item| item.get().to_owned())
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
            let record: &RawValue = parse(text, url)?;
            if record.get().starts_with('{') {
                return Ok(record.get().to_owned());
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
        read: impl Fn(&str) -> Result<T, CrawlError>,
    ) -> Result<T, CrawlError> {
        let mut request = Request::new(url.clone(), "application/json");
        if mask == Mask::Identifiers {
            request.headers.push((
                HeaderName::from_static("x-fields"),
                HeaderValue::from_static("data{id},page,page_size,total,next_page"),
            ));
        }
        let mut attempt = 1;
        loop {
            let response = fetcher.get(&request).await?;
            match read(&String::from_utf8_lossy(&response.body)) {
                Err(error) if attempt < ATTEMPTS && error.may_pass() => {
                    tracing::debug!(%url, attempt, %error, "unusable answer");
                    tokio::time::sleep(self.wait.saturating_mul(1 << (attempt - 1))).await;
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str, url: &Url) -> Result<T, CrawlError> {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| {
        let (url, message) = (url.clone(), error.to_string());
        match error.classify() {
            serde_json::error::Category::Data => CrawlError::Shape { url, message },
            _ => CrawlError::NotJson { url, message },
        }
    })
}
