//! `moisson harvest` and `moisson preview`.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use oxigraph::model::{GraphName, Quad};

use super::{Usage, interrupt, output, runtime};
use crate::causes::causes;
use crate::config::{Config, Portal};
use crate::harvest::{self, Progress, Report, Request, Scope};
use crate::ledger::RunState;
use crate::operate::{Moisson, Watch};
use crate::publish::{Build, Published};
use crate::rdf::syntax::Syntax;
use crate::rdf::write;
use crate::record::PortalId;
use crate::vocabulary::Vocabularies;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The portals; all when none is named.
    portals: Vec<String>,
    /// Harvest everything, also where an incremental run would do; of portals that are named, also what is
    /// left alone because processes died on it.
    #[arg(long)]
    full: bool,
    /// Stop after so many records of each portal.
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Report what would change, without changing it.
    #[arg(long)]
    dry_run: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct PreviewArguments {
    /// The portal.
    portal: String,
    /// How many records of each collection.
    #[arg(long, value_name = "N", default_value_t = 3)]
    limit: usize,
}

pub(super) fn run(config: Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let moisson = Moisson::new(config);
    let portals = chosen(moisson.config(), &arguments.portals)?;
    let request = Request {
        scope: if arguments.full {
            Scope::Full
        } else {
            Scope::Auto
        },
        limit: arguments.limit,
        // Somebody who names a portal has looked at it; a timer that harvests them all has not.
        retry: arguments.full && !arguments.portals.is_empty(),
    };
    if arguments.dry_run {
        // On a copy of the ledger, so that the report is the real one.
        let folder = tempfile::tempdir()?;
        let rehearsal = moisson.rehearsal(folder.path())?;
        let copy = folder.path().to_owned();
        interrupt::watch(&rehearsal, "nothing was changed", move || {
            // What cannot be removed is the system's to remove.
            drop(std::fs::remove_dir_all(copy));
        })?;
        let (reports, failed) = all(&rehearsal, &portals, request)?;
        print_reports(&reports, None, arguments)?;
        return failed.map_or(Ok(status_of(&reports)), Err);
    }
    interrupt::watch(&moisson, interrupt::STAGED, || {})?;
    let (reports, failed) = all(&moisson, &portals, request)?;
    // What was committed is shown, and what was done is told, also where something else failed.
    let published = moisson.publish(Build::CatchUp);
    print_reports(&reports, published.as_ref().ok(), arguments)?;
    published.context("what was harvested is kept, and published by the next run")?;
    failed.map_or(Ok(status_of(&reports)), Err)
}

/// Harvests portals, with a progress bar each: the reports, and the last of what kept a portal from being
/// harvested at all.
fn all(
    moisson: &Moisson,
    portals: &[&Portal],
    request: Request,
) -> anyhow::Result<(Vec<Report>, Option<anyhow::Error>)> {
    let bars = Arc::new(Bars::of(portals));
    let ended = runtime()?.block_on(moisson.harvest_all(portals, request, bars))?;
    let mut reports = Vec::new();
    let mut failed: Option<anyhow::Error> = None;
    for report in ended {
        match report {
            Ok(report) => reports.push(report),
            Err(error) => {
                if let Some(earlier) = failed.replace(error.into()) {
                    output::complain(&format!("moisson: {}", causes(earlier.as_ref())));
                }
            }
        }
    }
    Ok((reports, failed))
}

/// A progress bar for each portal.
pub(super) struct Bars(BTreeMap<PortalId, ProgressBar>);

impl Bars {
    pub(super) fn of(portals: &[&Portal]) -> Self {
        let bar = |portal: &&Portal| (portal.id.clone(), bar(portal));
        Self(portals.iter().map(bar).collect())
    }
}

impl Watch for Bars {
    fn progress(&self, portal: &PortalId, progress: Progress) {
        let Some(bar) = self.0.get(portal) else {
            return;
        };
        if let Some(total) = progress.total {
            bar.set_length(total);
        }
        bar.set_position(progress.position);
        bar.set_message(format!("{} taken", progress.taken));
    }

    fn ended(&self, portal: &PortalId) {
        if let Some(bar) = self.0.get(portal) {
            bar.finish_and_clear();
        }
    }
}

