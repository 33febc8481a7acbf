//! Findings of recognition: names that a portal gives twice, and what may be the same without proof.

use std::collections::BTreeMap;

use rusqlite::params;

use super::evidence::{Holder, Weight, is_everywhere, proven};
use super::{Commit, LedgerError};
use crate::finding::{Code, Finding};
use crate::ledger::RecordNumber;
use crate::ledger::recognition::Recognise;
use crate::ledger::stage;

/// What these findings are about, in the place of a field.
const FIELD: &str = "identity";

impl Commit<'_> {
    /// Writes the findings of recognition anew on the records that were looked at.
    pub(super) fn notice(&mut self) -> Result<(), LedgerError> {
        for record in std::mem::take(&mut self.recognising.judged) {
            self.connection
                .prepare_cached("DELETE FROM finding WHERE record = ?1 AND field = ?2")?
                .execute(params![record, FIELD])?;
            for finding in self.noticed(record)? {
                // What is found on another portal's records is no news of this portal.
                if self.named(record)?.portal == self.portal {
                    self.found(record, &finding)?;
                } else {
                    stage::write_finding(self.connection, "finding", "record", record, &finding)?;
                }
            }
        }
        Ok(())
    }

    fn noticed(&mut self, record: RecordNumber) -> Result<Vec<Finding>, LedgerError> {
        let one = self.named(record)?;
        let (mut twice, mut maybe) = (BTreeMap::new(), BTreeMap::new());
        let evidence = self.evidence_of(record)?.into_iter();
        for (value, weight) in evidence.filter(|(_, weight)| weight.is_name()) {
            let holders = self.holders(one.kind, &value)?;
            let others = || holders.iter().filter(|holder| holder.record != record);
            let doubled = others().find(|holder| {
                let both = [weight, holder.weight] == [Weight::Proves; 2];
                both && holder.portal == one.portal
            });
            if let Some(doubled) = doubled {
                twice.insert(value, self.named(doubled.record)?.iri);
                continue;
            }
            if is_everywhere(&holders) || !each_once(&holders) {
                continue;
            }
            for holder in others() {
                let other = self.named(holder.record)?.iri;
                if !self.is_known(record, holder.record, &one.iri, &other)? {
                    let proves = proven(&holders)
                        .iter()
                        .any(|proof| proof.record == holder.record && weight == Weight::Proves);
                    maybe.entry(other).or_insert((proves, value.clone()));
                }
            }
        }
        let twice = twice.into_iter().map(|(value, other)| {
            let message = format!("the portal has it twice, also as <{other}>: it proves nothing");
            Finding::new(Code::DuplicateIdentifier, FIELD, message, &value)
        });
        let maybe = maybe.into_iter().map(|(other, (proves, value))| {
            let message = if proves {
                format!("not taken for the same as <{other}>: a portal would have it twice")
            } else {
                format!("may be the same as <{other}>, but this does not prove it")
            };
            Finding::new(Code::PossiblySame, FIELD, message, &value)
        });
        Ok(twice.chain(maybe).collect())
    }

    /// Whether nothing is left to be said of two records: they are the same, or the operator has spoken.
    fn is_known(
        &self,
        one: RecordNumber,
        other: RecordNumber,
        iri: &str,
        other_iri: &str,
    ) -> Result<bool, LedgerError> {
        let word = self.rules.recognition;
        Ok(word.recognise == Recognise::Nothing
            || word.are_apart(iri, other_iri)
            || self.classmates(one)?.contains(&other))
    }
}

/// Whether no portal has it twice: many records of one share a landing page.
fn each_once(holders: &[Holder]) -> bool {
    let mut portals: Vec<&str> = holders
        .iter()
        .map(|holder| holder.portal.as_str())
        .collect();
    portals.sort_unstable();
    portals.windows(2).all(|pair| pair.first() != pair.last())
}
