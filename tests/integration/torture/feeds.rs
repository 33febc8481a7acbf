//! Feeds that are made to stop whoever reads them, harvested on schedule by the server that others ask.

use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get as route;
use moisson::config::PortalKind;
use moisson::ledger::{RunRow, RunState};

use super::meter::Meter;
use super::row::{Limits, report};
use super::world::{Plan, World, portal};
use crate::hostile::attack::{ATTACKS, Cost, chain, elements, ring, turtle, xml};
use crate::support::mishap::bomb;

/// What is sent beside the attacks of `hostile`: each costs a record or a statement.
const MORE: [fn() -> String; 6] = [
    // 44 kB.
    || turtle(&chain(1_500)),
    || turtle(&chain(10_000)),
    || turtle(&chain(100_000)),
    || turtle(&ring(5_000)),
    || xml(&elements(50_000)),
    || xml(&elements(400_000)),
];

/// A feed by its number.
async fn feed(Path(number): Path<usize>) -> Response {
    let others = ATTACKS.len();
    match number {
        number if number < others => typed((ATTACKS[number].document)()),
        number if number < others + MORE.len() => typed(MORE[number - others]()),
        _ => (
            [
                (CONTENT_TYPE, "application/rdf+xml"),
                (CONTENT_ENCODING, "gzip"),
            ],
            bomb(),
        )
            .into_response(),
    }
}

/// A document under the type that it looks like.
fn typed(document: String) -> Response {
    let media_type = match document.as_bytes().first() {
        Some(b'<') if document.contains("rdf:RDF") => "application/rdf+xml",
        Some(b'<') => "application/xml",
        Some(b'{') => "application/ld+json",
        _ if document.contains("<g> {") => "application/trig",
        _ => "text/turtle",
    };
    ([(CONTENT_TYPE, media_type)], document).into_response()
}

/// How long a run took, in seconds as the ledger counts them.
fn seconds(run: &RunRow) -> u64 {
    let ended = run.ended.unwrap_or(run.started);
    u64::try_from(ended - run.started).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`make torture` runs it alone"]
async fn hostile_feeds_are_harvested_beside_bystanders() {
    let routes = Router::new().route("/{number}", route(feed));
    let (address, _serving) = World::serve("127.0.0.1", routes).await;
    let count = ATTACKS.len() + MORE.len() + 1;
    let (mut tables, mut names, mut survive) = (String::new(), Vec::new(), Vec::new());
    for number in 0..count {
        // What attacks the readers of other kinds is no feed of theirs: `hostile` reads it as theirs.
        let is_feed = ATTACKS
            .get(number)
            .is_none_or(|attack| attack.kind == PortalKind::Dcat);
        let is_refused = number == count - 1
            || ATTACKS
                .get(number)
                .is_some_and(|attack| attack.cost == Cost::Document);
        if is_feed {
            let name = format!("a{number}");
            tables.push_str(&portal(
                &name,
                "dcat",
                &format!("http://{address}/{number}"),
            ));
            names.push(name);
            survive.push(!is_refused);
        }
    }
    let plan = Plan {
        harvests: true,
        portals: tables,
        ..Plan::default()
    };
    let world = World::new(plan).await;
    let meter = Meter::begin(&world);
    let runs = world.harvested(&names, Duration::from_mins(10)).await;
    let measured = meter.end();
    for (run, survives) in runs.iter().zip(survive) {
        let arrived = run.counts.created + run.counts.unchanged + run.counts.recognised;
        let name = &run.portal;
        // What has too many errors to look into each is cut off there, and a part of a feed is none.
        let is_cut = run
            .reason
            .as_ref()
            .is_some_and(|why| why.contains("cut off"));
        let is_there = is_cut || (run.state == RunState::Done && arrived >= 2);
        assert!(!survives || is_there, "{name}: {run:?}");
        // What a run that ends well has lost is counted: a record that is too large costs itself alone.
        let is_told = run.state != RunState::Done || run.counts.rejected > 0;
        assert!(survives || is_told, "{name}: {run:?}");
    }
    let slowest = runs.iter().map(seconds).max().unwrap_or_default();
    report(
        "hostile feeds, harvested on schedule",
        &format!("{} portals", runs.len()),
        Some(Duration::from_secs(slowest)),
        &measured,
        Limits::default(),
    );
}
