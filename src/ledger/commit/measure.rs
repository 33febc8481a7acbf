//! What is measured of a record: quality scores and counters, which change without its description.
//!
//! They are versioned by the same sequence, so that the projection is exact, but make neither an update
//! nor a new date: an aggregator must not fetch a dataset again because somebody looked at it.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;
use rusqlite::{OptionalExtension as _, params};

use super::{Commit, Contribution, LedgerError};
use crate::ledger::RecordNumber;
use crate::rdf::canon::Digest;

impl Commit<'_> {
    /// What is measured of a record now: by its main contributions, else by its mentions; their union.
    pub(super) fn quality(
        &self,
        record: RecordNumber,
        iri: &NamedNode,
    ) -> Result<Option<Digest>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT role, digest, origin, quality FROM contribution WHERE record = ?1
             AND role = (SELECT min(role) FROM contribution WHERE record = ?1)",
        )?;
        let mut rows = statement.query([record])?;
        let mut measured = BTreeSet::new();
        while let Some(row) = rows.next()? {
            measured.extend(Contribution::from_row(row, 0)?.quality);
        }
        if measured.len() < 2 {
            return Ok(measured.pop_first());
        }
        let all = self.read_all(&measured)?.concat();
        Ok(Some(self.write(iri, &all)?.digest))
    }

    /// What the ledger has as measured of it.
    pub(super) fn quality_held(&self, record: RecordNumber) -> Result<Option<Digest>, LedgerError> {
        Ok(self
            .connection
            .prepare_cached("SELECT digest FROM measure WHERE record = ?1 AND to_seq IS NULL")?
            .query_row([record], |row| row.get(0))
            .optional()?)
    }

    /// Replaces what is measured of a record, as of the current sequence.
    pub(super) fn measured(
        &self,
        record: RecordNumber,
        quality: Option<Digest>,
    ) -> Result<(), LedgerError> {
        let sequence = i64::try_from(self.sequence)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        self.connection
            .prepare_cached("UPDATE measure SET to_seq = ?2 WHERE record = ?1 AND to_seq IS NULL")?
            .execute(params![record, sequence])?;
        if let Some(quality) = quality {
            self.connection
                .prepare_cached(
                    "INSERT INTO measure (record, from_seq, digest) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![record, sequence, quality])?;
        }
        Ok(())
    }
}
