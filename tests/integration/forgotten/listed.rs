//! The fields of a portal that has one list, of datasets as JSON objects: what the tests of such a kind ask.

use std::collections::BTreeSet;
use std::path::Path as File;

use axum::Router;
use moisson::config::{Config, PortalKind};
use moisson::harvest::{self, Recipe};
use moisson::source::{self, Plan};
use moisson::vocabulary::Vocabularies;
use serde_json::Value;

use super::known::Survey;
use super::table::Tables;
use super::{picture, shown, walk};
use crate::support::{crawling, shared};

const DATASETS: &str = "datasets";

/// A kind of portal that has one list.
pub(super) struct Listed {
    pub(super) kind: PortalKind,
    /// The sample portal.
    pub(super) routes: fn() -> Router,
    /// What its configuration needs so that everything is harvested.
    pub(super) more: &'static str,
    /// The least number of rows that its tables have.
    pub(super) rows: usize,
    /// What is mapped and not in the sample portal.
    pub(super) of_other_portals: &'static [&'static str],
}

/// A record, and where it was found.
struct Met(Value, String);

impl Listed {
    fn tables(&self) -> Tables {
        Tables::of_module(&format!("source/kind/{}", self.kind.name()), &[DATASETS])
    }

    fn split(&self, body: &[u8]) -> Vec<(&'static str, Value)> {
        let records = (source::of(self.kind).split)(body, None).unwrap().records;
        let read = |record: source::RawRecord| {
            (
                record.collection,
                serde_json::from_slice(&record.payload).unwrap(),
            )
        };
        records.into_iter().map(read).collect()
    }

    /// The datasets of the sample portal: those of its file, and as a crawl gets them.
    async fn of_sample(&self) -> Vec<Met> {
        let name = self.kind.name();
        let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let file = folder.join(name).join("datasets.json");
        let records = self.split(&std::fs::read(file).unwrap()).into_iter();
        let mut met: Vec<Met> = records
            .map(|(_, record)| Met(record, "datasets.json".to_owned()))
            .collect();
        let fake = crawling::serve((self.routes)(), |_, _| None).await;
        let portal = crawling::portal(name, self.more);
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

    /// The datasets of other people's portals, where they are at hand.
    fn of_others(&self) -> Vec<Met> {
        let mut met = Vec::new();
        for file in shared::files(&[&format!("portals/{}", self.kind.name())]) {
            for raw in (source::of(self.kind).split)(&file.body, None)
                .unwrap_or_default()
                .records
            {
                let record = serde_json::from_slice(&raw.payload).unwrap();
                met.push(Met(record, file.name.clone()));
            }
        }
        met
    }

    /// The mapping tables can be read.
    pub(super) fn check_tables(&self) {
        let tables = self.tables();
        assert!(tables.faults.is_empty(), "\n{}", tables.faults.join("\n"));
        let rows: usize = tables.shapes.values().map(Vec::len).sum();
        assert!(rows > self.rows, "{rows}");
    }

    /// Every path of every record is mapped or left out.
    pub(super) async fn check_paths(&self) {
        let tables = self.tables();
        let mut survey = Survey::new(&tables);
        for Met(record, place) in self.of_sample().await {
            survey.look(DATASETS, walk::json(&record), &place);
        }
        for Met(record, place) in self.of_others() {
            survey.look(DATASETS, walk::json(&record), &place);
        }
        let forgotten = survey.forgotten();
        assert!(
            forgotten.is_empty(),
            "neither in a table of fields nor left out:\n{}",
            forgotten.join("\n")
        );
    }

    /// The sample portal shows every mapped field.
    pub(super) async fn check_sample(&self) {
        let tables = self.tables();
        let mut survey = Survey::new(&tables);
        for Met(record, place) in self.of_sample().await {
            survey.look(DATASETS, walk::json(&record), &place);
        }
        let hidden: BTreeSet<String> = survey
            .never_shown(&[DATASETS])
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let expected = self.of_other_portals.iter();
        let expected: BTreeSet<String> = expected.map(|name| (*name).to_owned()).collect();
        assert_eq!(hidden, expected);
    }

    /// Every mapped field changes the graph.
    pub(super) fn check_changes(&self) {
        let name = self.kind.name();
        let describe = |collection: &str, record: &Value| described(self.kind, collection, record);
        let split = |body: &[u8]| self.split(body);
        let faults = shown::faults(&self.tables(), name, &[DATASETS], &split, &describe);
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}

/// What a record of a portal of a kind becomes, as lines, or why it is rejected.
pub(super) fn described(kind: PortalKind, collection: &str, record: &Value) -> BTreeSet<String> {
    let text = format!(
        "base_uri = 'https://donnees.example.org/'\n[[portal]]\nid = 'portail'\nkind = '{}'\n\
         url = 'https://portail.example.org/'",
        kind.name()
    );
    let config = Config::parse(&text, "moisson.toml".as_ref()).unwrap();
    let recipe = Recipe::new(&config, &config.portals[0], Vocabularies::builtin()).unwrap();
    let payload = serde_json::to_vec(record).unwrap();
    match harvest::describe(&recipe, collection, &payload) {
        Ok(described) => picture::lines(&described.parts),
        Err(why) => BTreeSet::from([format!("rejected: {why}")]),
    }
}
