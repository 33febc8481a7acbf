//! Paging over a catalogue service.
//!
//! The capabilities are read first, as a hint (`negotiate`). Then the list is gone through by
//! `startPosition`, sorted by identifier, which no edit changes. The next position is the last one plus
//! the records that came: what servers say of it (`nextRecord`, `numberOfRecordsReturned`) is wrong in
//! every way that numbers can be, and is only asked where nothing else tells (`progress`). What a server
//! refuses is asked in another way (`adapt`): without order, by GET, in smaller pages, and at last without
//! the one record that its page dies of. A service that gives no more than the first thousands of what it
//! counts is asked for what follows by identifier (`behind`).
//!
//! An incremental crawl asks for what was modified since the day before the newest known date: dates of
//! records have no offset, and an index lags. Where the server refuses that, a full run is needed.
//!
//! A crawl that ends without error has gone through as many records as the server announced. Only then,
//! and where none was passed over, is the list seen whole.

mod account;
mod adapt;
mod behind;
mod cursor;
mod negotiate;
mod progress;

use std::collections::HashSet;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use url::Url;

use super::RECORDS;
use super::answer::{self, Answer, Results, Unusable};
use super::constraint::Constraint;
use super::question::{Question, Window};
use super::record::raw;
use super::schema::{Family, named};
use super::settings;
use crate::fetch::Fetcher;
use crate::rdf::canon::Digest;
use crate::source::contract::{self, Page, Plan, Start};
use crate::source::contract::{CrawlError, RawRecord};
use crate::source::crawl::answer::{Reader, sent};
use crate::source::crawl::listing::count_of;
use crate::source::value::charset;
use account::Account;
use cursor::Cursor;

/// Records a page: a page of ISO records then has some megabytes. GeoNetwork gives 10 if none is named.
const SIZE: u64 = 50;

/// A crawl over one service.
#[derive(Debug)]
pub(super) struct Crawl {
    /// The address as configured, without user name and password.
    endpoint: Url,
    account: Account,
    output_schema: Option<String>,
    constraint: Constraint,
    is_full: bool,
    cursor: Cursor,
    reader: Reader,
    /// What the server said to the plainest question, while it is asked in other ways.
    refusal: Option<CrawlError>,
    is_done: bool,
}

impl Crawl {
    /// A crawl of a portal from its start, or from where a cursor says.
    ///
    /// # Errors
    /// What is wrong with the configuration or the cursor.
    pub(super) fn new(portal: &settings::Settings, start: Start<'_>) -> Result<Self, String> {
        let mut cursor = start.cursor()?.unwrap_or_else(|| Cursor::new(SIZE));
        cursor.list.limit(start.how.page_size);
        let since = match start.plan {
            Plan::Full => None,
            Plan::Incremental { since, .. } => Some(negotiate::day_before(&since)?),
        };
        let (endpoint, account) = account::endpoint(portal.key.as_deref(), start.site)?;
        Ok(Self {
            is_full: since.is_none(),
            endpoint,
            account,
            output_schema: portal.output_schema.clone(),
            constraint: Constraint {
                configured: portal.constraint.clone(),
                types: portal.types.clone(),
                is_always: cursor.is_always,
                since,
            },
            cursor,
            reader: Reader {
                wait: start.how.retry_wait,
            },
            refusal: None,
            is_done: false,
        })
    }

    async fn step(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        let mut question = match self.cursor.question.clone() {
            Some(question) => question,
            None => self.negotiate(fetcher).await?,
        };
        loop {
            let is_behind_all = self
                .cursor
                .total()
                .is_some_and(|all| all < self.cursor.start);
            if self.is_done || is_behind_all {
                return Ok(None);
            }
            let window = self.cursor.window();
            match self.ask(&question, window, fetcher).await {
                Ok(results) => {
                    self.refusal = None;
                    self.cursor.question = Some(question.clone());
                    if let Some(page) = self.take(question.address(), window, results)? {
                        return Ok(Some(page));
                    }
                }
                Err(error) => self.adapt(&mut question, error)?,
            }
        }
    }

    /// Asks for a piece of the list.
    async fn ask(
        &self,
        question: &Question,
        window: Window,
        fetcher: &Fetcher,
    ) -> Result<Results, CrawlError> {
        let behind = &self.cursor.behind;
        let after = behind.stretch.after.as_deref();
        let mut request = question.request(behind.within(window), &self.constraint, after);
        self.account.sign(&mut request);
        let answered = self.reader.read(&request, fetcher, |response| {
            match answer::read(&response.body, sent(response)) {
                Ok(Answer::Results(results)) => Ok(Ok(results)),
                // Said again it would be the same.
                Ok(Answer::Exception(exception)) => Ok(Err(exception)),
                Err(unusable) => Err(unusable_at(question.address(), unusable)),
            }
        });
        answered.await?.map_err(|exception| CrawlError::Refused {
            url: question.address().clone(),
            message: exception.to_string(),
        })
    }

