//! A small Moisson in a temporary folder, with a sample portal served on loopback.

pub(crate) mod changing;
pub(crate) mod crawling;
pub(crate) mod engines;
pub(crate) mod mishap;
pub(crate) mod offline;
pub(crate) mod program;
pub(crate) mod serving;
pub(crate) mod shared;
pub(crate) mod unsound;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use moisson::config::{Config, Portal, PortalKind, Span};
use moisson::dcat;
use moisson::dcat::quality::metrics;
use moisson::demo::udata::{SampleData, router};
use moisson::graph::{self, Fixed, Opened, Storage};
use moisson::harvest::{self, Recipe, Report, Request, Scope};
use moisson::ledger::{Counts, Ledger, Outcome, Reader, Rules, RunId, Withdrawal};
use moisson::operate::Moisson;
use moisson::publish::{self, Build, Layout, Published};
use moisson::record::{Base, Former, PortalId};
use moisson::source::Context;
use moisson::vocabulary::Vocabularies;
use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use url::Url;

/// The base IRI of the tests.
pub(crate) const BASE: &str = "https://moisson.example/";

/// A Moisson with one portal. Its clock stands still until it is moved.
pub(crate) struct Farm {
    pub(crate) config: Config,
    clock: Arc<AtomicI64>,
    _folder: TempDir,
    server: JoinHandle<()>,
}

impl Drop for Farm {
    fn drop(&mut self) {
        self.server.abort();
    }
}

static METRICS: OnceLock<Vec<Triple>> = OnceLock::new();

/// The vocabularies and metrics as the store holds them.
pub(crate) fn fixed() -> Fixed<'static> {
    let vocabularies = Vocabularies::builtin();
    Fixed {
        triples: vocabularies.triples(),
        own: METRICS.get_or_init(|| metrics(&Base::new(BASE).unwrap())),
        release: vocabularies.release(),
    }
}

/// Commits a run that saw these lists whole, and withdraws at once whatever it did not see.
pub(crate) fn commit_whole(
    ledger: &mut Ledger,
    run: RunId,
    listed: Vec<&'static str>,
    config: &Config,
    now: i64,
) -> Counts {
    let memberships = |iri: &NamedNode, triples: &[Triple], origin: &str| {
        let others = dcat::said_of_others(origin, &config.base_uri);
        let said = (triples, &*others);
        dcat::memberships(iri, said, &config.base_uri, Vocabularies::builtin())
    };
    let rules = Rules {
        merge: &dcat::merge,
        memberships: &memberships,
        fitting: &dcat::fitting,
        recognition: &harvest::recognition(config),
    };
    let withdrawal = Withdrawal {
        grace: Duration::ZERO,
        max_share: 1.0,
    };
    let outcome = Outcome::Complete { listed };
    let (_, counts) = ledger
        .commit(run, &outcome, withdrawal, rules, now)
        .unwrap();
    counts
}

