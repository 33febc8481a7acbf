//! The one committing transaction: a run's versions, events and memberships become true together.
//!
//! What each source record says of a record is kept as its *contribution*; a record's description is
//! its main contribution, or the merge of its mentions where nobody describes it itself. So the result
//! does not depend on the order in which records came. Withdrawal happens only here, only after a
//! complete full run, only after the grace period, and never when too much is missing at once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use oxigraph::model::{NamedNode, Term, Triple};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::error::LedgerError;
use super::run::{Counts, RunId, RunState};
use super::{Ledger, body, stage};
use crate::finding::{Code, Finding};
use crate::rdf::canon::{Canonical, Digest, canonicalise, parse};
use crate::record::Set;

/// Merges what several records say of one thing into its description and findings.
pub type Merge<'a> = dyn Fn(&NamedNode, &[Vec<Triple>]) -> (Vec<Triple>, Vec<Finding>) + 'a;

/// The sets that a description puts its record into.
pub type Memberships<'a> = dyn Fn(&NamedNode, &[Triple]) -> Vec<(Set, String)> + 'a;

/// What the ledger needs to know of descriptions but must not: handed in by the layers above.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// Merges what several records say of one thing, whatever their order.
    pub merge: &'a Merge<'a>,
    /// The sets that a description puts its record into.
    pub memberships: &'a Memberships<'a>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It came to its end. Collections that it listed in full can lose what it did not see.
    Complete {
        /// The collections listed in full.
        listed: Vec<&'static str>,
    },
    /// It stopped early, for this reason.
    Stopped(String),
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
        let mut commit = Commit {
            connection: &transaction,
            run,
            portal,
            rules,
            sequence: super::read::sequence(&transaction)?,
            affected: BTreeSet::new(),
            counts: Counts::default(),
        };
        commit.take_staged()?;
        let (state, reason) = match outcome {
            Outcome::Stopped(why) if commit.counts.listed == 0 => {
                (RunState::Failed, Some(why.clone()))
            }
            Outcome::Stopped(why) => (RunState::Partial, Some(why.clone())),
            Outcome::Complete { listed } => commit.withdraw(listed, withdrawal, now)?,
        };
        commit.describe_affected()?;
        let (sequence, counts) = (commit.sequence, commit.counts);
        transaction.execute(
            "UPDATE run SET state = ?2, ended = ?3, reason = ?4, counts = ?5, last_seq = ?6, cursor = NULL WHERE id = ?1",
            params![
                run.0,
                state.as_str(),
                now,
                reason,
                serde_json::to_string(&counts).unwrap_or_default(),
                i64::try_from(sequence).unwrap_or(i64::MAX),
            ],
        )?;
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
    affected: BTreeSet<i64>,
    counts: Counts,
}

