//! New versions: what is said of a record now, without what another record owns, and the event that
//! says so.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};
use rusqlite::{OptionalExtension as _, params};

use super::super::{body, stage};
use super::ahead::{AHEAD, Draft, Understood, read, understand};
use super::{Commit, LedgerError, Said};
use crate::finding::{Code, Finding};
use crate::rdf::canon::{Canonical, Digest, canonicalise};
use crate::record::Set;

impl Commit<'_> {
    /// Gives every affected record its new version, in the order of their IRIs. The next of them are
    /// read on other threads meanwhile: what a description says depends on nothing that is written here.
    pub(super) fn describe_affected(&mut self) -> Result<(), LedgerError> {
        let mut records = Vec::with_capacity(self.affected.len());
        for record in std::mem::take(&mut self.affected) {
            let iri: String = self
                .connection
                .prepare_cached("SELECT iri FROM record WHERE id = ?1")?
                .query_row([record], |row| row.get(0))?;
            records.push((iri, record));
        }
        records.sort_unstable();
        let mut read: Vec<(Draft, Understood)> = Vec::new();
        for some in records.chunks(AHEAD) {
            let drafts: Vec<Draft> = some
                .iter()
                .map(|(iri, record)| self.draft(*record, iri))
                .collect::<Result<_, _>>()?;
            let rules = self.rules;
            read = std::thread::scope(|scope| {
                let reading = scope.spawn(|| understand(drafts, rules));
                self.describe_all(read)?;
                reading
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })?;
        }
        self.describe_all(read)
    }

    /// What is said of a record now, before it is read.
    fn draft(&mut self, record: i64, iri: &str) -> Result<Draft, LedgerError> {
        let iri =
            NamedNode::new(iri).map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        self.connection
            .prepare_cached("DELETE FROM finding WHERE record = ?1")?
            .execute([record])?;
        let said = self.said(record, &iri)?;
        let packed = said.map(|said| body::packed(self.connection, said.digest));
        Ok(Draft {
            record,
            iri,
            said,
            packed: packed.transpose()?,
        })
    }

    fn describe_all(&mut self, read: Vec<(Draft, Understood)>) -> Result<(), LedgerError> {
        for (draft, understood) in read {
            self.describe(draft, understood)?;
        }
        Ok(())
    }

    fn describe(&mut self, draft: Draft, understood: Understood) -> Result<(), LedgerError> {
        let Draft {
            record, iri, said, ..
        } = draft;
        let head = self.head(record)?;
        let Some(said) = said else {
            if head.is_some() {
                self.next(record, "delete", None)?;
                self.measured(record, None)?;
                self.counts.withdrawn += 1;
            }
            return Ok(());
        };
        let (said, memberships) = self.disown(record, &iri, said, understood)?;
        let quality = self.quality(record, &iri)?;
        let measured = self.quality_held(record)? != quality;
        if head == Some(said) {
            if measured {
                self.event(record, "measure", None)?;
                self.measured(record, quality)?;
                self.counts.measured += 1;
            }
            return Ok(());
        }
        if head.is_some() {
            self.next(record, "update", Some(said))?;
            self.counts.updated += 1;
        } else {
            self.next(record, "create", Some(said))?;
            self.counts.created += 1;
        }
        if measured {
            self.measured(record, quality)?;
        }
        self.join(record, &memberships)
    }

    fn head(&self, record: i64) -> Result<Option<Said>, LedgerError> {
        self.connection
            .prepare_cached(
                "SELECT digest, origin FROM version WHERE record = ?1 AND to_seq IS NULL",
            )?
            .query_row([record], |row| Ok(Said::from_row(row, 0)))
            .optional()?
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
    /// Also the sets that the description then puts its record into.
    fn disown(
        &mut self,
        record: i64,
        iri: &NamedNode,
        said: Said,
        understood: Understood,
    ) -> Result<(Said, Vec<(Set, String)>), LedgerError> {
        let Understood {
            triples,
            memberships,
        } = understood;
        let mut taken = BTreeMap::new();
        for (set, subject) in &memberships {
            if *set != Set::Subject {
                continue;
            }
            let owner: Option<Owner> = self
                .connection
                .prepare_cached(
                    "SELECT 1 FROM record WHERE iri = ?2 AND id <> ?3
                     UNION ALL SELECT 0 FROM member WHERE kind = ?1 AND value = ?2 AND to_seq IS NULL AND record <> ?3
                     LIMIT 1",
                )?
                .query_row(params![Set::Subject.as_str(), subject, record], |row| {
                    Ok(if row.get(0)? { Owner::Itself } else { Owner::Other })
                })
                .optional()?;
            if let Some(owner) = owner {
                let finding = Finding::new(
                    Code::DuplicateIdentifier,
                    "identifier",
                    "another record has a part of the same identifier; what this one says of it is kept as origin only",
                    subject,
                );
                self.found(record, &finding)?;
                taken.insert(subject.clone(), owner);
            }
        }
        if taken.is_empty() {
            return Ok((said, memberships));
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
        Ok((
            Said { digest, origin },
            (self.rules.memberships)(iri, &kept),
        ))
    }

    fn read(&self, digest: Digest) -> Result<Vec<Triple>, LedgerError> {
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

    /// Closes the head, and opens the next version with its event.
    fn next(&mut self, record: i64, kind: &str, said: Option<Said>) -> Result<(), LedgerError> {
        let digest = said.map(|said| said.digest);
        let sequence = self.event(record, kind, digest)?;
        self.connection
            .prepare_cached("UPDATE version SET to_seq = ?2 WHERE record = ?1 AND to_seq IS NULL")?
            .execute(params![record, sequence])?;
        self.connection
            .prepare_cached("UPDATE member SET to_seq = ?2 WHERE record = ?1 AND to_seq IS NULL")?
            .execute(params![record, sequence])?;
        if let Some(said) = said {
            self.connection
                .prepare_cached("INSERT INTO version (record, from_seq, digest, origin) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![record, sequence, said.digest.as_bytes(), said.origin.as_ref().map(Digest::as_bytes)])?;
        }
        Ok(())
    }

    /// Writes an event under the next sequence number, which it gives.
    fn event(
        &mut self,
        record: i64,
        kind: &str,
        digest: Option<Digest>,
    ) -> Result<i64, LedgerError> {
        self.sequence += 1;
        let sequence = i64::try_from(self.sequence)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        self.connection
            .prepare_cached(
                "INSERT INTO event (seq, record, kind, digest, run) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                sequence,
                record,
                kind,
                digest.as_ref().map(Digest::as_bytes),
                self.run.0
            ])?;
        Ok(sequence)
    }

    fn join(&self, record: i64, memberships: &[(Set, String)]) -> Result<(), LedgerError> {
        let sequence = i64::try_from(self.sequence)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        let mut statement = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO member (kind, value, record, from_seq) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (set, value) in memberships {
            statement.execute(params![set.as_str(), value, record, sequence])?;
        }
        Ok(())
    }
}

/// Who owns a subject that a description speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// It is a part of another record.
    Other,
    /// It is a record of its own.
    Itself,
}

/// Divides a description: what it keeps, and what it says of `taken` subjects. Blank nodes that only
/// the taken part leads to go with it, turned into nothing: the origin graph has no blank nodes.
///
/// A record of its own says itself whose part it is, so the link to it goes too.
fn divide(triples: Vec<Triple>, taken: &BTreeMap<String, Owner>) -> (Vec<Triple>, Vec<Triple>) {
    let is_taken = |triple: &Triple| {
        matches!(&triple.subject, NamedOrBlankNode::NamedNode(node) if taken.contains_key(node.as_str()))
            || matches!(&triple.object, Term::NamedNode(node) if taken.get(node.as_str()) == Some(&Owner::Itself))
    };
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
            NamedOrBlankNode::BlankNode(node) => reachable.contains(node.as_str()),
            NamedOrBlankNode::NamedNode(_) => true,
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
