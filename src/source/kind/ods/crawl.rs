//! Going through the catalogue of an Explore API.
//!
//! The catalogue is paged over by `offset` and `limit`, in the order of identifiers, of which each
//! occurs once. (Without an order pages overlap and leave datasets out.) Each page begins with the last
//! dataset of the page before: where another stands there, the list moved up while it was read, and the
//! crawl goes back a page. The API gives entries up to 10 000 that way; a catalogue that is larger is
//! taken from its export, which is one file.
//!
//! An incremental crawl asks for what was changed or processed since the last one; a portal that refuses
//! the question is crawled whole.
//!
//! What the portal has from other portals is left out, unless the configuration says otherwise, and
//! counted in a note: it belongs to whoever harvests those portals, and would be published twice. That
//! is decided here and not when a record is described, since it is a choice of what to harvest.

mod api;
mod cursor;
mod export;

use std::collections::HashSet;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use url::Url;

use super::DATASETS;
use super::origin::is_taken;
use super::payload::Dataset;
use super::settings::{self, Federated};
use super::split::raw;
use super::template::Template;
use crate::address::public;
use crate::dcat::read_date;
use crate::fetch::Fetcher;
use crate::source::contract::{self, Page, Plan, Settings};
use crate::source::contract::{CrawlError, RawRecord};
use crate::source::crawl::few;
use api::{Api, api};
use cursor::{Cursor, Way};
use export::Export;

/// `offset + limit` must be less.
const WINDOW: u64 = 10_000;
/// Page sizes, each tried when the one before is refused. The API allows 100.
const SIZES: [u64; 4] = [LARGEST, 50, 20, 10];
const LARGEST: u64 = 100;
/// How often the crawl goes back because the list moved.
const MOVES: u32 = 100;
/// How much older than what is known a change may be: portals' clocks and indices lag.
const MARGIN: TimeDelta = TimeDelta::hours(1);

/// A crawl over one portal.
pub(super) struct Crawl {
    api: Api,
    plan: Plan,
    federated: Federated,
    cursor: Cursor,
    /// Identifiers met; after a resumption only the last, the ledger sorts repetitions out.
    seen: HashSet<String>,
    moves: u32,
    /// Whether the page comes again because the list moved.
    is_back: bool,
    export: Option<Export>,
}

impl Crawl {
    /// A crawl from its start or from where `cursor` says.
    pub(super) fn new(
        portal: &settings::Settings,
        root: Url,
        plan: Plan,
        cursor: Option<Cursor>,
        settings: Settings,
    ) -> Result<Self, String> {
        let size = settings.page_size.unwrap_or(LARGEST).clamp(2, LARGEST);
        let cursor = cursor.unwrap_or_else(|| Cursor::new(size));
        Ok(Self {
            seen: cursor.last.iter().cloned().collect(),
            federated: portal.federated,
            api: api(portal, root, settings.retry_wait)?,
            plan,
            cursor,
            moves: 0,
            is_back: false,
            export: None,
        })
    }

    async fn step(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        loop {
            let page = match self.cursor.way {
                Way::Done => return Ok(None),
                Way::Pages => self.page(fetcher).await?,
                Way::Export => Some(self.exported(fetcher).await?),
            };
            if page.is_some() {
                return Ok(page);
            }
        }
    }

