//! The one committing transaction: a run's versions, events and memberships become true together.
//!
//! What each source record says of a record is kept as its *contribution*; a record's description is
//! its main contribution, or the merge of its mentions where nobody describes it itself. So the result
//! does not depend on the order in which records came ([`describe`]). Records of different portals that are the
//! same are recognised here ([`recognise`]). Withdrawal happens only here, only after a complete full run,
//! only after the grace period, and never when too much is missing at once.

mod ahead;
mod class;
mod describe;
mod disown;
mod enter;
mod evidence;
mod heed;
mod measure;
mod notice;
mod outcome;
mod recognise;
mod refer;
mod withdraw;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use oxigraph::model::{NamedNode, Triple};
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};

use super::error::LedgerError;
use super::recognition::Recognition;
use super::run::{Counts, RunId, RunState};
use super::standing::Standing;
use super::{Ledger, pause, stage, standing};
use crate::finding::Finding;
use crate::ledger::{RecordNumber, SourceNumber};
use crate::rdf::canon::Digest;
use crate::record::{Fitting, Role, Set};

/// Merges what several records say of one thing into its description and findings.
pub type Merge<'a> = dyn Fn(&NamedNode, &[Vec<Triple>]) -> (Vec<Triple>, Vec<Finding>) + Sync + 'a;

/// The sets that a description and its origin graph, in canonical N-Triples, put their record into.
pub type Memberships<'a> = dyn Fn(&NamedNode, &[Triple], &str) -> Vec<(Set, String)> + Sync + 'a;

/// What the ledger needs to know of descriptions but must not: handed in by the layers above.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// Merges what several records say of one thing, whatever their order.
    pub merge: &'a Merge<'a>,
    /// The sets that a description puts its record into.
    pub memberships: &'a Memberships<'a>,
    /// The property that a record may have to one of a kind.
    pub fitting: &'a Fitting<'a>,
    /// What the operator says of records that are the same.
    pub recognition: &'a Recognition,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It came to its end. Collections that it listed in full can lose what it did not see.
    Complete {
        /// The collections listed in full.
        listed: Vec<&'static str>,
    },
    /// It went through all collections, but some of them failed, for this reason. Those that were listed
    /// in full can lose what it did not see.
    Faulty {
        /// The collections listed in full.
        listed: Vec<&'static str>,
        /// What was wrong with the others.
        why: String,
    },
    /// It stopped early, for this reason.
    Stopped(String),
    /// It stopped as it was asked to, after so many records.
    Limited(u64),
    /// It stopped early, for this reason, and another run can go on from there.
    Paused(String),
}

/// When what is missing is withdrawn.
#[derive(Debug, Clone, Copy)]
pub struct Withdrawal {
    /// Missing this long.
    pub grace: Duration,
    /// And not more than this share of a collection missing at once.
    pub max_share: f64,
}

/// A record's description as digests: what it says, and its origin graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    digest: Digest,
    origin: Option<Digest>,
}

impl Said {
    /// From the columns `first` (digest) and `first + 1` (origin).
    fn from_row(row: &Row<'_>, first: usize) -> Result<Self, LedgerError> {
        Ok(Self {
            digest: row.get(first)?,
            origin: row.get(first + 1)?,
        })
    }
}

/// What a source record contributes to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Contribution {
    role: Role,
    said: Said,
    quality: Option<Digest>,
}

impl Contribution {
    /// From the columns `first` (role) to `first + 3` (digest, origin, quality).
    fn from_row(row: &Row<'_>, first: usize) -> Result<Self, LedgerError> {
        Ok(Self {
            role: row.get(first)?,
            said: Said::from_row(row, first + 1)?,
            quality: row.get(first + 3)?,
        })
    }
}

