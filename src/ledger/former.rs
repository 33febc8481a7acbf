//! The keys by which an earlier version of the program knew records, whose rule for the keys of feeds was
//! another ([`Former`]).
//!
//! No migration can find them, since the rules are the sources' own: the first run of each portal after one
//! asks them for what both rules make of every name that is stored, and keeps the keys of what is here. What
//! the earlier rule had more than once, and today's rule has once, keeps the IRI of what is shown before that
//! of what is not, and then of what was published first.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::error::LedgerError;
use super::{Ledger, SourceNumber};
use crate::record::{Base, Former, Kept, Key, Kind, PortalId, RecordId, Renamed, Set};

/// What the keys in `meta` begin with of the portals that are still to be looked at.
const KEY: &str = "former:";

/// A source record that today's rule identifies otherwise.
#[derive(Debug, Clone)]
pub struct Respelled {
    /// Which.
    pub source: SourceNumber,
    /// Its collection.
    pub collection: String,
    /// What identifies it by today's rule.
    pub key: String,
    /// What both rules make of the record that it describes.
    pub main: Renamed,
}

/// What the ledger has of an IRI; in the order in which it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    is_hidden: bool,
    first: i64,
}

impl Ledger {
    /// The keys that are kept of a portal.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn former(&self, portal: &PortalId) -> Result<Former, LedgerError> {
        let mut statement = self
            .connection
            .prepare("SELECT kind, key, former, beside FROM former WHERE portal = ?1")?;
        let rows = statement.query_map([portal.as_str()], |row| {
            let (now, key): (String, String) = (row.get(1)?, row.get(2)?);
            Ok((row.get(0)?, now, key, row.get(3)?))
        })?;
        let mut kept = BTreeMap::new();
        for row in rows {
            let (kind, now, key, beside) = row?;
            let (now, key) = (known(&now)?, known(&key)?);
            kept.insert((kind, now), Kept { key, beside });
        }
        Ok(Former::new(kept))
    }

    /// Whether it is still to be found which keys of a portal are kept.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn asks_for_former(&self, portal: &PortalId) -> Result<bool, LedgerError> {
        Ok(self
            .connection
            .prepare("SELECT 1 FROM meta WHERE key = ?1 || ?2")?
            .exists(params![KEY, portal.as_str()])?)
    }

    /// Keeps the keys of what is here, of all that both rules were asked for, and identifies source records
    /// as today's rule does.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn keep_former(
        &mut self,
        portal: &PortalId,
        names: &BTreeSet<Renamed>,
        sources: &[Respelled],
    ) -> Result<(), LedgerError> {
        let base = self.base.clone();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let keeping = Keeping {
            connection: &transaction,
            base: &base,
            portal,
        };
        let kept = keeping.keep(names)?;
        keeping.identify(sources, &kept)?;
        transaction.execute(
            "DELETE FROM meta WHERE key = ?1 || ?2",
            params![KEY, portal.as_str()],
        )?;
        transaction.commit()?;
        Ok(())
    }
}

struct Keeping<'a> {
    connection: &'a Connection,
    base: &'a Base,
    portal: &'a PortalId,
}

impl Keeping<'_> {
    /// Writes the keys that are kept, which it gives by kind and today's key.
    fn keep(&self, names: &BTreeSet<Renamed>) -> Result<BTreeMap<(Kind, Key), Key>, LedgerError> {
        let mut kept = BTreeMap::new();
        let mut open = names.iter().peekable();
        while let Some(first) = open.next() {
            let mut keys = BTreeSet::from([first.now.clone(), first.then.clone()]);
            while let Some(other) =
                open.next_if(|other| (other.kind, &other.now) == (first.kind, &first.now))
            {
                keys.insert(other.then.clone());
            }
            if keys.len() == 1 {
                continue;
            }
            let mut here = Vec::new();
            for key in keys {
                let iri = self.iri(first.kind, &key);
                if let Some(standing) = self.standing(&iri)? {
                    here.push((standing, key, iri));
                }
            }
            here.sort_unstable();
            let mut here = here.into_iter();
            let Some((_, key, _)) = here.next() else {
                continue;
            };
            let beside: Vec<String> = here
                .filter(|(standing, ..)| !standing.is_hidden)
                .map(|(_, _, iri)| iri)
                .collect();
            if key != first.now || !beside.is_empty() {
                self.connection
                    .prepare_cached(
                        "INSERT OR REPLACE INTO former (portal, kind, key, former, beside)
                         VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![
                        self.portal.as_str(),
                        first.kind,
                        first.now.as_str(),
                        key.as_str(),
                        beside.join(" "),
                    ])?;
            }
            kept.insert((first.kind, first.now.clone()), key);
        }
        Ok(kept)
    }

    /// Identifies source records as today's rule does: of several the one whose record is kept, and the
    /// others as further descriptions of the same.
    fn identify(
        &self,
        sources: &[Respelled],
        kept: &BTreeMap<(Kind, Key), Key>,
    ) -> Result<(), LedgerError> {
        let mut groups: BTreeMap<(&str, &str), Vec<&Respelled>> = BTreeMap::new();
        for one in sources {
            let name = (one.collection.as_str(), one.key.as_str());
            groups.entry(name).or_default().push(one);
        }
        for ((_, key), mut group) in groups {
            let is_kept = |one: &&Respelled| {
                let now = (one.main.kind, one.main.now.clone());
                kept.get(&now).is_none_or(|key| *key == one.main.then)
            };
            group.sort_by_key(|one| (!is_kept(one), one.source));
            // The first takes its name last: another may have it.
            for (place, one) in group.iter().enumerate().rev() {
                let key = match place {
                    0 => key.to_owned(),
                    _ => format!("{key} ({})", place + 1),
                };
                self.connection
                    .prepare_cached("UPDATE OR IGNORE source SET key = ?2 WHERE id = ?1")?
                    .execute(params![one.source, key])?;
            }
        }
        Ok(())
    }

    fn iri(&self, kind: Kind, key: &Key) -> String {
        let iri = match kind {
            Kind::Distribution => self.base.distribution(self.portal, key),
            kind => self.base.record(&RecordId {
                portal: self.portal.clone(),
                kind,
                key: key.clone(),
            }),
        };
        iri.into_string()
    }

    /// What the ledger has of an IRI, of a record or of a part of one.
    fn standing(&self, iri: &str) -> Result<Option<Standing>, LedgerError> {
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Standing {
                first: row.get(0)?,
                is_hidden: row.get(1)?,
            })
        };
        let record = self
            .connection
            .prepare_cached(
                "SELECT id, NOT EXISTS (SELECT 1 FROM version WHERE record = id AND to_seq IS NULL)
                   AND NOT EXISTS (SELECT 1 FROM same WHERE record = id AND to_seq IS NULL)
                 FROM record WHERE iri = ?1",
            )?
            .query_row([iri], read)
            .optional()?;
        if record.is_some() {
            return Ok(record);
        }
        Ok(self
            .connection
            .prepare_cached(
                "SELECT min(from_seq), min(to_seq IS NOT NULL) FROM member
                 WHERE kind = ?1 AND value = ?2 HAVING count(*) > 0",
            )?
            .query_row(params![Set::Subject.as_str(), iri], read)
            .optional()?)
    }
}

fn known(key: &str) -> Result<Key, LedgerError> {
    Key::from_url(key).ok_or_else(|| LedgerError::Unexpected(format!("`{key}` is no key")))
}
