//! Portals that the configuration no longer names, and the operator's word on whole portals.
//!
//! Taking a portal out of the configuration ends its harvests and nothing else: its records may be somebody's
//! only source, and a slip of a hand must not withdraw thousands. It is told until the operator decides.

use super::offline::Offline;
use super::run::{Report, lock};
use super::{HarvestError, Harvester};
use crate::config::Config;
use crate::ledger::{Ledger, LedgerError, Mode, Reader, Standing};
use crate::record::PortalId;

/// The portals that the ledger has records of and the configuration does not name, without those that the
/// operator has taken out.
///
/// # Errors
/// The ledger's.
pub fn orphans(config: &Config, reader: &Reader) -> Result<Vec<PortalId>, LedgerError> {
    let withdrawn = reader.withdrawn_portals()?;
    let mut held = reader.held_portals()?;
    held.retain(|portal| {
        config.portal(portal.as_str()).is_none() && !withdrawn.contains(portal.as_str())
    });
    Ok(held)
}

/// What is said of such a portal.
#[must_use]
pub fn orphan(portal: &PortalId) -> String {
    format!(
        "portal `{portal}` is no longer in the configuration: its records stay as they are; `moisson withdraw --portal {portal}` takes them out of the catalogue"
    )
}

impl Harvester<'_> {
    /// Takes a portal's records out of the catalogue, or back: in a run of its own.
    ///
    /// # Errors
    /// The ledger's, and [`HarvestError::Busy`] when the portal is being harvested.
    pub fn set_standing(
        self,
        ledger: &mut Ledger,
        portal: &PortalId,
        standing: Standing,
    ) -> Result<Report, HarvestError> {
        let _lock = lock(self.config, portal)?;
        let now = (self.clock)();
        ledger.set_standing(portal, standing)?;
        Offline::begin(ledger, portal, Mode::System, now)?.commit(self, ledger)
    }
}