impl Ledger {
    /// Commits a run: in one transaction everything that it staged gets its sequence numbers.
    ///
    /// # Errors
    /// SQLite's own and damaged bodies; nothing of the run is then committed, and it can be tried again.
    pub fn commit(
        &mut self,
        run: RunId,
        outcome: &Outcome,
        withdrawal: Withdrawal,
        rules: Rules<'_>,
        now: i64,
    ) -> Result<(RunState, Counts), LedgerError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let portal: String =
            transaction.query_row("SELECT portal FROM run WHERE id = ?1", [run.0], |row| {
                row.get(0)
            })?;
        let before = super::read::sequence(&transaction)?;
        let mut commit = Commit {
            connection: &transaction,
            run,
            portal,
            rules,
            sequence: before,
            affected: BTreeSet::new(),
            recognising: recognise::Recognising::default(),
            settling: refer::Settling::default(),
            withdrawn: standing::portals(&transaction, Standing::Withdrawn)?,
            counts: Counts::default(),
        };
        commit.take_staged()?;
        commit.heed()?;
        let (state, reason) = commit.conclude(outcome, withdrawal, now)?;
        commit.review()?;
        commit.describe_affected()?;
        commit.enter()?;
        let (sequence, counts) = (commit.sequence, commit.counts);
        transaction.execute(
            "UPDATE run SET state = ?2, ended = ?3, reason = ?4, counts = ?5 WHERE id = ?1",
            params![
                run.0,
                state,
                now,
                reason,
                serde_json::to_string(&counts).unwrap_or_default(),
            ],
        )?;
        let paused = matches!(outcome, Outcome::Paused(_));
        pause::settle(&transaction, run, (before, sequence), paused.into())?;
        stage::clear(&transaction, run)?;
        transaction.commit()?;
        Ok((state, counts))
    }
}

struct Commit<'a> {
    connection: &'a Connection,
    run: RunId,
    portal: String,
    rules: Rules<'a>,
    sequence: u64,
    /// Records whose contributions changed.
    affected: BTreeSet<RecordNumber>,
    recognising: recognise::Recognising,
    settling: refer::Settling,
    /// Portals that the operator has taken out: nothing is said of their records.
    withdrawn: BTreeSet<String>,
    counts: Counts,
}

