//! What records say of other records leads somewhere: to the one that is shown in the place of an alias, to the
//! record that a reference means ([`Reference`]), to the source's own address of one that the catalogue does
//! not have, or it is left out. Links can be followed then, and a join over `dcat:dataset` or `duv:refersTo`
//! finds what there is. As it was said it stays in the origin graph.
//!
//! What a reference leads to is known when all records of a run are described: those whose references lead
//! nowhere yet wait until then. When a record appears or goes, those that refer to it are described again.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;
use rusqlite::{OptionalExtension as _, params};

use super::ahead::Draft;
use super::{Commit, LedgerError, Said};
use crate::finding::{Code, Finding};
use crate::ledger::RecordNumber;
use crate::rdf::iri::clean;
use crate::rdf::vocab::curie;
use crate::record::{Kind, Now, REFERRED, Reference, Related, Set, relate, unknown as told};

/// References that are looked into at the end of a commit.
#[derive(Default)]
pub(super) struct Settling {
    /// Records that wait for what their references lead to.
    waiting: BTreeSet<RecordNumber>,
    /// Records whose references may lead elsewhere than they did.
    touched: BTreeSet<RecordNumber>,
    /// Those that have waited and are described now: they will be there.
    coming: BTreeSet<RecordNumber>,
    /// Whether nothing has to wait any more.
    is_last: bool,
}

/// A record that names others.
pub(super) struct Referrer<'a> {
    pub(super) record: RecordNumber,
    pub(super) portal: &'a str,
    pub(super) iri: &'a NamedNode,
}

/// A record that a reference may mean.
struct Candidate {
    iri: NamedNode,
    kind: Kind,
    /// The record itself, where another is shown in its place.
    alias: Option<NamedNode>,
}

