//! Where a crawl is, so that an interrupted run can go on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::source::crawl::listing::Listing;

/// Entries a page. CKAN gives 1000 at most; pages of as many packages with all their resources take it
/// long.
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
    /// How far the current list has been gone through.
    #[serde(flatten)]
    pub(super) list: Listing,
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
            list: Listing::new(LARGEST),
            absent: BTreeMap::new(),
            feed: None,
        }
    }
}

impl Cursor {
    /// Goes to the start of the next list.
    pub(super) fn next_list(&mut self) {
        self.lists_done += 1;
        self.list.restart(LARGEST);
    }
}
