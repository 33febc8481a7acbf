//! From one document of a feed to the next.

use std::collections::BTreeSet;

use url::Url;

use super::address::keeping;
use super::cursor::print;
use super::met::Meeting;
use super::{Feed, Part, Paths, Todo};
use crate::rdf::canon::Digest;
use crate::source::contract::CrawlError;
use crate::source::crawl::listing::endless;
use crate::source::feed::document::Document;
use crate::source::feed::hydra::{mounted, rewritten};
use crate::source::feed::records::Main;
use crate::source::feed::{CATALOGUES, DATASETS};

/// Documents of catalogues below the feed's own, at most.
const BELOW: usize = 100;

/// Pages without anything new, at most, before the pages count as endless.
const STALE: u32 = 3;

/// So many documents more than twice those of the first walk make a later one endless.
const LONGER: u64 = 10;

impl Feed {
    /// Takes a document that was read: what it says of others, and whether it brings anything new.
    pub(super) fn opened(&mut self, document: Document, todo: &Todo) {
        let part = todo.part;
        if let Some(why) = &document.cut_off {
            self.documents += 1;
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
        let keys: BTreeSet<String> = document.mains().iter().map(name).collect();
        let all: Vec<&str> = keys.iter().map(String::as_str).collect();
        // What has no name at all is called otherwise each time.
        let lasting = all.iter().filter(|name| !name.starts_with("_:"));
        let names = print(&lasting.copied().collect::<Vec<_>>().join("\n"));
        let all = all.join("\n");
        self.after.has_moved |= self
            .after
            .overlap
            .take()
            .is_some_and(|before| before != names);
        self.mark(todo, names);
        self.documents += 1;
        let is_repeated = !self.contents.insert(Digest::of(all.as_bytes()));
        let mut fresh = 0;
        for main in document.mains() {
            self.known.insert(main);
            if part != Part::Page || main.collection == CATALOGUES {
                continue;
            }
            let meeting = self.met.meet(main.collection, name(main));
            fresh += u64::from(meeting == Meeting::First);
            // What others share is told on every page; a dataset is on one.
            self.after.has_moved |=
                self.walk == 1 && meeting == Meeting::Before && main.collection == DATASETS;
        }
        self.stale = if fresh == 0 { self.stale + 1 } else { 0 };
        for url in &document.below {
            if self.asked_below.len() < BELOW
                && *url != self.address
                && !self.visited.contains(url)
                && self.asked_below.insert(print(url.as_str()))
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
        let next = match part {
            Part::Page => keeping(next, &self.kept),
            Part::Below => next,
        };
        let (url, other) = match rewritten(&next, &self.address) {
            Some(own) => (own, Some(next)),
            None => self.placed(next),
        };
        let is_known = self.visited.contains(&url) || url == *here;
        let is_whole = self.total.is_some_and(|total| self.met.count() >= total);
        // A later walk meets little that is new, and is as long as the first.
        let is_endless = if self.walk == 1 {
            is_repeated || self.stale >= STALE
        } else {
            self.documents.saturating_sub(self.earlier) > 2 * self.earlier + LONGER
        };
        if is_known || is_endless {
            // A last page that names itself, or the first again: everything announced is there.
            if is_whole {
                self.note(format!("the pages lead in circles at {here}: ended there"));
            } else if self.walk == 1 || !is_known {
                self.fail(endless(here));
            }
            return;
        }
        self.todo.push_front(Todo { url, other, part });
    }

    /// A link on the feed's own host, and what to ask where it fails.
    fn placed(&self, next: Url) -> (Url, Option<Url>) {
        match mounted(&next, &self.address) {
            Some(own) if self.paths == Paths::Unmounted => (own, None),
            own => (next, own),
        }
    }
}

/// What a record is known by from one reading to the next; nothing where it has no identifier.
fn name(main: &Main) -> String {
    if main.key.is_empty() {
        main.node.to_string()
    } else {
        main.key.clone()
    }
}
