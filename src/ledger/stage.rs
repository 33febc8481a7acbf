//! Staging: what a run has decoded so far, invisible until the run is committed.
//!
//! A page is staged in one transaction together with the cursor after it, so a crashed run goes on
//! where it was. A record that did not change costs one mark.

use std::collections::HashMap;

use oxigraph::model::NamedNode;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::error::LedgerError;
use super::run::RunId;
use super::{Ledger, body};
use crate::finding::{Code, Finding};
use crate::ledger::SourceNumber;
use crate::rdf::canon::{Canonical, Digest};
use crate::record::{PortalId, RecordId, Role};

/// A list of no more records than this is small: a portal may well be about to lose it.
pub(super) const SMALL: u64 = 10;

/// What a source record says of one record, in canonical form.
#[derive(Debug, Clone)]
pub struct PreparedPart {
    /// Which record.
    pub id: RecordId,
    /// Its IRI.
    pub iri: NamedNode,
    /// Whether it is the source's own record of it or a mention.
    pub role: Role,
    /// The description.
    pub body: Canonical,
    /// Original values and foreign statements, if there are any.
    pub origin: Option<Canonical>,
    /// Measurements, if there are any.
    pub quality: Option<Canonical>,
    /// The keys of its distributions in the order in which the source has them; none where that is the
    /// order of their IRIs.
    pub arrangement: Vec<String>,
}

/// A source record, ready to be staged.
#[derive(Debug, Clone)]
pub struct Staged {
    /// The collection it belongs to.
    pub collection: String,
    /// The source's own identifier.
    pub key: String,
    /// The source's mark of its last change.
    pub mark: Option<String>,
    /// The record as sent.
    pub payload: Vec<u8>,
    /// What became of it.
    pub prepared: Prepared,
}

/// What became of a source record.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// What it says, the record itself first.
    pub parts: Vec<PreparedPart>,
    /// What was odd.
    pub findings: Vec<Finding>,
    /// Why it could not be described; its last good description then stays.
    pub rejected: Option<String>,
}

/// What the ledger holds of a source record, enough to see whether it changed.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its number in the ledger.
    pub source: SourceNumber,
    /// SHA-256 of its payload.
    pub payload: Digest,
    /// What described it.
    pub fingerprint: String,
}

/// A stored payload, to be described again.
#[derive(Debug, Clone)]
pub struct StoredPayload {
    /// Its number in the ledger.
    pub source: SourceNumber,
    /// The collection it belongs to.
    pub collection: String,
    /// The source's own identifier.
    pub key: String,
    /// The source's mark of its last change.
    pub mark: Option<String>,
    /// What described it.
    pub fingerprint: String,
    /// The record as sent.
    pub payload: Vec<u8>,
}

impl Ledger {
    /// What is held of a source record.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn held(
        &self,
        portal: &PortalId,
        collection: &str,
        key: &str,
    ) -> Result<Option<Held>, LedgerError> {
        let row: Option<(SourceNumber, Digest, String)> = self
            .connection
            .prepare_cached(
                "SELECT id, payload_digest, fingerprint FROM source WHERE portal = ?1 AND collection = ?2 AND key = ?3",
            )?
            .query_row(params![portal.as_str(), collection, key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        Ok(row.map(|(source, payload, fingerprint)| Held {
            source,
            payload,
            fingerprint,
        }))
    }

    /// The marks of a collection, by key: what an incremental run compares.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn marks(
        &self,
        portal: &PortalId,
        collection: &str,
    ) -> Result<HashMap<String, String>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, mark FROM source WHERE portal = ?1 AND collection = ?2 AND mark IS NOT NULL AND rejected IS NULL",
        )?;
        let rows = statement.query_map(params![portal.as_str(), collection], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The next stored payloads of a portal after the source numbered `after`.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn payloads(
        &self,
        portal: &PortalId,
        after: SourceNumber,
        limit: u32,
    ) -> Result<Vec<StoredPayload>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, collection, key, mark, fingerprint, payload FROM source
             WHERE portal = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let rows = statement.query_map(params![portal.as_str(), after, limit], |row| {
            Ok(StoredPayload {
                source: row.get(0)?,
                collection: row.get(1)?,
                key: row.get(2)?,
                mark: row.get(3)?,
                fingerprint: row.get(4)?,
                payload: row.get(5)?,
            })
        })?;
        rows.map(|row| {
            let mut stored = row?;
            stored.payload = body::unpack(&stored.payload)?;
            Ok(stored)
        })
        .collect()
    }

    /// Stages a page: the records that changed, the marks of those that did not, the cursor after it.
    ///
    /// # Errors
    /// SQLite's own; nothing of the page is then staged.
    pub fn stage(
        &mut self,
        run: RunId,
        fingerprint: &str,
        changed: &[Staged],
        unchanged: &[SourceNumber],
        cursor: Option<&str>,
    ) -> Result<(), LedgerError> {
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for record in changed {
            insert(&transaction, run, fingerprint, record)?;
        }
        {
            let mut mark = transaction
                .prepare_cached("INSERT OR IGNORE INTO seen (run, source) VALUES (?1, ?2)")?;
            let mut forget = transaction.prepare_cached(
                "DELETE FROM staged WHERE run = ?1 AND (collection, key) =
                 (SELECT collection, key FROM source WHERE id = ?2)",
            )?;
            for source in unchanged {
                forget.execute(params![run.0, source])?;
                mark.execute(params![run.0, source])?;
            }
        }
        transaction.execute(
            "UPDATE run SET cursor = ?2 WHERE id = ?1",
            params![run.0, cursor],
        )?;
        transaction.commit()?;
        Ok(())
    }
}

