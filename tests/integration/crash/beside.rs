//! Several processes over one store: a server beside harvests, two harvests, readers beside retention.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use moisson::demo::udata::SampleData;
use moisson::ledger::RunState;
use moisson::publish::{Snapshot, Writer};

use super::{turn, until};
use crate::faults::plain;
use crate::support::program::{Done, Site};
use crate::support::unsound::{Fault, Unsound};

const TITLES: &str = "/sparql?query=PREFIX%20dct%3A%20%3Chttp%3A%2F%2Fpurl.org%2Fdc%2Fterms%2F%3E%20PREFIX%20dcat%3A%20%3Chttp%3A%2F%2Fwww.w3.org%2Fns%2Fdcat%23%3E%20SELECT%20DISTINCT%20%3Ft%20WHERE%20%7B%20%3Fd%20a%20dcat%3ADataset%20%3B%20dct%3Atitle%20%3Ft%20%7D";

/// A running server; it ends with the test.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn beside(site: &Site) -> Self {
        let mut process = site.start(&["serve", "--no-harvest", "--listen", "127.0.0.1:0"]);
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = lines
            .find_map(|line| {
                let line = line.unwrap();
                let (_, rest) = line.split_once("address=")?;
                Some(rest.split_whitespace().next().unwrap().parse().unwrap())
            })
            .expect("the server says where it listens");
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, address }
    }

    /// The status and the body; the body is whole, or it panics.
    fn get(&self, path: &str) -> (u16, String) {
        get(self.address, path)
    }
}

fn get(address: SocketAddr, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = "Accept: application/sparql-results+json, text/turtle\r\nConnection: close";
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\n{head}\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a whole head");
    let head = head.to_ascii_lowercase();
    match head.split_once("content-length: ") {
        Some((_, rest)) => {
            let length: usize = rest.lines().next().unwrap().trim().parse().unwrap();
            assert_eq!(body.len(), length, "{path} is cut off");
        }
        None => assert!(body.ends_with("0\r\n\r\n"), "{path} is cut off: {head}"),
    }
    (
        head.split(' ').nth(1).unwrap().parse().unwrap(),
        body.to_owned(),
    )
}

/// Gives every dataset the same title.
fn entitle(data: &SampleData, generation: usize) {
    data.change(|records| {
        for dataset in &mut records.datasets {
            dataset["title"] = format!("Génération {generation}.").into();
        }
    });
}

