//! Packages: the search, and the ways to list them without one.

use url::Url;

use super::answer::{Found, MOUNTS};
use super::cursor::Way;
use super::{Crawl, CrawlError, DATASETS, Page, Plan, listing, raw};
use crate::fetch::Fetcher;

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

    /// A page of the search.
    async fn search(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        loop {
            let (url, Found { items, total }) = self.fetch_search(fetcher).await?;
            if self.cursor.list.position == 0 && items.is_empty() && total.unwrap_or(0) == 0 {
                return self.nothing(DATASETS, &url);
            }
            self.cursor.list.announce(&url, total)?;
            let records = items.into_iter().map(|item| raw(DATASETS, item)).collect();
            let Some(taken) = self.cursor.list.take(&url, records, total)? else {
                continue;
            };
            let position = self.cursor.list.position;
            if taken.is_last {
                self.finish_list();
            }
            return Ok(Page {
                records: taken.fresh,
                total,
                position: total.map_or(position, |total| total.min(position)),
                ..Page::default()
            });
        }
    }

    /// Fetches a page of the search, in smaller pages when the portal refuses the size.
    async fn fetch_search(&mut self, fetcher: &Fetcher) -> Result<(Url, Found), CrawlError> {
        let mount = self.cursor.mount.unwrap_or_default();
        loop {
            let list = &mut self.cursor.list;
            let rows = list.size + list.overlap();
            let mut parameters = self.query.parameters();
            parameters.push(("start", list.start().to_string()));
            parameters.push(("rows", rows.to_string()));
            let url = self.api.url(mount, "package_search", &parameters);
            match self.api.search(&url, fetcher).await {
                Ok(found) => return Ok((url, found)),
                Err(error) if is_unknown(&error) => return Err(error),
                Err(error) => list.shrink(&url, error)?,
            }
        }
    }

    /// A list without any entry: nothing new, or a portal of nothing.
    pub(super) fn nothing(
        &mut self,
        collection: &'static str,
        url: &Url,
    ) -> Result<Page, CrawlError> {
        if matches!(self.plan, Plan::Full) {
            return Err(listing::empty(url, collection));
        }
        self.finish_list();
        Ok(Page {
            total: Some(0),
            ..Page::default()
        })
    }
}

/// Whether an answer says that there is no such action.
pub(super) fn is_unknown(error: &CrawlError) -> bool {
    match error {
        CrawlError::Fetch(error) => matches!(error.status(), Some(400 | 404 | 405 | 410 | 501)),
        _ => false,
    }
}
