//! Portals without a network: what they list is staged and committed as a run would, and the configuration
//! takes effect as every command lets it.

use std::path::Path;
use std::sync::Arc;

use moisson::config::{Config, Portal};
use moisson::harvest::{Recipe, prepare};
use moisson::ledger::{Counts, Ledger, Reader, RecordNumber, RunId, Staged};
use moisson::operate::Moisson;
use moisson::record::PortalId;
use moisson::vocabulary::Vocabularies;
use serde_json::Value;
use tempfile::TempDir;

use super::{commit_whole, config};

/// A configuration, a store, and a clock that stands still until something is done.
pub(crate) struct Offline {
    pub(crate) config: Config,
    pub(crate) now: i64,
    folder: TempDir,
}

impl Offline {
    /// With udata portals of these ids and addresses.
    pub(crate) fn of(portals: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path(), ([127, 0, 0, 1], 9).into());
        let portal = config.portals.remove(0);
        config.portals = portals
            .iter()
            .map(|(id, url)| Portal {
                id: PortalId::new(id).unwrap(),
                url: (*url).to_owned(),
                ..portal.clone()
            })
            .collect();
        Self {
            config,
            now: 1_700_000_000,
            folder,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(self.folder.path(), &self.config.base_uri).unwrap()
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(self.folder.path(), &self.config.base_uri).unwrap()
    }

    /// What harvests and publishes, as the configuration and the time are now.
    pub(crate) fn moisson(&self) -> Moisson {
        let now = self.now;
        Moisson::with_clock(self.config.clone(), Arc::new(move || now))
    }

    pub(crate) fn portal(&self, id: &str) -> &Portal {
        self.config.portal(id).unwrap()
    }

    /// Records of a portal, by collection, ready to be staged.
    pub(crate) fn staged(&self, portal: &Portal, records: Vec<(&str, Value)>) -> Vec<Staged> {
        let recipe = Recipe::new(&self.config, portal, Vocabularies::builtin()).unwrap();
        let one = |(collection, record): (&str, Value)| {
            let payload = record.to_string().into_bytes();
            let prepared = prepare(&recipe, collection, &payload).unwrap();
            assert_eq!(prepared.rejected, None, "{collection}");
            Staged {
                collection: collection.to_owned(),
                key: record["id"].as_str().unwrap().to_owned(),
                mark: None,
                payload,
                prepared,
            }
        };
        records.into_iter().map(one).collect()
    }

    /// Commits a run that saw these lists whole.
    pub(crate) fn commit(
        &self,
        ledger: &mut Ledger,
        run: RunId,
        listed: Vec<&'static str>,
    ) -> Counts {
        commit_whole(ledger, run, listed, &self.config, self.now)
    }

    /// What every command does first: the configuration takes effect.
    pub(crate) fn take_effect(&mut self) {
        self.now += 60;
        self.moisson().describe_self().unwrap();
    }

    /// Forgets all evidence, as a ledger of an older version has none.
    pub(crate) fn forget_evidence(&self) {
        let path = self.folder.path().join("ledger.sqlite");
        let connection = rusqlite::Connection::open(path).unwrap();
        connection
            .execute_batch(
                "DELETE FROM evidence; DELETE FROM reference;
                 DELETE FROM meta WHERE key IN ('evidence', 'recognition');",
            )
            .unwrap();
    }

    /// Aliases have no description and lead to what is shown, and nothing that is shown speaks of one.
    pub(crate) fn check_aliases(&self) {
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        let all = RecordNumber::BEFORE_ALL;
        let aliases = reader.scan_aliases(all, 10_000, at).unwrap();
        for alias in &aliases {
            let shown = reader.live_of(&alias.iri, at).unwrap();
            let shown = shown.map(|found| found.iri);
            assert_eq!(shown.as_ref(), Some(&alias.canonical));
            assert!(reader.description(alias.record, at).unwrap().is_none());
        }
        for one in reader.scan(all, 10_000, at).unwrap() {
            let body = reader.body(one.digest).unwrap();
            let named = aliases
                .iter()
                .find(|alias| body.contains(&format!("<{}>", alias.iri)));
            assert!(named.is_none(), "{} speaks of {named:?}", one.iri);
        }
    }
}
