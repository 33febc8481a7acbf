//! A list that is read page by page, and when it can be believed to be whole.
//!
//! # The rule
//!
//! | the list | the crawl |
//! |---|---|
//! | refuses a page for its size | asks from the same place on for pages of at most half of it, here and in the lists after it |
//! | announces, or gives, fewer entries than before, more than [`few`] | [`CrawlError::Shrunk`] |
//! | gives an entry again | takes it once |
//! | names a next page on one without anything new | [`CrawlError::EndlessPages`] |
//! | begins a page with another entry than the last of the page before | it has moved: goes back a page |
//! | has moved [`MOVES`] times, and no page has led further meanwhile | [`CrawlError::Moving`] |
//! | ends | compares what came with what was announced: [`CrawlError::Shrunk`] |
//!
//! So a portal that gives its first page again and again brings nothing new, and one whose pages begin
//! elsewhere each time is moving. Pages overlap by one entry where a kind can ask so ([`Listing::take`]);
//! without that a list that moved shows by its count alone.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::address::public;
use crate::source::contract::{CrawlError, RawRecord};

/// Page sizes, each tried when the one before is refused.
const SIZES: [u64; 10] = [LARGEST, 500, 200, 100, 50, 20, 10, 5, 2, 1];
const LARGEST: u64 = 1000;

/// Pages that are refused although they have so few entries are refused for something else.
const SMALLEST: u64 = 10;

/// How often a list may move without leading further.
const MOVES: u32 = 12;

/// How far a list has been gone through. Its names in a cursor are those of the kinds before they shared it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::source) struct Listing {
    /// Entries a page.
    #[serde(alias = "page_size", alias = "rows")]
    pub(in crate::source) size: u64,
    /// Entries a page that the next list begins with.
    #[serde(default = "largest")]
    pub(in crate::source) largest: u64,
    /// The total that the list had at first.
    #[serde(default)]
    pub(in crate::source) total: Option<u64>,
    /// Different entries met.
    #[serde(alias = "met")]
    pub(in crate::source) seen: u64,
    /// How many entries have been gone through.
    #[serde(default)]
    pub(in crate::source) position: u64,
    /// The furthest position.
    #[serde(default)]
    furthest: u64,
    /// The last entry gone through, with which the next page should begin.
    #[serde(default)]
    last: Option<String>,
    /// How often the list has moved since it last led further.
    #[serde(default)]
    moved: u32,
    /// Identifiers met. Empty after a resumption: the ledger sorts repetitions out.
    #[serde(skip)]
    met: HashSet<String>,
}

fn largest() -> u64 {
    LARGEST
}

/// An entry of a list.
pub(in crate::source) trait Entry {
    /// Its identifier; empty where none could be read.
    fn key(&self) -> &str;
}

impl Entry for RawRecord {
    fn key(&self) -> &str {
        &self.key
    }
}

/// What is new on a page.
pub(in crate::source) struct Taken<T> {
    pub(in crate::source) fresh: Vec<T>,
    /// Whether the list ends with it.
    pub(in crate::source) is_last: bool,
}

impl Listing {
    /// A list from its start, in pages of at most `size`.
    pub(in crate::source) fn new(size: u64) -> Self {
        Self {
            size,
            largest: size,
            total: None,
            seen: 0,
            position: 0,
            furthest: 0,
            last: None,
            moved: 0,
            met: HashSet::new(),
        }
    }

    /// The list after this one, in pages of at most `size` and of what worked here.
    pub(in crate::source) fn restart(&mut self, size: u64) {
        let largest = self.largest;
        *self = Self {
            size: largest.min(size),
            ..Self::new(largest)
        };
    }

    /// Asks for at most `size` entries a page, as the operator wishes.
    pub(in crate::source) fn limit(&mut self, size: Option<u64>) {
        let size = size.unwrap_or(self.largest).max(1);
        self.largest = self.largest.min(size);
        self.size = self.size.min(size);
    }

    /// After a refusal: takes smaller pages from here on, or gives the error back.
    pub(in crate::source) fn shrink(
        &mut self,
        url: &Url,
        error: CrawlError,
    ) -> Result<(), CrawlError> {
        let refused = error.refuses_size() && self.size > SMALLEST;
        let Some(size) = smaller(self.size).filter(|_| refused) else {
            return Err(error);
        };
        tracing::debug!(url = %public(url), %error, size, "page refused, trying smaller pages");
        self.size = size;
        self.largest = self.largest.min(size);
        Ok(())
    }

    /// Notes an entry; whether it is new. What has no identifier always is.
    pub(in crate::source) fn meet(&mut self, key: &str) -> bool {
        let is_new = key.is_empty() || self.met.insert(key.to_owned());
        self.seen += u64::from(is_new);
        is_new
    }

