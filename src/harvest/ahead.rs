//! Fetching ahead: the next page comes in while the one before it is described and staged.
//!
//! One page waits at most, so that a slow disk holds the portal back and not the memory.

use std::collections::HashSet;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::Url;

use super::start::bookmark;
use crate::config::Portal;
use crate::fetch::Fetcher;
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
    /// Collections that may well have nothing: a small portal has no organizations.
    pub(super) may_be_empty: HashSet<&'static str>,
    /// Stop after so many records.
    pub(super) limit: Option<u64>,
}

/// The pages of a crawl, fetched by a task of their own that ends with this.
pub(super) struct Ahead {
    pages: mpsc::Receiver<Fetched>,
    task: JoinSet<Ended>,
}

/// How a crawl ended.
pub(super) struct Ended {
    pub(super) crawl: Box<dyn Crawl>,
    /// What was said of each list that was empty, or what the portal did wrong.
    pub(super) empty: Result<Vec<String>, CrawlError>,
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

impl Plan {
    async fn fetch(mut self, sender: mpsc::Sender<Fetched>) -> Ended {
        let empty = self.pages(sender).await;
        let crawl = self.crawl;
        Ended { crawl, empty }
    }

    async fn pages(&mut self, sender: mpsc::Sender<Fetched>) -> Result<Vec<String>, CrawlError> {
        let mut left = self.limit;
        let mut empty = Vec::new();
        loop {
            let page = match self.crawl.next(&self.fetcher).await {
                Ok(Some(page)) => page,
                Ok(None) => return Ok(empty),
                Err(CrawlError::Empty { url, collection })
                    if self.may_be_empty.contains(collection) =>
                {
                    empty.push(CrawlError::Empty { url, collection }.to_string());
                    self.crawl.pass_empty_list();
                    continue;
                }
                Err(error) => return Err(error),
            };
            let count = page.records.len() + page.skipped_unchanged.len();
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            left = left.map(|left| left.saturating_sub(count));
            let cursor = bookmark(&self.portal, &self.root, self.crawl.as_ref());
            let taken = sender.send(Fetched { page, cursor }).await;
            if taken.is_err() || left == Some(0) {
                return Ok(empty);
            }
        }
    }
}
