//! Runs that stop before their end because their budget is spent, and the runs that go on from there.
//!
//! What was decoded is committed; kept are the cursor, and which source records were seen, so that the
//! run which comes to the end knows of every record that one of them has listed.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::Ledger;
use super::error::LedgerError;
use super::run::{Interrupted, Mode, RunId, RunState};
use crate::record::PortalId;

/// Whether another run can go on from where one ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Final,
    Paused,
}

impl From<bool> for Ending {
    fn from(paused: bool) -> Self {
        if paused { Self::Paused } else { Self::Final }
    }
}

impl Ledger {
    /// The run of a portal that another one can go on from: its last one, if that was paused.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn paused(&self, portal: &PortalId) -> Result<Option<Interrupted>, LedgerError> {
        let row: Option<(i64, Mode, RunState, i64, Option<String>)> = self
            .connection
            .query_row(
                "SELECT id, mode, state, started, cursor FROM run
                 WHERE portal = ?1 AND mode IN ('full', 'incremental') ORDER BY id DESC LIMIT 1",
                [portal.as_str()],
                |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                    ))
                },
            )
            .optional()?;
        let Some((id, mode, state, started, cursor @ Some(_))) = row else {
            return Ok(None);
        };
        if state == RunState::Running {
            return Ok(None);
        }
        Ok(Some(Interrupted {
            run: RunId(id),
            mode,
            started,
            cursor,
        }))
    }

    /// Begins a run that goes on from a paused one.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn go_on(&mut self, paused: RunId, now: i64) -> Result<RunId, LedgerError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO run (portal, mode, state, started, begun, cursor, program)
             SELECT portal, mode, 'running', ?2, coalesce(begun, started), cursor, ?3 FROM run WHERE id = ?1",
            params![paused.0, now, env!("CARGO_PKG_VERSION")],
        )?;
        let run = RunId(transaction.last_insert_rowid());
        transaction.execute(
            "UPDATE carried SET run = ?2 WHERE run = ?1",
            params![paused.0, run.0],
        )?;
        transaction.execute("UPDATE run SET cursor = NULL WHERE id = ?1", [paused.0])?;
        transaction.commit()?;
        Ok(run)
    }

    /// Forgets where the paused runs of a portal had come to: nobody goes on from there any more.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn forget_paused(&mut self, portal: &PortalId) -> Result<(), LedgerError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "DELETE FROM carried WHERE run IN (SELECT id FROM run WHERE portal = ?1)",
            [portal.as_str()],
        )?;
        transaction.execute(
            "UPDATE run SET cursor = NULL WHERE portal = ?1 AND state <> 'running'",
            [portal.as_str()],
        )?;
        transaction.commit()?;
        Ok(())
    }
}

/// Settles what is kept of a run beside its outcome: the sequence numbers before and after it, and what
/// another run needs to go on with it.
pub(super) fn settle(
    connection: &Connection,
    run: RunId,
    (before, after): (u64, u64),
    ending: Ending,
) -> Result<(), LedgerError> {
    let number = |sequence| i64::try_from(sequence).unwrap_or(i64::MAX);
    // A run that changed nothing is shown together with the next change: it makes none of its own.
    let shown = if before < after {
        number(after)
    } else {
        number(after).saturating_add(1)
    };
    connection.execute(
        "UPDATE run SET before_seq = ?2, last_seq = ?3, shown_from = ?4 WHERE id = ?1",
        params![run.0, number(before), number(after), shown],
    )?;
    let statement = match ending {
        Ending::Paused => {
            "INSERT OR IGNORE INTO carried (run, source) SELECT run, source FROM seen WHERE run = ?1"
        }
        Ending::Final => "DELETE FROM carried WHERE run = ?1",
    };
    connection.execute(statement, [run.0])?;
    if ending == Ending::Final {
        connection.execute("UPDATE run SET cursor = NULL WHERE id = ?1", [run.0])?;
    }
    Ok(())
}
