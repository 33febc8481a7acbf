//! The command line: parses it, wires the layers, prints results.
//!
//! Results go to stdout; logs, findings and progress bars to stderr. Exit status 0 is done, 1 failed, 2
//! usage or configuration, 130 or 143 ended by SIGINT or SIGTERM.

mod check;
mod convert;
mod demonstration;
mod dump;
mod harvest;
mod interrupt;
mod output;
mod publish;
mod query;
mod serve;
mod standing;
mod status;
mod synthetic;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::causes::causes;
use crate::config::{Config, ConfigError};
use crate::cores;
use crate::ledger::Standing;

/// Harvests open data portals and publishes what it finds as DCAT-AP linked data.
#[derive(Debug, Parser)]
#[command(name = "moisson", version, about, max_term_width = 100)]
struct Cli {
    /// The configuration file.
    #[arg(
        long,
        global = true,
        default_value = "moisson.toml",
        value_name = "FILE"
    )]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves what is published, and harvests as scheduled.
    Serve(serve::Arguments),
    /// Harvests portals now, then publishes.
    Harvest(harvest::Arguments),
    /// Fetches a few records of a portal, prints their Turtle and findings, writes nothing.
    Preview(harvest::PreviewArguments),
    /// Describes one record, list or page of a portal as DCAT-AP; no store needed.
    Convert(convert::Arguments),
    /// Runs a SPARQL query on what is published.
    Query(query::Arguments),
    /// Writes the current catalogue, out of the ledger.
    Dump(dump::Arguments),
    /// Publishes what the ledger holds.
    Publish,
    /// Describes the stored payloads again, offline, and publishes.
    Reconvert,
    /// Makes the projections again from the ledger, and publishes.
    Rebuild,
    /// Takes a portal's records out of the catalogue: they answer 410, feeds have tombstones.
    Withdraw(standing::Arguments),
    /// Takes a portal's records back into the catalogue, under the IRIs that they had.
    Readmit(standing::Arguments),
    /// Shows portals, runs, counts, sizes, the sequence.
    Status(status::Arguments),
    /// Says what is wrong with the configuration and the store.
    Check(check::Arguments),
    /// Answers queries over a pipe; started by the server.
    #[command(hide = true)]
    SparqlWorker {
        /// The snapshot's graph store.
        #[arg(long)]
        store: PathBuf,
    },
    /// Serves a made-up portal of any kind and size, for `make bench`.
    #[command(hide = true)]
    SyntheticPortal(synthetic::Arguments),
}

/// The variable that says what is logged.
const LOG: &str = "MOISSON_LOG";

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::SparqlWorker { store } = &cli.command {
        return ended(cores::on_stack(cores::QUERY_STACK, || query::worker(store)));
    }
    let logging = tracing_subscriber::fmt()
        .with_writer(output::Terminal)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_env_filter(filter())
        .finish();
    // A second subscriber can only mean that the program is embedded; its host then logs.
    let _ = tracing::subscriber::set_global_default(logging);
    ended(run(cli))
}

/// What is logged: what `MOISSON_LOG` says, where it can be read.
fn filter() -> EnvFilter {
    EnvFilter::try_from_env(LOG).unwrap_or_else(|error| {
        if std::env::var_os(LOG).is_some() {
            output::complain(&format!(
                "moisson: {LOG} cannot be read and is left out: {}",
                causes(&error)
            ));
        }
        EnvFilter::new("moisson=info,warn")
    })
}

