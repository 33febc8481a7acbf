//! Where a crawl is, so that an interrupted run can go on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::LARGEST;

/// The next page to fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Cursor {
    /// How many lists are complete.
    pub(super) lists_done: usize,
    /// The page of the current list, from 1.
    pub(super) page: u64,
    /// Entries a page.
    pub(super) page_size: u64,
    /// Entries a page that the next list begins with, unless it is one of small pages.
    #[serde(default = "largest")]
    pub(super) largest: u64,
    /// The total that the current list had at first.
    pub(super) total: Option<u64>,
    /// Different entries met in the current list.
    pub(super) seen: u64,
    /// The lists that the portal does not have, each with what was said of it.
    #[serde(default)]
    pub(super) absent: BTreeMap<String, String>,
}

fn largest() -> u64 {
    LARGEST
}

impl Default for Cursor {
    fn default() -> Self {
        Self {
            lists_done: 0,
            page: 1,
            page_size: LARGEST,
            largest: LARGEST,
            total: None,
            seen: 0,
            absent: BTreeMap::new(),
        }
    }
}

impl Cursor {
    /// Entries up to the end of the current page.
    pub(super) fn offset(&self) -> u64 {
        self.page.saturating_mul(self.page_size)
    }

    pub(super) fn advance(&mut self) {
        self.page += 1;
    }

    /// Takes smaller pages from the same place on, or from a little before it.
    pub(super) fn shrink(&mut self, size: u64) {
        let before = (self.page - 1).saturating_mul(self.page_size);
        self.page_size = size;
        self.largest = size;
        self.page = before / size + 1;
    }

    /// Takes pages of at most `size` for the list that begins.
    pub(super) fn limit(&mut self, size: u64) {
        if self.page == 1 {
            self.page_size = self.largest.min(size);
        }
    }

    /// Goes back to the start of the list, with pages of at most `size`.
    pub(super) fn restart_list(&mut self, size: u64) {
        *self = Self {
            lists_done: self.lists_done,
            page_size: self.largest.min(size),
            largest: self.largest,
            absent: std::mem::take(&mut self.absent),
            ..Self::default()
        };
    }

    /// Goes to the start of the next list; the page size that worked is kept.
    pub(super) fn next_list(&mut self) {
        self.lists_done += 1;
        self.restart_list(self.largest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smaller_pages_begin_where_the_larger_ones_ended_or_before() {
        for (page, size, smaller) in [(3, 1000, 500), (2, 50, 20), (1, 100, 50), (7, 50, 20)] {
            let mut cursor = Cursor {
                page,
                page_size: size,
                ..Cursor::default()
            };
            let before = (page - 1) * size;
            cursor.shrink(smaller);
            let start = (cursor.page - 1) * cursor.page_size;
            assert!(
                start <= before && before - start < smaller,
                "{page} of {size}: {start} after {before}"
            );
        }
    }
}
