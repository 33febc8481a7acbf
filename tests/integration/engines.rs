//! What keeps the graph: chosen in the configuration, changed at any time, made again where it is damaged
//! or of an older version; and never half an answer.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;

use moisson::config::Engine;
use moisson::graph::Storage;
use moisson::publish::Snapshot;

use crate::faults::plain;
use crate::support::program::{Done, Site};
use crate::support::unsound::Unsound;

const COUNT: &str =
    "PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT (COUNT(*) AS ?n) { ?d a dcat:Dataset }";

async fn harvested() -> (Unsound, Site) {
    let portal = Unsound::of(plain(12)).await;
    let site = Site::at(portal.address);
    std::fs::write(site.folder.path().join("q.rq"), COUNT).unwrap();
    site.succeed(&["harvest"]);
    (portal, site)
}

fn snapshot(site: &Site) -> Snapshot {
    Snapshot::current(&site.layout()).unwrap().unwrap()
}

/// The names of the snapshots' folders.
fn snapshots(site: &Site) -> usize {
    let entries = std::fs::read_dir(site.layout().snapshots()).unwrap();
    entries
        .filter(|entry| entry.as_ref().unwrap().path().is_dir())
        .count()
}

fn choose(site: &Site, engine: Engine) {
    let text = std::fs::read_to_string(site.folder.path().join("moisson.toml")).unwrap();
    let (rest, _) = text.split_once("[store]").unwrap_or((&text, ""));
    site.write_config(&format!("{rest}[store]\nengine = '{}'\n", engine.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_can_be_changed_and_changed_back() {
    let (_portal, site) = harvested().await;
    let sequence = site.published();
    let answer = |site: &Site| site.succeed(&["query", "q.rq", "--format", "csv"]).out;
    assert_eq!(answer(&site), "n\r\n12\r\n");
    for engine in [Engine::Oxigraph, Engine::Frozen, Engine::Oxigraph] {
        choose(&site, engine);
        let wanted = Storage::of(engine);
        let said = site.run(&["check"]);
        assert_eq!(said.status, Some(1));
        assert!(
            said.out.contains("run `moisson publish`") && said.out.contains(wanted.as_str()),
            "{said:#?}"
        );
        // Until then what is published is still answered from, whatever keeps it.
        assert_eq!(answer(&site), "n\r\n12\r\n");
        let done = site.succeed(&["publish"]);
        assert!(done.out.contains("graph Rebuilt"), "{done:#?}");
        assert!(done.err.contains("made again from the ledger"), "{done:#?}");
        assert_eq!(snapshot(&site).manifest().engine, wanted);
        assert!(snapshot(&site).graph().ends_with(wanted.name()));
        assert_eq!(snapshots(&site), 1, "{:?}", site.entries());
        assert_eq!(site.published(), sequence);
        site.assert_published_whole();
        assert_eq!(answer(&site), "n\r\n12\r\n");
        let status = site.succeed(&["status"]).out;
        let words = format!("graph: {},", wanted.as_str());
        assert!(status.contains(&words), "{status}");
        assert!(site.succeed(&["check"]).out.contains("no errors, "));
        assert!(site.succeed(&["publish"]).out.contains("graph None"));
        let has_live = site.entries().contains(&"graph".to_owned());
        assert_eq!(has_live, wanted == Storage::Disk, "{:?}", site.entries());
    }
}

/// Makes the store look as one that was published before there were engines.
fn age(site: &Site) {
    let snapshot = snapshot(site);
    let manifest = snapshot.folder().join("manifest.json");
    let mut said: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&manifest).unwrap()).unwrap();
    said.as_object_mut().unwrap().remove("engine").unwrap();
    std::fs::write(&manifest, said.to_string()).unwrap();
    std::fs::remove_file(snapshot.graph()).unwrap();
    for folder in [snapshot.folder().join("graph"), site.layout().graph()] {
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("CURRENT"), "MANIFEST-000004\n").unwrap();
    }
}

/// Asserts that nothing is left of an older store, and what was made is whole.
fn assert_renewed(site: &Site) {
    assert!(!site.layout().graph().exists(), "{:?}", site.entries());
    assert_eq!(snapshots(site), 1, "{:?}", site.entries());
    assert_eq!(snapshot(site).manifest().engine, Storage::Frozen);
    site.assert_published_whole();
}

