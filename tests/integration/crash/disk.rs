//! A disk that is full, folders that cannot be written, projections that are damaged.

use moisson::ledger::RunState;
use moisson::publish::Snapshot;

use super::turn;
use crate::faults::plain;
use crate::support::program::{Done, Site};
use crate::support::unsound::Unsound;

/// Runs a command that can make no file larger than so many blocks of 512 bytes.
fn cramped(site: &Site, blocks: u32, arguments: &str) -> Done {
    let program = env!("CARGO_BIN_EXE_moisson");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {program} {arguments}");
    let mut command = std::process::Command::new("sh");
    command
        .current_dir(site.folder.path())
        .args(["-c", &script]);
    tokio::task::block_in_place(|| command.output().unwrap()).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_loses_nothing() {
    let portal = Unsound::of(plain(30)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let published = site.published();
    turn(&portal.data, 1);
    for (blocks, command) in [
        (8, "harvest --full"),
        (400, "harvest --full"),
        (8, "publish"),
        (100, "rebuild"),
    ] {
        let done = cramped(&site, blocks, command);
        assert_eq!(done.status, Some(1), "{command} {blocks}: {done:#?}");
        assert!(done.err.contains("moisson: "), "{done:#?}");
        site.assert_published_whole();
        let entries = site.entries();
        assert!(
            !entries.iter().any(|entry| entry == "graph.new"),
            "{entries:?}"
        );
    }
    assert!(site.published() >= published);
    site.succeed(&["harvest", "--full"]);
    assert_eq!(site.last_run().state, RunState::Done);
    site.assert_published_whole();
    assert_eq!(site.published(), Some(site.ledger().sequence().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_is_named_and_the_harvest_is_kept() {
    let portal = Unsound::of(plain(30)).await;
    let site = Site::at(portal.address);
    std::fs::create_dir(site.store()).unwrap();
    // A file where the folder of the snapshots should be.
    let snapshots = site.layout().snapshots();
    std::fs::write(&snapshots, "").unwrap();
    let done = site.run(&["harvest"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(done.err.contains("var/snapshots: File exists"), "{done:#?}");
    assert!(
        done.out.contains("exemple: full run done"),
        "the report is printed all the same: {done:#?}"
    );
    assert_eq!(site.last_run().state, RunState::Done);
    std::fs::remove_file(&snapshots).unwrap();
    site.succeed(&["publish"]);
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_projections_are_made_again() {
    let portal = Unsound::of(plain(30)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let graph = || Snapshot::current(&site.layout()).unwrap().unwrap().graph();
    // Snapshots share the file by hard links, so it is replaced and not overwritten.
    let replace = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = std::fs::read(graph()).unwrap();
        change(&mut bytes);
        std::fs::remove_file(graph()).unwrap();
        std::fs::write(graph(), bytes).unwrap();
    };
    let spoil: [&dyn Fn(); 8] = [
        &|| replace(&|bytes| *bytes = b"nonsense".to_vec()),
        &|| replace(&|bytes| bytes.truncate(bytes.len() / 2)),
        &|| replace(&|bytes| bytes.truncate(bytes.len() - 1)),
        &|| {
            replace(&|bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            });
        },
        &|| replace(&Vec::clear),
        &|| std::fs::remove_file(graph()).unwrap(),
        &|| std::fs::write(site.layout().snapshots().join("current"), "nowhere\n").unwrap(),
        &|| {
            let current = std::fs::read_to_string(site.layout().pointer()).unwrap();
            let manifest = site
                .layout()
                .snapshots()
                .join(current.trim())
                .join("manifest.json");
            std::fs::write(manifest, "{").unwrap();
        },
    ];
    for (number, spoil) in spoil.iter().enumerate() {
        turn(&portal.data, number + 1);
        spoil();
        let done = site.succeed(&["harvest", "--full"]);
        assert!(done.out.contains("published"), "{number}: {done:#?}");
        site.assert_published_whole();
        spoil();
        site.succeed(&["publish"]);
        site.assert_published_whole();
    }
}
