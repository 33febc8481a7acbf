//! What the ledger forgets: superseded measurements that no snapshot shows any more.
//!
//! Counters change daily on a portal of any size; without this the ledger would mostly hold old ones.
//! Descriptions are never forgotten here, nor is any event.

use rusqlite::{TransactionBehavior, params};

use super::error::LedgerError;
use super::{Ledger, RecordNumber, read};
use crate::rdf::canon::Digest;

/// Rows deleted in one transaction: others may want to write.
const BATCH: u32 = 5_000;

impl Ledger {
    /// Forgets measurements that were superseded at or before the sequence `before`, with their bodies
    /// (which name their record, so that no other record can share them). Gives their number.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn forget_measurements(&mut self, before: u64) -> Result<u64, LedgerError> {
        let mut forgotten = 0;
        loop {
            let transaction = self
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let closed: Vec<(RecordNumber, i64, Digest)> = transaction
                .prepare_cached(
                    "SELECT record, from_seq, digest FROM measure WHERE to_seq <= ?1 LIMIT ?2",
                )?
                .query_map(params![read::number(before), BATCH], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect::<Result<_, _>>()?;
            if closed.is_empty() {
                return Ok(forgotten);
            }
            for (record, from, digest) in closed {
                transaction
                    .prepare_cached("DELETE FROM measure WHERE record = ?1 AND from_seq = ?2")?
                    .execute(params![record, from])?;
                // A counter may have come back to what it was, or a staged run may bring it back.
                transaction
                    .prepare_cached(
                        "DELETE FROM body WHERE digest = ?2
                         AND NOT EXISTS (SELECT 1 FROM measure WHERE record = ?1 AND digest = ?2)
                         AND NOT EXISTS (SELECT 1 FROM contribution WHERE record = ?1 AND quality = ?2)
                         AND NOT EXISTS (SELECT 1 FROM staged)",
                    )?
                    .execute(params![record, digest])?;
                forgotten += 1;
            }
            transaction.commit()?;
        }
    }
}
