//! The statements of a feed, page after page, where they can be asked for by subject and by object.
//!
//! `rusqlite` stands here beside the ledger's: nothing of it outlives the reading, and nothing outside sees it.
//!
//! A catalogue of a gigabyte does not fit into memory, and its records are found only when all of it
//! has been read, so the statements go into an SQLite database: in memory while the feed is small, in a
//! temporary file from then on. Terms are kept as N-Triples. Nothing here knows what DCAT is.

use std::cell::Cell;
use std::fmt::Write as _;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Triple};
use rusqlite::{Connection, OptionalExtension as _, params};
use tempfile::TempDir;
use thiserror::Error;

use super::recent::Recent;
use super::remarks::Remarks;
use crate::finding::Finding;
use crate::rdf::blank::apart;
use crate::rdf::{lines, long};

/// How many times its statements may be walked through for its records, all in all. Records that share what
/// they point to have it each; ten thousand that point to the same ten thousand nodes would never end.
const WALKS: u64 = 30;

/// And so many statements, however few it has.
const WALKED: u64 = 100_000;

/// How many statements between two transactions.
const BATCH: u32 = 50_000;

/// The store of statements failed: no room, usually.
#[derive(Debug, Error)]
pub enum IndexError {
    /// `SQLite` says no.
    #[error("the statements of the feed cannot be kept")]
    Sqlite(#[from] rusqlite::Error),
    /// There is no temporary folder.
    #[error("there is no room for the statements of the feed")]
    Folder(#[from] std::io::Error),
}

/// Where the statements are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// In memory: for documents of some megabytes.
    Memory,
    /// In a temporary file.
    Disk,
}

/// The statements, and what was odd about them.
pub struct Index {
    connection: Connection,
    /// Before the labels of the blank nodes of the document that is read.
    document: u32,
    pending: u32,
    count: u64,
    walked: Cell<u64>,
    recent: Recent,
    failed: Option<rusqlite::Error>,
    /// What is to be told of the documents as a whole.
    pub remarks: Remarks,
    _folder: Option<TempDir>,
}

impl Index {
    /// An empty index.
    ///
    /// # Errors
    /// [`IndexError`] where there is no room for it.
    pub fn new(room: Room) -> Result<Self, IndexError> {
        let (connection, folder) = match room {
            Room::Memory => (Connection::open_in_memory()?, None),
            Room::Disk => {
                let folder = tempfile::Builder::new().prefix("moisson-feed-").tempdir()?;
                (
                    Connection::open(folder.path().join("statements.sqlite"))?,
                    Some(folder),
                )
            }
        };
        connection.execute_batch(
            "PRAGMA journal_mode = OFF;
             PRAGMA synchronous = OFF;
             PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA cache_size = -32768;
             PRAGMA temp_store = FILE;
             CREATE TABLE triple (s TEXT NOT NULL, p TEXT NOT NULL, o TEXT NOT NULL);
             CREATE TABLE finding (s TEXT NOT NULL, said TEXT NOT NULL);
             CREATE TABLE taken (s TEXT PRIMARY KEY) WITHOUT ROWID;
             BEGIN;",
        )?;
        Ok(Self {
            connection,
            document: 0,
            pending: 0,
            count: 0,
            walked: Cell::new(0),
            recent: Recent::default(),
            failed: None,
            remarks: Remarks::default(),
            _folder: folder,
        })
    }

    /// Begins another document, whose blank nodes are none of the former ones'.
    pub fn next_document(&mut self) {
        self.document += 1;
    }

    /// How many statements have been added.
    #[cfg(test)]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Adds a statement, its text cut where it is too long. What goes wrong is told by [`Index::settle`].
    pub fn add(&mut self, triple: Triple) {
        if self.failed.is_some() {
            return;
        }
        let subject = triple.subject.clone();
        let (triple, told) = long::fit(triple);
        if let Some(told) = told {
            let finding = Finding::too_long(told.is_cut, &told.field, &told.message, &told.shown);
            self.find(Some(&subject), &finding);
        }
        let Some(triple) = triple else { return };
        let triple = apart(triple, &format!("d{}x", self.document));
        let (subject, object) = (triple.subject.to_string(), triple.object.to_string());
        let property = triple.predicate.as_str();
        if self.recent.is_repeated((&subject, property, &object)) {
            return;
        }
        let added = self
            .connection
            .prepare_cached("INSERT INTO triple VALUES (?1, ?2, ?3)")
            .and_then(|mut insert| insert.execute(params![subject, property, object]));
        match added {
            Ok(_) => {
                self.count += 1;
                self.pending += 1;
            }
            Err(error) => self.failed = Some(error),
        }
        if self.pending >= BATCH {
            self.pending = 0;
            if let Err(error) = self.connection.execute_batch("COMMIT; BEGIN") {
                self.failed = Some(error);
            }
        }
    }

