//! The incremental crawl: the search of API version 2, newest modification first.
//!
//! The search's entries have links where version 1 has resources, so they only say what has changed;
//! each changed dataset is then fetched whole from version 1. The walk ends on a page that is older
//! than the newest known modification by more than a margin, or where the list ends. The search refuses
//! `page × page_size` beyond 10 000: where no old page has come by then, a full run is needed, which is
//! known before the first dataset is fetched.

use std::collections::VecDeque;

use chrono::TimeDelta;

use super::stage::Stage;
use super::{Crawl, CrawlError, Page, Plan, address};
use crate::dcat::read_moment;
use crate::fetch::Fetcher;
use crate::source::contract::RawRecord;
use crate::source::crawl::listing::{count_of, endless};
use crate::source::kind::udata::DATASETS;
use crate::source::kind::udata::split::raw;

/// The search gives entries up to here.
const WINDOW: u64 = 10_000;
/// Entries a page: a day's changes are mostly fewer.
const SIZE: u64 = 500;
/// Datasets fetched for one page of the crawl.
const CHUNK: usize = 100;
/// How much older than the newest known modification a page must be: the search index lags.
const MARGIN: TimeDelta = TimeDelta::hours(1);

/// What the search found.
#[derive(Default)]
pub(super) struct Found {
    changed: VecDeque<String>,
    total: u64,
}

impl Crawl {
    /// First the walk, with what is unchanged; then the changed datasets in chunks.
    pub(super) async fn search_page(
        &mut self,
        stage: &Stage,
        fetcher: &Fetcher,
    ) -> Result<Page, CrawlError> {
        let Some(mut found) = self.found.take() else {
            let page = self.walk(stage, fetcher).await?;
            self.finish_if_done();
            return Ok(page);
        };
        let mut page = Page {
            total: Some(found.total),
            ..Page::default()
        };
        for _ in 0..CHUNK {
            let Some(key) = found.changed.pop_front() else {
                break;
            };
            match self.whole(&key, fetcher).await? {
                Some(record) => page.records.push(record),
                None => page.gone.push((DATASETS, key)),
            }
        }
        page.position = found.total.saturating_sub(count_of(found.changed.len()));
        self.found = Some(found);
        self.finish_if_done();
        Ok(page)
    }

    fn finish_if_done(&mut self) {
        if self
            .found
            .as_ref()
            .is_some_and(|found| found.changed.is_empty())
        {
            self.found = None;
            self.finish_list();
        }
    }

    async fn walk(&mut self, stage: &Stage, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        self.cursor.restart_list(SIZE);
        let mut page = Page::default();
        let mut changed = VecDeque::new();
        loop {
            let (url, list) = self.fetch_list(stage, fetcher).await?;
            let entries: Vec<RawRecord> = list
                .items
                .into_iter()
                .map(|item| raw(DATASETS, item))
                .collect();
            let is_old = !entries.is_empty() && entries.iter().all(|entry| self.is_old(entry));
            let named = entries.into_iter().filter(|entry| !entry.key.is_empty());
            let fresh = self.cursor.list.fresh(named.collect());
            let brings = !fresh.is_empty();
            for entry in fresh {
                self.subjects.meet(DATASETS, [&entry.key]);
                if entry.mark.is_some() && self.known(DATASETS, &entry.key) == entry.mark.as_deref()
                {
                    page.skipped_unchanged.push((DATASETS, entry.key));
                } else {
                    changed.push_back(entry.key);
                }
            }
            if is_old || !list.has_next {
                break;
            }
            if !brings || self.cursor.is_beyond(list.total) {
                return Err(endless(&url));
            }
            self.cursor.page += 1;
            if self.cursor.offset() > WINDOW {
                return Err(CrawlError::WindowExhausted { url });
            }
        }
        let total = count_of(changed.len());
        page.total = Some(total);
        self.cursor.restart_list(self.cursor.list.size);
        self.found = Some(Found { changed, total });
        Ok(page)
    }

    /// The known mark of a record.
    pub(super) fn known(&self, collection: &str, key: &str) -> Option<&str> {
        self.plan.known(collection)?.get(key).map(String::as_str)
    }

    fn is_old(&self, entry: &RawRecord) -> bool {
        let Plan::Incremental { since, .. } = &self.plan else {
            return false;
        };
        match (
            entry.mark.as_deref().and_then(read_moment),
            read_moment(since),
        ) {
            (Some(mark), Some(since)) => mark < since - MARGIN,
            _ => false,
        }
    }

    /// A dataset as version 1 has it; `None` where it is gone.
    async fn whole(&self, key: &str, fetcher: &Fetcher) -> Result<Option<RawRecord>, CrawlError> {
        let url = address(&self.root, &["api", "1", "datasets", key]);
        match self.reader.record(&url, fetcher).await {
            Ok(record) => Ok(Some(raw(DATASETS, record))),
            Err(CrawlError::Fetch(error)) if matches!(error.status(), Some(404 | 410)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
