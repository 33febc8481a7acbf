//! What the ledger can tell an operator: runs, findings, counts, sizes.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::Serialize;

use super::error::LedgerError;
use super::job::Job;
use super::read::Reader;
use super::run::{Counts, Mode, RunState};
use crate::finding::Code;
use crate::ledger::RecordNumber;
use crate::lock;
use crate::record::PortalId;

/// A run, as reports show it.
#[derive(Debug, Clone, Serialize)]
pub struct RunRow {
    /// Its number.
    pub id: i64,
    /// The portal.
    pub portal: String,
    /// What kind of run.
    pub mode: Mode,
    /// How it stands.
    pub state: RunState,
    /// Unix seconds.
    pub started: i64,
    /// Unix seconds.
    pub ended: Option<i64>,
    /// What it did.
    pub counts: Counts,
    /// Why it ended as it did.
    pub reason: Option<String>,
    /// What it left out, and why: one sentence each.
    pub notes: Vec<String>,
    /// The version of the program that ran it.
    pub program: Option<String>,
    /// What it is as a job.
    pub job: Job,
}

/// A finding, with the record it is about.
#[derive(Debug, Clone, Serialize)]
pub struct FindingRow {
    /// The portal.
    pub portal: String,
    /// The record: collection and the source's identifier, or the IRI of a shared record.
    pub record: String,
    /// The code.
    pub code: String,
    /// The field.
    pub field: String,
    /// What Moisson did.
    pub message: String,
    /// The value met.
    pub value: String,
}

/// A field that no mapping reads, as a portal's records have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnmappedRow {
    /// Its path, without positions in lists.
    pub path: String,
    /// How many records have it.
    pub records: u64,
    /// One of them: collection and the source's identifier.
    pub record: String,
    /// The value that it has there.
    pub value: String,
}

/// The most paths of a portal that are told.
const UNMAPPED: u32 = 200;

/// A portal, as `status` shows it.
#[derive(Debug, Clone, Serialize)]
pub struct PortalStatus {
    /// Its id.
    pub portal: String,
    /// Live records by kind.
    pub records: BTreeMap<String, u64>,
    /// Records that are the same as another portal's, which is shown in their place.
    pub recognised: u64,
    /// Source records that are missing and wait for the end of the grace period.
    pub absent: u64,
    /// Source records that could not be described.
    pub rejected: u64,
    /// Findings by code.
    pub findings: BTreeMap<String, u64>,
    /// The fields that no mapping reads, those of most records first; at most 200.
    pub unmapped: Vec<UnmappedRow>,
    /// Its last run.
    pub last_run: Option<RunRow>,
    /// What that is as a job; pending where there was none.
    pub job: Job,
}

/// Sizes of the ledger.
#[derive(Debug, Clone, Serialize)]
pub struct Sizes {
    /// Bodies stored.
    pub bodies: u64,
    /// Their text, in bytes.
    pub text: u64,
    /// Versions of records.
    pub versions: u64,
    /// Events.
    pub events: u64,
}

