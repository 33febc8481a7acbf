//! `moisson harvest` and `moisson preview`.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use oxigraph::model::{GraphName, Quad};

use super::{Usage, fixed, now, open_ledger, output, runtime};
use crate::causes::causes;
use crate::config::{Config, Portal};
use crate::dcat::quality::metrics;
use crate::graph::Storage;
use crate::harvest::{self, Progress, Report, Request, Scope};
use crate::ledger::{Ledger, RunState};
use crate::publish::{self, Build, Layout, Plan, Published, WriterLock};
use crate::rdf::syntax::Syntax;
use crate::rdf::write;
use crate::vocabulary::Vocabularies;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The portals; all when none is named.
    portals: Vec<String>,
    /// Harvest everything, also where an incremental run would do.
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

pub(super) fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let portals = chosen(config, &arguments.portals)?;
    let request = Request {
        scope: if arguments.full {
            Scope::Full
        } else {
            Scope::Auto
        },
        limit: arguments.limit,
    };
    if arguments.dry_run {
        return dry_run(config, &portals, request, arguments);
    }
    let mut ledger = open_ledger(config)?;
    let vocabularies = Vocabularies::builtin();
    harvest::describe_self(&mut ledger, config, vocabularies, now())?;
    let (reports, failed) = runtime()?.block_on(all(&mut ledger, config, &portals, request));
    // What was committed is shown, and what was done is told, also where something else failed.
    let published = publish_now(&mut ledger, config, Build::CatchUp);
    print_reports(&reports, published.as_ref().ok(), arguments)?;
    published.context("what was harvested is kept, and published by the next run")?;
    failed.map_or(Ok(status_of(&reports)), Err)
}

/// A rehearsal on a copy of the ledger, so that the report is the real one.
fn dry_run(
    config: &Config,
    portals: &[&Portal],
    request: Request,
    arguments: &Arguments,
) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir()?;
    if config.store.path.join("ledger.sqlite").exists() {
        open_ledger(config)?.copy_to(folder.path())?;
    }
    let mut rehearsal = config.clone();
    folder.path().clone_into(&mut rehearsal.store.path);
    let mut ledger = open_ledger(&rehearsal)?;
    let (reports, failed) = runtime()?.block_on(all(&mut ledger, &rehearsal, portals, request));
    print_reports(&reports, None, arguments)?;
    failed.map_or(Ok(status_of(&reports)), Err)
}

/// Harvests the portals one after the other, with a progress bar each: the reports, and the last of what
/// kept a portal from being harvested at all.
async fn all(
    ledger: &mut Ledger,
    config: &Config,
    portals: &[&Portal],
    request: Request,
) -> (Vec<Report>, Option<anyhow::Error>) {
    let mut reports = Vec::new();
    let mut failed: Option<anyhow::Error> = None;
    for portal in portals {
        let bar = bar(portal);
        let progress = |progress: Progress| show(&bar, progress);
        let report = harvest::run(
            ledger,
            config,
            portal,
            Vocabularies::builtin(),
            request,
            &progress,
            &now,
        )
        .await;
        bar.finish_and_clear();
        match report {
            Ok(report) => reports.push(report),
            Err(error) => {
                if let Some(earlier) = failed.replace(error.into()) {
                    output::complain(&format!("moisson: {}", causes(earlier.as_ref())));
                }
            }
        }
    }
    (reports, failed)
}

pub(super) fn bar(portal: &Portal) -> ProgressBar {
    let bar = output::BARS.add(ProgressBar::no_length());
    if let Ok(style) =
        ProgressStyle::with_template("{prefix:>14} {wide_bar} {pos}/{len} {per_sec} {msg}")
    {
        bar.set_style(style);
    }
    bar.set_prefix(portal.id.to_string());
    bar
}

pub(super) fn show(bar: &ProgressBar, progress: Progress) {
    if let Some(total) = progress.total {
        bar.set_length(total);
    }
    bar.set_position(progress.position);
    bar.set_message(format!("{} taken", progress.taken));
}

/// Publishes what the ledger holds, waiting for the writer's lock.
pub(super) fn publish_now(
    ledger: &mut Ledger,
    config: &Config,
    build: Build,
) -> anyhow::Result<Published> {
    let layout = Layout::new(&config.store.path);
    let lock = WriterLock::acquire(&layout, || {
        tracing::info!("waiting for another process to finish publishing");
    })?;
    let own = metrics(&config.base_uri);
    let kept = i64::try_from(config.harvest.keep_runs.duration().as_secs()).unwrap_or(i64::MAX);
    ledger.forget_runs(now().saturating_sub(kept))?;
    let published = publish::publish(
        ledger,
        &layout,
        Plan {
            fixed: fixed(Vocabularies::builtin(), &own),
            engine: Storage::of(config.store.engine),
            keep: config.store.keep_snapshots,
            build,
        },
        &lock,
        now(),
    )?;
    tracing::info!(sequence = published.sequence, change = ?published.change, "published");
    Ok(published)
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
