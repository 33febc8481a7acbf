//! Scheduled harvests beside the server, and the publications that follow them.
//!
//! One run a portal at a time, `[harvest] concurrency` portals at a time. A run that a crash stopped, or
//! whose time came while no server ran, is made up for at the start. Each portal has its own moment after
//! the scheduled one, the same every time, so that not all of them are asked at the full hour.
//! Publications are coalesced: two of them are at least `[publish] min_interval` apart.

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Local, Utc};
use croner::Cron;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use super::harvest::publish_now;
use super::{now, open_ledger};
use crate::causes::causes;
use crate::config::{Config, Portal};
use crate::harvest::{self, HarvestError, Request};
use crate::publish::Build;
use crate::rdf::canon::Digest;
use crate::vocabulary::Vocabularies;

/// The longest sleep before the clock is looked at again: it may be set meanwhile.
const NAP: Duration = Duration::from_mins(1);

/// The longest time between a scheduled moment and the run.
const SPREAD: Duration = Duration::from_mins(1);

/// The scheduled harvests, until they are stopped.
pub(super) struct Schedule {
    tasks: JoinSet<()>,
}

impl Schedule {
    /// Starts the schedules of a configuration.
    pub(super) fn start(config: &Config) -> anyhow::Result<Self> {
        let config = Arc::new(config.clone());
        let committed = Arc::new(Notify::new());
        let turns = Arc::new(Semaphore::new(config.harvest.concurrency));
        let mut tasks = JoinSet::new();
        for portal in &config.portals {
            let Some(expression) = &portal.schedule else {
                continue;
            };
            let cron = Cron::from_str(expression)
                .with_context(|| format!("portal {}: schedule", portal.id))?;
            let (config, portal) = (Arc::clone(&config), portal.clone());
            let (committed, turns) = (Arc::clone(&committed), Arc::clone(&turns));
            tasks.spawn(async move {
                let mut due = is_due(&config, &cron, &portal)
                    .inspect_err(|error| {
                        tracing::error!(portal = %portal.id, error = causes(error.as_ref()), "cannot tell when the portal was harvested");
                    })
                    .unwrap_or_default();
                loop {
                    if !std::mem::take(&mut due) && !wait(&cron, &config, &portal).await {
                        return;
                    }
                    let Ok(_turn) = turns.acquire().await else { return };
                    match harvest_one(&config, &portal).await {
                        Ok(()) => committed.notify_one(),
                        Err(error) => tracing::error!(portal = %portal.id, error = causes(error.as_ref()), "harvest failed"),
                    }
                }
            });
        }
        // What an earlier process committed and did not publish is published now.
        committed.notify_one();
        tasks.spawn(publisher(config, committed));
        Ok(Self { tasks })
    }

    /// Stops: runs in progress stay staged and are resumed.
    pub(super) async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

/// Whether a run was interrupted, or its time came since the last one.
fn is_due(config: &Config, cron: &Cron, portal: &Portal) -> anyhow::Result<bool> {
    let ledger = open_ledger(config)?;
    if ledger.interrupted(&portal.id)?.is_some() {
        return Ok(true);
    }
    let last = ledger.reader()?.runs(Some(&portal.id), 1)?.pop();
    let last = last.and_then(|run| DateTime::from_timestamp(run.started, 0));
    Ok(is_missed(cron, last, Local::now()))
}

/// Whether a scheduled moment passed since the last run. A portal that never ran waits for its first.
fn is_missed(cron: &Cron, last: Option<DateTime<Utc>>, now: DateTime<Local>) -> bool {
    match (last, cron.find_previous_occurrence(&now, true)) {
        (Some(last), Ok(previous)) => last < previous,
        _ => false,
    }
}

/// Sleeps until the next occurrence; whether there is one.
async fn wait(cron: &Cron, config: &Config, portal: &Portal) -> bool {
    let Ok(next) = cron.find_next_occurrence(&Local::now(), false) else {
        tracing::error!(portal = %portal.id, "the schedule has no next occurrence");
        return false;
    };
    let gap = cron
        .find_next_occurrence(&next, false)
        .ok()
        .and_then(|following| (following - next).to_std().ok());
    let next = next + own_moment(&format!("{}{}", config.base_uri, portal.id), gap);
    tracing::info!(portal = %portal.id, next = %next, "next harvest");
    loop {
        match (next - Local::now()).to_std() {
            Ok(left) if !left.is_zero() => tokio::time::sleep(left.min(NAP)).await,
            _ => return true,
        }
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

async fn harvest_one(config: &Config, portal: &Portal) -> anyhow::Result<()> {
    let mut ledger = open_ledger(config)?;
    let vocabularies = Vocabularies::builtin();
    match harvest::run(
        &mut ledger,
        config,
        portal,
        vocabularies,
        Request::default(),
        &|_| {},
        &now,
    )
    .await
    {
        Ok(_) => Ok(()),
        Err(HarvestError::Busy(portal)) => {
            tracing::warn!(
                portal,
                "another process harvests this portal; this turn is left out"
            );
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// Publishes what was committed, no more often than allowed.
async fn publisher(config: Arc<Config>, committed: Arc<Notify>) {
    loop {
        committed.notified().await;
        let config_ = Arc::clone(&config);
        let published = tokio::task::spawn_blocking(move || -> anyhow::Result<()> {
            let mut ledger = open_ledger(&config_)?;
            harvest::describe_self(&mut ledger, &config_, Vocabularies::builtin(), now())?;
            publish_now(&mut ledger, &config_, Build::CatchUp)?;
            Ok(())
        });
        match published.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(error = causes(error.as_ref()), "publication failed"),
            Err(error) => tracing::error!(%error, "publication failed"),
        }
        tokio::time::sleep(config.publish.min_interval.duration()).await;
    }
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