    /// Sorts out what was met before.
    pub(in crate::source) fn fresh<T: Entry>(&mut self, mut entries: Vec<T>) -> Vec<T> {
        entries.retain(|entry| self.meet(entry.key()));
        entries
    }

    /// Refuses a list that loses more entries than a few deletions explain.
    pub(in crate::source) fn announce(
        &mut self,
        url: &Url,
        total: Option<u64>,
    ) -> Result<(), CrawlError> {
        let Some(total) = total else {
            return Ok(());
        };
        compare(url, *self.total.get_or_insert(total), total)
    }

    /// Refuses a list that ends before it is complete.
    pub(in crate::source) fn end(&self, url: &Url, total: Option<u64>) -> Result<(), CrawlError> {
        total.map_or(Ok(()), |total| compare(url, total, self.seen))
    }

    /// Whether the next page should begin with the last entry of the one before: by so many it begins
    /// earlier.
    pub(in crate::source) fn overlap(&self) -> u64 {
        u64::from(self.position > 0 && self.last.is_some())
    }

    /// Where the next page begins.
    pub(in crate::source) fn start(&self) -> u64 {
        self.position - self.overlap()
    }

    /// Takes the page that was asked for from [`Self::start`] on; `None` where the list has moved, and
    /// an earlier page is to be asked for.
    pub(in crate::source) fn take<T: Entry>(
        &mut self,
        url: &Url,
        entries: Vec<T>,
        total: Option<u64>,
    ) -> Result<Option<Taken<T>>, CrawlError> {
        let (overlap, start, before) = (self.overlap(), self.start(), self.position);
        let begins = entries.first().map(Entry::key).unwrap_or_default();
        let is_known = self.met.contains(begins);
        // In a stretch that is read again any entry of it will do.
        let fits = self.last.as_deref() == Some(begins) || (is_known && before < self.furthest);
        if overlap > 0 && !begins.is_empty() && !fits {
            let mut keys = entries.iter().map(Entry::key);
            if keys.all(|key| self.met.contains(key)) {
                return Err(endless(url));
            }
            self.step_back(url)?;
            return Ok(None);
        }
        let count = count_of(entries.len());
        self.met.extend(self.last.take());
        let last = entries.last().map(Entry::key);
        self.last = last.filter(|key| !key.is_empty()).map(str::to_owned);
        let fresh = self.fresh(entries);
        self.position = start + count.max(overlap);
        let is_last = count <= overlap || total.is_some_and(|total| self.position >= total);
        let is_stale = fresh.is_empty() && count > overlap && before >= self.furthest;
        let end = self.end(url, total);
        if is_stale && (end.is_err() || !is_last) {
            return Err(endless(url));
        }
        if is_last {
            end?;
        }
        if self.position > self.furthest {
            self.furthest = self.position;
            self.moved = 0;
        }
        Ok(Some(Taken { fresh, is_last }))
    }

    /// What was to come next may stand in the page before.
    fn step_back(&mut self, url: &Url) -> Result<(), CrawlError> {
        self.moved += 1;
        if self.moved > MOVES {
            return Err(moving(url));
        }
        tracing::debug!(url = %public(url), "the list has moved, going back a page");
        self.position = self.position.saturating_sub(self.size);
        if count_of(self.met.len()) < self.seen {
            // What an earlier run met is not known by name.
            self.last = None;
        }
        Ok(())
    }
}

/// The next smaller pages.
pub(in crate::source) fn smaller(size: u64) -> Option<u64> {
    SIZES.into_iter().find(|smaller| *smaller < size)
}

/// How many entries may go missing while a list of `total` is paged over: somebody deletes something.
pub(in crate::source) fn few(total: u64) -> u64 {
    (total / 1000).max(5)
}

/// Refuses fewer entries than before, unless a few deletions explain it.
pub(in crate::source) fn compare(url: &Url, before: u64, after: u64) -> Result<(), CrawlError> {
    if before.saturating_sub(after) > few(before) {
        return Err(shrunk(url, before, after));
    }
    Ok(())
}

/// A list that became shorter.
pub(in crate::source) fn shrunk(url: &Url, before: u64, after: u64) -> CrawlError {
    let url = url.clone();
    CrawlError::Shrunk { url, before, after }
}

/// Pages that bring nothing and lead on.
pub(in crate::source) fn endless(url: &Url) -> CrawlError {
    CrawlError::EndlessPages { url: url.clone() }
}

/// A list that keeps moving.
pub(in crate::source) fn moving(url: &Url) -> CrawlError {
    CrawlError::Moving { url: url.clone() }
}

/// A list of nothing.
pub(in crate::source) fn empty(url: &Url, collection: &'static str) -> CrawlError {
    let url = url.clone();
    CrawlError::Empty { url, collection }
}

/// A length as it is counted in lists.
pub(in crate::source) fn count_of(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
