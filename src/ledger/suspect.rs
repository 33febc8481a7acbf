//! Which records are being described: what a process died on, the next one knows.
//!
//! Readers and canonicalisation are bounded, but a record that still ends the process (its memory, its stack)
//! would end every one that is started after it. So a run notes what it is about to describe. Whatever is
//! noted when the next run begins was being described when a process died: it is described by itself then,
//! and one on which two processes have died is left alone until it changes, or Moisson does. Documents that
//! are read are noted likewise, by their address: before they are read a death is counted, which is taken
//! back when they are.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use rusqlite::{OptionalExtension as _, TransactionBehavior, params};

use super::Ledger;
use super::error::LedgerError;
use super::run::RunId;
use crate::rdf::canon::Digest;
use crate::record::PortalId;

/// What a process died on is not described or read again after so many.
const ENOUGH: u32 = 2;

/// After so many deaths an address is not read again even where its content is another each time.
const TOO_MANY: u32 = 5;

/// Where documents stand among the suspects, beside the collections of records: with the deaths on what they
/// have now, and on whatever they had.
const DOCUMENT: &str = "(document)";
const ADDRESS: &str = "(address)";

/// What is done about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspicion {
    /// A process died while it was described, perhaps on another one: it is described by itself.
    Alone,
    /// Processes died on it, so many: it is not described.
    Skipped(u32),
}

/// The records of a portal on which a process died.
#[derive(Debug, Default)]
pub struct Suspects(HashMap<(String, String), (Digest, u32)>);

impl Suspects {
    /// What is done about a record with this payload.
    #[must_use]
    pub fn of(&self, collection: &str, key: &str, payload: &[u8]) -> Option<Suspicion> {
        if self.0.is_empty() {
            return None;
        }
        let record = (collection.to_owned(), key.to_owned());
        let (digest, deaths) = self.0.get(&record)?;
        if *digest != Digest::of(payload) {
            return None;
        }
        Some(match *deaths {
            deaths if deaths >= ENOUGH => Suspicion::Skipped(deaths),
            _ => Suspicion::Alone,
        })
    }
}

/// A record that is about to be described, as the run notes it.
type Noted = (String, String, String);

