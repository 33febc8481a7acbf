//! A record that ends the process that describes it, a document that ends the one that reads it: the second
//! death is the last.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use moisson::ledger::RunState;
use moisson::record::PortalId;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use rustix::process::{Pid, Signal, kill_process};

use super::attack::{distributions, turtle};
use crate::crash::until;
use crate::support::BASE;
use crate::support::program::{Done, Site};

/// A feed with small records, and one that takes long enough to be killed at.
async fn feed() -> SocketAddr {
    let mut text = distributions(1_500);
    for n in 0..20 {
        writeln!(text, "<s/{n}> a dcat:Dataset ; dct:title 'T{n}' .").unwrap();
    }
    let answer = move || async move { ([(CONTENT_TYPE, "text/turtle")], text) };
    let routes = Router::new().route("/feed.ttl", get(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

/// Starts a harvest and kills it while it describes the slow record: what it noted that it was
/// describing.
fn killed(site: &Site, before: &str) -> String {
    ended(site, before, Signal::KILL).0
}

/// The same by any signal; and how it ended.
fn ended(site: &Site, before: &str, signal: Signal) -> (String, Done) {
    let mut child = site.start(&["harvest"]);
    let started = Instant::now();
    let path = site.store().join("ledger.sqlite");
    let noted = loop {
        assert!(
            started.elapsed() < Duration::from_mins(2),
            "it is never described"
        );
        assert!(
            child.try_wait().unwrap().is_none(),
            "it was not killed in time"
        );
        let noted: Option<String> =
            Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)
                .ok()
                .and_then(|ledger| {
                    let query =
                        "SELECT describing FROM run WHERE describing LIKE '%https://e.org/d\"%'";
                    ledger
                        .query_row(query, [], |row| row.get(0))
                        .optional()
                        .ok()?
                });
        // What the process before left is still there for a moment.
        if let Some(noted) = noted.filter(|noted| noted != before) {
            break noted;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    kill_process(Pid::from_child(&child), signal).unwrap();
    (noted, child.wait_with_output().unwrap().into())
}

/// A site that harvests the feed.
async fn fed() -> Site {
    let address = feed().await;
    let site = Site::at(address);
    site.write_config(&format!(
        "base_uri = '{BASE}'\n[harvest]\nattempts = 2\nbackoff = '10ms'\n\
         [[portal]]\nid = 'exemple'\nkind = 'dcat'\nurl = 'http://{address}/feed.ttl'\nallow_private = true\n"
    ));
    site
}

fn count(noted: &str) -> usize {
    let noted: Vec<(String, String, String)> = serde_json::from_str(noted).unwrap();
    noted.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_ended_two_processes_is_left_alone_by_the_third() {
    let site = fed().await;
    tokio::task::block_in_place(|| {
        let first = killed(&site, "");
        assert!(count(&first) > 1);
        assert_eq!(count(&killed(&site, &first)), 1);
    });
    let done = site.succeed(&["harvest"]);
    let run = site.last_run();
    assert_eq!(run.state, RunState::Done, "{done:?}");
    assert_eq!(
        (run.counts.rejected, run.counts.created),
        (1, 21),
        "{done:?}"
    );
    let ledger = Connection::open(site.store().join("ledger.sqlite")).unwrap();
    let (code, message): (String, String) = ledger
        .query_row(
            "SELECT code, message FROM finding JOIN source ON source.id = finding.source
             WHERE key = 'https://e.org/d'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!(code, "record-rejected");
    assert!(
        message.starts_with("describing it ended the process 2 times"),
        "{message}"
    );
    // It is not tried again while it stays as it is, but where somebody asks for just that.
    assert!(site.succeed(&["harvest", "--full"]).out.contains("done"));
    assert_eq!(rejected(&site), 1);
    let done = site.succeed(&["harvest", "--full", "exemple"]);
    assert!(done.out.contains("tried again"), "{done:?}");
    assert_eq!(rejected(&site), 0, "{done:?}");
    let done = site.succeed(&["harvest", "--full", "exemple"]);
    assert!(!done.out.contains("tried again"), "{done:?}");
}

/// How many records are rejected as they stand.
fn rejected(site: &Site) -> u64 {
    let portal = PortalId::new("exemple").unwrap();
    site.reader().portal_status(&portal).unwrap().rejected
}

#[tokio::test(flavor = "multi_thread")]
async fn a_harvest_that_is_asked_to_end_has_died_on_nothing() {
    let site = fed().await;
    tokio::task::block_in_place(|| {
        for (signal, status, name) in [
            (Signal::INT, 130, "SIGINT"),
            (Signal::TERM, 143, "SIGTERM"),
            (Signal::INT, 130, "SIGINT"),
        ] {
            let (_, done) = ended(&site, "", signal);
            assert_eq!(done.status, Some(status), "{done:?}");
            let said = format!("moisson: ended by {name}: ");
            assert_eq!(done.err.matches(&said).count(), 1, "{done:?}");
            assert_eq!(site.last_run().state, RunState::Interrupted);
        }
    });
    let done = site.succeed(&["harvest"]);
    let run = site.last_run();
    assert_eq!(run.state, RunState::Done, "{done:?}");
    assert_eq!(
        (run.counts.rejected, run.counts.created),
        (0, 22),
        "{done:?}"
    );
}

/// A feed that takes long enough to read to be killed at it, in another wording each time it is set.
async fn slow_feed() -> (SocketAddr, Arc<Mutex<String>>) {
    let mut text = turtle("");
    for n in 0..40_000 {
        writeln!(text, "<d> dct:relation <https://e.org/r/{n}> .").unwrap();
    }
    let text = Arc::new(Mutex::new(text));
    let own = Arc::clone(&text);
    let answer = move || {
        let text = own.lock().unwrap().clone();
        async move { ([(CONTENT_TYPE, "text/turtle")], text) }
    };
    let routes = Router::new().route("/feed.ttl", get(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (address, text)
}

/// The deaths that are counted for what is being read, or was when a process died.
fn deaths(site: &Site) -> Option<i64> {
    let path = site.store().join("ledger.sqlite");
    let ledger = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let query = "SELECT deaths FROM suspect WHERE collection = '(document)'";
    ledger
        .query_row(query, [], |row| row.get(0))
        .optional()
        .ok()?
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_ended_two_processes_is_left_alone_until_it_changes() {
    let (address, text) = slow_feed().await;
    let site = Site::at(address);
    site.write_config(&format!(
        "base_uri = '{BASE}'\n[harvest]\nrobots = 'ignore'\n\
         [[portal]]\nid = 'exemple'\nkind = 'dcat'\nurl = 'http://moi:geheim@{address}/feed.ttl'\nallow_private = true\n"
    ));
    tokio::task::block_in_place(|| {
        for death in 1..=2 {
            let mut child = site.start(&["harvest"]);
            until("it is read", || deaths(&site) == Some(death));
            child.kill().unwrap();
            child.wait().unwrap();
            assert_eq!(deaths(&site), Some(death));
        }
    });
    for _ in 0..2 {
        let done = site.run(&["harvest", "--full"]);
        let run = site.last_run();
        assert_eq!(run.state, RunState::Failed, "{done:?}");
        let why = format!(
            "http://{address}/feed.ttl is left alone until it changes, or Moisson does, or `moisson harvest --full` is asked for its portal: \
             reading it ended the process 2 times"
        );
        assert_eq!(run.reason.as_deref(), Some(why.as_str()));
        assert!(done.out.contains(&why), "{done:?}");
        let records = site.reader().run_records(run.id, 10).unwrap();
        let page = format!("pages/http://{address}/feed.ttl");
        assert_eq!(records.len(), 1);
        assert_eq!(
            (&records[0].record, &records[0].reason),
            (&page, &Some(why))
        );
    }
    text.lock().unwrap().push_str("# another\n");
    let done = site.succeed(&["harvest"]);
    assert_eq!(site.last_run().state, RunState::Done, "{done:?}");
    assert_eq!(deaths(&site), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_read_again_after_signals_and_where_somebody_asks_for_it() {
    let (address, _text) = slow_feed().await;
    let site = Site::at(address);
    site.write_config(&format!(
        "base_uri = '{BASE}'\n[harvest]\nrobots = 'ignore'\n\
         [[portal]]\nid = 'exemple'\nkind = 'dcat'\nurl = 'http://{address}/feed.ttl'\nallow_private = true\n"
    ));
    let read = |counted: i64, signal: Signal, left: i64| {
        let child = site.start(&["harvest"]);
        until("it is read", || deaths(&site) == Some(counted));
        kill_process(Pid::from_child(&child), signal).unwrap();
        let done: Done = child.wait_with_output().unwrap().into();
        assert_eq!(deaths(&site), Some(left), "{done:?}");
    };
    tokio::task::block_in_place(|| {
        for signal in [Signal::INT, Signal::TERM, Signal::INT] {
            read(1, signal, 0);
        }
        read(1, Signal::KILL, 1);
        read(2, Signal::KILL, 2);
    });
    let done = site.run(&["harvest"]);
    assert_eq!(site.last_run().state, RunState::Failed, "{done:?}");
    let done = site.succeed(&["harvest", "--full", "exemple"]);
    assert_eq!(site.last_run().state, RunState::Done, "{done:?}");
    assert!(done.out.contains("tried again"), "{done:?}");
}
