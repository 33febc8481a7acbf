//! A crawl over a portal, whatever its software.

use std::time::Duration;

use url::Url;

use super::udata::crawl as udata;
use super::{CrawlError, Page, Plan};
use crate::config::{Portal, PortalKind};
use crate::fetch::Fetcher;

/// A crawl: yields the portal's pages one by one.
pub struct Crawl(Inner);

enum Inner {
    Udata(Box<udata::Crawl>),
}

impl Crawl {
    /// A crawl of `portal`, whose root is `root`, from its start or from a [`Crawl::cursor`].
    ///
    /// # Errors
    /// A message where the cursor cannot be read.
    pub fn new(
        portal: &Portal,
        root: Url,
        plan: Plan,
        cursor: Option<&str>,
    ) -> Result<Self, String> {
        match portal.kind {
            PortalKind::Udata => {
                let cursor = cursor
                    .map(serde_json::from_str)
                    .transpose()
                    .map_err(|error| {
                        format!("the cursor of the interrupted run cannot be read: {error}")
                    })?;
                Ok(Self(Inner::Udata(Box::new(udata::Crawl::new(
                    portal, root, plan, cursor,
                )))))
            }
        }
    }

    /// Asks for at most `size` entries a page.
    #[must_use]
    pub fn with_page_size(self, size: u64) -> Self {
        match self.0 {
            Inner::Udata(crawl) => Self(Inner::Udata(Box::new(crawl.with_page_size(size)))),
        }
    }

    /// Sets the wait before an unusable answer is asked for again; it doubles each time.
    #[must_use]
    pub fn with_retry_wait(self, wait: Duration) -> Self {
        match self.0 {
            Inner::Udata(crawl) => Self(Inner::Udata(Box::new(crawl.with_retry_wait(wait)))),
        }
    }

    /// Whether what changed in a portal can be asked for, as its configuration stands.
    #[must_use]
    pub fn is_searchable(portal: &Portal) -> bool {
        match portal.kind {
            PortalKind::Udata => udata::Crawl::is_searchable(portal),
        }
    }

    /// The collections that the crawl lists.
    #[must_use]
    pub fn collections(&self) -> Vec<&'static str> {
        match &self.0 {
            Inner::Udata(crawl) => crawl.collections(),
        }
    }

    /// What is not harvested although one might expect it, and why: one sentence each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        match &self.0 {
            Inner::Udata(crawl) => crawl.notes(),
        }
    }

    /// The next page; `None` when everything has been seen.
    ///
    /// # Errors
    /// [`CrawlError`] when the portal cannot be seen whole.
    pub async fn next(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        match &mut self.0 {
            Inner::Udata(crawl) => crawl.next(fetcher).await,
        }
    }

    /// Goes on after [`CrawlError::Empty`], where the current list may well be empty.
    pub fn pass_empty_list(&mut self) {
        match &mut self.0 {
            Inner::Udata(crawl) => crawl.pass_empty_list(),
        }
    }

    /// Leaves the rest of the current list out.
    pub fn skip_list(&mut self) {
        match &mut self.0 {
            Inner::Udata(crawl) => crawl.skip_list(),
        }
    }

    /// Where to resume after the last page returned, as text for [`Crawl::new`].
    #[must_use]
    pub fn cursor(&self) -> String {
        match &self.0 {
            Inner::Udata(crawl) => serde_json::json!(crawl.cursor()).to_string(),
        }
    }
}
