//! What a harvest takes of memory, as the system counts it for the real program.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::Child;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use futures_util::stream;
use moisson::demo;

use crate::support::BASE;
use crate::support::program::Site;

/// The length of a description: few records make a large file, so that describing them takes no time.
const DESCRIPTION: usize = 20_000;

/// What reading the large feed may take more than reading the small one, in kB. The index of a large feed
/// has a cache of 32 MB; whoever holds the file and its statements takes 120 MB more.
const MORE: u64 = 80 << 10;

#[tokio::test(flavor = "multi_thread")]
async fn a_large_feed_is_never_held_whole() {
    let small = peak(200).await;
    let large = peak(3_000).await;
    assert!(
        large < small + MORE,
        "{large} kB for 60 MB of RDF/XML, {small} kB for 4 MB"
    );
}

/// The highest resident memory, in kB, of reading a feed of so many datasets to its end.
async fn peak(datasets: usize) -> u64 {
    let routes = Router::new().route(
        "/catalog.rdf",
        get(move || std::future::ready(feed(datasets))),
    );
    let (address, server) = demo::spawn(routes, 0).await.unwrap();
    let site = Site::at(address);
    site.write_config(&configuration(address));
    let mut command = site.command(&["harvest", "--dry-run"]);
    command.env("MOISSON_LOG", "moisson=debug,warn");
    // What threads leave lying in arenas of their own is the allocator's, and differs from run to run.
    command.env("MALLOC_ARENA_MAX", "1");
    let child = command.spawn().unwrap();
    let peak = tokio::task::block_in_place(|| watched(child));
    server.abort();
    peak
}

/// Looks at each line that the program logs, the last of which it writes when all is read.
fn watched(mut child: Child) -> u64 {
    let log = BufReader::new(child.stderr.take().unwrap());
    let status = format!("/proc/{}/status", child.id());
    let (mut peak, mut said) = (0, String::new());
    for line in log.lines() {
        said.push_str(&line.unwrap());
        said.push('\n');
        peak = highest(&status).unwrap_or(peak).max(peak);
    }
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{said}");
    peak
}

/// `VmHWM` of a process that still runs.
fn highest(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

pub(crate) fn configuration(address: SocketAddr) -> String {
    format!(
        "base_uri = '{BASE}'\n\
         [[portal]]\nid = 'exemple'\nkind = 'dcat'\nurl = 'http://{address}/catalog.rdf'\n\
         allow_private = true\n"
    )
}

/// A catalogue in one file, written while it is read.
pub(crate) fn feed(datasets: usize) -> impl IntoResponse {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"\
        \n xmlns:dcat=\"http://www.w3.org/ns/dcat#\" xmlns:dct=\"http://purl.org/dc/terms/\">\n";
    let parts = (0..datasets).map(dataset);
    let parts = std::iter::once(head.to_owned())
        .chain(parts)
        .chain(std::iter::once("</rdf:RDF>\n".to_owned()));
    let body = Body::from_stream(stream::iter(
        parts.map(|part| Ok::<_, std::convert::Infallible>(Bytes::from(part))),
    ));
    ([(CONTENT_TYPE, "application/rdf+xml")], body)
}

fn dataset(number: usize) -> String {
    let sentence = format!("Relevé {number} du réseau de mesure. ");
    let description = sentence.repeat(DESCRIPTION / sentence.len());
    format!(
        "<dcat:Dataset rdf:about=\"https://portail.example/jeu/{number}\">\
         <dct:identifier>{number}</dct:identifier>\
         <dct:title xml:lang=\"fr\">Relevé {number}</dct:title>\
         <dct:description xml:lang=\"fr\">{description}</dct:description>\
         </dcat:Dataset>\n"
    )
}
