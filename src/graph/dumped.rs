//! A graph as a file of quads: sorted canonical N-Quads, compressed with a checksum.
//!
//! For oxigraph's store in a build without `RocksDB`: whoever reads it loads all of it into memory, so
//! it is for small catalogues and for comparison.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::store::Store;

use super::GraphError;

/// zstd's own default.
const LEVEL: i32 = 3;

/// Writes every quad of `store` into a new file.
pub(super) fn write(store: &Store, path: &Path) -> Result<(), GraphError> {
    let mut lines = Vec::new();
    for quad in store {
        lines.push(format!("{} .\n", quad?));
    }
    lines.sort_unstable();
    let written = || -> std::io::Result<()> {
        let mut out = zstd::Encoder::new(File::create(path)?, LEVEL)?;
        out.include_checksum(true)?;
        for line in &lines {
            out.write_all(line.as_bytes())?;
        }
        out.finish()?.sync_all()
    };
    written().map_err(GraphError::file(path))
}

/// Loads a file into a store in memory.
pub(super) fn load(path: &Path) -> Result<Store, GraphError> {
    let store = Store::new()?;
    // Not by the loader's own reader, which renames blank nodes.
    let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
    let quads = parser.for_reader(unpacked(path)?).map(|quad| {
        quad.map_err(|error| GraphError::Unreadable {
            path: path.to_owned(),
            message: error.to_string(),
        })
    });
    let mut loader = store.bulk_loader().without_atomicity();
    loader.load_ok_quads::<GraphError, GraphError>(quads)?;
    loader.commit()?;
    Ok(store)
}

/// How many quads a file holds.
pub(super) fn count(path: &Path) -> Result<u64, GraphError> {
    let mut count = 0;
    for line in unpacked(path)?.lines() {
        line.map_err(GraphError::file(path))?;
        count += 1;
    }
    Ok(count)
}

fn unpacked(path: &Path) -> Result<impl std::io::BufRead, GraphError> {
    let unpack = || Ok(BufReader::new(zstd::Decoder::new(File::open(path)?)?));
    unpack().map_err(GraphError::file(path))
}
