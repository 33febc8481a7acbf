//! Recognition: which records of different portals are the same, decided where evidence changed.
//!
//! Only names prove it ([`super::evidence`]); [`super::class`] decides. An alias loses its version, keeps the
//! names by which it is found, and has its row in `same`: the event `same`. What is no longer the same comes
//! back under its own IRI: the events `apart` and `create`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::{OptionalExtension as _, params};

use super::ahead::read;
use super::class::{Link, Member, decide};
use super::evidence::{Holder, Weight, is_everywhere, proven};
use super::{Commit, LedgerError, Said};
use crate::ledger::recognition::Recognise;
use crate::ledger::{EventKind, RecordNumber};
use crate::record::{Kind, Set};

/// What a commit knows of recognition meanwhile.
#[derive(Default)]
pub(super) struct Recognising {
    /// Evidence that records share which did not share it before, or no longer do.
    pub(super) touched_values: BTreeSet<(Kind, String)>,
    /// Records that have to be looked at for another reason.
    pub(super) touched: BTreeSet<RecordNumber>,
    /// Records that have to be described, whatever is recognised.
    pub(super) concerned: BTreeSet<RecordNumber>,
    /// Records whose findings have to be written anew.
    pub(super) judged: BTreeSet<RecordNumber>,
    /// Records that wait for what is recognised, with what is said of them.
    pub(super) deferred: BTreeMap<RecordNumber, Said>,
    /// The records that the operator says are the same as each of these.
    pub(super) named: HashMap<String, BTreeSet<RecordNumber>>,
    /// Who has what, once the evidence is up to date.
    pub(super) holders: HashMap<(Kind, String), Rc<Vec<Holder>>>,
}

/// Records that have to do with each other, and what links them.
#[derive(Default)]
struct Component {
    members: Vec<Member>,
    links: Vec<Link>,
}

