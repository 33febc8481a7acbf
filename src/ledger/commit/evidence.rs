//! What records can be recognised by: kept for every record that is described, aliases too, so that a run
//! looks only at records whose evidence changed and at those that share it.

use std::collections::BTreeMap;
use std::rc::Rc;

use rusqlite::params;

use super::ahead::{Draft, Understood};
use super::{Commit, LedgerError};
use crate::ledger::RecordNumber;
use crate::ledger::word::numbers;
use crate::record::{Kind, Set};

/// A name that more records have is an error of some portal, whatever their portals: it is not looked into.
const MANY: u32 = 256;

/// Whether so many records have a name that it is not looked into.
pub(super) fn is_everywhere(holders: &[Holder]) -> bool {
    u32::try_from(holders.len()).is_ok_and(|number| number > MANY)
}

/// How much a piece of evidence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It proves.
    Proves,
    /// It suggests.
    Suggests,
    /// The service that the portal has answers there.
    Answers,
    /// A service was derived from that address.
    Derived,
    /// Others of its portal refer to it so.
    Called,
}

impl Weight {
    fn of(set: Set) -> Option<Self> {
        match set {
            Set::Name => Some(Self::Proves),
            Set::Hint => Some(Self::Suggests),
            Set::Endpoint => Some(Self::Answers),
            Set::Derived => Some(Self::Derived),
            Set::Called => Some(Self::Called),
            _ => None,
        }
    }

    /// Whether it is about the name of a thing.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::Proves | Self::Suggests)
    }

    /// Whether it is how others refer to a record.
    pub(super) fn is_called(self) -> bool {
        self == Self::Called
    }

    /// Whether it is about a service and where it answers.
    pub(super) fn is_service(self) -> bool {
        matches!(self, Self::Answers | Self::Derived)
    }
}

numbers!(Weight, "weight of evidence", {
    Proves = 0,
    Suggests = 1,
    Answers = 2,
    Derived = 3,
    Called = 4,
});

/// A record that has a piece of evidence.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    pub(super) record: RecordNumber,
    pub(super) portal: String,
    pub(super) weight: Weight,
}

/// Whom a record shares its names with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    /// With nobody.
    Alone,
    /// With others of its portal, or it is no proof.
    Here,
    /// A proof, with another portal's record.
    Elsewhere,
}

