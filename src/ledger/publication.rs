//! Publications: which sequence was shown to readers, and when.
//!
//! An event's time is that of the publication that first shows it, in whole seconds, strictly
//! increasing with the sequence also when the clock goes back. The time is fixed before the
//! projections are written; readers see them a little later. So each publication also notes when it
//! became *visible*, and whoever asks for what changed since a moment is answered by that: no change
//! hides between a commit and its publication.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::Ledger;
use super::error::LedgerError;

/// A sequence shown to readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// Everything up to it is shown.
    pub sequence: u64,
    /// Unix seconds: what descriptions say of when they were changed.
    pub time: i64,
    /// Unix seconds: by then readers saw it; none before the snapshot's pointer was moved.
    pub visible: Option<i64>,
}

impl Ledger {
    /// The publication of everything committed so far; makes one when there is none yet.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn plan_publication(&mut self, now: i64) -> Result<Publication, LedgerError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sequence = super::read::sequence(&transaction)?;
        let last = latest(&transaction)?;
        let publication = match last {
            Some(last) if last.sequence == sequence => last,
            last => {
                let time = now.max(last.map_or(0, |last| last.time + 1));
                transaction.execute(
                    "INSERT INTO publication (seq, time) VALUES (?1, ?2)",
                    params![i64::try_from(sequence).unwrap_or(i64::MAX), time],
                )?;
                Publication {
                    sequence,
                    time,
                    visible: None,
                }
            }
        };
        transaction.commit()?;
        Ok(publication)
    }

    /// Notes that readers see everything up to `sequence`; never before what they saw earlier, also when
    /// the clock goes back.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn mark_visible(&mut self, sequence: u64, now: i64) -> Result<(), LedgerError> {
        self.connection.execute(
            "UPDATE publication SET visible = max(?2, time, (SELECT coalesce(max(visible), 0) FROM publication))
             WHERE seq <= ?1 AND visible IS NULL",
            params![i64::try_from(sequence).unwrap_or(i64::MAX), now],
        )?;
        Ok(())
    }
}

/// The latest publication, shown or planned.
pub(super) fn latest(connection: &Connection) -> Result<Option<Publication>, LedgerError> {
    Ok(connection
        .query_row(
            "SELECT seq, time, visible FROM publication ORDER BY seq DESC LIMIT 1",
            [],
            |row| {
                Ok(Publication {
                    sequence: u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default(),
                    time: row.get(1)?,
                    visible: row.get(2)?,
                })
            },
        )
        .optional()?)
}