impl Commit<'_> {
    /// Reads what the operator says. Where that has changed, or what counts as evidence, everything that it
    /// may concern is looked at again, once.
    pub(super) fn review(&mut self) -> Result<(), LedgerError> {
        let word = self.rules.recognition;
        if word.recognise == Recognise::Names {
            for group in &word.same {
                let mut records = BTreeSet::new();
                for iri in group {
                    records.extend(self.number_of(iri)?);
                }
                for iri in group {
                    let mates = self.recognising.named.entry(iri.clone()).or_default();
                    mates.extend(&records);
                }
            }
        }
        if self.is_new("evidence", word.release)? {
            let all = "SELECT DISTINCT record FROM contribution";
            let all: BTreeSet<RecordNumber> = self
                .connection
                .prepare(all)?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            self.affected.extend(all);
        }
        if self.is_new("recognition", &word.fingerprint())? {
            let all = "SELECT record FROM same WHERE to_seq IS NULL
                UNION SELECT record FROM evidence WHERE (kind, value) IN
                  (SELECT kind, value FROM evidence WHERE weight <> 4 GROUP BY kind, value HAVING count(*) > 1)";
            let all: BTreeSet<RecordNumber> = self
                .connection
                .prepare(all)?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let named = self.recognising.named.values().flatten().copied();
            self.recognising.touched.extend(named.chain(all));
        }
        Ok(())
    }

    /// Whether something that the ledger remembers has changed; it then remembers the new.
    fn is_new(&self, key: &str, value: &str) -> Result<bool, LedgerError> {
        let known: Option<String> = self
            .connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()?;
        if known.as_deref() == Some(value) {
            return Ok(false);
        }
        self.connection.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
            [key, value],
        )?;
        Ok(true)
    }

    /// Decides over everything that was touched. Gives the records that have to be described now.
    pub(super) fn recognise(&mut self) -> Result<BTreeSet<RecordNumber>, LedgerError> {
        let mut seeds = std::mem::take(&mut self.recognising.touched);
        seeds.extend(self.recognising.deferred.keys());
        for (kind, value) in std::mem::take(&mut self.recognising.touched_values) {
            let holders = self.holders(kind, &value)?;
            if !is_everywhere(&holders) {
                seeds.extend(holders.iter().map(|holder| holder.record));
            }
        }
        let mut concerned = std::mem::take(&mut self.recognising.concerned);
        self.recognising.judged.extend(&concerned);
        concerned.extend(self.recognising.deferred.keys());
        let (mut seen, mut verdicts) = (BTreeSet::new(), BTreeMap::new());
        for start in seeds {
            if seen.contains(&start) {
                continue;
            }
            let component = self.component(start, &mut seen)?;
            let decided = decide(&component.members, &component.links, self.rules.recognition);
            for member in component.members {
                let verdict = decided.get(&member.record).cloned().flatten();
                verdicts.insert(member.iri.clone(), (member, verdict));
            }
        }
        for (iri, (member, verdict)) in verdicts {
            let record = member.record;
            self.recognising.judged.insert(record);
            let was = member.alias_of;
            let is = verdict.as_ref().map(|(canonical, _)| *canonical);
            match verdict {
                Some((canonical, why)) => {
                    concerned.remove(&record);
                    self.hide(record, canonical, &why)?;
                }
                None if was.is_some() => {
                    self.next(record, EventKind::Apart, None)?;
                    concerned.insert(record);
                }
                None => {}
            }
            if was != is {
                let referrers = self.referrers(&iri)?;
                self.recognising.judged.extend(&referrers);
                concerned.extend(referrers);
            }
        }
        Ok(concerned)
    }

    /// Everything that has to do with a record: by names, by what is said to be the same, now or before.
    fn component(
        &mut self,
        start: RecordNumber,
        seen: &mut BTreeSet<RecordNumber>,
    ) -> Result<Component, LedgerError> {
        let mut found = Component::default();
        let (mut waiting, mut names) = (vec![start], BTreeSet::new());
        while let Some(record) = waiting.pop() {
            if !seen.insert(record) {
                continue;
            }
            waiting.extend(self.classmates(record)?);
            let evidence = self.evidence_of(record)?;
            // Every record that is described has its own IRI for a name.
            if evidence.is_empty() {
                continue;
            }
            let one = self.named(record)?;
            let mates = self.recognising.named.get(&one.iri).cloned();
            for mate in mates.unwrap_or_default() {
                if mate != record && self.named(mate)?.kind == one.kind {
                    waiting.push(mate);
                    found.links.push(Link {
                        one: record,
                        other: mate,
                        why: String::new(),
                        is_derived: false,
                    });
                }
            }
            found
                .members
                .push(self.member(record, one.iri, one.portal)?);
            for (value, _) in evidence.iter().filter(|(_, weight)| weight.is_service()) {
                if names.insert(value.clone()) {
                    let links = self.derived(one.kind, value)?;
                    waiting.extend(links.iter().flat_map(|link| [link.one, link.other]));
                    found.links.extend(links);
                }
            }
            if self.rules.recognition.recognise == Recognise::Nothing {
                continue;
            }
            for (value, _) in evidence
                .into_iter()
                .filter(|(_, weight)| *weight == Weight::Proves)
            {
                let holders = self.holders(one.kind, &value)?;
                let proven = proven(&holders);
                if proven.is_empty() || !names.insert(value.clone()) {
                    continue;
                }
                waiting.extend(proven.iter().map(|holder| holder.record));
                for (position, holder) in proven.iter().enumerate() {
                    found
                        .links
                        .extend(proven.iter().skip(position + 1).map(|other| Link {
                            one: holder.record,
                            other: other.record,
                            why: value.clone(),
                            is_derived: false,
                        }));
                }
            }
        }
        Ok(found)
    }

    /// What links the services that were derived from an address with the one that the portal has there;
    /// where it has several, with the first of their IRIs.
    fn derived(&mut self, kind: Kind, value: &str) -> Result<Vec<Link>, LedgerError> {
        let holders = self.holders(kind, value)?;
        let of = |weight| holders.iter().filter(move |one| one.weight == weight);
        let mut own = Vec::new();
        for holder in of(Weight::Answers) {
            own.push((self.named(holder.record)?.iri, holder.record));
        }
        let Some((_, own)) = own.into_iter().min() else {
            return Ok(Vec::new());
        };
        // Protocol, address, dataset.
        let address = value.split(' ').nth(1).unwrap_or_default();
        let links = of(Weight::Derived).map(|derived| Link {
            one: own,
            other: derived.record,
            why: address.to_owned(),
            is_derived: true,
        });
        Ok(links.collect())
    }

    fn member(
        &self,
        record: RecordNumber,
        iri: String,
        portal: String,
    ) -> Result<Member, LedgerError> {
        let first: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT seq FROM event WHERE record = ?1 AND kind = 'create' ORDER BY seq LIMIT 1",
            )?
            .query_row([record], |row| row.get(0))
            .optional()?;
        Ok(Member {
            record,
            iri,
            portal,
            live: self.head(record)?.is_some(),
            first,
            alias_of: self.alias_of(record)?.map(|(canonical, _)| canonical),
        })
    }

    /// The record that is shown in the place of one, and why.
    pub(super) fn alias_of(
        &self,
        record: RecordNumber,
    ) -> Result<Option<(RecordNumber, String)>, LedgerError> {
        Ok(self
            .connection
            .prepare_cached("SELECT canonical, why FROM same WHERE record = ?1 AND to_seq IS NULL")?
            .query_row([record], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// The other records that are now the same as one.
    pub(super) fn classmates(
        &self,
        record: RecordNumber,
    ) -> Result<Vec<RecordNumber>, LedgerError> {
        let canonical = self
            .alias_of(record)?
            .map_or(record, |(canonical, _)| canonical);
        let mut statement = self.connection.prepare_cached(
            "SELECT record FROM same WHERE canonical = ?1 AND to_seq IS NULL ORDER BY record",
        )?;
        let aliases = statement.query_map([canonical], |row| row.get(0))?;
        let mut mates: Vec<RecordNumber> = aliases.collect::<Result<_, _>>()?;
        mates.push(canonical);
        mates.retain(|mate| *mate != record);
        Ok(mates)
    }

    /// Makes a record an alias: it has no version then, but is still found by its names and parts.
    fn hide(
        &mut self,
        record: RecordNumber,
        canonical: RecordNumber,
        why: &str,
    ) -> Result<(), LedgerError> {
        let before = self.alias_of(record)?;
        let is_said = before
            .as_ref()
            .is_some_and(|(to, said)| *to == canonical && said == why);
        if is_said && !self.recognising.deferred.contains_key(&record) {
            return Ok(());
        }
        let names = self.names(record)?;
        if is_said && names == self.names_held(record)? {
            return Ok(());
        }
        self.refers(record, &[])?;
        self.next(record, EventKind::Same, None)?;
        self.measured(record, None)?;
        let sequence = i64::try_from(self.sequence)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        self.connection
            .prepare_cached(
                "INSERT INTO same (record, canonical, why, from_seq) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![record, canonical, why, sequence])?;
        self.join(record, &names)?;
        // A derived service that gives way to its portal's own is none that another portal has too.
        let evidence = self.evidence_of(record)?;
        if before.is_none() && !evidence.values().any(|weight| *weight == Weight::Derived) {
            self.counts.recognised += 1;
        }
        Ok(())
    }

    /// The names by which a record is found, and its parts, as its description has them now.
    fn names(&mut self, record: RecordNumber) -> Result<Vec<(Set, String)>, LedgerError> {
        let one = self.named(record)?;
        let draft = self.draft(&one)?;
        let (Some(said), Some(packed)) = (draft.said, &draft.packed) else {
            return Ok(Vec::new());
        };
        let triples = read(said.digest, packed)?;
        let mut names = Vec::new();
        for (set, value) in (self.rules.memberships)(&draft.iri, &triples, "") {
            if set == Set::Alias || (set == Set::Subject && self.owner(record, &value)?.is_none()) {
                names.push((set, value));
            }
        }
        Ok(names)
    }

    fn names_held(&self, record: RecordNumber) -> Result<Vec<(Set, String)>, LedgerError> {
        let mut held = Vec::new();
        for set in [Set::Subject, Set::Alias] {
            let mut statement = self.connection.prepare_cached(
                "SELECT value FROM member WHERE record = ?1 AND kind = ?2 AND to_seq IS NULL ORDER BY value",
            )?;
            let values = statement.query_map(params![record, set.as_str()], |row| row.get(0))?;
            for value in values {
                held.push((set, value?));
            }
        }
        Ok(held)
    }
}
