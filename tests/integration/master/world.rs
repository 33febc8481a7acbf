//! Two portals, the ledger that they are harvested into, and its projection.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use moisson::config::Portal;
use moisson::ledger::{Mode, RecordNumber, Staged};
use moisson::record::PortalId;

use super::listed::{elsewhere, others, record};
use crate::support::engines;
use crate::support::offline::Offline;

/// Datasets that exist from the start, so that a change is small beside them and is applied by
/// difference.
pub(super) const SETTLED: u8 = 12;

/// What the portal lists: variant by dataset.
pub(super) type Listing = BTreeMap<u8, u8>;

pub(super) struct World {
    offline: Offline,
    pub(super) listing: Listing,
    /// What the other portal lists.
    pub(super) elsewhere: Listing,
    /// How often everything was looked at.
    pub(super) views: u8,
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

impl World {
    pub(super) fn new() -> Self {
        Self {
            offline: Offline::of(&[
                ("exemple", "https://portail.example/"),
                ("ailleurs", "https://ailleurs.example/"),
            ]),
            listing: (0..SETTLED).map(|id| (id, 2)).collect(),
            elsewhere: Listing::new(),
            views: 0,
        }
    }

    fn staged_of(&self, portal: &Portal) -> Vec<Staged> {
        let mut records = Vec::new();
        if portal.id.as_str() == "ailleurs" {
            for (id, variant) in &self.elsewhere {
                records.extend(elsewhere(*id, *variant));
            }
        } else {
            for (id, variant) in &self.listing {
                records.push(("datasets", record(*id, *variant, self.views)));
                if *id >= SETTLED {
                    records.extend(others(*id, *variant));
                }
            }
        }
        self.staged(portal, records)
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
        let mut staged = self.staged_of(&portal);
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
            let listed = vec!["datasets", "reuses", "discussions", "community_resources"];
            self.commit(&mut ledger, run, listed);
        }
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
        self.take_effect();
    }

    /// Looking at everything again, as if nothing was known of evidence, comes to the same.
    pub(super) fn check_nothing_was_missed(&mut self) {
        self.take_effect();
        let (before, findings) = (self.reader().sequence().unwrap(), self.findings());
        self.forget_evidence();
        self.take_effect();
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
        engines::follow(self.folder(), &self.reader(), at);
    }

    pub(super) fn descriptions(&self) -> BTreeMap<String, String> {
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        let live = reader.scan(RecordNumber::BEFORE_ALL, 10_000, at).unwrap();
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
