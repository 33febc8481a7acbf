//! What a graph is kept in, and a graph that is open for questions, whatever keeps it.
//!
//! A closed list: everything that differs between engines is a `match` here, in `make`, or below them.

use std::path::Path;

use oxigraph::model::{GraphName, NamedOrBlankNode, Quad};
use oxigraph::sparql::{QueryDataset, QueryEvaluationError, QueryResults};
use oxigraph::store::Store;
use serde::{Deserialize, Serialize};

use super::frozen::Frozen;
use super::frozen::execute::{self, Mode};
use super::functions::evaluator;
use super::quads::is_state;
use super::{GraphError, dumped};
use crate::config::Engine;

/// In what form an engine of this build keeps a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Storage {
    /// One immutable file, mapped by its readers.
    #[serde(rename = "frozen")]
    Frozen,
    /// Quads in a file, which readers load into a store of oxigraph's in memory.
    #[serde(rename = "oxigraph")]
    Memory,
    /// A store of oxigraph's on disk, which is `RocksDB`.
    #[serde(rename = "oxigraph-rocksdb")]
    Disk,
}

impl Storage {
    /// What the engine of the configuration keeps its graph in.
    #[must_use]
    pub fn of(engine: Engine) -> Self {
        match engine {
            Engine::Frozen => Self::Frozen,
            Engine::Oxigraph if cfg!(feature = "rocksdb") => Self::Disk,
            Engine::Oxigraph => Self::Memory,
        }
    }

    /// The word for it in manifests and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Frozen => "frozen",
            Self::Memory => "oxigraph",
            Self::Disk => "oxigraph-rocksdb",
        }
    }

    /// The name of the file or folder in a snapshot.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Frozen => "graph.frozen",
            Self::Memory => "graph.nq.zst",
            Self::Disk => "graph",
        }
    }

    /// What is kept in a file or folder of this name.
    pub(super) fn of_path(path: &Path) -> Self {
        if path.is_dir() {
            return Self::Disk;
        }
        match path.extension() {
            Some(extension) if extension == "zst" => Self::Memory,
            _ => Self::Frozen,
        }
    }
}

/// A graph, open for reading.
pub enum Opened {
    /// A frozen file.
    Frozen(Box<Frozen>),
    /// A store of oxigraph's.
    Store(Store),
}

/// How large a graph is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Size {
    /// What keeps it.
    pub engine: Storage,
    /// Bytes on disk.
    pub bytes: u64,
    /// Quads in all graphs; none where counting them would take long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quads: Option<u64>,
    /// Distinct terms, where they are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<u64>,
}

impl Opened {
    /// Opens the graph in a snapshot's file or folder.
    ///
    /// # Errors
    /// Where it is not there, damaged, or of an engine that this build is without; names the path.
    pub fn open(path: &Path) -> Result<Self, GraphError> {
        match Storage::of_path(path) {
            Storage::Frozen => Ok(Self::Frozen(Box::new(Frozen::open(path)?))),
            Storage::Memory => Ok(Self::Store(dumped::load(path)?)),
            Storage::Disk => on_disk(path),
        }
    }

    /// Reads all of a frozen file and compares its checksums; other graphs are checked as they are read.
    ///
    /// # Errors
    /// What has changed since the graph was written.
    pub fn verify(&self) -> Result<(), GraphError> {
        match self {
            Self::Frozen(file) => Ok(file.verify()?),
            Self::Store(_) => Ok(()),
        }
    }

    /// Checks that it is the graph of this catalogue at this sequence, where that can be told.
    ///
    /// # Errors
    /// Where it is another one.
    pub fn belongs(&self, base: &str, sequence: u64) -> Result<(), GraphError> {
        match self {
            Self::Frozen(file) if (&*file.meta().base, file.sequence()) != (base, sequence) => {
                Err(GraphError::Unreadable {
                    path: file.path().to_owned(),
                    message: format!(
                        "it is the graph of {} at sequence {}, not of {base} at {sequence}",
                        file.meta().base,
                        file.sequence()
                    ),
                })
            }
            Self::Frozen(_) | Self::Store(_) => Ok(()),
        }
    }

