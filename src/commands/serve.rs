//! `moisson serve`: the server, with the scheduled harvests beside it.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::harvest::{bar, publish_now, show, text};
use super::schedule::Schedule;
use super::{load, now, open_ledger, output, runtime};
use crate::config::{Config, Localised, Portal, PortalKind};
use crate::demo;
use crate::harvest;
use crate::publish::Build;
use crate::record::{Base, PortalId};
use crate::vocabulary::Vocabularies;
use crate::web::{App, router};

/// How often the server looks whether something new is published.
const LOOK: Duration = Duration::from_millis(500);
/// How long requests in progress may take once the server is asked to stop.
const FAREWELL: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Serve the bundled sample portal from a temporary folder.
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
            return demonstrate(arguments, folder.path()).await;
        }
        let mut config = load(path)?;
        if let Some(listen) = arguments.listen {
            config.server.listen = listen;
        }
        let listener = bind(config.server.listen).await?;
        let schedule = if arguments.no_harvest {
            None
        } else {
            Some(Schedule::start(&config)?)
        };
        let served = serve(config, listener).await;
        if let Some(schedule) = schedule {
            schedule.stop().await;
        }
        served
    })
}

/// Serves what is published until a signal asks for the end.
async fn serve(config: Config, listener: TcpListener) -> anyhow::Result<ExitCode> {
    let worker = std::env::current_exe().context("cannot find this program's own file")?;
    let address = listener.local_addr()?;
    let base = config.base_uri.clone();
    let app = App::new(config, worker);
    app.refresh()?;
    let follower = tokio::spawn(Arc::clone(&app).follow(LOOK));
    tracing::info!(%address, %base, "listening");
    let (stop, stopped) = tokio::sync::watch::channel(());
    let mut begun = stopped.clone();
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        ended().await;
        drop(stop);
    });
    let late = async move {
        // The channel closes when the signal has come.
        while begun.changed().await.is_ok() {}
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        served = async { serving.await } => served.context("the server stopped")?,
        () = late => tracing::warn!("requests that did not end in time are cut off"),
    }
    follower.abort();
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

/// Harvests the bundled sample portal, then serves what came of it.
async fn demonstrate(arguments: &Arguments, folder: &Path) -> anyhow::Result<ExitCode> {
    let listen = arguments.listen.unwrap_or(Config::default().server.listen);
    let listener = bind(listen).await?;
    let address = listener.local_addr()?;
    let (sample, _portal) =
        demo::spawn(demo::udata::router(demo::udata::SampleData::bundled()), 0).await?;
    let config = demo_config(address, sample, folder)?;
    let mut ledger = open_ledger(&config)?;
    let vocabularies = Vocabularies::builtin();
    harvest::describe_self(&mut ledger, &config, vocabularies, now())?;
    for portal in &config.portals {
        let bar = bar(portal);
        let progress = |progress| show(&bar, progress);
        let report = harvest::run(
            &mut ledger,
            &config,
            portal,
            vocabularies,
            harvest::Request::default(),
            &progress,
            &now,
        )
        .await?;
        bar.finish_and_clear();
        output::complain(&text(&report));
    }
    tokio::task::block_in_place(|| publish_now(&mut ledger, &config, Build::CatchUp))?;
    drop(ledger);
    let reader = crate::ledger::Reader::open(&config.store.path, &config.base_uri)?;
    let filter = crate::ledger::Filter {
        kinds: vec![crate::record::Kind::Dataset],
        ..Default::default()
    };
    let page = reader.page(
        &filter,
        crate::ledger::Position::Offset(0),
        1,
        reader.sequence()?,
    )?;
    drop(reader);
    output::complain(&invitation(
        address,
        page.records.first().map(|dataset| dataset.iri.as_str()),
        page.total,
    ));
    serve(config, listener).await
}

fn demo_config(address: SocketAddr, sample: SocketAddr, folder: &Path) -> anyhow::Result<Config> {
    let mut config = Config {
        base_uri: Base::new(&format!("http://{address}/"))?,
        ..Config::default()
    };
    config.server.listen = address;
    folder.clone_into(&mut config.store.path);
    config.catalogue.licence = Some("lov2".to_owned());
    config.portals.push(Portal {
        title: Some(Localised::ByLanguage(
            [
                ("fr".to_owned(), "Portail d’exemple".to_owned()),
                ("en".to_owned(), "Sample portal".to_owned()),
            ]
            .into(),
        )),
        language: Some("fr".to_owned()),
        allow_private: true,
        ..Portal::new(
            PortalId::new("exemple")?,
            PortalKind::Udata,
            &format!("http://{sample}/"),
        )
    });
    Ok(config)
}

fn invitation(address: SocketAddr, dataset: Option<&str>, total: u64) -> String {
    let dataset = dataset.unwrap_or_default();
    format!(
        "
{total} datasets are served on http://{address}/   (Ctrl-C stops; nothing is kept)

  a page             http://{address}/catalog        in a browser
  a dataset          {dataset}
  as Turtle          curl -L -H 'Accept: text/turtle' {dataset}
  as JSON-LD         curl {dataset}.jsonld
  the DCAT feed      curl http://{address}/catalog.ttl
  a query            curl http://{address}/sparql --data-urlencode 'query=
                       PREFIX dcat: <http://www.w3.org/ns/dcat#>
                       SELECT ?theme (COUNT(?dataset) AS ?count) {{ ?dataset a dcat:Dataset ; dcat:theme ?theme }}
                       GROUP BY ?theme ORDER BY DESC(?count)'
"
    )
}