fn insert(
    connection: &Connection,
    run: RunId,
    fingerprint: &str,
    record: &Staged,
) -> Result<(), LedgerError> {
    // A record met twice in a run (pages move under the reader) counts as it was met last.
    connection
        .prepare_cached("DELETE FROM staged WHERE run = ?1 AND collection = ?2 AND key = ?3")?
        .execute(params![run.0, record.collection, record.key])?;
    connection
        .prepare_cached("DELETE FROM run_record WHERE run = ?1 AND collection = ?2 AND key = ?3")?
        .execute(params![run.0, record.collection, record.key])?;
    connection
        .prepare_cached(
            "DELETE FROM seen WHERE run = ?1 AND source =
             (SELECT s.id FROM source s JOIN run r ON r.portal = s.portal
              WHERE r.id = ?1 AND s.collection = ?2 AND s.key = ?3)",
        )?
        .execute(params![run.0, record.collection, record.key])?;
    let digest = Digest::of(&record.payload);
    connection
        .prepare_cached(
            "INSERT INTO staged (run, collection, key, mark, fingerprint, payload_digest, payload, rejected)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            run.0,
            record.collection,
            record.key,
            record.mark,
            fingerprint,
            digest,
            body::pack(&record.payload)?,
            record.prepared.rejected,
        ])?;
    let staged = connection.last_insert_rowid();
    for part in &record.prepared.parts {
        body::put(connection, &part.body)?;
        for beside in [&part.origin, &part.quality].into_iter().flatten() {
            body::put(connection, beside)?;
        }
        connection
            .prepare_cached(
                "INSERT INTO staged_part (staged, portal, kind, key, iri, role, digest, origin, quality, arrangement)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                staged,
                part.id.portal.as_str(),
                part.id.kind,
                part.id.key.as_str(),
                part.iri.as_str(),
                part.role,
                part.body.digest,
                digest_of(part.origin.as_ref()),
                digest_of(part.quality.as_ref()),
                (!part.arrangement.is_empty()).then(|| part.arrangement.join("\n")),
            ])?;
    }
    for finding in &record.prepared.findings {
        write_finding(connection, "staged_finding", "staged", staged, finding)?;
    }
    if let Some(why) = &record.prepared.rejected {
        let finding = Finding::new(Code::RecordRejected, "", why.as_str(), &record.key);
        write_finding(connection, "staged_finding", "staged", staged, &finding)?;
    }
    Ok(())
}

fn digest_of(body: Option<&Canonical>) -> Option<Digest> {
    body.map(|body| body.digest)
}

/// Writes a finding; `table` and `owner` are constants of this module's callers.
pub(super) fn write_finding(
    connection: &Connection,
    table: &'static str,
    owner: &'static str,
    id: impl rusqlite::ToSql,
    finding: &Finding,
) -> Result<(), LedgerError> {
    connection
        .prepare_cached(&format!(
            "INSERT INTO {table} ({owner}, code, field, message, value) VALUES (?1, ?2, ?3, ?4, ?5)"
        ))?
        .execute(params![
            id,
            finding.code.as_str(),
            finding.field,
            finding.message,
            finding.value
        ])?;
    Ok(())
}

/// Forgets what a run has staged.
pub(super) fn clear(connection: &Connection, run: RunId) -> Result<(), LedgerError> {
    connection.execute("DELETE FROM staged WHERE run = ?1", [run.0])?;
    connection.execute("DELETE FROM seen WHERE run = ?1", [run.0])?;
    Ok(())
}
