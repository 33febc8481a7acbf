//! Snapshots: every projection at one sequence, with a manifest; a pointer names the
//! newest one.
//!
//! A snapshot is made under a temporary name, synced, renamed, and only then pointed to. Whoever reads
//! it holds a shared lock on its manifest; retention deletes only what it can lock.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Layout, PublishError};
use crate::graph::{GraphError, Made, Opened, Storage};
use crate::search::{FOLDER, Index, SearchError};

/// What a snapshot is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Everything up to this sequence is in it.
    pub sequence: u64,
    /// Unix seconds: the time of its publication.
    pub time: i64,
    /// The base IRI.
    pub base: String,
    /// The program's version.
    pub version: String,
    /// The vocabularies' release.
    pub release: String,
    /// What the graph is kept in; older versions did not say so, and knew one way.
    #[serde(default = "before_engines")]
    pub engine: Storage,
}

fn before_engines() -> Storage {
    Storage::Disk
}

/// A snapshot, locked against deletion while this lives.
#[derive(Debug)]
pub struct Snapshot {
    folder: PathBuf,
    manifest: Manifest,
    _lock: File,
}

const MANIFEST: &str = "manifest.json";

/// The pointer before it takes the place of the old one.
const FRESH: &str = "current.new";

impl Snapshot {
    /// Opens the snapshot that the pointer names; none before the first publication.
    ///
    /// # Errors
    /// The file system's, and a manifest that cannot be read.
    pub fn current(layout: &Layout) -> Result<Option<Self>, PublishError> {
        // The pointer may move, and retention delete what it named, between the two reads.
        for _ in 0..10 {
            let Some(name) = pointed(layout)? else {
                return Ok(None);
            };
            let folder = layout.snapshots().join(name);
            let path = folder.join(MANIFEST);
            let file = match File::open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(source) => return Err(PublishError::File { path, source }),
            };
            file.lock_shared().map_err(PublishError::file(&path))?;
            if path.exists() {
                let manifest = read_manifest(&path)?;
                return Ok(Some(Self {
                    folder,
                    manifest,
                    _lock: file,
                }));
            }
        }
        Ok(None)
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file or folder of its graph.
    #[must_use]
    pub fn graph(&self) -> PathBuf {
        self.folder.join(self.manifest.engine.name())
    }

    /// The folder of its text index.
    #[must_use]
    pub fn search(&self) -> PathBuf {
        self.folder.join(FOLDER)
    }

    /// Opens its text index, and checks it from end to end.
    ///
    /// # Errors
    /// Where it is damaged, or not the index that the manifest tells of; names the folder.
    pub fn index(&self) -> Result<Index, SearchError> {
        let index = Index::open(&self.search())?;
        index.belongs(&self.manifest.base, self.manifest.sequence)?;
        index.verify()?;
        Ok(index)
    }

    /// Opens its graph, and checks it from end to end.
    ///
    /// # Errors
    /// Where it is damaged, or not the graph that the manifest tells of; names the file.
    pub fn open(&self) -> Result<Opened, GraphError> {
        let graph = Opened::open(&self.graph())?;
        graph.belongs(&self.manifest.base, self.manifest.sequence)?;
        graph.verify()?;
        Ok(graph)
    }

    /// What is wrong with its graph, where one that is kept in `wanted` is asked for, or with its text index;
    /// every byte is read.
    #[must_use]
    pub fn fault(&self, wanted: Storage) -> Option<String> {
        let found = self.manifest.engine;
        if found == wanted {
            let graph = self.open().err().map(|error| error.to_string());
            return graph.or_else(|| self.index().err().map(|error| error.to_string()));
        }
        Some(format!(
            "{}: the published graph is kept by `{}`, not by `{}`",
            self.folder.display(),
            found.as_str(),
            wanted.as_str()
        ))
    }

    /// What it is of.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }
}

/// Puts what was made into a snapshot and points to it.
pub(super) fn take(
    layout: &Layout,
    graph: &Made,
    index: &Path,
    manifest: &Manifest,
) -> Result<PathBuf, PublishError> {
    let snapshots = layout.snapshots();
    std::fs::create_dir_all(&snapshots).map_err(PublishError::file(&snapshots))?;
    let partial = snapshots.join(format!("partial-{}", manifest.sequence));
    remove(&partial)?;
    std::fs::create_dir(&partial).map_err(PublishError::file(&partial))?;
    graph.put(&partial.join(manifest.engine.name()))?;
    let place = partial.join(FOLDER);
    std::fs::rename(index, &place).map_err(PublishError::file(index))?;
    sync_folder(&place)?;
    let text = serde_json::to_vec_pretty(manifest).map_err(|error| PublishError::Manifest {
        path: partial.clone(),
        message: error.to_string(),
    })?;
    write_synced(&partial.join(MANIFEST), &text)?;
    sync_folder(&partial)?;
    let folder = free_name(&snapshots, manifest.sequence);
    std::fs::rename(&partial, &folder).map_err(PublishError::file(&folder))?;
    sync_folder(&snapshots)?;
    point(layout, &folder)?;
    Ok(folder)
}