impl Commit<'_> {
    /// How a run ended, and why; withdraws what it may.
    fn conclude(
        &mut self,
        outcome: &Outcome,
        withdrawal: Withdrawal,
        now: i64,
    ) -> Result<(RunState, Option<String>), LedgerError> {
        let stopped = match outcome {
            Outcome::Complete { listed } => return self.withdraw(listed, withdrawal, now),
            Outcome::Faulty { listed, why } => {
                let (_, suspicious) = self.withdraw(listed, withdrawal, now)?;
                let reasons = std::iter::once(why.clone()).chain(suspicious);
                reasons.collect::<Vec<_>>().join("; ")
            }
            // It did what it could: what it went through may have been empty lists.
            Outcome::Paused(why) => return Ok((RunState::Partial, Some(why.clone()))),
            Outcome::Stopped(why) => why.clone(),
            Outcome::Limited(records) => format!("limited to {records} records"),
        };
        let state = match self.counts.listed {
            0 => RunState::Failed,
            _ => RunState::Partial,
        };
        Ok((state, Some(stopped)))
    }

    /// Moves what was staged to its place and notes which records it touches.
    fn take_staged(&mut self) -> Result<(), LedgerError> {
        let unchanged: i64 = self.connection.query_row(
            "SELECT count(*) FROM seen WHERE run = ?1",
            [self.run.0],
            |row| row.get(0),
        )?;
        self.counts.unchanged = u64::try_from(unchanged).unwrap_or_default();
        self.connection.execute(
            "UPDATE source SET absent_since = NULL WHERE absent_since IS NOT NULL
             AND id IN (SELECT source FROM seen WHERE run = ?1)",
            [self.run.0],
        )?;
        self.note_rejected()?;
        let mut statement = self
            .connection
            .prepare("SELECT id, rejected FROM staged WHERE run = ?1 ORDER BY id")?;
        let staged: Vec<(i64, Option<String>)> = statement
            .query_map([self.run.0], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let taken = u64::try_from(staged.len()).unwrap_or_default();
        self.counts.listed = self.counts.unchanged + taken;
        for (id, rejected) in staged {
            let source = self.take_source(id)?;
            if rejected.is_some() {
                self.counts.rejected += 1;
            } else if !self.take_parts(id, source)? {
                self.counts.unchanged += 1;
            }
        }
        Ok(())
    }

    fn take_source(&mut self, staged: i64) -> Result<SourceNumber, LedgerError> {
        let source: SourceNumber = self
            .connection
            .prepare_cached(
                "INSERT INTO source (portal, collection, key, mark, fingerprint, payload_digest, payload, rejected)
                 SELECT ?2, collection, key, mark, fingerprint, payload_digest, payload, rejected FROM staged WHERE id = ?1
                 ON CONFLICT (portal, collection, key) DO UPDATE SET mark = excluded.mark,
                   fingerprint = excluded.fingerprint, payload_digest = excluded.payload_digest,
                   payload = excluded.payload, rejected = excluded.rejected, absent_since = NULL
                 RETURNING id",
            )?
            .query_row(params![staged, self.portal], |row| row.get(0))?;
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO seen (run, source) VALUES (?1, ?2)")?
            .execute(params![self.run.0, source])?;
        self.connection
            .prepare_cached("DELETE FROM finding WHERE source = ?1")?
            .execute([source])?;
        self.connection
            .prepare_cached(
                "INSERT INTO finding (source, code, field, message, value)
                 SELECT ?2, code, field, message, value FROM staged_finding WHERE staged = ?1 ORDER BY rowid",
            )?
            .execute(params![staged, source])?;
        let mut statement = self.connection.prepare_cached(
            "SELECT code, count(*) FROM staged_finding WHERE staged = ?1 GROUP BY code",
        )?;
        let mut rows = statement.query([staged])?;
        while let Some(row) = rows.next()? {
            let count: i64 = row.get(1)?;
            *self.counts.findings.entry(row.get(0)?).or_default() +=
                u64::try_from(count).unwrap_or_default();
        }
        Ok(source)
    }

    /// Replaces the contributions of a source; whether anything changed.
    fn take_parts(&mut self, staged: i64, source: SourceNumber) -> Result<bool, LedgerError> {
        let mut before = self.contributions_of(source)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT portal, kind, key, iri, role, digest, origin, quality, arrangement FROM staged_part WHERE staged = ?1 ORDER BY rowid",
        )?;
        let mut rows = statement.query([staged])?;
        let mut changed = false;
        while let Some(row) = rows.next()? {
            let (portal, kind, key, iri): (String, String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let record = self.record(&portal, &kind, &key, &iri)?;
            let contribution = Contribution::from_row(row, 4)?;
            let arrangement: Option<String> = row.get(8)?;
            if before.remove(&record) == Some(contribution) {
                // The order alone is no change of what is said.
                self.connection
                    .prepare_cached(
                        "UPDATE contribution SET arrangement = ?3
                         WHERE record = ?1 AND source = ?2 AND arrangement IS NOT ?3",
                    )?
                    .execute(params![record, source, arrangement])?;
                continue;
            }
            changed = true;
            self.affected.insert(record);
            self.connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO contribution (record, source, role, digest, origin, quality, arrangement)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    record,
                    source,
                    contribution.role,
                    contribution.said.digest,
                    contribution.said.origin,
                    contribution.quality,
                    arrangement,
                ])?;
        }
        for record in before.into_keys() {
            changed = true;
            self.affected.insert(record);
            self.connection
                .prepare_cached("DELETE FROM contribution WHERE record = ?1 AND source = ?2")?
                .execute(params![record, source])?;
        }
        Ok(changed)
    }

    fn contributions_of(
        &self,
        source: SourceNumber,
    ) -> Result<BTreeMap<RecordNumber, Contribution>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT record, role, digest, origin, quality FROM contribution WHERE source = ?1",
        )?;
        let mut rows = statement.query([source])?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next()? {
            found.insert(row.get(0)?, Contribution::from_row(row, 1)?);
        }
        Ok(found)
    }

    fn record(
        &mut self,
        portal: &str,
        kind: &str,
        key: &str,
        iri: &str,
    ) -> Result<RecordNumber, LedgerError> {
        let known: Option<RecordNumber> = self
            .connection
            .prepare_cached("SELECT id FROM record WHERE portal = ?1 AND kind = ?2 AND key = ?3")?
            .query_row(params![portal, kind, key], |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok(id);
        }
        let record: RecordNumber = self
            .connection
            .prepare_cached(
                "INSERT INTO record (portal, kind, key, iri) VALUES (?1, ?2, ?3, ?4) RETURNING id",
            )?
            .query_row(params![portal, kind, key, iri], |row| row.get(0))?;
        // Whoever had it as a part loses it to the record of its own.
        let mut statement = self.connection.prepare_cached(
            "SELECT record FROM member WHERE kind = ?1 AND value = ?2 AND to_seq IS NULL",
        )?;
        let owners = statement.query_map([Set::Subject.as_str(), iri], |row| row.get(0))?;
        for owner in owners {
            self.affected.insert(owner?);
        }
        Ok(record)
    }
}
