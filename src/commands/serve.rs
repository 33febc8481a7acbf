//! `moisson serve`: the server, with the scheduled harvests beside it.

use std::fs::Metadata;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{demonstration, load, runtime};
use crate::causes::causes;
use crate::config::Config;
use crate::harvest::orphan;
use crate::operate::{Moisson, Schedule};
use crate::publish::Snapshot;
use crate::web::connections::{self, Limits};
use crate::web::{App, router};

/// How often the server looks whether something new is published.
const LOOK: Duration = Duration::from_millis(500);
/// How often it looks whether the published graph is still as it was.
const INSPECTION: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Serve the bundled sample portals from a temporary folder.
    #[arg(long)]
    demo: bool,
    /// Address and port, instead of the configuration's.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Do not harvest.
    #[arg(long)]
    no_harvest: bool,
}

pub(super) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    runtime()?.block_on(async {
        if arguments.demo {
            let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
            let listen = arguments.listen.unwrap_or(Config::default().server.listen);
            let listener = bind(listen).await?;
            let address = listener.local_addr()?;
            let config = demonstration::prepare(address, folder.path()).await?;
            return serve(Moisson::new(config), listener).await;
        }
        let mut config = load(path)?;
        if let Some(listen) = arguments.listen {
            config.server.listen = listen;
        }
        let listener = bind(config.server.listen).await?;
        let moisson = Moisson::new(config);
        tokio::task::block_in_place(|| moisson.mend())?;
        for portal in moisson.orphans()? {
            tracing::warn!("{}", orphan(&portal));
        }
        let schedule = if arguments.no_harvest {
            None
        } else {
            Some(Schedule::start(&moisson)?)
        };
        let served = serve(moisson, listener).await;
        if let Some(schedule) = schedule {
            schedule.stop().await;
        }
        served
    })
}

/// Looks whether the published graph is what it was when it was first seen, and mends it where somebody
/// has cut, replaced or deleted it under the running server. Runs until it is dropped.
async fn keep(moisson: Moisson) {
    let mut seen: Option<(PathBuf, Option<Print>)> = None;
    let mut ticks = tokio::time::interval(INSPECTION);
    loop {
        ticks.tick().await;
        let Ok(Some(snapshot)) = Snapshot::current(&moisson.layout()) else {
            continue;
        };
        let graph = snapshot.graph();
        let found = print(&graph);
        match &seen {
            Some((path, first)) if *path == graph && *first != found => {}
            Some((path, _)) if *path == graph => continue,
            _ => {
                seen = Some((graph, found));
                continue;
            }
        }
        drop(snapshot);
        tracing::error!(graph = %graph.display(), "the published graph was changed from outside");
        if let Err(error) = tokio::task::block_in_place(|| moisson.mend()) {
            tracing::error!(
                error = causes(&error),
                "the published graph cannot be made again"
            );
        }
        seen = Some((graph, found));
    }
}

/// By what a change of a file is noticed: its length and when it was changed. A store's folder has none:
/// whoever opens it may write beside its files.
type Print = (u64, Option<SystemTime>);

fn print(path: &Path) -> Option<Print> {
    let about = std::fs::metadata(path).ok().filter(Metadata::is_file)?;
    Some((about.len(), about.modified().ok()))
}

/// Serves what is published until a signal asks for the end.
async fn serve(moisson: Moisson, listener: TcpListener) -> anyhow::Result<ExitCode> {
    let worker = std::env::current_exe().context("cannot find this program's own file")?;
    let address = listener.local_addr()?;
    let base = moisson.config().base_uri.clone();
    let app = App::new(moisson.config().clone(), worker);
    app.refresh()?;
    let follower = tokio::spawn(Arc::clone(&app).follow(LOOK));
    let keeper = tokio::spawn(keep(moisson));
    tracing::info!(%address, %base, "listening");
    let trusted = app.config.server.trusted_proxies.clone();
    let limits = Limits::of_this_process();
    connections::serve(listener, router(&app), limits, trusted, ended()).await;
    follower.abort();
    keeper.abort();
    Ok(ExitCode::SUCCESS)
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))
}

/// Waits for SIGINT or SIGTERM.
async fn ended() {
    let wait = |kind| async move {
        match signal(kind) {
            Ok(mut signals) => drop(signals.recv().await),
            // Without a handler the signal ends the process by itself.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = wait(SignalKind::interrupt()) => {}
        () = wait(SignalKind::terminate()) => {}
    }
    tracing::info!("stopping");
}