    /// Takes the records of a page that are new; `None` where there are none to pass on.
    fn take(
        &mut self,
        url: &Url,
        window: Window,
        results: Results,
    ) -> Result<Option<Page>, CrawlError> {
        let count = count_of(results.records.len());
        let behind = &self.cursor.behind;
        let matched = results.matched.map(|all| behind.count(all));
        let next = results.next.map(|next| behind.in_list(next));
        let records: Vec<_> = results.records.into_iter().map(raw).collect();
        if !self.is_kept(url, &records, matched) {
            return Ok(None);
        }
        let mut records = self.fresh(records);
        for record in &mut records {
            charset::mark(record, &results.odd);
        }
        self.cursor.behind.meet(&records);
        self.advance(
            url,
            window,
            progress::Seen {
                count,
                fresh: count_of(records.len()),
                matched,
                next,
            },
        )?;
        if records.is_empty() {
            return Ok(None);
        }
        Ok(Some(Page {
            total: self.cursor.total(),
            position: self.cursor.start - 1,
            records,
            ..Page::default()
        }))
    }

    /// The records that were not met before, with what the page tells of their schema.
    fn fresh(&mut self, records: Vec<RawRecord>) -> Vec<RawRecord> {
        let mut on_page: HashSet<String> = HashSet::new();
        let mut fresh = Vec::new();
        for record in records {
            self.note_family(&record);
            let name = match record.key.as_str() {
                "" => Digest::of(&record.payload).to_string(),
                key => key.to_owned(),
            };
            if !on_page.insert(name.clone()) {
                // No page moves within itself: the catalogue has two records of one identifier.
                self.cursor.twice += 1;
                if self.cursor.twice == 1 {
                    self.cursor.note(format!(
                        "several records of the portal have one identifier (`{}`, and maybe others): the first of them is taken",
                        clipped(&name)
                    ));
                }
            } else if self.cursor.list.meet(&name) {
                fresh.push(record);
            }
        }
        fresh
    }

    /// Notes that the server gives records in another schema than it was asked for.
    fn note_family(&mut self, record: &RawRecord) {
        let Some(question) = &self.cursor.question else {
            return;
        };
        let asked = named(&question.schema).map(|schema| schema.family);
        let given = super::record::root(&record.payload);
        let given = given.as_ref().and_then(Family::of);
        if let (Some(asked), Some(given)) = (asked, given)
            && asked != given
        {
            let note = format!(
                "{} was asked for {} (`{}`) and gives {}",
                question.address(),
                asked.name(),
                question.schema,
                given.name()
            );
            self.cursor.note(note);
        }
    }
}

/// An identifier as a note shows it.
fn clipped(name: &str) -> String {
    crate::causes::line(name, 100)
}

/// An answer that is none, as an error of the crawl.
fn unusable_at(url: &Url, unusable: Unusable) -> CrawlError {
    let url = url.clone();
    match unusable {
        Unusable::NotXml(message) => CrawlError::NotXml { url, message },
        Unusable::Shape(message) => CrawlError::Shape { url, message },
    }
}

impl contract::Crawl for Crawl {
    fn collections(&self) -> Vec<&'static str> {
        vec![RECORDS]
    }

    fn seen_whole(&self) -> Vec<&'static str> {
        if self.is_full && self.cursor.passed == 0 && self.cursor.behind.is_sure() {
            vec![RECORDS]
        } else {
            Vec::new()
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.cursor.notes.clone();
        if self.cursor.passed > 0 {
            notes.push(format!(
                "{} records are listed that the server cannot give; none is withdrawn",
                self.cursor.passed
            ));
        }
        notes
    }

    fn next<'a>(
        &'a mut self,
        fetcher: &'a Fetcher,
    ) -> BoxFuture<'a, Result<Option<Page>, CrawlError>> {
        self.step(fetcher).boxed()
    }

    fn pass_empty_list(&mut self) {
        self.is_done = true;
    }

    fn skip_list(&mut self) {
        if self.cursor.start > 1 {
            self.is_done = true;
        }
    }

    fn cursor(&self) -> String {
        serde_json::json!(self.cursor).to_string()
    }
}
