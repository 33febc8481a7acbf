//! The fields of transport.data.gouv.fr.

use std::collections::BTreeSet;
use std::path::Path as File;

use moisson::config::{Config, PortalKind};
use moisson::demo::transport::{self, SampleData};
use moisson::harvest::{self, Recipe};
use moisson::source::{self, Plan};
use moisson::vocabulary::Vocabularies;
use serde_json::Value;

use super::known::Survey;
use super::table::Tables;
use super::{picture, shown, walk};
use crate::support::crawling;

const DATASETS: &str = "datasets";

/// A record, and where it was found.
struct Met(Value, String);

fn tables() -> Tables {
    Tables::of_module("source/transport", &[DATASETS])
}

fn split(body: &[u8]) -> Vec<(&'static str, Value)> {
    let records = (source::of(PortalKind::Transport).split)(body)
        .unwrap()
        .records;
    let read = |record: source::RawRecord| {
        (
            record.collection,
            serde_json::from_slice(&record.payload).unwrap(),
        )
    };
    records.into_iter().map(read).collect()
}

/// The datasets of the sample portal: those of its file, and as a crawl gets them.
async fn of_sample() -> Vec<Met> {
    let file = File::new(env!("CARGO_MANIFEST_DIR")).join("data/transport/datasets.json");
    let records = split(&std::fs::read(file).unwrap()).into_iter();
    let mut met: Vec<Met> = records
        .map(|(_, record)| Met(record, "datasets.json".to_owned()))
        .collect();
    let fake = crawling::serve(transport::router(SampleData::bundled()), |_, _| None).await;
    let portal = crawling::portal("transport", "");
    let mut crawl = crawling::crawl(&fake, &portal, Plan::Full, None, None).unwrap();
    for page in crawling::pages(&mut crawl).await.unwrap() {
        let records = page.records.into_iter();
        met.extend(records.map(|raw| {
            let record = serde_json::from_slice(&raw.payload).unwrap();
            Met(record, format!("crawled, {}", raw.key))
        }));
    }
    met
}

/// The answer of a validator.
const NO_RECORDS: [&str; 1] = ["validate-tag.json"];

/// The datasets of other people's portals, where they are at hand.
fn of_others() -> Vec<Met> {
    let Some(shared) = std::env::var_os("MOISSON_SHARED") else {
        return Vec::new();
    };
    let mut met = Vec::new();
    let folder = File::new(&shared).join("portals/transport");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let records = split(&std::fs::read(&path).unwrap());
        let is_none = NO_RECORDS.contains(&name.as_str());
        assert_eq!(records.is_empty(), is_none, "the records of {name}");
        met.extend(
            records
                .into_iter()
                .map(|(_, record)| Met(record, name.clone())),
        );
    }
    met
}

#[test]
fn the_mapping_tables_can_be_read() {
    let tables = tables();
    assert!(tables.faults.is_empty(), "\n{}", tables.faults.join("\n"));
    let rows: usize = tables.shapes.values().map(Vec::len).sum();
    assert!(rows > 40, "{rows}");
}

#[tokio::test]
async fn every_path_of_every_record_is_mapped_or_left_out() {
    let tables = tables();
    let mut survey = Survey::new(&tables);
    for Met(record, place) in of_sample().await.into_iter().chain(of_others()) {
        survey.look(DATASETS, walk::json(&record), &place);
    }
    let forgotten = survey.forgotten();
    assert!(
        forgotten.is_empty(),
        "neither in a table of fields nor left out:\n{}",
        forgotten.join("\n")
    );
}

/// Mapped, but not in the sample portal.
const OF_OTHER_PORTALS: [&str; 0] = [];

#[tokio::test]
async fn the_sample_portal_shows_every_mapped_field() {
    let tables = tables();
    let mut survey = Survey::new(&tables);
    for Met(record, place) in of_sample().await {
        survey.look(DATASETS, walk::json(&record), &place);
    }
    let hidden: BTreeSet<String> = survey
        .never_shown(&[DATASETS])
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let expected: BTreeSet<String> = OF_OTHER_PORTALS.map(str::to_owned).into();
    assert_eq!(hidden, expected);
}

#[test]
fn every_mapped_field_changes_the_graph() {
    let text = "base_uri = 'https://donnees.example.org/'\n[[portal]]\nid = 'portail'\nkind = 'transport'\n\
                url = 'https://portail.example.org/'";
    let config = Config::parse(text, "moisson.toml".as_ref()).unwrap();
    let recipe = Recipe::new(&config, &config.portals[0], Vocabularies::builtin()).unwrap();
    let describe = |collection: &str, record: &Value| {
        let payload = serde_json::to_vec(record).unwrap();
        match harvest::describe(&recipe, collection, &payload) {
            Ok(described) => picture::lines(&described.parts),
            Err(why) => BTreeSet::from([format!("rejected: {why}")]),
        }
    };
    let faults = shown::faults(&tables(), "transport", &[DATASETS], &split, &describe);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
