//! Going through the portal: its list, which is one answer, then each dataset whose entry changed, since
//! only the answer about one dataset has its conversions.
//!
//! The list is whole or no list: one that is cut off is no JSON. Datasets are taken in the order of their
//! identifiers, so that an interrupted crawl can go on after the last of them with a new list. A dataset
//! about which the portal answers with an error stays as it is known, with a note; if that happens to
//! many, the portal is at fault and the crawl ends.

use std::collections::{BTreeMap, VecDeque};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use url::Url;

use super::DATASETS;
use super::split::raw;
use crate::address::public;
use crate::fetch::{Fetcher, Request};
use crate::source::contract::{self, Page, Plan, Start};
use crate::source::contract::{CrawlError, RawRecord};
use crate::source::crawl::answer::{self, Reader, json};
use crate::source::crawl::listing::{count_of, empty, few};
use crate::source::value::charset::marked;

/// Datasets asked for in one page.
const CHUNK: usize = 25;

/// How far a crawl has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Cursor {
    /// The last dataset gone through.
    after: Option<String>,
    /// Datasets that the portal cannot show.
    broken: u64,
    done: bool,
}

/// A crawl over the portal.
pub(super) struct Crawl {
    root: Url,
    plan: Plan,
    cursor: Cursor,
    reader: Reader,
    chunk: usize,
    /// The entries of the list that are still to be gone through, and how many there were.
    list: Option<(VecDeque<RawRecord>, u64)>,
}

impl Crawl {
    /// A crawl of the portal.
    pub(super) fn new(start: Start<'_>) -> Result<Self, String> {
        let size = start.how.page_size;
        let size = size.and_then(|size| usize::try_from(size).ok());
        Ok(Self {
            cursor: start.cursor()?.unwrap_or_default(),
            root: start.site.root,
            plan: start.plan,
            reader: Reader {
                wait: start.how.retry_wait,
            },
            chunk: size.unwrap_or(CHUNK).clamp(1, CHUNK),
            list: None,
        })
    }

    async fn step(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        if self.cursor.done {
            return Ok(None);
        }
        let (mut entries, total) = match self.list.take() {
            Some(list) => list,
            None => self.fetch_list(fetcher).await?,
        };
        let mut page = Page {
            total: Some(total),
            ..Page::default()
        };
        let mut asked = 0;
        while asked < self.chunk
            && let Some(entry) = entries.pop_front()
        {
            if !entry.key.is_empty() {
                self.cursor.after = Some(entry.key.clone());
            }
            asked += usize::from(self.take(entry, total, &mut page, fetcher).await?);
        }
        let left = count_of(entries.len());
        page.position = total.saturating_sub(left);
        self.cursor.done = entries.is_empty();
        self.list = Some((entries, total));
        Ok(Some(page))
    }

    /// The list, without what has been gone through.
    async fn fetch_list(
        &self,
        fetcher: &Fetcher,
    ) -> Result<(VecDeque<RawRecord>, u64), CrawlError> {
        let url = self.address(&[]);
        let request = Request::new(url.clone(), "application/json");
        let entries: Vec<RawRecord> = self
            .reader
            .read(&request, fetcher, |response| {
                let text = answer::text(response);
                let items: Vec<&RawValue> = json(&text.text, &url)?;
                Ok(items
                    .iter()
                    .map(|item| raw(marked(item.get(), &text.findings)))
                    .collect())
            })
            .await?;
        if entries.is_empty() {
            return Err(empty(&url, DATASETS));
        }
        let total = count_of(entries.len());
        let (named, nameless): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|entry| !entry.key.is_empty());
        let mut once: BTreeMap<String, RawRecord> = BTreeMap::new();
        for entry in named {
            once.entry(entry.key.clone()).or_insert(entry);
        }
        let after = self.cursor.after.as_deref().unwrap_or_default();
        let nameless = nameless.into_iter().filter(|_| after.is_empty());
        let rest = once
            .into_values()
            .filter(|entry| entry.key.as_str() > after);
        Ok((nameless.chain(rest).collect(), total))
    }

    /// Takes one entry; whether the portal was asked for it.
    async fn take(
        &mut self,
        entry: RawRecord,
        total: u64,
        page: &mut Page,
        fetcher: &Fetcher,
    ) -> Result<bool, CrawlError> {
        if entry.key.is_empty() {
            page.records.push(entry);
            return Ok(false);
        }
        let known = self.plan.known(DATASETS);
        if known.and_then(|marks| marks.get(&entry.key)) == entry.mark.as_ref() {
            page.skipped_unchanged.push((DATASETS, entry.key));
            return Ok(false);
        }
        let url = self.address(&[&entry.key]);
        match self.details(&url, &entry.key, fetcher).await {
            Ok(payload) => page.records.push(RawRecord {
                payload: payload.into_bytes(),
                ..entry
            }),
            Err(CrawlError::Fetch(error)) if matches!(error.status(), Some(404 | 410)) => {
                page.gone.push((DATASETS, entry.key));
            }
            Err(error) => {
                self.cursor.broken += 1;
                if self.cursor.broken > few(total) {
                    return Err(CrawlError::Parts {
                        collection: DATASETS,
                        key: entry.key,
                        source: Box::new(error),
                    });
                }
                tracing::warn!(url = %public(&url), %error, "the portal cannot show a dataset");
                page.skipped_unchanged.push((DATASETS, entry.key));
            }
        }
        Ok(true)
    }

    async fn details(&self, url: &Url, key: &str, fetcher: &Fetcher) -> Result<String, CrawlError> {
        let request = Request::new(url.clone(), "application/json");
        self.reader
            .read(&request, fetcher, |response| {
                let text = answer::text(response);
                let record: &RawValue = json(&text.text, url)?;
                if raw(record.get().to_owned()).key != key {
                    return Err(CrawlError::Shape {
                        url: url.clone(),
                        message: "it is not the dataset that was asked for".to_owned(),
                    });
                }
                Ok(marked(record.get(), &text.findings))
            })
            .await
    }

    fn address(&self, rest: &[&str]) -> Url {
        let mut url = self.root.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments
                .pop_if_empty()
                .extend(["api", "datasets"])
                .extend(rest);
        }
        url
    }
}

impl contract::Crawl for Crawl {
    fn collections(&self) -> Vec<&'static str> {
        vec![DATASETS]
    }

    /// The list is whole in every crawl, one that asks only for what changed included.
    fn seen_whole(&self) -> Vec<&'static str> {
        vec![DATASETS]
    }

    fn notes(&self) -> Vec<String> {
        match self.cursor.broken {
            0 => Vec::new(),
            broken => vec![format!(
                "datasets that the portal lists and cannot show stay as they are known: {broken}"
            )],
        }
    }

    fn next<'a>(
        &'a mut self,
        fetcher: &'a Fetcher,
    ) -> BoxFuture<'a, Result<Option<Page>, CrawlError>> {
        self.step(fetcher).boxed()
    }

    fn pass_empty_list(&mut self) {
        self.cursor.done = true;
    }

    fn skip_list(&mut self) {
        self.cursor.done = true;
    }

    fn cursor(&self) -> String {
        serde_json::json!(self.cursor).to_string()
    }
}
