//! What is recognised as the same: the operator's word on it, and who is whose alias as of a sequence.
//!
//! Whether two records are the same is decided when a run is committed (`commit/recognise.rs`). An alias has
//! no version while it is one; its row in `same` says whose it is, since when and why.

use rusqlite::{OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::error::LedgerError;
use super::read::{Description, Reader, Resolved, number, record_id};
use crate::ledger::RecordNumber;
use crate::record::{RecordId, Set};

/// Whether records are recognised at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Recognise {
    /// By their names.
    #[default]
    Names,
    /// Not at all: every record stands for itself.
    Nothing,
}

/// What the operator says of recognition, and which rules the evidence follows.
#[derive(Debug, Clone, Default)]
pub struct Recognition {
    /// Whether records are recognised at all.
    pub recognise: Recognise,
    /// Records that are the same whatever their evidence; the first of each group is the canonical one.
    pub same: Vec<Vec<String>>,
    /// Records that are not the same whatever their evidence.
    pub apart: Vec<Vec<String>>,
    /// Records that are canonical among those that are the same.
    pub canonical: Vec<String>,
    /// The ids of portals whose records are canonical, the first one first.
    pub prefer: Vec<String>,
    /// Changes when the same description gives other evidence.
    pub release: &'static str,
}

impl Recognition {
    /// Changes whenever the operator says something else.
    pub(super) fn fingerprint(&self) -> String {
        let recognise = match self.recognise {
            Recognise::Names => "names",
            Recognise::Nothing => "nothing",
        };
        let spelled = serde_json::json!([
            recognise,
            self.same,
            self.apart,
            self.canonical,
            self.prefer,
            self.release
        ]);
        data_encoding::HEXLOWER.encode(&Sha256::digest(spelled.to_string().as_bytes()))
    }

    /// Whether the operator says that two records are not the same.
    pub(super) fn are_apart(&self, one: &str, other: &str) -> bool {
        let is_in = |group: &Vec<String>, iri: &str| group.iter().any(|member| member == iri);
        self.apart
            .iter()
            .any(|group| is_in(group, one) && is_in(group, other))
    }

    /// The place of a record among those that the operator wants to be canonical.
    pub(super) fn rank(&self, iri: &str) -> Option<usize> {
        let heads = self.same.iter().filter_map(|group| group.first());
        heads.chain(&self.canonical).position(|named| named == iri)
    }

    /// The place of a portal among those that the operator prefers.
    pub(super) fn preference(&self, portal: &str) -> usize {
        let known = self.prefer.iter().position(|named| named == portal);
        known.unwrap_or(self.prefer.len())
    }
}

/// A record that is the same as another one, and shown in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Its number in the ledger.
    pub record: RecordNumber,
    /// Its IRI.
    pub iri: String,
    /// Which record.
    pub id: RecordId,
    /// The IRI of the record that it is the same as.
    pub canonical: String,
    /// The name that both have; none where the operator says that they are the same.
    pub why: Option<String>,
    /// The event that says so.
    pub sequence: u64,
    /// Unix seconds, once published.
    pub time: Option<i64>,
}

/// Aliases at `?1`, with the columns that [`alias`] reads.
const ALIAS: &str = "SELECT r.portal, r.kind, r.key, r.iri, c.iri, s.why, s.from_seq,
   (SELECT time FROM publication WHERE seq >= s.from_seq ORDER BY seq LIMIT 1), s.record
 FROM same s JOIN record r ON r.id = s.record JOIN record c ON c.id = s.canonical
 WHERE s.from_seq <= ?1 AND (s.to_seq IS NULL OR s.to_seq > ?1)";

impl Reader {
    /// What a record is an alias of.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn same(&self, record: RecordNumber, at: u64) -> Result<Option<Alias>, LedgerError> {
        self.connection
            .prepare_cached(&format!("{ALIAS} AND s.record = ?2"))?
            .query_row(params![number(at), record], |row| Ok(alias(row)))
            .optional()?
            .transpose()
    }

    /// The alias that an IRI belongs to: its own, or that of a part of it.
    pub(super) fn same_of(&self, iri: &str, at: u64) -> Result<Option<Alias>, LedgerError> {
        let record: Option<RecordNumber> = self
            .connection
            .prepare_cached(
                "SELECT id FROM record WHERE iri = ?1 UNION ALL
                 SELECT m.record FROM member m JOIN same s ON s.record = m.record
                   AND s.from_seq <= ?2 AND (s.to_seq IS NULL OR s.to_seq > ?2)
                 WHERE m.kind = ?3 AND m.value = ?1 AND m.from_seq <= ?2 AND (m.to_seq IS NULL OR m.to_seq > ?2)
                 LIMIT 1",
            )?
            .query_row(params![iri, number(at), Set::Subject.as_str()], |row| row.get(0))
            .optional()?;
        match record {
            Some(record) => self.same(record, at),
            None => Ok(None),
        }
    }

    /// The records that are shown as the one numbered `canonical`, by IRI.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn aliases(&self, canonical: RecordNumber, at: u64) -> Result<Vec<Alias>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{ALIAS} AND s.canonical = ?2 ORDER BY r.iri"))?;
        let rows = statement.query_map(params![number(at), canonical], |row| Ok(alias(row)))?;
        rows.map(|row| row?).collect()
    }

    /// When the aliases of a record last changed, in Unix seconds.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn aliases_changed(
        &self,
        canonical: RecordNumber,
        at: u64,
    ) -> Result<Option<i64>, LedgerError> {
        let latest: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT max(max(from_seq, CASE WHEN to_seq <= ?2 THEN to_seq ELSE 0 END)) FROM same
                 WHERE canonical = ?1 AND from_seq <= ?2",
            )?
            .query_row(params![canonical, number(at)], |row| row.get(0))?;
        match latest.and_then(|latest| u64::try_from(latest).ok()) {
            Some(latest) => self.time_of(latest),
            None => Ok(None),
        }
    }

    /// The next aliases after the record numbered `after`: for bulk loads.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn scan_aliases(
        &self,
        after: RecordNumber,
        limit: u32,
        at: u64,
    ) -> Result<Vec<Alias>, LedgerError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{ALIAS} AND s.record > ?2 ORDER BY s.record LIMIT ?3"
        ))?;
        let rows = statement.query_map(params![number(at), after, limit], |row| Ok(alias(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The live record that an IRI leads to, through an alias too.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn live_of(&self, iri: &str, at: u64) -> Result<Option<Description>, LedgerError> {
        Ok(match self.resolve(iri, at)? {
            Resolved::Live(found) => Some(*found),
            Resolved::Same(alias) => match self.resolve(&alias.canonical, at)? {
                Resolved::Live(found) => Some(*found),
                _ => None,
            },
            Resolved::Gone { .. } | Resolved::Unknown => None,
        })
    }
}

fn alias(row: &rusqlite::Row<'_>) -> Result<Alias, LedgerError> {
    let why: String = row.get(5)?;
    Ok(Alias {
        record: row.get(8)?,
        id: record_id(row, 0)?,
        iri: row.get(3)?,
        canonical: row.get(4)?,
        why: (!why.is_empty()).then_some(why),
        sequence: u64::try_from(row.get::<_, i64>(6)?).unwrap_or_default(),
        time: row.get(7)?,
    })
}
