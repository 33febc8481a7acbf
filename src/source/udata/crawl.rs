//! Paging over a udata portal, one page in memory at a time.
//!
//! A full crawl lists organizations, then datasets, through API version 1, sorted by creation: editing
//! moves nothing, and what is new comes last. (`last_update`, `title`, `views`… move while the crawl
//! pages, and version 1 cannot filter by date.) An incremental crawl walks the search of API version 2
//! from the newest internal modification down, inside its window of 10 000, to where it overlaps with
//! what is known.
//!
//! A crawl that ends without error has seen the whole list; any doubt is a [`CrawlError`]. It never
//! decides what is withdrawn: lists do not say what was removed.

mod answer;
mod cursor;
mod error;
mod incremental;

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use url::Url;

use super::split::raw;
use super::{DATASETS, ORGANIZATIONS};
use crate::config;
use crate::fetch::Fetcher;
use crate::source::RawRecord;
use answer::{List, Reader};

pub use cursor::Cursor;
pub use error::CrawlError;

/// Page sizes, each tried when the one before is refused. data.gouv.fr answers 1000 but not 10 000.
const SIZES: [u64; 5] = [1000, 500, 100, 50, 20];

/// What to look at.
#[derive(Debug, Clone, Default)]
pub enum Plan {
    /// Everything; only this can notice what is gone.
    #[default]
    Full,
    /// All organizations, and the datasets modified since the last run.
    Incremental {
        /// The highest mark of a dataset that is known, as [`RawRecord::mark`] gave it.
        since: String,
        /// The mark of each known dataset by its source's identifier.
        known: HashMap<String, String>,
    },
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

/// A list to page over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Full(&'static str),
    Search,
}

impl Stage {
    fn collection(self) -> &'static str {
        match self {
            Self::Full(collection) => collection,
            Self::Search => DATASETS,
        }
    }
}

/// A crawl over one portal.
pub struct Crawl {
    root: Url,
    filter: Vec<(String, String)>,
    plan: Plan,
    stages: VecDeque<Stage>,
    collections: Vec<&'static str>,
    cursor: Cursor,
    /// Identifiers met in the current list. Empty after a resumption: the ledger sorts repetitions out.
    seen: HashSet<String>,
    reader: Reader,
    /// What the search has found and is still to be fetched.
    found: Option<incremental::Found>,
}

impl Crawl {
    /// A crawl of `portal`, whose root is `root`, from its start or from where `cursor` says.
    #[must_use]
    pub fn new(portal: &config::Portal, root: Url, plan: Plan, cursor: Option<Cursor>) -> Self {
        // A filter picks datasets: the organizations that they mention are enough, unless asked for.
        let wanted = |collection: &str| match &portal.include {
            Some(include) => include.iter().any(|name| name == collection),
            None => collection == DATASETS || portal.filter.is_empty(),
        };
        let datasets = match plan {
            Plan::Full => Stage::Full(DATASETS),
            Plan::Incremental { .. } => Stage::Search,
        };
        let mut stages: VecDeque<Stage> = [Stage::Full(ORGANIZATIONS), datasets]
            .into_iter()
            .filter(|stage| wanted(stage.collection()))
            .collect();
        let collections = stages.iter().map(|stage| stage.collection()).collect();
        let cursor = cursor.unwrap_or_default();
        stages.drain(..cursor.lists_done.min(stages.len()));
        let filter = portal
            .filter
            .iter()
            .flat_map(|(name, values)| {
                values
                    .iter()
                    .map(move |value| (name.clone(), value.clone()))
            })
            .collect();
        Self {
            root,
            filter,
            plan,
            stages,
            collections,
            cursor,
            seen: HashSet::new(),
            reader: Reader::default(),
            found: None,
        }
    }

    /// Sets the wait before an unusable answer is asked for again; it doubles each time.
    #[must_use]
    pub fn with_retry_wait(mut self, wait: Duration) -> Self {
        self.reader.wait = wait;
        self
    }

    /// Asks for at most `size` entries a page.
    #[must_use]
    pub fn with_page_size(mut self, size: u64) -> Self {
        self.cursor.page_size = self.cursor.page_size.min(size.max(1));
        self
    }

