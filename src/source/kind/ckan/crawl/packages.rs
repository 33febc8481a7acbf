//! Packages: the search, and the ways to list them without one.

use url::Url;

use super::answer::{Found, MOUNTS};
use super::cursor::Way;
use super::{Crawl, CrawlError, DATASETS, Page, Plan, count_of, raw};
use crate::address::public;
use crate::fetch::Fetcher;
use crate::source::contract::RawRecord;

impl Crawl {
    /// The next page of packages.
    pub(super) async fn packages(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        if self.cursor.mount.is_some() {
            return self.by_way(fetcher).await;
        }
        let ways: &[Way] = if self.query.is_filtered() {
            // The lists cannot be filtered, and would be everything.
            &[Way::Search]
        } else {
            &[Way::Search, Way::Lists, Way::Each]
        };
        let mut first = None;
        for way in ways {
            for mount in 0..MOUNTS.len() {
                (self.cursor.way, self.cursor.mount) = (*way, Some(mount));
                match self.by_way(fetcher).await {
                    Err(error) if is_unknown(&error) => {
                        first.get_or_insert(error);
                        self.names = None;
                    }
                    Err(error) => {
                        // Where nothing came it is not known yet which way leads there.
                        let is_answer = matches!(error, CrawlError::Empty { .. });
                        if !is_answer {
                            (self.cursor.way, self.cursor.mount) = (Way::Search, None);
                        }
                        return Err(error);
                    }
                    Ok(page) => return Ok(page),
                }
            }
        }
        (self.cursor.way, self.cursor.mount) = (Way::Search, None);
        match first {
            Some(error) => Err(error),
            None => Ok(Page::default()),
        }
    }

    async fn by_way(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        match self.cursor.way {
            Way::Search => self.search(fetcher).await,
            Way::Lists => {
                let action = "current_package_list_with_resources";
                self.listed(DATASETS, action, "package_list", &[], fetcher)
                    .await
            }
            Way::Each => self.each(fetcher).await,
        }
    }

    /// A page of the search. It begins with the last entry of the page before, unless the list moved.
    async fn search(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        loop {
            let overlap = u64::from(self.cursor.last.is_some());
            let start = self.cursor.position.saturating_sub(overlap);
            let (url, Found { items, total }) = self.fetch_search(start, overlap, fetcher).await?;
            if self.cursor.position == 0 && items.is_empty() && total.unwrap_or(0) == 0 {
                return self.nothing(url);
            }
            self.check_total(&url, total)?;
            let end = start + count_of(items.len());
            let mut records: Vec<RawRecord> =
                items.into_iter().map(|item| raw(DATASETS, item)).collect();
            if let Some(last) = &self.cursor.last {
                let begins = records.first().map(|record| &record.key);
                // Nothing at all is the end of the list, which its total decides on below.
                if begins.is_some_and(|first| first != last)
                    || (begins.is_none() && end < total.unwrap_or(0))
                {
                    self.step_back(&url)?;
                    continue;
                }
                if begins.is_some() {
                    records.remove(0);
                }
            }
            let is_last = end >= total.unwrap_or(u64::MAX) || records.is_empty();
            if let Some(record) = records.last() {
                self.cursor.last = Some(record.key.clone());
            }
            self.cursor.position = end;
            let page = Page {
                records: self.fresh(records),
                total,
                position: total.map_or(end, |total| total.min(end)),
                ..Page::default()
            };
            if is_last {
                self.check_complete(&url, total)?;
                self.finish_list();
            }
            return Ok(page);
        }
    }

    /// Fetches a page of the search, in smaller pages when the portal refuses the size.
    async fn fetch_search(
        &mut self,
        start: u64,
        overlap: u64,
        fetcher: &Fetcher,
    ) -> Result<(Url, Found), CrawlError> {
        let mount = self.cursor.mount.unwrap_or_default();
        loop {
            let mut parameters = self.query.parameters();
            parameters.push(("start", start.to_string()));
            parameters.push(("rows", (self.cursor.rows + overlap).to_string()));
            let url = self.api.url(mount, "package_search", &parameters);
            match self.api.search(&url, fetcher).await {
                Err(error)
                    if error.refuses_size() && !is_unknown(&error) && self.cursor.shrink() =>
                {
                    let rows = self.cursor.rows;
                    tracing::debug!(url = %public(&url), %error, rows, "page refused, trying smaller pages");
                }
                outcome => return Ok((url, outcome?)),
            }
        }
    }

    /// An empty search: nothing new, or a portal of nothing.
    fn nothing(&mut self, url: Url) -> Result<Page, CrawlError> {
        match self.plan {
            Plan::Full => Err(CrawlError::Empty {
                url,
                collection: DATASETS,
            }),
            Plan::Incremental { .. } => {
                self.finish_list();
                Ok(Page {
                    total: Some(0),
                    ..Page::default()
                })
            }
        }
    }
}

/// Whether an answer says that there is no such action.
pub(super) fn is_unknown(error: &CrawlError) -> bool {
    match error {
        CrawlError::Fetch(error) => matches!(error.status(), Some(400 | 404 | 405 | 410 | 501)),
        _ => false,
    }
}
