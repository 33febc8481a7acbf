//! The live store of oxigraph's on disk: brought to a sequence by differences, or loaded anew beside it
//! and swapped in when it is whole.

use std::path::Path;

use oxigraph::store::Store;

use super::make::{Build, Change, beside, clear, remove};
use super::quads::Fixed;
use super::{GraphError, bulk, project};
use crate::ledger::Reader;

/// Opens the store in `folder` and brings it to the sequence `at`.
pub(super) fn bring(
    folder: &Path,
    reader: &Reader,
    fixed: Fixed<'_>,
    at: u64,
    build: Build,
) -> Result<(Store, Change), GraphError> {
    if build == Build::CatchUp && folder.exists() {
        match go_on(folder, reader, fixed, at) {
            Ok(Some(done)) => return Ok(done),
            Ok(None) => {}
            Err(GraphError::Store(error)) => {
                tracing::warn!(folder = %folder.display(), %error, "the graph is made again");
            }
            Err(error) => return Err(error),
        }
    }
    rebuild(folder, reader, fixed, at)?;
    Ok((Store::open(folder)?, Change::Rebuilt))
}

fn go_on(
    folder: &Path,
    reader: &Reader,
    fixed: Fixed<'_>,
    at: u64,
) -> Result<Option<(Store, Change)>, GraphError> {
    let store = Store::open(folder)?;
    let change = project::go_on(&store, reader, fixed, at)?;
    Ok(change.map(|change| (store, change)))
}

/// Builds the store in `folder` anew from the ledger as of `at`. A crash leaves the old one, or none.
fn rebuild(folder: &Path, reader: &Reader, fixed: Fixed<'_>, at: u64) -> Result<(), GraphError> {
    clear(folder)?;
    let (fresh, old) = (beside(folder, "new"), beside(folder, "old"));
    let store = Store::open(&fresh)?;
    bulk::load(&store, reader, fixed, at)?;
    store.flush()?;
    drop(store);
    if folder.exists() {
        rename(folder, &old)?;
    }
    rename(&fresh, folder)?;
    remove(&old)
}

fn rename(from: &Path, to: &Path) -> Result<(), GraphError> {
    std::fs::rename(from, to).map_err(GraphError::file(from))
}
