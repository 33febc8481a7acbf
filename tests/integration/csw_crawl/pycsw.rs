//! A real service: pycsw (<https://pycsw.org/>) with the sample records in an `SQLite` store.
//!
//! It is installed once into a folder beside the build, from `PyPI`, unless `MOISSON_PYCSW` names a virtual
//! environment that has it. Where that cannot be done, the test says that it was left out, and why;
//! `.config/nextest.toml` has its words shown although it does not fail.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use moisson::harvest::{self, Scope};
use moisson::ledger::RunState;
use moisson::operate::Moisson;

use super::asking::since;
use super::*;
use crate::support;

/// What is installed: the newest pycsw there is, and the last `SQLAlchemy` that it works with.
const PACKAGES: [&str; 2] = ["pycsw==2.6.2", "SQLAlchemy==1.4.54"];

/// How long each step of the installation may take.
const PATIENCE: Duration = Duration::from_mins(5);

/// A server on loopback that says on which port it is.
const SERVER: &str = "import os, sys
from wsgiref.simple_server import make_server
from pycsw.wsgi import application
server = make_server('127.0.0.1', 0, application)
print(server.server_port, flush=True)
sys.stdout = open(os.devnull, 'w')
server.serve_forever()";

/// The environment with pycsw, or why there is none.
async fn environment() -> Result<PathBuf, String> {
    if let Some(given) = std::env::var_os("MOISSON_PYCSW") {
        return Ok(PathBuf::from(given));
    }
    let build = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let environment = build.join("pycsw-2.6.2");
    let whole = environment.join("whole");
    if whole.exists() {
        return Ok(environment);
    }
    let _there_is_none = std::fs::remove_dir_all(&environment);
    let mut make = Command::new("python3");
    finish(make.args(["-m", "venv"]).arg(&environment)).await?;
    let mut install = Command::new(environment.join("bin/pip"));
    install.args(["install", "--quiet", "--disable-pip-version-check"]);
    install
        .args(["--timeout", "15", "--retries", "1"])
        .args(PACKAGES);
    finish(&mut install).await?;
    std::fs::write(whole, "").map_err(|error| error.to_string())?;
    Ok(environment)
}

/// Runs a command to its end.
async fn finish(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let command = std::mem::replace(command, Command::new(""));
    let mut command = tokio::process::Command::from(command);
    let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
    let running = silent.kill_on_drop(true).status();
    match tokio::time::timeout(PATIENCE, running).await {
        Err(_) => Err(format!("{name} takes longer than {PATIENCE:?}")),
        Ok(Err(error)) => Err(format!("{name}: {error}")),
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(format!("{name}: {status}")),
    }
}

