//! `moisson synthetic-portal`: what `make bench` harvests.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Context as _;
use axum::Router;
use clap::Args;
use tokio::net::TcpListener;

use super::{Usage, runtime};
use crate::config::PortalKind;
use crate::demo::SAMPLES;
use crate::demo::synthetic::Parameters;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[arg(long, default_value = "udata", help = format!("The software that it seems to run: {}", PortalKind::names()))]
    kind: PortalKind,
    /// How many datasets the portal lists.
    #[arg(long, default_value_t = 74_200)]
    datasets: u32,
    /// Another seed gives another portal.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The share of datasets that are served as changed, from 0 to 1.
    #[arg(long, default_value_t = 0.0)]
    changed: f64,
    /// Address and port.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
}

/// Serves until the process is ended.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.datasets == 0 || !(0.0..=1.0).contains(&arguments.changed) {
        return Err(Usage("at least one dataset, and a share from 0 to 1".to_owned()).into());
    }
    let router = router(arguments)?;
    runtime()?.block_on(async {
        let listener = TcpListener::bind(arguments.listen)
            .await
            .with_context(|| format!("cannot listen on {}", arguments.listen))?;
        tracing::info!(address = %listener.local_addr()?, "the synthetic portal listens");
        axum::serve(listener, router).await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The portal asked for: udata's records are computed, those of the other kinds repeat the sample portal.
fn router(arguments: &Arguments) -> Result<Router, Usage> {
    let name = arguments.kind.name();
    let sample = SAMPLES.iter().find(|sample| sample.kind == name);
    let sample = sample.ok_or_else(|| Usage(format!("there is no sample portal of `{name}`")))?;
    if !sample.is_changing && arguments.changed > 0.0 {
        return Err(Usage(format!(
            "a portal of `{name}` cannot be served as changed"
        )));
    }
    Ok((sample.synthetic)(&Parameters {
        datasets: arguments.datasets,
        seed: arguments.seed,
        changed: arguments.changed,
    }))
}
