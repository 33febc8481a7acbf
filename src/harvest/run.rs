//! One run over one portal: pages in, staged records out, one commit at the end.
//!
//! Whatever the portal does, the run ends with a report: done, partial, suspicious or failed, and why.

use std::path::PathBuf;

use serde::Serialize;

use super::start::{Start, bookmark, refused, start};
use super::{HarvestError, Recipe, fetch_options, prepare, with_rules};
use crate::causes::causes;
use crate::config::{Config, Portal};
use crate::fetch::Fetcher;
use crate::ledger::{Counts, Ledger, Mode, Outcome, Prepared, RunState, Staged, Withdrawal};
use crate::lock::FileLock;
use crate::rdf::canon::Digest;
use crate::record::PortalId;
use crate::source::{CrawlError, Page, RawRecord, Rejected};
use crate::vocabulary::Vocabularies;

/// A page that was answered with something unusable is asked for again after so many back-offs: the
/// portal's own maintenance page goes away less soon than a refused connection.
const UNUSABLE: u32 = 5;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Incrementally where the portal allows it and the last full run is recent enough.
    #[default]
    Auto,
    /// Everything.
    Full,
}

/// A request for a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request {
    /// What is asked for.
    pub scope: Scope,
    /// Stop after so many records; the run then counts as partial.
    pub limit: Option<u64>,
}

/// How far a run has come, for progress bars.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Records listed so far in the current list.
    pub position: u64,
    /// Records in the current list, as the portal says.
    pub total: Option<u64>,
    /// Records taken in all.
    pub taken: u64,
}

/// What a run did.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The portal.
    pub portal: String,
    /// What kind of run.
    pub mode: Mode,
    /// How it ended.
    pub state: RunState,
    /// Why it ended so.
    pub reason: Option<String>,
    /// What it did.
    pub counts: Counts,
    /// Whether it went on where a crash had stopped an earlier one.
    pub resumed: bool,
    /// What it left out, and why: one sentence each.
    pub notes: Vec<String>,
}

/// Harvests one portal and commits what came of it.
///
/// # Errors
/// [`HarvestError`] for faults of Moisson's own; the portal's faults are in the report.
pub async fn run(
    ledger: &mut Ledger,
    config: &Config,
    portal: &Portal,
    vocabularies: &Vocabularies,
    request: Request,
    progress: &(dyn Fn(Progress) + Sync),
    clock: &(dyn Fn() -> i64 + Sync),
) -> Result<Report, HarvestError> {
    let _lock = lock(config, &portal.id)?;
    let first = attempt(
        ledger,
        config,
        portal,
        vocabularies,
        request,
        progress,
        clock,
    )
    .await?;
    if first.outgrown {
        // The window does not reach back to what is known: only a full run can tell what changed.
        let full = Request {
            scope: Scope::Full,
            ..request
        };
        return Ok(
            attempt(ledger, config, portal, vocabularies, full, progress, clock)
                .await?
                .report,
        );
    }
    Ok(first.report)
}

struct Attempt {
    report: Report,
    outgrown: bool,
}

async fn attempt(
    ledger: &mut Ledger,
    config: &Config,
    portal: &Portal,
    vocabularies: &Vocabularies,
    request: Request,
    progress: &(dyn Fn(Progress) + Sync),
    clock: &(dyn Fn() -> i64 + Sync),
) -> Result<Attempt, HarvestError> {
    let recipe =
        Recipe::new(config, portal, vocabularies).map_err(|message| refused(portal, message))?;
    let fingerprint = recipe.fingerprint();
    let fetcher = Fetcher::new(fetch_options(config, portal))?;
    let Start {
        run,
        mode,
        crawl,
        resumed,
    } = start(ledger, config, portal, &recipe.root, request, clock())?;
    let mut crawl =
        crawl.with_retry_wait(config.harvest.backoff.duration().saturating_mul(UNUSABLE));
    let mut taken = 0;
    let mut empty = Vec::new();
    let (outcome, outgrown) = loop {
        let page = match crawl.next(&fetcher).await {
            Ok(Some(page)) => page,
            Ok(None) if empty.len() == crawl.collections().len() => {
                break (Outcome::Stopped(empty.join("; ")), false);
            }
            Ok(None) => {
                let listed = if mode == Mode::Full {
                    crawl.collections()
                } else {
                    Vec::new()
                };
                break (Outcome::Complete { listed }, false);
            }
            // A small portal may have no organizations or topics; one that had some has lost them.
            Err(CrawlError::Empty { url, collection })
                if !ledger.holds(&portal.id, collection)? =>
            {
                empty.push(CrawlError::Empty { url, collection }.to_string());
                crawl.pass_empty_list();
                continue;
            }
            Err(error) => break (Outcome::Stopped(causes(&error)), is_outgrown(&error)),
        };
        let room = request
            .limit
            .map_or(u64::MAX, |limit| limit.saturating_sub(taken));
        let (position, total) = (page.position, page.total);
        // A limited run takes a part of a page: whoever went on after it would miss the rest.
        let cursor = match request.limit {
            None => Some(bookmark(portal, &recipe.root, &crawl)),
            Some(_) => None,
        };
        taken += blocking(|| {
            stage_page(
                ledger,
                &recipe,
                run,
                &fingerprint,
                page,
                room,
                cursor.as_deref(),
            )
        })?;
        progress(Progress {
            position,
            total,
            taken,
        });
        if let Some(limit) = request.limit.filter(|limit| taken >= *limit) {
            break (
                Outcome::Stopped(format!("limited to {limit} records")),
                false,
            );
        }
    };
    let withdrawal = Withdrawal {
        grace: config.harvest.grace.duration(),
        max_share: config.harvest.max_withdrawn_share,
    };
    let now = clock();
    let (state, counts) = blocking(|| {
        with_rules(&config.base_uri, vocabularies, |rules| {
            ledger.commit(run, &outcome, withdrawal, rules, now)
        })
    })?;
    let reason = ledger
        .reader()?
        .runs(Some(&portal.id), 1)?
        .pop()
        .and_then(|run| run.reason);
    let report = Report {
        portal: portal.id.to_string(),
        mode,
        state,
        reason,
        counts,
        resumed,
        notes: crawl.notes(),
    };
    announce(&report);
    Ok(Attempt { report, outgrown })
}