/// A running pycsw.
struct Pycsw {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Drop for Pycsw {
    fn drop(&mut self) {
        let _it_ended = self.child.kill();
        let _it_ended = self.child.wait();
    }
}

async fn serve(environment: &Path) -> Pycsw {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("pycsw.cfg");
    // The address that it tells everybody is not its own, as behind many a proxy.
    let database = folder.path().join("records.db");
    let contact = [
        "name",
        "position",
        "address",
        "city",
        "stateorprovince",
        "postalcode",
        "country",
        "phone",
        "fax",
        "email",
        "url",
        "hours",
        "instructions",
        "role",
    ]
    .map(|key| format!("contact_{key}=essai\n"))
    .concat();
    let identification = [
        "title",
        "abstract",
        "keywords",
        "keywords_type",
        "fees",
        "accessconstraints",
    ]
    .map(|key| format!("identification_{key}=essai\n"))
    .concat();
    let text = format!(
        "[server]\nhome={}\nurl=http://catalogue.interne.example/csw\nmimetype=application/xml; charset=UTF-8\nencoding=UTF-8\nlanguage=fr-FR\nmaxrecords=10\npretty_print=false\nprofiles=apiso\n\
         [manager]\ntransactions=false\n[metadata:main]\nprovider_name=essai\nprovider_url=http://essai.example/\n{contact}{identification}\
         [metadata:inspire]\nenabled=false\n[repository]\ndatabase=sqlite:///{}\ntable=records\n",
        folder.path().display(),
        database.display()
    );
    std::fs::File::create(&settings)
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let python = environment.join("bin/python");
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/csw");
    for (command, more) in [("setup_db", None), ("load_records", Some(&records))] {
        let mut admin = Command::new(&python);
        admin
            .arg(environment.join("bin/pycsw-admin.py"))
            .args(["-c", command, "-f"])
            .arg(&settings);
        if let Some(records) = more {
            admin.arg("-p").arg(records);
        }
        finish(&mut admin).await.unwrap();
    }
    let mut child = Command::new(&python)
        .args(["-c", SERVER])
        .env("PYCSW_CONFIG", &settings)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut port)
        .unwrap();
    Pycsw {
        child,
        address: format!("http://127.0.0.1:{}/csw", port.trim()),
        _folder: folder,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_of_a_real_service_arrives() {
    let environment = match environment().await {
        Ok(environment) => environment,
        Err(why) => {
            eprintln!(
                "SKIPPED, nothing was tested: there is no pycsw, and it cannot be installed: {why}"
            );
            return;
        }
    };
    let pycsw = serve(&environment).await;
    // It knows no ISO 19115-3, and keeps nothing without an identifier.
    let kept: Vec<Record> = SampleData::bundled()
        .records()
        .into_iter()
        .filter(|it| it.xml().starts_with("<gmd:") && !it.identifier.is_empty())
        .collect();
    let mut expected: Vec<String> = kept.iter().map(|it| it.identifier.clone()).collect();
    expected.sort();
    assert_eq!(expected.len(), 26);

    for more in ["", "output_schema = 'http://www.opengis.net/cat/csw/2.0.2'"] {
        let mut crawl = start(&portal(&pycsw.address, more), Plan::Full, None, 50);
        let pages = pages(&mut crawl).await.unwrap();
        assert_eq!(keys(&pages), expected, "{more}");
        assert_eq!(crawl.seen_whole(), ["records"]);
        let notes = crawl.notes();
        assert!(
            notes
                .iter()
                .all(|note| note.contains("catalogue.interne.example")),
            "{notes:?}"
        );
        // Its own limit, whatever is asked for.
        assert_eq!(pages[0].records.len(), 10);
    }

    let types = "filter = { type = ['series'] }";
    let mut crawl = start(&portal(&pycsw.address, types), Plan::Full, None, 50);
    assert_eq!(
        keys(&pages(&mut crawl).await.unwrap()),
        ["geoouest-bd-occsol", "trait-de-cote"]
    );
    // What is behind an identifier, as it is asked for behind the window of a search engine.
    let last = &expected[17];
    let filter = format!(
        "<Filter xmlns=\"http://www.opengis.net/ogc\"><PropertyIsGreaterThan><PropertyName>apiso:Identifier</PropertyName><Literal>{last}</Literal></PropertyIsGreaterThan></Filter>"
    );
    for constraint in [filter, format!("apiso:Identifier > '{last}'")] {
        let more = format!("constraint = \"\"\"{constraint}\"\"\"");
        let mut crawl = start(&portal(&pycsw.address, &more), Plan::Full, None, 50);
        assert_eq!(keys(&pages(&mut crawl).await.unwrap()), expected[18..]);
    }
    let mut crawl = start(&portal(&pycsw.address, ""), since("2026-01-06"), None, 50);
    let mut recent: Vec<String> = kept
        .iter()
        .filter(|it| it.modified.as_str() >= "2026-01-05")
        .map(|it| it.identifier.clone())
        .collect();
    recent.sort();
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), recent);

    let folder = tempfile::tempdir().unwrap();
    let mut config = support::config(folder.path(), "127.0.0.1:1".parse().unwrap());
    config.portals = vec![portal(&pycsw.address, "")];
    let request = harvest::Request {
        scope: Scope::Full,
        limit: None,
        retry: false,
    };
    let moisson = Moisson::with_clock(config.clone(), Arc::new(|| 1_700_000_000));
    let report = moisson.harvest(&config.portals[0], request, &()).await;
    let report = report.unwrap();
    assert_eq!(report.state, RunState::Done, "{report:?}");
    assert_eq!(
        (report.counts.listed, report.counts.rejected),
        (26, 0),
        "{report:?}"
    );
    println!(
        "pycsw at {} gave {} records",
        pycsw.address, report.counts.listed
    );
}
