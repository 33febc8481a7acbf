//! `moisson check`: what is wrong with the configuration and the store, naming file, key and line.
//!
//! Wrong is what would be published wrongly, or could never work: then the exit status is 1. What is merely
//! odd is a warning.

mod folders;
mod numbers;
mod online;
mod portals;
mod published;
mod spans;

use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::output;
use crate::config::Config;
use crate::graph::Storage;
use crate::harvest;
use crate::ledger::{LedgerError, Reader};
use crate::publish::{Layout, Snapshot};
use crate::web::named::Library;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Ask each portal one question, and say what answers.
    #[arg(long)]
    online: bool,
}

/// What was found.
#[derive(Debug, Default)]
struct Found {
    wrong: Vec<String>,
    odd: Vec<String>,
}

impl Found {
    /// What would be published wrongly, or can never work.
    fn wrong(&mut self, key: &str, message: &str) {
        self.wrong.push(format!("{key}: {message}"));
    }

    /// What may well be meant so.
    fn odd(&mut self, key: &str, message: &str) {
        self.odd.push(format!("{key}: {message}"));
    }
}

pub(super) fn run(path: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let config = Config::load(path)?;
    let mut found = Found::default();
    published::look(&config, &mut found);
    spans::look(&config, &mut found);
    numbers::look(&config, &mut found);
    portals::look(&config, &mut found);
    queries(&config, &mut found);
    let file = path.display();
    let mut wrong: Vec<String> = named(&found.wrong, path);
    folders::look(&config, &mut wrong);
    store(&config, &mut wrong, &mut found)?;
    for line in &found.odd {
        output::print(&format!("{file}: warning: {line}"))?;
    }
    for line in &wrong {
        output::print(line)?;
    }
    if wrong.is_empty() {
        let verdict = match found.odd.len() {
            0 => "nothing is wrong".to_owned(),
            1 => "no errors, 1 warning".to_owned(),
            warnings => format!("no errors, {warnings} warnings"),
        };
        output::print(&format!("{file}: {verdict}"))?;
    }
    // What is wrong with the configuration is asked of nobody.
    let silent = if arguments.online && found.wrong.is_empty() {
        online::ask(&config)?
    } else {
        0
    };
    Ok(if wrong.is_empty() && silent == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn named(lines: &[String], path: &Path) -> Vec<String> {
    let lines = lines.iter();
    lines
        .map(|line| format!("{}: {line}", path.display()))
        .collect()
}

/// What is wrong with the operator's named queries.
fn queries(config: &Config, found: &mut Found) {
    let (_, errors) = Library::open(config.sparql.queries.as_deref());
    for error in errors {
        found.wrong("sparql.queries", &error.to_string());
    }
}

/// What is wrong with the ledger, with what it has of portals, and with what is published.
fn store(config: &Config, wrong: &mut Vec<String>, found: &mut Found) -> anyhow::Result<()> {
    let reader = match Reader::open(&config.store.path, &config.base_uri) {
        // Before the first harvest there is nothing to check.
        Err(LedgerError::Missing(_)) => return Ok(()),
        Err(error) => {
            wrong.push(format!("{}: {error}", config.store.path.display()));
            return Ok(());
        }
        Ok(reader) => reader,
    };
    for portal in harvest::orphans(config, &reader)? {
        found.odd("portal", &harvest::orphan(&portal));
    }
    for portal in reader.withdrawn_portals()? {
        found.odd("portal", &format!("`{portal}` is withdrawn: nothing of it is published until `moisson readmit --portal {portal}`"));
    }
    let layout = Layout::new(&config.store.path);
    let root = layout.root().display();
    match Snapshot::current(&layout) {
        Err(error) => wrong.push(error.to_string()),
        Ok(None) => wrong.push(format!(
            "{root}: nothing is published yet; run `moisson publish`"
        )),
        Ok(Some(snapshot)) if snapshot.manifest().sequence > reader.sequence()? => {
            wrong.push(format!(
                "{root}: the published sequence {} is ahead of the ledger's {}: the ledger was replaced; run `moisson rebuild`",
                snapshot.manifest().sequence,
                reader.sequence()?
            ));
        }
        Ok(Some(snapshot)) => {
            let fault = snapshot.fault(Storage::of(config.store.engine));
            wrong.extend(fault.map(|fault| format!("{fault}; run `moisson publish`")));
        }
    }
    Ok(())
}
