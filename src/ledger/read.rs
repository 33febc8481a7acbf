//! Reading the ledger as of a sequence: descriptions, events, pages, who owns an IRI.
//!
//! Every question names the sequence it is asked at, so that an answer is whole whatever is committed
//! meanwhile. No statement stays open longer than a page of rows.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, params};

use super::error::LedgerError;
use super::publication::Publication;
use super::recognition::Alias;
use super::word::{RecordNumber, words};
use super::{body, open_read_only};
use crate::rdf::canon::Digest;
use crate::record::{Base, Key, PortalId, RecordId};
use body::Packed;

/// The ledger, open for reading.
pub struct Reader {
    pub(super) connection: Connection,
    base: Base,
    /// The folder of the ledger.
    pub(super) store: PathBuf,
    is_still: bool,
}

/// A record's description at some sequence.
#[derive(Debug, Clone)]
pub struct Description {
    /// The record's number in the ledger.
    pub record: RecordNumber,
    /// Which record.
    pub id: RecordId,
    /// Its IRI.
    pub iri: String,
    /// SHA-256 of its canonical N-Triples.
    pub digest: Digest,
    /// The same of its origin graph, if it has one.
    pub origin: Option<Digest>,
    /// The same of what is measured of it, if anything is.
    pub quality: Option<Digest>,
    /// The sequence of the event that made it.
    pub sequence: u64,
    /// Unix seconds: when the record was first published.
    pub issued: Option<i64>,
    /// Unix seconds: when this version was published.
    pub modified: Option<i64>,
    /// Unix seconds: when its measurements were published.
    pub measured: Option<i64>,
}

/// What an event did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// The record is published, for the first time or again.
    Create,
    /// Its description changed.
    Update,
    /// It is withdrawn.
    Delete,
    /// Only what is measured of it changed.
    Measure,
    /// It is recognised as the same as another record, and no longer shown beside it.
    Same,
    /// It is no longer taken for the same as another one.
    Apart,
}

words!(EventKind, "kind of event", {
    Create = "create",
    Update = "update",
    Delete = "delete",
    Measure = "measure",
    Same = "same",
    Apart = "apart",
});

/// An entry of the event log.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its number.
    pub sequence: u64,
    /// The record's number in the ledger.
    pub record: RecordNumber,
    /// The record's IRI.
    pub iri: String,
    /// What it did.
    pub kind: EventKind,
    /// Unix seconds, once published.
    pub time: Option<i64>,
}

/// Where an IRI leads.
#[derive(Debug, Clone)]
pub enum Resolved {
    /// It is a record's, or a part of one.
    Live(Box<Description>),
    /// It is an alias, or a part of one: another record is shown in its place.
    Same(Box<Alias>),
    /// It was: withdrawn by this event.
    Gone {
        /// The record's IRI.
        iri: String,
        /// Which record.
        id: RecordId,
        /// The event that withdrew it.
        sequence: u64,
        /// Unix seconds, once published.
        time: Option<i64>,
    },
    /// Nobody knows it.
    Unknown,
}

pub(super) const DESCRIPTION: &str = "SELECT r.id, r.portal, r.kind, r.key, r.iri, v.digest, v.origin, v.from_seq,
  (SELECT time FROM publication WHERE seq >=
    (SELECT seq FROM event WHERE record = r.id AND kind = 'create' ORDER BY seq LIMIT 1) ORDER BY seq LIMIT 1),
  (SELECT time FROM publication WHERE seq >= v.from_seq ORDER BY seq LIMIT 1),
  q.digest, (SELECT time FROM publication WHERE seq >= q.from_seq ORDER BY seq LIMIT 1)
  FROM record r JOIN version v ON v.record = r.id AND v.from_seq <= :at AND (v.to_seq IS NULL OR v.to_seq > :at)
  LEFT JOIN measure q ON q.record = r.id AND q.from_seq <= :at AND (q.to_seq IS NULL OR q.to_seq > :at)";

