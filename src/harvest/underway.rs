//! What this process has noted as being read and described, so that it can be taken back.
//!
//! A process that dies leaves its notes behind, and the next one holds them against the documents and
//! records in them. One that is asked to end (Ctrl-C, the system's shutdown) has died on nothing, and says
//! so before it ends.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use crate::ledger::{Ledger, LedgerError, RunId};
use crate::record::PortalId;

/// How long a process that is asked to end waits for the ledger: a supervisor that asks waits some ten
/// seconds before it kills.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often it looks meanwhile.
const LOOK: Duration = Duration::from_millis(10);

/// What is noted in the ledger by this process.
#[derive(Debug, Default)]
pub struct Underway(Mutex<Noted>);

#[derive(Debug, Default)]
struct Noted {
    /// Whether the process is ending: from then on nothing is noted.
    is_over: bool,
    runs: BTreeSet<RunId>,
    documents: BTreeSet<(PortalId, String)>,
}

impl Underway {
    /// Notes what a run is about to describe.
    pub(super) fn describes(
        &self,
        run: RunId,
        note: impl FnOnce() -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        self.noting((), |noted| {
            note()?;
            noted.runs.insert(run);
            Ok(())
        })
    }

    /// Notes that it is described.
    pub(super) fn described(
        &self,
        run: RunId,
        note: impl FnOnce() -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        self.noting((), |noted| {
            note()?;
            noted.runs.remove(&run);
            Ok(())
        })
    }

    /// Notes that a document is about to be read, unless it must not be: then how many died on it.
    pub(super) fn reads(
        &self,
        portal: &PortalId,
        address: &str,
        note: impl FnOnce() -> Result<Option<u32>, LedgerError>,
    ) -> Result<Option<u32>, LedgerError> {
        self.noting(None, |noted| {
            let deaths = note()?;
            if deaths.is_none() {
                noted.documents.insert((portal.clone(), address.to_owned()));
            }
            Ok(deaths)
        })
    }

    /// Notes that it is read.
    pub(super) fn read(
        &self,
        portal: &PortalId,
        address: &str,
        note: impl FnOnce() -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        self.noting((), |noted| {
            note()?;
            let document = (portal.clone(), address.to_owned());
            noted.documents.remove(&document);
            Ok(())
        })
    }

    /// Takes back what is noted, in the ledger that `open` opens, and notes nothing from now on: the
    /// process is ending.
    ///
    /// # Errors
    /// The ledger's, also where others write to it for too long.
    pub fn end(
        &self,
        open: impl FnOnce() -> Result<Ledger, LedgerError>,
    ) -> Result<(), LedgerError> {
        let mut noted = self.patiently()?;
        noted.is_over = true;
        let runs = std::mem::take(&mut noted.runs);
        let documents = std::mem::take(&mut noted.documents);
        if runs.is_empty() && documents.is_empty() {
            return Ok(());
        }
        open()?.spare(&runs, &documents, PATIENCE)
    }

    /// Does something with what is noted, which nobody else changes meanwhile; nothing once the process is
    /// ending.
    fn noting<T>(
        &self,
        otherwise: T,
        act: impl FnOnce(&mut Noted) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.is_over {
            return Ok(otherwise);
        }
        act(&mut noted)
    }

    /// The notes, for which whoever holds them may have to wait: for a long commit of another process, say.
    fn patiently(&self) -> Result<MutexGuard<'_, Noted>, LedgerError> {
        let started = Instant::now();
        loop {
            match self.0.try_lock() {
                Ok(noted) => return Ok(noted),
                Err(TryLockError::Poisoned(noted)) => return Ok(noted.into_inner()),
                Err(TryLockError::WouldBlock) if started.elapsed() < PATIENCE => {
                    std::thread::sleep(LOOK);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(LedgerError::Unexpected("others write to it".to_owned()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Mode, Suspicion};
    use crate::record::Base;

    /// Begins to describe a record and to read a document, and ends as `end` has it.
    fn interrupted(ledger: &mut Ledger, portal: &PortalId, end: impl FnOnce(&Underway)) {
        let underway = Underway::default();
        let run = ledger.begin(portal, Mode::Full, 1).unwrap();
        let record = [("datasets", "a", &b"1"[..])];
        underway
            .describes(run, || ledger.describing(run, record.into_iter()))
            .unwrap();
        let left = underway.reads(portal, "b", || ledger.reading(portal, "b", &[1; 32]));
        assert_eq!(left.unwrap(), None);
        end(&underway);
        // What goes on meanwhile takes nothing back a second time, and notes nothing.
        let again = underway.reads(portal, "c", || ledger.reading(portal, "c", &[1; 32]));
        assert_eq!(again.unwrap(), None);
    }

    #[test]
    fn who_is_asked_to_end_has_died_on_nothing_and_who_is_killed_has() {
        let folder = tempfile::tempdir().unwrap();
        let base = Base::new("https://e.org/").unwrap();
        let portal = PortalId::new("p").unwrap();
        let open = || Ledger::open(folder.path(), &base);
        let mut ledger = open().unwrap();
        for _ in 0..4 {
            interrupted(&mut ledger, &portal, |underway| {
                underway.end(open).unwrap();
            });
        }
        let suspects = ledger.suspects(&portal).unwrap();
        assert_eq!(suspects.of("datasets", "a", b"1"), None);
        for _ in 0..2 {
            interrupted(&mut ledger, &portal, |_| {});
            ledger.suspects(&portal).unwrap();
        }
        let suspects = ledger.suspects(&portal).unwrap();
        let skipped = Some(Suspicion::Skipped(2));
        assert_eq!(suspects.of("datasets", "a", b"1"), skipped);
        let left = ledger.reading(&portal, "b", &[1; 32]).unwrap();
        assert_eq!(left, Some(2));
        // Whoever asks for it gets them tried again.
        assert_eq!(ledger.acquit(&portal).unwrap(), 3);
        let suspects = ledger.suspects(&portal).unwrap();
        assert_eq!(suspects.of("datasets", "a", b"1"), None);
        let left = ledger.reading(&portal, "b", &[1; 32]).unwrap();
        assert_eq!(left, None);
        assert_eq!(ledger.acquit(&portal).unwrap(), 0);
    }
}
