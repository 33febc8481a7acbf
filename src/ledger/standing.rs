//! Whole portals that the operator takes out of the catalogue, and back.
//!
//! What a portal contributes stays in the ledger either way: of one that is taken out nothing is said, so that
//! its records are withdrawn like others, and published again, with their IRIs, once it is readmitted. The
//! operator's word is kept first; the next commit of a run of the portal obeys it.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::error::LedgerError;
use super::word::words;
use super::{Ledger, Reader};
use crate::record::PortalId;

/// What the operator says of a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its records are in the catalogue.
    Admitted,
    /// They are not.
    Withdrawn,
}

words!(Standing, "standing of a portal", {
    Admitted = "admitted",
    Withdrawn = "withdrawn",
});

/// What the keys of the operator's words begin with in `meta`.
const KEY: &str = "standing:";

/// The portals of which the operator says so.
pub(super) fn portals(
    connection: &Connection,
    standing: Standing,
) -> Result<BTreeSet<String>, LedgerError> {
    let mut statement = connection.prepare(
        "SELECT substr(key, length(?1) + 1) FROM meta
         WHERE substr(key, 1, length(?1)) = ?1 AND value = ?2",
    )?;
    let rows = statement.query_map(params![KEY, standing], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets that the operator had a portal readmitted, once that is done: it is one like others.
pub(super) fn settle(connection: &Connection, portal: &str) -> Result<(), LedgerError> {
    connection.execute(
        "DELETE FROM meta WHERE key = ?1 || ?2 AND value = ?3",
        params![KEY, portal, Standing::Admitted],
    )?;
    Ok(())
}

impl Ledger {
    /// Keeps the operator's word on a portal; the next commit of a run of the portal obeys it.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn set_standing(&self, portal: &PortalId, standing: Standing) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1 || ?2, ?3)",
            params![KEY, portal.as_str(), standing],
        )?;
        Ok(())
    }
}

impl Reader {
    /// The portals that the operator has taken out.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn withdrawn_portals(&self) -> Result<BTreeSet<String>, LedgerError> {
        portals(&self.connection, Standing::Withdrawn)
    }

    /// The portals that there are source records of, in the order of their names.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn held_portals(&self) -> Result<Vec<PortalId>, LedgerError> {
        // From name to name by the index: there are few among many records.
        let mut statement = self.connection.prepare(
            "WITH RECURSIVE held (portal) AS (
               SELECT min(portal) FROM source
               UNION ALL
               SELECT (SELECT min(portal) FROM source WHERE portal > held.portal) FROM held
               WHERE held.portal IS NOT NULL)
             SELECT portal FROM held WHERE portal IS NOT NULL AND portal <> '_'",
        )?;
        let names = statement.query_map([], |row| row.get::<_, String>(0))?;
        names
            .map(|name| {
                PortalId::new(&name?).map_err(|error| LedgerError::Unexpected(error.to_string()))
            })
            .collect()
    }
}