    /// The collections that the crawl lists, those of an earlier run included that it resumes.
    #[must_use]
    pub fn collections(&self) -> Vec<&'static str> {
        self.collections.clone()
    }

    /// Goes on after [`CrawlError::Empty`], where the current list may well be empty.
    pub fn pass_empty_list(&mut self) {
        self.finish_list();
    }

    /// Leaves the rest of the current list out.
    pub fn skip_list(&mut self) {
        // After a list's last page the crawl stands before the first page of the next.
        if self.cursor.page > 1 || self.found.is_some() {
            self.found = None;
            self.finish_list();
        }
    }

    /// The next page; `None` when everything has been seen.
    ///
    /// # Errors
    /// [`CrawlError`] when the list cannot be seen whole. The crawl may then be resumed from
    /// [`Crawl::cursor`], but not stepped on.
    pub async fn next(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        let Some(stage) = self.stages.front().copied() else {
            return Ok(None);
        };
        match stage {
            Stage::Full(collection) => self.list_page(collection, fetcher).await,
            Stage::Search => self.search_page(fetcher).await,
        }
        .map(Some)
    }

    /// Where to resume after the last page returned.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.cursor.clone()
    }

    async fn list_page(
        &mut self,
        collection: &'static str,
        fetcher: &Fetcher,
    ) -> Result<Page, CrawlError> {
        let (url, list) = self.fetch_list(Stage::Full(collection), fetcher).await?;
        if self.cursor.page == 1 && list.items.is_empty() && list.total.unwrap_or(0) == 0 {
            return Err(CrawlError::Empty { url, collection });
        }
        self.check_total(&url, &list)?;
        let count = list.items.len();
        let mut records = Vec::with_capacity(count);
        for item in list.items {
            let record = raw(collection, item);
            if record.key.is_empty() || self.seen.insert(record.key.clone()) {
                records.push(record);
            }
        }
        self.check_progress(&url, count, records.len(), list.has_next, list.total)?;
        self.cursor.seen += count_of(records.len());
        let page = Page {
            total: list.total,
            position: list.total.map_or(self.cursor.offset(), |total| {
                total.min(self.cursor.offset())
            }),
            records,
            ..Page::default()
        };
        if list.has_next {
            self.cursor.advance();
        } else {
            self.check_complete(&url, list.total)?;
            self.finish_list();
        }
        Ok(page)
    }

    /// Fetches the cursor's page of a list, in smaller pages when the portal refuses the size.
    async fn fetch_list(
        &mut self,
        stage: Stage,
        fetcher: &Fetcher,
    ) -> Result<(Url, List), CrawlError> {
        loop {
            let url = self.url(stage);
            match self.reader.list(&url, fetcher).await {
                Ok(list) => {
                    // A portal that caps the size says so, and counts pages by its own; only on the
                    // first page, since later ones would no longer begin where this one ended.
                    let caps = |size: &u64| (1..self.cursor.page_size).contains(size);
                    if let (1, Some(size)) = (self.cursor.page, list.page_size.filter(caps)) {
                        self.cursor.page_size = size;
                    }
                    return Ok((url, list));
                }
                Err(error) if error.refuses_size() => {
                    let smaller = SIZES.into_iter().find(|size| *size < self.cursor.page_size);
                    match smaller {
                        Some(size) => {
                            tracing::debug!(%url, %error, size, "page refused, trying smaller pages");
                            self.cursor.shrink(size);
                        }
                        None => return Err(error),
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn url(&self, stage: Stage) -> Url {
        let mut url = self.root.clone();
        let (path, sort): (&[&str], _) = match stage {
            Stage::Full(collection) => (&["api", "1", collection, ""], "created"),
            Stage::Search => (&["api", "2", "datasets", "search", ""], "-last_update"),
        };
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("page", &self.cursor.page.to_string());
            query.append_pair("page_size", &self.cursor.page_size.to_string());
            query.append_pair("sort", sort);
            if stage.collection() == DATASETS {
                query.extend_pairs(&self.filter);
            }
        }
        url
    }

    /// Refuses a list that loses more entries than a few deletions explain.
    fn check_total(&mut self, url: &Url, list: &List) -> Result<(), CrawlError> {
        let Some(total) = list.total else {
            return Ok(());
        };
        let first = *self.cursor.total.get_or_insert(total);
        if first.saturating_sub(total) > few(first) {
            return Err(CrawlError::Shrunk {
                url: url.clone(),
                before: first,
                after: total,
            });
        }
        Ok(())
    }

    /// Refuses pages that lead on without bringing anything.
    fn check_progress(
        &self,
        url: &Url,
        count: usize,
        fresh: usize,
        has_next: bool,
        total: Option<u64>,
    ) -> Result<(), CrawlError> {
        let last = total.map_or(u64::MAX, |total| {
            total.div_ceil(self.cursor.page_size).saturating_add(1)
        });
        let repeats = count > 0 && fresh == 0;
        if has_next && (count == 0 || repeats || self.cursor.page > last) {
            return Err(CrawlError::EndlessPages { url: url.clone() });
        }
        Ok(())
    }

    /// Refuses a list that ends before it is complete.
    fn check_complete(&self, url: &Url, total: Option<u64>) -> Result<(), CrawlError> {
        match total {
            Some(total) if total.saturating_sub(self.cursor.seen) > few(total) => {
                Err(CrawlError::Shrunk {
                    url: url.clone(),
                    before: total,
                    after: self.cursor.seen,
                })
            }
            _ => Ok(()),
        }
    }

    fn finish_list(&mut self) {
        self.stages.pop_front();
        self.seen.clear();
        self.cursor.next_list();
    }
}

/// How many entries may go missing while a list is paged over: somebody deletes something.
fn few(total: u64) -> u64 {
    (total / 1000).max(5)
}

fn count_of(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
