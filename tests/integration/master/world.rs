//! Two portals, the ledger that they are harvested into, and its projection.

use std::collections::BTreeMap;

use moisson::config::{Config, Portal};
use moisson::harvest::{Recipe, describe_self, prepare};
use moisson::ledger::{Ledger, Mode, Reader, Staged};
use moisson::record::PortalId;
use moisson::vocabulary::Vocabularies;

use super::listed::{elsewhere, others, record};
use crate::support::{commit_whole, config, engines};

/// Datasets that exist from the start, so that a change is small beside them and is applied by
/// difference.
pub(super) const SETTLED: u8 = 12;

/// What the portal lists: variant by dataset.
pub(super) type Listing = BTreeMap<u8, u8>;

pub(super) struct World {
    pub(super) config: Config,
    pub(super) folder: tempfile::TempDir,
    pub(super) listing: Listing,
    /// What the other portal lists.
    pub(super) elsewhere: Listing,
    /// How often everything was looked at.
    pub(super) views: u8,
    pub(super) now: i64,
}

impl World {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path(), ([127, 0, 0, 1], 9).into());
        let other = Portal {
            id: PortalId::new("ailleurs").unwrap(),
            url: "https://ailleurs.example/".to_owned(),
            ..config.portals[0].clone()
        };
        config.portals.push(other);
        Self {
            config,
            folder,
            listing: (0..SETTLED).map(|id| (id, 2)).collect(),
            elsewhere: Listing::new(),
            views: 0,
            now: 1_700_000_000,
        }
    }

    pub(super) fn ledger(&self) -> Ledger {
        Ledger::open(self.folder.path(), &self.config.base_uri).unwrap()
    }

    pub(super) fn reader(&self) -> Reader {
        Reader::open(self.folder.path(), &self.config.base_uri).unwrap()
    }

    pub(super) fn portal(&self) -> &Portal {
        &self.config.portals[0]
    }

    pub(super) fn staged(&self, portal: &Portal) -> Vec<Staged> {
        let recipe = Recipe::new(&self.config, portal, Vocabularies::builtin()).unwrap();
        let one = |(collection, record): (&str, serde_json::Value)| {
            let payload = record.to_string().into_bytes();
            let prepared = prepare(&recipe, collection, &payload).unwrap();
            assert_eq!(prepared.rejected, None, "{collection}");
            Staged {
                collection: collection.into(),
                key: record["id"].as_str().unwrap().to_owned(),
                mark: None,
                payload,
                prepared,
            }
        };
        let mut records = Vec::new();
        if portal.id != self.portal().id {
            for (id, variant) in &self.elsewhere {
                records.extend(elsewhere(*id, *variant));
            }
            return records.into_iter().map(one).collect();
        }
        for (id, variant) in &self.listing {
            records.push(("datasets", record(*id, *variant, self.views)));
            if *id >= SETTLED {
                records.extend(others(*id, *variant));
            }
        }
        records.into_iter().map(one).collect()
    }

    /// A full run in pages of five; it ends there when `crash` is some number of records.
    pub(super) fn harvest(&mut self, reversed: bool, crash: Option<usize>) {
        self.harvest_of(0, reversed, crash);
    }

    pub(super) fn harvest_of(&mut self, portal: usize, reversed: bool, crash: Option<usize>) {
        self.now += 60;
        let mut ledger = self.ledger();
        let portal = self.config.portals[portal].clone();
        ledger.abandon(&portal.id, self.now).unwrap();
        let run = ledger.begin(&portal.id, Mode::Full, self.now).unwrap();
        let mut staged = self.staged(&portal);
        if reversed {
            staged.reverse();
        }
        staged.truncate(crash.unwrap_or(usize::MAX));
        for page in staged.chunks(5) {
            ledger
                .stage(run, "test", page, &[], Some("cursor"))
                .unwrap();
        }
        if crash.is_none() {
            self.commit(&mut ledger, run);
        }
    }

    pub(super) fn commit(&self, ledger: &mut Ledger, run: moisson::ledger::RunId) {
        let listed = vec!["datasets", "reuses", "discussions", "community_resources"];
        commit_whole(ledger, run, listed, &self.config, self.now);
    }

    /// The operator changes the configuration, and it takes effect.
    pub(super) fn say(&mut self, what: u8) {
        let iri =
            |portal: &str, key: &str| self.config.base_uri.iri(&format!("dataset/{portal}/{key}"));
        let pair = |n: u8| {
            vec![
                iri("ailleurs", &format!("e{n}")).into_string(),
                iri("exemple", &format!("d{n}")).into_string(),
            ]
        };
        let (one, two) = (pair(1), pair(2));
        let word = &mut self.config.recognition;
        *word = moisson::config::Recognition::default();
        match what {
            0 => word.enabled = false,
            1 => word.apart = vec![one],
            2 => word.same = vec![two],
            3 => word.prefer = vec![PortalId::new("ailleurs").unwrap()],
            4 => word.canonical = one,
            _ => {}
        }
        self.configure();
    }

    pub(super) fn configure(&mut self) {
        self.now += 60;
        let vocabularies = Vocabularies::builtin();
        describe_self(&mut self.ledger(), &self.config, vocabularies, self.now).unwrap();
    }

    /// Aliases lead to what is shown, and nothing that is shown speaks of one.
    pub(super) fn check_aliases(&self) {
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        let aliases = reader
            .scan_aliases(moisson::ledger::RecordNumber::BEFORE_ALL, 10_000, at)
            .unwrap();
        for alias in &aliases {
            let shown = reader.live_of(&alias.iri, at).unwrap().unwrap();
            assert_eq!(shown.iri, alias.canonical);
        }
        for (iri, body) in self.descriptions() {
            let named = aliases
                .iter()
                .find(|alias| body.contains(&format!("<{}>", alias.iri)));
            assert!(named.is_none(), "{iri} speaks of {named:?}");
        }
    }

    /// Looking at everything again, as if nothing was known of evidence, comes to the same.
    pub(super) fn check_nothing_was_missed(&mut self) {
        self.configure();
        let (before, findings) = (self.reader().sequence().unwrap(), self.findings());
        let path = self.folder.path().join("ledger.sqlite");
        let connection = rusqlite::Connection::open(path).unwrap();
        connection
            .execute_batch(
                "DELETE FROM evidence; DELETE FROM reference;
                 DELETE FROM meta WHERE key IN ('evidence', 'recognition');",
            )
            .unwrap();
        self.configure();
        assert_eq!(self.reader().sequence().unwrap(), before);
        assert_eq!(self.findings(), findings);
    }

    pub(super) fn findings(&self) -> Vec<String> {
        let rows = self.reader().findings(None, 100_000).unwrap();
        let own = rows.into_iter().filter(|row| row.field == "identity");
        let mut found: Vec<String> = own
            .map(|row| format!("{} {} {} {}", row.record, row.code, row.message, row.value))
            .collect();
        found.sort_unstable();
        found
    }

    pub(super) fn project(&self, at: u64) {
        engines::follow(self.folder.path(), &self.reader(), at);
    }

    pub(super) fn descriptions(&self) -> BTreeMap<String, String> {
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        let live = reader
            .scan(moisson::ledger::RecordNumber::BEFORE_ALL, 10_000, at)
            .unwrap();
        live.into_iter()
            .map(|one| (one.iri, reader.body(one.digest).unwrap()))
            .collect()
    }

    /// No subject is stated by two records, and no triple twice.
    pub(super) fn check_ownership(&self) {
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        for (iri, body) in self.descriptions() {
            for line in body.lines() {
                let subject = line.split(' ').next().unwrap().to_owned();
                if subject.starts_with('<') {
                    let owner = owners.entry(subject.clone()).or_insert_with(|| iri.clone());
                    assert_eq!(*owner, iri, "{subject} has two owners");
                }
            }
        }
    }
}
