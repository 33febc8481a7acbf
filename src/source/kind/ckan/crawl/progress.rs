//! Whether a list that is read page by page can be believed to be whole.

use url::Url;

use super::{Crawl, CrawlError};
use crate::address::public;
use crate::source::crawl::few;

/// How often a list may move before it is given up. Each time something was created or deleted.
const MOVES: u32 = 12;

impl Crawl {
    /// Refuses a list that loses more entries than a few deletions explain.
    pub(super) fn check_total(&mut self, url: &Url, total: Option<u64>) -> Result<(), CrawlError> {
        let Some(total) = total else {
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

    /// Steps back by a page, where the list does not go on where it ended.
    pub(super) fn step_back(&mut self, url: &Url) -> Result<(), CrawlError> {
        self.cursor.moved += 1;
        if self.cursor.moved > MOVES {
            return Err(CrawlError::Moving { url: url.clone() });
        }
        tracing::debug!(url = %public(url), "the list has moved, stepping back");
        self.cursor.position = self.cursor.position.saturating_sub(self.cursor.rows);
        self.cursor.last = None;
        Ok(())
    }

    /// Refuses a list that ends before it is complete.
    pub(super) fn check_complete(&self, url: &Url, total: Option<u64>) -> Result<(), CrawlError> {
        match total {
            Some(total) if self.is_short_of(total) => Err(CrawlError::Shrunk {
                url: url.clone(),
                before: total,
                after: self.cursor.seen,
            }),
            _ => Ok(()),
        }
    }

    /// Whether more is missing than a few deletions explain.
    pub(super) fn is_short_of(&self, total: u64) -> bool {
        total.saturating_sub(self.cursor.seen) > few(total)
    }
}
