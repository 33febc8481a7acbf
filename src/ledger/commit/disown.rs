//! Each subject has one owner: what a description says of a part that another record has is kept as origin
//! only, so that no triple is in the catalogue twice.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};
use rusqlite::{OptionalExtension as _, params};

use super::ahead::Understood;
use super::{Commit, LedgerError, Said};
use crate::finding::{Code, Finding};
use crate::ledger::RecordNumber;
use crate::rdf::blank::united;
use crate::rdf::subjects::Subjects;
use crate::record::Set;

impl Commit<'_> {
    /// Takes from a description what another record owns already (a distribution listed by two
    /// datasets): no triple has two owners. What is taken goes to the origin graph, with a finding.
    /// Also the sets that the description then puts its record into.
    pub(super) fn disown(
        &mut self,
        record: RecordNumber,
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
            if let Some(owner) = self.owner(record, subject)? {
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
        let origin = said
            .origin
            .map(|origin| self.read(origin))
            .transpose()?
            .unwrap_or_default();
        let origin = united(vec![origin, foreign]);
        let origin = self.write(iri, &origin)?;
        let memberships = (self.rules.memberships)(iri, &kept, &origin.text);
        let origin = Some(origin.digest);
        Ok((Said { digest, origin }, memberships))
    }

    /// Who else owns a subject.
    pub(super) fn owner(
        &self,
        record: RecordNumber,
        subject: &str,
    ) -> Result<Option<Owner>, LedgerError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT 1 FROM record WHERE iri = ?2 AND id <> ?3
                 UNION ALL SELECT 0 FROM member WHERE kind = ?1 AND value = ?2 AND to_seq IS NULL AND record <> ?3
                 LIMIT 1",
            )?
            .query_row(params![Set::Subject.as_str(), subject, record], |row| {
                Ok(if row.get(0)? { Owner::Itself } else { Owner::Other })
            })
            .optional()?)
    }
}

/// Who owns a subject that a description speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// It is a part of another record.
    Other,
    /// It is a record of its own.
    Itself,
}

/// Divides a description: what it keeps, and what it says of `taken` subjects. Blank nodes go with what
/// leads to them.
///
/// A record of its own says itself whose part it is, so the link to it goes too.
fn divide(triples: Vec<Triple>, taken: &BTreeMap<String, Owner>) -> (Vec<Triple>, Vec<Triple>) {
    let is_taken = |triple: &Triple| {
        matches!(&triple.subject, NamedOrBlankNode::NamedNode(node) if taken.contains_key(node.as_str()))
            || matches!(&triple.object, Term::NamedNode(node) if taken.get(node.as_str()) == Some(&Owner::Itself))
    };
    let (mut foreign, mut kept): (Vec<_>, Vec<_>) = triples.into_iter().partition(is_taken);
    let below: Vec<Triple> = {
        let said = Subjects::of(&kept).below(&foreign);
        said.into_iter().cloned().collect()
    };
    foreign.extend(below);
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
    (kept, foreign)
}
