//! Many readers of large pages of the catalogue, and of the account of a large harvest, as the system counts
//! them for the real program.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use axum::Router;
use axum::routing::get as route;
use moisson::demo;
use moisson::ledger::{Mode, Skipped};
use moisson::rdf::syntax::Syntax;
use moisson::record::PortalId;

use crate::faults::plain;
use crate::memory::{configuration, feed};
use crate::support::program::Site;
use crate::support::serving::{Server, get, rest, say};
use crate::support::unsound::Unsound;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Datasets of 20 kB: a page of 8 MB.
const DATASETS: usize = 400;

/// What so many readers may take, in kB: buffers of a connection, and what is being made of a few pages.
const MORE: u64 = 100 << 10;

/// A server of what a portal of these routes had, and the folder that it serves from.
async fn serving(routes: Router) -> (Site, Server) {
    let (portal, portal_server) = demo::spawn(routes, 0).await.unwrap();
    let site = Site::at(portal);
    site.write_config(&configuration(portal));
    site.succeed(&["harvest"]);
    portal_server.abort();
    let mut command = site.command(&["serve", "--no-harvest", "--listen", "127.0.0.1:0"]);
    let server = Server::start(&mut command);
    (site, server)
}

#[tokio::test(flavor = "multi_thread")]
async fn many_readers_of_large_pages_take_little_memory() {
    let routes = Router::new().route("/catalog.rdf", route(|| std::future::ready(feed(DATASETS))));
    let (_site, server) = serving(routes).await;
    let page = |syntax: Syntax| format!("/catalog.{}?page_size=1000", syntax.extension());
    for syntax in Syntax::ALL {
        let one = get(HERE, server.address, &page(syntax)).await;
        assert!(one.len() > DATASETS * 20_000, "{syntax:?}: {}", one.len());
    }
    let before = server.memory("VmHWM");
    let idle = |syntax: Syntax, encoding: &str| {
        let path = page(syntax);
        format!("GET {path} HTTP/1.1\r\nhost: e.org\r\naccept-encoding: {encoding}\r\n\r\n")
    };
    let mut unread = Vec::new();
    for syntax in Syntax::ALL {
        for encoding in ["identity", "gzip", "br", "zstd"] {
            for _ in 0..2 {
                unread.push(say(HERE, server.address, &idle(syntax, encoding)).await);
            }
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle_readers = server.memory("VmHWM");
    println!(
        "{} readers that do not read: {before} kB before, {idle_readers} kB at most",
        unread.len()
    );
    let readers: Vec<_> = (0..50)
        .map(|number| {
            let path = page(Syntax::ALL[number % Syntax::ALL.len()]);
            let address = server.address;
            tokio::spawn(async move {
                let from = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
                let text =
                    format!("GET {path} HTTP/1.1\r\nhost: e.org\r\nconnection: close\r\n\r\n");
                let mut connection = say(from, address, &text).await;
                let answer = rest(&mut connection, Duration::from_mins(5)).await.unwrap();
                (answer.len(), answer.ends_with("0\r\n\r\n"))
            })
        })
        .collect();
    for reader in readers {
        let (length, whole) = reader.await.unwrap();
        assert!(whole && length > DATASETS * 20_000, "{length}");
    }
    let after = server.memory("VmHWM");
    println!("and 50 that do: {after} kB at most");
    assert!(after < before + MORE, "{before} kB, then {after} kB");
}

/// Texts of a mebibyte in the large record.
const TEXTS: usize = 8;

/// What documents of the large record may take, in kB: one while it is made, and what is being put aside of
/// a few others. Made by all at once, it was several gigabytes.
const LARGE: u64 = 300 << 10;

#[tokio::test(flavor = "multi_thread")]
async fn readers_of_a_large_record_who_do_not_read_take_the_memory_of_one() {
    let record = || {
        let mut text = "@prefix dct: <http://purl.org/dc/terms/> .\n\
            <https://e.org/d> a <http://www.w3.org/ns/dcat#Dataset> ; dct:title 'Large' .\n"
            .to_owned();
        for number in 0..TEXTS {
            let long = "Relevé ".repeat((1 << 20) / "Relevé ".len() - 2);
            let line = format!("<https://e.org/d> dct:description \"{number} {long}\" .\n");
            text.push_str(&line);
        }
        ([(axum::http::header::CONTENT_TYPE, "text/turtle")], text)
    };
    let routes = Router::new().route("/catalog.rdf", route(move || std::future::ready(record())));
    let (_site, server) = serving(routes).await;
    let page = get(HERE, server.address, "/catalog.nt").await;
    assert!(page.len() > TEXTS * 1_000_000, "{}", page.len());
    let (_, rest_of) = page.split_once("dcat#dataset> <").unwrap();
    let iri = rest_of.split('>').next().unwrap();
    let path = url::Url::parse(iri).unwrap().path().to_owned();
    let before = server.memory("VmHWM");
    let mut unread = Vec::new();
    for number in 0..12_u8 {
        // Four of an address are answered at once.
        let from = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 1 + number / 4));
        let syntax = ["ttl", "rdf", "jsonld", "nt", "trig", "html"][usize::from(number) % 6];
        let asked = match number % 2 {
            0 => format!("{path}.{syntax}"),
            _ => format!("/catalog.{syntax}"),
        };
        let text = format!("GET {asked} HTTP/1.1\r\nhost: e.org\r\n\r\n");
        unread.push(say(from, server.address, &text).await);
    }
    // Whoever asks after them has his answer when they have theirs.
    let last = get(HERE, server.address, &format!("{path}.nq")).await;
    assert!(last.len() > TEXTS * 1_000_000, "{}", last.len());
    let after = server.memory("VmHWM");
    println!(
        "{before} kB before, {after} kB at most with {} readers",
        unread.len()
    );
    assert!(after < before + LARGE, "{before} kB, then {after} kB");
}

