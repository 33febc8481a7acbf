//! Withdrawal: what a complete full run no longer saw, after the grace period, and never when too much is
//! missing at once.
//!
//! The share counts for each list. A small list would never lose its only record so, and a run over it
//! would be suspicious for ever: where the records missing from small lists are together no larger a share
//! of all that was listed, they are absent like others. They are withdrawn after three times the grace
//! period, and not before another run has missed them too; and never while a large list of the portal
//! misses too much, since whatever emptied that one may have emptied them. A portal with nothing but a
//! small list is judged by that list alone.

use rusqlite::params;

use super::super::stage::SMALL;
use super::{Commit, LedgerError, RunState, Withdrawal};
use crate::ledger::SourceNumber;

/// What a run met of a list: how many records are held of it, and how many of them it missed.
struct List<'a> {
    collection: &'a str,
    held: u64,
    missing: u64,
}

/// How many times as long the absence from a small list must last.
const PATIENCE: i64 = 3;

impl Commit<'_> {
    /// Withdraws what a complete full run did not see, as the policy allows.
    pub(super) fn withdraw(
        &mut self,
        listed: &[&str],
        policy: Withdrawal,
        now: i64,
    ) -> Result<(RunState, Option<String>), LedgerError> {
        let grace = i64::try_from(policy.grace.as_secs()).unwrap_or(i64::MAX);
        let lists = listed
            .iter()
            .map(|collection| self.missing(collection))
            .collect::<Result<Vec<_>, _>>()?;
        let few_together =
            few_together(&lists, policy.max_share) && !in_doubt(&lists, policy.max_share);
        let mut suspicious = Vec::new();
        for List {
            collection,
            held,
            missing,
        } in lists
        {
            if missing == 0 {
                continue;
            }
            let before = if exceeds(missing, held, policy.max_share) {
                if held > SMALL || !few_together {
                    suspicious.push(format!(
                        "{missing} of {held} {collection} are missing at once, nothing is withdrawn"
                    ));
                    continue;
                }
                // Absent since an earlier run: this one confirms it.
                let long = now.saturating_sub(grace.saturating_mul(PATIENCE));
                long.min(now.saturating_sub(1))
            } else {
                now.saturating_sub(grace)
            };
            let gone = self.absent(collection, before, now)?;
            self.counts.absent += missing.saturating_sub(u64::try_from(gone.len()).unwrap_or(0));
            for source in gone {
                self.note_withdrawn(source)?;
                self.drop_source(source)?;
            }
        }
        if suspicious.is_empty() {
            Ok((RunState::Done, None))
        } else {
            Ok((RunState::Suspicious, Some(suspicious.join("; "))))
        }
    }

    fn missing<'a>(&self, collection: &'a str) -> Result<List<'a>, LedgerError> {
        let (held, missing): (i64, i64) = self.connection.query_row(
            "SELECT count(*), coalesce(sum(id NOT IN (SELECT source FROM seen WHERE run = ?3)
               AND id NOT IN (SELECT source FROM carried WHERE run = ?3)), 0)
             FROM source WHERE portal = ?1 AND collection = ?2",
            params![self.portal, collection, self.run.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(List {
            collection,
            held: u64::try_from(held).unwrap_or_default(),
            missing: u64::try_from(missing).unwrap_or_default(),
        })
    }

    /// Marks what is missing of a collection as absent, and gives what has been so since `before`.
    fn absent(
        &self,
        collection: &str,
        before: i64,
        now: i64,
    ) -> Result<Vec<SourceNumber>, LedgerError> {
        self.note_absent(collection)?;
        self.connection.execute(
            "UPDATE source SET absent_since = ?4 WHERE portal = ?1 AND collection = ?2
             AND (absent_since IS NULL OR absent_since > ?4) -- the clock was set back
             AND id NOT IN (SELECT source FROM seen WHERE run = ?3)
             AND id NOT IN (SELECT source FROM carried WHERE run = ?3)",
            params![self.portal, collection, self.run.0, now],
        )?;
        let mut statement = self.connection.prepare(
            "SELECT id FROM source WHERE portal = ?1 AND collection = ?2 AND absent_since <= ?3
             AND id NOT IN (SELECT source FROM seen WHERE run = ?4)
             AND id NOT IN (SELECT source FROM carried WHERE run = ?4) ORDER BY id",
        )?;
        let rows = statement.query_map(
            params![self.portal, collection, before, self.run.0],
            |row| row.get(0),
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn drop_source(&mut self, source: SourceNumber) -> Result<(), LedgerError> {
        for record in self.contributions_of(source)?.into_keys() {
            self.affected.insert(record);
        }
        for statement in [
            "DELETE FROM contribution WHERE source = ?1",
            "DELETE FROM finding WHERE source = ?1",
            "DELETE FROM seen WHERE source = ?1",
            "DELETE FROM carried WHERE source = ?1",
            "DELETE FROM source WHERE id = ?1",
        ] {
            self.connection
                .prepare_cached(statement)?
                .execute([source])?;
        }
        Ok(())
    }
}

/// Whether what small lists miss is little beside all that was listed.
fn few_together(lists: &[List<'_>], max_share: f64) -> bool {
    let held = lists.iter().map(|list| list.held).sum();
    let small = lists.iter().filter(|list| list.held <= SMALL);
    let missing = small.map(|list| list.missing).sum();
    !exceeds(missing, held, max_share)
}

/// Whether a large list misses too much.
fn in_doubt(lists: &[List<'_>], max_share: f64) -> bool {
    let mut large = lists.iter().filter(|list| list.held > SMALL);
    large.any(|list| exceeds(list.missing, list.held, max_share))
}

fn exceeds(missing: u64, held: u64, max_share: f64) -> bool {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of records, far below 2^52"
    )]
    let share = missing as f64 / held.max(1) as f64;
    share > max_share
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(of: &[(u64, u64)]) -> Vec<List<'static>> {
        let list = |&(missing, held)| List {
            collection: "list",
            held,
            missing,
        };
        of.iter().map(list).collect()
    }

    #[test]
    fn small_lists_are_judged_by_all_that_was_listed() {
        assert!(few_together(&lists(&[(1, 1), (0, 60)]), 0.2));
        assert!(few_together(&lists(&[(10, 10), (0, 40)]), 0.2));
        assert!(!few_together(&lists(&[(10, 10), (0, 30)]), 0.2));
        // Many small lists that vanish together are no few.
        assert!(!few_together(&lists(&[(8, 8), (8, 8), (0, 40)]), 0.2));
        assert!(!few_together(&lists(&[(5, 5)]), 0.2));
        // What a large list misses does not count here: it puts the whole run in doubt.
        assert!(few_together(&lists(&[(1, 1), (60, 60)]), 0.2));
        assert!(in_doubt(&lists(&[(1, 1), (60, 60)]), 0.2));
        assert!(!in_doubt(&lists(&[(1, 1), (1, 60)]), 0.2));
    }
}
