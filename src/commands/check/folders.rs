//! Whether the store's folders can be written, and have room. Nothing in them is changed: a nameless file is
//! written into each, and is gone with this process, however that ends.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::lock;
use crate::publish::{Layout, Snapshot};

/// With less room than this, in bytes, no harvest comes far.
const LEAST: u64 = 100_000_000;

pub(super) fn look(config: &Config, wrong: &mut Vec<String>) {
    let store = &config.store.path;
    let layout = Layout::new(store);
    if !store.exists() {
        // It will be made in the nearest folder that is there.
        let parent = store.ancestors().find(|folder| folder.exists());
        if let Some(parent) = parent {
            wrong.extend(
                unwritable(parent)
                    .map(|why| format!("{}: [store] path cannot be made: {why}", store.display())),
            );
            wrong.extend(room(parent, 0));
        }
        return;
    }
    let folders = [store.clone(), layout.snapshots(), lock::portals(store)];
    for folder in folders.iter().filter(|folder| folder.exists()) {
        wrong.extend(unwritable(folder).map(|why| format!("{}: {why}", folder.display())));
    }
    for file in files(store) {
        // Opening it changes nothing, not even when it was changed last.
        if let Err(error) = std::fs::File::options().write(true).open(&file) {
            wrong.push(format!(
                "{}: it cannot be written ({error}): nothing can be harvested",
                file.display()
            ));
        }
    }
    wrong.extend(room(store, graph_size(&layout)));
}

/// The files of the ledger that are there.
fn files(store: &Path) -> Vec<PathBuf> {
    ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"]
        .iter()
        .map(|name| store.join(name))
        .filter(|file| file.exists())
        .collect()
}

/// Why nothing can be written into a folder.
fn unwritable(folder: &Path) -> Option<String> {
    let written = tempfile::tempfile_in(folder).and_then(|mut file| {
        file.write_all(&[0; 4096])?;
        file.sync_all()
    });
    let error = written.err()?;
    Some(format!(
        "nothing can be written into {} ({error}): harvests and publications need that, and only what is published already can be served",
        folder.display()
    ))
}

/// What the published graph takes: the next publication writes another one beside it.
fn graph_size(layout: &Layout) -> u64 {
    let Ok(Some(snapshot)) = Snapshot::current(layout) else {
        return 0;
    };
    std::fs::metadata(snapshot.graph()).map_or(0, |about| about.len())
}

/// What is said of too little room where `folder` is.
fn room(folder: &Path, graph: u64) -> Option<String> {
    let about = rustix::fs::statvfs(folder).ok()?;
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    too_little(free, graph).map(|why| format!("{}: {why}", folder.display()))
}

fn too_little(free: u64, graph: u64) -> Option<String> {
    let least = LEAST.max(graph);
    (free < least).then(|| {
        format!(
            "only {} MB are free on its disk; the next publication alone may need {} MB",
            free / 1_000_000,
            least / 1_000_000
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_room_is_said_in_numbers() {
        assert_eq!(too_little(LEAST, 0), None);
        let small = too_little(5_000_000, 0).unwrap();
        assert!(
            small.contains("5 MB") && small.contains("100 MB"),
            "{small}"
        );
        let graph = too_little(900_000_000, 1_200_000_000).unwrap();
        assert!(
            graph.contains("900 MB") && graph.contains("1200 MB"),
            "{graph}"
        );
    }

    #[test]
    fn a_folder_that_is_none_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(unwritable(folder.path()), None);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let file = folder.path().join("var");
        std::fs::write(&file, "").unwrap();
        assert!(unwritable(&file).unwrap().contains("var"));
    }
}
