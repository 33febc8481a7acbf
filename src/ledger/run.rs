//! Runs: one harvest (or reconversion) of one portal, staged until it is committed.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use super::Ledger;
use super::error::LedgerError;
use super::word::words;
use crate::record::PortalId;

/// The number of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RunId(pub(super) i64);

impl std::fmt::Display for RunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What kind of run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Everything is listed: what is missing is gone.
    Full,
    /// Only what changed is fetched.
    Incremental,
    /// The stored payloads are described again.
    Reconvert,
    /// Moisson describes itself: the catalogue and its portals.
    System,
}

words!(Mode, "mode of a run", {
    Full = "full",
    Incremental = "incremental",
    Reconvert = "reconvert",
    System = "system",
});

/// A run that a crash interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interrupted {
    /// The run.
    pub run: RunId,
    /// What it was doing.
    pub mode: Mode,
    /// When it began, in Unix seconds.
    pub started: i64,
    /// How far it had come.
    pub cursor: Option<String>,
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RunState {
    /// In progress.
    Running,
    /// Its process ended before it did; the next harvest goes on with it. The ledger says of such a run
    /// that it is running: only who looks for its process can tell.
    Interrupted,
    /// It came to its end.
    Done,
    /// It stopped early; what it had decoded is committed, nothing is withdrawn.
    Partial,
    /// It stopped before it had anything.
    Failed,
    /// It came to its end, but so much was missing that nothing is withdrawn.
    Suspicious,
}

words!(RunState, "state of a run", {
    Running = "running",
    Interrupted = "interrupted",
    Done = "done",
    Partial = "partial",
    Failed = "failed",
    Suspicious = "suspicious",
});

/// What a run did, in records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Source records that the portal listed.
    pub listed: u64,
    /// Records published for the first time, or again after a withdrawal.
    pub created: u64,
    /// Records whose description changed.
    pub updated: u64,
    /// Records recognised as the same as others, in whose place those are shown from now on.
    pub recognised: u64,
    /// Records of which only measurements changed.
    pub measured: u64,
    /// Source records whose description did not change.
    pub unchanged: u64,
    /// Records withdrawn.
    pub withdrawn: u64,
    /// Source records missing, but not long enough to be withdrawn.
    pub absent: u64,
    /// Source records that could not be described.
    pub rejected: u64,
    /// Findings on the records described in this run, by code.
    pub findings: BTreeMap<String, u64>,
}

/// How many source records there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// None.
    Nothing,
    /// So few that a portal may well be about to lose them all.
    Few,
    /// More than that.
    Many,
}

impl Ledger {
    /// Begins a run.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn begin(&self, portal: &PortalId, mode: Mode, now: i64) -> Result<RunId, LedgerError> {
        self.connection.execute(
            "INSERT INTO run (portal, mode, state, started, program) VALUES (?1, ?2, 'running', ?3, ?4)",
            params![
                portal.as_str(),
                mode,
                now,
                env!("CARGO_PKG_VERSION")
            ],
        )?;
        Ok(RunId(self.connection.last_insert_rowid()))
    }

    /// The run of `portal` that a crash interrupted.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn interrupted(&self, portal: &PortalId) -> Result<Option<Interrupted>, LedgerError> {
        let row: Option<(i64, Mode, i64, Option<String>)> = self
            .connection
            .query_row(
                "SELECT id, mode, started, cursor FROM run WHERE portal = ?1 AND state = 'running' ORDER BY id DESC LIMIT 1",
                [portal.as_str()],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .optional()?;
        Ok(row.map(|(id, mode, started, cursor)| Interrupted {
            run: RunId(id),
            mode,
            started,
            cursor,
        }))
    }

    /// When the last full run of `portal` that came to its end was started.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn last_full(&self, portal: &PortalId) -> Result<Option<i64>, LedgerError> {
        Ok(self
            .connection
            .query_row(
                "SELECT coalesce(begun, started) FROM run WHERE portal = ?1 AND mode = 'full' AND state = 'done' ORDER BY id DESC LIMIT 1",
                [portal.as_str()],
                |row| row.get(0),
            )
            .optional()?)
    }

    /// When the last run of `portal` was started that missed nothing, full or incremental.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn last_whole(&self, portal: &PortalId) -> Result<Option<i64>, LedgerError> {
        Ok(self
            .connection
            .query_row(
                "SELECT coalesce(begun, started) FROM run WHERE portal = ?1 AND mode IN ('full', 'incremental')
                 AND state IN ('done', 'suspicious') ORDER BY id DESC LIMIT 1",
                [portal.as_str()],
                |row| row.get(0),
            )
            .optional()?)
    }

    /// How many source records of a collection are held, as far as it matters.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn holds(&self, portal: &PortalId, collection: &str) -> Result<Holding, LedgerError> {
        let most = super::read::number(super::stage::SMALL + 1);
        let held: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM source WHERE portal = ?1 AND collection = ?2 LIMIT ?3)",
            )?
            .query_row(params![portal.as_str(), collection, most], |row| row.get(0))?;
        Ok(match held {
            0 => Holding::Nothing,
            held if held < most => Holding::Few,
            _ => Holding::Many,
        })
    }

    /// Ends the run of `portal` that a crash interrupted, forgetting what it had staged.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn abandon(&mut self, portal: &PortalId, now: i64) -> Result<(), LedgerError> {
        while let Some(begun) = self.interrupted(portal)? {
            self.fail(begun.run, "interrupted", now)?;
        }
        Ok(())
    }

    /// Ends a run that has nothing to commit: it failed before its first page.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn fail(&mut self, run: RunId, reason: &str, now: i64) -> Result<(), LedgerError> {
        let transaction = self.connection.transaction()?;
        super::stage::clear(&transaction, run)?;
        let sequence = super::read::sequence(&transaction)?;
        let ending = super::pause::Ending::Final;
        super::pause::settle(&transaction, run, (sequence, sequence), ending)?;
        transaction.execute(
            "UPDATE run SET state = 'failed', ended = ?2, reason = ?3 WHERE id = ?1",
            params![run.0, now, reason],
        )?;
        transaction.commit()?;
        Ok(())
    }
}
