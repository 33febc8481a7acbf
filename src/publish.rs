//! Publishing: every projection is brought to one sequence, checkpointed, and shown by moving a pointer.
//!
//! Readers open the newest snapshot read-only and hold a shared lock on it; retention deletes only what
//! it can lock. So a harvest becomes visible whole or not at all, and every answer knows its sequence.
//! The live projections are opened only here, under `writer.lock`, and closed afterwards.

mod snapshot;

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::graph::{self, Change, Fixed, GraphError};
use crate::ledger::{Ledger, LedgerError};
use crate::lock::{FileLock, LockError};

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
    /// The store failed.
    #[error("the graph store: {0}")]
    Store(#[from] oxigraph::store::StorageError),
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

    /// The live graph projection.
    #[must_use]
    pub fn graph(&self) -> PathBuf {
        self.root.join("graph")
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

/// The right to open the live projections: one process at a time has it.
#[derive(Debug)]
pub struct WriterLock(#[expect(dead_code, reason = "held, never read")] FileLock);

impl WriterLock {
    /// Waits for `writer.lock`; calls `waiting` once if another process holds it.
    ///
    /// # Errors
    /// The file system's.
    pub fn acquire(layout: &Layout, waiting: impl FnOnce()) -> Result<Self, PublishError> {
        Ok(Self(FileLock::acquire(
            layout.root(),
            "writer.lock",
            waiting,
        )?))
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

/// How the projections are brought to the ledger's sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// They follow the events that they lack.
    CatchUp,
    /// They are made anew.
    Anew,
}

/// Publishes everything committed so far. The caller holds the writer's lock.
///
/// # Errors
/// Any step's; the publication before it then stays visible, and the next try completes this one.
pub fn publish(
    ledger: &mut Ledger,
    layout: &Layout,
    fixed: Fixed<'_>,
    keep: usize,
    build: Build,
    _lock: &WriterLock,
    now: i64,
) -> Result<Published, PublishError> {
    let publication = ledger.plan_publication(now)?;
    let reader = ledger.reader()?;
    let (folder, at) = (layout.graph(), publication.sequence);
    if build == Build::Anew {
        graph::rebuild(&folder, &reader, fixed, at)?;
    }
    let (store, caught_up) = graph::catch_up(&folder, &reader, fixed, at)?;
    tracing::debug!(sequence = at, change = ?caught_up, "projected");
    let change = match build {
        Build::CatchUp => caught_up,
        Build::Anew => Change::Rebuilt,
    };
    let manifest = Manifest {
        sequence: publication.sequence,
        time: publication.time,
        base: ledger.base().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        release: fixed.release.to_owned(),
    };
    // One that cannot be read is replaced. It is let go of before retention: our own lock would keep it.
    let current = Snapshot::current(layout)
        .inspect_err(|error| tracing::warn!(%error, "the current snapshot is replaced"))
        .ok()
        .flatten()
        .filter(|current| change == Change::None && *current.manifest() == manifest)
        .filter(|current| current.graph().is_dir())
        .map(|current| current.folder().to_owned());
    let snapshot = match current {
        Some(folder) => folder,
        None => snapshot::take(layout, &store, &manifest)?,
    };
    ledger.mark_visible(publication.sequence, now)?;
    snapshot::retain(layout, keep)?;
    if let Some(oldest) = snapshot::oldest(layout)? {
        ledger.forget_measurements(oldest.min(at))?;
    }
    Ok(Published {
        sequence: publication.sequence,
        time: publication.time,
        snapshot,
        change,
    })
}
