//! New versions: what is said of a record now, without what another record owns, and the event that
//! says so.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Triple};
use rusqlite::{OptionalExtension as _, params};

use super::super::{body, stage};
use super::ahead::{AHEAD, Draft, Understood, read, understand};
use super::refer::Referrer;
use super::{Commit, LedgerError, Said};
use crate::finding::{Code, Finding};
use crate::ledger::{EventKind, RecordNumber};
use crate::rdf::blank::united;
use crate::rdf::canon::{Canonical, Digest, canonicalise};
use crate::record::{Kind, Set};

impl Commit<'_> {
    /// Gives every affected record its new version: first those of the kinds that may be the same as
    /// others, then, once it is known which are, the others and whatever that concerns, and last those whose
    /// references had to wait for all these.
    pub(super) fn describe_affected(&mut self) -> Result<(), LedgerError> {
        let affected = std::mem::take(&mut self.affected);
        let (first, mut others) = (self.listed(affected)?)
            .into_iter()
            .partition::<Vec<_>, _>(|one| one.kind.is_recognised());
        self.each(&first, Self::meet)?;
        let concerned = self.recognise()?;
        others.extend(self.listed(concerned)?);
        others.sort_unstable();
        others.dedup();
        self.each(&others, Self::describe)?;
        self.settle()?;
        self.notice()
    }

    /// Records in the order of their IRIs.
    pub(super) fn listed(
        &self,
        records: BTreeSet<RecordNumber>,
    ) -> Result<Vec<Listed>, LedgerError> {
        let mut listed = Vec::with_capacity(records.len());
        for record in records {
            listed.push(self.named(record)?);
        }
        listed.sort_unstable();
        Ok(listed)
    }

    /// What a record is called.
    pub(super) fn named(&self, record: RecordNumber) -> Result<Listed, LedgerError> {
        let (iri, kind, portal) = self
            .connection
            .prepare_cached("SELECT iri, kind, portal FROM record WHERE id = ?1")?
            .query_row([record], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(Listed {
            iri,
            kind,
            portal,
            record,
        })
    }

    /// Does something with each record, in their order. The next of them are read on other threads
    /// meanwhile: what a description says depends on nothing that is written here.
    pub(super) fn each(
        &mut self,
        records: &[Listed],
        act: fn(&mut Self, Draft, Understood) -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        let mut read: Vec<(Draft, Understood)> = Vec::new();
        for some in records.chunks(AHEAD) {
            let drafts: Vec<Draft> = some
                .iter()
                .map(|one| self.draft(one))
                .collect::<Result<_, _>>()?;
            let rules = self.rules;
            read = std::thread::scope(|scope| {
                let reading = scope.spawn(|| understand(drafts, rules));
                for (draft, understood) in read {
                    act(self, draft, understood)?;
                }
                reading
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })?;
        }
        for (draft, understood) in read {
            act(self, draft, understood)?;
        }
        Ok(())
    }

    /// What is said of a record now, before it is read.
    pub(super) fn draft(&mut self, one: &Listed) -> Result<Draft, LedgerError> {
        let record = one.record;
        let iri = NamedNode::new(one.iri.as_str())
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        let before = self.recognising.deferred.remove(&record);
        let said = if before.is_some() {
            // What was found when it was drafted first stays found.
            before
        } else {
            self.connection
                .prepare_cached("DELETE FROM finding WHERE record = ?1")?
                .execute([record])?;
            if self.withdrawn.contains(&one.portal) {
                None
            } else {
                self.said(record, &iri)?
            }
        };
        let packed = said.map(|said| body::packed(self.connection, said.digest));
        let origin = said.and_then(|said| said.origin);
        let beside = origin.map(|origin| body::packed(self.connection, origin));
        Ok(Draft {
            record,
            portal: one.portal.clone(),
            kind: one.kind,
            iri,
            said,
            packed: packed.transpose()?,
            beside: beside.transpose()?,
        })
    }

    /// Writes a record's next version, unless it says what the last one said.
    pub(super) fn describe(
        &mut self,
        draft: Draft,
        understood: Understood,
    ) -> Result<(), LedgerError> {
        if self.waits(&draft, &understood.memberships)? {
            return Ok(());
        }
        let Draft {
            record,
            portal,
            iri,
            said,
            ..
        } = draft;
        let head = self.head(record)?;
        self.refers(record, &understood.memberships)?;
        let Some(said) = said else {
            if head.is_some() || self.alias_of(record)?.is_some() {
                self.next(record, EventKind::Delete, None)?;
                self.came_or_went(iri.as_str())?;
                self.measured(record, None)?;
                self.counts.withdrawn += 1;
            }
            return Ok(());
        };
        let (said, memberships) = self.disown(record, &iri, said, understood)?;
        let (said, memberships) = {
            let referrer = Referrer {
                record,
                portal: &portal,
                iri: &iri,
            };
            self.relate(&referrer, said, memberships)?
        };
        let quality = self.quality(record, &iri)?;
        let measured = self.quality_held(record)? != quality;
        if head == Some(said) {
            if measured {
                self.event(record, EventKind::Measure, None)?;
                self.measured(record, quality)?;
                self.counts.measured += 1;
            }
            return Ok(());
        }
        if head.is_some() {
            self.next(record, EventKind::Update, Some(said))?;
            self.counts.updated += 1;
        } else {
            self.next(record, EventKind::Create, Some(said))?;
            self.came_or_went(iri.as_str())?;
            self.counts.created += 1;
        }
        if measured {
            self.measured(record, quality)?;
        }
        self.join(record, &memberships)
    }

    pub(super) fn head(&self, record: RecordNumber) -> Result<Option<Said>, LedgerError> {
        self.connection
            .prepare_cached(
                "SELECT digest, origin FROM version WHERE record = ?1 AND to_seq IS NULL",
            )?
            .query_row([record], |row| Ok(Said::from_row(row, 0)))
            .optional()?
            .transpose()
    }

    /// What is said of a record now: its main contributions, else its mentions, merged.
    fn said(&mut self, record: RecordNumber, iri: &NamedNode) -> Result<Option<Said>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT digest, origin FROM contribution WHERE record = ?1
             AND role = (SELECT min(role) FROM contribution WHERE record = ?1) ORDER BY digest, origin",
        )?;
        let mut rows = statement.query([record])?;
        let mut contributions = Vec::new();
        while let Some(row) = rows.next()? {
            contributions.push(Said::from_row(row, 0)?);
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
            let origin = match united(self.read_all(&origins)?) {
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
    pub(super) fn found(
        &mut self,
        record: RecordNumber,
        finding: &Finding,
    ) -> Result<(), LedgerError> {
        stage::write_finding(self.connection, "finding", "record", record, finding)?;
        *self
            .counts
            .findings
            .entry(finding.code.as_str().to_owned())
            .or_default() += 1;
        Ok(())
    }

    pub(super) fn read(&self, digest: Digest) -> Result<Vec<Triple>, LedgerError> {
        read(digest, &body::packed(self.connection, digest)?)
    }

    pub(super) fn read_all(
        &self,
        digests: &BTreeSet<Digest>,
    ) -> Result<Vec<Vec<Triple>>, LedgerError> {
        digests.iter().map(|digest| self.read(*digest)).collect()
    }

    pub(super) fn write(
        &self,
        iri: &NamedNode,
        triples: &[Triple],
    ) -> Result<Canonical, LedgerError> {
        let canonical = canonicalise(triples).map_err(|source| LedgerError::Canon {
            iri: iri.as_str().to_owned(),
            source,
        })?;
        body::put(self.connection, &canonical)?;
        Ok(canonical)
    }

    /// Closes the head (of an alias, what says whose it is), and opens the next version with its event.
    pub(super) fn next(
        &mut self,
        record: RecordNumber,
        kind: EventKind,
        said: Option<Said>,
    ) -> Result<(), LedgerError> {
        let digest = said.map(|said| said.digest);
        let sequence = self.event(record, kind, digest)?;
        self.connection
            .prepare_cached("UPDATE version SET to_seq = ?2 WHERE record = ?1 AND to_seq IS NULL")?
            .execute(params![record, sequence])?;
        self.connection
            .prepare_cached("UPDATE member SET to_seq = ?2 WHERE record = ?1 AND to_seq IS NULL")?
            .execute(params![record, sequence])?;
        self.connection
            .prepare_cached("UPDATE same SET to_seq = ?2 WHERE record = ?1 AND to_seq IS NULL")?
            .execute(params![record, sequence])?;
        if let Some(said) = said {
            self.connection
                .prepare_cached("INSERT INTO version (record, from_seq, digest, origin) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![record, sequence, said.digest, said.origin])?;
        }
        Ok(())
    }

    /// Writes an event under the next sequence number, which it gives.
    fn event(
        &mut self,
        record: RecordNumber,
        kind: EventKind,
        digest: Option<Digest>,
    ) -> Result<i64, LedgerError> {
        self.sequence += 1;
        let sequence = i64::try_from(self.sequence)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        self.connection
            .prepare_cached(
                "INSERT INTO event (seq, record, kind, digest, run) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![sequence, record, kind, digest, self.run.0])?;
        Ok(sequence)
    }

    pub(super) fn join(
        &self,
        record: RecordNumber,
        memberships: &[(Set, String)],
    ) -> Result<(), LedgerError> {
        let sequence = i64::try_from(self.sequence)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        let mut statement = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO member (kind, value, record, from_seq) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (set, value) in memberships.iter().filter(|(set, _)| set.is_versioned()) {
            statement.execute(params![set.as_str(), value, record, sequence])?;
        }
        Ok(())
    }
}

/// A record by its names, in the order of the IRIs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    pub(super) iri: String,
    pub(super) kind: Kind,
    pub(super) portal: String,
    pub(super) record: RecordNumber,
}
