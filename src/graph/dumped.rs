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
    let unpack = || {
        let file = File::open(path)?;
        // Nothing at all is no frame, and would pass for no quads.
        if file.metadata()?.len() == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(BufReader::new(zstd::Decoder::new(file)?))
    };
    unpack().map_err(GraphError::file(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, Quad, Term};

    fn quads(store: &Store) -> Vec<Quad> {
        let mut quads: Vec<Quad> = store.iter().map(Result::unwrap).collect();
        quads.sort_unstable_by_key(ToString::to_string);
        quads
    }

    fn store() -> Store {
        let store = Store::new().unwrap();
        let node = |name: &str| NamedNode::new(format!("http://e/{name}")).unwrap();
        for (graph, text) in [
            (GraphName::DefaultGraph, "one\n\"two\" \\ é"),
            (node("g").into(), "three"),
        ] {
            let blank = BlankNode::new("b0123456789abcdefc14n0").unwrap();
            for object in [Term::from(blank.clone()), Literal::from(text).into()] {
                let quad = Quad::new(blank.clone(), node("p"), object, graph.clone());
                store.insert(&quad).unwrap();
            }
        }
        store
    }

    #[test]
    fn what_was_written_is_loaded_labels_of_blank_nodes_included() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.nq.zst");
        write(&store(), &path).unwrap();
        assert_eq!(quads(&load(&path).unwrap()), quads(&store()));
        assert_eq!(count(&path).unwrap(), 4);
    }

    #[test]
    fn a_damaged_file_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.nq.zst");
        write(&store(), &path).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let mut changed = whole.clone();
        changed[whole.len() / 2] ^= 1;
        let lines = zstd::encode_all(&b"no quads\n"[..], 1).unwrap();
        for bytes in [
            &changed[..],
            &whole[..whole.len() - 1],
            b"nonsense",
            &lines,
            b"",
        ] {
            std::fs::write(&path, bytes).unwrap();
            let Err(error) = load(&path) else {
                panic!("{bytes:?} was loaded");
            };
            assert!(error.to_string().contains("graph.nq.zst"), "{error}");
        }
        std::fs::remove_file(&path).unwrap();
        assert!(load(&path).is_err());
    }
}
