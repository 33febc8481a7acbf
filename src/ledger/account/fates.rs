//! What became of the records of a run, some at a time: a run over a large portal has hundreds of thousands.

use rusqlite::params;

use super::RunRecord;
use crate::ledger::error::LedgerError;
use crate::ledger::job::RecordState;
use crate::ledger::{EventKind, Reader};

/// How far the records of a run have been gone through.
#[derive(Debug, Clone, Default)]
pub struct RunPosition {
    /// How many states.
    states: usize,
    /// The last event that was given.
    event: i64,
    /// Collection and key of the last record that was given.
    record: (String, String),
}

impl Reader {
    /// What became of records in a run, what is wrong first, at most `limit`.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn run_records(&self, run: i64, limit: u32) -> Result<Vec<RunRecord>, LedgerError> {
        self.next_run_records(run, &mut RunPosition::default(), limit)
    }

    /// The next of them from a position on, which moves on behind them; fewer than `limit` are the last.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn next_run_records(
        &self,
        run: i64,
        position: &mut RunPosition,
        limit: u32,
    ) -> Result<Vec<RunRecord>, LedgerError> {
        let mut found = Vec::new();
        while let Some(state) = RecordState::ALL.get(position.states) {
            let left = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
            if left == 0 {
                break;
            }
            match state {
                RecordState::Created => {
                    self.events_of(run, EventKind::Create, *state, position, left, &mut found)?;
                }
                RecordState::Updated => {
                    self.events_of(run, EventKind::Update, *state, position, left, &mut found)?;
                }
                RecordState::Recognised => self.recognised_in(run, position, left, &mut found)?,
                _ => self.noted(run, *state, position, left, &mut found)?,
            }
            if u32::try_from(found.len()).unwrap_or(u32::MAX) < limit {
                *position = RunPosition {
                    states: position.states + 1,
                    ..RunPosition::default()
                };
            }
        }
        Ok(found)
    }

    fn noted(
        &self,
        run: i64,
        state: RecordState,
        position: &mut RunPosition,
        limit: u32,
        found: &mut Vec<RunRecord>,
    ) -> Result<(), LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT collection, key, reason FROM run_record
             WHERE run = ?1 AND state = ?2 AND (collection, key) > (?3, ?4)
             ORDER BY collection, key LIMIT ?5",
        )?;
        let (collection, key) = std::mem::take(&mut position.record);
        let mut rows = statement.query(params![run, state, collection, key, limit])?;
        while let Some(row) = rows.next()? {
            position.record = (row.get(0)?, row.get(1)?);
            let (collection, key) = &position.record;
            found.push(RunRecord {
                state,
                record: format!("{collection}/{key}"),
                reason: row.get(2)?,
            });
        }
        Ok(())
    }

    fn recognised_in(
        &self,
        run: i64,
        position: &mut RunPosition,
        limit: u32,
        found: &mut Vec<RunRecord>,
    ) -> Result<(), LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.iri, c.iri, s.why, e.seq FROM run u
             JOIN event e ON e.seq > max(u.before_seq, ?2) AND e.seq <= u.last_seq AND e.run = u.id
             JOIN same s ON s.record = e.record AND s.from_seq = e.seq
             JOIN record r ON r.id = s.record JOIN record c ON c.id = s.canonical
             WHERE u.id = ?1 AND e.kind = 'same' ORDER BY e.seq LIMIT ?3",
        )?;
        let mut rows = statement.query(params![run, position.event, limit])?;
        while let Some(row) = rows.next()? {
            let (canonical, why): (String, String) = (row.get(1)?, row.get(2)?);
            let why = if why.is_empty() {
                "the operator says so"
            } else {
                why.as_str()
            };
            position.event = row.get(3)?;
            found.push(RunRecord {
                state: RecordState::Recognised,
                record: row.get(0)?,
                reason: Some(format!("the same as <{canonical}>: {why}")),
            });
        }
        Ok(())
    }

    fn events_of(
        &self,
        run: i64,
        kind: EventKind,
        state: RecordState,
        position: &mut RunPosition,
        limit: u32,
        found: &mut Vec<RunRecord>,
    ) -> Result<(), LedgerError> {
        // A run's events follow each other, so they are found by their numbers.
        let mut statement = self.connection.prepare_cached(
            "SELECT r.iri, e.seq FROM run u
             JOIN event e ON e.seq > max(u.before_seq, ?3) AND e.seq <= u.last_seq AND e.run = u.id
             JOIN record r ON r.id = e.record WHERE u.id = ?1 AND e.kind = ?2 ORDER BY e.seq LIMIT ?4",
        )?;
        let mut rows = statement.query(params![run, kind, position.event, limit])?;
        while let Some(row) = rows.next()? {
            position.event = row.get(1)?;
            found.push(RunRecord {
                state,
                record: row.get(0)?,
                reason: None,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, Mode, Skipped};
    use crate::record::{Base, PortalId};

    #[test]
    fn records_come_once_and_in_the_same_order_however_many_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let base = Base::new("https://a.example/").unwrap();
        let mut ledger = Ledger::open(folder.path(), &base).unwrap();
        let portal = PortalId::new("p").unwrap();
        let run = ledger.begin(&portal, Mode::Full, 0).unwrap();
        let skipped: Vec<_> = (0..25)
            .map(|n| Skipped {
                collection: format!("c{}", n % 3),
                key: format!("k{n}"),
                reason: "why".to_owned(),
            })
            .collect();
        ledger.skip(run, &skipped).unwrap();
        let reader = ledger.reader().unwrap();
        let all = reader.run_records(run.0, 100).unwrap();
        assert_eq!(all.len(), 25);
        for step in [1, 4, 5, 24, 25, 26] {
            let (mut position, mut found) = (RunPosition::default(), Vec::new());
            loop {
                let next = reader.next_run_records(run.0, &mut position, step).unwrap();
                let is_last = next.len() < usize::try_from(step).unwrap();
                found.extend(next);
                if is_last {
                    break;
                }
            }
            assert_eq!(found, all, "{step}");
        }
    }
}
