//! A run that asks no portal: what the ledger has is described or judged again.

use super::run::Report;
use super::{HarvestError, Harvester, with_rules, withdrawal};
use crate::ledger::{Ledger, LedgerError, Mode, Outcome, RunId};
use crate::record::PortalId;

/// Such a run of a portal, whose lock the caller holds.
pub(super) struct Offline<'a> {
    portal: &'a PortalId,
    mode: Mode,
    pub(super) run: RunId,
    now: i64,
}

impl<'a> Offline<'a> {
    /// Begins one; a run that was left unfinished is given up.
    pub(super) fn begin(
        ledger: &mut Ledger,
        portal: &'a PortalId,
        mode: Mode,
        now: i64,
    ) -> Result<Self, LedgerError> {
        ledger.abandon(portal, now)?;
        let run = ledger.begin(portal, mode, now)?;
        Ok(Self {
            portal,
            mode,
            run,
            now,
        })
    }

    /// Commits it. Nothing was listed, hence nothing is missing.
    pub(super) fn commit(
        self,
        harvester: Harvester<'_>,
        ledger: &mut Ledger,
    ) -> Result<Report, HarvestError> {
        let outcome = Outcome::Complete { listed: Vec::new() };
        let withdrawal = withdrawal(harvester.config);
        let (state, counts) = with_rules(harvester.config, harvester.vocabularies, |rules| {
            ledger.commit(self.run, &outcome, withdrawal, rules, self.now)
        })?;
        Ok(Report {
            portal: self.portal.to_string(),
            mode: self.mode,
            state,
            reason: None,
            counts,
            resumed: false,
            limited: false,
            notes: Vec::new(),
        })
    }
}
