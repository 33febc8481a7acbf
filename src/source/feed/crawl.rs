//! Walking over a feed: its pages one after the other, the documents of catalogues below it, and at last
//! the records that point to resources which only the whole feed could tell to be records.
//!
//! One document is read at a time. A feed that moves while it is read repeats records and leaves others
//! out; what is repeated is known by its identifier, and a feed that gave fewer records than it announces
//! is walked over once more before it counts as incomplete.
//!
//! An interrupted crawl goes on with the document whose records it was giving, which is read again. What
//! it cannot know any more it does not guess: records that waited for the rest of the feed, and links that
//! may lead to documents read before, are what the feed is walked over once more for (`cursor`).

mod address;
mod cursor;
mod fetch;
mod give;
mod link;
mod met;
mod turn;
mod walk;

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use url::Url;

use super::COLLECTIONS;
use super::spool::Spool;
use crate::fetch::{Fetcher, Validators};
use crate::rdf::canon::Digest;
use crate::source::contract::{Crawl, CrawlError, Page, Plan, Settings, Start};
use crate::source::feed::document::Document;
pub(in crate::source) use address::{Asked, Parameter, SINCE};
use cursor::{Cursor, Print};
use link::Known;
use met::Met;

/// Notes kept.
const NOTES: usize = 40;

/// What is remembered of a feed of one document.
#[derive(Debug, Serialize, Deserialize)]
struct Memory {
    url: String,
    etag: Option<String>,
    last_modified: Option<String>,
}

