//! What is said of a harvest whose process was killed, and of one that goes on.

use std::process::Child;

use serde_json::Value;

use crate::crash::until;
use crate::faults::plain;
use crate::support::program::Site;
use crate::support::serving::{Server, say};
use crate::support::unsound::{Fault, Unsound};
use tokio::io::AsyncReadExt as _;

async fn get(server: &Server, path: &str, accept: &str) -> String {
    let head = format!(
        "GET {path} HTTP/1.1\r\nHost: a\r\nAccept: {accept}\r\nAccept-Language: en\r\nConnection: close\r\n\r\n"
    );
    let from = [127, 0, 0, 1].into();
    let mut stream = say(from, server.address, &head).await;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// State and job of the last run, as `status --json` has them.
fn told(site: &Site) -> (String, String) {
    let json: Value = serde_json::from_str(&site.succeed(&["status", "--json"]).out).unwrap();
    let portal = &json["portals"][0];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&portal["last_run"]["state"]), text(&portal["job"]))
}

/// A harvest that waits for a portal that has fallen silent.
fn waiting(site: &Site, portal: &Unsound) -> Child {
    portal.breaks("/api/1/datasets/", 0..usize::MAX, Fault::Silence);
    let child = site.start(&["harvest", "--full"]);
    tokio::task::block_in_place(|| {
        until("the datasets are asked for", || {
            let asked = portal.asked();
            asked.iter().any(|path| path.contains("/datasets/?"))
        });
    });
    child
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_harvest_is_interrupted_and_one_that_goes_on_is_running() {
    let portal = Unsound::of(plain(5)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    portal.heal();
    let mut child = waiting(&site, &portal);
    assert_eq!(told(&site).0, "running");
    let text = site.succeed(&["status"]).out;
    assert!(
        text.contains("last run running") && !text.contains("ended before"),
        "{text}"
    );

    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(told(&site), ("interrupted".into(), "pending".into()));
    let text = site.succeed(&["status"]).out;
    assert!(
        text.contains("last run interrupted") && text.contains("the next harvest goes on with it"),
        "{text}"
    );
    let mut serve = site.command(&["serve", "--no-harvest", "--listen", "127.0.0.1:0"]);
    let server = Server::start(&mut serve);
    let json = get(&server, "/status.json", "*/*").await;
    assert!(json.contains("\"state\": \"interrupted\""), "{json}");
    let page = get(&server, "/status", "text/html").await;
    assert!(
        page.contains("interrupted: goes on at the next harvest"),
        "{page}"
    );

    // Whoever has the portal's lock is alive, whatever the ledger says of an earlier process.
    portal.heal();
    let mut child = waiting(&site, &portal);
    assert_eq!(told(&site).0, "running");
    let json = get(&server, "/status.json", "*/*").await;
    assert!(json.contains("\"state\": \"running\""), "{json}");
    child.kill().unwrap();
    child.wait().unwrap();
    portal.heal();
    site.succeed(&["harvest"]);
    assert_eq!(told(&site).0, "done");
}