impl Reader {
    /// The last runs, newest first, of one portal or of all.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn runs(&self, portal: Option<&PortalId>, limit: u32) -> Result<Vec<RunRow>, LedgerError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{RUN} WHERE ?1 IS NULL OR portal = ?1 ORDER BY id DESC LIMIT ?2"
        ))?;
        let rows = statement.query_map(params![portal.map(PortalId::as_str), limit], |row| {
            Ok(run(row))
        })?;
        let rows: Vec<RunRow> = rows.map(|row| row?).collect::<Result<_, LedgerError>>()?;
        rows.into_iter().map(|run| self.told(run)).collect()
    }

    /// A run as it stands: one that is said to go on, though nobody holds its portal's lock, was interrupted.
    pub(super) fn told(&self, run: RunRow) -> Result<RunRow, LedgerError> {
        if run.state != RunState::Running {
            return Ok(run);
        }
        let Ok(portal) = PortalId::new(&run.portal) else {
            return Ok(run);
        };
        // Where nobody can tell, the ledger's word counts.
        let folder = lock::portals(&self.store);
        if lock::is_held(&folder, &lock::of_portal(&run.portal)).unwrap_or(true) {
            return Ok(run);
        }
        // It may have ended since it was read.
        let now = one(&self.connection, &portal, run.id)?;
        Ok(match now {
            Some(now) if now.state == RunState::Running => RunRow {
                state: RunState::Interrupted,
                job: Job::Pending,
                ..now
            },
            Some(now) => now,
            None => run,
        })
    }

    /// The findings on one portal's records, or on those of all; by portal, record and order of writing.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn findings(
        &self,
        portal: Option<&PortalId>,
        limit: u32,
    ) -> Result<Vec<FindingRow>, LedgerError> {
        self.finding_rows(
            "?1 IS NULL OR coalesce(s.portal, r.portal) = ?1",
            portal.map(PortalId::as_str),
            limit,
        )
    }

    /// The findings on one record: those of the source records that contribute to it, and its own.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn findings_of(
        &self,
        record: RecordNumber,
        limit: u32,
    ) -> Result<Vec<FindingRow>, LedgerError> {
        self.finding_rows(
            "f.record = ?1 OR f.source IN (SELECT source FROM contribution WHERE record = ?1 AND role = 0)",
            Some(&record.to_string()),
            limit,
        )
    }

    fn finding_rows(
        &self,
        condition: &str,
        value: Option<&str>,
        limit: u32,
    ) -> Result<Vec<FindingRow>, LedgerError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT coalesce(s.portal, r.portal), coalesce(s.collection || '/' || s.key, r.iri),
               f.code, f.field, f.message, f.value
             FROM finding f LEFT JOIN source s ON s.id = f.source LEFT JOIN record r ON r.id = f.record
             WHERE {condition} ORDER BY 1, 2, f.rowid LIMIT ?2"
        ))?;
        let rows = statement.query_map(params![value, limit], |row| {
            Ok(FindingRow {
                portal: row.get(0)?,
                record: row.get(1)?,
                code: row.get(2)?,
                field: row.get(3)?,
                message: row.get(4)?,
                value: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How a portal stands.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn portal_status(&self, portal: &PortalId) -> Result<PortalStatus, LedgerError> {
        let id = portal.as_str();
        let records = self.grouped(
            "SELECT r.kind, count(*) FROM record r JOIN version v ON v.record = r.id AND v.to_seq IS NULL
             WHERE r.portal = ?1 GROUP BY 1",
            id,
        )?;
        let findings = self.grouped(
            "SELECT f.code, count(*) FROM finding f LEFT JOIN source s ON s.id = f.source
             LEFT JOIN record r ON r.id = f.record WHERE coalesce(s.portal, r.portal) = ?1 GROUP BY 1",
            id,
        )?;
        let (absent, rejected): (i64, i64) = self.connection.query_row(
            "SELECT coalesce(sum(absent_since IS NOT NULL), 0), coalesce(sum(rejected IS NOT NULL), 0)
             FROM source WHERE portal = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let recognised: i64 = self.connection.query_row(
            "SELECT count(*) FROM same s JOIN record r ON r.id = s.record WHERE s.to_seq IS NULL AND r.portal = ?1",
            [id],
            |row| row.get(0),
        )?;
        let last_run = self.runs(Some(portal), 1)?.pop();
        Ok(PortalStatus {
            portal: id.to_owned(),
            job: last_run.as_ref().map_or(Job::Pending, |run| run.job),
            records,
            recognised: u64::try_from(recognised).unwrap_or_default(),
            absent: u64::try_from(absent).unwrap_or_default(),
            rejected: u64::try_from(rejected).unwrap_or_default(),
            findings,
            unmapped: self.unmapped(portal)?,
            last_run,
        })
    }

    /// The fields of a portal's records that no mapping reads, those of most records first; at most 200.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn unmapped(&self, portal: &PortalId) -> Result<Vec<UnmappedRow>, LedgerError> {
        // With `min` SQLite gives the other columns of the row that has it.
        let mut statement = self.connection.prepare_cached(
            "SELECT f.field, count(*), s.collection || '/' || s.key, f.value, min(f.rowid)
             FROM finding f JOIN source s ON s.id = f.source
             WHERE s.portal = ?1 AND f.code = ?2 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?3",
        )?;
        let code = Code::FieldUnmapped.as_str();
        let rows = statement.query_map(params![portal.as_str(), code, UNMAPPED], |row| {
            Ok(UnmappedRow {
                path: row.get(0)?,
                records: u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default(),
                record: row.get(2)?,
                value: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Sizes of the ledger.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn sizes(&self) -> Result<Sizes, LedgerError> {
        let count = |sql: &str| -> Result<u64, LedgerError> {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            Ok(u64::try_from(count).unwrap_or_default())
        };
        Ok(Sizes {
            bodies: count("SELECT count(*) FROM body")?,
            text: count("SELECT coalesce(sum(size), 0) FROM body")?,
            versions: count("SELECT count(*) FROM version")?,
            events: count("SELECT count(*) FROM event")?,
        })
    }

    fn grouped(&self, sql: &str, portal: &str) -> Result<BTreeMap<String, u64>, LedgerError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([portal], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        rows.map(|row| {
            let (name, count) = row?;
            Ok((name, u64::try_from(count).unwrap_or_default()))
        })
        .collect()
    }
}

const RUN: &str = "SELECT id, portal, mode, state, started, ended, counts, reason, notes, program, cursor IS NOT NULL FROM run";

/// A run of a portal.
pub(super) fn one(
    connection: &Connection,
    portal: &PortalId,
    id: i64,
) -> Result<Option<RunRow>, LedgerError> {
    connection
        .prepare_cached(&format!("{RUN} WHERE id = ?1 AND portal = ?2"))?
        .query_row(params![id, portal.as_str()], |row| Ok(run(row)))
        .optional()?
        .transpose()
}

/// The harvests that are shown from a sequence after `after`, up to `upto`.
pub(super) fn shown(
    connection: &Connection,
    after: i64,
    upto: i64,
) -> Result<Vec<RunRow>, LedgerError> {
    let mut statement = connection.prepare_cached(&format!(
        "{RUN} WHERE shown_from > ?1 AND shown_from <= ?2 AND mode IN ('full', 'incremental') ORDER BY id"
    ))?;
    let rows = statement.query_map([after, upto], |row| Ok(run(row)))?;
    rows.map(|row| row?).collect()
}

fn run(row: &Row<'_>) -> Result<RunRow, LedgerError> {
    let unexpected =
        |what: &str, error| LedgerError::Unexpected(format!("the {what} of a run: {error}"));
    let counts: Counts = serde_json::from_str(&row.get::<_, String>(6)?)
        .map_err(|error| unexpected("counts", error))?;
    let state: RunState = row.get(3)?;
    Ok(RunRow {
        id: row.get(0)?,
        portal: row.get(1)?,
        mode: row.get(2)?,
        state,
        started: row.get(4)?,
        ended: row.get(5)?,
        reason: row.get(7)?,
        notes: serde_json::from_str(&row.get::<_, String>(8)?)
            .map_err(|error| unexpected("notes", error))?,
        program: row.get(9)?,
        job: Job::of(state, counts.rejected, row.get(10)?),
        counts,
    })
}
