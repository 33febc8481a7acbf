//! Where a crawl is, so that an interrupted run can go on.

use serde::{Deserialize, Serialize};

use crate::source::crawl::listing::Listing;

/// How the catalogue is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::source::kind::ods) enum Way {
    /// Page by page.
    Pages,
    /// From the export, always from its start: it is one answer, made anew each time.
    Export,
    /// It has been read.
    Done,
}

/// The next page to fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::source::kind::ods) struct Cursor {
    pub(super) way: Way,
    /// How far the catalogue has been gone through.
    #[serde(flatten)]
    pub(super) list: Listing,
    /// Of the datasets met, those that belong to other portals.
    pub(super) left_out: u64,
    /// The portal's root as its links have it.
    pub(super) home: Option<String>,
}

impl Cursor {
    /// The start, with pages of this size.
    pub(super) fn new(size: u64) -> Self {
        Self {
            way: Way::Pages,
            list: Listing::new(size),
            left_out: 0,
            home: None,
        }
    }
}
