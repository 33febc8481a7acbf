//! What a fetcher may cost in all, and how long it puts up with a portal that does not answer.
//!
//! A run has one fetcher, so its budget is the run's. What is spent stays spent: every further request
//! fails at once, and says what there was too much of.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use super::FetchError;

/// The most that a fetcher may cost; without a number there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// From the making of the fetcher on.
    pub time: Option<Duration>,
    /// Requests sent, repeated and redirected ones too.
    pub requests: Option<u64>,
    /// Bytes of bodies, decompressed.
    pub bytes: Option<u64>,
}

/// What was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The time.
    Time(Duration),
    /// The requests.
    Requests(u64),
    /// The bytes.
    Bytes(u64),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => write!(f, "{} seconds", time.as_secs()),
            Self::Requests(count) => write!(f, "{count} requests"),
            Self::Bytes(count) => write!(f, "{count} bytes"),
        }
    }
}

/// A budget, and what was spent of it.
pub(super) struct Spending {
    budget: Budget,
    deadline: Option<Instant>,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Spending {
    pub(super) fn new(budget: Budget) -> Self {
        Self {
            budget,
            deadline: budget
                .time
                .and_then(|time| Instant::now().checked_add(time)),
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// Waits for something no longer than there is time.
    pub(super) async fn in_time<T>(
        &self,
        work: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let (Some(deadline), Some(time)) = (self.deadline, self.budget.time) else {
            return work.await;
        };
        match tokio::time::timeout_at(deadline, work).await {
            Ok(outcome) => outcome,
            Err(_elapsed) => Err(FetchError::Spent(Limit::Time(time))),
        }
    }

    /// Counts a request that is about to be sent.
    pub(super) fn request(&self) -> Result<(), FetchError> {
        let sent = self.requests.fetch_add(1, Ordering::Relaxed);
        match self.budget.requests {
            Some(limit) if sent >= limit => Err(FetchError::Spent(Limit::Requests(limit))),
            _ => Ok(()),
        }
    }

    /// Counts bytes that came.
    pub(super) fn bytes(&self, count: usize) -> Result<(), FetchError> {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let came = self.bytes.fetch_add(count, Ordering::Relaxed);
        match self.budget.bytes {
            Some(limit) if came.saturating_add(count) > limit => {
                Err(FetchError::Spent(Limit::Bytes(limit)))
            }
            _ => Ok(()),
        }
    }
}

/// How long nothing but passing failures came, since there was an answer.
pub(super) struct Patience {
    limit: Duration,
    lost: Mutex<Duration>,
}

impl Patience {
    pub(super) fn new(limit: Duration) -> Self {
        Self {
            limit,
            lost: Mutex::default(),
        }
    }

    /// Something came, if only a refusal.
    pub(super) fn answered(&self) {
        *self.lost.lock().unwrap_or_else(PoisonError::into_inner) = Duration::ZERO;
    }

    /// So much time went by without an answer.
    pub(super) fn lose(&self, time: Duration) {
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        *lost = lost.saturating_add(time);
    }

    /// Refuses to ask once more where it is at its end.
    pub(super) fn check(&self, url: &Url) -> Result<(), FetchError> {
        let lost = *self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        if lost < self.limit {
            return Ok(());
        }
        Err(FetchError::GivenUp {
            url: url.into(),
            seconds: lost.as_secs(),
        })
    }
}
