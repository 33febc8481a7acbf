//! What became of single source records in a run, where no event says it: for reports, and for whoever
//! asks what happened to a record.
//!
//! Records that did not change cost no row.

use rusqlite::params;

use super::{Commit, LedgerError};
use crate::ledger::SourceNumber;

impl Commit<'_> {
    /// Notes the staged records that could not be described.
    pub(super) fn note_rejected(&self) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO run_record (run, collection, key, state, reason)
             SELECT run, collection, key, 'rejected', rejected FROM staged WHERE run = ?1 AND rejected IS NOT NULL",
            [self.run.0],
        )?;
        Ok(())
    }

    /// Notes the records of a collection that are absent for the first time.
    pub(super) fn note_absent(&self, collection: &str) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO run_record (run, collection, key, state)
             SELECT ?2, collection, key, 'absent' FROM source WHERE portal = ?1 AND collection = ?3
             AND absent_since IS NULL AND id NOT IN (SELECT source FROM seen WHERE run = ?2)
             AND id NOT IN (SELECT source FROM carried WHERE run = ?2)",
            params![self.portal, self.run.0, collection],
        )?;
        Ok(())
    }

    /// Notes a record that is about to be withdrawn.
    pub(super) fn note_withdrawn(&self, source: SourceNumber) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO run_record (run, collection, key, state, reason)
                 SELECT ?2, collection, key, 'withdrawn',
                   'not listed since ' || strftime('%Y-%m-%dT%H:%M:%SZ', absent_since, 'unixepoch')
                 FROM source WHERE id = ?1",
            )?
            .execute(params![source, self.run.0])?;
        Ok(())
    }
}
