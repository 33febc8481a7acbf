//! Several portals without a network: what they list is staged and committed as a run would.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use moisson::graph::Storage;
use moisson::ledger::{Counts, Filter, Mode, Position, Resolved};
use moisson::publish::{self, Build, Layout};
use moisson::record::Kind;
use serde_json::{Value, json};

use crate::support::offline::Offline;
use crate::support::{engines, fixed, opened_quads, reference_quads};

pub(crate) const PORTALS: [&str; 3] = ["aa", "bb", "cc"];

/// Where an IRI leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    Live,
    As(String),
    Gone,
    Unknown,
}

pub(crate) struct World {
    offline: Offline,
    /// What each portal lists: collection and record.
    lists: BTreeMap<String, Vec<(&'static str, Value)>>,
}

impl Deref for World {
    type Target = Offline;

    fn deref(&self) -> &Offline {
        &self.offline
    }
}

impl DerefMut for World {
    fn deref_mut(&mut self) -> &mut Offline {
        &mut self.offline
    }
}

/// A dataset of a udata portal that is called `names` elsewhere.
pub(crate) fn dataset(id: &str, title: &str, names: &[&str]) -> Value {
    let mut dataset = json!({ "id": id, "title": title, "description": "Texte.", "harvest": {} });
    for name in names {
        if name.contains("10.99999/") {
            dataset["doi"] = (*name).into();
        } else if name.starts_with("http") {
            dataset["harvest"]["uri"] = (*name).into();
        } else {
            dataset["harvest"]["dct_identifier"] = (*name).into();
        }
    }
    dataset
}

/// A reuse of datasets of its portal.
pub(crate) fn reuse(id: &str, datasets: &[&str]) -> Value {
    let datasets: Vec<_> = datasets
        .iter()
        .map(|id| json!({ "class": "Dataset", "id": id }))
        .collect();
    json!({ "id": id, "title": "Une carte", "type": "application", "url": "https://carte.example/", "datasets": datasets })
}

impl World {
    pub(crate) fn new() -> Self {
        let addresses = PORTALS.map(|id| format!("https://{id}.example/"));
        let portals: Vec<_> = PORTALS
            .into_iter()
            .zip(addresses.iter().map(String::as_str))
            .collect();
        Self {
            offline: Offline::of(&portals),
            lists: BTreeMap::new(),
        }
    }

    /// The portal lists these datasets, and no others.
    pub(crate) fn set(&mut self, portal: &str, datasets: Vec<Value>) {
        let datasets = datasets.into_iter().map(|one| ("datasets", one));
        self.lists.insert(portal.to_owned(), datasets.collect());
    }

    /// The portal also lists a record of another collection.
    pub(crate) fn add(&mut self, portal: &str, collection: &'static str, record: Value) {
        let list = self.lists.entry(portal.to_owned()).or_default();
        list.push((collection, record));
    }

    pub(crate) fn sequence(&self) -> u64 {
        self.reader().sequence().unwrap()
    }

    /// A full run over a portal, whose absences count at once.
    pub(crate) fn harvest(&mut self, portal: &str) -> Counts {
        let listed = vec!["datasets", "reuses", "dataservices"];
        self.run(portal, Mode::Full, listed)
    }

    /// An incremental run, which finds what the portal lists and misses nothing.
    pub(crate) fn harvest_changes(&mut self, portal: &str) -> Counts {
        self.run(portal, Mode::Incremental, Vec::new())
    }

    fn run(&mut self, portal: &str, mode: Mode, whole: Vec<&'static str>) -> Counts {
        self.now += 60;
        let mut ledger = self.ledger();
        let portal = self.portal(portal).clone();
        let run = ledger.begin(&portal.id, mode, self.now).unwrap();
        let mut listed = self
            .lists
            .get(portal.id.as_str())
            .cloned()
            .unwrap_or_default();
        for (collection, record) in &mut listed {
            let id = record["id"].as_str().unwrap();
            if record.get("uri").is_none() {
                record["uri"] = format!("{}api/1/{collection}/{id}/", portal.url).into();
            }
        }
        let staged = self.staged(&portal, listed);
        ledger.stage(run, "test", &staged, &[], None).unwrap();
        let counts = self.commit(&mut ledger, run, whole);
        self.check_aliases();
        counts
    }

