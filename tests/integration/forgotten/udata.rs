//! The fields of udata.

use std::collections::BTreeSet;
use std::path::Path as File;
use std::time::Duration;

use moisson::config::Config;
use moisson::demo::{self, udata::SampleData};
use moisson::fetch::{Fetcher, Options, Reach};
use moisson::harvest::{self, Recipe};
use moisson::source::kind::udata::{
    COMMUNITY, DATASERVICES, DATASETS, DISCUSSIONS, ORGANIZATIONS, REUSES, SOURCES, TOPICS, split,
};
use moisson::source::{Plan, Settings};
use moisson::vocabulary::Vocabularies;
use serde_json::Value;
use url::Url;

use super::known::Survey;
use super::table::Tables;
use super::{golden, picture, walk};
use crate::support::shared;

const COLLECTIONS: [&str; 8] = [
    DATASETS,
    ORGANIZATIONS,
    DATASERVICES,
    REUSES,
    DISCUSSIONS,
    TOPICS,
    COMMUNITY,
    SOURCES,
];

/// A record with its collection and where it was found.
struct Met {
    collection: &'static str,
    record: Value,
    place: String,
}

fn tables() -> Tables {
    Tables::of_module("source/kind/udata", &COLLECTIONS)
}

fn config(url: &str) -> Config {
    let include = COLLECTIONS.map(|name| format!("'{name}'")).join(", ");
    let text = format!(
        "base_uri = 'https://donnees.example.org/'\n[[portal]]\nid = 'portail'\nkind = 'udata'\n\
         url = '{url}'\nlanguage = 'fr'\nallow_private = true\ninclude = [{include}]"
    );
    Config::parse(&text, "moisson.toml".as_ref()).unwrap()
}

/// The records in the files of the sample portal, private and deleted ones too.
fn of_files() -> Vec<Met> {
    let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("data/udata");
    let mut met = Vec::new();
    for collection in COLLECTIONS {
        let name = format!("{collection}.json");
        let text =
            std::fs::read(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut records: Vec<Value> = serde_json::from_slice(&text).unwrap();
        if collection == DATASERVICES {
            // Served as a list of its own, from which a crawl completes the record.
            for record in &mut records {
                record["datasets"] = Value::Null;
            }
        }
        met.extend(records.into_iter().map(|record| Met {
            collection,
            record,
            place: name.clone(),
        }));
    }
    met
}

/// The records as a crawl over the sample portal gets them.
async fn of_crawl() -> Vec<Met> {
    let routes = demo::udata::router(SampleData::bundled());
    let (address, server) = demo::spawn(routes, 0).await.unwrap();
    let root = format!("http://{address}/");
    let options = Options {
        reach: Reach::AndHost("127.0.0.1".to_owned()),
        backoff: Duration::from_millis(1),
        ..Options::default()
    };
    let fetcher = Fetcher::new(options).unwrap();
    let root = Url::parse(&root).unwrap();
    let config = config(root.as_str());
    let portal = &config.portals[0];
    let mut crawl = portal
        .crawl(root, Plan::Full, None, Settings::default())
        .unwrap();
    let mut met = Vec::new();
    while let Some(page) = crawl.next(&fetcher).await.unwrap() {
        met.extend(page.records.into_iter().map(|raw| Met {
            collection: raw.collection,
            record: serde_json::from_slice(&raw.payload).unwrap(),
            place: format!("crawled, {}", raw.key),
        }));
    }
    server.abort();
    met
}

#[tokio::test]
async fn a_crawl_over_the_sample_portal_gets_every_collection() {
    let crawled = of_crawl().await;
    let seen: BTreeSet<_> = crawled.iter().map(|met| met.collection).collect();
    assert_eq!(seen, BTreeSet::from(COLLECTIONS));
}

/// The records of other people's portals, where they are at hand.
fn of_others() -> Vec<Met> {
    let mut met = Vec::new();
    for file in shared::files(&["portals/udata"]) {
        for raw in split(&file.body).unwrap_or_default().records {
            let record = Met {
                collection: raw.collection,
                record: serde_json::from_slice(&raw.payload).unwrap(),
                place: file.name.clone(),
            };
            met.push(record);
        }
    }
    met
}

#[test]
fn the_mapping_tables_can_be_read() {
    let tables = tables();
    assert!(tables.faults.is_empty(), "\n{}", tables.faults.join("\n"));
    let rows: usize = tables.shapes.values().map(Vec::len).sum();
    assert!(rows > 200, "{rows}");
}

#[tokio::test]
async fn every_path_of_every_record_is_mapped_or_left_out() {
    let tables = tables();
    let mut survey = Survey::new(&tables);
    let crawled = of_crawl().await;
    for met in of_files().into_iter().chain(crawled) {
        survey.look(met.collection, walk::json(&met.record), &met.place);
    }
    for met in of_others() {
        survey.look(met.collection, walk::json(&met.record), &met.place);
    }
    let forgotten = survey.forgotten();
    assert!(
        forgotten.is_empty(),
        "neither in a table of fields nor left out:\n{}",
        forgotten.join("\n")
    );
}

/// Mapped, but of no portal that is like the sample, which is version 17 without plugins: how dumps, old
/// portals, and answers to a header that is not sent have it.
const OF_OTHER_PORTALS: [&str; 17] = [
    "community_resources: created_at_internal",
    "community_resources: last_modified_internal",
    "community_resources: published",
    "datasets: created_at_internal",
    "datasets: extras.harvest:remote_id",
    "datasets: extras.harvest:source_id",
    "datasets: frequency.id",
    "datasets: last_modified_internal",
    "datasets: license.id",
    "resource: created_at_internal",
    "resource: last_modified_internal",
    "resource: published",
    "spatial: zones[].id",
    "spatial: zones[].name",
    "spatial: zones[].uri",
    "topics: datasets[].id",
    "topics: reuses[].id",
];

#[tokio::test]
async fn the_sample_portal_shows_every_mapped_field() {
    let tables = tables();
    let mut survey = Survey::new(&tables);
    for met in of_files().into_iter().chain(of_crawl().await) {
        survey.look(met.collection, walk::json(&met.record), &met.place);
    }
    let (other, hidden): (Vec<_>, Vec<_>) = survey
        .never_shown(&COLLECTIONS)
        .into_iter()
        .partition(|(name, _)| OF_OTHER_PORTALS.contains(&name.as_str()));
    let hidden: Vec<_> = hidden
        .into_iter()
        .map(|(name, place)| format!("{name} ({place})"))
        .collect();
    assert!(
        hidden.is_empty(),
        "mapped, but no record of the sample portal has it:\n{}",
        hidden.join("\n")
    );
    let other: BTreeSet<_> = other.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        other,
        BTreeSet::from(OF_OTHER_PORTALS),
        "it has some of these"
    );
}

#[test]
fn every_mapped_field_changes_the_graph() {
    let config = config("https://portail.example.org/");
    let recipe = Recipe::new(&config, &config.portals[0], Vocabularies::builtin()).unwrap();
    let describe = |collection: &str, record: &Value| {
        let payload = serde_json::to_vec(record).unwrap();
        match harvest::describe(&recipe, collection, &payload) {
            Ok(described) => picture::lines(&described.parts),
            Err(why) => BTreeSet::from([format!("rejected: {why}")]),
        }
    };
    let faults = golden::faults(&tables(), "udata", &COLLECTIONS, &describe);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
