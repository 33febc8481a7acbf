//! Where a crawl is, so that an interrupted run can go on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Entries a page, each tried when the one before is refused. CKAN gives 1000 at most; pages of as many
/// packages with all their resources take it long.
pub(super) const SIZES: [u64; 5] = [LARGEST, 200, 100, 50, 20];
const LARGEST: u64 = 500;

/// How packages are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Way {
    /// `package_search`
    #[default]
    Search,
    /// `current_package_list_with_resources`
    Lists,
    /// `package_list`, and `package_show` for each.
    Each,
}

/// The next page to fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// How many lists are complete.
    pub(super) lists_done: usize,
    /// Where the API is, by its place among the known ones; `None` until something has answered.
    pub(super) mount: Option<usize>,
    /// How packages are listed.
    pub(super) way: Way,
    /// How many entries of the current list have been gone through.
    pub(super) position: u64,
    /// Entries a page.
    pub(super) rows: u64,
    /// Entries a page that the next list begins with.
    pub(super) largest: u64,
    /// The last entry gone through.
    pub(super) last: Option<String>,
    /// How often the list has moved.
    pub(super) moved: u32,
    /// The total that the current list had at first.
    pub(super) total: Option<u64>,
    /// Different entries met in the current list.
    pub(super) seen: u64,
    /// The lists that cannot be had, each with what was said of it.
    pub(super) absent: BTreeMap<String, String>,
    /// Where the feed is, where there is no API to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) feed: Option<String>,
}

impl Default for Cursor {
    fn default() -> Self {
        Self {
            lists_done: 0,
            mount: None,
            way: Way::Search,
            position: 0,
            rows: LARGEST,
            largest: LARGEST,
            last: None,
            moved: 0,
            total: None,
            seen: 0,
            absent: BTreeMap::new(),
            feed: None,
        }
    }
}

impl Cursor {
    /// Takes smaller pages from here on; whether there are any.
    pub(super) fn shrink(&mut self) -> bool {
        let smaller = SIZES.into_iter().find(|size| *size < self.rows);
        if let Some(size) = smaller {
            self.rows = size;
        }
        smaller.is_some()
    }

    /// Goes to the start of the next list.
    pub(super) fn next_list(&mut self) {
        *self = Self {
            lists_done: self.lists_done + 1,
            mount: self.mount,
            way: self.way,
            rows: self.largest,
            largest: self.largest,
            absent: std::mem::take(&mut self.absent),
            ..Self::default()
        };
    }
}