    /// The page at the cursor; `None` where something else must be done first.
    async fn page(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        let overlap = u64::from(self.cursor.position > 0);
        let offset = self.cursor.position - overlap;
        let limit = self.cursor.size.min(WINDOW - 1 - offset.min(WINDOW - 2));
        let url = self.api.list(offset, limit, self.since().as_deref());
        let list = match self.api.read(&url, fetcher).await {
            Err(error) if error.refuses_size() => return self.smaller(error, url),
            outcome => outcome?,
        };
        let total = list.total;
        self.check_total(&url, total)?;
        if total == 0 {
            if matches!(self.plan, Plan::Full) && self.cursor.position == 0 {
                let collection = DATASETS;
                return Err(CrawlError::Empty { url, collection });
            }
            self.cursor.way = Way::Done;
            return Ok(Some(Page::default()));
        }
        let mut entries: Vec<Entry> = list.items.into_iter().map(Entry::read).collect();
        if self.cursor.home.is_none() {
            self.cursor.home = entries.iter().find_map(|entry| entry.home.clone());
        }
        if total >= WINDOW {
            if let Plan::Incremental { .. } = self.plan {
                return Err(CrawlError::WindowExhausted { url });
            }
            self.cursor.way = Way::Export;
            return Ok(None);
        }
        let count = count_of(entries.len());
        let begins_elsewhere = entries
            .first()
            .is_some_and(|entry| !entry.is_called_one_of(&self.seen));
        if overlap == 1 && begins_elsewhere {
            self.go_back(url)?;
            return Ok(None);
        }
        if let Some(last) = entries.last().filter(|entry| !entry.record.key.is_empty()) {
            self.cursor.last = Some(last.record.key.clone());
        }
        entries.retain(|entry| {
            let key = &entry.record.key;
            key.is_empty() || self.seen.insert(key.clone())
        });
        let fresh = count_of(entries.len());
        self.cursor.position += count.saturating_sub(overlap);
        self.cursor.seen += fresh;
        let is_last = self.cursor.position >= total;
        if count <= overlap && !is_last {
            return Err(self.shrunk(url, total));
        }
        if fresh == 0 && !is_last && !self.is_back {
            return Err(CrawlError::EndlessPages { url });
        }
        self.is_back &= fresh == 0;
        if is_last {
            if total.saturating_sub(self.cursor.seen) > few(total) {
                return Err(self.shrunk(url, total));
            }
            self.cursor.way = Way::Done;
        }
        let position = self.cursor.position.min(total);
        Ok(Some(self.take(entries, total, position)))
    }

    /// Takes smaller pages from the same place on.
    fn smaller(&mut self, error: CrawlError, url: Url) -> Result<Option<Page>, CrawlError> {
        let smaller = SIZES.into_iter().find(|size| *size < self.cursor.size);
        if let Some(size) = smaller {
            tracing::debug!(url = %public(&url), %error, size, "page refused, trying smaller pages");
            self.cursor.size = size;
            return Ok(None);
        }
        let is_refused = matches!(&error, CrawlError::Fetch(cause) if cause.status() == Some(400));
        match self.plan {
            // Not every portal lets its catalogue be asked by the dates of processing.
            Plan::Incremental { .. } if is_refused => Err(CrawlError::WindowExhausted { url }),
            _ => Err(error),
        }
    }

    /// The list moved up: what was to come next may stand in the page before.
    fn go_back(&mut self, url: Url) -> Result<(), CrawlError> {
        self.moves += 1;
        if self.moves > MOVES {
            return Err(CrawlError::EndlessPages { url });
        }
        tracing::debug!(url = %public(&url), "the list moved, going back a page");
        self.is_back = true;
        self.cursor.position = self.cursor.position.saturating_sub(self.cursor.size);
        Ok(())
    }

    /// The next part of the export.
    async fn exported(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        let export = if let Some(export) = self.export.take() {
            export
        } else {
            let url = self.api.export();
            let export = self.api.download(&url, fetcher).await?;
            let announced = self.cursor.total.unwrap_or_default();
            if announced.saturating_sub(export.total) > few(announced) {
                let (before, after) = (announced, export.total);
                return Err(CrawlError::Shrunk { url, before, after });
            }
            self.seen.clear();
            export
        };
        let (items, export) = export.read().await?;
        let (total, position) = (export.total, export.position);
        let home = self.cursor.home.as_deref();
        let mut entries: Vec<Entry> = items
            .into_iter()
            .map(|item| Entry::read(export::linked(item, home)))
            .collect();
        entries.retain(|entry| {
            let key = &entry.record.key;
            key.is_empty() || self.seen.insert(key.clone())
        });
        if position >= total {
            self.cursor.way = Way::Done;
        }
        self.export = Some(export);
        Ok(self.take(entries, total, position))
    }

