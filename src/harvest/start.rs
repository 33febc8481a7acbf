//! Where a run starts: at the beginning, at what changed since the last one, or where a crash stopped it.
//!
//! A cursor counts pages of one question. It is kept together with that question, and a run that asked
//! another one (a changed filter, say) is not gone on with: what it never listed would count as gone.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::HarvestError;
use super::run::{Request, Scope};
use crate::config::{Config, Portal};
use crate::ledger::{Interrupted, Ledger, Mode, RunId};
use crate::rdf::canon::Digest;
use crate::source::{self, Crawl, Plan, Settings};

/// A run interrupted longer ago than this is not resumed, in seconds: its pages have moved.
const RESUMABLE: i64 = 24 * 3600;

/// The run to go on with, or a new one.
pub(super) struct Start {
    /// Its number in the ledger.
    pub(super) run: RunId,
    /// What kind of run.
    pub(super) mode: Mode,
    /// Its pages, from where it stands.
    pub(super) crawl: Box<dyn Crawl>,
    /// Whether a crash had stopped it, or its budget an earlier one.
    pub(super) resumed: bool,
    /// What had been wrong with lists before that.
    pub(super) faults: Vec<String>,
}

/// A crawl's cursor with what the crawl asks for.
#[derive(Serialize, Deserialize)]
struct Bookmark {
    asked: String,
    at: String,
    #[serde(default)]
    faults: Vec<String>,
}

/// The cursor of a crawl as the ledger keeps it.
pub(super) fn bookmark(
    portal: &Portal,
    root: &Url,
    crawl: &dyn Crawl,
    faults: &[String],
) -> String {
    let (asked, at) = (asked(portal, root), crawl.cursor());
    let faults = faults.to_vec();
    json!(Bookmark { asked, at, faults }).to_string()
}

/// What a crawl wants to be remembered, as the ledger keeps it: it holds for the same question only.
pub(super) fn memory(portal: &Portal, root: &Url, crawl: &dyn Crawl) -> Option<String> {
    let (asked, at) = (asked(portal, root), crawl.memory()?);
    let faults = Vec::new();
    Some(json!(Bookmark { asked, at, faults }).to_string())
}

/// What a run is started with.
pub(super) struct Starting<'a> {
    pub(super) config: &'a Config,
    pub(super) portal: &'a Portal,
    pub(super) root: &'a Url,
    pub(super) request: Request,
    pub(super) settings: Settings,
    pub(super) now: i64,
}

