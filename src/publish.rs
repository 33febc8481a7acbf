//! Publishing: every projection is brought to one sequence, put into a snapshot, and shown by moving a
//! pointer.
//!
//! Readers open the newest snapshot read-only and hold a shared lock on it; retention deletes only what
//! it can lock. So a harvest becomes visible whole or not at all, and every answer knows its sequence.
//! Projections are made only here, under `writer.lock`: from those of the newest snapshot, where that
//! serves, or from the ledger alone.

mod snapshot;

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::cores::{STACK, joined, spawn};
use crate::graph::{self, Change, Fixed, GraphError, Opened, Projection, Storage};
use crate::ledger::{Ledger, LedgerError, Reader};
use crate::lock::{FileLock, LockError};
use crate::search::{self, SearchError};

pub use crate::graph::Build;
pub use snapshot::{Manifest, Snapshot};

/// What can go wrong with a publication; the one before it then stays visible.
#[derive(Debug, Error)]
pub enum PublishError {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The graph projection failed.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The text index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A file operation failed.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The writer's lock cannot be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A snapshot's manifest cannot be read.
    #[error("{path}: {message}")]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
}

impl PublishError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

/// Where everything lives under `[store] path`.
#[derive(Debug, Clone)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The layout under `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The live graph, of an engine that has one; others are made beside it.
    #[must_use]
    pub fn graph(&self) -> PathBuf {
        self.root.join("graph")
    }

    /// The folder in which the text index is made.
    fn index(&self) -> PathBuf {
        self.root.join("search.new")
    }

    /// The snapshots.
    #[must_use]
    pub fn snapshots(&self) -> PathBuf {
        self.root.join("snapshots")
    }

    /// The pointer to the newest snapshot.
    #[must_use]
    pub fn pointer(&self) -> PathBuf {
        self.snapshots().join("current")
    }
}

/// Whoever publishes: one process at a time, since it opens the live projections.
#[derive(Debug)]
pub struct Writer<'a> {
    layout: &'a Layout,
    _lock: FileLock,
}

impl<'a> Writer<'a> {
    /// Waits for `writer.lock`; calls `waiting` once if another process holds it.
    ///
    /// # Errors
    /// The file system's.
    pub fn acquire(layout: &'a Layout, waiting: impl FnOnce()) -> Result<Self, PublishError> {
        Ok(Self {
            layout,
            _lock: FileLock::acquire(layout.root(), "writer.lock", waiting)?,
        })
    }
}

/// A publication that was made.
#[derive(Debug, Clone)]
pub struct Published {
    /// The sequence shown.
    pub sequence: u64,
    /// Unix seconds.
    pub time: i64,
    /// The snapshot's folder.
    pub snapshot: PathBuf,
    /// What the graph projection went through.
    pub change: Change,
}

/// What is published, and how.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// What the graph holds beside the ledger's records.
    pub fixed: Fixed<'a>,
    /// What the graph is kept in.
    pub engine: Storage,
    /// How many snapshots are kept.
    pub keep: usize,
    /// How the projections are brought to the ledger's sequence.
    pub build: Build,
}

impl Writer<'_> {
    /// Publishes everything committed so far, at `now` in Unix seconds.
    ///
    /// # Errors
    /// Any step's; the publication before it then stays visible, and the next try completes this one.
    pub fn publish(
        &self,
        ledger: &mut Ledger,
        plan: Plan<'_>,
        now: i64,
    ) -> Result<Published, PublishError> {
        let layout = self.layout;
        let publication = ledger.plan_publication(now)?;
        let (reader, at) = (ledger.reader()?, publication.sequence);
        let manifest = Manifest {
            sequence: at,
            time: publication.time,
            base: ledger.base().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            release: plan.fixed.release.to_owned(),
            engine: plan.engine,
        };
        // One that cannot be read is replaced.
        let current = Snapshot::current(layout)
            .inspect_err(|error| tracing::warn!(%error, "the current snapshot is replaced"))
            .ok()
            .flatten();
        let folder = layout.graph();
        let projection = Projection {
            storage: plan.engine,
            folder: &folder,
            reader: &reader,
            fixed: plan.fixed,
            at,
        };
        let old = current.as_ref().filter(|current| is_of(current, plan));
        let known = current.as_ref().map(Snapshot::search);
        let index = Indexing {
            reader: ledger.reader()?,
            at,
            folder: layout.index(),
            old: known.filter(|folder| plan.build == Build::CatchUp && folder.exists()),
        };
        let (made, indexed) = std::thread::scope(|scope| {
            let index = spawn(scope, STACK, move || index.make());
            let made = projection.make(old.map(Snapshot::graph).as_deref(), plan.build);
            (made, joined(index))
        });
        let (made, indexed) = (made?, indexed?);
        tracing::debug!(sequence = at, change = ?made.change, index = ?indexed, "projected");
        // It is let go of before retention: our own lock would keep it.
        let same = current
            .filter(|current| made.change == Change::None && *current.manifest() == manifest)
            .filter(|current| current.graph().exists() && indexed == search::Change::None)
            .map(|current| current.folder().to_owned());
        let snapshot = match same {
            Some(folder) => folder,
            None => snapshot::take(layout, &made, &layout.index(), &manifest)?,
        };
        let change = made.change;
        drop(made);
        graph::clear(&folder)?;
        search::clear(&layout.index())?;
        ledger.mark_visible(at, now)?;
        snapshot::retain(layout, plan.keep, plan.engine)?;
        if plan.engine != Storage::Disk && folder.exists() {
            tracing::info!(folder = %folder.display(), "the store of another engine is removed");
            snapshot::remove(&folder)?;
        }
        if let Some(oldest) = snapshot::oldest(layout)? {
            ledger.forget_measurements(oldest.min(at))?;
        }
        Ok(Published {
            sequence: at,
            time: publication.time,
            snapshot,
            change,
        })
    }
}

/// The text index that is wanted, for a thread of its own.
struct Indexing {
    reader: Reader,
    at: u64,
    folder: PathBuf,
    old: Option<PathBuf>,
}

impl Indexing {
    fn make(&self) -> Result<search::Change, SearchError> {
        let projection = search::Projection {
            reader: &self.reader,
            at: self.at,
            folder: &self.folder,
        };
        projection.make(self.old.as_deref())
    }
}

/// Whether the graph of a snapshot is one to go on from.
fn is_of(snapshot: &Snapshot, plan: Plan<'_>) -> bool {
    let found = snapshot.manifest().engine;
    if found != plan.engine {
        tracing::info!(
            found = found.as_str(),
            wanted = plan.engine.as_str(),
            "the graph was made by another engine, or an older version: it is made again from the ledger"
        );
    }
    found == plan.engine && belongs(snapshot)
}

/// Whether a graph that can be opened is the one that the snapshot was made with.
fn belongs(snapshot: &Snapshot) -> bool {
    let manifest = snapshot.manifest();
    if manifest.engine != Storage::Frozen {
        return true;
    }
    // One that cannot be opened is told of by whoever goes on from it.
    let Ok(graph) = Opened::open(&snapshot.graph()) else {
        return true;
    };
    let belongs = graph.belongs(&manifest.base, manifest.sequence);
    belongs
        .inspect_err(|error| tracing::warn!(%error, "the graph is made again from the ledger"))
        .is_ok()
}
