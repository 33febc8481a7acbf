//! Where a crawl of a feed is, so that an interrupted run can go on.
//!
//! It goes on with the document whose records were being given: the ledger sorts repetitions out, and a
//! document that names other records than before tells that the pages have moved meanwhile. A cursor is
//! written with every page, so names are in it as fingerprints of five bytes, and only so many.

use std::collections::HashSet;

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use url::Url;

use super::link::{Known, Links};
use super::met::Met;
use super::{Feed, Part, Todo};
use crate::address::public_text;
use crate::rdf::canon::Digest;

/// The first five bytes of a digest: two of 20,000 names are the same once in 5,000 feeds.
pub(super) type Print = u64;

/// How many bytes.
const BYTES: usize = 5;

/// Where to go on, and what was known there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// What feed was asked.
    feed: Print,
    /// The documents still to read; the first is the one whose records were being given.
    todo: Vec<Ahead>,
    /// What that one names.
    names: Option<Print>,
    walk: u32,
    documents: u64,
    earlier: u64,
    given: u64,
    total: Option<u64>,
    /// The records met in the documents before; none where they are too many.
    met: Option<String>,
    links: Links,
    below: String,
    /// Whether records of the documents before wait.
    left: bool,
    has_moved: bool,
    notes: Vec<String>,
}

/// A document still to read.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Ahead {
    url: String,
    other: Option<String>,
    part: Part,
}

impl Ahead {
    fn of(todo: &Todo) -> Self {
        Self {
            url: todo.url.to_string(),
            other: todo.other.as_ref().map(Url::to_string),
            part: todo.part,
        }
    }

    fn todo(&self) -> Result<Todo, String> {
        let read = |text: &String| {
            Url::parse(text).map_err(|error| format!("`{}`: {error}", public_text(text)))
        };
        Ok(Todo {
            url: read(&self.url)?,
            other: self.other.as_ref().map(read).transpose()?,
            part: self.part,
        })
    }
}

impl Cursor {
    /// The start of a feed.
    pub(super) fn start(address: &Url) -> Self {
        Self {
            feed: print(address.as_str()),
            todo: vec![Ahead::of(&Todo::page(address.clone()))],
            names: None,
            walk: 1,
            documents: 0,
            earlier: 0,
            given: 0,
            total: None,
            met: Some(String::new()),
            links: Links::default(),
            below: String::new(),
            left: false,
            has_moved: false,
            notes: Vec::new(),
        }
    }
}

impl Feed {
    /// Notes that a document is about to be gone through, which names `names`.
    pub(super) fn mark(&mut self, todo: &Todo, names: Print) {
        let given = u64::try_from(self.given.len()).unwrap_or(u64::MAX);
        self.at = Cursor {
            feed: self.at.feed,
            todo: std::iter::once(todo)
                .chain(&self.todo)
                .map(Ahead::of)
                .collect(),
            names: Some(names),
            walk: self.walk,
            documents: self.documents,
            earlier: self.earlier,
            given: self.given_before.saturating_add(given),
            total: self.total,
            met: self.met.packed(),
            links: self.known.links(),
            below: pack(&self.asked_below),
            left: self.after.left || !self.held.is_empty(),
            has_moved: self.after.has_moved,
            notes: self.notes.iter().cloned().collect(),
        };
    }

    /// Goes on from a cursor.
    ///
    /// # Errors
    /// A cursor of another feed, or one that cannot be read.
    pub(super) fn resume(&mut self, cursor: Cursor) -> Result<(), String> {
        if cursor.feed != print(self.address.as_str()) {
            return Err("the interrupted run read another feed".to_owned());
        }
        self.known = Known::resumed(cursor.links.clone())?;
        self.met = Met::resumed(cursor.met.as_deref())?;
        self.asked_below = unpack(&cursor.below)?;
        let todo = cursor.todo.iter().map(Ahead::todo);
        self.todo = todo.collect::<Result<_, _>>()?;
        self.after.is_resumed = cursor.documents > cursor.earlier || cursor.left;
        if cursor.documents > 0 {
            // Pages that lead back to the first go in circles.
            self.visited.insert(self.address.clone());
        }
        // With nothing read before it a document may change as it likes.
        self.after.overlap = cursor.names.filter(|_| self.after.is_resumed);
        self.walk = cursor.walk;
        self.documents = cursor.documents;
        self.earlier = cursor.earlier;
        self.given_before = cursor.given;
        self.total = cursor.total;
        self.after.left = cursor.left;
        self.after.has_moved = cursor.has_moved;
        self.notes = cursor.notes.iter().cloned().collect();
        self.at = cursor;
        Ok(())
    }
}

/// The fingerprint of a name.
pub(super) fn print(name: &str) -> Print {
    let digest = Digest::of(name.as_bytes());
    let bytes = digest.as_bytes().iter().take(BYTES);
    bytes.fold(0, |print, byte| (print << 8) | u64::from(*byte))
}

/// A set of fingerprints as text.
pub(super) fn pack(prints: &HashSet<Print>) -> String {
    let mut sorted: Vec<Print> = prints.iter().copied().collect();
    sorted.sort_unstable();
    let bytes: Vec<u8> = sorted
        .iter()
        .flat_map(|print| print.to_be_bytes().into_iter().skip(8 - BYTES))
        .collect();
    BASE64.encode(&bytes)
}

/// What [`pack`] has written.
pub(super) fn unpack(text: &str) -> Result<HashSet<Print>, String> {
    let bytes = BASE64
        .decode(text.as_bytes())
        .map_err(|error| error.to_string())?;
    let read = |bytes: &[u8]| {
        let bytes = bytes.iter();
        bytes.fold(0, |print, byte| (print << 8) | u64::from(*byte))
    };
    Ok(bytes.chunks(BYTES).map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_read_as_they_were_written() {
        let prints: HashSet<Print> = ["a", "b", "https://e.org/d/1"].map(print).into();
        assert_eq!(unpack(&pack(&prints)), Ok(prints));
        assert_eq!(unpack(""), Ok(HashSet::new()));
        assert_eq!(pack(&[7].into()), "AAAAAAc=");
        assert!(unpack("{").is_err());
    }
}
