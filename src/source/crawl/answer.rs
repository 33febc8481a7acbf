//! Reading of answers, asked for again where they are unusable.
//!
//! An overloaded portal answers 200 with an HTML page or half a document. The fetcher cannot know; here
//! such an answer is asked for three times in all.

use std::time::Duration;

use serde::Deserialize;
use url::Url;

use crate::fetch::{Fetcher, Request, Response};
use crate::salvage::charset::{self, Text};
use crate::source::contract::CrawlError;

/// How often an unusable answer is asked for.
const ATTEMPTS: u32 = 3;

/// Fetches and reads.
#[derive(Debug, Clone, Copy)]
pub(in crate::source) struct Reader {
    /// The wait before the second attempt; it doubles.
    pub(in crate::source) wait: Duration,
}

impl Reader {
    /// Sends a request until `read` can use the answer, or has been given three.
    pub(in crate::source) async fn read<T>(
        &self,
        request: &Request,
        fetcher: &Fetcher,
        read: impl Fn(&Response) -> Result<T, CrawlError>,
    ) -> Result<T, CrawlError> {
        let mut attempt = 1;
        loop {
            let response = fetcher.get(request).await?;
            match read(&response) {
                Err(error) if attempt < ATTEMPTS && error.may_pass() => {
                    tracing::debug!(url = %crate::address::public(&request.url), attempt, %error, "unusable answer");
                    tokio::time::sleep(self.wait.saturating_mul(1 << (attempt - 1))).await;
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }
}

/// The text of an answer, and what was odd about its encoding.
pub(in crate::source) fn text(response: &Response) -> Text<'_> {
    charset::text(&response.body, sent(response))
}

/// The charset that an answer was sent with.
pub(in crate::source) fn sent(response: &Response) -> Option<&str> {
    let content_type = response.content_type.as_deref();
    content_type.and_then(charset::of_media_type)
}

/// Reads JSON.
pub(in crate::source) fn json<'a, T: Deserialize<'a>>(
    text: &'a str,
    url: &Url,
) -> Result<T, CrawlError> {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| {
        let (url, message) = (url.clone(), error.to_string());
        match error.classify() {
            serde_json::error::Category::Data => CrawlError::Shape { url, message },
            _ => CrawlError::NotJson { url, message },
        }
    })
}
