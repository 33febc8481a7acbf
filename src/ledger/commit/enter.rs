//! Enters what an older program published into the sets that it did not know.
//!
//! The rules of membership are the caller's, so no migration can do it; the first commit after one does.

use oxigraph::model::NamedNode;
use rusqlite::params;

use super::{Commit, LedgerError};
use crate::ledger::RecordNumber;
use crate::record::Set;

/// The sets that are new, or that have more in them.
const SETS: [Set; 3] = [Set::About, Set::Dated, Set::Person];

/// Records read at a time.
const SOME: u32 = 500;

impl Commit<'_> {
    /// Enters every live record into the new sets, if a migration asked for it.
    pub(super) fn enter(&self) -> Result<(), LedgerError> {
        let asked = "SELECT 1 FROM meta WHERE key = 'enter'";
        if !self.connection.prepare(asked)?.exists([])? {
            return Ok(());
        }
        let mut after = RecordNumber::BEFORE_ALL;
        while let Some(last) = self.enter_some(after)? {
            after = last;
        }
        self.connection
            .execute("DELETE FROM meta WHERE key = 'enter'", [])?;
        Ok(())
    }

    /// Enters the next records after the one numbered `after`; gives the number of the last of them.
    fn enter_some(&self, after: RecordNumber) -> Result<Option<RecordNumber>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT v.record, v.from_seq, v.digest, r.iri FROM version v JOIN record r ON r.id = v.record
             WHERE v.to_seq IS NULL AND v.record > ?1 ORDER BY v.record LIMIT ?2",
        )?;
        let mut rows = statement.query(params![after, SOME])?;
        let mut last = None;
        while let Some(row) = rows.next()? {
            let (record, sequence): (RecordNumber, i64) = (row.get(0)?, row.get(1)?);
            let digest = row.get(2)?;
            let iri = NamedNode::new(row.get::<_, String>(3)?)
                .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
            for (set, value) in (self.rules.memberships)(&iri, &self.read(digest)?, "") {
                if SETS.contains(&set) {
                    self.connection
                        .prepare_cached(
                            "INSERT OR IGNORE INTO member (kind, value, record, from_seq) VALUES (?1, ?2, ?3, ?4)",
                        )?
                        .execute(params![set.as_str(), value, record, sequence])?;
                }
            }
            last = Some(record);
        }
        Ok(last)
    }
}
