//! One run over one portal: pages in, staged records out, one commit at the end.
//!
//! Whatever the portal does, the run ends with a report: done, partial, suspicious or failed, and why.

use std::sync::Arc;

use serde::Serialize;

use super::ahead::{Ahead, Fetched, MayBeEmpty, Plan};
use super::pages::Pages;
use super::reading::Reading;
use super::start::{Start, Starting, bookmark, memory, refused};
use super::{HarvestError, Harvester, fetch_options, with_rules, withdrawal};
use crate::address::Secrets;
use crate::causes::line;
use crate::config::{Config, Portal};
use crate::fetch::Fetcher;
use crate::ledger::{Counts, Holding, Ledger, Mode, Noted, Outcome, RunState};
use crate::lock::{self, FileLock};
use crate::record::PortalId;
use crate::source::{Crawl, Settings};

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
    /// Try again what is left alone because processes died on it.
    pub retry: bool,
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
    /// Whether it ended early because it was asked for no more records ([`Request::limit`]).
    pub limited: bool,
    /// What it left out, and why: one sentence each.
    pub notes: Vec<String>,
}

/// Whoever waits for a run.
pub trait Observer: Sync {
    /// It came so far.
    fn progress(&self, progress: Progress);

    /// Everything is staged, and is committed when this returns; it may wait for others.
    fn commits(&self);
}

/// Nobody waits.
impl Observer for () {
    fn progress(&self, _: Progress) {}

    fn commits(&self) {}
}

