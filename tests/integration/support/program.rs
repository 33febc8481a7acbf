//! The real program in a folder of its own, with a configuration file for a portal on loopback.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;

use moisson::ledger::{Ledger, Reader, RunRow};
use moisson::publish::{Layout, Snapshot};
use moisson::record::{Base, PortalId};
use tempfile::TempDir;

use super::{BASE, fixed, opened_quads, reference_quads};

/// The program that is tested: that of the same build, or the one that `MOISSON_BINARY` names.
pub(crate) fn binary() -> PathBuf {
    std::env::var_os("MOISSON_BINARY")
        .map_or_else(|| env!("CARGO_BIN_EXE_moisson").into(), PathBuf::from)
}

/// A folder with a configuration and, after the first harvest, a store.
pub(crate) struct Site {
    pub(crate) folder: TempDir,
    /// What a bulk load of the ledger gives at a sequence; loading is slow.
    references: Mutex<BTreeMap<(u64, &'static str), BTreeSet<String>>>,
}

/// A finished command.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Site {
    /// A site with the portal `exemple` at `address`.
    pub(crate) fn at(address: SocketAddr) -> Self {
        let site = Self {
            folder: tempfile::tempdir().unwrap(),
            references: Mutex::default(),
        };
        site.configure(address, "", "");
        site
    }

    /// Writes the configuration, with more lines for `[harvest]` and for the portal.
    pub(crate) fn configure(&self, address: SocketAddr, harvest: &str, portal: &str) {
        self.write_config(&format!(
            "base_uri = '{BASE}'\n\
             [harvest]\nattempts = 2\nbackoff = '10ms'\ngrace = '0s'\n{harvest}\n\
             [[portal]]\nid = 'exemple'\nkind = 'udata'\nurl = 'http://{address}/'\n\
             allow_private = true\n{portal}\n"
        ));
    }

    pub(crate) fn write_config(&self, text: &str) {
        std::fs::write(self.folder.path().join("moisson.toml"), text).unwrap();
    }

    /// The store's folder.
    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("var")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env("MOISSON_LOG", "moisson=info,warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    /// Runs a command to its end. The portal's server must have a thread of its own meanwhile.
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        let mut command = self.command(arguments);
        tokio::task::block_in_place(|| command.output().unwrap()).into()
    }

    /// Runs a command that must succeed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> Done {
        let done = self.run(arguments);
        assert_eq!(done.status, Some(0), "{arguments:?}: {done:#?}");
        done
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(&self.store(), &base()).unwrap()
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(&self.store(), &base()).unwrap()
    }

    pub(crate) fn layout(&self) -> Layout {
        Layout::new(self.store())
    }

    /// The published sequence.
    pub(crate) fn published(&self) -> Option<u64> {
        let current = Snapshot::current(&self.layout()).unwrap();
        current.map(|snapshot| snapshot.manifest().sequence)
    }

    /// Asserts that what is published can be read and is what the ledger says of that sequence.
    pub(crate) fn assert_published_whole(&self) {
        let snapshot = Snapshot::current(&self.layout())
            .unwrap()
            .expect("something is published");
        let (at, engine) = (snapshot.manifest().sequence, snapshot.manifest().engine);
        let mut references = self.references.lock().unwrap();
        let reference = references
            .entry((at, engine.as_str()))
            .or_insert_with(|| reference_quads(&self.reader(), fixed(), engine, at));
        let found = opened_quads(&snapshot.graph());
        assert!(found == *reference, "snapshot {at} is torn");
    }

    /// What is said of each record of the portal, by IRI, at the latest sequence.
    pub(crate) fn descriptions(&self) -> BTreeMap<String, String> {
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        self.descriptions_at(at)
    }

    /// What is said of each record of the portal, by IRI, at a sequence.
    pub(crate) fn descriptions_at(&self, at: u64) -> BTreeMap<String, String> {
        let reader = self.reader();
        let all = reader
            .scan(moisson::ledger::RecordNumber::BEFORE_ALL, 100_000, at)
            .unwrap();
        all.into_iter()
            .map(|one| (one.iri, format!("{:?} {:?}", one.digest, one.origin)))
            .collect()
    }

    /// The last run over the portal.
    pub(crate) fn last_run(&self) -> RunRow {
        let portal = PortalId::new("exemple").unwrap();
        self.reader().runs(Some(&portal), 1).unwrap().remove(0)
    }

    /// The names of what is in the store's folder and among the snapshots.
    pub(crate) fn entries(&self) -> Vec<String> {
        [self.store(), self.layout().snapshots()]
            .iter()
            .filter_map(|folder| std::fs::read_dir(folder).ok())
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with("ledger.sqlite-"))
            .collect()
    }
}

pub(crate) fn base() -> Base {
    Base::new(BASE).unwrap()
}