    /// Notes what was odd about a resource of the document; without one, about the document.
    pub fn find(&mut self, about: Option<&NamedOrBlankNode>, finding: &Finding) {
        let Some(about) = about else {
            let value = if finding.value.is_empty() {
                String::new()
            } else {
                format!(" ({})", finding.value)
            };
            self.remarks
                .note(format!("{}: {}{value}", finding.field, finding.message));
            return;
        };
        let about = match about {
            NamedOrBlankNode::NamedNode(node) => node.to_string(),
            NamedOrBlankNode::BlankNode(node) => format!("_:d{}x{}", self.document, node.as_str()),
        };
        let said = serde_json::json!(finding).to_string();
        if self.recent.is_repeated((&about, "", &said)) {
            return;
        }
        let added = self
            .connection
            .prepare_cached("INSERT INTO finding VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute(params![about, said]));
        if let Err(error) = added {
            self.failed = Some(error);
        }
    }

    /// Ends the writing for now: everything added can be asked for.
    ///
    /// # Errors
    /// The first thing that went wrong since the last time.
    pub fn settle(&mut self) -> Result<(), IndexError> {
        if let Some(error) = self.failed.take() {
            return Err(error.into());
        }
        self.pending = 0;
        // Only what others may point to is looked for as an object.
        self.connection.execute_batch(
            "COMMIT;
             CREATE INDEX IF NOT EXISTS by_subject ON triple (s);
             CREATE INDEX IF NOT EXISTS by_object ON triple (o) WHERE o < '_:z' AND o > '<';
             CREATE INDEX IF NOT EXISTS found ON finding (s);
             BEGIN;",
        )?;
        Ok(())
    }

    /// The statements about `subject`, in canonical order, each once.
    ///
    /// # Errors
    /// [`IndexError`]
    pub fn about(&self, subject: &NamedOrBlankNode) -> Result<Vec<Triple>, IndexError> {
        let key = subject.to_string();
        let mut select = self
            .connection
            .prepare_cached("SELECT DISTINCT p, o FROM triple WHERE s = ?1 ORDER BY p, o")?;
        let mut rows = select.query([&key])?;
        let mut text = String::new();
        while let Some(row) = rows.next()? {
            let property = row.get_ref(0)?.as_str().unwrap_or_default();
            let object = row.get_ref(1)?.as_str().unwrap_or_default();
            text.push_str(&key);
            text.push_str(" <");
            text.push_str(property);
            text.push_str("> ");
            text.push_str(object);
            text.push_str(" .\n");
        }
        let about = parsed(&text);
        let read = u64::try_from(about.len()).unwrap_or(u64::MAX);
        self.walked
            .set(self.walked.get().saturating_add(read).saturating_add(1));
        Ok(about)
    }

    /// Whether so much was asked for that something is wrong with the feed.
    pub fn is_exhausted(&self) -> bool {
        self.walked.get() > WALKED.saturating_add(self.count.saturating_mul(WALKS))
    }

    /// Whether anything is said of `subject`.
    ///
    /// # Errors
    /// [`IndexError`]
    pub fn knows(&self, subject: &NamedOrBlankNode) -> Result<bool, IndexError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT 1 FROM triple WHERE s = ?1 LIMIT 1")?;
        Ok(select
            .query_row([subject.to_string()], |_| Ok(()))
            .optional()?
            .is_some())
    }

