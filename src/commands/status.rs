//! `moisson status`: portals, runs, counts, sizes, the sequence.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::output;
use crate::config::Config;
use crate::graph::{Size, size};
use crate::harvest::{orphan, orphans};
use crate::ledger::{FindingRow, PortalStatus, Reader, RunState, Sizes, UnmappedRow};
use crate::publish::{Layout, Manifest, Snapshot};
use crate::record::PortalId;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// List the findings on the records of this portal too.
    #[arg(long, value_name = "PORTAL")]
    findings: Option<String>,
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Status {
    sequence: u64,
    published: Option<Manifest>,
    /// What is published of the graph.
    #[serde(skip_serializing_if = "Option::is_none")]
    graph: Option<Size>,
    portals: Vec<PortalStatus>,
    /// Those of them that the configuration no longer names.
    unconfigured: Vec<PortalId>,
    /// Portals that the operator has taken out.
    withdrawn: BTreeSet<String>,
    ledger: Sizes,
    /// Bytes on disk under `[store] path`.
    disk: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingRow>>,
}

/// The most findings that are listed at once.
const FINDINGS: u32 = 100_000;

pub(super) fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let reader = Reader::open(&config.store.path, &config.base_uri)?;
    let orphans = orphans(config, &reader)?;
    let configured = config.portals.iter().map(|portal| &portal.id);
    let portals = configured
        .chain(&orphans)
        .map(|portal| reader.portal_status(portal))
        .collect::<Result<_, _>>()?;
    let findings = match &arguments.findings {
        None => None,
        Some(id) => {
            let portal = PortalId::new(id).map_err(|error| super::Usage(error.to_string()))?;
            super::dump::known(config, &portal)?;
            Some(reader.findings(Some(&portal), FINDINGS)?)
        }
    };
    let snapshot = Snapshot::current(&Layout::new(&config.store.path))?;
    let status = Status {
        sequence: reader.sequence()?,
        published: snapshot.as_ref().map(|one| one.manifest().clone()),
        graph: snapshot.as_ref().and_then(measured),
        portals,
        unconfigured: orphans,
        withdrawn: reader.withdrawn_portals()?,
        ledger: reader.sizes()?,
        disk: disk(&config.store.path),
        findings,
    };
    if arguments.json {
        output::print_json(&status)?;
    } else {
        output::print(&text(&status))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// How large the graph of a snapshot is; one that cannot be read is told, and hides nothing else.
fn measured(snapshot: &Snapshot) -> Option<Size> {
    size(&snapshot.graph())
        .inspect_err(|error| output::complain(&format!("moisson: {error}")))
        .ok()
}

fn text(status: &Status) -> String {
    let mut lines = vec![match &status.published {
        Some(manifest) if manifest.sequence == status.sequence => {
            format!("sequence {}, published", status.sequence)
        }
        Some(manifest) => format!(
            "sequence {}, published up to {}",
            status.sequence, manifest.sequence
        ),
        None => format!("sequence {}, not published yet", status.sequence),
    }];
    lines.extend(status.portals.iter().flat_map(of_portal));
    lines.extend(status.unconfigured.iter().map(orphan));
    let withdrawn = status.withdrawn.iter();
    lines.extend(withdrawn.map(|portal| {
        format!("portal `{portal}` is withdrawn; `moisson readmit --portal {portal}` takes it back")
    }));
    lines.push(format!(
        "ledger: {} events, {} versions, {} descriptions of {} bytes; {} bytes on disk in all",
        output::grouped(status.ledger.events),
        output::grouped(status.ledger.versions),
        output::grouped(status.ledger.bodies),
        output::grouped(status.ledger.text),
        output::grouped(status.disk),
    ));
    if let Some(graph) = &status.graph {
        let counted = |what: &str, count: Option<u64>| {
            count.map(|count| format!(" {} {what},", output::grouped(count)))
        };
        lines.push(format!(
            "graph: {},{}{} {} bytes",
            graph.engine.as_str(),
            counted("quads", graph.quads).unwrap_or_default(),
            counted("terms", graph.terms).unwrap_or_default(),
            output::grouped(graph.bytes),
        ));
    }
    for finding in status.findings.iter().flatten() {
        lines.push(format!(
            "{} {}: {} {}: {} ({})",
            finding.portal,
            finding.record,
            finding.code,
            finding.field,
            finding.message,
            finding.value
        ));
    }
    lines.join("\n")
}

/// What is said of a portal: its records, its last run, its findings.
fn of_portal(portal: &PortalStatus) -> Vec<String> {
    let records: Vec<_> = portal
        .records
        .iter()
        .map(|(kind, count)| format!("{} {kind}", output::grouped(*count)))
        .collect();
    let mut lines = vec![format!(
        "{}: {}",
        portal.portal,
        if records.is_empty() {
            "nothing yet".to_owned()
        } else {
            records.join(", ")
        }
    )];
    if portal.recognised > 0 {
        lines.push(format!(
            "  {} recognised as the same as other portals' records",
            output::grouped(portal.recognised)
        ));
    }
    if portal.absent + portal.rejected > 0 {
        lines.push(format!(
            "  {} absent, {} rejected",
            portal.absent, portal.rejected
        ));
    }
    if let Some(run) = &portal.last_run {
        let started = chrono::DateTime::from_timestamp(run.started, 0).unwrap_or_default();
        lines.push(format!(
            "  last run {} ({:?}), number {}, job {}, started {started}",
            run.state.as_str(),
            run.mode,
            run.id,
            run.job.as_str()
        ));
        if run.state == RunState::Interrupted {
            lines.push(
                "  its process ended before it did; the next harvest goes on with it".to_owned(),
            );
        }
        lines.extend(
            run.reason
                .as_ref()
                .map(|reason| format!("  because {reason}")),
        );
        lines.extend(run.notes.iter().map(|note| format!("  note {note}")));
    }
    for (code, count) in &portal.findings {
        lines.push(format!("    {code:<24} {}", output::grouped(*count)));
    }
    lines.extend(unmapped(&portal.unmapped));
    lines
}

/// The most fields of a portal that no mapping reads, of those that are listed.
const PATHS: usize = 20;

/// The fields that no mapping reads, a line each.
fn unmapped(rows: &[UnmappedRow]) -> Vec<String> {
    let told = rows.iter().take(PATHS).map(|row| {
        let records = output::counted(row.records, "record", "records");
        format!(
            "    no mapping reads {}: {records}, as {} ({})",
            row.path, row.record, row.value
        )
    });
    let more = rows.len().saturating_sub(PATHS);
    let more = u64::try_from(more).unwrap_or_default();
    let paths = output::counted(more, "more path", "more paths");
    let rest = (more > 0).then(|| format!("    and {paths}: --json has them"));
    told.chain(rest).collect()
}

/// Bytes under a folder; hard links between snapshots are counted each time.
fn disk(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(about) if about.is_dir() => disk(&entry.path()),
            Ok(about) => about.len(),
            Err(_) => 0,
        })
        .sum()
}
