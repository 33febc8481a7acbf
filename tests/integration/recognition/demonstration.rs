//! The sample portals together: what is recognised among them is what `data/README.md` says of them, and
//! what is published says of every source what DCAT-AP wants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use moisson::config::{Config, Portal};
use moisson::demo::csw::Record;
use moisson::demo::{self, SAMPLES};
use moisson::graph::query::{Format, Limits, Overflow, Query, ResultsSyntax, evaluate};
use moisson::graph::{self, Opened};
use moisson::harvest::Request;
use moisson::ledger::{Filter, Position, Reader};
use moisson::operate::Moisson;
use moisson::rdf::vocab::{dcat, dct, foaf, rdf};
use moisson::record::{Kind, PortalId, RecordId, Set};
use moisson::vocabulary::{Alignment, Vocabularies};
use oxigraph::model::{GraphNameRef, NamedNodeRef, Term};
use serde_json::Value;
use tempfile::TempDir;

use crate::support;

/// The sample data's own folder.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

fn file(path: &str) -> String {
    std::fs::read_to_string(format!("{DATA}/{path}"))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between the first two backticks.
fn quoted(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

/// The rows of the tables of what is on the udata portal too: kind of portal, record, dataset there.
fn announced() -> Vec<[String; 3]> {
    let readme = file("README.md");
    let mut rows = Vec::new();
    let (mut kind, mut is_table) = ("", false);
    for line in readme.lines() {
        if line.starts_with('#') {
            is_table = line == "### On the udata portal too";
        }
        if let Some(heading) = line.strip_prefix("## ") {
            kind = quoted(heading).unwrap_or_default().trim_end_matches('/');
        }
        let cells: Vec<&str> = line.split('|').collect();
        if is_table
            && let [_, record, dataset, _, _] = cells.as_slice()
            && let (Some(record), Some(dataset)) = (quoted(record), quoted(dataset))
        {
            rows.push([kind, record, dataset].map(str::to_owned));
        }
    }
    rows
}

/// The value of `field` in the entry of a file that has `value` as its `name`.
fn found(path: &str, name: &str, value: &str, field: &str) -> String {
    let entries: Vec<Value> = serde_json::from_str(&file(path)).unwrap();
    let entry = entries.iter().find(|entry| entry[name] == value);
    let entry = entry.unwrap_or_else(|| panic!("{path} has no {value}"));
    entry[field].as_str().unwrap().to_owned()
}

/// What the portal itself calls a record that the table names.
fn key(kind: &str, name: &str) -> String {
    match kind {
        "udata" => found("udata/datasets.json", "slug", name, "id"),
        "ckan" => found("ckan/packages.json", "name", name, "id"),
        "csw" => Record::new(&file(&format!("csw/{name}"))).identifier,
        "ods" => name.to_owned(),
        "dcat" => {
            let all = file("dcat/datasets.ttl");
            let (_, entry) = all.split_once(&format!("#--- {name}\n<")).unwrap();
            // The key of a record is of a form that lasts.
            let name = entry.split_once('>').unwrap().0.trim_end_matches('/');
            name.replace("http://", "https://")
                .replace("https://www.", "https://")
        }
        other => panic!("nothing of a portal of the kind {other} is recognised"),
    }
}

/// All sample portals, harvested into a folder.
pub(crate) async fn harvested() -> (TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = support::config(folder.path(), "127.0.0.1:1".parse().unwrap());
    config.portals.clear();
    let mut servers = Vec::new();
    for sample in &SAMPLES {
        let (address, server) = demo::spawn(sample.routes(), 0).await.unwrap();
        servers.push(server);
        let id = PortalId::new(sample.kind).unwrap();
        let url = format!("http://{address}{}", sample.path);
        config.portals.push(Portal {
            allow_private: true,
            ..Portal::new(id, sample.kind.parse().unwrap(), &url)
        });
    }
    let moisson = Moisson::with_clock(config.clone(), Arc::new(|| 1_700_000_000));
    let portals: Vec<&Portal> = config.portals.iter().collect();
    let reports = moisson.harvest_all(&portals, Request::default(), Arc::new(()));
    for report in reports.await.unwrap() {
        report.unwrap();
    }
    for server in servers {
        server.abort();
    }
    (folder, config)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_sample_data_announces_is_recognised_and_nothing_else() {
    let (_folder, config) = harvested().await;
    let iri = |kind: &str, name: &str| {
        let portal = PortalId::new(kind).unwrap();
        let id = RecordId::new(&portal, Kind::Dataset, &key(kind, name));
        config.base_uri.record(&id).into_string()
    };
    let announced: BTreeSet<(String, String)> = announced()
        .iter()
        .map(|[kind, record, dataset]| (iri(kind, record), iri("udata", dataset)))
        .collect();
    assert!(announced.len() > 10, "{announced:?}");
    let reader = Reader::open(&config.store.path, &config.base_uri).unwrap();
    let at = reader.sequence().unwrap();
    let aliases = reader
        .scan_aliases(moisson::ledger::RecordNumber::BEFORE_ALL, 1000, at)
        .unwrap();
    let recognised: BTreeSet<(String, String)> = aliases
        .into_iter()
        // Services derived from addresses are no matter of two portals.
        .filter(|alias| alias.id.kind == Kind::Dataset)
        .map(|alias| (alias.iri, alias.canonical))
        .collect();
    assert_eq!(recognised, announced);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_source_of_a_catalogue_record_is_one_with_a_date() {
    let (_folder, config) = harvested().await;
    let reader = Reader::open(&config.store.path, &config.base_uri).unwrap();
    let at = reader.sequence().unwrap();
    let store = graph::reference(&reader, support::fixed(), at).unwrap();
    let objects = |subject: &Term, property: NamedNodeRef<'_>| -> Vec<Term> {
        let Term::NamedNode(subject) = subject else {
            panic!("{subject} has no IRI")
        };
        let subject = subject.as_ref().into();
        let graph = GraphNameRef::DefaultGraph;
        let found = store.quads_for_pattern(Some(subject), Some(property), None, Some(graph));
        found.map(|quad| quad.unwrap().object).collect()
    };
    let class = Term::from(dcat::CATALOG_RECORD.into_owned());
    let of_class = store.quads_for_pattern(
        None,
        Some(rdf::TYPE),
        Some(class.as_ref()),
        Some(GraphNameRef::DefaultGraph),
    );
    let mut count = 0;
    for quad in of_class {
        let record = Term::from(quad.unwrap().subject);
        for source in objects(&record, dct::SOURCE) {
            count += 1;
            assert!(objects(&source, rdf::TYPE).contains(&class), "{source}");
            assert_eq!(objects(&source, dct::MODIFIED).len(), 1, "{source}");
            assert_eq!(objects(&source, foaf::PRIMARY_TOPIC).len(), 1, "{source}");
        }
    }
    assert!(count > 200, "{count}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_service_has_a_catalogue_record() {
    let (_folder, config) = harvested().await;
    let reader = Reader::open(&config.store.path, &config.base_uri).unwrap();
    let at = reader.sequence().unwrap();
    let store = graph::reference(&reader, support::fixed(), at).unwrap();
    let graph = Some(GraphNameRef::DefaultGraph);
    let class = Term::from(dcat::DATA_SERVICE.into_owned());
    let services = store.quads_for_pattern(None, Some(rdf::TYPE), Some(class.as_ref()), graph);
    let mut count = 0;
    for quad in services {
        let service = Term::from(quad.unwrap().subject);
        let topic = Some(foaf::PRIMARY_TOPIC);
        // The source's own record of it stands beside ours.
        let records = store.quads_for_pattern(None, topic, Some(service.as_ref()), graph);
        let records = records.map(|quad| quad.unwrap().subject.to_string());
        let ours = records.filter(|record| record.contains("/record/")).count();
        assert_eq!(ours, 1, "{service}");
        count += 1;
    }
    assert!(count > 50, "{count}");
}

/// The example of README that counts datasets by theme, in the command that it gives to `curl`.
fn example() -> String {
    let readme = include_str!("../../../README.md");
    let queries = readme.split("--data-urlencode 'query=").skip(1);
    let mut queries = queries.map(|text| text.split("'\n").next().unwrap());
    let query = queries.find(|query| query.contains("dcat:theme")).unwrap();
    query.split_once("LIMIT").unwrap().0.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_by_theme_counts_what_the_catalogue_lists_by_theme() {
    let (_folder, config) = harvested().await;
    let reader = Reader::open(&config.store.path, &config.base_uri).unwrap();
    let at = reader.sequence().unwrap();
    let opened = Opened::Store(graph::reference(&reader, support::fixed(), at).unwrap());
    let text = example();
    let query = Query {
        text: &text,
        base: None,
        default_graphs: &[],
        named_graphs: &[],
        format: Format::Results(ResultsSyntax::Csv),
        limits: Limits {
            rows: 1000,
            bytes: 1 << 20,
            overflow: Overflow::Abort,
        },
        search: None,
    };
    let mut answer = Vec::new();
    evaluate(&opened, &query, &mut answer).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let counted: BTreeMap<&str, u64> = (answer.lines().skip(1))
        .map(|row| row.rsplit_once(',').unwrap())
        .map(|(theme, count)| (theme.trim_matches('"'), count.parse().unwrap()))
        .collect();
    assert!(counted.len() > 5, "{answer}");
    let vocabularies = Vocabularies::builtin();
    for (theme, count) in counted {
        let concept = vocabularies.align(Alignment::Theme, theme).unwrap();
        let filter = Filter {
            kinds: vec![Kind::Dataset, Kind::Series],
            sets: vec![(Set::Theme, Some(concept.as_str().to_owned()))],
            ..Filter::default()
        };
        let listed = reader
            .page(&filter, Position::Offset(0), 0, at)
            .unwrap()
            .total;
        assert_eq!(count, listed, "{theme}");
    }
}
