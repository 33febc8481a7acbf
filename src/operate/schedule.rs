//! Scheduled harvests beside the server, and the publications that follow them.
//!
//! One run a portal at a time, `[harvest] concurrency` portals at a time. A run that a crash stopped, or
//! whose time came while no server ran, is made up for at the start. Each portal has its own moment after
//! the scheduled one, the same every time, so that not all of them are asked at the full hour.
//! Publications are coalesced: two of them are at least `[publish] min_interval` apart.

use std::error::Error;
use std::io::ErrorKind;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Local, Utc};
use croner::Cron;
use thiserror::Error;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use super::{Moisson, OperateError};
use crate::causes::causes;
use crate::config::Portal;
use crate::harvest::{HarvestError, Request};
use crate::publish::Build;
use crate::rdf::canon::Digest;

/// The longest sleep before the clock is looked at again: it may be set meanwhile.
const NAP: Duration = Duration::from_mins(1);

/// The longest time between a scheduled moment and the run.
const SPREAD: Duration = Duration::from_mins(1);

/// The schedule of a portal cannot be read.
#[derive(Debug, Error)]
#[error("portal {portal}: schedule")]
pub struct ScheduleError {
    /// The portal.
    portal: String,
    /// The cause.
    source: croner::errors::CronError,
}

/// The scheduled harvests, until they are stopped.
pub struct Schedule {
    moisson: Moisson,
    tasks: JoinSet<()>,
}

impl Schedule {
    /// Starts the schedules of a configuration.
    ///
    /// # Errors
    /// [`ScheduleError`] for the first that cannot be read.
    pub fn start(moisson: &Moisson) -> Result<Self, ScheduleError> {
        let committed = Arc::new(Notify::new());
        let turns = Arc::new(Semaphore::new(moisson.config().harvest.concurrency));
        let mut tasks = JoinSet::new();
        for portal in &moisson.config().portals {
            let Some(expression) = &portal.schedule else {
                continue;
            };
            let cron = Cron::from_str(expression).map_err(|source| ScheduleError {
                portal: portal.id.to_string(),
                source,
            })?;
            let scheduled = Scheduled {
                moisson: moisson.clone(),
                portal: portal.clone(),
                cron,
            };
            tasks.spawn(scheduled.run(Arc::clone(&turns), Arc::clone(&committed)));
        }
        // What an earlier process committed and did not publish is published now.
        committed.notify_one();
        tasks.spawn(publisher(moisson.clone(), committed));
        Ok(Self {
            moisson: moisson.clone(),
            tasks,
        })
    }

    /// Stops: runs in progress stay staged and are resumed. Where it takes too long to come to a stop, and
    /// the process is killed, what it was reading is no cause of that.
    pub async fn stop(mut self) {
        if let Err(error) = tokio::task::block_in_place(|| self.moisson.interrupt()) {
            tracing::error!(
                error = causes(&error),
                "what is being read cannot be cleared"
            );
        }
        self.tasks.shutdown().await;
    }
}

/// A portal that is harvested when its time comes.
struct Scheduled {
    moisson: Moisson,
    portal: Portal,
    cron: Cron,
}

impl Scheduled {
    async fn run(self, turns: Arc<Semaphore>, committed: Arc<Notify>) {
        let portal = &self.portal.id;
        let mut due = self
            .is_due()
            .inspect_err(|error| {
                tracing::error!(%portal, error = causes(error), "cannot tell when the portal was harvested");
            })
            .unwrap_or_default();
        loop {
            if !std::mem::take(&mut due) && !self.wait().await {
                return;
            }
            let Ok(_turn) = turns.acquire().await else {
                return;
            };
            let request = Request::default();
            match self.moisson.harvest(&self.portal, request, &()).await {
                Ok(_) => committed.notify_one(),
                Err(OperateError::Harvest(HarvestError::Busy(_))) => {
                    tracing::warn!(%portal, "another process harvests this portal; this turn is left out");
                }
                Err(error) => {
                    tracing::error!(%portal, error = causes(&error), "harvest failed");
                }
            }
        }
    }

