//! Dumps into what is no file, and files of the store that are no longer what they were.

use std::io::Read as _;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::faults::plain;
use crate::support::program::Site;
use crate::support::unsound::Unsound;

async fn harvested() -> (Unsound, Site) {
    let portal = Unsound::of(plain(3)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    (portal, site)
}

/// The names in the site's folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_goes_into_devices_pipes_and_links() {
    let (_portal, site) = harvested().await;
    let folder = site.folder.path();
    let plain = site.succeed(&["dump"]).out;
    site.succeed(&["dump", "-o", "/dev/null"]);
    assert!(!Path::new("/dev/null.partial").exists());
    assert_eq!(site.succeed(&["dump", "-o", "/dev/stdout"]).out, plain);

    let pipe = folder.join("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || {
            let mut text = String::new();
            let mut pipe = std::fs::File::open(pipe).unwrap();
            pipe.read_to_string(&mut text).unwrap();
            text
        }
    });
    site.succeed(&["dump", "-o", "pipe"]);
    assert_eq!(reader.join().unwrap(), plain);
    std::fs::remove_file(pipe).unwrap();

    std::fs::write(folder.join("real.nq"), "old").unwrap();
    std::os::unix::fs::symlink("real.nq", folder.join("link.nq")).unwrap();
    site.succeed(&["dump", "-o", "link.nq"]);
    assert!(folder.join("link.nq").is_symlink());
    assert_eq!(
        std::fs::read_to_string(folder.join("real.nq")).unwrap(),
        plain
    );

    let refused = site.run(&["dump", "-o", "not/there/dump.nq"]);
    assert_eq!(refused.status, Some(1));
    assert!(
        refused.err.contains("cannot write not/there/dump.nq"),
        "{}",
        refused.err
    );
    assert_eq!(names(folder), ["link.nq", "moisson.toml", "real.nq", "var"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_manifest_and_an_empty_graph_come_with_advice() {
    let (_portal, site) = harvested().await;
    let pointer = std::fs::read_to_string(site.layout().pointer()).unwrap();
    let snapshot = site.layout().snapshots().join(pointer.trim());
    for text in ["", "{\"sequence\": 1"] {
        std::fs::write(snapshot.join("manifest.json"), text).unwrap();
        for (command, status) in [("check", 1), ("status", 1), ("dump", 1)] {
            let done = site.run(&[command]);
            assert_eq!(done.status, Some(status), "{command}: {done:#?}");
            let said = format!("{}{}", done.out, done.err);
            for words in [
                "manifest.json: the manifest of the snapshot",
                "run `moisson publish`",
            ] {
                assert!(said.contains(words), "{command}, {words}: {said}");
            }
        }
    }
    site.succeed(&["publish"]);
    assert!(site.succeed(&["check"]).out.contains("no errors, "));

    let current = moisson::publish::Snapshot::current(&site.layout());
    let graph = current.unwrap().unwrap().graph();
    // Snapshots may share their file.
    std::fs::remove_file(&graph).unwrap();
    std::fs::write(&graph, "").unwrap();
    let done = site.run(&["check"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    let said = format!("{} is not a sound graph file: it is empty", graph.display());
    assert!(
        done.out.contains(&said) && done.out.contains("run `moisson publish`"),
        "{}",
        done.out
    );
    site.succeed(&["publish"]);
    assert!(site.succeed(&["check"]).out.contains("no errors, "));
}
