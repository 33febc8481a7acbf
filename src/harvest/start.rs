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
    /// Whether a crash had stopped it.
    pub(super) resumed: bool,
}

/// A crawl's cursor with what the crawl asks for.
#[derive(Serialize, Deserialize)]
struct Bookmark {
    asked: String,
    at: String,
}

/// The cursor of a crawl as the ledger keeps it.
pub(super) fn bookmark(portal: &Portal, root: &Url, crawl: &dyn Crawl) -> String {
    let at = crawl.cursor();
    let asked = asked(portal, root);
    json!(Bookmark { asked, at }).to_string()
}

/// Finds the run to go on with, or begins one.
///
/// # Errors
/// The ledger's.
pub(super) fn start(
    ledger: &mut Ledger,
    config: &Config,
    portal: &Portal,
    root: &Url,
    request: Request,
    settings: Settings,
    now: i64,
) -> Result<Start, HarvestError> {
    if let Some(Interrupted {
        run,
        mode,
        started,
        cursor,
    }) = ledger.interrupted(&portal.id)?
    {
        let wanted =
            mode == Mode::Full || (mode == Mode::Incremental && request.scope == Scope::Auto);
        let crawl = match cursor {
            Some(cursor) if wanted && is_within(now, started, RESUMABLE) => {
                resumed(portal, root, plan(ledger, portal, mode)?, &cursor, settings)
            }
            _ => None,
        };
        if let Some(crawl) = crawl {
            return Ok(Start {
                run,
                mode,
                crawl,
                resumed: true,
            });
        }
        ledger.abandon(&portal.id, now)?;
    }
    let full_every = i64::try_from(config.harvest.full_every.duration().as_secs());
    let recent = ledger
        .last_full(&portal.id)?
        .is_some_and(|at| is_within(now, at, full_every.unwrap_or(i64::MAX)));
    let mode = if request.scope == Scope::Auto
        && recent
        && (source::of(portal.kind).is_searchable)(portal)
    {
        Mode::Incremental
    } else {
        Mode::Full
    };
    let plan = plan(ledger, portal, mode)?;
    let crawl = (source::of(portal.kind).crawl)(portal, root.clone(), plan, None, settings)
        .map_err(|message| refused(portal, message))?;
    Ok(Start {
        run: ledger.begin(&portal.id, mode, now)?,
        mode,
        crawl,
        resumed: false,
    })
}

/// Whether `then` is less than `span` ago. A moment in the future (the clock was set back) is not.
fn is_within(now: i64, then: i64, span: i64) -> bool {
    (0..span).contains(&now.saturating_sub(then))
}

/// The crawl that stopped at a bookmark; none where it asked for something else or cannot be read.
fn resumed(
    portal: &Portal,
    root: &Url,
    plan: Plan,
    cursor: &str,
    settings: Settings,
) -> Option<Box<dyn Crawl>> {
    let bookmark: Bookmark = serde_json::from_str(cursor).ok()?;
    if bookmark.asked != asked(portal, root) {
        tracing::info!(portal = %portal.id, "the interrupted run asked for something else, starting anew");
        return None;
    }
    (source::of(portal.kind).crawl)(portal, root.clone(), plan, Some(&bookmark.at), settings)
        .inspect_err(|error| tracing::warn!(portal = %portal.id, error, "starting anew"))
        .ok()
}

/// What decides which records a crawl lists, as a digest.
fn asked(portal: &Portal, root: &Url) -> String {
    let question = json!([
        portal.kind.name(),
        root.as_str(),
        portal.filter,
        portal.include
    ]);
    Digest::of(question.to_string().as_bytes()).to_string()
}

fn plan(ledger: &Ledger, portal: &Portal, mode: Mode) -> Result<Plan, HarvestError> {
    if mode != Mode::Incremental {
        return Ok(Plan::Full);
    }
    let marked = source::of(portal.kind).marked;
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
    Ok(match (newest, whole) {
        (Some(newest), Some(whole)) => Plan::Incremental {
            since: newest.min(whole),
            known,
            memory: None,
        },
        _ => Plan::Full,
    })
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
