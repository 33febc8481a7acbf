//! The watch over the documents of a portal that are being read, kept in the ledger.

use std::sync::{Arc, Mutex, PoisonError};

use super::Underway;
use crate::fetch::Watch;
use crate::ledger::{Ledger, LedgerError};
use crate::record::PortalId;

/// Notes what is read of one portal, by a connection of its own: documents are read while others are
/// described.
pub(super) struct Reading {
    ledger: Mutex<Ledger>,
    portal: PortalId,
    underway: Arc<Underway>,
}

impl Reading {
    /// A watch beside the ledger of a run.
    ///
    /// # Errors
    /// The ledger's.
    pub(super) fn beside(
        ledger: &Ledger,
        portal: &PortalId,
        underway: &Arc<Underway>,
    ) -> Result<Self, LedgerError> {
        Ok(Self {
            ledger: Mutex::new(ledger.another()?),
            portal: portal.clone(),
            underway: Arc::clone(underway),
        })
    }

    /// Asks the ledger, which may have to wait for another writer. What cannot be noted is read all the
    /// same: it would only be missed if the process died of it.
    fn note<T>(&self, act: impl FnOnce(&mut Ledger) -> Result<T, LedgerError>) -> Option<T> {
        tokio::task::block_in_place(|| {
            let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
            act(&mut ledger)
                .inspect_err(|error| {
                    tracing::warn!(portal = %self.portal, %error, "what is read cannot be noted");
                })
                .ok()
        })
    }
}

impl Watch for Reading {
    fn begins(&self, address: &str, content: [u8; 32]) -> Option<u32> {
        let portal = &self.portal;
        self.note(|ledger| {
            let note = || ledger.reading(portal, address, &content);
            self.underway.reads(portal, address, note)
        })?
    }

    fn ends(&self, address: &str) {
        let portal = &self.portal;
        self.note(|ledger| {
            let note = || ledger.read(portal, address);
            self.underway.read(portal, address, note)
        });
    }

    fn clears(&self, address: &str) {
        let portal = &self.portal;
        self.note(|ledger| {
            let note = || ledger.cleared(portal, address);
            self.underway.read(portal, address, note)
        });
    }
}