impl Starting<'_> {
    /// Finds the run to go on with, or begins one.
    ///
    /// # Errors
    /// The ledger's, and a portal that cannot be crawled as it is configured.
    pub(super) fn start(&self, ledger: &mut Ledger) -> Result<Start, HarvestError> {
        if let Some(start) = self.interrupted(ledger)? {
            return Ok(start);
        }
        if let Some(start) = self.paused(ledger)? {
            return Ok(start);
        }
        let portal = self.portal;
        let recent = ledger
            .last_full(&portal.id)?
            .is_some_and(|at| is_within(self.now, at, self.full_every()));
        let may_ask = self.request.scope == Scope::Auto && portal.is_searchable(self.root);
        let plan = if recent && may_ask {
            self.incremental(ledger)?.unwrap_or_default()
        } else {
            Plan::Full
        };
        let mode = match plan {
            Plan::Full => Mode::Full,
            Plan::Incremental { .. } => Mode::Incremental,
        };
        let crawl = portal
            .crawl(self.root.clone(), plan, None, self.settings)
            .map_err(|message| refused(portal, message))?;
        Ok(Start {
            run: ledger.begin(&portal.id, mode, self.now)?,
            mode,
            crawl,
            resumed: false,
            faults: Vec::new(),
        })
    }

    /// The run that a crash stopped, where it can be gone on with.
    fn interrupted(&self, ledger: &mut Ledger) -> Result<Option<Start>, HarvestError> {
        let Some(interrupted) = ledger.interrupted(&self.portal.id)? else {
            return Ok(None);
        };
        let Interrupted { run, mode, .. } = interrupted;
        let plan = match mode {
            Mode::Full => Some(Plan::Full),
            Mode::Incremental if self.request.scope == Scope::Auto => self.incremental(ledger)?,
            _ => None,
        };
        let is_recent = is_within(self.now, interrupted.started, RESUMABLE);
        if let (Some(plan), Some(cursor), true) = (plan, interrupted.cursor, is_recent)
            && let Some((crawl, faults)) = self.resumed(plan, &cursor)
        {
            return Ok(Some(Start {
                run,
                mode,
                crawl,
                resumed: true,
                faults,
            }));
        }
        ledger.abandon(&self.portal.id, self.now)?;
        Ok(None)
    }

    /// A run that goes on from where the budget of the last one was spent.
    fn paused(&self, ledger: &mut Ledger) -> Result<Option<Start>, HarvestError> {
        let Some(paused) = ledger.paused(&self.portal.id)? else {
            return Ok(None);
        };
        if let (Mode::Full, Some(cursor)) = (paused.mode, paused.cursor)
            && is_within(self.now, paused.started, self.full_every())
            && let Some((crawl, faults)) = self.resumed(Plan::Full, &cursor)
        {
            return Ok(Some(Start {
                run: ledger.go_on(paused.run, self.now)?,
                mode: Mode::Full,
                crawl,
                resumed: true,
                faults,
            }));
        }
        ledger.forget_paused(&self.portal.id)?;
        Ok(None)
    }

    fn full_every(&self) -> i64 {
        i64::try_from(self.config.harvest.full_every.duration().as_secs()).unwrap_or(i64::MAX)
    }

    /// The crawl that stopped at a bookmark, and the faults before it; none where it asked for something
    /// else or cannot be read.
    fn resumed(&self, plan: Plan, cursor: &str) -> Option<(Box<dyn Crawl>, Vec<String>)> {
        let Self { portal, root, .. } = self;
        let bookmark: Bookmark = serde_json::from_str(cursor).ok()?;
        if bookmark.asked != asked(portal, root) {
            tracing::info!(portal = %portal.id, "the earlier run asked for something else, starting anew");
            return None;
        }
        let crawl = portal
            .crawl((*root).clone(), plan, Some(&bookmark.at), self.settings)
            .inspect_err(|error| tracing::warn!(portal = %portal.id, error, "starting anew"))
            .ok()?;
        Some((crawl, bookmark.faults))
    }

    /// What changed since the last run, where enough is known to ask for that.
    fn incremental(&self, ledger: &Ledger) -> Result<Option<Plan>, HarvestError> {
        let portal = self.portal;
        let marked = source::of(portal.kind()).marked;
        let mut known = HashMap::new();
        for &collection in marked {
            known.insert(collection, ledger.marks(&portal.id, collection)?);
        }
        // A run that ended early has met some of the newest changes and missed older ones, so the newest
        // mark alone does not say that everything before it is known: the last whole run's start does.
        let whole = ledger
            .last_whole(&portal.id)?
            .and_then(|at| chrono::DateTime::from_timestamp(at, 0))
            .map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false));
        let newest = marked
            .first()
            .and_then(|collection| known.get(collection))
            .and_then(|marks| marks.values().max().cloned());
        let memory = self.remembered(ledger)?;
        let since = match (newest, whole) {
            (Some(newest), Some(whole)) => newest.min(whole),
            // A feed without dates is known by its validators.
            (None, Some(whole)) if memory.is_some() => whole,
            _ => return Ok(None),
        };
        Ok(Some(Plan::Incremental {
            since,
            known,
            memory,
        }))
    }

    /// What the last whole crawl asked to be remembered, where it asked the same question.
    fn remembered(&self, ledger: &Ledger) -> Result<Option<String>, HarvestError> {
        let kept = ledger.memory(&self.portal.id)?;
        let bookmark: Option<Bookmark> = kept.and_then(|kept| serde_json::from_str(&kept).ok());
        Ok(bookmark
            .filter(|bookmark| bookmark.asked == asked(self.portal, self.root))
            .map(|bookmark| bookmark.at))
    }
}

/// Whether `then` is less than `span` ago. A moment in the future (the clock was set back) is not.
fn is_within(now: i64, then: i64, span: i64) -> bool {
    (0..span).contains(&now.saturating_sub(then))
}

/// What decides which records a crawl lists, as a digest.
fn asked(portal: &Portal, root: &Url) -> String {
    let question = portal.question(root);
    Digest::of(question.to_string().as_bytes()).to_string()
}

pub(super) fn refused(portal: &Portal, message: String) -> HarvestError {
    HarvestError::Portal {
        portal: portal.id.to_string(),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn what_lies_in_the_future_is_not_recent() {
        assert!(is_within(1000, 1000, 10) && is_within(1000, 991, 10));
        assert!(!is_within(1000, 990, 10) && !is_within(1000, 1001, 10));
    }
}
