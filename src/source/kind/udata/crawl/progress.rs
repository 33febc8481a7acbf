//! Whether a list that is read page by page can be believed to be whole.

use url::Url;

use super::answer::List;
use super::{Crawl, CrawlError};
use crate::source::crawl::few;

impl Crawl {
    /// Refuses a list that loses more entries than a few deletions explain.
    pub(super) fn check_total(&mut self, url: &Url, list: &List) -> Result<(), CrawlError> {
        let Some(total) = list.total else {
            return Ok(());
        };
        let first = *self.cursor.total.get_or_insert(total);
        if first.saturating_sub(total) > few(first) {
            return Err(CrawlError::Shrunk {
                url: url.clone(),
                before: first,
                after: total,
            });
        }
        Ok(())
    }

    /// Refuses pages that lead on without bringing anything.
    pub(super) fn check_progress(
        &self,
        url: &Url,
        count: usize,
        fresh: usize,
        has_next: bool,
        total: Option<u64>,
    ) -> Result<(), CrawlError> {
        let last = total.map_or(u64::MAX, |total| {
            total.div_ceil(self.cursor.page_size).saturating_add(1)
        });
        let repeats = count > 0 && fresh == 0;
        if has_next && (count == 0 || repeats || self.cursor.page > last) {
            return Err(CrawlError::EndlessPages { url: url.clone() });
        }
        Ok(())
    }

    /// Refuses a list that ends before it is complete.
    pub(super) fn check_complete(&self, url: &Url, total: Option<u64>) -> Result<(), CrawlError> {
        match total {
            Some(total) if total.saturating_sub(self.cursor.seen) > few(total) => {
                Err(CrawlError::Shrunk {
                    url: url.clone(),
                    before: total,
                    after: self.cursor.seen,
                })
            }
            _ => Ok(()),
        }
    }
}
