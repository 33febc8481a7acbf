//! The event log: what happened to records, sequence number by sequence number.

use std::collections::BTreeSet;

use rusqlite::params;

use super::error::LedgerError;
use super::read::{Event, Reader, number};
use super::word::RecordNumber;

impl Reader {
    /// The next events after `after`, up to and including `upto`.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn events(&self, after: u64, upto: u64, limit: u32) -> Result<Vec<Event>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT e.seq, e.record, r.iri, e.kind,
               (SELECT time FROM publication WHERE seq >= e.seq ORDER BY seq LIMIT 1)
             FROM event e JOIN record r ON r.id = e.record WHERE e.seq > ?1 AND e.seq <= ?2 ORDER BY e.seq LIMIT ?3",
        )?;
        let rows = statement.query_map(params![number(after), number(upto), limit], |row| {
            Ok(Event {
                sequence: u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default(),
                record: row.get(1)?,
                iri: row.get(2)?,
                kind: row.get(3)?,
                time: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The records that something happened to after the sequence `from`, up to and including `at`.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn changed(&self, from: u64, at: u64) -> Result<BTreeSet<RecordNumber>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT record FROM event WHERE seq > ?1 AND seq <= ?2")?;
        let rows = statement.query_map(params![number(from), number(at)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
