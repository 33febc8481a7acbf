//! The addresses of the catalogue, and how its answers are read.
//!
//! Links are asked for, since they say by what name the portal calls itself; usage counters are not.

use std::io;
use std::time::Duration;

use crate::fetch::header::{AUTHORIZATION, HeaderValue};
use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::export::Export;
use crate::address::public;
use crate::fetch::{FetchError, Fetcher, Request};
use crate::salvage::charset;
use crate::source::contract::CrawlError;
use crate::source::crawl::answer::{self, Reader, json};
use crate::source::kind::ods::home::API;
use crate::source::kind::ods::settings::Settings;
use crate::source::value::charset::marked;

/// How often an unusable export is asked for.
const ATTEMPTS: u32 = 3;

/// The catalogue of a portal, as its configuration restricts it.
pub(super) struct Api {
    root: Url,
    key: Option<HeaderValue>,
    /// `refine` and `exclude`, each as often as it has values.
    facets: Vec<(&'static str, String)>,
    /// All of these must be met.
    conditions: Vec<String>,
    reader: Reader,
}

/// A page of the catalogue.
pub(super) struct List {
    /// The entries as sent.
    pub(super) items: Vec<String>,
    /// Entries of the whole catalogue.
    pub(super) total: u64,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    total_count: u64,
    #[serde(borrow)]
    results: Vec<&'a RawValue>,
}

/// The catalogue of a portal; its key is read from the environment variable that the configuration names.
pub(super) fn api(settings: &Settings, root: Url, wait: Duration) -> Result<Api, String> {
    Ok(Api {
        root,
        key: settings.key.as_deref().map(key).transpose()?,
        facets: settings.facets.clone(),
        conditions: settings.conditions.clone(),
        reader: Reader { wait },
    })
}

fn key(variable: &str) -> Result<HeaderValue, String> {
    let key = std::env::var(variable)
        .map_err(|_error| format!("the environment variable {variable} has no API key"))?;
    let mut value = HeaderValue::from_str(&format!("Apikey {}", key.trim()))
        .map_err(|_error| format!("what {variable} holds is no API key"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl Api {
    /// The address of a page; `since` is the moment from which changes count.
    pub(super) fn list(&self, offset: u64, limit: u64, since: Option<&str>) -> Url {
        let mut url = self.catalogue(&["datasets"], since);
        url.query_pairs_mut()
            .append_pair("limit", &limit.to_string())
            .append_pair("offset", &offset.to_string())
            .append_pair("include_links", "true");
        url
    }

    /// The address of the export.
    pub(super) fn export(&self) -> Url {
        let mut url = self.catalogue(&["exports", "json"], None);
        url.query_pairs_mut().append_pair("limit", "-1");
        url
    }

    fn catalogue(&self, path: &[&str], since: Option<&str>) -> Url {
        let mut url = self.root.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments
                .pop_if_empty()
                .extend(API)
                .push("catalog")
                .extend(path);
        }
        let changed = since.map(|since| {
            ["modified", "data_processed", "metadata_processed"]
                .map(|name| format!("{name} >= date'{since}'"))
                .join(" or ")
        });
        let conditions: Vec<String> = self
            .conditions
            .iter()
            .cloned()
            .chain(changed)
            .map(|condition| format!("({condition})"))
            .collect();
        let mut query = url.query_pairs_mut();
        query
            .append_pair("order_by", "dataset_id")
            .append_pair("timezone", "UTC")
            .extend_pairs(&self.facets);
        if !conditions.is_empty() {
            query.append_pair("where", &conditions.join(" and "));
        }
        drop(query);
        url
    }

    fn request(&self, url: &Url) -> Request {
        let mut request = Request::new(url.clone(), "application/json");
        request
            .headers
            .extend(self.key.clone().map(|key| (AUTHORIZATION, key)));
        request
    }

    /// A page.
    pub(super) async fn read(&self, url: &Url, fetcher: &Fetcher) -> Result<List, CrawlError> {
        self.reader
            .read(&self.request(url), fetcher, |response| {
                let text = answer::text(response);
                let envelope: Envelope<'_> = json(&text.text, url)?;
                Ok(List {
                    items: envelope
                        .results
                        .iter()
                        .map(|item| marked(item.get(), &text.findings))
                        .collect(),
                    total: envelope.total_count,
                })
            })
            .await
    }

    /// The export.
    pub(super) async fn download(
        &self,
        url: &Url,
        fetcher: &Fetcher,
    ) -> Result<Export, CrawlError> {
        let mut attempt = 1;
        loop {
            let download = fetcher.download(&self.request(url)).await?;
            let said = download.content_type.as_deref();
            let sent = said.and_then(charset::of_media_type).map(str::to_owned);
            let indexed =
                tokio::task::spawn_blocking(move || Export::index(download.file, sent)).await;
            let indexed = indexed.map_err(|error| FetchError::Spool(io::Error::other(error)))?;
            let error = match indexed {
                Ok(export) => return Ok(export),
                Err(message) => CrawlError::NotJson {
                    url: url.clone(),
                    message,
                },
            };
            if attempt == ATTEMPTS {
                return Err(error);
            }
            tracing::debug!(url = %public(url), attempt, %error, "unusable export");
            tokio::time::sleep(self.reader.wait.saturating_mul(1 << (attempt - 1))).await;
            attempt += 1;
        }
    }
}
