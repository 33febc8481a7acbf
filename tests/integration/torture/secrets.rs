//! A portal whose address has credentials: whatever the server says afterwards has none of them.

use std::time::{Duration, Instant};

use super::meter::Meter;
use super::row::{Limits, report};
use super::world::{ATTACKER, Plan, World, portal};
use crate::hostile::secrets::{assert_hidden, feed, url};

/// What is asked: everything that shows a portal, its runs or its records.
const PATHS: [&str; 14] = [
    "/",
    "/status",
    "/status.json",
    "/portal/secret",
    "/portal/secret.ttl",
    "/harvest/secret",
    "/harvest/secret.json",
    "/catalog.ttl?page_size=1000&portal=secret",
    "/catalog.rdf?page_size=1000&portal=secret",
    "/catalog.jsonld?page_size=1000&portal=secret&links=all",
    "/catalog?portal=secret",
    "/metrics",
    "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20FILTER(CONTAINS(STR(%3Fo)%2C%20%22127.0.0.1%22))%20%7D",
    "/sparql?query=SELECT%20*%20%7B%20GRAPH%20%3Fg%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20FILTER(CONTAINS(STR(%3Fo)%2C%20%22127.0.0.1%22))%20%7D",
];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`make torture` runs it alone"]
async fn credentials_of_an_address_are_in_nothing_that_is_said() {
    let (address, asked) = feed().await;
    let names = ["secret".to_owned()];
    let plan = Plan {
        harvests: true,
        portals: portal("secret", "dcat", &url(address, "/c.ttl")),
        ..Plan::default()
    };
    let world = World::new(plan).await;
    let meter = Meter::begin(&world);
    let runs = world.harvested(&names, Duration::from_mins(3)).await;
    // Until it is published.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let mut paths = PATHS.map(str::to_owned).to_vec();
    for extension in ["", ".json", ".ttl"] {
        paths.push(format!("/harvest/secret/{}{extension}", runs[0].id));
    }
    let (mut slowest, mut bytes) = (Duration::ZERO, 0);
    let mut hidden = 0;
    for path in &paths {
        let begun = Instant::now();
        let answer = world.ask(ATTACKER, path, Duration::from_mins(1)).await;
        let answer = answer.expect(path);
        slowest = slowest.max(begun.elapsed());
        assert!(!answer.starts_with("HTTP/1.1 5"), "{path}: {answer}");
        assert_hidden(&answer, path);
        bytes += answer.len();
        hidden += answer.matches("apikey=***").count();
    }
    let dump = world.site.succeed(&["dump"]).out;
    assert!(dump.contains("Le titre"), "the portal was not harvested");
    for (what, text) in [
        ("the log", world.server.log()),
        ("dump", dump),
        (
            "status",
            world.site.succeed(&["status", "--findings", "secret"]).out,
        ),
        (
            "status --json",
            world.site.succeed(&["status", "--json"]).out,
        ),
    ] {
        assert_hidden(&text, what);
        bytes += text.len();
    }
    let measured = meter.end();
    assert!(hidden > 0, "nothing shows the address at all");
    let sent = asked
        .lock()
        .unwrap()
        .iter()
        .any(|one| one.contains("apikey=s3cr3tkey"));
    assert!(sent, "the portal did not get its key");
    report(
        "userinfo and `apikey=` in a portal's address",
        &format!(
            "{} answers, dump, status, log: {} kB without them",
            paths.len(),
            bytes >> 10
        ),
        Some(slowest),
        &measured,
        Limits::default(),
    );
}
