//! The graph of a ledger in every engine of this build, followed through any history, and compared with a
//! bulk load each time.

use std::path::Path;

use moisson::graph::{Build, Change, Fixed, Projection, Storage};
use moisson::ledger::Reader;
use moisson::vocabulary::Vocabularies;

use super::{opened_quads, reference_quads};

#[cfg(feature = "rocksdb")]
const ENGINES: [Storage; 3] = [Storage::Frozen, Storage::Memory, Storage::Disk];
#[cfg(not(feature = "rocksdb"))]
const ENGINES: [Storage; 2] = [Storage::Frozen, Storage::Memory];

/// A few concepts stand for the vocabularies.
fn few() -> Fixed<'static> {
    Fixed {
        triples: &Vocabularies::builtin().triples()[..50],
        own: &[],
        release: "few",
    }
}

/// Brings each engine's graph under `folder` to a sequence, from where it was left.
pub(crate) fn follow(folder: &Path, reader: &Reader, at: u64) {
    for engine in ENGINES {
        let folder = folder.join(engine.as_str());
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(engine.name());
        let projection = Projection {
            storage: engine,
            folder: &folder.join("live"),
            reader,
            fixed: few(),
            at,
        };
        let old = file.exists().then_some(&*file);
        let made = projection.make(old, Build::CatchUp).unwrap();
        if made.change != Change::None || old.is_none() {
            let fresh = folder.join("fresh");
            made.put(&fresh).unwrap();
            drop(made);
            let _ = std::fs::remove_dir_all(&file).or_else(|_| std::fs::remove_file(&file));
            std::fs::rename(&fresh, &file).unwrap();
        }
        if engine == Storage::Frozen {
            assert_made_anew(&projection, &file);
        }
        let found = opened_quads(&file);
        let expected = reference_quads(reader, few(), engine, at);
        let missing: Vec<_> = expected.difference(&found).collect();
        let surplus: Vec<_> = found.difference(&expected).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{engine:?} at {at} missing {missing:#?} surplus {surplus:#?}"
        );
    }
}

/// Asserts that every byte of a frozen file is determined by the quads in it, whatever it was made of.
fn assert_made_anew(projection: &Projection<'_>, file: &Path) {
    let other = file.with_extension("anew");
    let made = projection.make(None, Build::Anew).unwrap();
    made.put(&other).unwrap();
    assert!(std::fs::read(&other).unwrap() == std::fs::read(file).unwrap());
    std::fs::remove_file(&other).unwrap();
}
