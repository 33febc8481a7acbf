//! What a page of documents has said already: records, concepts and classes that its datasets share are
//! described once. It remembers numbers, never statements, so that it stays small however long the page.

use crate::ledger::RecordNumber;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, Hash, RandomState};

/// What was said on a page.
#[derive(Debug, Default)]
pub(super) struct Said {
    records: HashSet<RecordNumber>,
    /// Of statements that several records make, or nobody's record does.
    statements: HashSet<u64>,
    /// Its keys are made for each page: nobody can choose statements that look like others.
    state: RandomState,
}

impl Said {
    /// Whether a record has not been described yet; from now on it has.
    pub(super) fn record(&mut self, record: RecordNumber) -> bool {
        self.records.insert(record)
    }

    /// Whether a statement has not been made yet; from now on it has.
    pub(super) fn statement(&mut self, statement: impl Hash) -> bool {
        self.statements.insert(self.state.hash_one(statement))
    }
}