fn ended(result: anyhow::Result<ExitCode>) -> ExitCode {
    match result {
        Ok(code) => code,
        Err(error) => {
            if output::is_closed_pipe(&error) {
                return ExitCode::SUCCESS;
            }
            output::complain(&format!("moisson: {}", causes(error.as_ref())));
            if error.downcast_ref::<ConfigError>().is_some()
                || error.downcast_ref::<Usage>().is_some()
            {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

/// The command line or the configuration asks for something that cannot be.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let path = cli.config;
    match cli.command {
        Command::Serve(arguments) => serve::run(&path, &arguments),
        Command::Harvest(arguments) => harvest::run(load(&path)?, &arguments),
        Command::Preview(arguments) => harvest::preview(&load(&path)?, &arguments),
        Command::Convert(arguments) => cores::on_stack(cores::STACK, || convert::run(&arguments)),
        Command::Query(arguments) => {
            let config = load(&path)?;
            cores::on_stack(cores::QUERY_STACK, || query::run(&config, &arguments))
        }
        Command::Dump(arguments) => dump::run(&load(&path)?, &arguments),
        Command::Publish => publish::run(load(&path)?, publish::What::Catalogue),
        Command::Reconvert => publish::run(load(&path)?, publish::What::Reconverted),
        Command::Rebuild => publish::run(load(&path)?, publish::What::Rebuilt),
        Command::Withdraw(arguments) => {
            standing::run(load(&path)?, &arguments, Standing::Withdrawn)
        }
        Command::Readmit(arguments) => standing::run(load(&path)?, &arguments, Standing::Admitted),
        Command::Status(arguments) => status::run(&load(&path)?, &arguments),
        Command::Check(arguments) => check::run(&path, &arguments),
        Command::SparqlWorker { store } => query::worker(&store),
        Command::SyntheticPortal(arguments) => synthetic::run(&arguments),
    }
}

fn load(path: &Path) -> anyhow::Result<Config> {
    Ok(Config::load(path)?)
}

/// The runtime of the commands that wait for the network.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // Feeds are read on its threads.
        .thread_stack_size(cores::STACK)
        .build()
        .context("cannot start the runtime")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    const README: &str = include_str!("../README.md");

    /// The commands that the README prints, in its blocks and between backticks.
    fn printed() -> Vec<&'static str> {
        let lines = README.lines().map(str::trim_start);
        let in_blocks = lines.filter_map(|line| {
            let line = line.strip_prefix("$ ").unwrap_or(line);
            line.starts_with("moisson ").then_some(line)
        });
        let spans = README.split('`').skip(1).step_by(2);
        let in_text = spans.filter(|span| span.starts_with("moisson ") && !span.contains('\n'));
        in_blocks.chain(in_text).collect()
    }

    #[test]
    fn what_the_readme_prints_is_understood() {
        let commands = printed();
        assert!(commands.len() > 20, "{commands:?}");
        for command in commands {
            // What follows is a remark, or said to be not there yet.
            let (command, _) = command.split_once('#').unwrap_or((command, ""));
            if command.trim() == "moisson validate" {
                continue;
            }
            let words: Vec<&str> = command.split_whitespace().collect();
            if let [_, name] = words[..] {
                // It may be spoken of without its arguments.
                let known = Cli::command();
                assert!(known.find_subcommand(name).is_some(), "{command}");
                continue;
            }
            let parsed = Cli::try_parse_from(words);
            assert!(parsed.is_ok(), "{command}: {}", parsed.unwrap_err());
        }
    }

    #[test]
    fn the_readme_says_how_a_shell_finds_the_program_before_it_is_called() {
        for (way, before) in [
            (
                "export PATH=\"$PWD/target/debug:$PATH\"",
                "\n$ moisson convert",
            ),
            ("\nmake install", "\nmoisson check"),
        ] {
            let (told, called) = (README.find(way), README.find(before));
            assert!(
                told.is_some() && told < called,
                "{way}: {told:?}, {called:?}"
            );
        }
        let makefile = include_str!("../Makefile");
        assert!(makefile.contains("\ninstall: setup\n\tcargo install --path . --locked"));
    }

    #[test]
    fn a_cause_that_the_message_quotes_is_not_said_again() {
        let error = Config::parse("base_uri = 1", Path::new("moisson.toml")).unwrap_err();
        let text = causes(anyhow::Error::new(error).context("cannot start").as_ref());
        assert!(text.starts_with("cannot start: moisson.toml: "), "{text}");
        assert_eq!(text.matches("line 1").count(), 1, "{text}");
    }
}