    /// Whether a run was interrupted, or its time came since the last one.
    fn is_due(&self) -> Result<bool, OperateError> {
        let ledger = self.moisson.ledger()?;
        if ledger.interrupted(&self.portal.id)?.is_some() {
            return Ok(true);
        }
        let last = ledger.reader()?.runs(Some(&self.portal.id), 1)?.pop();
        let last = last.and_then(|run| DateTime::from_timestamp(run.started, 0));
        Ok(is_missed(&self.cron, last, Local::now()))
    }

    /// Sleeps until the next occurrence; whether there is one.
    async fn wait(&self) -> bool {
        let portal = &self.portal.id;
        let Ok(next) = self.cron.find_next_occurrence(&Local::now(), false) else {
            tracing::error!(%portal, "the schedule has no next occurrence");
            return false;
        };
        let gap = (self.cron)
            .find_next_occurrence(&next, false)
            .ok()
            .and_then(|following| (following - next).to_std().ok());
        let name = format!("{}{portal}", self.moisson.config().base_uri);
        let next = next + own_moment(&name, gap);
        tracing::info!(%portal, %next, "next harvest");
        loop {
            match (next - Local::now()).to_std() {
                Ok(left) if !left.is_zero() => tokio::time::sleep(left.min(NAP)).await,
                _ => return true,
            }
        }
    }
}

/// Whether a scheduled moment passed since the last run. A portal that never ran waits for its first.
fn is_missed(cron: &Cron, last: Option<DateTime<Utc>>, now: DateTime<Local>) -> bool {
    match (last, cron.find_previous_occurrence(&now, true)) {
        (Some(last), Ok(previous)) => last < previous,
        _ => false,
    }
}

/// How long after the scheduled moment a portal's turn is: a tenth of the time to the next one at most.
fn own_moment(name: &str, gap: Option<Duration>) -> Duration {
    let hash = Digest::of(name.as_bytes());
    let (high, low) = match hash.as_bytes() {
        [high, low, ..] => (*high, *low),
        _ => (0, 0),
    };
    let most = gap.map_or(SPREAD, |gap| (gap / 10).min(SPREAD));
    most * u32::from(u16::from_be_bytes([high, low])) / u32::from(u16::MAX)
}

/// Publishes what was committed, no more often than allowed.
async fn publisher(moisson: Moisson, committed: Arc<Notify>) {
    loop {
        committed.notified().await;
        let publishing = moisson.clone();
        let published = tokio::task::spawn_blocking(move || {
            publishing.describe_self()?;
            publishing.publish(Build::CatchUp)
        });
        match published.await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) if is_read_only(&error) => {
                let store = &moisson.config().store.path;
                tracing::warn!(
                    store = %store.display(),
                    "the store cannot be written: what was published is served, and nothing new is"
                );
                return;
            }
            Ok(Err(error)) => tracing::error!(error = causes(&error), "publication failed"),
            Err(error) => tracing::error!(%error, "publication failed"),
        }
        tokio::time::sleep(moisson.config().publish.min_interval.duration()).await;
    }
}

/// Whether something failed since a file or its folder may not be written.
fn is_read_only(error: &OperateError) -> bool {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(error) = cause {
        let kind = error
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind);
        if matches!(
            kind,
            Some(ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
        ) {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        time.parse().unwrap()
    }

    #[test]
    fn a_run_is_missed_when_its_moment_passed_since_the_last_one() {
        let cron = Cron::from_str("0 * * * *").unwrap();
        let now = at("2026-03-01T12:30:00Z").with_timezone(&Local);
        assert!(is_missed(&cron, Some(at("2026-03-01T11:59:00Z")), now));
        assert!(!is_missed(&cron, Some(at("2026-03-01T12:01:00Z")), now));
        assert!(!is_missed(&cron, None, now));
    }

    #[test]
    fn portals_have_moments_of_their_own_that_fit_between_two_runs() {
        let day = Some(Duration::from_hours(24));
        let moments: Vec<Duration> = (0..20).map(|n| own_moment(&format!("p{n}"), day)).collect();
        assert!(moments.iter().all(|moment| *moment <= SPREAD));
        assert!(moments.iter().max() > moments.iter().min());
        assert_eq!(own_moment("p1", day), own_moment("p1", day));
        let second = Duration::from_secs(1);
        assert!(own_moment("p1", Some(second)) <= second / 10);
    }
}
