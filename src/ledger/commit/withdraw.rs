//! Withdrawal: what a complete full run no longer saw, after the grace period, and never when too much is
//! missing at once.

use rusqlite::params;

use super::{Commit, LedgerError, RunState, Withdrawal};

impl Commit<'_> {
    /// Withdraws what a complete full run did not see, as the policy allows.
    pub(super) fn withdraw(
        &mut self,
        listed: &[&str],
        policy: Withdrawal,
        now: i64,
    ) -> Result<(RunState, Option<String>), LedgerError> {
        let grace = i64::try_from(policy.grace.as_secs()).unwrap_or(i64::MAX);
        let mut suspicious = Vec::new();
        for collection in listed {
            let (held, missing): (i64, i64) = self.connection.query_row(
                "SELECT count(*), coalesce(sum(id NOT IN (SELECT source FROM seen WHERE run = ?3)), 0)
                 FROM source WHERE portal = ?1 AND collection = ?2",
                params![self.portal, collection, self.run.0],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            if missing == 0 {
                continue;
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "counts of records, far below 2^52"
            )]
            let share = missing as f64 / held as f64;
            if share > policy.max_share {
                suspicious.push(format!(
                    "{missing} of {held} {collection} are missing at once, nothing is withdrawn"
                ));
                continue;
            }
            self.connection.execute(
                "UPDATE source SET absent_since = ?4 WHERE portal = ?1 AND collection = ?2
                 AND (absent_since IS NULL OR absent_since > ?4) -- the clock was set back
                 AND id NOT IN (SELECT source FROM seen WHERE run = ?3)",
                params![self.portal, collection, self.run.0, now],
            )?;
            let mut statement = self.connection.prepare(
                "SELECT id FROM source WHERE portal = ?1 AND collection = ?2 AND absent_since <= ?3
                 AND id NOT IN (SELECT source FROM seen WHERE run = ?4) ORDER BY id",
            )?;
            let gone: Vec<i64> = statement
                .query_map(
                    params![
                        self.portal,
                        collection,
                        now.saturating_sub(grace),
                        self.run.0
                    ],
                    |row| row.get(0),
                )?
                .collect::<Result<_, _>>()?;
            self.counts.absent += u64::try_from(missing).unwrap_or_default()
                - u64::try_from(gone.len()).unwrap_or_default();
            for source in gone {
                self.drop_source(source)?;
            }
        }
        if suspicious.is_empty() {
            Ok((RunState::Done, None))
        } else {
            Ok((RunState::Suspicious, Some(suspicious.join("; "))))
        }
    }

    fn drop_source(&mut self, source: i64) -> Result<(), LedgerError> {
        for record in self.contributions_of(source)?.into_keys() {
            self.affected.insert(record);
        }
        for statement in [
            "DELETE FROM contribution WHERE source = ?1",
            "DELETE FROM finding WHERE source = ?1",
            "DELETE FROM seen WHERE source = ?1",
            "DELETE FROM source WHERE id = ?1",
        ] {
            self.connection
                .prepare_cached(statement)?
                .execute([source])?;
        }
        Ok(())
    }
}