/// Does something with the context of a portal whose root is given.
pub(crate) fn with_context<T>(
    root: &str,
    language: Option<&str>,
    act: impl FnOnce(&Context<'_>) -> T,
) -> T {
    act(&Context {
        base: &Base::new("https://donnees.example.org/").unwrap(),
        portal: &PortalId::new("portail").unwrap(),
        root: &Url::parse(root).unwrap(),
        language,
        licence: None,
        vocabularies: Vocabularies::builtin(),
        former: Former::NONE,
    })
}

/// Prepares records of a portal of a kind as [`with_context`] describes them.
pub(crate) fn with_recipe<T>(kind: PortalKind, act: impl FnOnce(&Recipe<'_>) -> T) -> T {
    let text = format!(
        "base_uri = \"https://donnees.example.org/\"\n\
         [[portal]]\nid = \"portail\"\nkind = \"{}\"\n\
         url = \"https://portail.example.org/\"\nlanguage = \"fr\"",
        kind.name()
    );
    let config = Config::parse(&text, Path::new("moisson.toml")).unwrap();
    let portal = config.portals.first().unwrap();
    let vocabularies = Vocabularies::builtin();
    act(&Recipe::new(&config, portal, vocabularies).unwrap())
}

impl Farm {
    /// A farm whose portal serves `data`.
    pub(crate) async fn of(data: SampleData) -> Self {
        Self::with(router(data)).await
    }

    /// A farm whose portal is `routes`.
    pub(crate) async fn with(routes: axum::Router) -> Self {
        Self::of_kind(PortalKind::Udata, "", routes).await
    }

    /// A farm whose portal is of a kind, served by `routes` at `path`.
    pub(crate) async fn of_kind(kind: PortalKind, path: &str, routes: axum::Router) -> Self {
        let (portal, server) = moisson::demo::spawn(routes, 0).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path(), portal);
        for one in &mut config.portals {
            let url = format!("{}{}", one.url, path.trim_start_matches('/'));
            *one = Portal {
                language: one.language.take(),
                allow_private: true,
                ..Portal::new(one.id.clone(), kind, &url)
            };
        }
        Self {
            config,
            clock: Arc::new(AtomicI64::new(1_700_000_000)),
            _folder: folder,
            server,
        }
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub(crate) fn sleep(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn layout(&self) -> Layout {
        Layout::new(&self.config.store.path)
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(&self.config.store.path, &self.config.base_uri).unwrap()
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(&self.config.store.path, &self.config.base_uri).unwrap()
    }

    pub(crate) async fn harvest(&self, scope: Scope) -> Report {
        let request = Request {
            scope,
            ..Request::default()
        };
        self.harvest_some(request).await
    }

    /// What harvests and publishes, as the configuration is now.
    pub(crate) fn moisson(&self) -> Moisson {
        let clock = Arc::clone(&self.clock);
        Moisson::with_clock(
            self.config.clone(),
            Arc::new(move || clock.load(Ordering::SeqCst)),
        )
    }

    pub(crate) async fn harvest_some(&self, request: Request) -> Report {
        let moisson = self.moisson();
        moisson.describe_self().unwrap();
        let portal = &self.config.portals[0];
        moisson.harvest(portal, request, &()).await.unwrap()
    }

    pub(crate) fn publish(&self) -> Published {
        self.moisson().publish(Build::CatchUp).unwrap()
    }

    /// The quads of the published store.
    pub(crate) fn published_quads(&self) -> BTreeSet<String> {
        let snapshot = publish::Snapshot::current(&self.layout())
            .unwrap()
            .expect("something is published");
        opened_quads(&snapshot.graph())
    }

    /// The quads that a bulk load of the ledger at the published sequence gives.
    pub(crate) fn reference_quads(&self) -> BTreeSet<String> {
        let snapshot = publish::Snapshot::current(&self.layout())
            .unwrap()
            .expect("something is published");
        let at = snapshot.manifest().sequence;
        reference_quads(&self.reader(), fixed(), snapshot.manifest().engine, at)
    }

    /// The IRIs of the live datasets.
    pub(crate) fn datasets(&self) -> Vec<String> {
        let reader = self.reader();
        let filter = moisson::ledger::Filter {
            kinds: vec![moisson::record::Kind::Dataset],
            ..moisson::ledger::Filter::default()
        };
        let at = reader.sequence().unwrap();
        let page = reader
            .page(&filter, moisson::ledger::Position::Offset(0), 100_000, at)
            .unwrap();
        page.records
            .into_iter()
            .map(|dataset| dataset.iri)
            .collect()
    }
}

/// A configuration with one sample portal at `address`, everything under `folder`.
pub(crate) fn config(folder: &Path, address: SocketAddr) -> Config {
    let mut config = Config {
        base_uri: Base::new(BASE).unwrap(),
        ..Config::default()
    };
    folder.clone_into(&mut config.store.path);
    config.harvest.attempts = 2;
    config.harvest.backoff = Span::milliseconds(1);
    config.harvest.grace = Span::seconds(0);
    let id = PortalId::new("exemple").unwrap();
    config.portals.push(Portal {
        language: Some("fr".to_owned()),
        allow_private: true,
        ..Portal::new(id, PortalKind::Udata, &format!("http://{address}/"))
    });
    config
}

/// The quads of the graph in a snapshot's file or folder.
pub(crate) fn opened_quads(path: &Path) -> BTreeSet<String> {
    let graph = Opened::open(path).unwrap();
    graph
        .quads()
        .map(|quad| quad.unwrap().to_string())
        .collect()
}

/// The quads that a bulk load of the ledger gives, with terms as an engine holds them: oxigraph's store
/// rewrites some.
pub(crate) fn reference_quads(
    reader: &Reader,
    fixed: Fixed<'_>,
    engine: Storage,
    at: u64,
) -> BTreeSet<String> {
    if engine == Storage::Frozen {
        let quads = graph::every_quad(reader, fixed, at).unwrap();
        return numbered(quads.map(Result::unwrap).collect());
    }
    let store = Opened::Store(graph::reference(reader, fixed, at).unwrap());
    store
        .quads()
        .map(|quad| quad.unwrap().to_string())
        .collect()
}

/// Quads with the labels that a frozen file gives to blank nodes: their place in the order of the hashes
/// of their own.
fn numbered(mut quads: Vec<Quad>) -> BTreeSet<String> {
    let hash = |node: &BlankNode| Sha256::digest(node.as_str())[..16].to_vec();
    let mut hashes = BTreeSet::new();
    for quad in &quads {
        if let NamedOrBlankNode::BlankNode(node) = &quad.subject {
            hashes.insert(hash(node));
        }
        if let Term::BlankNode(node) = &quad.object {
            hashes.insert(hash(node));
        }
    }
    let numbers: BTreeMap<_, _> = hashes.into_iter().zip(0..).collect();
    let label = |node: &BlankNode| {
        let number: usize = numbers[&hash(node)];
        BlankNode::new(format!("b{number}")).unwrap()
    };
    for quad in &mut quads {
        if let NamedOrBlankNode::BlankNode(node) = &quad.subject {
            quad.subject = label(node).into();
        }
        if let Term::BlankNode(node) = &quad.object {
            quad.object = label(node).into();
        }
    }
    quads.iter().map(ToString::to_string).collect()
}