impl Ledger {
    /// The records of `portal` on which a process died, those included that one was describing when it
    /// died last. Only whoever holds the portal's lock may ask: another process would be taken for dead.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn suspects(&mut self, portal: &PortalId) -> Result<Suspects, LedgerError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let program = env!("CARGO_PKG_VERSION");
        // Another version may do better.
        transaction.execute(
            "DELETE FROM suspect WHERE portal = ?1 AND program <> ?2",
            params![portal.as_str(), program],
        )?;
        while let Some((run, noted)) = transaction
            .query_row(
                "SELECT id, describing FROM run WHERE portal = ?1 AND describing IS NOT NULL LIMIT 1",
                [portal.as_str()],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
            )
            .optional()?
        {
            let noted: Vec<Noted> = serde_json::from_str(&noted).unwrap_or_default();
            let mut put = transaction.prepare_cached(
                "INSERT INTO suspect (portal, collection, key, payload, deaths, program)
                 VALUES (?1, ?2, ?3, ?4, 1, ?5)
                 ON CONFLICT (portal, collection, key) DO UPDATE
                 SET deaths = CASE WHEN payload = excluded.payload THEN deaths + 1 ELSE 1 END,
                     payload = excluded.payload",
            )?;
            for (collection, key, digest) in noted {
                let Ok(digest) = data_encoding::HEXLOWER.decode(digest.as_bytes()) else {
                    continue;
                };
                put.execute(params![portal.as_str(), collection, key, digest, program])?;
            }
            transaction.execute("UPDATE run SET describing = NULL WHERE id = ?1", [run])?;
        }
        let mut suspects = Suspects::default();
        {
            let mut select = transaction.prepare_cached(
                "SELECT collection, key, payload, deaths FROM suspect WHERE portal = ?1",
            )?;
            let mut rows = select.query([portal.as_str()])?;
            while let Some(row) = rows.next()? {
                let known = (row.get(2)?, row.get(3)?);
                suspects.0.insert((row.get(0)?, row.get(1)?), known);
            }
        }
        transaction.commit()?;
        Ok(suspects)
    }

    /// Notes what `run` is about to describe: collection, key and payload.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn describing<'r>(
        &self,
        run: RunId,
        records: impl Iterator<Item = (&'r str, &'r str, &'r [u8])>,
    ) -> Result<(), LedgerError> {
        let noted: Vec<Noted> = records
            .map(|(collection, key, payload)| {
                let digest = Digest::of(payload).to_string();
                (collection.to_owned(), key.to_owned(), digest)
            })
            .collect();
        if noted.is_empty() {
            return Ok(());
        }
        self.connection
            .prepare_cached("UPDATE run SET describing = ?2 WHERE id = ?1")?
            .execute(params![run.0, serde_json::json!(noted).to_string()])?;
        Ok(())
    }

    /// Notes that the document at `address` is about to be read; how many processes died on it, where that
    /// are too many. Only whoever holds the portal's lock may ask.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn reading(
        &mut self,
        portal: &PortalId,
        address: &str,
        content: &[u8; 32],
    ) -> Result<Option<u32>, LedgerError> {
        let program = env!("CARGO_PKG_VERSION");
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let deaths = |what: &str| -> rusqlite::Result<Option<(Vec<u8>, u32)>> {
            transaction
                .prepare_cached(
                    "SELECT payload, deaths FROM suspect
                     WHERE portal = ?1 AND collection = ?2 AND key = ?3 AND program = ?4",
                )?
                .query_row(params![portal.as_str(), what, address, program], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()
        };
        let of_address = deaths(ADDRESS)?.map_or(0, |(_, deaths)| deaths);
        let of_content = deaths(DOCUMENT)?
            .filter(|(before, _)| before == content)
            .map_or(0, |(_, deaths)| deaths);
        if of_content >= ENOUGH || of_address >= TOO_MANY {
            return Ok(Some(of_address));
        }
        for (what, deaths) in [(ADDRESS, of_address), (DOCUMENT, of_content)] {
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO suspect (portal, collection, key, payload, deaths, program)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    portal.as_str(),
                    what,
                    address,
                    content,
                    deaths + 1,
                    program
                ])?;
        }
        transaction.commit()?;
        Ok(None)
    }

    /// Takes the death back that was counted when the document at `address` was about to be read.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn read(&self, portal: &PortalId, address: &str) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached(
                "UPDATE suspect SET deaths = deaths - 1
                 WHERE portal = ?1 AND collection IN (?2, ?3) AND key = ?4",
            )?
            .execute(params![portal.as_str(), DOCUMENT, ADDRESS, address])?;
        Ok(())
    }

    /// Holds nothing against the document at `address` any more.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn cleared(&self, portal: &PortalId, address: &str) -> Result<(), LedgerError> {
        self.forgive(portal, DOCUMENT, address)?;
        self.forgive(portal, ADDRESS, address)
    }

    /// Takes back what a process noted that is asked to end: what the runs are describing, and the deaths
    /// counted for the documents, each with its portal. Waits at most `patience` for each write of others.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn spare(
        &self,
        runs: &BTreeSet<RunId>,
        documents: &BTreeSet<(PortalId, String)>,
        patience: Duration,
    ) -> Result<(), LedgerError> {
        self.connection.busy_timeout(patience)?;
        for run in runs {
            self.described(*run, None)?;
        }
        for (portal, address) in documents {
            self.read(portal, address)?;
        }
        Ok(())
    }

    /// Holds nothing against any record or document of `portal` any more: how many were left alone. They are
    /// described again although nothing of them changed.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn acquit(&mut self, portal: &PortalId) -> Result<u64, LedgerError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let left: i64 = transaction.query_row(
            "SELECT count(DISTINCT key) FROM suspect WHERE portal = ?1 AND deaths >= ?2",
            params![portal.as_str(), ENOUGH],
            |row| row.get(0),
        )?;
        transaction.execute(
            "UPDATE source SET fingerprint = '' WHERE portal = ?1 AND (collection, key) IN
             (SELECT collection, key FROM suspect WHERE portal = ?1 AND deaths >= ?2)",
            params![portal.as_str(), ENOUGH],
        )?;
        transaction.execute("DELETE FROM suspect WHERE portal = ?1", [portal.as_str()])?;
        transaction.commit()?;
        Ok(u64::try_from(left).unwrap_or_default())
    }

    fn forgive(&self, portal: &PortalId, collection: &str, key: &str) -> Result<(), LedgerError> {
        self.connection
            .prepare_cached(
                "DELETE FROM suspect WHERE portal = ?1 AND collection = ?2 AND key = ?3",
            )?
            .execute(params![portal.as_str(), collection, key])?;
        Ok(())
    }

    /// Notes that `run` has described what it was about to, and that nothing is held against `cleared`
    /// any more, a record of that portal.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn described(
        &self,
        run: RunId,
        cleared: Option<(&PortalId, &str, &str)>,
    ) -> Result<(), LedgerError> {
        if let Some((portal, collection, key)) = cleared {
            self.forgive(portal, collection, key)?;
        }
        self.connection
            .prepare_cached(
                "UPDATE run SET describing = NULL WHERE id = ?1 AND describing IS NOT NULL",
            )?
            .execute([run.0])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Mode;
    use crate::record::Base;

    #[test]
    fn what_two_processes_died_on_is_left_alone_until_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let base = Base::new("https://e.org/").unwrap();
        let portal = PortalId::new("p").unwrap();
        let open = || Ledger::open(folder.path(), &base).unwrap();
        let batch = [("datasets", "a", &b"1"[..]), ("datasets", "b", &b"2"[..])];
        // The first process dies over a batch.
        let mut ledger = open();
        assert_eq!(
            ledger.suspects(&portal).unwrap().of("datasets", "a", b"1"),
            None
        );
        let run = ledger.begin(&portal, Mode::Full, 1).unwrap();
        ledger.describing(run, batch.into_iter()).unwrap();
        drop(ledger);
        // The second takes them one by one, and dies on the second.
        let mut ledger = open();
        let suspects = ledger.suspects(&portal).unwrap();
        let alone = Some(Suspicion::Alone);
        assert_eq!(suspects.of("datasets", "a", b"1"), alone);
        assert_eq!(suspects.of("datasets", "b", b"2"), alone);
        assert_eq!(suspects.of("datasets", "c", b"3"), None);
        ledger.abandon(&portal, 2).unwrap();
        let run = ledger.begin(&portal, Mode::Full, 2).unwrap();
        ledger.describing(run, batch.into_iter().take(1)).unwrap();
        ledger
            .described(run, Some((&portal, "datasets", "a")))
            .unwrap();
        ledger.describing(run, batch.into_iter().skip(1)).unwrap();
        drop(ledger);
        // The third leaves it alone, and so do those after it.
        for _ in 0..2 {
            let suspects = open().suspects(&portal).unwrap();
            assert_eq!(suspects.of("datasets", "a", b"1"), None);
            assert_eq!(
                suspects.of("datasets", "b", b"2"),
                Some(Suspicion::Skipped(2))
            );
            assert_eq!(suspects.of("datasets", "b", b"3"), None);
        }
    }

    #[test]
    fn what_two_processes_died_on_while_reading_is_not_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let base = Base::new("https://e.org/").unwrap();
        let portal = PortalId::new("p").unwrap();
        let mut ledger = Ledger::open(folder.path(), &base).unwrap();
        let mut begins = |address: &str, content: u8| {
            let deaths = ledger.reading(&portal, address, &[content; 32]);
            deaths.unwrap()
        };
        // Who begins and does not end has died.
        assert_eq!(begins("a", 1), None);
        assert_eq!(begins("a", 1), None);
        assert_eq!(begins("b", 1), None);
        for _ in 0..2 {
            assert_eq!(begins("a", 1), Some(2));
        }
        // What changes gets another chance, also for each of its portions, but not for ever.
        for content in [2, 3, 3] {
            assert_eq!(begins("a", content), None, "{content}");
        }
        assert_eq!(begins("a", 4), Some(5));
        // A portion that was survived leaves what was held against the document before.
        ledger.read(&portal, "b").unwrap();
        let mut deaths = |content: u8| {
            let before = ledger.reading(&portal, "b", &[content; 32]);
            before.unwrap()
        };
        assert_eq!([deaths(1), deaths(1), deaths(1)], [None, None, Some(2)]);
        ledger.cleared(&portal, "b").unwrap();
        let again = ledger.reading(&portal, "b", &[1; 32]);
        assert_eq!(again.unwrap(), None);
    }
}