/// What a server logs until it listens.
fn served(site: &Site) -> String {
    let mut server = site.start(&["serve", "--no-harvest", "--listen", "127.0.0.1:0"]);
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
    let mut said = String::new();
    tokio::task::block_in_place(|| {
        for line in lines.by_ref() {
            said.push_str(&line.unwrap());
            said.push('\n');
            if said.contains("listening") {
                break;
            }
        }
    });
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(said.contains("listening"), "{said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_an_older_version_is_made_again_from_the_ledger() {
    let (portal, site) = harvested().await;
    age(&site);
    let refused = site.run(&["query", "q.rq"]);
    assert_eq!(refused.status, Some(1), "{refused:#?}");
    assert!(refused.err.contains("graph"), "{refused:#?}");
    let done = site.succeed(&["publish"]);
    assert!(done.out.contains("graph Rebuilt"), "{done:#?}");
    assert!(
        done.err.contains("made again from the ledger") && done.err.contains("is removed"),
        "{done:#?}"
    );
    assert_renewed(&site);

    // By the next harvest, whatever it finds.
    age(&site);
    site.succeed(&["harvest"]);
    assert_renewed(&site);

    // And by a server, before it serves; without any portal.
    age(&site);
    drop(portal);
    let said = served(&site);
    assert!(said.contains("made again from the ledger"), "{said}");
    assert_renewed(&site);
    let said = served(&site);
    assert!(!said.contains("made again"), "{said}");
}

/// Changes the bytes of a file.
type Spoil = fn(&mut Vec<u8>);

/// Replaces a file by what `change` makes of it.
fn replace(path: &PathBuf, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).unwrap();
    change(&mut bytes);
    std::fs::remove_file(path).unwrap();
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_graph_is_named_and_answers_nothing() {
    let (_portal, site) = harvested().await;
    let spoils: [(&str, Spoil); 7] = [
        ("a bit in the middle", |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }),
        ("the last byte", |bytes| *bytes.last_mut().unwrap() ^= 0x80),
        ("the header", |bytes| bytes[41] ^= 1),
        ("half of it", |bytes| bytes.truncate(bytes.len() / 2)),
        ("nothing", Vec::clear),
        ("another file", |bytes| {
            *bytes = b"SQLite format 3\0".repeat(999);
        }),
        ("a newer version", |bytes| bytes[8] = 2),
    ];
    for (what, spoil) in spoils {
        let path = snapshot(&site).graph();
        replace(&path, spoil);
        for command in [&["query", "q.rq"][..], &["check"]] {
            let done: Done = site.run(command);
            assert_eq!(done.status, Some(1), "{what}: {done:#?}");
            let said = format!("{}{}", done.out, done.err);
            assert!(said.contains("graph.frozen"), "{what}: {done:#?}");
            assert!(
                !done.out.lines().any(|line| line == "12"),
                "{what}: {done:#?}"
            );
            if what == "a newer version" {
                assert!(said.contains("version 2"), "{done:#?}");
            }
        }
        assert!(site.succeed(&["status"]).out.contains("published"));
        let said = served(&site);
        assert!(
            said.contains("made again from the ledger") && said.contains("graph.frozen"),
            "{what}: {said}"
        );
        site.assert_published_whole();
    }
}

/// Copies the published graph of another catalogue over the one of `site`.
fn exchange(site: &Site, other: &Site) {
    let foreign = std::fs::read(snapshot(other).graph()).unwrap();
    replace(&snapshot(site).graph(), |bytes| *bytes = foreign);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_graph_of_another_catalogue_answers_nothing() {
    let (_portal, site) = harvested().await;
    let elsewhere = Unsound::of(plain(7)).await;
    let other = Site::at(elsewhere.address);
    other.succeed(&["harvest"]);
    exchange(&site, &other);
    for command in [&["query", "q.rq"][..], &["check"]] {
        let done: Done = site.run(command);
        assert_eq!(done.status, Some(1), "{done:#?}");
        let said = format!("{}{}", done.out, done.err);
        assert!(said.contains("it is the graph of"), "{done:#?}");
    }
    let said = served(&site);
    assert!(said.contains("made again from the ledger"), "{said}");
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_snapshot_is_gone_makes_it_again() {
    let (_portal, site) = harvested().await;
    for lost in ["manifest.json", ""] {
        let path = snapshot(&site).folder().join(lost);
        if path.is_dir() {
            std::fs::remove_dir_all(path).unwrap();
        } else {
            std::fs::remove_file(path).unwrap();
        }
        let said = served(&site);
        assert!(said.contains("made again from the ledger"), "{said}");
        site.assert_published_whole();
    }
    std::fs::remove_file(site.layout().pointer()).unwrap();
    assert!(served(&site).contains("made again from the ledger"));
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_graph_that_is_spoiled_under_a_running_server_is_named_and_made_again() {
    let (_portal, site) = harvested().await;
    let mut server = site.start(&["serve", "--no-harvest", "--listen", "127.0.0.1:0"]);
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
    let mut until = |what: &str| {
        tokio::task::block_in_place(|| {
            lines
                .by_ref()
                .map(Result::unwrap)
                .find(|line| line.contains(what))
        })
        .unwrap_or_default()
    };
    until("listening");
    // The server has looked at the graph once, or looks at it now.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let before = snapshot(&site).folder().to_owned();
    replace(&snapshot(&site).graph(), |bytes| {
        bytes.truncate(bytes.len() / 2);
    });
    let said = until("was changed from outside");
    assert!(said.contains("graph.frozen"), "{said}");
    until("made again from the ledger");
    let started = std::time::Instant::now();
    while snapshot(&site).folder() == before {
        assert!(started.elapsed().as_secs() < 60);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    server.kill().unwrap();
    server.wait().unwrap();
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_printed_in_place_of_an_answer() {
    let (_portal, site) = harvested().await;
    let plan = site.succeed(&["query", "q.rq", "--explain"]).out;
    assert!(plan.contains("http://www.w3.org/ns/dcat#Dataset"), "{plan}");
    std::fs::write(site.folder.path().join("bad.rq"), "SELECT nonsense").unwrap();
    let refused = site.run(&["query", "bad.rq", "--explain"]);
    assert_eq!(refused.status, Some(2), "{refused:#?}");
}
