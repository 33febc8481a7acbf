//! Paging over a udata portal, one page in memory at a time.
//!
//! A full crawl goes through the portal's lists one after the other (`stage` says which), sorted by
//! creation: editing moves nothing, and what is new comes last. (`last_update`, `title`, `views`… move
//! while the crawl pages, and version 1 cannot filter by date.) An incremental crawl walks the search of
//! API version 2 from the newest internal modification down, inside its window of 10 000, to where it
//! overlaps with what is known. Only datasets have such a search: the other lists, small beside them,
//! are gone through as in a full crawl, without the parts of what did not change (`complete`).
//!
//! A crawl that ends without error has seen every list whole; any doubt is a [`CrawlError`]. Only a list
//! that an older portal does not have, or not for everybody, is left out with a note: it is then none of
//! the crawl's [`collections`](crate::source::contract::Crawl::collections). A crawl never decides what is
//! withdrawn: lists do not say what was removed.

mod answer;
mod complete;
mod cursor;
mod incremental;
mod stage;
mod subjects;
mod whole;

use std::collections::VecDeque;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use url::Url;

use super::settings::Filter;
use super::split::raw;
use super::{DATASERVICES, DATASETS, TOPICS};
use crate::fetch::Fetcher;
use crate::source::contract::CrawlError;
use crate::source::contract::{self, Page, Plan, Start};
use crate::source::crawl::listing;
use answer::{List, Mask, Reader};
use stage::{Stage, Way};
use subjects::Subjects;

use cursor::Cursor;
pub(super) use stage::{COLLECTIONS, is_searchable};

/// Entries a page: data.gouv.fr answers 1000 but not 10 000.
const LARGEST: u64 = 1000;

/// The collections whose marks spare an incremental crawl requests.
pub(super) const MARKED: [&str; 3] = [DATASETS, DATASERVICES, TOPICS];

/// A crawl over one portal.
pub(super) struct Crawl {
    root: Url,
    plan: Plan,
    stages: VecDeque<Stage>,
    collections: Vec<&'static str>,
    /// What is left out although it was asked for.
    left_out: Vec<String>,
    /// The records that the filter names, until they have been found.
    conditions: Vec<(&'static str, String)>,
    cursor: Cursor,
    subjects: Subjects,
    reader: Reader,
    /// What the search has found and is still to be fetched.
    found: Option<incremental::Found>,
}

impl Crawl {
    /// A crawl of a portal.
    pub(super) fn new(filter: &Filter, start: Start<'_>) -> Result<Self, String> {
        let mut cursor: Cursor = start.cursor()?.unwrap_or_default();
        let Start {
            site, plan, how, ..
        } = start;
        let (stages, left_out) = stage::stages(filter, &site, &plan);
        let mut stages = VecDeque::from(stages);
        let collections = stages.iter().map(|stage| stage.collection).collect();
        if stages.iter().any(|stage| stage.way == Way::OfSubjects) {
            // What had been met is forgotten, and without it nobody knows whose discussions to ask for.
            cursor = Cursor::default();
        }
        stages.drain(..cursor.lists_done.min(stages.len()));
        cursor.list.limit(how.page_size);
        Ok(Self {
            root: site.root,
            plan,
            stages,
            collections,
            left_out,
            conditions: stage::conditions(filter),
            cursor,
            subjects: Subjects::default(),
            reader: Reader::new(how.retry_wait),
            found: None,
        })
    }

    async fn step(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        while let Some(stage) = self.stages.front().cloned() {
            if stage.collection == DATASETS {
                self.check_conditions(fetcher).await?;
            }
            let page = match &stage.way {
                Way::Pages(_) => self.list_page(&stage, fetcher).await,
                Way::Search(_) => self.search_page(&stage, fetcher).await,
                Way::One(key) => self.one(stage.collection, key, fetcher).await,
                Way::OfSubjects => self.discussions(fetcher).await,
            };
            match page {
                Err(error) if self.cursor.page == 1 && stage.is_optional() && error.is_absent() => {
                    let why = error.to_string();
                    tracing::warn!(collection = stage.collection, why, "no such list");
                    self.cursor.absent.insert(stage.collection.to_owned(), why);
                    self.finish_list();
                }
                outcome => return outcome.map(Some),
            }
        }
        Ok(None)
    }