/// What the ledger's readers, of which there are 16, keep of its file, and 24 MB, in kB.
const CACHES: u64 = (16 * 8 + 24) << 10;

/// Records of a harvest, of each of which is said why it was left out.
const RECORDS: usize = 100_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_account_of_a_large_harvest_is_never_held_whole() {
    let portal = Unsound::of(plain(3)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let mut ledger = site.ledger();
    let id = PortalId::new("exemple").unwrap();
    let run = ledger.begin(&id, Mode::Full, 0).unwrap();
    let why = "it was listed, and gone when it was asked for; ".repeat(6);
    let records: Vec<_> = (0..RECORDS)
        .map(|n| Skipped {
            collection: "datasets".to_owned(),
            key: format!("{n:06}"),
            reason: why.clone(),
        })
        .collect();
    ledger.skip(run, &records).unwrap();
    drop((ledger, records));
    let mut command = site.command(&["serve", "--no-harvest", "--listen", "127.0.0.1:0"]);
    let server = Server::start(&mut command);
    get(HERE, server.address, "/harvest/exemple.json").await;
    let before = server.memory("VmHWM");
    let request = format!("GET /harvest/exemple/{run}.json HTTP/1.0\r\nhost: e.org\r\n\r\n");
    let mut unread = Vec::new();
    for _ in 0..10 {
        unread.push(say(HERE, server.address, &request).await);
    }
    let mut connection = say(HERE, server.address, &request).await;
    let answer = rest(&mut connection, Duration::from_mins(2)).await.unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let account: serde_json::Value = serde_json::from_str(body).unwrap();
    let records = account["records"].as_array().unwrap();
    assert_eq!(records.len(), RECORDS);
    let keys = records.iter().map(|one| one["record"].as_str().unwrap());
    assert!(keys.is_sorted(), "not in their order");
    assert_eq!(records[0]["state"], "skipped");
    let after = server.memory("VmHWM");
    println!(
        "an account of {} MB: {before} kB before, {after} kB at most",
        body.len() >> 20
    );
    // Held whole it was 34 MB of text and as much of records for each of them.
    assert!(after < before + CACHES, "{before} kB, then {after} kB");
}