impl Harvester<'_> {
    /// Harvests one portal and commits what came of it.
    ///
    /// # Errors
    /// [`HarvestError`] for faults of Moisson's own; the portal's faults are in the report.
    pub async fn run(
        self,
        ledger: &mut Ledger,
        portal: &Portal,
        request: Request,
        observer: &dyn Observer,
    ) -> Result<Report, HarvestError> {
        let _lock = lock(self.config, &portal.id)?;
        let retried = if request.retry {
            retry(ledger, portal, (self.clock)())?
        } else {
            0
        };
        let first = self
            .attempt(ledger, portal, request, retried, observer)
            .await?;
        if first.outgrown {
            // The window does not reach back to what is known: only a full run can tell what changed.
            let full = Request {
                scope: Scope::Full,
                ..request
            };
            let again = self
                .attempt(ledger, portal, full, retried, observer)
                .await?;
            return Ok(again.report);
        }
        Ok(first.report)
    }

    async fn attempt(
        self,
        ledger: &mut Ledger,
        portal: &Portal,
        request: Request,
        retried: u64,
        observer: &dyn Observer,
    ) -> Result<Attempt, HarvestError> {
        let Self {
            config,
            vocabularies,
            clock,
            underway,
        } = self;
        let recipe = self.recipe(ledger, portal)?;
        let root = portal.root().map_err(|message| refused(portal, message))?;
        let reading = Arc::new(Reading::beside(ledger, &portal.id, underway)?);
        let fetcher = Fetcher::new(fetch_options(config, portal))?.watched(reading);
        let settings = Settings {
            retry_wait: config.harvest.backoff.duration().saturating_mul(UNUSABLE),
            ..Settings::default()
        };
        let starting = Starting {
            config,
            portal,
            root: &root,
            request,
            settings,
            now: clock(),
        };
        let Start {
            run,
            mode,
            crawl,
            resumed,
            faults,
        } = starting.start(ledger)?;
        let may_be_empty = may_be_empty(ledger, portal, &crawl.collections())?;
        let mut ahead = Ahead::new(Plan {
            crawl,
            fetcher,
            portal: portal.clone(),
            root: root.clone(),
            may_be_empty,
            limit: request.limit,
            faults,
        });
        let pages = Pages::new(ledger, &recipe, underway, run)?;
        let enough = take(&mut ahead, pages, request.limit, observer).await?;
        let Some(ended) = ahead.end().await else {
            return Err(refused(portal, "the program is ending".to_owned()));
        };
        let outgrown = enough.is_none() && ended.is_outgrown();
        let outcome = match enough {
            Some(limit) => Outcome::Limited(limit),
            None => shown(ended.outcome(mode), &recipe.secrets),
        };
        if let Outcome::Paused(_) = outcome {
            // Lists that had nothing brought no page, and need not be asked for again.
            let cursor = bookmark(portal, &root, ended.crawl.as_ref(), &ended.faults);
            ledger.stage(run, &recipe.fingerprint(), &[], &[], Some(&cursor))?;
        }
        if let Some(left_alone) = ended.left_alone() {
            ledger.skip(run, &[left_alone])?;
        }
        let is_complete = matches!(outcome, Outcome::Complete { .. });
        let crawl = ended.crawl.as_ref();
        let noted = Noted {
            notes: notes(crawl, &recipe.secrets, retried),
            memory: is_complete.then(|| memory(portal, &root, crawl)).flatten(),
            empty: ended.nothing_in,
        };
        ledger.note(run, &noted)?;
        let withdrawal = withdrawal(config);
        let (state, counts) = blocking(|| {
            observer.commits();
            let now = clock();
            with_rules(config, vocabularies, |rules| {
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
            limited: matches!(outcome, Outcome::Limited(_)),
            notes: noted.notes,
        };
        announce(&report);
        Ok(Attempt { report, outgrown })
    }
}

struct Attempt {
    report: Report,
    outgrown: bool,
}

/// Takes pages until the last, or until there are enough: whether they were enough.
async fn take(
    ahead: &mut Ahead,
    mut pages: Pages<'_>,
    limit: Option<u64>,
    observer: &dyn Observer,
) -> Result<Option<u64>, HarvestError> {
    let mut taken = 0;
    let mut enough = None;
    while enough.is_none() {
        let next = if let Some(next) = ahead.ready() {
            Some(next)
        } else {
            // The portal is the slower one: what is described need not wait for its next page.
            blocking(|| pages.stage())?;
            ahead.next().await
        };
        let Some(Fetched { page, cursor }) = next else {
            break;
        };
        let room = limit.map_or(u64::MAX, |limit| limit.saturating_sub(taken));
        let (position, total) = (page.position, page.total);
        // A limited run takes a part of a page: whoever went on after it would miss the rest.
        let cursor = limit.is_none().then_some(cursor);
        taken += blocking(|| pages.take(page, room, cursor))?;
        observer.progress(Progress {
            position,
            total,
            taken,
        });
        enough = limit.filter(|limit| taken >= *limit);
    }
    blocking(|| pages.stage())?;
    tracing::debug!(taken, "staged");
    Ok(enough)
}

/// What a crawl has to say, without credentials.
fn notes(crawl: &dyn Crawl, secrets: &Secrets, retried: u64) -> Vec<String> {
    let hidden = |note: &String| secrets.hidden(note).into_owned();
    let retried = (retried > 0).then(|| {
        format!("tried again what was left alone because reading or describing it had ended processes: {retried}")
    });
    retried
        .into_iter()
        .chain(crawl.notes().iter().map(hidden))
        .collect()
}

/// Forgets what is held against the records and documents of a portal: how many were left alone. A run that
/// has left them alone is not gone on with.
fn retry(ledger: &mut Ledger, portal: &Portal, now: i64) -> Result<u64, HarvestError> {
    let left = ledger.acquit(&portal.id)?;
    if left > 0 {
        tracing::info!(portal = %portal.id, left, "what was left alone is tried again");
        ledger.abandon(&portal.id, now)?;
        ledger.forget_paused(&portal.id)?;
    }
    Ok(left)
}

/// The most characters of a reason.
const LONGEST_REASON: usize = 4_000;

/// An outcome whose reason repeats no credential, and is fit for a terminal.
fn shown(outcome: Outcome, secrets: &Secrets) -> Outcome {
    let hidden = |why: String| line(&secrets.hidden(&why), LONGEST_REASON);
    match outcome {
        Outcome::Complete { .. } => outcome,
        Outcome::Faulty { listed, why } => Outcome::Faulty {
            listed,
            why: hidden(why),
        },
        Outcome::Stopped(why) => Outcome::Stopped(hidden(why)),
        limited @ Outcome::Limited(_) => limited,
        Outcome::Paused(why) => Outcome::Paused(hidden(why)),
    }
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
        recognised = report.counts.recognised,
        rejected = report.counts.rejected,
        notes = report.notes.join("; "),
        "harvested"
    );
}

/// The lists that may have nothing, by what is known of them.
fn may_be_empty(
    ledger: &Ledger,
    portal: &Portal,
    collections: &[&'static str],
) -> Result<MayBeEmpty, HarvestError> {
    let emptied = ledger.emptied(&portal.id)?;
    let mut may_be = MayBeEmpty::default();
    for &collection in collections {
        let was_empty = emptied.iter().any(|one| one == collection);
        match ledger.holds(&portal.id, collection)? {
            Holding::Nothing => {
                may_be.as_before.insert(collection);
            }
            Holding::Few if was_empty => {
                may_be.once_more.insert(collection);
            }
            Holding::Few | Holding::Many => {}
        }
    }
    Ok(may_be)
}

/// Runs what blocks (SQLite, describing) without holding up the other tasks of the runtime.
fn blocking<T>(act: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(act)
}

/// The lock of a portal, waited for.
pub(super) fn wait_lock(config: &Config, portal: &PortalId) -> Result<FileLock, HarvestError> {
    Ok(FileLock::acquire(
        &lock::portals(&config.store.path),
        &lock::of_portal(portal.as_str()),
        || {},
    )?)
}

/// The lock of a portal: one run at a time.
pub(super) fn lock(config: &Config, portal: &PortalId) -> Result<FileLock, HarvestError> {
    let folder = lock::portals(&config.store.path);
    FileLock::try_acquire(&folder, &lock::of_portal(portal.as_str()))?
        .ok_or_else(|| HarvestError::Busy(portal.to_string()))
}
