//! Describing stored payloads again, offline: after an upgrade, a new alias, a changed configuration.

use std::borrow::Cow;

use super::careful::Careful;
use super::offline::Offline;
use super::pages::prepare_all;
use super::run::Report;
use super::{HarvestError, Harvester};
use crate::config::{Config, Portal};
use crate::ledger::{Hidden, Ledger, Mode, Prepared, SourceNumber, Staged};
use crate::source::Rejected;

/// Payloads held in memory at a time.
const BATCH: u32 = 500;

/// Describes the stored payloads of a portal again, those that another mapping, vocabulary release or
/// configuration described; the caller holds the portal's lock.
///
/// # Errors
/// The ledger's; nothing is then committed.
pub(super) fn portal(
    harvester: Harvester<'_>,
    ledger: &mut Ledger,
    portal: &Portal,
) -> Result<Report, HarvestError> {
    let Harvester {
        clock, underway, ..
    } = harvester;
    let now = clock();
    let recipe = harvester.recipe(ledger, portal)?;
    let fingerprint = recipe.fingerprint();
    let offline = Offline::begin(ledger, &portal.id, Mode::Reconvert, now)?;
    let run = offline.run;
    let careful = Careful::new(underway, ledger, &portal.id, run)?;
    let mut after = SourceNumber::BEFORE_ALL;
    loop {
        let stored = ledger.payloads(&portal.id, after, BATCH)?;
        let Some(last) = stored.last() else { break };
        after = last.source;
        let (stale, fresh): (Vec<_>, Vec<_>) = stored
            .into_iter()
            .partition(|one| one.fingerprint != fingerprint || recipe.secrets.are_in(&one.payload));
        let unchanged: Vec<SourceNumber> = fresh.iter().map(|one| one.source).collect();
        let work = stale
            .into_iter()
            .map(|one| Staged {
                collection: one.collection,
                key: one.key,
                mark: one.mark,
                payload: recipe.secrets.hidden_in(one.payload),
                prepared: Prepared::default(),
            })
            .collect();
        let (work, alone) = careful.apart(ledger, &recipe, work)?;
        careful.begin(ledger, &work)?;
        let prepared = prepare_all(&recipe, work);
        careful.end(ledger)?;
        let mut changed: Vec<Staged> = Vec::new();
        for (staged, hidden) in alone.into_iter().chain(prepared) {
            match hidden {
                None => changed.push(staged),
                Some(Rejected::Hidden(why)) => {
                    tracing::warn!(portal = %portal.id, record = staged.key, why, "hidden record kept as it is");
                }
                Some(_) => {}
            }
        }
        ledger.stage(run, &fingerprint, &changed, &unchanged, None)?;
    }
    offline.commit(harvester, ledger)
}

impl Harvester<'_> {
    /// Describes again every stored payload that is stale, portal by portal.
    ///
    /// # Errors
    /// The ledger's, and [`HarvestError::Busy`] when a portal is being harvested.
    pub fn reconvert(self, ledger: &mut Ledger) -> Result<Vec<Report>, HarvestError> {
        let mut reports = Vec::new();
        for one in &self.config.portals {
            let _lock = super::run::lock(self.config, &one.id)?;
            reports.push(portal(self, ledger, one)?);
        }
        Ok(reports)
    }
}

/// Takes the credentials of the portals' addresses out of what an older version of the program stored; once
/// what was described again is published, since a projection is changed by what was described before.
///
/// # Errors
/// The ledger's, and [`HarvestError::Busy`] when a portal is being harvested.
pub fn hide(ledger: &mut Ledger, config: &Config) -> Result<Hidden, HarvestError> {
    let mut all = Hidden::default();
    for one in &config.portals {
        let secrets = one.secrets();
        if secrets.is_empty() {
            continue;
        }
        let _lock = super::run::lock(config, &one.id)?;
        let hidden = |text: &str| match secrets.hidden(text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(text),
        };
        let found = ledger.hide(&one.id, &hidden)?;
        all.rewritten += found.rewritten;
        all.current += found.current;
    }
    Ok(all)
}
