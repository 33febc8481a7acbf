//! Clients that read slowly or not at all, and requests that never become whole.

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt as _;

use super::meter::Meter;
use super::row::{Limits, report};
use super::world::{ATTACKER, CATALOGUE, DATASETS, Plan, World, request};
use crate::support::serving::{rest, say};

/// Files of a server that may open few.
const FEW: u32 = 128;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`make torture` runs it alone"]
async fn readers_and_idle_readers_of_large_pages() {
    let world = World::new(Plan::default()).await;
    let meter = Meter::begin(&world);
    let mut unread = Vec::new();
    for _ in 0..50 {
        unread.push(world.open(ATTACKER, CATALOGUE).await);
    }
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let address = world.server.address;
            tokio::spawn(async move {
                let asked = Instant::now();
                let mut connection = say(ATTACKER, address, &request(CATALOGUE, "")).await;
                let answer = rest(&mut connection, Duration::from_mins(5)).await;
                (answer.unwrap_or_default(), asked.elapsed())
            })
        })
        .collect();
    let (mut bytes, mut slowest) = (0, Duration::ZERO);
    for reader in readers {
        let (answer, took) = reader.await.unwrap();
        let is_whole = answer.ends_with("0\r\n\r\n") && answer.len() > DATASETS * 20_000;
        assert!(is_whole, "a page of {} bytes is not whole", answer.len());
        bytes += answer.len();
        slowest = slowest.max(took);
    }
    let measured = meter.end();
    let limits = Limits {
        answer: Duration::from_mins(4),
        late: Duration::from_secs(4),
        ..Limits::default()
    };
    report(
        "50 readers and 50 idle readers of `/catalog.rdf?page_size=1000`",
        &format!("{} MB read", bytes >> 20),
        Some(slowest),
        &measured,
        limits,
    );
}

/// What a client does that ties a connection up.
#[derive(Clone, Copy)]
enum Slow {
    /// Half a head.
    Head,
    /// A body of which a byte comes now and then.
    Body,
    /// It takes nothing of a large page.
    Reader,
}

impl Slow {
    fn text(self) -> String {
        match self {
            Self::Head => "GET /health HTTP/1.1\r\nhost: e.org\r\nx-half: ".to_owned(),
            Self::Body => {
                "POST /sparql HTTP/1.1\r\nhost: e.org\r\ncontent-type: application/sparql-query\r\n\
                           content-length: 100000\r\n\r\nSELECT"
                    .to_owned()
            }
            Self::Reader => request(CATALOGUE, ""),
        }
    }
}

/// `count` such clients from `addresses` addresses against a server of few files; how many were let go.
async fn slow_clients(name: &str, slow: Slow, count: u16, addresses: u16, limits: Limits) {
    let plan = Plan {
        files: FEW,
        ..Plan::default()
    };
    let world = World::new(plan).await;
    let meter = Meter::begin(&world);
    let mut open = Vec::new();
    for number in 0..count {
        let [_, last] = (number % addresses).to_be_bytes();
        let from = IpAddr::V4(Ipv4Addr::new(127, 0, 1, last));
        open.push(say(from, world.server.address, &slow.text()).await);
    }
    // Longer than any of them may go on.
    for _ in 0..10 {
        for connection in &mut open {
            if matches!(slow, Slow::Body) {
                // Whoever has been let go cannot be written to.
                let _ = connection.write_all(b" ").await;
            }
        }
        tokio::time::sleep(Duration::from_millis(4_500)).await;
    }
    let mut ended = 0;
    for connection in &mut open {
        let rest = rest(connection, Duration::from_secs(5)).await;
        ended += u16::from(rest.is_some());
    }
    let measured = meter.end();
    let where_from = match addresses {
        1 => "one address".to_owned(),
        addresses => format!("{addresses} addresses"),
    };
    assert_eq!(ended, count, "{name}: the others are still open");
    report(
        &format!("{name}, {FEW} files"),
        &format!("{count} of {where_from}, all let go"),
        None,
        &measured,
        limits,
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`make torture` runs it alone"]
async fn half_sent_requests_slow_bodies_and_no_readers_with_few_files() {
    let all = Limits::default();
    // Where every place is waited in, whoever comes is pushed out by the many that come before its request
    // is read.
    let most = Limits { failed: 1, ..all };
    slow_clients("half-sent requests", Slow::Head, 300, 1, all).await;
    slow_clients("half-sent requests", Slow::Head, 2_000, 100, most).await;
    slow_clients("bodies that trickle", Slow::Body, 300, 1, all).await;
    slow_clients("clients that do not read", Slow::Reader, 300, 1, all).await;
    // With as many addresses as it takes, every place can be taken for half a minute: /health answers.
    let health = Limits {
        failed: 100,
        ..Limits::default()
    };
    slow_clients("bodies that trickle", Slow::Body, 300, 100, health).await;
    slow_clients("clients that do not read", Slow::Reader, 300, 100, health).await;
}
