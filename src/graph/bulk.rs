//! A bulk load of the ledger into a fresh store, swapped in when it is whole.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use oxigraph::model::Quad;
use oxigraph::store::Store;
use sha2::{Digest as _, Sha256};

use super::quads::{self, Fixed, Graphs};
use super::{GraphError, provenance};
use crate::ledger::{Alias, Description, Reader};
use crate::record::PortalId;

/// Records read from the ledger at a time: no statement stays open longer.
const BATCH: u32 = 500;

/// Memory of a bulk load, in megabytes.
const LOADING: usize = 512;

/// Builds the store in `folder` anew from the ledger as of `at`. A crash leaves the old one, or none.
///
/// # Errors
/// The ledger's, the store's and the file system's.
pub fn rebuild(
    folder: &Path,
    reader: &Reader,
    fixed: Fixed<'_>,
    at: u64,
) -> Result<(), GraphError> {
    clear_leftovers(folder)?;
    let (fresh, old) = (sibling(folder, "new"), sibling(folder, "old"));
    let loaded = Store::open(&fresh)
        .map_err(GraphError::from)
        .and_then(|store| {
            load(&store, reader, fixed, at)?;
            Ok(store.flush()?)
        });
    if let Err(error) = loaded {
        // Where the disk is full, half a store must not keep it so.
        return remove(&fresh).and(Err(error));
    }
    if folder.exists() {
        rename(folder, &old)?;
    }
    rename(&fresh, folder)?;
    remove(&old)
}

/// Deletes what a crash left of a load.
///
/// # Errors
/// The file system's.
pub(super) fn clear_leftovers(folder: &Path) -> Result<(), GraphError> {
    remove(&sibling(folder, "new"))?;
    remove(&sibling(folder, "old"))
}

/// Loads the ledger as of `at` into an empty store.
pub(super) fn load(
    store: &Store,
    reader: &Reader,
    fixed: Fixed<'_>,
    at: u64,
) -> Result<(), GraphError> {
    // oxigraph would take 2 GB a thread; a small server has less, and loads hardly slower.
    let mut loader = store
        .bulk_loader()
        .with_max_memory_size_in_megabytes(LOADING)
        .without_atomicity();
    loader.load_quads(fixed.quads())?;
    let records = Records::new(reader, None, at).flat_map(|record| match record {
        Ok(quads) => quads.into_iter().map(Ok).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    });
    loader.load_ok_quads::<GraphError, GraphError>(records)?;
    loader.load_quads(provenance::quads(reader, None, at)?)?;
    // Last, so that a store that says how far it has come is whole.
    loader.load_quads(quads::state(reader, fixed, at)?)?;
    loader.commit()?;
    Ok(())
}

/// The quads of every record of a portal, or of all, one record at a time; each shared statement once.
/// Last come the aliases.
pub struct Records<'a> {
    reader: &'a Reader,
    portal: Option<&'a PortalId>,
    at: u64,
    after: i64,
    batch: std::vec::IntoIter<Description>,
    aliases: Option<std::vec::IntoIter<Alias>>,
    stated: HashSet<[u8; 16]>,
    done: bool,
}

impl<'a> Records<'a> {
    /// The records live at the sequence `at`.
    #[must_use]
    pub fn new(reader: &'a Reader, portal: Option<&'a PortalId>, at: u64) -> Self {
        Self {
            reader,
            portal,
            at,
            after: 0,
            batch: Vec::new().into_iter(),
            aliases: None,
            stated: HashSet::new(),
            done: false,
        }
    }

    /// The statement about the next alias.
    fn step_aliases(
        &mut self,
        mut batch: std::vec::IntoIter<Alias>,
    ) -> Result<Option<Vec<Quad>>, GraphError> {
        loop {
            if let Some(alias) = batch.next() {
                self.after = alias.record;
                let is_asked = self.portal.is_none_or(|portal| *portal == alias.id.portal);
                if let Some(quad) = quads::same_as(&alias).filter(|_| is_asked) {
                    self.aliases = Some(batch);
                    return Ok(Some(vec![quad]));
                }
                continue;
            }
            let next = self.reader.scan_aliases(self.after, BATCH, self.at)?;
            if next.is_empty() {
                return Ok(None);
            }
            batch = next.into_iter();
        }
    }

    fn step(&mut self) -> Result<Option<Vec<Quad>>, GraphError> {
        if let Some(aliases) = self.aliases.take() {
            return self.step_aliases(aliases);
        }
        loop {
            if let Some(description) = self.batch.next() {
                if self
                    .portal
                    .is_some_and(|portal| *portal != description.id.portal)
                {
                    continue;
                }
                let record = quads::of_record(self.reader, &description, self.at, Graphs::All)?;
                let mut all = record.own;
                for line in &record.shared {
                    if self.stated.insert(fingerprint(line)) {
                        all.extend(quads::shared(line)?);
                    }
                }
                return Ok(Some(all));
            }
            let batch = self.reader.scan(self.after, BATCH, self.at)?;
            let Some(last) = batch.last() else {
                self.after = 0;
                return self.step_aliases(Vec::new().into_iter());
            };
            self.after = last.record;
            self.batch = batch.into_iter();
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Vec<Quad>, GraphError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let step = self.step().transpose();
        self.done = !matches!(step, Some(Ok(_)));
        step
    }
}

/// 128 bits of a statement's hash: enough to tell statements apart in a set of millions.
fn fingerprint(line: &str) -> [u8; 16] {
    let hash: [u8; 32] = Sha256::digest(line.as_bytes()).into();
    hash.first_chunk().copied().unwrap_or_default()
}

fn sibling(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    folder.with_file_name(name)
}

fn remove(folder: &Path) -> Result<(), GraphError> {
    match std::fs::remove_dir_all(folder) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(GraphError::File {
            path: folder.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), GraphError> {
    std::fs::rename(from, to).map_err(|source| GraphError::File {
        path: from.to_owned(),
        source,
    })
}
