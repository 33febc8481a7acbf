//! Going through the catalogue of an Explore API.
//!
//! The catalogue is paged over by `offset` and `limit`, in the order of identifiers, of which each
//! occurs once. (Without an order pages overlap and leave datasets out.) Each page begins with the last
//! dataset of the page before ([`listing`]). The API gives entries up to 10 000 that way; a catalogue that is larger is
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

use chrono::{DateTime, SecondsFormat, TimeDelta};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use url::Url;

use super::DATASETS;
use super::origin::is_taken;
use super::payload::Dataset;
use super::settings::{self, Federated};
use super::split::raw;
use super::template::Template;
use crate::dcat::read_moment;
use crate::fetch::Fetcher;
use crate::source::contract::{self, Page, Plan, Start};
use crate::source::contract::{CrawlError, RawRecord};
use crate::source::crawl::listing::{self, Listing};
use api::{Api, List, api};
use cursor::{Cursor, Way};
use export::Export;

/// `offset + limit` must be less.
const WINDOW: u64 = 10_000;
/// Entries a page: the API allows 100.
const LARGEST: u64 = 100;
/// How much older than what is known a change may be: portals' clocks and indices lag.
const MARGIN: TimeDelta = TimeDelta::hours(1);

/// A crawl over one portal.
pub(super) struct Crawl {
    api: Api,
    plan: Plan,
    federated: Federated,
    cursor: Cursor,
    export: Option<Export>,
    /// What the export has given.
    exported: Listing,
}

impl Crawl {
    /// A crawl of a portal.
    pub(super) fn new(portal: &settings::Settings, start: Start<'_>) -> Result<Self, String> {
        let size = start.how.page_size.unwrap_or(LARGEST).clamp(2, LARGEST);
        let cursor = start.cursor()?.unwrap_or_else(|| Cursor::new(size));
        Ok(Self {
            federated: portal.federated,
            api: api(portal, start.site.root, start.how.retry_wait)?,
            plan: start.plan,
            cursor,
            export: None,
            exported: Listing::new(LARGEST),
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
        let list = &self.cursor.list;
        let offset = list.start();
        let limit = list.size.min(WINDOW - 1 - offset.min(WINDOW - 2));
        let url = self.api.list(offset, limit, self.since().as_deref());
        let List { items, total } = match self.api.read(&url, fetcher).await {
            Ok(list) => list,
            Err(error) => return self.smaller(&url, error).map(|()| None),
        };
        let list = &mut self.cursor.list;
        list.announce(&url, Some(total))?;
        if total == 0 {
            if matches!(self.plan, Plan::Full) && list.position == 0 {
                return Err(listing::empty(&url, DATASETS));
            }
            self.cursor.way = Way::Done;
            return Ok(Some(Page::default()));
        }
        let entries: Vec<Entry> = items.into_iter().map(Entry::read).collect();
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
        let Some(taken) = list.take(&url, entries, Some(total))? else {
            return Ok(None);
        };
        let position = list.position.min(total);
        if taken.is_last {
            self.cursor.way = Way::Done;
        }
        Ok(Some(self.take(taken.fresh, total, position)))
    }

    /// Takes smaller pages from the same place on.
    fn smaller(&mut self, url: &Url, error: CrawlError) -> Result<(), CrawlError> {
        let error = match self.cursor.list.shrink(url, error) {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let is_refused = matches!(&error, CrawlError::Fetch(cause) if cause.status() == Some(400));
        match self.plan {
            // Not every portal lets its catalogue be asked by the dates of processing.
            Plan::Incremental { .. } if is_refused => {
                Err(CrawlError::WindowExhausted { url: url.clone() })
            }
            _ => Err(error),
        }
    }

    /// The next part of the export.
    async fn exported(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        let export = if let Some(export) = self.export.take() {
            export
        } else {
            let url = self.api.export();
            let export = self.api.download(&url, fetcher).await?;
            let announced = self.cursor.list.total.unwrap_or_default();
            listing::compare(&url, announced, export.total)?;
            self.exported = Listing::new(LARGEST);
            export
        };
        let (items, export) = export.read().await?;
        let (total, position) = (export.total, export.position);
        let home = self.cursor.home.as_deref();
        let entries = items
            .into_iter()
            .map(|item| Entry::read(export::linked(item, home)))
            .collect();
        let entries = self.exported.fresh(entries);
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
}

impl listing::Entry for Entry {
    fn key(&self) -> &str {
        &self.record.key
    }
}

/// The latest date at which the data, the metadata or what the publisher says of both changed: each moves
/// without the others.
pub(super) fn mark(record: &Dataset) -> Option<String> {
    let default = Template::of(record, "default");
    let mut ignored = Vec::new();
    ["modified", "data_processed", "metadata_processed"]
        .into_iter()
        .filter_map(|name| read_moment(&default.text(name, &mut ignored)?))
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
