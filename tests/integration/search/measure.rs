//! How long the index takes to make and to ask, of a store that is there:
//! `MOISSON_SEARCH_STORE=var MOISSON_SEARCH_BASE=https://… cargo test --release --locked --test integration
//! -- --ignored --nocapture --exact search::measure::making_and_asking_the_index_is_measured`.

use std::path::PathBuf;
use std::time::Instant;

use moisson::ledger::Reader;
use moisson::record::Base;
use moisson::search::{Facet, Index, Matching, Near, Projection, Rectangle, Request, Sort};

use super::text;

/// Seconds of the processor that this process has used, in all its threads.
fn used() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
    ticks / 100.0
}

/// The most memory that this process has had, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

fn requests() -> Vec<(&'static str, Request)> {
    let counted = |request: Request| Request {
        count: Facet::ALL.map(|facet| (facet, 20)).to_vec(),
        snippets: true,
        ..request
    };
    let mut requests = Vec::new();
    for words in [
        "transport",
        "qualité de l'eau",
        "plan local d'urbanisme",
        "budget commune 2023",
        "écoles",
    ] {
        requests.push((
            "words, all facets, snippets",
            counted(Request::words(words)),
        ));
        requests.push(("words", Request::words(words)));
        requests.push(("phrase", text(Matching::Phrase, words)));
        requests.push(("fuzzy", text(Matching::Fuzzy, words)));
    }
    for typed in ["t", "tr", "qual", "plan loc"] {
        requests.push(("prefix", text(Matching::Prefix, typed)));
    }
    requests.push((
        "everything, all facets",
        counted(Request {
            sort: Sort::Modified,
            ..Request::default()
        }),
    ));
    requests.push((
        "rectangle",
        Request {
            within: Rectangle::new(-5.0, 42.0, 8.0, 51.0),
            ..Request::default()
        },
    ));
    let near = Request {
        near: Near::new(2.35, 48.85, Some(100_000.0)),
        sort: Sort::Distance,
        ..Request::default()
    };
    requests.push(("near", near));
    requests
}

#[test]
#[ignore = "measures a store that MOISSON_SEARCH_STORE names, of the base MOISSON_SEARCH_BASE"]
fn making_and_asking_the_index_is_measured() {
    let store = PathBuf::from(std::env::var("MOISSON_SEARCH_STORE").unwrap());
    let base = Base::new(&std::env::var("MOISSON_SEARCH_BASE").unwrap()).unwrap();
    let reader = Reader::open(&store, &base).unwrap();
    let folder = tempfile::tempdir_in(&store).unwrap();
    let folder = folder.path().join("search");
    let (began, before) = (Instant::now(), used());
    let projection = Projection {
        reader: &reader,
        at: reader.sequence().unwrap(),
        folder: &folder,
    };
    projection.make(None).unwrap();
    let (seconds, processor) = (began.elapsed().as_secs_f64(), used() - before);
    let files = std::fs::read_dir(&folder).unwrap();
    let bytes: u64 = files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    let index = Index::open(&folder).unwrap();
    println!(
        "{{\"records\": {}, \"seconds\": {seconds:.2}, \"processor\": {processor:.2}, \"peak_mb\": {}, \"bytes\": {bytes}}}",
        index.records(),
        peak()
    );
    for (name, request) in requests() {
        let mut times = Vec::new();
        let mut total = 0;
        for _ in 0..15 {
            let began = Instant::now();
            total = index.search(&request).unwrap().total;
            times.push(began.elapsed().as_secs_f64() * 1_000.0);
        }
        times.sort_unstable_by(f64::total_cmp);
        println!(
            "{{\"request\": \"{name}\", \"total\": {total}, \"median_ms\": {:.2}, \"worst_ms\": {:.2}}}",
            times[7], times[14]
        );
    }
}
