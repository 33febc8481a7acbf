//! What tells that a list goes on, has ended, or cannot be trusted.
//!
//! | the server | the crawl |
//! |---|---|
//! | gives fewer records than asked for (a cap, a record that it cannot show) | goes on behind those that came |
//! | `nextRecord` one too far, one too near, before or at the page's own start, beyond the end, 0 in the middle, or missing | does not follow it |
//! | `numberOfRecordsReturned` is another number than that of the records | does not read it |
//! | announces fewer records than it has given | believes its count no more, and goes on until a page is empty or `nextRecord` is 0 |
//! | announces no count | the same |
//! | gives no record where some must be, and a `nextRecord` further on | passes over them, counts them, and withdraws nothing |
//! | gives no record behind some thousands | is asked for what follows by identifier (`behind`), or [`CrawlError::Window`] |
//! | announces records and gives none, without a constraint | is asked once with one that every record meets |
//! | still gives none | [`CrawlError::NoneGiven`] |
//! | gives no record where some must be | [`CrawlError::Shrunk`] |
//! | gives a page without anything new | [`CrawlError::EndlessPages`] |
//! | announces some fewer than before: they were removed, and what follows has moved up | goes as many back |
//! | announces more than a page fewer, or none any more | [`CrawlError::Shrunk`] |
//! | ends with fewer different records than announced: pages moved, or overlapped | [`CrawlError::Shrunk`] |
//! | gives two records of one identifier on one page | counts both |

use url::Url;

use super::Crawl;
use super::cursor::Cursor;
use crate::source::contract::CrawlError;
use crate::source::crawl::listing::{self, smaller};
use crate::source::kind::csw::RECORDS;
use crate::source::kind::csw::question::Window;

/// What a page has and says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Records on it.
    pub(super) count: u64,
    /// Those that were not met before.
    pub(super) fresh: u64,
    /// How many records the list has.
    pub(super) matched: Option<u64>,
    /// Where it goes on.
    pub(super) next: Option<u64>,
}

/// More records than that are not passed over, in a row and in all: something else is wrong.
const IN_A_ROW: u64 = 5;
const IN_ALL: u64 = 100;

/// After so many stretches of the list that had to be asked for in smaller pages, all are small.
const STUBBORN: u64 = 3;

impl Crawl {
    /// Moves behind a page, or ends the list.
    pub(super) fn advance(
        &mut self,
        url: &Url,
        window: Window,
        seen: Seen,
    ) -> Result<(), CrawlError> {
        let is_first = window.start == 1 && self.cursor.list.seen == 0;
        if is_first && seen.count == 0 && seen.matched.unwrap_or(0) == 0 {
            self.is_done = true;
            if self.is_full {
                return Err(listing::empty(url, RECORDS));
            }
            return Ok(());
        }
        let back = self.cursor.announced(url, window, seen)?;
        let behind = window.start.saturating_add(seen.count);
        let is_new_ground = behind > self.cursor.reached;
        self.cursor.reached = self.cursor.reached.max(behind);
        if back > 0 {
            // What has moved up stands now before this page.
            let first = self.cursor.behind.stretch.offset + 1;
            self.cursor.start = window.start.saturating_sub(back).max(first);
            return Ok(());
        }
        if seen.count == 0 {
            if is_first && self.asks_for_everything(url, seen) {
                return Ok(());
            }
            return self.nothing(url, window, seen);
        }
        let is_behind = |total: u64| self.cursor.counted() < total;
        if seen.fresh == 0 && is_new_ground && self.cursor.total().is_none_or(is_behind) {
            return Err(listing::endless(url));
        }
        self.cursor.start = behind;
        self.cursor.passed_in_a_row = 0;
        self.cursor.behind.went_on();
        self.cursor.grow();
        match self.cursor.total() {
            Some(total) if self.cursor.start > total => self.end(url),
            None if seen.next == Some(0) => self.end(url),
            _ => Ok(()),
        }
    }