impl Commit<'_> {
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

    fn take_source(&mut self, staged: i64) -> Result<i64, LedgerError> {
        let source: i64 = self
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
    fn take_parts(&mut self, staged: i64, source: i64) -> Result<bool, LedgerError> {
        let mut before = self.contributions_of(source)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT portal, kind, key, iri, role, digest, origin FROM staged_part WHERE staged = ?1 ORDER BY rowid",
        )?;
        let mut rows = statement.query([staged])?;
        let mut changed = false;
        while let Some(row) = rows.next()? {
            let (portal, kind, key, iri): (String, String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let record = self.record(&portal, &kind, &key, &iri)?;
            let role: u8 = row.get(4)?;
            let said = Said {
                digest: body::digest(&row.get::<_, Vec<u8>>(5)?)?,
                origin: optional_digest(row.get(6)?)?,
            };
            if before.remove(&record) == Some((role, said)) {
                continue;
            }
            changed = true;
            self.affected.insert(record);
            self.connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO contribution (record, source, role, digest, origin) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    record,
                    source,
                    role,
                    said.digest.as_bytes(),
                    said.origin.map(|origin| origin.as_bytes().to_vec())
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

    fn contributions_of(&self, source: i64) -> Result<BTreeMap<i64, (u8, Said)>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT record, role, digest, origin FROM contribution WHERE source = ?1",
        )?;
        let mut rows = statement.query([source])?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let said = Said {
                digest: body::digest(&row.get::<_, Vec<u8>>(2)?)?,
                origin: optional_digest(row.get(3)?)?,
            };
            found.insert(row.get(0)?, (row.get(1)?, said));
        }
        Ok(found)
    }

    fn record(&self, portal: &str, kind: &str, key: &str, iri: &str) -> Result<i64, LedgerError> {
        let known: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM record WHERE portal = ?1 AND kind = ?2 AND key = ?3")?
            .query_row(params![portal, kind, key], |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok(id);
        }
        self.connection
            .prepare_cached("INSERT INTO record (portal, kind, key, iri) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![portal, kind, key, iri])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Withdraws what a complete full run did not see, as the policy allows.
    fn withdraw(
        &mut self,
        listed: &[&str],
        policy: Withdrawal,
        now: i64,
    ) -> Result<(RunState, Option<String>), LedgerError> {
        let grace = i64::try_from(policy.grace.as_secs()).unwrap_or(i64::MAX);
        let mut suspicious = Vec::new();
        for collection in listed {
            let (held, missing): (i64, i64) = self.connection.query_row(
                "SELECT count(*), coalesce(sum(id NOT IN (SELECT source FROM seen WHERE run = ?3)), 0)
                 FROM source WHERE portal = ?1 AND collection = ?2",
                params![self.portal, collection, self.run.0],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            if missing == 0 {
                continue;
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "counts of records, far below 2^52"
            )]
            let share = missing as f64 / held as f64;
            if share > policy.max_share {
                suspicious.push(format!(
                    "{missing} of {held} {collection} are missing at once, nothing is withdrawn"
                ));
                continue;
            }
            self.connection.execute(
                "UPDATE source SET absent_since = ?4 WHERE portal = ?1 AND collection = ?2
                 AND (absent_since IS NULL OR absent_since > ?4) -- the clock was set back
                 AND id NOT IN (SELECT source FROM seen WHERE run = ?3)",
                params![self.portal, collection, self.run.0, now],
            )?;
            let mut statement = self.connection.prepare(
                "SELECT id FROM source WHERE portal = ?1 AND collection = ?2 AND absent_since <= ?3
                 AND id NOT IN (SELECT source FROM seen WHERE run = ?4) ORDER BY id",
            )?;
            let gone: Vec<i64> = statement
                .query_map(
                    params![
                        self.portal,
                        collection,
                        now.saturating_sub(grace),
                        self.run.0
                    ],
                    |row| row.get(0),
                )?
                .collect::<Result<_, _>>()?;
            self.counts.absent += u64::try_from(missing).unwrap_or_default()
                - u64::try_from(gone.len()).unwrap_or_default();
            for source in gone {
                self.drop_source(source)?;
            }
        }
        if suspicious.is_empty() {
            Ok((RunState::Done, None))
        } else {
            Ok((RunState::Suspicious, Some(suspicious.join("; "))))
        }
    }

    fn drop_source(&mut self, source: i64) -> Result<(), LedgerError> {
        for record in self.contributions_of(source)?.into_keys() {
            self.affected.insert(record);
        }
        for statement in [
            "DELETE FROM contribution WHERE source = ?1",
            "DELETE FROM finding WHERE source = ?1",
            "DELETE FROM seen WHERE source = ?1",
            "DELETE FROM source WHERE id = ?1",
        ] {
            self.connection
                .prepare_cached(statement)?
                .execute([source])?;
        }
        Ok(())
    }

    /// Gives every affected record its new version, in the order of their IRIs.
    fn describe_affected(&mut self) -> Result<(), LedgerError> {
        let mut records = Vec::with_capacity(self.affected.len());
        for record in std::mem::take(&mut self.affected) {
            let iri: String = self
                .connection
                .prepare_cached("SELECT iri FROM record WHERE id = ?1")?
                .query_row([record], |row| row.get(0))?;
            records.push((iri, record));
        }
        records.sort_unstable();
        for (iri, record) in records {
            let iri =
                NamedNode::new(iri).map_err(|error| LedgerError::Unexpected(error.to_string()))?;
            self.describe(record, &iri)?;
        }
        Ok(())
    }

    fn describe(&mut self, record: i64, iri: &NamedNode) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached("DELETE FROM finding WHERE record = ?1")?
            .execute([record])?;
        let head = self.head(record)?;
        let Some(said) = self.said(record, iri)? else {
            if head.is_some() {
                self.next(record, "delete", None)?;
                self.counts.withdrawn += 1;
            }
            return Ok(());
        };
        let (said, triples) = self.disown(record, iri, said)?;
        if head == Some(said) {
            return Ok(());
        }
        if head.is_some() {
            self.next(record, "update", Some(said))?;
            self.counts.updated += 1;
        } else {
            self.next(record, "create", Some(said))?;
            self.counts.created += 1;
        }
        self.join(record, iri, &triples)
    }

    fn head(&self, record: i64) -> Result<Option<Said>, LedgerError> {
        let row: Option<(Vec<u8>, Option<Vec<u8>>)> = self
            .connection
            .prepare_cached(
                "SELECT digest, origin FROM version WHERE record = ?1 AND to_seq IS NULL",
            )?
            .query_row([record], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        row.map(|(digest, origin)| {
            Ok(Said {
                digest: body::digest(&digest)?,
                origin: optional_digest(origin)?,
            })
        })
        .transpose()
    }

    /// What is said of a record now: its main contributions, else its mentions, merged.
    fn said(&mut self, record: i64, iri: &NamedNode) -> Result<Option<Said>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT digest, origin FROM contribution WHERE record = ?1
             AND role = (SELECT min(role) FROM contribution WHERE record = ?1) ORDER BY digest, origin",
        )?;
        let mut rows = statement.query([record])?;
        let mut contributions = Vec::new();
        while let Some(row) = rows.next()? {
            contributions.push(Said {
                digest: body::digest(&row.get::<_, Vec<u8>>(0)?)?,
                origin: optional_digest(row.get(1)?)?,
            });
        }
        if let [only] = contributions.as_slice() {
            return Ok(Some(*only));
        }
        if contributions.is_empty() {
            return Ok(None);
        }
        let bodies: BTreeSet<Digest> = contributions.iter().map(|said| said.digest).collect();
        let origins: BTreeSet<Digest> = contributions
            .iter()
            .filter_map(|said| said.origin)
            .collect();
        let (merged, findings) = (self.rules.merge)(iri, &self.read_all(&bodies)?);
        for finding in &findings {
            self.found(record, finding)?;
        }
        let written = self.write(iri, &merged).and_then(|body| {
            let origin = match self.read_all(&origins)?.concat() {
                none if none.is_empty() => None,
                all => Some(self.write(iri, &all)?.digest),
            };
            Ok(Said {
                digest: body.digest,
                origin,
            })
        });
        match written {
            // Each of them has a canonical form; that they have none together must not hold up the run.
            Err(LedgerError::Canon { source, .. }) => {
                let message = format!("what several records say of it is not merged: {source}");
                self.found(
                    record,
                    &Finding::new(Code::GraphRefused, "", message, iri.as_str()),
                )?;
                Ok(contributions.first().copied())
            }
            written => written.map(Some),
        }
    }

    /// Notes a finding on a record that no single source record is to blame for.
    fn found(&mut self, record: i64, finding: &Finding) -> Result<(), LedgerError> {
        stage::write_finding(self.connection, "finding", "record", record, finding)?;
        *self
            .counts
            .findings
            .entry(finding.code.as_str().to_owned())
            .or_default() += 1;
        Ok(())
    }

    /// Takes from a description what another record owns already (a distribution listed by two
    /// datasets): no triple has two owners. What is taken goes to the origin graph, with a finding.
    fn disown(
        &mut self,
        record: i64,
        iri: &NamedNode,
        said: Said,
    ) -> Result<(Said, Vec<Triple>), LedgerError> {
        let triples = self.read(said.digest)?;
        let mut taken = BTreeSet::new();
        for (set, subject) in (self.rules.memberships)(iri, &triples) {
            if set != Set::Subject {
                continue;
            }
            let owned: bool = self
                .connection
                .prepare_cached(
                    "SELECT 1 FROM member WHERE kind = ?1 AND value = ?2 AND to_seq IS NULL AND record <> ?3
                     UNION ALL SELECT 1 FROM record WHERE iri = ?2 AND id <> ?3",
                )?
                .exists(params![Set::Subject.as_str(), subject, record])?;
            if owned {
                let finding = Finding::new(
                    Code::DuplicateIdentifier,
                    "identifier",
                    "another record has a part of the same identifier; what this one says of it is kept as origin only",
                    &subject,
                );
                self.found(record, &finding)?;
                taken.insert(subject);
            }
        }
        if taken.is_empty() {
            return Ok((said, triples));
        }
        let (kept, foreign) = divide(triples, &taken);
        let digest = self.write(iri, &kept)?.digest;
        let mut origin = said
            .origin
            .map(|origin| self.read(origin))
            .transpose()?
            .unwrap_or_default();
        origin.extend(foreign);
        let origin = Some(self.write(iri, &origin)?.digest);
        Ok((Said { digest, origin }, kept))
    }

    fn read(&self, digest: Digest) -> Result<Vec<Triple>, LedgerError> {
        parse(&body::get(self.connection, digest)?).map_err(|error| LedgerError::Damaged {
            digest,
            message: error.to_string(),
        })
    }

    fn read_all(&self, digests: &BTreeSet<Digest>) -> Result<Vec<Vec<Triple>>, LedgerError> {
        digests.iter().map(|digest| self.read(*digest)).collect()
    }

    fn write(&self, iri: &NamedNode, triples: &[Triple]) -> Result<Canonical, LedgerError> {
        let canonical = canonicalise(triples).map_err(|source| LedgerError::Canon {
            iri: iri.as_str().to_owned(),
            source,
        })?;
        body::put(self.connection, &canonical)?;
        Ok(canonical)
    }

    /// Closes the head, and opens the next version with its event.
    fn next(&mut self, record: i64, kind: &str, said: Option<Said>) -> Result<(), LedgerError> {
        self.sequence += 1;
        let sequence = i64::try_from(self.sequence)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        self.connection
            .prepare_cached("UPDATE version SET to_seq = ?2 WHERE record = ?1 AND to_seq IS NULL")?
            .execute(params![record, sequence])?;
        self.connection
            .prepare_cached("UPDATE member SET to_seq = ?2 WHERE record = ?1 AND to_seq IS NULL")?
            .execute(params![record, sequence])?;
        let digest = said.map(|said| said.digest.as_bytes().to_vec());
        if let Some(said) = said {
            self.connection
                .prepare_cached("INSERT INTO version (record, from_seq, digest, origin) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![record, sequence, digest, said.origin.map(|origin| origin.as_bytes().to_vec())])?;
        }
        self.connection
            .prepare_cached(
                "INSERT INTO event (seq, record, kind, digest, run) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![sequence, record, kind, digest, self.run.0])?;
        Ok(())
    }

    fn join(&self, record: i64, iri: &NamedNode, triples: &[Triple]) -> Result<(), LedgerError> {
        let sequence = i64::try_from(self.sequence)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        let mut statement = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO member (kind, value, record, from_seq) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (set, value) in (self.rules.memberships)(iri, triples) {
            statement.execute(params![set.as_str(), value, record, sequence])?;
        }
        Ok(())
    }
}

/// Divides a description: what it keeps, and what it says of `taken` subjects. Blank nodes that only
/// the taken part leads to go with it, turned into nothing: the origin graph has no blank nodes.
fn divide(triples: Vec<Triple>, taken: &BTreeSet<String>) -> (Vec<Triple>, Vec<Triple>) {
    let is_taken = |triple: &Triple| matches!(&triple.subject, oxigraph::model::NamedOrBlankNode::NamedNode(node) if taken.contains(node.as_str()));
    let (foreign, mut kept): (Vec<_>, Vec<_>) = triples.into_iter().partition(is_taken);
    loop {
        let reachable: BTreeSet<String> = kept
            .iter()
            .filter_map(|triple| match &triple.object {
                Term::BlankNode(node) => Some(node.as_str().to_owned()),
                _ => None,
            })
            .collect();
        let before = kept.len();
        kept.retain(|triple| match &triple.subject {
            oxigraph::model::NamedOrBlankNode::BlankNode(node) => reachable.contains(node.as_str()),
            oxigraph::model::NamedOrBlankNode::NamedNode(_) => true,
        });
        if kept.len() == before {
            break;
        }
    }
    (
        kept,
        foreign
            .into_iter()
            .filter(|triple| !triple.object.is_blank_node())
            .collect(),
    )
}

fn optional_digest(bytes: Option<Vec<u8>>) -> Result<Option<Digest>, LedgerError> {
    bytes.map(|bytes| body::digest(&bytes)).transpose()
}