impl Commit<'_> {
    /// Notes which records a record's description names, as it was said.
    pub(super) fn refers(
        &self,
        record: RecordNumber,
        memberships: &[(Set, String)],
    ) -> Result<(), LedgerError> {
        let after: BTreeSet<&str> = memberships
            .iter()
            .filter(|(set, _)| *set == Set::Refers)
            .map(|(_, iri)| iri.as_str())
            .collect();
        let before: BTreeSet<String> = self
            .connection
            .prepare_cached("SELECT iri FROM reference WHERE record = ?1")?
            .query_map([record], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for iri in before.iter().filter(|iri| !after.contains(iri.as_str())) {
            self.connection
                .prepare_cached("DELETE FROM reference WHERE iri = ?1 AND record = ?2")?
                .execute(params![iri, record])?;
        }
        for iri in after.iter().filter(|iri| !before.contains(**iri)) {
            self.connection
                .prepare_cached("INSERT INTO reference (iri, record) VALUES (?1, ?2)")?
                .execute(params![iri, record])?;
        }
        Ok(())
    }

    /// The records whose descriptions name `iri`, or refer to the record of it.
    pub(super) fn referrers(&self, iri: &str) -> Result<Vec<RecordNumber>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT record FROM reference WHERE iri = ?1")?;
        let rows = statement.query_map([iri], |row| row.get(0))?;
        let mut found = rows.collect::<Result<Vec<_>, _>>()?;
        let Some(record) = self.number_of(iri)? else {
            return Ok(found);
        };
        let mut names: Vec<String> = self
            .connection
            .prepare_cached("SELECT portal, key FROM record WHERE id = ?1")?
            .query_map([record], |row| {
                let (portal, key): (String, String) = (row.get(0)?, row.get(1)?);
                Ok(Reference::start(&portal, &key))
            })?
            .collect::<Result<_, _>>()?;
        let evidence = self.evidence_of(record)?.into_iter();
        names.extend(
            evidence
                .filter(|(_, weight)| weight.is_called())
                .map(|(value, _)| value),
        );
        for name in names {
            found.extend(self.referring(&name)?);
        }
        Ok(found)
    }

    /// The records with references that begin with `start`.
    fn referring(&self, start: &str) -> Result<Vec<RecordNumber>, LedgerError> {
        // `;` comes after the `:` at its end.
        let end = format!("{};", start.trim_end_matches(':'));
        let mut statement = self
            .connection
            .prepare_cached("SELECT record FROM reference WHERE iri >= ?1 AND iri < ?2")?;
        let rows = statement.query_map([start, &end], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes that a record came or went: what refers to it leads elsewhere now.
    pub(super) fn came_or_went(&mut self, iri: &str) -> Result<(), LedgerError> {
        let referrers = self.referrers(iri)?;
        self.settling.touched.extend(referrers);
        Ok(())
    }

    /// Notes that a record is, or is no longer, called so by its portal.
    pub(super) fn called_otherwise(&mut self, start: &str) -> Result<(), LedgerError> {
        let referrers = self.referring(start)?;
        self.settling.touched.extend(referrers);
        Ok(())
    }

    /// Whether a record has to wait for what its references lead to; it is then described at the end.
    pub(super) fn waits(
        &mut self,
        draft: &Draft,
        memberships: &[(Set, String)],
    ) -> Result<bool, LedgerError> {
        let Some(said) = draft.said.filter(|_| !self.settling.is_last) else {
            return Ok(false);
        };
        for (set, iri) in memberships {
            if *set == Set::Refers
                && matches!(
                    self.now(draft.record, &draft.portal, iri)?,
                    Some(Now::Elsewhere(_) | Now::Nothing)
                )
            {
                self.recognising.deferred.insert(draft.record, said);
                self.settling.waiting.insert(draft.record);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Describes what has waited, and what refers to records that came or went.
    pub(super) fn settle(&mut self) -> Result<(), LedgerError> {
        self.settling.is_last = true;
        loop {
            self.settling.coming = std::mem::take(&mut self.settling.waiting);
            let mut open = std::mem::take(&mut self.settling.touched);
            // What is neither there nor coming is said nothing of.
            let mut gone = BTreeSet::new();
            for record in open.difference(&self.settling.coming) {
                if self.head(*record)?.is_none() {
                    gone.insert(*record);
                }
            }
            open.retain(|record| !gone.contains(record));
            open.extend(&self.settling.coming);
            if open.is_empty() {
                return Ok(());
            }
            self.recognising.judged.extend(&open);
            let listed = self.listed(open)?;
            self.each(&listed, Self::describe)?;
        }
    }

    /// Makes the references of a description lead somewhere. Also the sets that it then puts its record into.
    pub(super) fn relate(
        &mut self,
        referrer: &Referrer<'_>,
        said: Said,
        memberships: Vec<(Set, String)>,
    ) -> Result<(Said, Vec<(Set, String)>), LedgerError> {
        let Referrer {
            record,
            portal,
            iri,
        } = *referrer;
        let mut shown = BTreeMap::new();
        for (set, named) in &memberships {
            if *set == Set::Refers
                && let Some(now) = self.now(record, portal, named)?
            {
                shown.insert(named.clone(), now);
            }
        }
        if shown.is_empty() {
            return Ok((said, memberships));
        }
        let Related {
            triples,
            origin: before,
            unknown,
        } = relate(self.read(said.digest)?, iri, &shown, self.rules.fitting);
        for (property, identifier, has_address) in unknown {
            let field = curie(property.as_ref());
            let finding = Finding::new(
                Code::ReferenceUnknown,
                field,
                told(has_address),
                &identifier,
            );
            self.found(record, &finding)?;
        }
        let mut origin = said
            .origin
            .map(|origin| self.read(origin))
            .transpose()?
            .unwrap_or_default();
        origin.extend(before);
        let digest = self.write(iri, &triples)?.digest;
        let origin = if origin.is_empty() {
            None
        } else {
            Some(self.write(iri, &origin)?)
        };
        let beside = origin.as_ref().map_or("", |origin| origin.text.as_str());
        let memberships = (self.rules.memberships)(iri, &triples, beside);
        let origin = origin.map(|origin| origin.digest);
        Ok((Said { digest, origin }, memberships))
    }

    /// What stands in the place of an IRI that a record of a portal names; none where that is right.
    fn now(
        &self,
        record: RecordNumber,
        portal: &str,
        iri: &str,
    ) -> Result<Option<Now>, LedgerError> {
        if !Reference::is_one(iri) {
            if let Some(canonical) = self.shown_for(iri)? {
                return Ok(Some(Now::Same(canonical)));
            }
            let is_known = match self.number_of(iri)? {
                Some(named) => self.settling.coming.contains(&named) || self.was_shown(named)?,
                None => false,
            };
            return Ok((!is_known).then_some(Now::Nothing));
        }
        let Some(reference) = Reference::read(iri).filter(|one| one.portal.as_str() == portal)
        else {
            return Ok(Some(Now::Nothing));
        };
        let mut candidates = self.of_key(record, &reference)?;
        if candidates.is_empty() {
            candidates = self.called(record, &reference)?;
            let of_kind = |one: &Candidate| one.kind == reference.kind;
            // What several records are called says of none that it is meant.
            if candidates.iter().filter(|one| of_kind(one)).count() == 1 {
                candidates.retain(of_kind);
            } else if candidates.len() > 1 {
                candidates.clear();
            }
        }
        let place = candidates.iter().position(|one| one.kind == reference.kind);
        if let Some(one) = candidates.into_iter().nth(place.unwrap_or(0)) {
            return Ok(Some(Now::Record(one.iri, one.kind, one.alias)));
        }
        let address = clean(&reference.address).into_iri();
        Ok(Some(address.map_or(Now::Nothing, Now::Elsewhere)))
    }

    /// The records with the key of a reference.
    fn of_key(
        &self,
        referrer: RecordNumber,
        reference: &Reference,
    ) -> Result<Vec<Candidate>, LedgerError> {
        let mut found = Vec::new();
        let [lasting, sent] = reference.keys();
        for kind in REFERRED {
            let record: Option<RecordNumber> = self
                .connection
                .prepare_cached(
                    "SELECT id FROM record WHERE portal = ?1 AND kind = ?2 AND key IN (?3, ?4)
                     ORDER BY key <> ?3 LIMIT 1",
                )?
                .query_row(
                    params![
                        reference.portal.as_str(),
                        kind,
                        lasting.as_str(),
                        sent.as_str()
                    ],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(record) = record {
                found.extend(self.candidate(referrer, record)?);
            }
        }
        Ok(found)
    }

    /// The records that are called as a reference says.
    fn called(
        &self,
        referrer: RecordNumber,
        reference: &Reference,
    ) -> Result<Vec<Candidate>, LedgerError> {
        let start = Reference::start(reference.portal.as_str(), reference.key.as_str());
        let mut found = Vec::new();
        for kind in REFERRED {
            let records: Vec<RecordNumber> = self
                .connection
                .prepare_cached(
                    "SELECT record FROM evidence WHERE kind = ?1 AND value = ?2 ORDER BY record LIMIT 16",
                )?
                .query_map(params![kind, start], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for record in records {
                found.extend(self.candidate(referrer, record)?);
            }
        }
        Ok(found)
    }

    /// A record, if it is shown, or another in its place.
    fn candidate(
        &self,
        referrer: RecordNumber,
        record: RecordNumber,
    ) -> Result<Option<Candidate>, LedgerError> {
        let one = self.named(record)?;
        let canonical = self.shown_for(&one.iri)?;
        let own =
            NamedNode::new(one.iri).map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        let kind = one.kind;
        if let Some(iri) = canonical {
            let alias = Some(own);
            return Ok(Some(Candidate { iri, kind, alias }));
        }
        let is_there = record == referrer
            || self.settling.coming.contains(&record)
            || self.head(record)?.is_some();
        Ok(is_there.then_some(Candidate {
            iri: own,
            kind,
            alias: None,
        }))
    }

    /// The number of the record of an IRI.
    pub(super) fn number_of(&self, iri: &str) -> Result<Option<RecordNumber>, LedgerError> {
        Ok(self
            .connection
            .prepare_cached("SELECT id FROM record WHERE iri = ?1")?
            .query_row([iri], |row| row.get(0))
            .optional()?)
    }

    /// Whether a record is shown, or was: then its IRI leads to the one in its place, or says that it is gone.
    fn was_shown(&self, record: RecordNumber) -> Result<bool, LedgerError> {
        Ok(self
            .connection
            .prepare_cached("SELECT 1 FROM event WHERE record = ?1")?
            .exists([record])?)
    }

    /// The record that is shown in the place of `iri`, if that is an alias.
    fn shown_for(&self, iri: &str) -> Result<Option<NamedNode>, LedgerError> {
        let canonical: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT c.iri FROM record r JOIN same s ON s.record = r.id AND s.to_seq IS NULL
                 JOIN record c ON c.id = s.canonical WHERE r.iri = ?1",
            )?
            .query_row([iri], |row| row.get(0))
            .optional()?;
        canonical
            .map(NamedNode::new)
            .transpose()
            .map_err(|error| LedgerError::Unexpected(error.to_string()))
    }
}