    /// Asks a server that announces records and gives none with a condition that all meet: once, and where no
    /// other is put.
    fn asks_for_everything(&mut self, url: &Url, seen: Seen) -> bool {
        if self.cursor.is_always || !self.constraint.is_none() {
            return false;
        }
        self.cursor.is_always = true;
        self.constraint.is_always = true;
        self.cursor.note(format!(
            "{url} announces {} records and gives none without a constraint: it is asked for those that meet one that all meet",
            seen.matched.unwrap_or_default()
        ));
        true
    }

    /// A page without records.
    fn nothing(&mut self, url: &Url, window: Window, seen: Seen) -> Result<(), CrawlError> {
        let Some(total) = self.cursor.total().filter(|total| window.start <= *total) else {
            return self.end(url);
        };
        if self.cursor.counted() >= total {
            return self.end(url);
        }
        if let Some(question) = self.cursor.question.clone()
            && self.go_behind(&question)
        {
            return Ok(());
        }
        let missing = match self.cursor.list.seen {
            0 => CrawlError::NoneGiven {
                url: url.clone(),
                announced: total,
            },
            seen => self.at_window(listing::shrunk(url, total, seen)),
        };
        if seen.next.is_none_or(|next| next <= window.start) {
            return Err(missing);
        }
        if self.cursor.list.size > 1 {
            self.cursor.shrink();
            return Ok(());
        }
        self.cursor.pass_over(missing)?;
        if self.cursor.start > total {
            return self.end(url);
        }
        Ok(())
    }

    fn end(&mut self, url: &Url) -> Result<(), CrawlError> {
        let counted = self.cursor.counted();
        if let Some(before) = self.cursor.total().filter(|total| counted < *total) {
            return Err(listing::shrunk(url, before, self.cursor.list.seen));
        }
        self.is_done = true;
        Ok(())
    }
}

impl Cursor {
    /// The records that have been accounted for.
    fn counted(&self) -> u64 {
        self.list.seen + self.twice + self.passed
    }

    /// Compares what the server announces with what it announced and gave: how far to go back.
    fn announced(&mut self, url: &Url, window: Window, seen: Seen) -> Result<u64, CrawlError> {
        if self.is_matched_wrong {
            return Ok(0);
        }
        let Some(after) = seen.matched else {
            return Ok(0);
        };
        if after < (window.start - 1).saturating_add(seen.count) && seen.fresh > 0 {
            self.is_matched_wrong = true;
            self.note(format!(
                "{url} announces {after} records and gives more: its count is not believed"
            ));
            return Ok(0);
        }
        let before = self.matched.replace(after).unwrap_or(after);
        let fewer = before.saturating_sub(after);
        if fewer > 0 && (after == 0 || fewer > window.size) {
            return Err(listing::shrunk(url, before, after));
        }
        Ok(fewer)
    }

    /// Asks for smaller pages from the same place on; for good, where the large ones are often refused.
    pub(super) fn shrink(&mut self) {
        if self.start >= self.refused_until {
            self.refused_until = self.start.saturating_add(self.list.size);
            self.refused += 1;
        }
        self.list.size = smaller(self.list.size).unwrap_or(1);
        if self.refused > STUBBORN {
            self.list.largest = self.list.size;
        }
    }

    /// Asks for larger pages again behind what was refused.
    fn grow(&mut self) {
        if self.start >= self.refused_until {
            self.list.size = self.list.size.saturating_mul(2).min(self.list.largest);
        }
    }

    /// Goes on behind a record that cannot be had, unless there are too many of them.
    pub(super) fn pass_over(&mut self, error: CrawlError) -> Result<(), CrawlError> {
        self.passed += 1;
        self.passed_in_a_row += 1;
        self.start += 1;
        // It was this record, and not the size.
        self.refused = self.refused.saturating_sub(1);
        self.refused_until = 0;
        self.list.size = self.list.largest;
        // A server that has died at the end of the list is no server with some bad records there.
        let is_behind_all = self.total().is_some_and(|total| total < self.start);
        let is_dead = self.passed_in_a_row > 1 && is_behind_all;
        if is_dead || self.passed_in_a_row > IN_A_ROW || self.passed > IN_ALL {
            return Err(error);
        }
        Ok(())
    }
}