impl Commit<'_> {
    /// Takes in a record of a kind that may be the same as others: notes its evidence, and describes it
    /// unless that has to wait for what is recognised.
    pub(super) fn meet(&mut self, draft: Draft, understood: Understood) -> Result<(), LedgerError> {
        let shared = self.note(&draft, &understood.memberships)?;
        let Some(said) = draft.said else {
            let mates = self.classmates(draft.record)?;
            self.recognising.touched.extend(mates);
            if self.alias_of(draft.record)?.is_some() {
                // What was said of it was said of the one shown in its place.
                let referrers = self.referrers(draft.iri.as_str())?;
                self.recognising.concerned.extend(referrers);
            }
            return self.describe(draft, understood);
        };
        let is_derived = understood
            .memberships
            .iter()
            .any(|(set, _)| *set == Set::Derived);
        if is_derived
            || shared == Shared::Elsewhere
            || self.is_involved(&draft, &understood.memberships)?
        {
            self.recognising.deferred.insert(draft.record, said);
            return Ok(());
        }
        self.describe(draft, understood)
    }

    /// Brings a record's evidence up to its description, and notes whom that concerns.
    fn note(
        &mut self,
        draft: &Draft,
        memberships: &[(Set, String)],
    ) -> Result<Shared, LedgerError> {
        let record = draft.record;
        let before = self.evidence_of(record)?;
        let mut after: BTreeMap<String, Weight> = BTreeMap::new();
        for (set, value) in memberships {
            if let Some(weight) = Weight::of(*set) {
                let known = after.entry(value.clone()).or_insert(weight);
                *known = weight.min(*known);
            }
        }
        let mut met = Shared::Alone;
        let gone = before.keys().filter(|value| !after.contains_key(*value));
        for value in gone.chain(after.keys()) {
            let (old, new) = (before.get(value).copied(), after.get(value).copied());
            if old != new {
                self.put(draft, value, new)?;
            }
            if [old, new].contains(&Some(Weight::Called)) {
                if old != new {
                    self.called_otherwise(value)?;
                }
                continue;
            }
            let shared = self.shared(draft, value)?;
            if shared == Shared::Alone {
                continue;
            }
            if old != new {
                let touched = (draft.kind, value.clone());
                self.recognising.touched_values.insert(touched);
            }
            if new.is_some() {
                self.recognising.judged.insert(record);
            }
            let proves = [old, new].contains(&Some(Weight::Proves));
            met = met.max(if proves { shared } else { Shared::Here });
        }
        Ok(met)
    }

    fn put(&self, draft: &Draft, value: &str, weight: Option<Weight>) -> Result<(), LedgerError> {
        let kind = draft.kind;
        match weight {
            Some(weight) => self
                .connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO evidence (kind, value, record, weight) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![kind, value, draft.record, weight])?,
            None => self
                .connection
                .prepare_cached("DELETE FROM evidence WHERE kind = ?1 AND value = ?2 AND record = ?3")?
                .execute(params![kind, value, draft.record])?,
        };
        Ok(())
    }

    /// Who else has a piece of evidence.
    fn shared(&self, draft: &Draft, value: &str) -> Result<Shared, LedgerError> {
        let elsewhere: Option<bool> = self
            .connection
            .prepare_cached(
                "SELECT max(r.portal <> ?4 AND e.weight = 0) FROM
                   (SELECT record, weight FROM evidence WHERE kind = ?1 AND value = ?2 AND record <> ?3 LIMIT ?5) e
                 JOIN record r ON r.id = e.record",
            )?
            .query_row(
                params![draft.kind, value, draft.record, draft.portal, MANY],
                |row| row.get(0),
            )?;
        Ok(match elsewhere {
            None => Shared::Alone,
            Some(false) => Shared::Here,
            Some(true) => Shared::Elsewhere,
        })
    }

    /// Whether a record is or was recognised, is named by the operator, or says something of a record that
    /// is not shown: it may be another one's alias.
    fn is_involved(
        &self,
        draft: &Draft,
        memberships: &[(Set, String)],
    ) -> Result<bool, LedgerError> {
        if self.recognising.named.contains_key(draft.iri.as_str())
            || !self.classmates(draft.record)?.is_empty()
        {
            return Ok(true);
        }
        for (set, iri) in memberships {
            if *set == Set::Refers
                && let Some(named) = self.number_of(iri)?
                && self.head(named)?.is_none()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The evidence of a record.
    pub(super) fn evidence_of(
        &self,
        record: RecordNumber,
    ) -> Result<BTreeMap<String, Weight>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT value, weight FROM evidence WHERE record = ?1")?;
        let rows = statement.query_map([record], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The records that have a piece of evidence, as far as it is looked into.
    pub(super) fn holders(
        &mut self,
        kind: Kind,
        value: &str,
    ) -> Result<Rc<Vec<Holder>>, LedgerError> {
        let asked = (kind, value.to_owned());
        if let Some(known) = self.recognising.holders.get(&asked) {
            return Ok(Rc::clone(known));
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT e.record, r.portal, e.weight FROM evidence e JOIN record r ON r.id = e.record
             WHERE e.kind = ?1 AND e.value = ?2 ORDER BY e.record LIMIT ?3",
        )?;
        let rows = statement.query_map(params![kind, value, MANY + 1], |row| {
            Ok(Holder {
                record: row.get(0)?,
                portal: row.get(1)?,
                weight: row.get(2)?,
            })
        })?;
        let found = Rc::new(rows.collect::<Result<Vec<_>, _>>()?);
        self.recognising.holders.insert(asked, Rc::clone(&found));
        Ok(found)
    }
}

/// The records that a name proves to be the same. A name that one portal gives to several of its own
/// records proves nothing.
pub(super) fn proven(holders: &[Holder]) -> Vec<&Holder> {
    let mut proven: Vec<&Holder> = Vec::new();
    if is_everywhere(holders) {
        return proven;
    }
    for holder in holders
        .iter()
        .filter(|holder| holder.weight == Weight::Proves)
    {
        if proven.iter().any(|other| other.portal == holder.portal) {
            return Vec::new();
        }
        proven.push(holder);
    }
    if proven.len() < 2 {
        proven.clear();
    }
    proven
}
