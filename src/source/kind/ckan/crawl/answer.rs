//! Requests to the API, and the reading of its answers.
//!
//! Every answer is an envelope, `{"success": …, "result": …}`. `success` is `false` with status 200 on some
//! portals, and where the answer says so whatever the status.

use std::time::Duration;

use crate::fetch::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use crate::fetch::{Fetcher, Request};
use crate::finding::Finding;
use crate::source::contract::CrawlError;
use crate::source::crawl::answer::{self, Reader, json};
use crate::source::value::charset::marked;
use crate::source::value::field::Field;

/// Where the API is below the root.
pub(super) const MOUNTS: [&[&str]; 2] = [&["api", "3", "action"], &["api", "action"]];

/// The API of one portal.
pub(super) struct Api {
    root: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    reader: Reader,
}

/// What a search found.
pub(super) struct Found {
    /// The packages as sent.
    pub(super) items: Vec<String>,
    /// How many there are in all.
    pub(super) total: Option<u64>,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(default)]
    success: Field<bool>,
    #[serde(borrow, default)]
    result: Option<&'a RawValue>,
    #[serde(default)]
    error: Field<Value>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(default)]
    count: Field<u64>,
    #[serde(borrow)]
    results: Vec<&'a RawValue>,
}

impl Api {
    pub(super) fn new(root: Url, headers: Vec<(HeaderName, HeaderValue)>, wait: Duration) -> Self {
        Self {
            root,
            headers,
            reader: Reader { wait },
        }
    }

    /// The address of an action under one of the [`MOUNTS`].
    pub(super) fn url(&self, mount: usize, action: &str, parameters: &[(&str, String)]) -> Url {
        let mut url = self.root.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            let mount = MOUNTS.get(mount).copied().unwrap_or_default();
            segments.pop_if_empty().extend(mount).push(action);
        }
        if !parameters.is_empty() {
            url.query_pairs_mut().extend_pairs(parameters);
        }
        url
    }

    /// A page of `package_search`.
    pub(super) async fn search(&self, url: &Url, fetcher: &Fetcher) -> Result<Found, CrawlError> {
        self.result(url, fetcher, |result, odd| {
            let found: Results<'_> = json(result.get(), url)?;
            Ok(Found {
                items: owned(&found.results, odd),
                total: found.count.peek().copied(),
            })
        })
        .await
    }

    /// A list of objects; DKAN wraps it in another list.
    pub(super) async fn objects(
        &self,
        url: &Url,
        fetcher: &Fetcher,
    ) -> Result<Vec<String>, CrawlError> {
        self.result(url, fetcher, |result, odd| {
            let items: Vec<&RawValue> = json(result.get(), url)?;
            let mut objects = Vec::new();
            for item in items {
                if item.get().starts_with('[') {
                    let inner: Vec<&RawValue> = json(item.get(), url)?;
                    objects.extend(inner);
                } else {
                    objects.push(item);
                }
            }
            if let Some(odd) = objects.iter().find(|item| !item.get().starts_with('{')) {
                return Err(shape(url, &format!("an entry is no object: {odd:.40}")));
            }
            Ok(owned(&objects, odd))
        })
        .await
    }

    /// A list of names or identifiers.
    pub(super) async fn names(
        &self,
        url: &Url,
        fetcher: &Fetcher,
    ) -> Result<Vec<String>, CrawlError> {
        self.result(url, fetcher, |result, _| json(result.get(), url))
            .await
    }

    /// One object; DKAN wraps it in a list.
    pub(super) async fn object(&self, url: &Url, fetcher: &Fetcher) -> Result<String, CrawlError> {
        self.result(url, fetcher, |result, odd| {
            if result.get().starts_with('{') {
                return Ok(marked(result.get(), odd));
            }
            let items: Vec<&RawValue> = json(result.get(), url)?;
            match items.as_slice() {
                [one] if one.get().starts_with('{') => Ok(marked(one.get(), odd)),
                _ => Err(shape(url, "it is no object")),
            }
        })
        .await
    }

    async fn result<T>(
        &self,
        url: &Url,
        fetcher: &Fetcher,
        read: impl Fn(&RawValue, &[Finding]) -> Result<T, CrawlError>,
    ) -> Result<T, CrawlError> {
        let mut request = Request::new(url.clone(), "application/json");
        request.headers.extend(self.headers.iter().cloned());
        self.reader
            .read(&request, fetcher, |response| {
                let text = answer::text(response);
                let envelope: Envelope<'_> = json(&text.text, url)?;
                let failed = envelope.success.peek() == Some(&false);
                match envelope.result {
                    Some(result) if !failed => read(result, &text.findings),
                    None if !failed && !envelope.error.is_sent() => {
                        Err(shape(url, "it has no result"))
                    }
                    _ => Err(CrawlError::Refused {
                        url: url.clone(),
                        message: said(&envelope.error),
                    }),
                }
            })
            .await
    }
}

/// What an answer says that went wrong.
fn said(error: &Field<Value>) -> String {
    let Some(error) = error.peek() else {
        return "no success".to_owned();
    };
    let message = error.get("message").or(error.get("__type"));
    let text = match message.unwrap_or(error) {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn shape(url: &Url, message: &str) -> CrawlError {
    CrawlError::Shape {
        url: url.clone(),
        message: message.to_owned(),
    }
}

fn owned(items: &[&RawValue], odd: &[Finding]) -> Vec<String> {
    items.iter().map(|item| marked(item.get(), odd)).collect()
}
