//! Where a crawl is, so that an interrupted run can go on.

use serde::{Deserialize, Serialize};

use super::behind::Behind;
use crate::source::crawl::listing::Listing;
use crate::source::kind::csw::question::{Question, Window};

/// The next piece of the list, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// What is asked, once a way has been found that is answered.
    pub(super) question: Option<Question>,
    /// The position of the next record, from 1.
    pub(super) start: u64,
    /// Records a page, at the moment and at most, and the different ones met.
    #[serde(flatten)]
    pub(super) list: Listing,
    /// How many records the server announced last; what it announces means nothing once it was wrong.
    pub(super) matched: Option<u64>,
    pub(super) is_matched_wrong: bool,
    /// Records that were twice on one page.
    pub(super) twice: u64,
    /// Records passed over, since the server cannot give them, and how many one after the other.
    pub(super) passed: u64,
    pub(super) passed_in_a_row: u64,
    /// The furthest position that has been gone behind.
    pub(super) reached: u64,
    /// How many stretches of the list were refused in pages of their size, and where the last one ends.
    pub(super) refused: u64,
    pub(super) refused_until: u64,
    /// Where the list is taken up by identifier.
    #[serde(default)]
    pub(super) behind: Behind,
    /// Whether a condition is put that every record meets: without one nothing is given.
    #[serde(default)]
    pub(super) is_always: bool,
    /// What is to be told: one sentence each.
    pub(super) notes: Vec<String>,
}

impl Cursor {
    /// The start of a list.
    pub(super) fn new(size: u64) -> Self {
        Self {
            question: None,
            start: 1,
            list: Listing::new(size),
            matched: None,
            is_matched_wrong: false,
            twice: 0,
            passed: 0,
            passed_in_a_row: 0,
            reached: 0,
            refused: 0,
            refused_until: 0,
            behind: Behind::default(),
            is_always: false,
            notes: Vec::new(),
        }
    }

    /// What to ask for next.
    pub(super) fn window(&self) -> Window {
        Window {
            start: self.start,
            size: self.list.size,
        }
    }

    /// How many records there are, as far as the server can be believed.
    pub(super) fn total(&self) -> Option<u64> {
        self.matched.filter(|_| !self.is_matched_wrong)
    }

    /// Tells something, once.
    pub(super) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            tracing::info!(note, "a catalogue service is odd");
            self.notes.push(note);
        }
    }
}