/// One summary line a run.
fn announce(report: &Report) {
    tracing::info!(
        portal = report.portal,
        state = report.state.as_str(),
        reason = report.reason,
        listed = report.counts.listed,
        created = report.counts.created,
        updated = report.counts.updated,
        unchanged = report.counts.unchanged,
        withdrawn = report.counts.withdrawn,
        rejected = report.counts.rejected,
        notes = report.notes.join("; "),
        "harvested"
    );
}

fn is_outgrown(error: &CrawlError) -> bool {
    matches!(error, CrawlError::WindowExhausted { .. })
}

/// Stages one page: how many records were taken.
fn stage_page(
    ledger: &mut Ledger,
    recipe: &Recipe<'_>,
    run: crate::ledger::RunId,
    fingerprint: &str,
    page: Page,
    room: u64,
    cursor: Option<&str>,
) -> Result<u64, HarvestError> {
    let mut unchanged = Vec::new();
    let mut work = Vec::new();
    let mut taken = 0;
    for record in page.records {
        if taken >= room {
            break;
        }
        taken += 1;
        match ledger.held(&recipe.portal.id, record.collection, &record.key)? {
            Some(held)
                if held.fingerprint == fingerprint
                    && held.payload == Digest::of(&record.payload) =>
            {
                unchanged.push(held.source);
            }
            _ => work.push(identified(record)),
        }
    }
    for (collection, key) in page.skipped_unchanged {
        taken += 1;
        unchanged.extend(
            ledger
                .held(&recipe.portal.id, collection, &key)?
                .map(|held| held.source),
        );
    }
    let changed: Vec<Staged> = prepare_all(recipe, work)
        .into_iter()
        .filter_map(|(staged, hidden)| match hidden {
            None => Some(staged),
            // Not listed is not seen: once the grace period is over it is withdrawn.
            Some(why) => {
                tracing::info!(portal = %recipe.portal.id, record = staged.key, %why, "passed over");
                None
            }
        })
        .collect();
    ledger.stage(run, fingerprint, &changed, &unchanged, cursor)?;
    Ok(taken)
}

type Work = (String, String, Option<String>, Vec<u8>);

/// A record without an identifier is rejected under the hash of its payload, so that it is counted.
fn identified(record: RawRecord) -> Work {
    let key = if record.key.is_empty() {
        format!("?{}", Digest::of(&record.payload))
    } else {
        record.key
    };
    (
        record.collection.to_owned(),
        key,
        record.mark,
        record.payload,
    )
}

/// Prepares records on all cores, in order; with the reason for each that must not be listed.
pub(super) fn prepare_all(recipe: &Recipe<'_>, work: Vec<Work>) -> Vec<(Staged, Option<Rejected>)> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = work.len().div_ceil(cores).max(1);
    let one = |(collection, key, mark, payload): Work| {
        let (prepared, hidden) = match prepare(recipe, &collection, &payload) {
            Ok(prepared) => (prepared, None),
            Err(hidden) => (Prepared::default(), Some(hidden)),
        };
        (
            Staged {
                collection,
                key,
                mark,
                payload,
                prepared,
            },
            hidden,
        )
    };
    if work.len() < 8 {
        return work.into_iter().map(one).collect();
    }
    let mut shares: Vec<Vec<Work>> = Vec::with_capacity(cores);
    let mut rest = work;
    while !rest.is_empty() {
        let after = rest.split_off(share.min(rest.len()));
        shares.push(std::mem::replace(&mut rest, after));
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || share.into_iter().map(one).collect::<Vec<_>>()))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}

/// Runs what blocks (SQLite, describing) without holding up the other tasks of the runtime.
fn blocking<T>(act: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(act)
}

/// The lock of a portal, waited for.
pub(super) fn wait_lock(config: &Config, portal: &PortalId) -> Result<FileLock, HarvestError> {
    let folder: PathBuf = config.store.path.join("locks");
    Ok(FileLock::acquire(
        &folder,
        &format!("{portal}.lock"),
        || {},
    )?)
}

/// The lock of a portal: one run at a time.
pub(super) fn lock(config: &Config, portal: &PortalId) -> Result<FileLock, HarvestError> {
    let folder: PathBuf = config.store.path.join("locks");
    FileLock::try_acquire(&folder, &format!("{portal}.lock"))?
        .ok_or_else(|| HarvestError::Busy(portal.to_string()))
}