/// A crawl over one feed.
pub(super) struct Feed {
    address: Url,
    /// Parameters that every page must have, or it would be one of another feed.
    kept: Vec<(String, String)>,
    include: Vec<&'static str>,
    settings: Settings,
    /// What to ask the first document by.
    validators: Option<Validators>,
    /// Whether only what changed is asked for.
    is_partial: bool,
    /// Whether the feed can be asked for what changed.
    tells_changes: bool,
    /// Whether a run whose budget is spent is gone on with.
    may_pause: bool,
    todo: VecDeque<Todo>,
    document: Option<Document>,
    spool: Spool,
    known: Known,
    /// Collection and identifier of each record that was given, with what was given of it.
    given: HashMap<(&'static str, String), Digest>,
    /// Collection and identifier of what the feed lists; what it describes is given.
    listed: BTreeSet<(&'static str, String)>,
    /// How many had been given before an interruption.
    given_before: u64,
    /// Collection and identifier of each record that waits.
    held: HashMap<(&'static str, String), Digest>,
    /// The records of the feed that count for its total.
    met: Met,
    visited: HashSet<Url>,
    contents: HashSet<Digest>,
    asked_below: HashSet<Print>,
    total: Option<u64>,
    walk: u32,
    documents: u64,
    /// The documents before those of the current walk.
    earlier: u64,
    stale: u32,
    first: Option<Validators>,
    paths: Paths,
    notes: BTreeSet<String>,
    failed: Option<CrawlError>,
    state: State,
    /// Where an interruption goes on.
    at: Cursor,
    after: After,
}

/// What an interruption before means to a walk.
#[derive(Debug, Default)]
struct After {
    /// Whether documents of this walk were read before it.
    is_resumed: bool,
    /// What the document that is read again named then.
    overlap: Option<Print>,
    /// Whether the pages have moved since.
    has_moved: bool,
    /// Whether it left records waiting.
    left: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Walking,
    /// Everything was read; what waited is given.
    Emptying,
    /// The server says that nothing changed.
    Unchanged,
    Done,
}

/// Which paths a feed's links have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paths {
    /// Those of its pages.
    AsLinked,
    /// They forget below which path the portal is mounted.
    Unmounted,
}

/// A document to fetch.
#[derive(Debug, Clone)]
struct Todo {
    url: Url,
    /// What to ask where that fails: the link as it was written, or as it was meant.
    other: Option<Url>,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Part {
    /// A page of the feed.
    Page,
    /// The document of a catalogue below it, and its pages.
    Below,
}

impl Todo {
    /// A page of the feed.
    fn page(url: Url) -> Self {
        Self {
            url,
            other: None,
            part: Part::Page,
        }
    }
}

impl Feed {
    /// A crawl of a portal's feed from its start, or from where a cursor says.
    ///
    /// # Errors
    /// What is wrong with the cursor.
    pub(super) fn new(asked: &Asked, start: Start<'_>) -> Result<Self, String> {
        let cursor: Option<Cursor> = start.cursor()?;
        let plan = start.plan;
        let (feed, is_partial) = asked.address(&plan);
        let may_pause = matches!(plan, Plan::Full);
        let validators = match plan {
            // A document of which a part was taken is not "unchanged", whatever the server says.
            Plan::Incremental {
                memory: Some(memory),
                ..
            } if cursor.is_none() => serde_json::from_str(&memory)
                .ok()
                .filter(|memory: &Memory| memory.url == feed.as_str())
                .map(|memory| Validators {
                    etag: memory.etag,
                    last_modified: memory.last_modified,
                }),
            _ => None,
        };
        let is_included = |collection: &&'static str| {
            asked
                .include
                .as_ref()
                .is_none_or(|list| list.iter().any(|name| name == collection))
        };
        let mut crawl = Self {
            kept: asked.kept(&feed),
            include: COLLECTIONS.into_iter().filter(is_included).collect(),
            settings: start.how,
            validators,
            is_partial,
            tells_changes: asked.tells_changes(),
            may_pause,
            todo: VecDeque::from([Todo::page(feed.clone())]),
            document: None,
            spool: Spool::default(),
            known: Known::default(),
            given: HashMap::new(),
            listed: BTreeSet::new(),
            given_before: 0,
            held: HashMap::new(),
            met: Met::default(),
            visited: HashSet::new(),
            contents: HashSet::new(),
            asked_below: HashSet::new(),
            total: None,
            walk: 1,
            documents: 0,
            earlier: 0,
            stale: 0,
            first: None,
            paths: Paths::AsLinked,
            notes: BTreeSet::new(),
            failed: None,
            state: State::Walking,
            at: Cursor::start(&feed),
            after: After::default(),
            address: feed,
        };
        if let Some(cursor) = cursor {
            crawl.resume(cursor)?;
        }
        Ok(crawl)
    }

    async fn step(&mut self, fetcher: &Fetcher) -> Result<Option<Page>, CrawlError> {
        loop {
            match self.state {
                State::Unchanged | State::Done => return Ok(None),
                State::Walking if self.document.is_some() => {
                    if let Some(page) = self.portion()? {
                        return Ok(Some(page));
                    }
                }
                State::Walking => match self.todo.pop_front() {
                    Some(todo) => self.open(todo, fetcher).await,
                    None => self.turn(),
                },
                State::Emptying => {
                    if let Some(page) = self.waiting()? {
                        return Ok(Some(page));
                    }
                    self.state = State::Done;
                    return match self.failed.take() {
                        Some(error) => Err(error),
                        None => Ok(None),
                    };
                }
            }
        }
    }

    fn fail(&mut self, error: CrawlError) {
        self.failed.get_or_insert(error);
        self.todo.clear();
        if self.document.is_none() {
            self.state = State::Emptying;
        }
    }

    /// Ends the run for now: what waits is given by the one that goes on.
    fn pause(&mut self, error: CrawlError) {
        self.spool = Spool::default();
        self.fail(error);
    }

    fn note(&mut self, note: String) {
        if self.notes.len() < NOTES {
            self.notes.insert(note);
        }
    }
}

impl Crawl for Feed {
    fn collections(&self) -> Vec<&'static str> {
        self.include.clone()
    }

    fn seen_whole(&self) -> Vec<&'static str> {
        if self.is_partial || self.state == State::Unchanged {
            Vec::new()
        } else {
            self.include.clone()
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self.notes.iter().cloned().collect();
        if self.state == State::Unchanged {
            notes.push("the feed has not changed since it was last read".to_owned());
        }
        notes
    }

    fn next<'a>(
        &'a mut self,
        fetcher: &'a Fetcher,
    ) -> BoxFuture<'a, Result<Option<Page>, CrawlError>> {
        Box::pin(self.step(fetcher))
    }

    fn pass_empty_list(&mut self) {
        self.state = State::Done;
    }

    fn skip_list(&mut self) {
        self.state = State::Done;
    }

    fn cursor(&self) -> String {
        serde_json::json!(self.at).to_string()
    }

    fn memory(&self) -> Option<String> {
        // Of several pages each has its own, and the first may stay while another changes.
        let validators = self.first.as_ref().filter(|_| self.documents <= 1);
        let validators = validators.cloned().unwrap_or_default();
        let is_something = validators.etag.is_some() || validators.last_modified.is_some();
        // What changed can be asked for whatever the validators are.
        (is_something || self.tells_changes).then(|| {
            serde_json::json!(Memory {
                url: self.address.to_string(),
                etag: validators.etag,
                last_modified: validators.last_modified,
            })
            .to_string()
        })
    }
}

/// Records by name.
type Names = HashMap<String, (&'static str, String)>;