fn bar(portal: &Portal) -> ProgressBar {
    let bar = output::BARS.add(ProgressBar::no_length());
    if let Ok(style) =
        ProgressStyle::with_template("{prefix:>14} {wide_bar} {pos}/{len} {per_sec} {msg}")
    {
        bar.set_style(style);
    }
    bar.set_prefix(portal.id.to_string());
    bar
}

fn chosen<'a>(config: &'a Config, names: &[String]) -> anyhow::Result<Vec<&'a Portal>> {
    if config.portals.is_empty() {
        return Err(Usage("the configuration names no [[portal]]".to_owned()).into());
    }
    if names.is_empty() {
        return Ok(config.portals.iter().collect());
    }
    names.iter().map(|name| named(config, name)).collect()
}

fn named<'a>(config: &'a Config, name: &str) -> anyhow::Result<&'a Portal> {
    let known: Vec<_> = config
        .portals
        .iter()
        .map(|portal| portal.id.as_str())
        .collect();
    config.portal(name).ok_or_else(|| {
        Usage(format!(
            "no portal `{name}`; the configuration has: {}",
            known.join(", ")
        ))
        .into()
    })
}

fn status_of(reports: &[Report]) -> ExitCode {
    if reports.iter().all(|report| {
        report.state == RunState::Done || (report.state == RunState::Partial && report.limited)
    }) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn print_reports(
    reports: &[Report],
    published: Option<&Published>,
    arguments: &Arguments,
) -> anyhow::Result<()> {
    if arguments.json {
        let sequence = published.map(|published| published.sequence);
        return output::print_json(&serde_json::json!({ "runs": reports, "sequence": sequence }));
    }
    for report in reports {
        output::print(&text(report))?;
    }
    if let Some(published) = published {
        output::print(&format!("published: sequence {}", published.sequence))?;
    }
    Ok(())
}

/// A report as people read it.
pub(super) fn text(report: &Report) -> String {
    let counts = &report.counts;
    let mut lines = vec![format!(
        "{}: {} run {}",
        report.portal,
        mode(report),
        report.state.as_str()
    )];
    if let Some(reason) = &report.reason {
        lines.push(format!("  because      {reason}"));
    }
    for note in &report.notes {
        lines.push(format!("  note         {note}"));
    }
    for (name, count) in [
        ("listed", counts.listed),
        ("created", counts.created),
        ("updated", counts.updated),
        ("recognised", counts.recognised),
        ("measured", counts.measured),
        ("unchanged", counts.unchanged),
        ("withdrawn", counts.withdrawn),
        ("absent", counts.absent),
        ("rejected", counts.rejected),
    ] {
        lines.push(format!("  {name:<12} {}", output::grouped(count)));
    }
    if !counts.findings.is_empty() {
        lines.push("  findings".to_owned());
        for (code, count) in &counts.findings {
            lines.push(format!("    {code:<24} {}", output::grouped(*count)));
        }
    }
    lines.join("\n")
}

fn mode(report: &Report) -> String {
    let mode = format!("{:?}", report.mode).to_lowercase();
    if report.resumed {
        format!("resumed {mode}")
    } else {
        mode
    }
}

pub(super) fn preview(config: &Config, arguments: &PreviewArguments) -> anyhow::Result<ExitCode> {
    let portal = named(config, &arguments.portal)?;
    let found = runtime()?.block_on(harvest::preview(
        config,
        portal,
        Vocabularies::builtin(),
        arguments.limit,
    ))?;
    for (record, described) in found {
        output::print(&format!("# {}/{}", record.collection, record.key))?;
        match described {
            Ok(described) => {
                for part in &described.parts {
                    let quads: Vec<Quad> = part
                        .graph
                        .triples()
                        .iter()
                        .map(|t| t.clone().in_graph(GraphName::DefaultGraph))
                        .collect();
                    output::print(&String::from_utf8_lossy(&write::document(
                        Syntax::Turtle,
                        &quads,
                    )?))?;
                }
                for finding in &described.findings {
                    output::print(&format!(
                        "# {} {}: {} ({})",
                        finding.code.as_str(),
                        finding.field,
                        finding.message,
                        finding.value
                    ))?;
                }
            }
            Err(why) => output::print(&format!("# {why}"))?,
        }
    }
    Ok(ExitCode::SUCCESS)
}
