//! A bulk load of the ledger into a fresh store, swapped in when it is whole.

use std::path::{Path, PathBuf};

use oxigraph::model::{GraphName, Quad};
use oxigraph::store::Store;

use super::quads::{self, Fixed};
use super::GraphError;
use crate::ledger::Reader;

/// Records read from the ledger at a time: no statement stays open longer.
const BATCH: u32 = 500;

/// Builds the store in `folder` anew from the ledger as of `at`. A crash leaves the old one, or none.
///
/// # Errors
/// The ledger's, the store's and the file system's.
pub fn rebuild(folder: &Path, reader: &Reader, fixed: Fixed<'_>, at: u64) -> Result<(), GraphError> {
    let fresh = sibling(folder, "new");
    let old = sibling(folder, "old");
    remove(&fresh)?;
    remove(&old)?;
    let store = Store::open(&fresh)?;
    load(&store, reader, fixed, at)?;
    store.flush()?;
    drop(store);
    if folder.exists() {
        rename(folder, &old)?;
    }
    rename(&fresh, folder)?;
    remove(&old)
}

/// Loads the ledger as of `at` into an empty store.
pub(super) fn load(store: &Store, reader: &Reader, fixed: Fixed<'_>, at: u64) -> Result<(), GraphError> {
    let mut loader = store.bulk_loader().without_atomicity();
    loader.load_quads(fixed.triples.iter().map(|t| {
        Quad::new(t.subject.clone(), t.predicate.clone(), t.object.clone(), GraphName::DefaultGraph)
    }))?;
    loader.load_ok_quads::<GraphError, GraphError>(Scan { reader, at, after: 0, ready: Vec::new().into_iter(), done: false })?;
    // Last, so that a store that says how far it has come is whole.
    loader.load_quads(quads::state(reader, fixed, at)?)?;
    loader.commit()?;
    Ok(())
}

/// The quads of every record, batch by batch.
struct Scan<'a> {
    reader: &'a Reader,
    at: u64,
    after: i64,
    ready: std::vec::IntoIter<Quad>,
    done: bool,
}

impl Scan<'_> {
    fn refill(&mut self) -> Result<(), GraphError> {
        let batch = self.reader.scan(self.after, BATCH, self.at)?;
        let Some(last) = batch.last() else {
            self.done = true;
            return Ok(());
        };
        self.after = last.record;
        let mut ready = Vec::new();
        for description in &batch {
            let record = quads::of_record(self.reader, description, self.at)?;
            ready.extend(record.own);
            for line in &record.shared {
                ready.extend(quads::shared(line)?);
            }
        }
        self.ready = ready.into_iter();
        Ok(())
    }
}

impl Iterator for Scan<'_> {
    type Item = Result<Quad, GraphError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(quad) = self.ready.next() {
                return Some(Ok(quad));
            }
            if self.done {
                return None;
            }
            if let Err(error) = self.refill() {
                self.done = true;
                return Some(Err(error));
            }
        }
    }
}

fn sibling(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    folder.with_file_name(name)
}

fn remove(folder: &Path) -> Result<(), GraphError> {
    match std::fs::remove_dir_all(folder) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(GraphError::File { path: folder.to_owned(), source })
        }
        _ => Ok(()),
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), GraphError> {
    std::fs::rename(from, to).map_err(|source| GraphError::File { path: from.to_owned(), source })
}
