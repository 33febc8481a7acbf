//! Queries: nested without end, very many of one address, one heavy one after the other.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use super::meter::Meter;
use super::row::{Limits, report};
use super::world::{ATTACKER, ENDLESS, Plan, World, request};
use crate::support::serving::{rest, say};

/// How many answers had which status; 0 where none came.
type Statuses = BTreeMap<u16, usize>;

fn status(answer: Option<&String>) -> u16 {
    let status = answer.and_then(|answer| answer.get(9..12)?.parse().ok());
    status.unwrap_or(0)
}

fn shown(statuses: &Statuses) -> String {
    let parts = statuses.iter().map(|(status, count)| match status {
        0 => format!("{count} unanswered"),
        status => format!("{count} × {status}"),
    });
    parts.collect::<Vec<_>>().join(", ")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`make torture` runs it alone"]
async fn nested_queries_are_refused_at_once() {
    let world = World::new(Plan::default()).await;
    let nested = [
        format!("SELECT * {}{}", "{".repeat(50_000), "}".repeat(50_000)),
        format!(
            "SELECT * {{ FILTER {}1{} }}",
            "(".repeat(50_000),
            ")".repeat(50_000)
        ),
        format!("SELECT * {{ FILTER({}true) }}", "!".repeat(50_000)),
        format!("SELECT * {{ ?s {}<e:a> ?o }}", "<e:a>/".repeat(50_000)),
        format!("SELECT * {{ {}{{}} }}", "{} UNION ".repeat(50_000)),
    ];
    let meter = Meter::begin(&world);
    let (mut slowest, mut statuses) = (Duration::ZERO, Statuses::new());
    for _ in 0..20 {
        for query in &nested {
            let length = query.len();
            let text = format!(
                "POST /sparql HTTP/1.1\r\nhost: e.org\r\nconnection: close\r\n\
                 content-type: application/sparql-query\r\ncontent-length: {length}\r\n\r\n{query}"
            );
            let asked = Instant::now();
            let mut connection = say(ATTACKER, world.server.address, &text).await;
            let answer = rest(&mut connection, Duration::from_secs(30)).await;
            slowest = slowest.max(asked.elapsed());
            *statuses.entry(status(answer.as_ref())).or_default() += 1;
        }
    }
    let measured = meter.end();
    assert_eq!(statuses, Statuses::from([(400, 100)]));
    let limits = Limits {
        answer: Duration::from_secs(5),
        ..Limits::default()
    };
    report(
        "50,000 braces, brackets, signs, steps, unions in a query",
        &format!("100 queries: {}", shown(&statuses)),
        Some(slowest),
        &measured,
        limits,
    );
}

/// Opens so many endless queries of one address, and lets the bystander ask for a while beside them.
async fn open_queries(count: usize) {
    let world = World::new(Plan::default()).await;
    let meter = Meter::begin(&world);
    let begun = Instant::now();
    let mut open = Vec::new();
    for _ in 0..count {
        let mut connection = world.open(ATTACKER, ENDLESS).await;
        open.push(tokio::spawn(async move {
            let answer = rest(&mut connection, Duration::from_mins(2)).await;
            (status(answer.as_ref()), begun.elapsed())
        }));
    }
    let opened = begun.elapsed();
    tokio::time::sleep(Duration::from_secs(15)).await;
    let measured = meter.end();
    let (mut statuses, mut first) = (Statuses::new(), None::<Duration>);
    let mut waiting = 0;
    for query in open {
        if query.is_finished() {
            let (status, took) = query.await.unwrap();
            *statuses.entry(status).or_default() += 1;
            first = Some(first.map_or(took, |first| first.min(took)));
        } else {
            query.abort();
            waiting += 1;
        }
    }
    let told = shown(&statuses);
    // All but those that run or have a place to wait are told so at once.
    assert!(waiting <= 20, "{told}; {waiting} wait");
    let limits = Limits {
        answer: opened + Duration::from_secs(2),
        ..Limits::default()
    };
    report(
        &format!("{count} open queries of one address"),
        &format!("{told}; {waiting} wait"),
        first,
        &measured,
        limits,
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`make torture` runs it alone"]
async fn open_queries_of_one_address() {
    for count in [65, 80, 300, 1_000] {
        open_queries(count).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`make torture` runs it alone"]
async fn serial_queries_behind_forged_addresses_meet_the_quota() {
    const MOST: Duration = Duration::from_mins(2);
    let proxy = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 5));
    let plan = Plan {
        server: format!("trusted_proxies = ['{proxy}']"),
        ..Plan::default()
    };
    let world = World::new(plan).await;
    let meter = Meter::begin(&world);
    let begun = Instant::now();
    let mut statuses = Statuses::new();
    let mut queries = 0;
    while !statuses.contains_key(&429) && begun.elapsed() < MOST {
        queries += 1;
        // Each query says that it came from somebody else; the proxy adds who really sent it.
        let forged =
            format!("x-forwarded-for: 198.51.100.{queries}, 10.0.0.{queries}, 203.0.113.9\r\n");
        let mut connection = say(proxy, world.server.address, &request(ENDLESS, &forged)).await;
        let answer = rest(&mut connection, MOST).await;
        *statuses.entry(status(answer.as_ref())).or_default() += 1;
    }
    let until = begun.elapsed();
    let measured = meter.end();
    let limits = Limits {
        answer: MOST,
        ..Limits::default()
    };
    assert!(statuses.contains_key(&429), "{}", shown(&statuses));
    report(
        "endless queries one after the other, each with another X-Forwarded-For",
        &format!("{queries} queries: {}", shown(&statuses)),
        Some(until),
        &measured,
        limits,
    );
}
