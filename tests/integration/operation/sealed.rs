//! A store that may be read and not written.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::faults::plain;
use crate::support::program::{Done, Site};
use crate::support::serving::Server;
use crate::support::unsound::Unsound;

/// Takes the right to write from everybody; gives it back when dropped.
struct Sealed(PathBuf);

impl Sealed {
    fn new(folder: &Path) -> Self {
        modes(folder, 0o555, 0o444);
        Self(folder.to_owned())
    }
}

impl Drop for Sealed {
    fn drop(&mut self) {
        modes(&self.0, 0o755, 0o644);
    }
}

fn modes(folder: &Path, of_folders: u32, of_files: u32) {
    let set = |path: &Path, mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(path, mode).unwrap();
    };
    // Entries are reached through a folder that may be entered.
    set(folder, 0o755);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            modes(&path, of_folders, of_files);
        } else if !path.ends_with("program") {
            set(&path, of_files);
        }
    }
    set(folder, of_folders);
}

/// The program as somebody who owns nothing there: rights mean nothing to root.
fn stranger(site: &Site, arguments: &[&str]) -> Command {
    let mut command = Command::new(site.folder.path().join("program"));
    command
        .current_dir(site.folder.path())
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if rustix::process::geteuid().is_root() {
        command.uid(65_534).gid(65_534);
    }
    command
}

fn run(site: &Site, arguments: &[&str]) -> Done {
    let mut command = stranger(site, arguments);
    tokio::task::block_in_place(|| command.output().unwrap()).into()
}

async fn get(server: &Server, path: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(server.address)
        .await
        .unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// What `serve` says of a store that it cannot write, and of a variable that it cannot read.
async fn says_so_once(site: &Site) {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut command = stranger(site, &["serve", "--listen", "127.0.0.1:0"]);
    command
        .env("MOISSON_LOG", "moisson=loud")
        .stderr(log.reopen().unwrap());
    let mut child = command.spawn().unwrap();
    let mut said = String::new();
    for _ in 0..200 {
        said = std::fs::read_to_string(log.path()).unwrap();
        if said.contains("the store cannot be written") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(
        said.matches("the store cannot be written").count(),
        1,
        "{said}"
    );
    assert!(!said.contains("ERROR"), "{said}");
    assert_eq!(
        said.matches("MOISSON_LOG cannot be read").count(),
        1,
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_cannot_be_written_is_read_and_served_and_named() {
    let portal = Unsound::of(plain(3)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let dump = site.succeed(&["dump"]).out;
    std::fs::copy(
        env!("CARGO_BIN_EXE_moisson"),
        site.folder.path().join("program"),
    )
    .unwrap();
    let before = site.entries();
    let sealed = Sealed::new(site.folder.path());

    let status = run(&site, &["status"]);
    assert_eq!(status.status, Some(0), "{status:#?}");
    assert!(status.out.contains("3 dataset"), "{}", status.out);
    assert_eq!(run(&site, &["dump"]).out, dump);

    let check = run(&site, &["check"]);
    assert_eq!(check.status, Some(1), "{check:#?}");
    let store = site.store();
    for (path, words) in [
        (store.clone(), "nothing can be written into"),
        (store.join("snapshots"), "nothing can be written into"),
        (store.join("locks"), "nothing can be written into"),
        (store.join("ledger.sqlite"), "it cannot be written"),
    ] {
        let said = format!("{}: {words}", path.display());
        assert!(check.out.contains(&said), "{said}: {}", check.out);
    }

    let harvest = run(&site, &["harvest"]);
    assert_eq!(harvest.status, Some(1), "{harvest:#?}");
    // Which file it is, and why.
    assert!(
        harvest.err.contains(&store.display().to_string())
            && harvest.err.contains("Permission denied"),
        "{}",
        harvest.err
    );

    let arguments = ["serve", "--no-harvest", "--listen", "127.0.0.1:0"];
    let server = Server::start(&mut stranger(&site, &arguments));
    for (path, words) in [
        ("/catalog.ttl", "hydra:totalItems 3"),
        ("/status.json", "\"exemple\""),
        ("/catalog.ttl", "hydra:totalItems 3"),
    ] {
        let answer = get(&server, path).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains(words), "{answer}");
    }
    drop(server);
    says_so_once(&site).await;
    drop(sealed);
    assert_eq!(site.entries(), before);
    assert!(site.succeed(&["check"]).out.contains("no errors, "));
    assert_eq!(site.entries(), before);
}
