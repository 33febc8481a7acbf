//! The end of a walk: is everything there, or is the feed to be walked over once more?
//!
//! It is where fewer records were met than announced; where an interruption made two halves of a feed
//! that announces nothing and whose pages have moved in between; and where it left records without the
//! links that only the documents read before tell. None of it is taken for whole before that.

use super::{Feed, State, Todo};
use crate::source::crawl::listing;
use crate::source::feed::DATASETS;

impl Feed {
    /// Everything that leads on has been followed: is everything there?
    pub(super) fn turn(&mut self) {
        self.state = State::Emptying;
        if self.failed.is_some() {
            return;
        }
        let count = self.met.count();
        let missing = self
            .total
            .filter(|total| count < *total && !self.is_partial);
        let is_doubtful = self.total.is_none()
            && !self.is_partial
            && (self.after.has_moved || (self.after.is_resumed && self.met.is_cut()));
        let is_open =
            self.after.left || (self.walk == 1 && self.after.is_resumed && self.known.is_open());
        let is_first = self.walk == 1 && self.documents > 1;
        if is_open || (is_first && (is_doubtful || missing.is_some())) {
            self.note(match missing {
                Some(total) => {
                    format!("{count} of {total} records were met: the feed was read once more")
                }
                None => "the feed was read once more, since it had been read in pieces".to_owned(),
            });
            self.again();
            if is_open {
                self.open_again();
            }
        } else if let Some(total) = missing {
            self.fail(listing::shrunk(&self.address, total, count));
        } else if is_doubtful {
            self.fail(listing::moving(&self.address));
        } else if !self.has_any() && !self.is_partial {
            let collection = self.include.first().copied().unwrap_or(DATASETS);
            self.fail(listing::empty(&self.address, collection));
        } else if self.known.is_over() && self.walk > 1 {
            let note = "more links lead from page to page than an interrupted run remembers: some keep \
                        the feed's own names";
            self.note(note.to_owned());
        }
    }

    /// Begins another walk.
    fn again(&mut self) {
        self.walk += 1;
        self.stale = 0;
        self.earlier = self.documents;
        self.after.is_resumed = false;
        self.after.has_moved = false;
        self.visited.clear();
        self.contents.clear();
        self.todo.push_back(Todo::page(self.address.clone()));
        self.state = State::Walking;
    }

    /// Lets a walk give what waits as it meets it, and look at the catalogues below once more.
    fn open_again(&mut self) {
        self.after.left = false;
        self.held.clear();
        self.asked_below.clear();
    }

    /// Whether any record came.
    fn has_any(&self) -> bool {
        !self.given.is_empty() || self.given_before > 0 || self.spool.len() > 0
    }
}
