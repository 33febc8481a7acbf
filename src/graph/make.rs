//! Making the graph of a sequence of the ledger: by difference from one that there is, or anew.
//!
//! What is made stands in a folder of its own until it is put into a snapshot. A graph that cannot be
//! read, or was made otherwise, is not worth an end of publishing: the ledger has everything, and it is
//! made again.

use std::path::{Path, PathBuf};

use oxigraph::model::Quad;
use oxigraph::store::Store;

use super::engine::Storage;
use super::frozen::Meta;
use super::frozen::build;
#[cfg(feature = "rocksdb")]
use super::live;
use super::quads::Fixed;
use super::{GraphError, dumped, freeze, project};
use crate::ledger::Reader;

/// What making a graph was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing: the graph was there already.
    None,
    /// So many records were changed by difference.
    Difference(u64),
    /// The graph was made anew.
    Rebuilt,
}

/// How a graph is brought to a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// It follows the events that it lacks, where it can.
    CatchUp,
    /// It is made anew.
    Anew,
}

/// The graph that is wanted.
#[derive(Clone, Copy)]
pub struct Projection<'a> {
    /// What it is kept in.
    pub storage: Storage,
    /// The folder of the live graph, where there is one; others are made beside it.
    pub folder: &'a Path,
    /// The ledger.
    pub reader: &'a Reader,
    /// What it holds beside the ledger's records.
    pub fixed: Fixed<'a>,
    /// The sequence.
    pub at: u64,
}

/// A graph that was made.
pub struct Made {
    /// What making it was.
    pub change: Change,
    form: Form,
}

enum Form {
    /// The graph that there was, in this file.
    Old(PathBuf),
    /// A new file.
    New(PathBuf),
    /// The live store, to be copied by hard links.
    #[cfg(feature = "rocksdb")]
    Live(Store),
}

impl Projection<'_> {
    /// Makes the graph, from the one in the file `old` where that serves.
    ///
    /// # Errors
    /// The ledger's, the store's and the file system's.
    pub fn make(&self, old: Option<&Path>, build: Build) -> Result<Made, GraphError> {
        clear(self.folder)?;
        let made = match self.storage {
            Storage::Frozen => self.frozen(old, build),
            Storage::Memory => self.in_memory(old, build),
            Storage::Disk => self.on_disk(build),
        };
        if made.is_err() {
            // Where the disk is full, half a graph must not keep it so.
            clear(self.folder)?;
        }
        made
    }

    /// A new folder for what is made, and the path of the new graph in it.
    fn workshop(&self) -> Result<PathBuf, GraphError> {
        let folder = beside(self.folder, "new");
        std::fs::create_dir_all(&folder).map_err(GraphError::file(&folder))?;
        Ok(folder)
    }

    fn frozen(&self, old: Option<&Path>, build: Build) -> Result<Made, GraphError> {
        let base = self.reader.base();
        let old = old
            .filter(|_| build == Build::CatchUp)
            .and_then(|path| freeze::sound(path, base, self.fixed));
        let change = match &old {
            Some(old) => project::difference(self.reader, old.sequence(), self.at)?,
            None => None,
        };
        let scratch = self.workshop()?;
        let path = scratch.join(self.storage.name());
        let change = match (old, change) {
            (Some(old), Some(Change::None)) => {
                return Ok(Made {
                    change: Change::None,
                    form: Form::Old(old.path().to_owned()),
                });
            }
            (Some(old), Some(change)) => {
                freeze::merged(self, &old, &scratch, &path)?;
                change
            }
            _ => {
                freeze::anew(self, &scratch, &path)?;
                Change::Rebuilt
            }
        };
        Ok(Made {
            change,
            form: Form::New(path),
        })
    }

    fn in_memory(&self, old: Option<&Path>, build: Build) -> Result<Made, GraphError> {
        let Self {
            reader, fixed, at, ..
        } = *self;
        let continued = match old.filter(|_| build == Build::CatchUp) {
            None => None,
            Some(path) => match dumped::load(path) {
                Ok(store) => {
                    project::go_on(&store, reader, fixed, at)?.map(|change| (store, change, path))
                }
                Err(error) => {
                    tracing::warn!(%error, "the graph is made again");
                    None
                }
            },
        };
        let (store, change) = match continued {
            Some((_, Change::None, path)) => {
                return Ok(Made {
                    change: Change::None,
                    form: Form::Old(path.to_owned()),
                });
            }
            Some((store, change, _)) => (store, change),
            None => (project::reference(reader, fixed, at)?, Change::Rebuilt),
        };
        let path = self.workshop()?.join(self.storage.name());
        dumped::write(&store, &path)?;
        Ok(Made {
            change,
            form: Form::New(path),
        })
    }

    #[cfg(feature = "rocksdb")]
    fn on_disk(&self, build: Build) -> Result<Made, GraphError> {
        let Self {
            folder,
            reader,
            fixed,
            at,
            ..
        } = *self;
        let (store, change) = live::bring(folder, reader, fixed, at, build)?;
        Ok(Made {
            change,
            form: Form::Live(store),
        })
    }

    #[cfg(not(feature = "rocksdb"))]
    fn on_disk(&self, _build: Build) -> Result<Made, GraphError> {
        Err(GraphError::WithoutRocks(self.folder.to_owned()))
    }
}

impl Made {
    /// Puts the graph where a reader opens it.
    ///
    /// # Errors
    /// The store's and the file system's.
    pub fn put(&self, path: &Path) -> Result<(), GraphError> {
        match &self.form {
            // Another file system may know no hard links.
            Form::Old(old) => std::fs::hard_link(old, path)
                .or_else(|_unlinked| std::fs::copy(old, path).map(drop))
                .map_err(GraphError::file(path)),
            Form::New(new) => std::fs::rename(new, path).map_err(GraphError::file(path)),
            #[cfg(feature = "rocksdb")]
            Form::Live(store) => {
                store.flush()?;
                Ok(store.backup(path)?)
            }
        }
    }
}

/// Writes quads into a file by themselves, without a ledger; what kind of file, its name says.
///
/// # Errors
/// The store's and the file system's.
pub fn write(path: &Path, quads: impl IntoIterator<Item = Quad>) -> Result<(), GraphError> {
    match Storage::of_path(path) {
        Storage::Frozen => Ok(build::write(path, quads, 0, &Meta::default())?),
        Storage::Memory => {
            let store = Store::new()?;
            store.extend(quads)?;
            dumped::write(&store, path)
        }
        Storage::Disk => Err(GraphError::WithoutRocks(path.to_owned())),
    }
}

/// Deletes what a crash left of making a graph, or what making it left over.
///
/// # Errors
/// The file system's.
pub fn clear(folder: &Path) -> Result<(), GraphError> {
    remove(&beside(folder, "new"))?;
    remove(&beside(folder, "old"))
}

pub(super) fn beside(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    folder.with_file_name(name)
}

pub(super) fn remove(folder: &Path) -> Result<(), GraphError> {
    match std::fs::remove_dir_all(folder) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(GraphError::file(folder)(source))
        }
        _ => Ok(()),
    }
}