    /// The configuration takes effect.
    pub(crate) fn configure(&mut self) {
        self.take_effect();
        self.check_aliases();
    }

    /// The store equals a load of the ledger, by difference too; it is then published.
    pub(crate) fn publish(&mut self) {
        self.now += 60;
        let published = self.moisson().publish(Build::CatchUp).unwrap();
        let engine = Storage::of(self.config.store.engine);
        let reference = reference_quads(&self.reader(), fixed(), engine, published.sequence);
        assert!(self.quads() == reference);
        engines::follow(self.folder(), &self.reader(), published.sequence);
    }

    /// The quads of the published store.
    pub(crate) fn quads(&self) -> std::collections::BTreeSet<String> {
        let layout = Layout::new(&self.config.store.path);
        let snapshot = publish::Snapshot::current(&layout).unwrap().unwrap();
        opened_quads(&snapshot.graph())
    }

    /// The IRI of a dataset by `portal/key`, or of another record by `kind/portal/key`.
    pub(crate) fn iri(&self, name: &str) -> String {
        match name.matches('/').count() {
            1 => self.config.base_uri.iri(&format!("dataset/{name}")),
            _ => self.config.base_uri.iri(name),
        }
        .into_string()
    }

    fn name(&self, iri: &str) -> String {
        let path = self.config.base_uri.path(iri).unwrap();
        path.strip_prefix("dataset/").unwrap_or(path).to_owned()
    }

    /// The datasets shown, by `portal/key`.
    pub(crate) fn datasets(&self) -> Vec<String> {
        let filter = Filter {
            kinds: vec![Kind::Dataset],
            ..Filter::default()
        };
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        let page = reader
            .page(&filter, Position::Offset(0), 10_000, at)
            .unwrap();
        page.records.iter().map(|one| self.name(&one.iri)).collect()
    }

    pub(crate) fn seen(&self, name: &str) -> Seen {
        let reader = self.reader();
        match reader
            .resolve(&self.iri(name), reader.sequence().unwrap())
            .unwrap()
        {
            Resolved::Live(_) => Seen::Live,
            Resolved::Same(alias) => Seen::As(self.name(&alias.canonical)),
            Resolved::Gone { .. } => Seen::Gone,
            Resolved::Unknown => Seen::Unknown,
        }
    }

    pub(crate) fn why(&self, name: &str) -> Option<String> {
        let reader = self.reader();
        match reader
            .resolve(&self.iri(name), reader.sequence().unwrap())
            .unwrap()
        {
            Resolved::Same(alias) => alias.why,
            other => panic!("{name} is {other:?}"),
        }
    }

    /// What happened to a record.
    pub(crate) fn events(&self, name: &str) -> Vec<String> {
        let (reader, iri) = (self.reader(), self.iri(name));
        let events = reader
            .events(0, reader.sequence().unwrap(), 10_000)
            .unwrap();
        let own = events.into_iter().filter(|event| event.iri == iri);
        own.map(|event| format!("{:?}", event.kind).to_lowercase())
            .collect()
    }

    /// The description of a live record.
    pub(crate) fn body(&self, name: &str) -> String {
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        match reader.resolve(&self.iri(name), at).unwrap() {
            Resolved::Live(found) => reader.body(found.digest).unwrap(),
            other => panic!("{name} is {other:?}"),
        }
    }

    /// The codes and values of the findings of recognition on a record.
    pub(crate) fn findings(&self, name: &str) -> Vec<(String, String)> {
        let (reader, iri) = (self.reader(), self.iri(name));
        let rows = reader.findings(None, 100_000).unwrap();
        rows.into_iter()
            .filter(|row| row.record == iri && row.field == "identity")
            .map(|row| (row.code, row.value))
            .collect()
    }
}