/// Which generations a text mentions.
fn generations(text: &str) -> Vec<usize> {
    let mut found: Vec<usize> = text
        .split("Génération ")
        .skip(1)
        .filter_map(|rest| rest.split_once('.')?.0.parse().ok())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_shows_each_harvest_whole_and_answers_while_it_changes() {
    let portal = Unsound::of(plain(20)).await;
    let site = Site::at(portal.address);
    entitle(&portal.data, 0);
    site.succeed(&["harvest"]);
    let text = std::fs::read_to_string(site.folder.path().join("moisson.toml")).unwrap();
    site.write_config(&format!(
        "{text}\n[sparql]\nquota = {{ seconds_per_minute = 6000 }}\n"
    ));
    tokio::task::block_in_place(|| {
        let server = Server::beside(&site);
        let stop = Arc::new(AtomicBool::new(false));
        let answered = Arc::new(AtomicUsize::new(0));
        let clients: Vec<_> = [TITLES, "/catalog.ttl"]
            .into_iter()
            .map(|path| {
                let (stop, answered, address) =
                    (Arc::clone(&stop), Arc::clone(&answered), server.address);
                std::thread::spawn(move || {
                    let mut last = 0;
                    while !stop.load(Ordering::Relaxed) {
                        let (status, body) = get(address, path);
                        assert_eq!(status, 200, "{path}: {body}");
                        let seen = generations(&body);
                        assert_eq!(seen.len(), 1, "{path} mixes {seen:?}");
                        assert!(
                            seen[0] >= last,
                            "{path} goes back from {last} to {}",
                            seen[0]
                        );
                        last = seen[0];
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                    last
                })
            })
            .collect();
        for generation in 1..=5 {
            entitle(&portal.data, generation);
            let before = answered.load(Ordering::Relaxed);
            let harvest = site.start(&["harvest", "--full"]);
            let done = Done::from(harvest.wait_with_output().unwrap());
            assert_eq!(done.status, Some(0), "{done:#?}");
            let published = Instant::now();
            until("the new generation is served", || {
                generations(&server.get(TITLES).1) == [generation]
            });
            assert!(
                published.elapsed() < Duration::from_secs(5),
                "{:?}",
                published.elapsed()
            );
            assert!(answered.load(Ordering::Relaxed) > before);
        }
        stop.store(true, Ordering::Relaxed);
        for client in clients {
            assert!(client.join().unwrap() >= 4);
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_published_is_not_shown() {
    let portal = Unsound::of(plain(20)).await;
    let site = Site::at(portal.address);
    entitle(&portal.data, 1);
    site.succeed(&["harvest"]);
    tokio::task::block_in_place(|| {
        let server = Server::beside(&site);
        // The harvest commits, and waits for whoever publishes.
        let layout = site.layout();
        let writer = Writer::acquire(&layout, || {}).unwrap();
        entitle(&portal.data, 2);
        let sequence = site.ledger().sequence().unwrap();
        let harvest = site.start(&["harvest", "--full"]);
        let reader = site.reader();
        until("the harvest is committed", || {
            reader.sequence().unwrap() > sequence
        });
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(generations(&server.get("/catalog.ttl").1), [1]);
        assert_eq!(generations(&server.get(TITLES).1), [1]);
        drop(writer);
        let done = Done::from(harvest.wait_with_output().unwrap());
        assert_eq!(done.status, Some(0), "{done:#?}");
        assert!(
            done.err
                .contains("waiting for another process to finish publishing"),
            "{done:#?}"
        );
        until("the harvest is served", || {
            generations(&server.get("/catalog.ttl").1) == [2]
        });
        until("the harvest can be queried", || {
            generations(&server.get(TITLES).1) == [2]
        });
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn two_harvests_of_one_portal_do_not_mix() {
    let portal = Unsound::of(plain(20)).await;
    portal.breaks(
        "/api/1/datasets/",
        0..1,
        Fault::Slow(Duration::from_secs(2)),
    );
    let site = Site::at(portal.address);
    // Both make the store: neither is there first.
    let both = [site.start(&["harvest"]), site.start(&["harvest"])];
    let done =
        tokio::task::block_in_place(|| both.map(|one| Done::from(one.wait_with_output().unwrap())));
    let mut statuses = [done[0].status, done[1].status];
    statuses.sort_unstable();
    assert_eq!(statuses, [Some(0), Some(1)], "{done:#?}");
    let refused = if done[0].status == Some(1) {
        &done[0]
    } else {
        &done[1]
    };
    assert!(
        refused
            .err
            .contains("portal exemple is being harvested by another process"),
        "{done:#?}"
    );
    assert_eq!(site.last_run().state, RunState::Done);
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn harvests_of_two_portals_beside_each_other_are_both_published() {
    let (one, two) = (Unsound::of(plain(20)).await, Unsound::of(plain(20)).await);
    let site = Site::at(one.address);
    // They have the same datasets, which would be recognised.
    let other = format!(
        "[recognition]\nenabled = false\n[[portal]]\nid = 'autre'\nkind = 'udata'\nurl = 'http://{}/'\nallow_private = true",
        two.address
    );
    site.configure(one.address, "", &other);
    let both = [
        site.start(&["harvest", "exemple"]),
        site.start(&["harvest", "autre"]),
    ];
    for one in both {
        let done = Done::from(tokio::task::block_in_place(|| {
            one.wait_with_output().unwrap()
        }));
        assert_eq!(done.status, Some(0), "{done:#?}");
    }
    assert_eq!(site.published(), Some(site.ledger().sequence().unwrap()));
    site.assert_published_whole();
    let descriptions = site.descriptions();
    for portal in ["exemple", "autre"] {
        let of = format!("/dataset/{portal}/");
        let count = descriptions.keys().filter(|iri| iri.contains(&of)).count();
        assert_eq!(count, 20, "{portal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_in_use_is_kept_and_old_ones_are_not() {
    let portal = Unsound::of(plain(20)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let text = std::fs::read_to_string(site.folder.path().join("moisson.toml")).unwrap();
    site.write_config(&format!("{text}\n[store]\nkeep_snapshots = 2\n"));
    let kept = || {
        let entries = std::fs::read_dir(site.layout().snapshots()).unwrap();
        entries
            .filter(|entry| entry.as_ref().unwrap().path().is_dir())
            .count()
    };
    let used = Snapshot::current(&site.layout()).unwrap().unwrap();
    for generation in 1..5 {
        turn(&portal.data, generation);
        site.succeed(&["harvest", "--full"]);
        assert!(kept() <= 3, "{:?}", site.entries());
    }
    assert!(used.graph().exists() && used.folder().join("manifest.json").is_file());
    let folder = used.folder().to_owned();
    drop(used);
    turn(&portal.data, 5);
    site.succeed(&["harvest", "--full"]);
    assert!(!folder.exists());
    assert_eq!(kept(), 2, "{:?}", site.entries());
    let text = std::fs::read_to_string(site.folder.path().join("moisson.toml")).unwrap();
    site.write_config(&text.replace("keep_snapshots = 2", "keep_snapshots = 1"));
    turn(&portal.data, 6);
    site.succeed(&["harvest", "--full"]);
    assert_eq!(kept(), 1, "{:?}", site.entries());
}
