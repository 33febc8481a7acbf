//! `moisson check`: what is wrong with the configuration and the store, naming file, key and line.

use std::path::Path;
use std::process::ExitCode;

use super::output;
use crate::config::Config;
use crate::graph::Storage;
use crate::harvest::licence_is_known;
use crate::ledger::{LedgerError, Reader};
use crate::publish::{Layout, Snapshot};
use crate::vocabulary::Vocabularies;

pub(super) fn run(path: &Path) -> anyhow::Result<ExitCode> {
    let config = Config::load(path)?;
    let mut wrong = Vec::new();
    for (key, licence) in std::iter::once((
        "catalogue.licence".to_owned(),
        config.catalogue.licence.as_deref(),
    ))
    .chain(config.portals.iter().map(|portal| {
        (
            format!("portal.{}.licence", portal.id),
            portal.licence.as_deref(),
        )
    })) {
        if let Some(licence) =
            licence.filter(|licence| !licence_is_known(licence, Vocabularies::builtin()))
        {
            wrong.push(format!(
                "{}: {key}: `{licence}` is not in the licence vocabulary",
                path.display()
            ));
        }
    }
    if config.portals.is_empty() {
        wrong.push(format!("{}: no [[portal]] is configured", path.display()));
    }
    match Reader::open(&config.store.path, &config.base_uri) {
        // Before the first harvest there is nothing to check.
        Err(LedgerError::Missing(_)) => {}
        Err(error) => wrong.push(format!("{}: {error}", config.store.path.display())),
        Ok(reader) => {
            let layout = Layout::new(&config.store.path);
            match Snapshot::current(&layout) {
                Err(error) => wrong.push(error.to_string()),
                Ok(None) => wrong.push(format!("{}: nothing is published yet; run `moisson publish`", layout.root().display())),
                Ok(Some(snapshot)) if snapshot.manifest().sequence > reader.sequence()? => wrong.push(format!(
                    "{}: the published sequence {} is ahead of the ledger's {}: the ledger was replaced; run `moisson rebuild`",
                    layout.root().display(),
                    snapshot.manifest().sequence,
                    reader.sequence()?
                )),
                Ok(Some(snapshot)) => wrong.extend(graph_is_wrong(&config, &snapshot)),
            }
        }
    }
    for portal in &config.portals {
        if !portal.secrets().is_empty() {
            output::print(&format!(
                "{}: warning: portal.{}.url holds credentials: they are sent to the portal and shown nowhere, but whoever reads this file has them",
                path.display(),
                portal.id
            ))?;
        }
    }
    if wrong.is_empty() {
        output::print(&format!("{}: nothing is wrong", path.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    for line in &wrong {
        output::print(line)?;
    }
    Ok(ExitCode::FAILURE)
}

/// What is wrong with the graph of a snapshot, and what to do.
fn graph_is_wrong(config: &Config, snapshot: &Snapshot) -> Option<String> {
    let fault = snapshot.fault(Storage::of(config.store.engine))?;
    Some(format!("{fault}; run `moisson publish`"))
}
