//! Takes credentials out of what an older version of the program has stored.
//!
//! A description of the past keeps its place and its digest, which then is a name and no sum any more: no
//! version is lost, no event changes, and nobody can read there what nobody should have written.

use rusqlite::{TransactionBehavior, params};

use super::error::LedgerError;
use super::{Ledger, body};
use crate::rdf::canon::Digest;
use crate::record::PortalId;

/// Bodies looked through at a time.
const BATCH: i64 = 500;

/// What was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Texts and bodies that were rewritten.
    pub rewritten: u64,
    /// Current descriptions among them: projections show them until they are made anew.
    pub current: u64,
}

/// The texts of a portal outside of descriptions: where they are, by two numbers or one, and what to write.
const TEXTS: [(&str, &str); 5] = [
    (
        "SELECT rowid, message FROM finding WHERE source IN (SELECT id FROM source WHERE portal = ?1)
         OR record IN (SELECT id FROM record WHERE portal = ?1)",
        "UPDATE finding SET message = ?2 WHERE rowid = ?1",
    ),
    (
        "SELECT rowid, value FROM finding WHERE source IN (SELECT id FROM source WHERE portal = ?1)
         OR record IN (SELECT id FROM record WHERE portal = ?1)",
        "UPDATE finding SET value = ?2 WHERE rowid = ?1",
    ),
    (
        "SELECT id, notes FROM run WHERE portal = ?1",
        "UPDATE run SET notes = ?2 WHERE id = ?1",
    ),
    (
        "SELECT id, reason FROM run WHERE portal = ?1 AND reason IS NOT NULL",
        "UPDATE run SET reason = ?2 WHERE id = ?1",
    ),
    (
        "SELECT id, rejected FROM source WHERE portal = ?1 AND rejected IS NOT NULL",
        "UPDATE source SET rejected = ?2 WHERE id = ?1",
    ),
];

impl Ledger {
    /// Rewrites whatever is stored of a portal's runs and findings, and every description, that `hidden`
    /// finds something in. Payloads are not looked at: they are described again.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn hide(
        &mut self,
        portal: &PortalId,
        hidden: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Hidden, LedgerError> {
        let mut found = Hidden::default();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (select, update) in TEXTS {
            let rows: Vec<(i64, String)> = transaction
                .prepare(select)?
                .query_map([portal.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            for (row, text) in rows {
                if let Some(text) = hidden(&text) {
                    transaction.execute(update, params![row, text])?;
                    found.rewritten += 1;
                }
            }
        }
        transaction.commit()?;
        self.hide_bodies(hidden, &mut found)?;
        Ok(found)
    }

    fn hide_bodies(
        &mut self,
        hidden: &dyn Fn(&str) -> Option<String>,
        found: &mut Hidden,
    ) -> Result<(), LedgerError> {
        let mut after = 0;
        loop {
            let transaction = self
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let rows: Vec<(i64, Digest, Vec<u8>)> = transaction
                .prepare_cached(
                    "SELECT rowid, digest, data FROM body WHERE rowid > ?1 ORDER BY rowid LIMIT ?2",
                )?
                .query_map(params![after, BATCH], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect::<Result<_, _>>()?;
            let Some((last, ..)) = rows.last() else {
                return Ok(());
            };
            after = *last;
            for (row, digest, data) in rows {
                let text = body::text(digest, &data)?;
                let Some(text) = hidden(&text) else { continue };
                let size = i64::try_from(text.len()).unwrap_or(i64::MAX);
                transaction.execute(
                    "UPDATE body SET data = ?2, size = ?3 WHERE rowid = ?1",
                    params![row, body::pack(text.as_bytes())?, size],
                )?;
                found.rewritten += 1;
                found.current += u64::from(transaction.prepare_cached(
                    "SELECT 1 FROM version WHERE to_seq IS NULL AND (digest = ?1 OR origin = ?1)",
                )?
                .exists([&digest])?);
            }
            transaction.commit()?;
        }
    }
}
