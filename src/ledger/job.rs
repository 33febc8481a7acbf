//! The states of a run and of a record in a run, under the names that udata and others report theirs.

use serde::Serialize;

use super::run::RunState;
use crate::ledger::word::words;

/// A run as a job: the names under which udata and others report theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Job {
    /// The portal was never harvested, or its last run was interrupted and waits for the next.
    Pending,
    /// It has not read a page yet.
    Initializing,
    /// It has.
    Processing,
    /// It came to its end, and every record could be described.
    Done,
    /// It came to an end, but not all is well: records were rejected, or lists are missing.
    DoneErrors,
    /// It stopped before it had anything.
    Failed,
}

impl Job {
    /// What a run is as a job.
    pub(super) fn of(state: RunState, rejected: u64, has_pages: bool) -> Self {
        match state {
            RunState::Interrupted => Self::Pending,
            RunState::Running if has_pages => Self::Processing,
            RunState::Running => Self::Initializing,
            RunState::Done if rejected == 0 => Self::Done,
            RunState::Done | RunState::Partial | RunState::Suspicious => Self::DoneErrors,
            RunState::Failed => Self::Failed,
        }
    }

    /// The text form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Initializing => "initializing",
            Self::Processing => "processing",
            Self::Done => "done",
            Self::DoneErrors => "done-errors",
            Self::Failed => "failed",
        }
    }
}

/// What became of a record in a run. One that did not change is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordState {
    /// Published for the first time, or again.
    Created,
    /// Its description changed.
    Updated,
    /// It could not be described; its last good description stays.
    Rejected,
    /// It says of itself that it must not be listed.
    Skipped,
    /// It was not listed; it is withdrawn when that lasts.
    Absent,
    /// It was not listed for long enough.
    Withdrawn,
    /// It is the same as another portal's, which is shown in its place from now on.
    Recognised,
}

words!(RecordState, "outcome of a record", {
    Created = "created",
    Updated = "updated",
    Rejected = "rejected",
    Skipped = "skipped",
    Absent = "absent",
    Withdrawn = "withdrawn",
    Recognised = "recognised",
});

impl RecordState {
    /// All of them, what is wrong first.
    pub const ALL: [Self; 7] = [
        Self::Rejected,
        Self::Withdrawn,
        Self::Absent,
        Self::Skipped,
        Self::Recognised,
        Self::Created,
        Self::Updated,
    ];

    /// The name under which udata and others report it of an item of a job.
    #[must_use]
    pub fn item(self) -> &'static str {
        match self {
            Self::Created | Self::Updated | Self::Recognised => "done",
            Self::Rejected => "failed",
            Self::Skipped | Self::Absent => "skipped",
            Self::Withdrawn => "archived",
        }
    }
}
