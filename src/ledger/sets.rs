//! Which sets a record is in, and which records are in a set, as of a sequence.

use rusqlite::{OptionalExtension as _, params};

use super::error::LedgerError;
use super::read::{Reader, number};
use crate::ledger::RecordNumber;
use crate::record::{Kind, Set};

impl Reader {
    /// The IRIs of the records that a source calls `uri`; of an alias, that of the record shown for it.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn alias(&self, uri: &str, at: u64) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT coalesce(c.iri, r.iri) FROM member m JOIN record r ON r.id = m.record
             LEFT JOIN same s ON s.record = m.record AND s.from_seq <= ?2 AND (s.to_seq IS NULL OR s.to_seq > ?2)
             LEFT JOIN record c ON c.id = s.canonical WHERE m.kind = 'alias' AND m.value = ?1
             AND m.from_seq <= ?2 AND (m.to_seq IS NULL OR m.to_seq > ?2) ORDER BY 1",
        )?;
        let rows = statement.query_map(params![uri, number(at)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The IRI of the last record that a source called `uri`, and that is no longer called so.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn former_alias(&self, uri: &str, at: u64) -> Result<Option<String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.iri FROM member m JOIN record r ON r.id = m.record
             WHERE m.kind = 'alias' AND m.value = ?1 AND m.to_seq <= ?2
             ORDER BY m.to_seq DESC, r.iri LIMIT 1",
        )?;
        let found = statement.query_row(params![uri, number(at)], |row| row.get(0));
        Ok(found.optional()?)
    }

    /// The values of a set that a record is in.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn values(
        &self,
        record: RecordNumber,
        set: Set,
        at: u64,
    ) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT value FROM member WHERE record = ?1 AND kind = ?2
             AND from_seq <= ?3 AND (to_seq IS NULL OR to_seq > ?3) ORDER BY value",
        )?;
        let rows =
            statement.query_map(params![record, set.as_str(), number(at)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether any record was ever in the set `value`.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn was_ever(&self, set: Set, value: &str, at: u64) -> Result<bool, LedgerError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT 1 FROM member WHERE kind = ?1 AND value = ?2 AND from_seq <= ?3 LIMIT 1",
            )?
            .exists(params![set.as_str(), value, number(at)])?)
    }

    /// The next values of a set after the value `after`, each once, whoever is in them.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn every_value(
        &self,
        set: Set,
        after: &str,
        limit: u32,
        at: u64,
    ) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT value FROM member WHERE kind = ?1 AND value > ?2
             AND from_seq <= ?3 AND (to_seq IS NULL OR to_seq > ?3) ORDER BY value LIMIT ?4",
        )?;
        let rows = statement.query_map(params![set.as_str(), after, number(at), limit], |row| {
            row.get(0)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The keys of a record's distributions in the order in which its sources have them now; empty where
    /// that is the order of their IRIs.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn arrangement(&self, record: RecordNumber) -> Result<Vec<String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT arrangement FROM contribution WHERE record = ?1 AND arrangement IS NOT NULL
             AND role = (SELECT min(role) FROM contribution WHERE record = ?1) ORDER BY source",
        )?;
        let rows = statement.query_map([record], |row| row.get::<_, String>(0))?;
        let mut keys = Vec::new();
        for row in rows {
            keys.extend(row?.lines().map(str::to_owned));
        }
        Ok(keys)
    }

    /// The records that are about `iri`, by kind and IRI.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn about(&self, iri: &str, at: u64) -> Result<Vec<(Kind, String)>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.kind, r.iri FROM member m JOIN record r ON r.id = m.record
             WHERE m.kind = ?1 AND m.value = ?2 AND m.from_seq <= ?3 AND (m.to_seq IS NULL OR m.to_seq > ?3)
             ORDER BY r.iri",
        )?;
        let mut rows = statement.query(params![Set::About.as_str(), iri, number(at)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((row.get(0)?, row.get(1)?));
        }
        Ok(found)
    }

    /// When what is about `iri` last changed, in Unix seconds: a record came, went or has a new version.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn about_changed(&self, iri: &str, at: u64) -> Result<Option<i64>, LedgerError> {
        let latest: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT max(max(from_seq, CASE WHEN to_seq <= ?3 THEN to_seq ELSE 0 END)) FROM member
                 WHERE kind = ?1 AND value = ?2 AND from_seq <= ?3",
            )?
            .query_row(params![Set::About.as_str(), iri, number(at)], |row| row.get(0))?;
        match latest.and_then(|latest| u64::try_from(latest).ok()) {
            Some(latest) => self.time_of(latest),
            None => Ok(None),
        }
    }

    /// How many records other than `record` are in the set `value`.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn others_in(
        &self,
        set: Set,
        value: &str,
        record: RecordNumber,
        at: u64,
    ) -> Result<bool, LedgerError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT 1 FROM member WHERE kind = ?1 AND value = ?2 AND record <> ?3
                 AND from_seq <= ?4 AND (to_seq IS NULL OR to_seq > ?4) LIMIT 1",
            )?
            .exists(params![set.as_str(), value, record, number(at)])?)
    }
}
