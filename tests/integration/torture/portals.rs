//! Portals that lead elsewhere, or never end.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get as route;
use futures_util::stream;
use moisson::ledger::RunState;

use super::meter::Meter;
use super::row::{Limits, report};
use super::world::{Plan, World, portal};

/// A piece of a body that never ends.
const PIECE: usize = 1 << 16;

/// A body of the same piece again and again.
fn endless(head: &'static str, piece: &'static str) -> impl IntoResponse {
    let pieces = Bytes::from(piece.repeat(PIECE / piece.len()));
    let first = stream::iter([Ok::<_, Infallible>(Bytes::from_static(head.as_bytes()))]);
    let rest = futures_util::StreamExt::map(stream::repeat(pieces), Ok::<_, Infallible>);
    let body = Body::from_stream(futures_util::StreamExt::chain(first, rest));
    ([(CONTENT_TYPE, "text/turtle")], body)
}

/// Redirects to itself with a higher number.
async fn further(Path(number): Path<u64>) -> Redirect {
    Redirect::temporary(&format!("/further/{}", number + 1))
}

/// Pages that always have a next one.
async fn pages(Query(query): Query<Vec<(String, u64)>>) -> impl IntoResponse {
    let page = query.first().map_or(1, |(_, page)| *page);
    let body = format!(
        "@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .\n\
         <?page={page}> a hydra:PartialCollectionView ; hydra:next <?page={}> . <d> a dcat:Dataset .\n",
        page + 1
    );
    ([(CONTENT_TYPE, "text/turtle")], body)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`make torture` runs it alone"]
async fn redirects_and_endless_bodies_of_portals() {
    // What must not be reached: another address of this machine.
    let reached = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&reached);
    let inside = Router::new().fallback(move || {
        counted.fetch_add(1, Ordering::SeqCst);
        std::future::ready("inside")
    });
    let (inside, _inside) = World::serve("127.0.0.9", inside).await;
    let elsewhere = [
        format!("http://{inside}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[::ffff:169.254.169.254]/".to_owned(),
        "http://0xa9fea9fe/".to_owned(),
        format!("http://localhost:{}/", inside.port()),
        "file:///etc/passwd".to_owned(),
    ];
    let redirects = elsewhere.clone();
    let routes = Router::new()
        .route(
            "/to/{number}",
            route(move |Path(number): Path<usize>| {
                std::future::ready(Redirect::temporary(&redirects[number]))
            }),
        )
        .route("/further/{number}", route(further))
        .route("/pages", route(pages))
        .route(
            "/text",
            route(|| std::future::ready(endless("<d> <p> '''", "eau "))),
        )
        .route(
            "/statements",
            route(|| std::future::ready(endless("", "<http://e/d> <http://e/p> <http://e/o> .\n"))),
        );
    let (address, _serving) = World::serve("127.0.0.1", routes).await;
    let mut paths: Vec<String> = (0..elsewhere.len()).map(|n| format!("to/{n}")).collect();
    paths.extend(["further/0", "pages", "text", "statements"].map(str::to_owned));
    let names: Vec<String> = (0..paths.len()).map(|n| format!("p{n}")).collect();
    let tables = names.iter().zip(&paths);
    let plan = Plan {
        harvests: true,
        harvest: "max_download = '200MB'".to_owned(),
        portals: tables
            .map(|(name, path)| portal(name, "dcat", &format!("http://{address}/{path}")))
            .collect(),
        ..Plan::default()
    };
    let world = World::new(plan).await;
    let meter = Meter::begin(&world);
    let runs = world.harvested(&names, Duration::from_mins(10)).await;
    let measured = meter.end();
    for (run, path) in runs.iter().zip(&paths) {
        assert_ne!(run.state, RunState::Done, "{path}: {run:?}");
        assert!(run.reason.is_some(), "{path}: {run:?}");
    }
    let log = world.server.log();
    assert!(!log.contains("panicked"), "{log}");
    assert_eq!(reached.load(Ordering::SeqCst), 0, "it went inside");
    let took = runs
        .iter()
        .map(|run| run.ended.unwrap_or(run.started) - run.started);
    let slowest = took.max().and_then(|took| u64::try_from(took).ok());
    report(
        "redirects to the metadata service, to loopback, without end; pages and bodies without end",
        &format!("{} portals, 200 MB a run, nothing reached", runs.len()),
        slowest.map(Duration::from_secs),
        &measured,
        Limits::default(),
    );
}