    async fn list_page(&mut self, stage: &Stage, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        self.cursor.limit(stage.largest());
        let collection = stage.collection;
        let (url, list) = self.fetch_list(stage, fetcher).await?;
        self.cursor.list.announce(&url, list.total)?;
        let seen = self.cursor.list.seen;
        let items = list.items.into_iter();
        let records = items.map(|item| raw(collection, item)).collect();
        let records = self.cursor.list.fresh(records);
        if list.has_next && (records.is_empty() || self.cursor.is_beyond(list.total)) {
            return Err(listing::endless(&url));
        }
        let mut page = Page {
            total: list.total,
            position: list.total.map_or(self.cursor.offset(), |total| {
                total.min(self.cursor.offset())
            }),
            ..Page::default()
        };
        let keys = records.iter().map(|record| &record.key);
        self.subjects.meet(collection, keys);
        // They count once they are complete.
        let seen = std::mem::replace(&mut self.cursor.list.seen, seen);
        self.complete(records, &mut page, fetcher).await?;
        self.cursor.list.seen = seen;
        if list.has_next {
            self.cursor.page += 1;
        } else {
            self.cursor.list.end(&url, list.total)?;
            self.finish_list();
        }
        Ok(page)
    }

    /// Fetches the cursor's page of a list, in smaller pages when the portal refuses the size.
    async fn fetch_list(
        &mut self,
        stage: &Stage,
        fetcher: &Fetcher,
    ) -> Result<(Url, List), CrawlError> {
        loop {
            let url = self.url(stage);
            match self.reader.list(&url, Mask::None, fetcher).await {
                Ok(list) if self.cursor.page == 1 && list.is_nothing() => {
                    return Err(listing::empty(&url, stage.collection));
                }
                Ok(list) => {
                    // A portal that caps the size says so, and counts pages by its own; only on the
                    // first page, since later ones would no longer begin where this one ended.
                    let caps = |size: &u64| (1..self.cursor.list.size).contains(size);
                    if let (1, Some(size)) = (self.cursor.page, list.page_size.filter(caps)) {
                        self.cursor.list.size = size;
                    }
                    return Ok((url, list));
                }
                Err(error) => self.cursor.shrink(&url, error)?,
            }
        }
    }

    fn url(&self, stage: &Stage) -> Url {
        let mut url = address(&self.root, stage.path());
        let mut query = url.query_pairs_mut();
        query.append_pair("page", &self.cursor.page.to_string());
        query.append_pair("page_size", &self.cursor.list.size.to_string());
        if let Some(sort) = stage.sort() {
            query.append_pair("sort", sort);
        }
        if let Way::Pages(parameters) | Way::Search(parameters) = &stage.way {
            query.extend_pairs(parameters);
        }
        drop(query);
        url
    }

    fn finish_list(&mut self) {
        self.stages.pop_front();
        self.cursor.next_list();
    }
}

impl contract::Crawl for Crawl {
    fn collections(&self) -> Vec<&'static str> {
        let is_there = |collection: &&str| !self.cursor.absent.contains_key(*collection);
        self.collections.iter().copied().filter(is_there).collect()
    }

    fn notes(&self) -> Vec<String> {
        let absent = self.cursor.absent.iter();
        let absent = absent.map(|(collection, why)| {
            format!("{collection} are not harvested, and none is withdrawn: {why}")
        });
        self.left_out.iter().cloned().chain(absent).collect()
    }

    fn pass_empty_list(&mut self) {
        self.finish_list();
    }

    fn skip_list(&mut self) {
        // After a list's last page the crawl stands before the first page of the next.
        if self.cursor.page > 1 || self.found.is_some() {
            self.found = None;
            self.finish_list();
        }
    }

    fn fail_list(&mut self, why: &str) -> Option<&'static str> {
        let collection = self.stages.front()?.collection;
        self.cursor
            .absent
            .insert(collection.to_owned(), why.to_owned());
        self.found = None;
        self.finish_list();
        for stage in &self.stages {
            if stage.way == Way::OfSubjects {
                // Only those about what was met are asked for.
                let why = format!("some {collection} that they may be about are not known");
                let absent = &mut self.cursor.absent;
                absent.entry(stage.collection.to_owned()).or_insert(why);
            }
        }
        Some(collection)
    }

    fn seen_whole(&self) -> Vec<&'static str> {
        match self.plan {
            Plan::Full => self.collections(),
            Plan::Incremental { .. } => Vec::new(),
        }
    }

    fn next<'a>(
        &'a mut self,
        fetcher: &'a Fetcher,
    ) -> BoxFuture<'a, Result<Option<Page>, CrawlError>> {
        self.step(fetcher).boxed()
    }

    fn cursor(&self) -> String {
        serde_json::json!(self.cursor).to_string()
    }
}

/// An address of the API, with the slash that udata wants at its end.
fn address(root: &Url, path: &[&str]) -> Url {
    let mut url = root.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path).push("");
    }
    url
}
