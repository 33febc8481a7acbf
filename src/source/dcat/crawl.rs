//! Walking over a feed: its pages one after the other, the documents of catalogues below it, and at last
//! the records that point to resources which only the whole feed could tell to be records.
//!
//! One document is read at a time. A feed that moves while it is read repeats records and leaves others
//! out; what is repeated is known by its identifier, and a feed that gave fewer records than it announces
//! is walked over once more before it counts as incomplete. An interrupted crawl begins anew, for the
//! same reason: the pages have moved.

mod address;
mod fetch;
mod give;
mod link;

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use url::Url;

use super::feed::Document;
use super::hydra::{mounted, rewritten};
use super::spool::Spool;
use super::{CATALOGUES, COLLECTIONS, DATASETS};
use crate::config::Portal;
use crate::fetch::{Fetcher, Validators};
use crate::rdf::canon::Digest;
use crate::source::{Crawl, CrawlError, Page, Plan, Settings};
use address::address;
use link::Known;

/// Documents of catalogues below the feed's own, at most.
const BELOW: usize = 100;

/// Pages without anything new, at most, before the pages count as endless.
const STALE: u32 = 3;

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
    include: Vec<&'static str>,
    settings: Settings,
    /// What to ask the first document by.
    validators: Option<Validators>,
    /// Whether only what changed is asked for.
    is_partial: bool,
    todo: VecDeque<Todo>,
    document: Option<Document>,
    spool: Spool,
    known: Known,
    /// Collection and identifier of each record that was given.
    given: HashSet<(&'static str, String)>,
    /// The records of the feed that count for its total.
    met: HashSet<(&'static str, String)>,
    visited: HashSet<Url>,
    contents: HashSet<Digest>,
    asked_below: HashSet<Url>,
    total: Option<u64>,
    walk: u32,
    documents: u64,
    stale: u32,
    first: Option<Validators>,
    /// Whether the feed's links forget where the portal is mounted.
    is_mounted: bool,
    notes: BTreeSet<String>,
    failed: Option<CrawlError>,
    state: State,
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

/// A document to fetch.
struct Todo {
    url: Url,
    /// What to ask where that fails: the link as it was written, or as it was meant.
    other: Option<Url>,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A page of the feed.
    Page,
    /// The document of a catalogue below it, and its pages.
    Below,
}

impl Feed {
    pub(super) fn new(portal: &Portal, url: Url, plan: Plan, settings: Settings) -> Self {
        let (feed, is_partial) = address(portal, url, &plan);
        let validators = match plan {
            Plan::Incremental {
                memory: Some(memory),
                ..
            } => serde_json::from_str(&memory)
                .ok()
                .filter(|memory: &Memory| memory.url == feed.as_str())
                .map(|memory| Validators {
                    etag: memory.etag,
                    last_modified: memory.last_modified,
                }),
            _ => None,
        };
        let is_included = |collection: &&'static str| {
            portal
                .include
                .as_ref()
                .is_none_or(|list| list.iter().any(|name| name == collection))
        };
        let todo = VecDeque::from([Todo {
            url: feed.clone(),
            other: None,
            part: Part::Page,
        }]);
        Self {
            address: feed,
            include: COLLECTIONS.into_iter().filter(is_included).collect(),
            settings,
            validators,
            is_partial,
            todo,
            document: None,
            spool: Spool::default(),
            known: Known::default(),
            given: HashSet::new(),
            met: HashSet::new(),
            visited: HashSet::new(),
            contents: HashSet::new(),
            asked_below: HashSet::new(),
            total: None,
            walk: 1,
            documents: 0,
            stale: 0,
            first: None,
            is_mounted: false,
            notes: BTreeSet::new(),
            failed: None,
            state: State::Walking,
        }
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

    /// Takes a document that was read: what it says of others, and whether it brings anything new.
    fn opened(&mut self, document: Document, part: Part) {
        self.documents += 1;
        if let Some(why) = &document.cut_off {
            let error = CrawlError::NotRdf {
                url: document.url.clone(),
                message: format!("it was cut off: {why}"),
            };
            // What it says of any of its records may be half of it: none is taken.
            self.failed.get_or_insert(error);
            return;
        }
        if part == Part::Page {
            self.total = self.total.max(document.paging.total);
        }
        let keys = document.mains().iter().map(|main| main.node.to_string());
        let keys: BTreeSet<String> = keys.collect();
        let all: Vec<&str> = keys.iter().map(String::as_str).collect();
        let is_repeated = !self.contents.insert(Digest::of(all.join("\n").as_bytes()));
        let mut fresh = 0;
        for main in document.mains() {
            self.known.insert(main);
            let name = if main.key.is_empty() {
                main.node.to_string()
            } else {
                main.key.clone()
            };
            let is_counted = part == Part::Page && main.collection != CATALOGUES;
            fresh += u64::from(is_counted && self.met.insert((main.collection, name)));
        }
        self.stale = if fresh == 0 { self.stale + 1 } else { 0 };
        for url in &document.below {
            if self.asked_below.len() < BELOW
                && *url != self.address
                && !self.visited.contains(url)
                && self.asked_below.insert(url.clone())
            {
                self.todo.push_back(Todo {
                    url: url.clone(),
                    other: None,
                    part: Part::Below,
                });
            }
        }
        let (next, here) = (document.paging.next.clone(), document.url.clone());
        self.document = Some(document);
        if self.failed.is_none()
            && let Some(next) = next
        {
            self.follow(next, &here, part, is_repeated);
        }
    }

    /// Goes to the next page, unless the pages lead in circles.
    fn follow(&mut self, next: Url, here: &Url, part: Part, is_repeated: bool) {
        let (url, other) = match rewritten(&next, &self.address) {
            Some(own) => (own, Some(next)),
            None => self.placed(next),
        };
        let is_known = self.visited.contains(&url) || url == *here;
        let is_whole = self.total.is_some_and(|total| self.count() >= total);
        if is_known || (is_repeated && self.walk == 1) || self.stale >= STALE {
            // A last page that names itself, or the first again: everything announced is there.
            if is_whole {
                self.note(format!("the pages lead in circles at {here}: ended there"));
            } else if self.walk == 1 || !is_known {
                self.fail(CrawlError::EndlessPages { url: here.clone() });
            }
            return;
        }
        self.todo.push_front(Todo { url, other, part });
    }

    /// A link on the feed's own host, and what to ask where it fails.
    fn placed(&self, next: Url) -> (Url, Option<Url>) {
        match mounted(&next, &self.address) {
            Some(own) if self.is_mounted => (own, None),
            own => (next, own),
        }
    }

    /// The records that count for the total: some feeds count datasets only.
    fn count(&self) -> u64 {
        u64::try_from(self.met.len()).unwrap_or(u64::MAX)
    }

    /// Everything that leads on has been followed: is everything there?
    fn turn(&mut self) {
        self.state = State::Emptying;
        if self.failed.is_some() {
            return;
        }
        let count = self.count();
        match self.total {
            Some(total) if count < total && !self.is_partial => {
                if self.walk == 1 && self.documents > 1 {
                    self.note(format!(
                        "{count} of {total} records were met: the feed was read once more"
                    ));
                    self.walk = 2;
                    self.stale = 0;
                    self.visited.clear();
                    self.contents.clear();
                    self.todo.push_back(Todo {
                        url: self.address.clone(),
                        other: None,
                        part: Part::Page,
                    });
                    self.state = State::Walking;
                } else {
                    self.fail(CrawlError::Shrunk {
                        url: self.address.clone(),
                        before: total,
                        after: count,
                    });
                }
            }
            _ if self.given.is_empty() && self.spool.len() == 0 && !self.is_partial => {
                self.fail(CrawlError::Empty {
                    url: self.address.clone(),
                    collection: self.include.first().copied().unwrap_or(DATASETS),
                });
            }
            _ => {}
        }
    }

    fn fail(&mut self, error: CrawlError) {
        self.failed.get_or_insert(error);
        self.todo.clear();
        if self.document.is_none() {
            self.state = State::Emptying;
        }
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
        String::new()
    }

    fn memory(&self) -> Option<String> {
        // Of several pages each has its own, and the first may stay while another changes.
        let validators = self.first.as_ref().filter(|_| self.documents <= 1)?;
        let is_something = validators.etag.is_some() || validators.last_modified.is_some();
        is_something.then(|| {
            serde_json::json!(Memory {
                url: self.address.to_string(),
                etag: validators.etag.clone(),
                last_modified: validators.last_modified.clone(),
            })
            .to_string()
        })
    }
}

/// Records by name.
type Names = HashMap<String, (&'static str, String)>;
