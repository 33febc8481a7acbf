//! Where a crawl is, so that an interrupted run can go on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use url::Url;

use super::LARGEST;
use crate::source::contract::CrawlError;
use crate::source::crawl::listing::Listing;

/// The next page to fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Cursor {
    /// How many lists are complete.
    pub(super) lists_done: usize,
    /// The page of the current list, from 1.
    pub(super) page: u64,
    /// How far it has been gone through.
    #[serde(flatten)]
    pub(super) list: Listing,
    /// The lists that the portal does not have, each with what was said of it.
    #[serde(default)]
    pub(super) absent: BTreeMap<String, String>,
}

impl Default for Cursor {
    fn default() -> Self {
        Self {
            lists_done: 0,
            page: 1,
            list: Listing::new(LARGEST),
            absent: BTreeMap::new(),
        }
    }
}

impl Cursor {
    /// Entries up to the end of the current page.
    pub(super) fn offset(&self) -> u64 {
        self.page.saturating_mul(self.list.size)
    }

    /// Whether the current page lies behind all that was announced.
    pub(super) fn is_beyond(&self, total: Option<u64>) -> bool {
        total.is_some_and(|total| self.page > total.div_ceil(self.list.size).saturating_add(1))
    }

    /// Takes smaller pages from the same place on, or from a little before it.
    ///
    /// # Errors
    /// What the portal answered, where smaller pages are of no use.
    pub(super) fn shrink(&mut self, url: &Url, error: CrawlError) -> Result<(), CrawlError> {
        let before = (self.page - 1).saturating_mul(self.list.size);
        self.list.shrink(url, error)?;
        self.page = before / self.list.size + 1;
        Ok(())
    }

    /// Takes pages of at most `size` for the list that begins.
    pub(super) fn limit(&mut self, size: u64) {
        if self.page == 1 {
            self.list.size = self.list.largest.min(size);
        }
    }

    /// Goes back to the start of the list, with pages of at most `size`.
    pub(super) fn restart_list(&mut self, size: u64) {
        self.page = 1;
        self.list.restart(size);
    }

    /// Goes to the start of the next list; the page size that worked is kept.
    pub(super) fn next_list(&mut self) {
        self.lists_done += 1;
        self.restart_list(LARGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::FetchError;

    #[test]
    fn smaller_pages_begin_where_the_larger_ones_ended_or_before() {
        let url = Url::parse("https://portail.example/").unwrap();
        for (page, size, smaller) in [(3, 1000, 500), (2, 50, 20), (1, 100, 50), (7, 50, 20)] {
            let mut cursor = Cursor {
                page,
                list: Listing::new(size),
                ..Cursor::default()
            };
            let before = (page - 1) * size;
            let refused = FetchError::Timeout { url: (&url).into() };
            cursor.shrink(&url, refused.into()).unwrap();
            let start = (cursor.page - 1) * cursor.list.size;
            assert!(
                start <= before && before - start < smaller,
                "{page} of {size}: {start} after {before}"
            );
        }
    }
}
