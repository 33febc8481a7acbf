//! The commands as they are run in a shell: what they print, what they leave alone, how they end.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::Stdio;

use moisson::demo;
use moisson::graph::Opened;
use moisson::publish::Snapshot;
use moisson::rdf::canon::canonicalise;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Triple};
use oxigraph::store::Store;

use crate::faults::plain;
use crate::support::BASE;
use crate::support::program::{Done, Site};
use crate::support::unsound::{Fault, Unsound};

async fn harvested() -> (Unsound, Site) {
    let portal = Unsound::of(plain(12)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    (portal, site)
}

/// The quads as the store holds them.
fn stored(quads: impl Iterator<Item = Quad>) -> Vec<Triple> {
    let store = Store::new().unwrap();
    for quad in quads {
        store.insert(&quad).unwrap();
    }
    let mut triples: BTreeSet<String> = BTreeSet::new();
    let mut all = Vec::new();
    for quad in store.iter().map(Result::unwrap) {
        if triples.insert(quad.to_string()) {
            all.push(Triple::new(quad.subject, quad.predicate, quad.object));
        }
    }
    all
}

fn published_graph(site: &Site) -> Vec<Triple> {
    let snapshot = Snapshot::current(&site.layout()).unwrap().unwrap();
    let graph = Opened::open(&snapshot.graph()).unwrap();
    stored(graph.quads().map(Result::unwrap))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_is_the_published_graph() {
    let (_portal, site) = harvested().await;
    let dump = site.succeed(&["dump"]).out;
    let quads = RdfParser::from_format(RdfFormat::NQuads).for_slice(dump.as_bytes());
    let dumped = canonicalise(&stored(quads.map(Result::unwrap))).unwrap();
    let published = canonicalise(&published_graph(&site)).unwrap();
    assert!(dumped.text == published.text);
    for format in ["nt", "nq"] {
        for portal in [&[][..], &["--portal", "exemple"]] {
            let dump = site
                .succeed(&[&["dump", "--format", format], portal].concat())
                .out;
            let lines: BTreeSet<&str> = dump.lines().collect();
            assert!(lines.len() > 100);
            assert_eq!(
                lines.len(),
                dump.lines().count(),
                "a line of {format} is repeated"
            );
        }
    }
    site.succeed(&[
        "dump",
        "--format",
        "ttl",
        "--gzip",
        "-o",
        "catalogue.ttl.gz",
    ]);
    let packed = std::fs::read(site.folder.path().join("catalogue.ttl.gz")).unwrap();
    assert_eq!(&packed[..2], [0x1f, 0x8b]);
    assert!(!site.folder.path().join("catalogue.ttl.partial").exists());
    // The name says it too.
    site.succeed(&["dump", "-o", "catalogue.nq.gz"]);
    let packed = std::fs::read(site.folder.path().join("catalogue.nq.gz")).unwrap();
    assert_eq!(&packed[..2], [0x1f, 0x8b]);
    let refused = site.run(&["status", "--findings", "typo"]);
    assert_eq!((refused.status, refused.out.as_str()), (Some(2), ""));
    assert!(refused.err.contains("no portal `typo`"), "{}", refused.err);
    site.succeed(&["status", "--findings", "exemple"]);
    // Empty, it would say that everything of the portal is gone.
    let refused = site.run(&["dump", "--portal", "typo"]);
    assert_eq!((refused.status, refused.out.as_str()), (Some(2), ""));
    assert!(refused.err.contains("no portal `typo`"), "{}", refused.err);
    let refused = site.run(&["dump", "--format", "xls"]);
    assert_eq!(refused.status, Some(2), "{refused:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_is_answered_in_the_format_asked_for() {
    let (_portal, site) = harvested().await;
    let ask = |query: &str, more: &[&str]| -> Done {
        std::fs::write(site.folder.path().join("q.rq"), query).unwrap();
        site.run(&[&["query", "q.rq"], more].concat())
    };
    let count =
        "PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT (COUNT(*) AS ?n) { ?d a dcat:Dataset }";
    assert_eq!(ask(count, &["--format", "csv"]).out, "n\r\n12\r\n");
    assert!(ask(count, &["--format", "json"]).out.contains("\"12\""));
    let line_end = "SELECT ?v { VALUES ?v { \"a\\r\\nb\" } }";
    let xml = ask(line_end, &["--format", "xml"]).out;
    assert!(xml.contains("a&#xD;\nb"), "{xml}");
    assert!(ask("ASK {}", &[]).out.contains("true"));
    assert_eq!(ask("SELECT nonsense", &[]).status, Some(2));
    assert_eq!(ask(count, &["--format", "ttl"]).status, Some(2));
    assert_eq!(ask("DROP ALL", &[]).status, Some(2));
    assert_eq!(site.run(&["query", "missing.rq"]).status, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_converted_from_files_and_stdin_without_a_store() {
    let portal = Unsound::of(plain(3)).await;
    let site = Site::at(portal.address);
    let record = portal
        .data
        .change(|records| records.datasets[1].clone())
        .to_string();
    std::fs::write(site.folder.path().join("record.json"), &record).unwrap();
    let convert = ["convert", "--kind", "udata", "--format", "nt"];
    let file = site.succeed(&[&convert[..], &["record.json"]].concat());
    assert!(
        file.out
            .contains("<http://127.0.0.1:8080/dataset/udata/d001>"),
        "{}",
        file.out
    );
    let mut piped = site
        .command(&[&convert[..], &["-"]].concat())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    piped
        .stdin
        .take()
        .unwrap()
        .write_all(record.as_bytes())
        .unwrap();
    assert_eq!(Done::from(piped.wait_with_output().unwrap()).out, file.out);
    let url = format!("http://{}/api/1/datasets/", portal.address);
    let refused = site.run(&[&convert[..], &[&url]].concat());
    assert_eq!(refused.status, Some(1));
    assert!(refused.err.contains("not a public address"), "{refused:#?}");
    let list = site.succeed(&[&convert[..], &["--allow-private", &url]].concat());
    assert_eq!(
        list.out
            .matches("<http://www.w3.org/ns/dcat#Dataset>")
            .count(),
        3
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(record.as_bytes()).unwrap();
    std::fs::write(
        site.folder.path().join("record.gz"),
        packed.finish().unwrap(),
    )
    .unwrap();
    let packed = site.succeed(&[&convert[..], &["record.gz"]].concat());
    assert_eq!(packed.out, file.out);
    std::fs::write(site.folder.path().join("record.json"), "<html>").unwrap();
    assert_eq!(
        site.run(&[&convert[..], &["record.json"]].concat()).status,
        Some(1)
    );
    assert_eq!(
        site.run(&["convert", "--kind", "gopher", "record.json"])
            .status,
        Some(2)
    );
    assert!(!site.store().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn previews_and_rehearsals_write_nothing_and_tell_the_truth() {
    let portal = Unsound::of(plain(12)).await;
    let site = Site::at(portal.address);
    let preview = site.succeed(&["preview", "exemple", "--limit", "2"]);
    assert_eq!(
        preview.out.matches("# datasets/").count(),
        2,
        "{}",
        preview.out
    );
    let rehearsal = |site: &Site| -> serde_json::Value {
        let done = site.succeed(&["harvest", "--dry-run", "--json"]);
        let report: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        report["runs"][0]["counts"].clone()
    };
    let real = |site: &Site| -> serde_json::Value {
        let done = site.succeed(&["harvest", "--json"]);
        let report: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        report["runs"][0]["counts"].clone()
    };
    let first = rehearsal(&site);
    assert!(!site.store().exists());
    assert_eq!(first["created"], 12 + 1, "{first}");
    assert_eq!(real(&site), first);
    portal.data.change(|records| {
        records.datasets[2]["title"] = "Autre".into();
        records.datasets[2]["internal"]["last_modified_internal"] =
            "2027-01-01T00:00:00+00:00".into();
    });
    let (before, published) = (site.reader().sizes().unwrap(), site.published());
    let second = rehearsal(&site);
    let after = site.reader().sizes().unwrap();
    assert_eq!((before.events, before.bodies), (after.events, after.bodies));
    assert_eq!(site.published(), published);
    assert_eq!(second["updated"], 1, "{second}");
    assert_eq!(real(&site), second);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_needs_no_store_and_leaves_no_file() {
    for sample in &demo::SAMPLES {
        let (address, server) = demo::spawn(sample.routes(), 0).await.unwrap();
        let site = Site::at(address);
        let (kind, path) = (sample.kind, sample.path);
        site.write_config(&format!(
            "base_uri = '{BASE}'\n[store]\npath = 'not/there/yet'\n[[portal]]\nid = 'exemple'\nkind = '{kind}'\nurl = 'http://{address}{path}'\nallow_private = true\n"
        ));
        let temporary = tempfile::tempdir().unwrap();
        let mut preview = site.command(&["preview", "exemple", "--limit", "3"]);
        preview.env("TMPDIR", temporary.path());
        let done: Done = tokio::task::block_in_place(|| preview.output().unwrap()).into();
        assert_eq!(done.status, Some(0), "{kind}: {done:#?}");
        assert!(done.out.contains("# "), "{kind}: {}", done.out);
        let left = |folder: &std::path::Path| -> Vec<_> {
            let entries = std::fs::read_dir(folder).unwrap();
            entries.map(|entry| entry.unwrap().file_name()).collect()
        };
        assert_eq!(left(temporary.path()), [""; 0], "{kind}");
        assert_eq!(left(site.folder.path()), ["moisson.toml"], "{kind}");
        server.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limited_harvest_stops_there_and_withdraws_nothing() {
    let (_portal, site) = harvested().await;
    let done = site.succeed(&["harvest", "--full", "--limit", "4"]);
    assert!(
        done.out.contains("limited to 4 records") && done.out.contains("partial"),
        "{}",
        done.out
    );
    assert_eq!(site.last_run().counts.withdrawn, 0);
    assert_eq!(site.last_run().counts.listed, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_configuration_is_applied_offline_and_republishing_changes_nothing() {
    let (portal, site) = harvested().await;
    portal.breaks("/", 0..usize::MAX, Fault::Status(503));
    site.configure(portal.address, "", "language = 'fr'");
    let done = site.succeed(&["reconvert"]);
    assert!(
        done.out.contains("exemple: reconvert run done"),
        "{}",
        done.out
    );
    assert!(portal.asked().is_empty());
    let dump = site.succeed(&["dump", "--format", "nt"]).out;
    assert!(dump.contains("\"Jeu d003\"@fr") && !dump.contains("\"Jeu d003\" ."));
    site.assert_published_whole();

    let (entries, published) = (site.entries().len(), site.published());
    let again = site.succeed(&["publish"]);
    assert!(again.out.contains("graph None"), "{}", again.out);
    assert_eq!(
        (site.entries().len(), site.published()),
        (entries, published)
    );
    let before = canonicalise(&published_graph(&site)).unwrap();
    let rebuilt = site.succeed(&["rebuild"]);
    assert!(rebuilt.out.contains("graph Rebuilt"), "{}", rebuilt.out);
    assert_eq!(site.published(), published);
    assert!(canonicalise(&published_graph(&site)).unwrap().text == before.text);
    let nothing = site.succeed(&["reconvert"]);
    assert!(nothing.out.contains("updated      0"), "{}", nothing.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn check_names_what_is_wrong_and_where() {
    let (portal, site) = harvested().await;
    let sound = std::fs::read_to_string(site.folder.path().join("moisson.toml")).unwrap();
    assert!(site.succeed(&["check"]).out.contains("no errors, "));
    for (text, status, words) in [
        (
            sound.replace("attempts", "atempts"),
            2,
            &["moisson.toml", "atempts", "3"][..],
        ),
        (
            sound.replace("'udata'", "'gopher'"),
            2,
            &["moisson.toml", "gopher"],
        ),
        (
            format!("{sound}\nlanguage = 'f r'"),
            2,
            &["language", "f r"],
        ),
        (
            format!("{sound}\nlicence = 'maison'"),
            1,
            &["portal.exemple.licence", "maison"],
        ),
        (
            sound.replace(BASE, "https://autre.example/"),
            1,
            &[BASE, "https://autre.example/"],
        ),
    ] {
        site.write_config(&text);
        let done = site.run(&["check"]);
        assert_eq!(done.status, Some(status), "{words:?}: {done:#?}");
        let said = format!("{}{}", done.out, done.err);
        assert!(
            words.iter().all(|word| said.contains(word)),
            "{words:?}: {said}"
        );
        if words.contains(&BASE) {
            // Nothing may be harvested into a ledger of another base.
            assert_eq!(site.run(&["harvest"]).status, Some(1));
        }
    }
    std::fs::remove_file(site.folder.path().join("moisson.toml")).unwrap();
    assert_eq!(site.run(&["check"]).status, Some(2));

    let fresh = Site::at(portal.address);
    assert!(fresh.succeed(&["check"]).out.contains("no errors, "));
    for (command, words) in [("status", "harvest first"), ("dump", "harvest first")] {
        let done = fresh.run(&[command]);
        assert_eq!(done.status, Some(1), "{done:#?}");
        assert!(done.err.contains(words), "{done:#?}");
    }
    assert_eq!(fresh.run(&["harvest", "nobody"]).status, Some(2));
    assert_eq!(fresh.run(&["sow"]).status, Some(2));
    assert!(!fresh.store().exists(), "{:?}", fresh.entries());
}
