//! What is told of runs afterwards: notes, what became of single records, what the next run should know.
//!
//! Runs themselves are kept for ever, their records for as long as the operator wants.

mod fates;

use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;

use super::error::LedgerError;
use super::job::RecordState;
use super::read::number;
use super::run::RunId;
use super::{Ledger, Reader, report};
use crate::record::PortalId;
pub use fates::RunPosition;

/// What became of a record in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunRecord {
    /// What became of it.
    pub state: RecordState,
    /// Its IRI where it is a record of ours, else collection and the source's own identifier.
    pub record: String,
    /// Why.
    pub reason: Option<String>,
}

/// A source record that a run was given and must not list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The collection it belongs to.
    pub collection: String,
    /// The source's own identifier.
    pub key: String,
    /// Why.
    pub reason: String,
}

/// What a run has to say beside its counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// What it left out, and why: one sentence each.
    pub notes: Vec<String>,
    /// What the next run should know.
    pub memory: Option<String>,
    /// The collections of which it was told that there is nothing.
    pub empty: Vec<&'static str>,
}

impl Ledger {
    /// Keeps what a run has to say beside its counts, and what the next one should know.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn note(&self, run: RunId, noted: &Noted) -> Result<(), LedgerError> {
        self.connection.execute(
            "UPDATE run SET notes = ?2, memory = ?3, empty = ?4 WHERE id = ?1",
            params![
                run.0,
                serde_json::to_string(&noted.notes).unwrap_or_default(),
                noted.memory,
                serde_json::to_string(&noted.empty).unwrap_or_default(),
            ],
        )?;
        Ok(())
    }

    /// The collections of which the last full run of a portal was told that there is nothing.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn emptied(&self, portal: &PortalId) -> Result<Vec<String>, LedgerError> {
        let found: Option<String> = self
            .connection
            .query_row(
                "SELECT empty FROM run WHERE portal = ?1 AND mode = 'full' AND state <> 'running'
                 ORDER BY id DESC LIMIT 1",
                [portal.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        found.map_or(Ok(Vec::new()), |found| {
            serde_json::from_str(&found).map_err(|error| {
                LedgerError::Unexpected(format!("the empty collections of a run: {error}"))
            })
        })
    }

    /// What the last run of a portal that was done wanted the next one to know.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn memory(&self, portal: &PortalId) -> Result<Option<String>, LedgerError> {
        let found: Option<Option<String>> = self
            .connection
            .query_row(
                "SELECT memory FROM run WHERE portal = ?1 AND mode IN ('full', 'incremental')
                 AND state = 'done' ORDER BY id DESC LIMIT 1",
                [portal.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found.flatten())
    }

    /// Notes records that a run was given and must not list, with the reason for each.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn skip(&mut self, run: RunId, records: &[Skipped]) -> Result<(), LedgerError> {
        if records.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        for Skipped {
            collection,
            key,
            reason,
        } in records
        {
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO run_record (run, collection, key, state, reason)
                     VALUES (?1, ?2, ?3, 'skipped', ?4)",
                )?
                .execute(params![run.0, collection, key, reason])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Forgets what became of single records in runs that ended before a moment, and the runs in which
    /// Moisson found nothing new to say of itself. Gives how many rows that were.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn forget_runs(&mut self, before: i64) -> Result<u64, LedgerError> {
        let transaction = self.connection.transaction()?;
        let mut forgotten = transaction.execute(
            "DELETE FROM run_record WHERE run IN (SELECT id FROM run WHERE ended < ?1)",
            [before],
        )?;
        forgotten += transaction.execute(
            "DELETE FROM run WHERE mode = 'system' AND ended < ?1 AND before_seq = last_seq",
            [before],
        )?;
        transaction.commit()?;
        Ok(u64::try_from(forgotten).unwrap_or_default())
    }
}

