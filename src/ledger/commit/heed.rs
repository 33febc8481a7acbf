//! What the operator says of whole portals takes effect.

use super::{Commit, LedgerError};
use crate::ledger::standing::{self, Standing};

impl Commit<'_> {
    /// Has every record of the portal described anew where the operator has said something of it.
    pub(super) fn heed(&mut self) -> Result<(), LedgerError> {
        let readmitted = standing::portals(self.connection, Standing::Admitted)?;
        let is_shown = |commit: &Self| -> Result<bool, LedgerError> {
            let live = "SELECT 1 FROM record r JOIN version v ON v.record = r.id AND v.to_seq IS NULL WHERE r.portal = ?1";
            Ok(commit.connection.prepare(live)?.exists([&commit.portal])?)
        };
        let goes = self.withdrawn.contains(&self.portal) && is_shown(self)?;
        if goes || readmitted.contains(&self.portal) {
            let mut statement = self
                .connection
                .prepare("SELECT id FROM record WHERE portal = ?1")?;
            for record in statement.query_map([&self.portal], |row| row.get(0))? {
                self.affected.insert(record?);
            }
        }
        standing::settle(self.connection, &self.portal)
    }
}
