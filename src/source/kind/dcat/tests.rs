//! What becomes of documents: every statement about a record's own comes out somewhere, and every file
//! that others publish gives records or a reason.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use oxigraph::model::{Term, Triple};
use url::Url;

use crate::finding::{Code, Finding};
use crate::record::{Base, PortalId};
use crate::source::contract::{Context, Described, RawRecord, Rejected};
use crate::source::feed::payload;
use crate::source::kind::dcat::{SOURCE, split};

fn describe(record: &RawRecord) -> Result<Described, Rejected> {
    let (base, portal) = (
        Base::new("https://donnees.example.org/").unwrap(),
        PortalId::new("portail").unwrap(),
    );
    let root = Url::parse("https://portail.example.org/").unwrap();
    let context = Context {
        base: &base,
        portal: &portal,
        root: &root,
        language: Some("fr"),
        licence: None,
        vocabularies: crate::vocabulary::Vocabularies::builtin(),
        former: crate::record::Former::NONE,
    };
    (SOURCE.describe)(record.collection, &record.payload, &context)
}

/// A text without what is dropped from texts.
fn squeezed(text: &str) -> String {
    let keeps = |c: &char| !c.is_whitespace() && !c.is_control();
    text.chars().filter(keeps).collect()
}

/// What a statement says, whatever its resources are called.
fn said(triple: &Triple) -> (String, String) {
    let value = match &triple.object {
        Term::Literal(literal) => {
            match serde_json::from_str::<serde_json::Value>(literal.value()) {
                // GeoJSON is written anew.
                Ok(json) if json.is_object() => json.to_string(),
                _ => squeezed(literal.value()),
            }
        }
        Term::NamedNode(_) | Term::BlankNode(_) => String::new(),
    };
    (triple.predicate.as_str().to_owned(), value)
}

/// The statements of a record that come out nowhere.
fn forgotten(record: &RawRecord) -> Vec<String> {
    let (_, triples) = payload::read(&record.payload).unwrap();
    let described = match describe(record) {
        Ok(described) => described,
        Err(Rejected::NoIdentifier) => return Vec::new(),
        Err(error) => panic!("{}: {error}", record.key),
    };
    let mut out = HashSet::new();
    for part in &described.parts {
        let graph = &part.graph;
        out.extend(graph.triples().iter().chain(graph.origin()).map(said));
    }
    let told: HashSet<String> = described
        .findings
        .iter()
        .map(|finding| squeezed(&finding.value))
        .collect();
    triples
        .iter()
        .filter(|triple| {
            let (property, value) = said(triple);
            let is_text = triple.object.is_literal();
            // Repaired values are found by their property: what they became has another text.
            let is_out = out.contains(&(property.clone(), value.clone()))
                || (is_text && out.iter().any(|(p, v)| *p == property && v.is_empty()));
            let is_empty = is_text && value.is_empty();
            !(is_out || is_empty || told.contains(&value))
        })
        .map(ToString::to_string)
        .collect()
}

fn sample() -> Vec<RawRecord> {
    let data = concat!(
        include_str!("../../../../data/dcat/prefixes.ttl"),
        include_str!("../../../../data/dcat/catalogue.ttl"),
        include_str!("../../../../data/dcat/datasets.ttl")
    );
    split(data.as_bytes(), None).unwrap().records
}

#[test]
fn no_statement_of_the_sample_feed_is_forgotten() {
    let records = sample();
    assert!(records.len() > 35, "{}", records.len());
    for record in &records {
        let lost = forgotten(record);
        assert!(lost.is_empty(), "{}: {lost:#?}", record.key);
    }
}

#[test]
fn describing_twice_is_describing_once() {
    for record in sample() {
        let (Ok(one), Ok(other)) = (describe(&record), describe(&record)) else {
            continue;
        };
        assert_eq!(one.findings, other.findings);
        for (one, other) in one.parts.iter().zip(&other.parts) {
            assert_eq!((&one.id, &one.graph), (&other.id, &other.graph));
        }
    }
}

/// The files of a folder that others publish.
fn shared(folder: &str) -> Vec<PathBuf> {
    let Some(root) = std::env::var_os("MOISSON_SHARED") else {
        return Vec::new();
    };
    let mut files = Vec::new();
    let mut open = vec![Path::new(&root).join(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn every_file_that_others_publish_gives_records_or_a_reason() {
    let mut report = String::new();
    let mut lost_somewhere = Vec::new();
    let mut files = shared("portals/dcat");
    files.extend(shared("suites/dcat"));
    files.extend(shared("suites/hvd-examples"));
    for file in files {
        let body = std::fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let split = match split(&body, None) {
            Ok(split) => split,
            Err(error) => {
                writeln!(report, "{name}: {error}").unwrap();
                continue;
            }
        };
        let mut counts = crate::source::feed::COLLECTIONS.map(|collection| {
            let of = split.records.iter().filter(|r| r.collection == collection);
            format!("{} {collection}", of.count())
        });
        counts.sort();
        assert!(
            !split.records.is_empty() || !split.skipped.is_empty(),
            "{name}"
        );
        let mut findings = 0;
        for record in &split.records {
            let lost = forgotten(record);
            if !lost.is_empty() {
                lost_somewhere.push(format!("{name}: {}: {lost:#?}", record.key));
            }
            let found =
                describe(record).map_or_else(|_| Vec::new(), |described| described.findings);
            // No real record comes near the bounds.
            let is_refused = |finding: &Finding| finding.code == Code::GraphRefused;
            assert!(!found.iter().any(is_refused), "{name}: {}", record.key);
            findings += found.len();
        }
        writeln!(
            report,
            "{name}: {} ({findings} findings) {:?}",
            counts.join(", "),
            split.skipped
        )
        .unwrap();
    }
    if let Some(path) = std::env::var_os("MOISSON_REPORT") {
        std::fs::write(path, report).unwrap();
    }
    assert!(lost_somewhere.is_empty(), "{}", lost_somewhere.join("\n"));
}

#[test]
fn an_unknown_context_is_odd_about_every_record_that_it_was_meant_for() {
    let document = br#"{
        "@context": "https://ailleurs.example.org/contexte.json",
        "@graph": [
            {"@id": "https://e.org/a", "@type": "dcat:Dataset", "title": "A"},
            {"@id": "https://e.org/b", "@type": "dcat:Dataset", "title": "B"}
        ]
    }"#;
    let records = split(document, None).unwrap().records;
    assert_eq!(records.len(), 2);
    for record in records {
        let found = describe(&record).unwrap().findings;
        let unknown = |finding: &&Finding| finding.code == Code::ContextUnknown;
        let values: Vec<&str> = found
            .iter()
            .filter(unknown)
            .map(|finding| finding.value.as_str())
            .collect();
        assert_eq!(values, ["https://ailleurs.example.org/contexte.json"]);
    }
}