    /// The subjects that point to `object`, with the properties that they do it by, each once.
    ///
    /// # Errors
    /// [`IndexError`]
    pub fn pointing_to(
        &self,
        object: NamedOrBlankNodeRef<'_>,
    ) -> Result<Vec<(String, String)>, IndexError> {
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT s, p FROM triple WHERE o = ?1 AND o < '_:z' AND o > '<' ORDER BY s, p",
        )?;
        let rows = select.query_map([object.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The subjects that point to `object` by `property`, as the index writes them, each once.
    ///
    /// # Errors
    /// [`IndexError`]
    pub fn subjects(
        &self,
        property: NamedNodeRef<'_>,
        object: NamedNodeRef<'_>,
    ) -> Result<Vec<NamedOrBlankNode>, IndexError> {
        let mut select = self.connection.prepare_cached(
            "SELECT s FROM triple WHERE o = ?1 AND o < '_:z' AND o > '<' AND p = ?2
             GROUP BY s ORDER BY min(rowid)",
        )?;
        let rows = select.query_map(params![object.to_string(), property.as_str()], |row| {
            row.get::<_, String>(0)
        })?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(node(&row?));
        }
        Ok(found)
    }

    /// Subject and object of each statement with `property`, in the order met.
    ///
    /// # Errors
    /// [`IndexError`]
    pub fn with_property(&self, property: NamedNodeRef<'_>) -> Result<Vec<Triple>, IndexError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT s, o FROM triple WHERE p = ?1 ORDER BY rowid")?;
        let rows = select.query_map([property.as_str()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut text = String::new();
        for row in rows {
            let (subject, object) = row?;
            // Writing to a string does not fail.
            let _ = writeln!(text, "{subject} <{}> {object} .", property.as_str());
        }
        Ok(parsed(&text))
    }

    /// What was odd about `subject`, each thing once, sorted.
    ///
    /// # Errors
    /// [`IndexError`]
    pub fn findings(&self, subject: &NamedOrBlankNode) -> Result<Vec<Finding>, IndexError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT DISTINCT said FROM finding WHERE s = ?1 ORDER BY said")?;
        let rows = select.query_map([subject.to_string()], |row| row.get::<_, String>(0))?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(serde_json::from_str(&row?).ok());
        }
        Ok(found)
    }

    /// Notes that a record has what is said of `subject`.
    ///
    /// # Errors
    /// [`IndexError`]
    pub fn mark(&self, subject: &NamedOrBlankNode) -> Result<(), IndexError> {
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO taken VALUES (?1)")?
            .execute([subject.to_string()])?;
        Ok(())
    }

    /// Notes how many subjects no record has, but for those that only say which page this is.
    ///
    /// # Errors
    /// [`IndexError`]
    pub fn note_unmarked(&mut self) -> Result<(), IndexError> {
        let (count, example): (i64, Option<String>) = self.connection.query_row(
            "SELECT count(*), min(CASE WHEN substr(s, 1, 2) = '_:' THEN 'one without a name' ELSE s END)
             FROM (
                 SELECT DISTINCT s FROM triple
                 WHERE s NOT IN (SELECT s FROM taken)
                 AND s NOT IN (
                     SELECT s FROM triple
                     WHERE p >= 'http://www.w3.org/ns/hydra/core#'
                     AND p < 'http://www.w3.org/ns/hydra/core$'
                 )
                 AND p <> 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
             )",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if let Some(example) = example {
            self.remarks.note(format!(
                "no record leads to {count} of the resources described, {example} among them: left out"
            ));
        }
        Ok(())
    }
}

/// The statements of a text that the model itself has written.
fn parsed(text: &str) -> Vec<Triple> {
    lines::parse(text).unwrap_or_else(|_| {
        let each = text.split_inclusive('\n').map(lines::parse);
        each.filter_map(Result::ok).flatten().collect()
    })
}

/// A subject as the index writes it.
#[must_use]
pub fn node(text: &str) -> Option<NamedOrBlankNode> {
    use oxigraph::model::{BlankNode, NamedNode};
    if let Some(label) = text.strip_prefix("_:") {
        return Some(BlankNode::new_unchecked(label).into());
    }
    let iri = text.strip_prefix('<')?.strip_suffix('>')?;
    Some(NamedNode::new_unchecked(iri).into())
}

#[cfg(test)]
impl Index {
    /// Every statement, in the order met.
    pub(crate) fn everything(&self) -> Result<Vec<Triple>, IndexError> {
        let mut select = self
            .connection
            .prepare("SELECT s, p, o FROM triple ORDER BY rowid")?;
        let rows = select.query_map([], |row| {
            let (s, p, o): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(format!("{s} <{p}> {o} .\n"))
        })?;
        let text: String = rows.collect::<Result<_, _>>()?;
        Ok(parsed(&text))
    }
}