    /// A page of what is harvested of these entries.
    fn take(&mut self, entries: Vec<Entry>, total: u64, position: u64) -> Page {
        let mut page = Page {
            total: Some(total),
            position,
            ..Page::default()
        };
        for entry in entries {
            if entry.is_taken && self.federated == Federated::Skip {
                self.cursor.left_out += 1;
                continue;
            }
            let record = entry.record;
            let known = self.plan.known(DATASETS);
            let mark = known.and_then(|marks| marks.get(&record.key));
            if record.mark.is_some() && record.mark.as_ref() == mark {
                page.skipped_unchanged.push((DATASETS, record.key));
            } else {
                page.records.push(record);
            }
        }
        page
    }

    /// Refuses a list that loses more entries than a few deletions explain.
    fn check_total(&mut self, url: &Url, total: u64) -> Result<(), CrawlError> {
        let first = *self.cursor.total.get_or_insert(total);
        if first.saturating_sub(total) > few(first) {
            let (url, before, after) = (url.clone(), first, total);
            return Err(CrawlError::Shrunk { url, before, after });
        }
        Ok(())
    }

    fn shrunk(&self, url: Url, before: u64) -> CrawlError {
        let after = self.cursor.seen;
        CrawlError::Shrunk { url, before, after }
    }

    /// What an incremental crawl asks for: everything changed or processed since then.
    fn since(&self) -> Option<String> {
        let Plan::Incremental { since, .. } = &self.plan else {
            return None;
        };
        let since = DateTime::parse_from_rfc3339(since).ok()?.to_utc() - MARGIN;
        Some(since.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

/// A dataset of the list.
struct Entry {
    record: RawRecord,
    is_taken: bool,
    home: Option<String>,
}

impl Entry {
    fn read(item: String) -> Self {
        let (record, head) = raw(item);
        let links = head.links.peek().into_iter().flatten();
        let own = links
            .filter_map(|link| link.peek())
            .find(|link| link.rel.peek_text() == Some("self"))
            .and_then(|link| link.href.peek_text()?.split_once("/api/"))
            .map(|(home, _)| home.to_owned());
        let host = own.as_deref().and_then(|home| Url::parse(home).ok());
        let host = host.as_ref().and_then(Url::host_str);
        Self {
            is_taken: is_taken(&Template::of(&head, "default"), host),
            record,
            home: own,
        }
    }

    fn is_called_one_of(&self, names: &HashSet<String>) -> bool {
        self.record.key.is_empty() || names.contains(&self.record.key)
    }
}

/// The latest date at which the data, the metadata or what the publisher says of both changed: each moves
/// without the others.
pub(super) fn mark(record: &Dataset) -> Option<String> {
    let default = Template::of(record, "default");
    let mut ignored = Vec::new();
    ["modified", "data_processed", "metadata_processed"]
        .into_iter()
        .filter_map(|name| {
            let literal = read_date(&default.text(name, &mut ignored)?)?;
            DateTime::parse_from_rfc3339(literal.value()).ok()
        })
        .map(|at| at.with_timezone(&Utc))
        .max()
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, false))
}

impl contract::Crawl for Crawl {
    fn collections(&self) -> Vec<&'static str> {
        vec![DATASETS]
    }

    fn seen_whole(&self) -> Vec<&'static str> {
        match self.plan {
            Plan::Full => vec![DATASETS],
            Plan::Incremental { .. } => Vec::new(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let left_out = self.cursor.left_out;
        if left_out == 0 {
            return Vec::new();
        }
        vec![format!(
            "datasets that the portal has from other portals are not harvested: {left_out} \
             (`federated = \"publish\"` publishes them)"
        )]
    }

    fn next<'a>(
        &'a mut self,
        fetcher: &'a Fetcher,
    ) -> BoxFuture<'a, Result<Option<Page>, CrawlError>> {
        self.step(fetcher).boxed()
    }

    fn pass_empty_list(&mut self) {
        self.cursor.way = Way::Done;
    }

    fn skip_list(&mut self) {
        self.cursor.way = Way::Done;
    }

    fn cursor(&self) -> String {
        serde_json::json!(self.cursor).to_string()
    }
}

fn count_of(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
