//! Harvesting: runs over portals, page by page, into the ledger.
//!
//! A run fetches pages, prepares their records and stages them; when it ends, one transaction commits
//! it ([`crate::ledger`]). It never withdraws by itself, never opens a projection, never publishes. What
//! crashed is resumed from its last page.

mod ahead;
mod pages;
mod prepare;
mod preview;
mod reconvert;
mod run;
mod start;
mod system;

use std::time::Duration;

use thiserror::Error;

pub use prepare::{Described, Recipe, describe, prepare};
pub use preview::preview;
pub use reconvert::reconvert;
pub use run::{Progress, Report, Request, Scope, run};
pub use system::{describe_self, licence_is_known};

use crate::config::Config;
use crate::fetch::FetchError;
use crate::ledger::{LedgerError, Rules};
use crate::lock::LockError;
use crate::record::{Base, Set};
use crate::vocabulary::Vocabularies;

/// What can go wrong with a run before or beside its portal; a portal's faults end the run as failed or
/// partial and stand in its report.
#[derive(Debug, Error)]
pub enum HarvestError {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The run's lock cannot be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The HTTP client cannot be made.
    #[error("the HTTP client: {0}")]
    Client(#[from] FetchError),
    /// The portal's address is none.
    #[error("portal {portal}: {message}")]
    Portal {
        /// The portal.
        portal: String,
        /// What is wrong.
        message: String,
    },
    /// Another process harvests this portal.
    #[error("portal {0} is being harvested by another process")]
    Busy(String),
}

/// Runs `act` with what the ledger needs to know of descriptions.
pub(crate) fn with_rules<T>(
    base: &Base,
    vocabularies: &Vocabularies,
    act: impl FnOnce(Rules<'_>) -> T,
) -> T {
    let merge = crate::dcat::merge;
    let memberships = |iri: &oxigraph::model::NamedNode,
                       triples: &[oxigraph::model::Triple]|
     -> Vec<(Set, String)> {
        crate::dcat::memberships(iri, triples, base, vocabularies)
    };
    act(Rules {
        merge: &merge,
        memberships: &memberships,
    })
}

/// The HTTP client's options for a portal.
fn fetch_options(config: &Config, portal: &crate::config::Portal) -> crate::fetch::Options {
    crate::fetch::Options {
        user_agent: config.harvest.user_agent.clone(),
        reach: if portal.allow_private {
            crate::fetch::Reach::AllowPrivate
        } else {
            crate::fetch::Reach::PublicOnly
        },
        total_timeout: config.harvest.timeout.duration(),
        read_timeout: config
            .harvest
            .timeout
            .duration()
            .min(Duration::from_mins(1)),
        attempts: config.harvest.attempts,
        backoff: config.harvest.backoff.duration(),
        delay: config.harvest.delay.duration(),
        spool: config.store.path.clone(),
        ..crate::fetch::Options::default()
    }
}
