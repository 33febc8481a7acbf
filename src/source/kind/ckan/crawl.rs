//! Paging over a CKAN portal, one page in memory at a time.
//!
//! Packages come from `package_search`, sorted by identifier: editing moves nothing. What is created or
//! deleted meanwhile does, so each page begins with the last entry of the one before; where it does not,
//! the crawl steps back. How many entries a page has is what came and not what was asked for, since
//! portals cap it. An incremental crawl asks for what was modified since an hour before the newest known
//! modification.
//!
//! DKAN 1 has no search: there the packages come from `current_package_list_with_resources`, else one by
//! one by the names of `package_list`, which also says how many there are. The API is at `/api/3/action`,
//! on old portals at `/api/action`; which one and which way is found out with the first request. DKAN 2 has
//! none of it, and is read by its feed.
//!
//! A crawl that ends without error has seen every list whole; any doubt is a [`CrawlError`], after which
//! the next list can be gone through. Only organizations, which packages carry with them, are left out with
//! a note where the portal has no such list, or gives no more than its first page.

mod answer;
mod cursor;
mod dkan;
mod key;
mod packages;
mod query;
mod whole;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::{DATASETS, ORGANIZATIONS, raw, settings};
use crate::fetch::Fetcher;
use crate::source::contract::CrawlError;
use crate::source::contract::{self, Page, Plan, Settings, Site, Start};
use crate::source::crawl::listing;
use answer::Api;
use cursor::{Cursor, Way};
use query::Query;

pub(super) use query::SEARCH;

/// A crawl over one portal.
pub(super) struct Crawl {
    site: Site,
    how: Settings,
    plan: Plan,
    lists: Vec<&'static str>,
    query: Query,
    api: Api,
    cursor: Cursor,
    /// The names of a list that are read at once.
    names: Option<Vec<String>>,
    /// The feed that is read in the API's place.
    feed: Option<Box<dyn contract::Crawl>>,
}

impl Crawl {
    /// A crawl of a portal.
    pub(super) fn new(portal: &settings::Settings, start: Start<'_>) -> Result<Self, String> {
        let mut cursor: Cursor = start.cursor()?.unwrap_or_default();
        let Start {
            site, plan, how, ..
        } = start;
        cursor.list.limit(how.page_size);
        let feed = cursor.feed.take();
        let mut crawl = Self {
            lists: portal.lists(&site),
            query: Query::new(&portal.filter, &plan),
            api: Api::new(
                site.root.clone(),
                key::headers(portal.key.as_deref())?,
                how.retry_wait,
            ),
            site,
            how,
            plan,
            cursor,
            names: None,
            feed: None,
        };
        if let Some(feed) = feed {
            let plan = crawl.plan.clone();
            crawl.open_feed(plan, Some(&feed))?;
        }
        Ok(crawl)
    }

    async fn step(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        if let Some(feed) = &mut self.feed {
            return feed.next(fetcher).await;
        }
        while let Some(&list) = self.lists.get(self.cursor.lists_done) {
            if list == DATASETS {
                let error = match self.packages(fetcher).await {
                    Ok(page) => return Ok(Some(page)),
                    Err(error) => error,
                };
                let has_api = self.cursor.mount.is_some() || self.query.is_filtered();
                if has_api || !packages::is_unknown(&error) || !self.turn_to_feed(fetcher).await? {
                    return Err(error);
                }
                return match &mut self.feed {
                    Some(feed) => feed.next(fetcher).await,
                    None => Err(error),
                };
            }
            match self.organizations(fetcher).await {
                Ok(page) => return Ok(Some(page)),
                Err(error) if self.is_without_list(&error) => {
                    let why = error.to_string();
                    tracing::warn!(list, why, "no such list");
                    self.cursor.absent.insert(list.to_owned(), why);
                    self.finish_list();
                }
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Whether the organizations cannot be listed for a reason that will be there tomorrow: there is no
    /// such action, it is not for everybody, or it takes no place to begin at, as in old versions.
    fn is_without_list(&self, error: &CrawlError) -> bool {
        let is_first = self.cursor.list.total.is_none();
        error.is_absent()
            || (is_first && packages::is_unknown(error))
            || matches!(error, CrawlError::EndlessPages { .. })
    }

    fn finish_list(&mut self) {
        self.names = None;
        self.cursor.next_list();
    }
}

impl contract::Crawl for Crawl {
    fn collections(&self) -> Vec<&'static str> {
        if let Some(feed) = &self.feed {
            return feed.collections();
        }
        let is_there = |list: &&str| !self.cursor.absent.contains_key(*list);
        self.lists.iter().copied().filter(is_there).collect()
    }

    fn seen_whole(&self) -> Vec<&'static str> {
        if let Some(feed) = &self.feed {
            return feed.seen_whole();
        }
        match self.plan {
            Plan::Full => self.collections(),
            Plan::Incremental { .. } => Vec::new(),
        }
    }

    fn notes(&self) -> Vec<String> {
        if let Some(feed) = &self.feed {
            let why =
                "the portal is one of DKAN 2: everything was read by its data.json".to_owned();
            return std::iter::once(why).chain(feed.notes()).collect();
        }
        let absent = self.cursor.absent.iter();
        let absent = absent
            .map(|(list, why)| format!("{list} are not harvested, and none is withdrawn: {why}"));
        let way = match self.cursor.way {
            Way::Search => None,
            Way::Lists => Some("current_package_list_with_resources"),
            Way::Each => Some("package_list and package_show"),
        };
        let way = way.map(|way| {
            format!("the portal has no package_search: everything was read by {way} each time")
        });
        way.into_iter().chain(absent).collect()
    }

    fn next<'a>(
        &'a mut self,
        fetcher: &'a Fetcher,
    ) -> BoxFuture<'a, Result<Option<Page>, CrawlError>> {
        self.step(fetcher).boxed()
    }

    fn pass_empty_list(&mut self) {
        match &mut self.feed {
            Some(feed) => feed.pass_empty_list(),
            None => self.finish_list(),
        }
    }

    fn skip_list(&mut self) {
        if let Some(feed) = &mut self.feed {
            feed.skip_list();
            return;
        }
        // After a list's last page the crawl stands before the first page of the next.
        if self.cursor.list.position > 0 {
            self.finish_list();
        }
    }

    fn fail_list(&mut self, why: &str) -> Option<&'static str> {
        let list = *self.lists.get(self.cursor.lists_done)?;
        self.cursor.absent.insert(list.to_owned(), why.to_owned());
        self.finish_list();
        Some(list)
    }

    fn cursor(&self) -> String {
        let cursor = Cursor {
            feed: self.feed.as_ref().map(|feed| feed.cursor()),
            ..self.cursor.clone()
        };
        serde_json::json!(cursor).to_string()
    }

    fn memory(&self) -> Option<String> {
        self.feed.as_ref()?.memory()
    }
}