impl Reader {
    /// A run of a portal.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn run(&self, portal: &PortalId, run: i64) -> Result<Option<report::RunRow>, LedgerError> {
        let run = report::one(&self.connection, portal, run)?;
        run.map(|run| self.told(run)).transpose()
    }

    /// The harvests that the projection shows from after the sequence `after` up to `upto`, in the order
    /// in which they began.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn shown_runs(
        &self,
        after: Option<u64>,
        upto: u64,
    ) -> Result<Vec<report::RunRow>, LedgerError> {
        let after = after.map_or(-1, number);
        report::shown(&self.connection, after, number(upto))
    }

    /// How many records of a run have a note of what became of them.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn noted_records(&self, run: i64) -> Result<u64, LedgerError> {
        let count = "SELECT count(*) FROM run_record WHERE run = ?1";
        let count: i64 = self
            .connection
            .prepare_cached(count)?
            .query_row([run], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::ledger::{Job, Mode, Outcome, Rules, RunState, Withdrawal};
    use crate::lock::{self, FileLock};
    use crate::record::Base;

    fn ledger() -> (tempfile::TempDir, Ledger, PortalId) {
        let folder = tempfile::tempdir().unwrap();
        let base = Base::new("https://a.example/").unwrap();
        let ledger = Ledger::open(folder.path(), &base).unwrap();
        (folder, ledger, PortalId::new("p").unwrap())
    }

    fn finish(ledger: &mut Ledger, run: RunId, outcome: &Outcome) {
        let rules = Rules {
            merge: &|_, _| (Vec::new(), Vec::new()),
            memberships: &|_, _, _| Vec::new(),
            fitting: &|property, _| property.into_owned(),
            recognition: &crate::ledger::Recognition::default(),
        };
        let policy = Withdrawal {
            grace: Duration::ZERO,
            max_share: 1.0,
        };
        ledger.commit(run, outcome, policy, rules, 1).unwrap();
    }

    #[test]
    fn only_a_run_that_is_done_is_remembered() {
        let (_folder, mut ledger, portal) = ledger();
        let memory = |text: &str| Noted {
            memory: Some(text.to_owned()),
            ..Noted::default()
        };
        assert_eq!(ledger.memory(&portal).unwrap(), None);
        let done = Outcome::Complete { listed: Vec::new() };
        let stopped = Outcome::Stopped("no".to_owned());
        for (text, outcome, expected) in [
            ("first", &done, "first"),
            ("second", &stopped, "first"),
            ("third", &done, "third"),
        ] {
            let run = ledger.begin(&portal, Mode::Full, 0).unwrap();
            ledger.note(run, &memory(text)).unwrap();
            finish(&mut ledger, run, outcome);
            assert_eq!(ledger.memory(&portal).unwrap().as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_run_becomes_a_job_of_the_state_that_others_know() {
        let (folder, mut ledger, portal) = ledger();
        let job = |ledger: &Ledger| ledger.reader().unwrap().portal_status(&portal).unwrap().job;
        let lock = || {
            let locks = lock::portals(folder.path());
            FileLock::try_acquire(&locks, &lock::of_portal("p"))
                .unwrap()
                .unwrap()
        };
        assert_eq!(job(&ledger), Job::Pending);
        let held = lock();
        let run = ledger.begin(&portal, Mode::Full, 0).unwrap();
        assert_eq!(job(&ledger), Job::Initializing);
        // Nobody is at it any more.
        drop(held);
        assert_eq!(job(&ledger), Job::Pending);
        let _held = lock();
        ledger.stage(run, "f", &[], &[], Some("here")).unwrap();
        assert_eq!(job(&ledger), Job::Processing);
        finish(&mut ledger, run, &Outcome::Complete { listed: Vec::new() });
        assert_eq!(job(&ledger), Job::Done);
        let run = ledger.begin(&portal, Mode::Full, 0).unwrap();
        finish(&mut ledger, run, &Outcome::Stopped("no".to_owned()));
        assert_eq!(job(&ledger), Job::Failed);
        assert_eq!(Job::of(RunState::Done, 1, false), Job::DoneErrors);
    }

    #[test]
    fn runs_of_ours_that_found_nothing_new_are_forgotten_and_harvests_are_not() {
        let (_folder, mut ledger, portal) = ledger();
        let own = PortalId::new("_").unwrap();
        for (portal, mode) in [(&own, Mode::System), (&portal, Mode::Full)] {
            let run = ledger.begin(portal, mode, 0).unwrap();
            finish(&mut ledger, run, &Outcome::Complete { listed: Vec::new() });
        }
        assert_eq!(ledger.forget_runs(1).unwrap(), 0);
        assert_eq!(ledger.forget_runs(2).unwrap(), 1);
        let left = ledger.reader().unwrap().runs(None, 10).unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].portal, "p");
    }
}