/// Deletes all but the `keep` newest snapshots and all whose graph another engine keeps, those in use
/// excepted, and what a crash left behind.
pub(super) fn retain(layout: &Layout, keep: usize, engine: Storage) -> Result<(), PublishError> {
    let snapshots = layout.snapshots();
    let current = pointed(layout)?;
    let mut whole: Vec<(u64, u64, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(&snapshots).map_err(PublishError::file(&snapshots))? {
        let path = entry.map_err(PublishError::file(&snapshots))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("partial-") {
            remove(&path)?;
        } else if name == FRESH {
            std::fs::remove_file(&path).map_err(PublishError::file(&path))?;
        } else if let Some((sequence, turn)) =
            parse_name(&name).filter(|_| Some(&name) != current.as_ref())
        {
            whole.push((sequence, turn, path));
        }
    }
    whole.sort_unstable();
    let surplus = whole.len().saturating_sub(keep.saturating_sub(1));
    for (number, (_, _, folder)) in whole.into_iter().enumerate() {
        if number >= surplus && folder.join(engine.name()).exists() {
            continue;
        }
        let manifest = folder.join(MANIFEST);
        let held = match File::open(&manifest) {
            Ok(file) if file.try_lock().is_ok() => Some(file),
            Ok(_) => continue,
            Err(_) => None,
        };
        // Without its manifest it is no snapshot any more, even if the deletion is interrupted. The lock
        // is held until then: a reader that waits for it finds the manifest gone.
        let _ = std::fs::remove_file(&manifest);
        drop(held);
        remove(&folder)?;
    }
    Ok(())
}

/// The lowest sequence of the snapshots that are still there.
pub(super) fn oldest(layout: &Layout) -> Result<Option<u64>, PublishError> {
    let snapshots = layout.snapshots();
    let mut oldest = None;
    for entry in std::fs::read_dir(&snapshots).map_err(PublishError::file(&snapshots))? {
        let name = entry.map_err(PublishError::file(&snapshots))?.file_name();
        if let Some((sequence, _)) = parse_name(&name.to_string_lossy()) {
            oldest = Some(oldest.map_or(sequence, |oldest: u64| oldest.min(sequence)));
        }
    }
    Ok(oldest)
}

fn pointed(layout: &Layout) -> Result<Option<String>, PublishError> {
    let path = layout.pointer();
    match std::fs::read_to_string(&path) {
        Ok(name) => Ok(Some(name.trim().to_owned()).filter(|name| parse_name(name).is_some())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(PublishError::File { path, source }),
    }
}

fn point(layout: &Layout, folder: &Path) -> Result<(), PublishError> {
    let name = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let fresh = layout.snapshots().join(FRESH);
    write_synced(&fresh, format!("{name}\n").as_bytes())?;
    std::fs::rename(&fresh, layout.pointer()).map_err(PublishError::file(&fresh))?;
    sync_folder(&layout.snapshots())
}

/// `{sequence}`, or `{sequence}.{turn}` where the same sequence was published before.
fn free_name(snapshots: &Path, sequence: u64) -> PathBuf {
    let plain = snapshots.join(sequence.to_string());
    if !plain.exists() {
        return plain;
    }
    (1..=u64::MAX)
        .map(|turn| snapshots.join(format!("{sequence}.{turn}")))
        .find(|path| !path.exists())
        .unwrap_or(plain)
}

fn parse_name(name: &str) -> Option<(u64, u64)> {
    match name.split_once('.') {
        None => Some((name.parse().ok()?, 0)),
        Some((sequence, turn)) => Some((sequence.parse().ok()?, turn.parse().ok()?)),
    }
}

fn read_manifest(path: &Path) -> Result<Manifest, PublishError> {
    let text = std::fs::read(path).map_err(PublishError::file(path))?;
    serde_json::from_slice(&text).map_err(|error| PublishError::Manifest {
        path: path.to_owned(),
        message: format!(
            "the manifest of the snapshot is damaged, or of a version that is not read any more ({error}); run `moisson publish`, which makes the snapshot again from the ledger"
        ),
    })
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    use std::io::Write as _;
    let mut file = File::create(path).map_err(PublishError::file(path))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(PublishError::file(path))
}

fn sync_folder(path: &Path) -> Result<(), PublishError> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(PublishError::file(path))
}

pub(super) fn remove(folder: &Path) -> Result<(), PublishError> {
    match std::fs::remove_dir_all(folder) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(PublishError::File {
            path: folder.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}
