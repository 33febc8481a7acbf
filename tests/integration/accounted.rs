//! Nothing that a feed states of a record vanishes: each of its statements is in the catalogue or in the
//! origin graph, of the record or of an agent that it mentions, or is named in a finding.
//!
//! The rule has no list of properties, since feeds have no closed one. It is asked of the sample feeds and,
//! where they are at hand, of all RDF that other portals publish.

use std::collections::HashSet;
use std::fmt::Write as _;

use moisson::config::PortalKind;
use moisson::harvest::{Described, describe};
use moisson::rdf::iri::NOWHERE;
use moisson::rdf::lines::parse;
use moisson::source::{self, RawRecord};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Term, Triple};

use crate::support::{shared, with_recipe};

/// A text without what is squeezed out of texts: space, and how JSON is written.
fn squeezed(text: &str) -> String {
    if let Ok(json @ serde_json::Value::Object(_)) = serde_json::from_str(text) {
        return json.to_string().split_whitespace().collect();
    }
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control());
    kept.collect()
}

fn text(term: &Term) -> Option<String> {
    match term {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        Term::Literal(literal) => Some(squeezed(literal.value())),
        Term::BlankNode(_) => None,
    }
}

/// The records of the feed that the statements of one lead to: they have names of ours.
fn links(payload: &str) -> HashSet<String> {
    let head = payload.lines().next().unwrap_or_default();
    let json = head.trim_start_matches("# moisson ");
    let head: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let links = head.get("links").and_then(serde_json::Value::as_object);
    let mut names: HashSet<String> = links
        .into_iter()
        .flat_map(|links| links.keys().cloned())
        .collect();
    names.extend(
        head.get("main")
            .and_then(|main| main.as_str())
            .map(str::to_owned),
    );
    names
}

/// The statements of a record that are nowhere.
fn lost(record: &RawRecord, described: &Described) -> Vec<String> {
    let payload = std::str::from_utf8(&record.payload).unwrap();
    let (_, body) = payload.split_once('\n').unwrap();
    let stated: Vec<Triple> = parse(body).unwrap();
    let links = links(payload);
    let mut said = HashSet::new();
    for part in &described.parts {
        for triple in part.graph.triples().iter().chain(part.graph.origin()) {
            said.extend(text(&triple.object));
            said.insert(triple.subject.to_string());
        }
    }
    let told: Vec<String> = (described.findings.iter())
        .map(|finding| squeezed(&finding.value))
        .filter(|value| !value.is_empty())
        .collect();
    let is_kept = |triple: &Triple| {
        let Some(value) = text(&triple.object) else {
            return true;
        };
        // The class of a node that was read for its value, or that says nothing else.
        if triple.subject.is_blank_node() && triple.predicate == rdf::TYPE {
            return true;
        }
        // What was sent without a host is told without one, or is of the portal's.
        let is_link = links.contains(&value);
        let value = value.replace(NOWHERE, "");
        let is_told = || {
            told.iter()
                .any(|told| value.starts_with(told.trim_end_matches('…')))
        };
        value.is_empty()
            || said.contains(&value)
            || is_link
            || said.contains(&format!("https://portail.example.org/{value}"))
            || said.contains(&format!("<{value}>"))
            || is_told()
    };
    let lost = stated.iter().filter(|triple| !is_kept(triple));
    lost.map(ToString::to_string).collect()
}

/// What is lost of the records of a document.
fn lost_in(name: &str, body: &[u8]) -> String {
    let mut report = String::new();
    let Ok(split) = (source::of(PortalKind::Dcat).split)(body, None) else {
        return report;
    };
    with_recipe(PortalKind::Dcat, |recipe| {
        for record in &split.records {
            let Ok(described) = describe(recipe, record.collection, &record.payload) else {
                continue;
            };
            let lost = lost(record, &described);
            if !lost.is_empty() {
                writeln!(report, "{name}: {}: {lost:#?}", record.key).unwrap();
            }
        }
    });
    report
}

#[test]
fn every_statement_of_the_sample_feed_and_the_golden_feeds_is_kept_or_told() {
    let sample = [
        include_str!("../../data/dcat/prefixes.ttl"),
        include_str!("../../data/dcat/catalogue.ttl"),
        include_str!("../../data/dcat/datasets.ttl"),
    ]
    .concat();
    let mut report = lost_in("sample", sample.as_bytes());
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/dcat");
    for case in std::fs::read_dir(golden).unwrap() {
        for file in std::fs::read_dir(case.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.file_stem().is_some_and(|stem| stem == "record") {
                let body = std::fs::read(&path).unwrap();
                report.push_str(&lost_in(&path.display().to_string(), &body));
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_statement_of_other_peoples_feeds_is_kept_or_told() {
    let mut report = String::new();
    for file in shared::files(&["portals", "suites/dcat", "suites/hvd-examples"]) {
        report.push_str(&lost_in(&file.name, &file.body));
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn what_is_kept_nowhere_is_seen() {
    let record =
        "<https://e.org/d> a <http://www.w3.org/ns/dcat#Dataset> ; <https://e.org/own> \"mine\" .";
    let split = (source::of(PortalKind::Dcat).split)(record.as_bytes(), None).unwrap();
    let nothing = Described::default();
    let lost = lost(&split.records[0], &nothing);
    assert!(lost.iter().any(|line| line.contains("mine")), "{lost:?}");
}
