//! `moisson synthetic-portal`: what `make bench` harvests.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Context as _;
use axum::Router;
use clap::Args;
use tokio::net::TcpListener;

use super::{Usage, runtime};
use crate::config::PortalKind;
use crate::demo::synthetic::{self, Parameters};
use crate::demo::{ckan, csw, dcat, ods, transport};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The software that it seems to run: udata, ckan, ods, csw, dcat or transport.
    #[arg(long, default_value = "udata")]
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
    if arguments.kind != PortalKind::Udata && arguments.changed > 0.0 {
        return Err(Usage(
            "only a udata portal can be served as changed".to_owned(),
        ));
    }
    let datasets = usize::try_from(arguments.datasets).unwrap_or(usize::MAX);
    let seed = arguments.seed;
    Ok(match arguments.kind {
        PortalKind::Udata => synthetic::router(Parameters {
            datasets: arguments.datasets,
            seed,
            changed: arguments.changed,
        }),
        PortalKind::Ckan => ckan::router(ckan::SampleData::synthetic(datasets, seed)),
        PortalKind::Csw => csw::router(csw::SampleData::synthetic(datasets, seed)),
        PortalKind::Dcat => dcat::router(dcat::SampleData::synthetic(datasets, seed)),
        PortalKind::Ods => ods::router(ods::SampleData::synthetic(datasets, seed)),
        PortalKind::Transport => {
            transport::router(transport::SampleData::synthetic(datasets, seed))
        }
    })
}
