//! Where a crawl is, so that an interrupted run can go on.

use serde::{Deserialize, Serialize};

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
    /// Entries gone through.
    pub(super) position: u64,
    /// Entries a page.
    pub(super) size: u64,
    /// The total that the catalogue had at first.
    pub(super) total: Option<u64>,
    /// Different datasets met.
    pub(super) seen: u64,
    /// Of these, those that belong to other portals.
    pub(super) left_out: u64,
    /// The last dataset met, with which the next page begins.
    pub(super) last: Option<String>,
    /// The portal's root as its links have it.
    pub(super) home: Option<String>,
}

impl Cursor {
    /// The start, with pages of this size.
    pub(super) fn new(size: u64) -> Self {
        Self {
            way: Way::Pages,
            position: 0,
            size,
            total: None,
            seen: 0,
            left_out: 0,
            last: None,
            home: None,
        }
    }
}
