//! Harvesting: runs over portals, page by page, into the ledger.
//!
//! A run fetches pages, prepares their records and stages them; when it ends, one transaction commits
//! it ([`crate::ledger`]). It never withdraws by itself, never opens a projection, never publishes. What
//! crashed is resumed from its last page.

mod ahead;
mod careful;
mod former;
mod offline;
mod pages;
mod placeless;
mod prepare;
mod preview;
mod probe;
mod reading;
mod reconvert;
mod run;
mod standing;
mod start;
mod system;
mod together;
mod underway;

use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;

pub use prepare::{Described, Recipe, describe, prepare, prepared};
pub use preview::preview;
pub use probe::{Answer, probe};
pub use reconvert::hide;
pub use run::{Observer, Progress, Report, Request, Scope};
pub use standing::{orphan, orphans};
pub use system::{PUBLISHER_TYPE, licence_is_known, place};
pub use together::settle;
pub use underway::Underway;

use crate::config::{self, Config, Portal, ProxyAddress};
use crate::fetch::{Budget, FetchError, Options, Proxies, Reach, Robots};
use crate::ledger::{LedgerError, Recognise, Recognition, Rules, Withdrawal};
use crate::lock::LockError;
use crate::record::Set;
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

/// Whoever harvests: the configuration, the vocabularies and the time.
#[derive(Clone, Copy)]
pub struct Harvester<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The vocabularies.
    pub vocabularies: &'a Vocabularies,
    /// Tells the time, in Unix seconds.
    pub clock: &'a (dyn Fn() -> i64 + Send + Sync),
    /// What is noted as being read and described.
    pub underway: &'a Arc<Underway>,
}

/// When what a portal no longer has is withdrawn, as the configuration says.
fn withdrawal(config: &Config) -> Withdrawal {
    Withdrawal {
        grace: config.harvest.grace.duration(),
        max_share: config.harvest.max_withdrawn_share,
    }
}

/// Runs `act` with what the ledger needs to know of descriptions.
pub(crate) fn with_rules<T>(
    config: &Config,
    vocabularies: &Vocabularies,
    act: impl FnOnce(Rules<'_>) -> T,
) -> T {
    let merge = crate::dcat::merge;
    let memberships = |iri: &oxigraph::model::NamedNode,
                       triples: &[oxigraph::model::Triple],
                       origin: &str|
     -> Vec<(Set, String)> {
        let others = crate::dcat::said_of_others(origin, &config.base_uri);
        crate::dcat::memberships(iri, (triples, &others), &config.base_uri, vocabularies)
    };
    let recognition = recognition(config);
    act(Rules {
        merge: &merge,
        memberships: &memberships,
        fitting: &crate::dcat::fitting,
        recognition: &recognition,
    })
}

/// What the configuration says of records that are the same.
#[must_use]
pub fn recognition(config: &Config) -> Recognition {
    let said = &config.recognition;
    Recognition {
        recognise: if said.enabled {
            Recognise::Names
        } else {
            Recognise::Nothing
        },
        same: said.same.clone(),
        apart: said.apart.clone(),
        canonical: said.canonical.clone(),
        prefer: said.prefer.iter().map(ToString::to_string).collect(),
        release: crate::dcat::EVIDENCE,
    }
}

/// The HTTP client's options for a portal.
fn fetch_options(config: &Config, portal: &Portal) -> Options {
    let harvest = &config.harvest;
    let timeout = harvest.timeout.duration();
    let defaults = Options::default();
    Options {
        user_agent: harvest.user_agent.clone(),
        reach: match url::Url::parse(&portal.url) {
            Ok(url) if portal.allow_private => Reach::and_host_of(&url),
            _ => Reach::PublicOnly,
        },
        proxies: Proxies::of(harvest.proxy.as_ref().map(ProxyAddress::as_str)),
        total_timeout: timeout,
        read_timeout: timeout.min(Duration::from_mins(1)),
        attempts: harvest.attempts,
        backoff: harvest.backoff.duration(),
        delay: portal.delay.unwrap_or(harvest.delay).duration(),
        spool: config.store.path.clone(),
        max_download: defaults.max_download.min(harvest.max_download.bytes()),
        robots: match harvest.robots {
            config::Robots::Obey if portal.is_feed() => Robots::Obey,
            _ => Robots::Ignore,
        },
        budget: Budget {
            time: Some(harvest.max_time.duration()),
            requests: Some(harvest.max_requests),
            bytes: Some(harvest.max_download.bytes()),
        },
        patience: harvest.patience.duration(),
        ..defaults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PortalKind;
    use crate::record::PortalId;

    fn options(kind: PortalKind, change: impl FnOnce(&mut Config, &mut Portal)) -> Options {
        let mut config = Config::default();
        let id = PortalId::new("p").unwrap();
        let mut portal = Portal::new(id, kind, "https://example.org/");
        change(&mut config, &mut portal);
        fetch_options(&config, &portal)
    }

    #[test]
    fn feeds_obey_robots_and_apis_do_not() {
        for kind in PortalKind::ALL {
            let expected = match kind {
                PortalKind::Dcat => Robots::Obey,
                _ => Robots::Ignore,
            };
            assert_eq!(options(kind, |_, _| {}).robots, expected, "{kind:?}");
        }
        let via_feed = options(PortalKind::Ckan, |_, portal| {
            portal.configure("via = 'dcat'").unwrap();
        });
        assert_eq!(via_feed.robots, Robots::Obey);
        let ignored = options(PortalKind::Dcat, |config, _| {
            config.harvest.robots = config::Robots::Ignore;
        });
        assert_eq!(ignored.robots, Robots::Ignore);
    }

    #[test]
    fn a_portal_may_want_a_longer_pause_than_others() {
        let pause = config::Span::seconds(7);
        let own = options(PortalKind::Csw, |_, portal| portal.delay = Some(pause));
        assert_eq!(own.delay, pause.duration());
        let general = options(PortalKind::Csw, |config, _| config.harvest.delay = pause);
        assert_eq!(general.delay, pause.duration());
    }
}
