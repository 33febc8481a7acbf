//! A crawl over a portal, whatever its software: pages of records until everything has been seen.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::future::BoxFuture;

use super::{CrawlError, RawRecord};
use crate::fetch::Fetcher;

/// A crawl over one portal.
///
/// One that ends without error has seen every list whole; any doubt is a [`CrawlError`]. A crawl never
/// decides what is withdrawn.
pub trait Crawl: Send {
    /// The collections that the crawl lists, those of an earlier run included that it resumes, without
    /// those that the portal turned out not to have.
    fn collections(&self) -> Vec<&'static str>;

    /// Those whose every record was listed once the crawl has ended without error: what is known of
    /// them and was not listed may be gone.
    fn seen_whole(&self) -> Vec<&'static str>;

    /// What is not harvested although one might expect it, and why: one sentence each.
    fn notes(&self) -> Vec<String>;

    /// The next page; `None` when everything has been seen.
    ///
    /// # Errors
    /// [`CrawlError`] when the current list cannot be seen whole. The crawl may then be resumed from
    /// [`Crawl::cursor`], but not stepped on, unless [`Crawl::fail_list`] leads to the next list.
    fn next<'a>(
        &'a mut self,
        fetcher: &'a Fetcher,
    ) -> BoxFuture<'a, Result<Option<Page>, CrawlError>>;

    /// Goes on after [`CrawlError::Empty`], where the current list may well be empty.
    fn pass_empty_list(&mut self);

    /// Leaves the rest of the current list out.
    fn skip_list(&mut self);

    /// Goes on with the next list after an error in the current one, which [`Crawl::seen_whole`] then no
    /// longer has, also once the crawl is resumed from its cursor; gives the list's collection. `None`
    /// where the crawl cannot go on: it ends with the error.
    fn fail_list(&mut self, _why: &str) -> Option<&'static str> {
        None
    }

    /// Where to resume after the last page returned, as text for [`super::Configured::crawl`].
    fn cursor(&self) -> String;

    /// What the next incremental crawl of the portal needs to know, once this one has ended without
    /// error (`ETag` and `Last-Modified` of a feed, say).
    fn memory(&self) -> Option<String> {
        None
    }
}

/// How a crawl asks.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// At most so many entries a page; the kind's own size where none is given.
    pub page_size: Option<u64>,
    /// The wait before an unusable answer is asked for again; it doubles each time.
    pub retry_wait: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            page_size: None,
            retry_wait: Duration::from_secs(5),
        }
    }
}

/// What to look at.
#[derive(Debug, Clone, Default)]
pub enum Plan {
    /// Everything; only this can notice what is gone.
    #[default]
    Full,
    /// What changed since the last run, as far as the portal can be asked for it.
    Incremental {
        /// Everything up to here is known: the newest mark of the first collection of
        /// [`super::Source::marked`], or the start of the last whole run where that is older (RFC 3339).
        since: String,
        /// The mark of each known record by its source's identifier, for each collection of
        /// [`super::Source::marked`].
        known: HashMap<&'static str, Marks>,
        /// What the last whole crawl asked to be remembered ([`Crawl::memory`]).
        memory: Option<String>,
    },
}

/// The marks of a collection's records, by identifier.
pub type Marks = HashMap<String, String>;

impl Plan {
    /// The known marks of a collection.
    pub(in crate::source) fn known(&self, collection: &str) -> Option<&Marks> {
        match self {
            Self::Full => None,
            Self::Incremental { known, .. } => known.get(collection),
        }
    }
}

/// What one step of the crawl found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The records, each once in a crawl.
    pub records: Vec<RawRecord>,
    /// How many entries the portal says the current list has.
    pub total: Option<u64>,
    /// How many entries of the current list have been gone through.
    pub position: u64,
    /// Collection and identifier of records that are known to be unchanged (incremental only).
    pub skipped_unchanged: Vec<(&'static str, String)>,
    /// Collection and identifier of records that were listed and gone when asked for; no withdrawal.
    pub gone: Vec<(&'static str, String)>,
}