impl Reader {
    /// Opens the ledger in the folder `store`.
    ///
    /// # Errors
    /// [`LedgerError::Missing`] when there is none, and those of [`super::Ledger::open`].
    pub fn open(store: &Path, base: &Base) -> Result<Self, LedgerError> {
        Self::open_file(&store.join("ledger.sqlite"), base)
    }

    pub(super) fn open_file(path: &Path, base: &Base) -> Result<Self, LedgerError> {
        if !path.is_file() {
            return Err(LedgerError::Missing(PathBuf::from(path)));
        }
        let (connection, is_still) = match open_read_only(path) {
            // Another process is about to make the tables.
            Err(LedgerError::Older { found: 0, .. }) => {
                return Err(LedgerError::Missing(PathBuf::from(path)));
            }
            opened => opened?,
        };
        let made_for = super::made_for(&connection)?;
        match made_for {
            Some(made_for) if made_for == base.as_str() => Ok(Self {
                connection,
                base: base.clone(),
                store: path.parent().map(Path::to_owned).unwrap_or_default(),
                is_still,
            }),
            Some(made_for) => Err(LedgerError::OtherBase {
                made_for,
                configured: base.to_string(),
            }),
            None => Err(LedgerError::Missing(PathBuf::from(path))),
        }
    }

    /// The base IRI that the ledger was made for.
    #[must_use]
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// Whether the ledger was opened as a file that nobody changes, since this user may write nothing into
    /// its folder: whoever reads later opens it again.
    #[must_use]
    pub fn is_still(&self) -> bool {
        self.is_still
    }

    /// The highest sequence number committed, 0 when there is none.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn sequence(&self) -> Result<u64, LedgerError> {
        sequence(&self.connection)
    }

    /// The latest publication, shown or planned.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn latest_publication(&self) -> Result<Option<Publication>, LedgerError> {
        super::publication::latest(&self.connection)
    }

    /// When `sequence` was published, in Unix seconds.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn time_of(&self, sequence: u64) -> Result<Option<i64>, LedgerError> {
        Ok(self
            .connection
            .prepare_cached("SELECT time FROM publication WHERE seq >= ?1 ORDER BY seq LIMIT 1")?
            .query_row([number(sequence)], |row| row.get(0))
            .optional()?)
    }

    /// The description of a record.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn description(
        &self,
        record: RecordNumber,
        at: u64,
    ) -> Result<Option<Description>, LedgerError> {
        self.one(&format!("{DESCRIPTION} WHERE r.id = :key"), &record, at)
    }

    /// Where an IRI under the base leads: a record's own IRI, or that of a part it owns.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn resolve(&self, iri: &str, at: u64) -> Result<Resolved, LedgerError> {
        let live = match self.one(&format!("{DESCRIPTION} WHERE r.iri = :key"), &iri, at)? {
            Some(found) => Some(found),
            None => self.one(
                &format!(
                    "{DESCRIPTION} JOIN member m ON m.kind = 'subject' AND m.value = :key AND m.record = r.id
                     AND m.from_seq <= :at AND (m.to_seq IS NULL OR m.to_seq > :at)"
                ),
                &iri,
                at,
            )?,
        };
        if let Some(found) = live {
            return Ok(Resolved::Live(Box::new(found)));
        }
        if let Some(alias) = self.same_of(iri, at)? {
            return Ok(Resolved::Same(Box::new(alias)));
        }
        // Withdrawn: the record itself, or the last one that owned the part.
        let row: Option<(i64, i64)> = self
            .connection
            .prepare_cached(
                "SELECT record, max(gone) FROM (
                   SELECT v.record, max(v.to_seq) AS gone FROM version v JOIN record r ON r.id = v.record
                     WHERE r.iri = ?1 AND v.to_seq <= ?2 GROUP BY v.record
                   UNION ALL
                   SELECT s.record, max(s.to_seq) AS gone FROM same s JOIN record r ON r.id = s.record
                     WHERE r.iri = ?1 AND s.to_seq <= ?2 GROUP BY s.record
                   UNION ALL
                   SELECT record, max(to_seq) AS gone FROM member
                     WHERE kind = 'subject' AND value = ?1 AND to_seq <= ?2 GROUP BY record)
                 WHERE record IS NOT NULL GROUP BY record ORDER BY 2 DESC LIMIT 1",
            )?
            .query_row(params![iri, number(at)], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((record, gone)) = row else {
            return Ok(Resolved::Unknown);
        };
        let (id, record_iri) = self
            .connection
            .prepare_cached("SELECT portal, kind, key, iri FROM record WHERE id = ?1")?
            .query_row([record], |row| Ok((record_id(row, 0), row.get(3)?)))?;
        let gone = u64::try_from(gone).unwrap_or_default();
        Ok(Resolved::Gone {
            iri: record_iri,
            id: id?,
            sequence: gone,
            time: self.time_of(gone)?,
        })
    }

    /// The canonical N-Triples of a body.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] when it is not there.
    pub fn body(&self, digest: Digest) -> Result<String, LedgerError> {
        body::get(&self.connection, digest)
    }

    /// How long the canonical N-Triples of a body are, in bytes; 0 where it is not there.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn size(&self, digest: Digest) -> Result<u64, LedgerError> {
        body::size(&self.connection, digest)
    }

    /// A body as it is kept, to be unpacked elsewhere.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] when it is not there.
    pub fn packed(&self, digest: Digest) -> Result<Packed, LedgerError> {
        Packed::get(&self.connection, digest)
    }

    /// The next records after the one numbered `after`, in the order of their numbers: for bulk loads.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn scan(
        &self,
        after: RecordNumber,
        limit: u32,
        at: u64,
    ) -> Result<Vec<Description>, LedgerError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{DESCRIPTION} WHERE r.id > :after ORDER BY r.id LIMIT :limit"
        ))?;
        let rows = statement.query_map(
            rusqlite::named_params! { ":at": number(at), ":after": after, ":limit": limit },
            |row| Ok(description(row)),
        )?;
        rows.map(|row| row?).collect()
    }

    /// How many records are live, of any kind.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn live(&self, at: u64) -> Result<u64, LedgerError> {
        let count: i64 = self
            .connection
            .prepare_cached("SELECT count(*) FROM version WHERE from_seq <= ?1 AND (to_seq IS NULL OR to_seq > ?1)")?
            .query_row([number(at)], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    fn one(&self, sql: &str, key: &dyn ToSql, at: u64) -> Result<Option<Description>, LedgerError> {
        self.connection
            .prepare_cached(sql)?
            .query_row(
                rusqlite::named_params! { ":key": key, ":at": number(at) },
                |row| Ok(description(row)),
            )
            .optional()?
            .transpose()
    }
}

