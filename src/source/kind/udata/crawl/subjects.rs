//! What refers to other records: the records that a filter names, and discussions about what is listed.

use std::collections::BTreeSet;

use super::answer::Mask;
use super::{Crawl, CrawlError, LARGEST, Page, address};
use crate::fetch::Fetcher;
use crate::source::kind::udata::split::raw;
use crate::source::kind::udata::{DATASERVICES, DATASETS, DISCUSSIONS, REUSES, TOPICS};

/// Subjects named in one request: an address of under 2 000 characters.
const SUBJECTS: usize = 50;

/// What can be discussed.
const DISCUSSED: [&str; 4] = [DATASETS, DATASERVICES, REUSES, TOPICS];

/// The subjects of discussions that a crawl has met.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    met: BTreeSet<String>,
    /// Those that are still to be asked about, once all have been met.
    left: Option<Vec<String>>,
}

impl Subjects {
    /// Notes records that may be discussed.
    pub(super) fn meet<'a>(
        &mut self,
        collection: &'static str,
        keys: impl IntoIterator<Item = &'a String>,
    ) {
        if DISCUSSED.contains(&collection) {
            self.met.extend(keys.into_iter().cloned());
        }
    }
}

impl Crawl {
    /// The discussions about some more of the subjects.
    pub(super) async fn discussions(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        let left = if let Some(left) = self.subjects.left.take() {
            left
        } else {
            let known = self.plan.known(DATASETS).into_iter().flatten();
            self.subjects.meet(DATASETS, known.map(|(key, _)| key));
            std::mem::take(&mut self.subjects.met).into_iter().collect()
        };
        let (now, later) = left.split_at(SUBJECTS.min(left.len()));
        let mut page = Page::default();
        if !now.is_empty() {
            let mut url = address(&self.root, &["api", "1", "discussions"]);
            url.query_pairs_mut()
                .append_pair("sort", "created")
                .extend_pairs(now.iter().map(|key| ("for", key)));
            let found = self.reader.whole(&url, Mask::None, LARGEST, fetcher);
            let found = found.await?.into_iter();
            let records = found.map(|item| raw(DISCUSSIONS, item)).collect();
            page.records = self.cursor.list.fresh(records);
        }
        self.cursor.page += 1;
        page.position = self.cursor.list.seen;
        if later.is_empty() {
            self.finish_list();
        } else {
            self.subjects.left = Some(later.to_vec());
        }
        Ok(page)
    }

    /// The one record of a list.
    pub(super) async fn one(
        &mut self,
        collection: &'static str,
        key: &str,
        fetcher: &Fetcher,
    ) -> Result<Page, CrawlError> {
        let record = self.filtered_by(collection, key, fetcher).await?;
        let mut page = Page {
            total: Some(1),
            position: 1,
            ..Page::default()
        };
        let record = raw(collection, record);
        self.subjects.meet(collection, [&record.key]);
        self.complete(vec![record], &mut page, fetcher).await?;
        self.finish_list();
        Ok(page)
    }

    /// Refuses a filter by something that does not exist, before a list is asked for with it.
    pub(super) async fn check_conditions(&mut self, fetcher: &Fetcher) -> Result<(), CrawlError> {
        for (collection, key) in std::mem::take(&mut self.conditions) {
            self.filtered_by(collection, &key, fetcher).await?;
        }
        Ok(())
    }

    /// A record that the portal is filtered by.
    async fn filtered_by(
        &self,
        collection: &'static str,
        key: &str,
        fetcher: &Fetcher,
    ) -> Result<String, CrawlError> {
        let version = if collection == TOPICS { "2" } else { "1" };
        let url = address(&self.root, &["api", version, collection, key]);
        match self.reader.record(&url, fetcher).await {
            Err(CrawlError::Fetch(error)) if matches!(error.status(), Some(404 | 410)) => {
                Err(CrawlError::NoSubject { url })
            }
            outcome => outcome,
        }
    }
}
