//! Fetching ahead: the next page comes in while the one before it is described and staged.
//!
//! One page waits at most, so that a slow disk holds the portal back and not the memory.

use std::collections::HashSet;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::Url;

use super::start::bookmark;
use crate::address::public;
use crate::causes::causes;
use crate::config::Portal;
use crate::fetch::{FetchError, Fetcher};
use crate::ledger::{Mode, Outcome, Skipped};
use crate::source::{Crawl, CrawlError, Page};

/// A page, and where a crash after it goes on.
pub(super) struct Fetched {
    pub(super) page: Page,
    pub(super) cursor: String,
}

/// What is fetched.
pub(super) struct Plan {
    pub(super) crawl: Box<dyn Crawl>,
    pub(super) fetcher: Fetcher,
    pub(super) portal: Portal,
    pub(super) root: Url,
    /// Collections that may have nothing.
    pub(super) may_be_empty: MayBeEmpty,
    /// Stop after so many records.
    pub(super) limit: Option<u64>,
    /// What was wrong with lists before a crash.
    pub(super) faults: Vec<String>,
}

/// What was said of empty lists.
#[derive(Default)]
struct Told {
    empty: Vec<String>,
    emptied: Vec<String>,
    nothing_in: Vec<&'static str>,
}

/// The pages of a crawl, fetched by a task of their own that ends with this.
pub(super) struct Ahead {
    pages: mpsc::Receiver<Fetched>,
    task: JoinSet<Ended>,
}

/// How a crawl ended.
pub(super) struct Ended {
    pub(super) crawl: Box<dyn Crawl>,
    /// What was said of each list that was empty as it was before.
    pub(super) empty: Vec<String>,
    /// The same of lists that had something; what they had counts as missing.
    pub(super) emptied: Vec<String>,
    /// The collections of all empty lists.
    pub(super) nothing_in: Vec<&'static str>,
    /// What was wrong with the lists that were left in the middle.
    pub(super) faults: Vec<String>,
    /// What ended it early.
    pub(super) error: Option<CrawlError>,
}

impl Ended {
    /// What the end of the crawl means for its run.
    pub(super) fn outcome(&self, mode: Mode) -> Outcome {
        let with_faults = |why: String| {
            let all = self.faults.iter().cloned().chain([why]);
            let said = all.filter(|one| !one.is_empty());
            said.collect::<Vec<_>>().join("; ")
        };
        if let Some(error) = &self.error {
            let why = with_faults(causes(error));
            // What changed is asked for again as a whole: what is known by then is not fetched again.
            return if mode == Mode::Full && is_spent(error) {
                Outcome::Paused(format!("{why}; the next run goes on from here"))
            } else {
                Outcome::Stopped(why)
            };
        }
        // A catalogue of nothing is none.
        let lists = self.crawl.collections().len();
        if self.empty.len() + self.emptied.len() >= lists {
            let mut empty = [self.empty.as_slice(), &self.emptied].concat();
            // No list is left where the portal has none of those that are asked for.
            if empty.is_empty() && self.faults.is_empty() {
                empty = self.crawl.notes();
            }
            return Outcome::Stopped(with_faults(empty.join("; ")));
        }
        let listed = self.crawl.seen_whole();
        let faults = [self.faults.as_slice(), &self.emptied].concat();
        if faults.is_empty() {
            return Outcome::Complete { listed };
        }
        let why = faults.join("; ");
        Outcome::Faulty { listed, why }
    }

    /// A page that nobody reads any more, as the account of a run has it.
    pub(super) fn left_alone(&self) -> Option<Skipped> {
        match &self.error {
            Some(error @ CrawlError::Deadly { url, .. }) => Some(Skipped {
                collection: "pages".to_owned(),
                key: public(url).to_string(),
                reason: error.to_string(),
            }),
            _ => None,
        }
    }

    /// Whether only a full run can go on from here.
    pub(super) fn is_outgrown(&self) -> bool {
        matches!(self.error, Some(CrawlError::WindowExhausted { .. }))
    }
}

fn is_spent(error: &CrawlError) -> bool {
    match error {
        CrawlError::Fetch(error) => matches!(error, FetchError::Spent(_)),
        CrawlError::Parts { source, .. } => is_spent(source),
        _ => false,
    }
}

impl Ahead {
    pub(super) fn new(plan: Plan) -> Self {
        let (sender, pages) = mpsc::channel(1);
        let mut task = JoinSet::new();
        task.spawn(plan.fetch(sender));
        Self { pages, task }
    }

    /// The next page, where it has come already.
    pub(super) fn ready(&mut self) -> Option<Fetched> {
        self.pages.try_recv().ok()
    }

    /// The next page; none after the last, or where the portal gave up.
    pub(super) async fn next(&mut self) -> Option<Fetched> {
        self.pages.recv().await
    }

    /// How the crawl ended, once nobody wants further pages; none where the runtime is shut down.
    pub(super) async fn end(mut self) -> Option<Ended> {
        drop(self.pages);
        match self.task.join_next().await? {
            Ok(ended) => Some(ended),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => None,
        }
    }
}

/// The lists that may have nothing. One that had something has lost it, and is a fault; but a portal may
/// delete its only topic, and a small list that is empty once more is believed.
#[derive(Debug, Default)]
pub(super) struct MayBeEmpty {
    /// They had nothing before.
    pub(super) as_before: HashSet<&'static str>,
    /// They had little before, and nothing in the last full run.
    pub(super) once_more: HashSet<&'static str>,
}

impl Plan {
    async fn fetch(mut self, sender: mpsc::Sender<Fetched>) -> Ended {
        let mut told = Told::default();
        let error = self.pages(sender, &mut told).await.err();
        Ended {
            crawl: self.crawl,
            empty: told.empty,
            emptied: told.emptied,
            nothing_in: told.nothing_in,
            faults: self.faults,
            error,
        }
    }

    async fn pages(
        &mut self,
        sender: mpsc::Sender<Fetched>,
        told: &mut Told,
    ) -> Result<(), CrawlError> {
        let mut left = self.limit;
        loop {
            let page = match self.crawl.next(&self.fetcher).await {
                Ok(Some(page)) => page,
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.pass(error, told)?;
                    continue;
                }
            };
            let count = page.records.len() + page.skipped_unchanged.len();
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            left = left.map(|left| left.saturating_sub(count));
            let cursor = bookmark(&self.portal, &self.root, self.crawl.as_ref(), &self.faults);
            let taken = sender.send(Fetched { page, cursor }).await;
            if taken.is_err() || left == Some(0) {
                return Ok(());
            }
        }
    }

    /// Goes on with the next list, where the fault is one of the current list alone.
    fn pass(&mut self, error: CrawlError, told: &mut Told) -> Result<(), CrawlError> {
        if let CrawlError::Empty { collection, .. } = &error {
            told.nothing_in.push(collection);
            let lists = if self.may_be_empty.as_before.contains(collection) {
                Some(&mut told.empty)
            } else if self.may_be_empty.once_more.contains(collection) {
                Some(&mut told.emptied)
            } else {
                None
            };
            if let Some(lists) = lists {
                lists.push(error.to_string());
                self.crawl.pass_empty_list();
                return Ok(());
            }
        }
        if error.ends_all() {
            return Err(error);
        }
        let why = causes(&error);
        let Some(collection) = self.crawl.fail_list(&why) else {
            return Err(error);
        };
        tracing::warn!(portal = %self.portal.id, collection, why, "the list is left out");
        self.faults.push(format!("{collection}: {why}"));
        Ok(())
    }
}