/// The highest sequence number committed, 0 when there is none.
pub(super) fn sequence(connection: &Connection) -> Result<u64, LedgerError> {
    let highest: Option<i64> =
        connection.query_row("SELECT max(seq) FROM event", [], |row| row.get(0))?;
    Ok(u64::try_from(highest.unwrap_or_default()).unwrap_or_default())
}

pub(super) fn number(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}

pub(super) fn description(row: &Row<'_>) -> Result<Description, LedgerError> {
    Ok(Description {
        record: row.get(0)?,
        id: record_id(row, 1)?,
        iri: row.get(4)?,
        digest: row.get(5)?,
        origin: row.get(6)?,
        quality: row.get(10)?,
        sequence: u64::try_from(row.get::<_, i64>(7)?).unwrap_or_default(),
        issued: row.get(8)?,
        modified: row.get(9)?,
        measured: row.get(11)?,
    })
}

/// The identity in the columns `first` (portal), `first + 1` (kind) and `first + 2` (key).
pub(super) fn record_id(row: &Row<'_>, first: usize) -> Result<RecordId, LedgerError> {
    let (portal, key): (String, String) = (row.get(first)?, row.get(first + 2)?);
    let unexpected = |what: String| LedgerError::Unexpected(what);
    Ok(RecordId {
        portal: PortalId::new(&portal).map_err(|error| unexpected(error.to_string()))?,
        kind: row.get(first + 1)?,
        key: Key::from_url(&key).ok_or_else(|| unexpected(format!("the key `{key}`")))?,
    })
}