    /// Starts a query.
    pub(super) fn execute(
        &self,
        query: &spargebra::Query,
    ) -> Result<QueryResults<'_>, QueryEvaluationError> {
        match self {
            Self::Frozen(file) => execute::execute(file, query, Mode::Auto),
            Self::Store(store) => {
                let mut query = evaluator().for_query(query.clone());
                hide_state(store, query.dataset_mut())?;
                query.on_store(store).execute()
            }
        }
    }

    /// How a query would be answered.
    pub(super) fn explain(&self, query: &spargebra::Query) -> String {
        match self {
            Self::Frozen(file) => execute::explain(file, query),
            Self::Store(_) => format!("oxigraph's evaluator\n{}", query.to_sse()),
        }
    }

    /// Every quad, for tests and dumps of small graphs.
    #[must_use]
    pub fn quads(&self) -> Box<dyn Iterator<Item = Result<Quad, GraphError>> + '_> {
        match self {
            Self::Frozen(file) => Box::new(file.quads().map(|quad| Ok(quad?))),
            Self::Store(store) => Box::new(store.iter().filter_map(|quad| match quad {
                Ok(quad) => (!is_state(quad.graph_name.as_ref())).then_some(Ok(quad)),
                Err(error) => Some(Err(error.into())),
            })),
        }
    }
}

/// Leaves out of the dataset of a query what says how far the store has come.
fn hide_state(store: &Store, dataset: &mut QueryDataset) -> Result<(), QueryEvaluationError> {
    if let Some(default) = dataset.default_graph_graphs() {
        let public = default.iter().filter(|graph| !is_state(graph.as_ref()));
        let public = public.cloned().collect();
        dataset.set_default_graph(public);
    }
    let named = match dataset.available_named_graphs() {
        Some(named) => named.to_vec(),
        None => store
            .named_graphs()
            .collect::<Result<_, _>>()
            .map_err(|error| QueryEvaluationError::Dataset(Box::new(error)))?,
    };
    let is_public = |graph: &NamedOrBlankNode| !is_state(GraphName::from(graph.clone()).as_ref());
    let public: Vec<NamedOrBlankNode> =
        named.iter().filter(|one| is_public(one)).cloned().collect();
    // Where all are public the dataset stays the default one, which the evaluator knows.
    if public.len() < named.len() {
        dataset.set_available_named_graphs(public);
    }
    Ok(())
}

#[cfg(feature = "rocksdb")]
fn on_disk(path: &Path) -> Result<Opened, GraphError> {
    Ok(Opened::Store(Store::open_read_only(path)?))
}

#[cfg(not(feature = "rocksdb"))]
fn on_disk(path: &Path) -> Result<Opened, GraphError> {
    Err(GraphError::WithoutRocks(path.to_owned()))
}

/// How large the graph in a snapshot's file or folder is.
///
/// # Errors
/// Those of opening it.
pub fn size(path: &Path) -> Result<Size, GraphError> {
    let engine = Storage::of_path(path);
    let (quads, terms) = match engine {
        Storage::Frozen => {
            let file = Frozen::open(path)?;
            (Some(file.quad_count()), Some(u64::from(file.terms())))
        }
        Storage::Memory => (Some(dumped::count(path)?), None),
        Storage::Disk => (None, None),
    };
    Ok(Size {
        engine,
        bytes: bytes(path).map_err(GraphError::file(path))?,
        quads,
        terms,
    })
}

/// Bytes on disk of a file or folder.
pub(super) fn bytes(path: &Path) -> std::io::Result<u64> {
    let about = std::fs::metadata(path)?;
    if !about.is_dir() {
        return Ok(about.len());
    }
    let mut sum = 0;
    for entry in std::fs::read_dir(path)? {
        sum += bytes(&entry?.path())?;
    }
    Ok(sum)
}
