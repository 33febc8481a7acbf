//! Scheduled harvests beside the server, and the publications that follow them.
//!
//! One run a portal at a time, `[harvest] concurrency` portals at a time. Publications are coalesced: two
//! of them are at least `[publish] min_interval` apart.

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use croner::Cron;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use super::harvest::publish_now;
use super::{now, open_ledger};
use crate::causes::causes;
use crate::config::{Config, Portal};
use crate::harvest::{self, HarvestError, Request};
use crate::publish::Build;
use crate::vocabulary::Vocabularies;

/// The longest sleep before the clock is looked at again: it may be set meanwhile.
const NAP: Duration = Duration::from_mins(1);

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
                loop {
                    if !wait(&cron, &portal).await {
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

/// Sleeps until the next occurrence; whether there is one.
async fn wait(cron: &Cron, portal: &Portal) -> bool {
    let Ok(next) = cron.find_next_occurrence(&chrono::Local::now(), false) else {
        tracing::error!(portal = %portal.id, "the schedule has no next occurrence");
        return false;
    };
    tracing::info!(portal = %portal.id, next = %next, "next harvest");
    loop {
        match (next - chrono::Local::now()).to_std() {
            Ok(left) if !left.is_zero() => tokio::time::sleep(left.min(NAP)).await,
            _ => return true,
        }
    }
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
