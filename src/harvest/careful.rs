//! Describing records that may end the process: what is described is noted before, and what one process
//! died on is described by itself by the next, what two died on not at all.

use super::pages::prepare_all;
use super::{HarvestError, Recipe, Underway};
use crate::ledger::{Ledger, RunId, Staged, Suspects, Suspicion};
use crate::record::PortalId;
use crate::source::Rejected;

/// What is known of the records of a portal that one run describes.
pub(super) struct Careful<'a> {
    underway: &'a Underway,
    run: RunId,
    portal: PortalId,
    suspects: Suspects,
}

/// A record, and the reason why it must not be listed.
type Described = (Staged, Option<Rejected>);

impl<'a> Careful<'a> {
    pub(super) fn new(
        underway: &'a Underway,
        ledger: &mut Ledger,
        portal: &PortalId,
        run: RunId,
    ) -> Result<Self, HarvestError> {
        Ok(Self {
            underway,
            run,
            portal: portal.clone(),
            suspects: ledger.suspects(portal)?,
        })
    }

    /// Describes the records that a process died on one by one, or says why not; the others are given back.
    pub(super) fn apart(
        &self,
        ledger: &Ledger,
        recipe: &Recipe<'_>,
        work: Vec<Staged>,
    ) -> Result<(Vec<Staged>, Vec<Described>), HarvestError> {
        let mut rest = Vec::with_capacity(work.len());
        let mut described = Vec::new();
        for record in work {
            match self
                .suspects
                .of(&record.collection, &record.key, &record.payload)
            {
                None => rest.push(record),
                Some(Suspicion::Skipped(deaths)) => described.push((skipped(record, deaths), None)),
                Some(Suspicion::Alone) => {
                    let (collection, key) = (record.collection.clone(), record.key.clone());
                    tracing::warn!(portal = %self.portal, record = key, "described by itself: an earlier process ended");
                    self.begin(ledger, std::slice::from_ref(&record))?;
                    described.extend(prepare_all(recipe, vec![record]));
                    self.underway.described(self.run, || {
                        ledger.described(self.run, Some((&self.portal, &collection, &key)))
                    })?;
                }
            }
        }
        Ok((rest, described))
    }

    /// Notes what is about to be described.
    pub(super) fn begin(&self, ledger: &Ledger, work: &[Staged]) -> Result<(), HarvestError> {
        if work.is_empty() {
            return Ok(());
        }
        let records = work
            .iter()
            .map(|record| (&*record.collection, &*record.key, record.payload.as_slice()));
        let note = || ledger.describing(self.run, records);
        Ok(self.underway.describes(self.run, note)?)
    }

    /// Notes that it is described.
    pub(super) fn end(&self, ledger: &Ledger) -> Result<(), HarvestError> {
        let note = || ledger.described(self.run, None);
        Ok(self.underway.described(self.run, note)?)
    }
}

/// A record that is not described; its last good description stays.
fn skipped(mut record: Staged, deaths: u32) -> Staged {
    record.prepared.rejected = Some(format!(
        "describing it ended the process {deaths} times: it is left alone until it changes, or Moisson does, or `moisson harvest --full` is asked for its portal"
    ));
    record
}
