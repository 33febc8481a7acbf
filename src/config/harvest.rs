//! `[harvest]` and `[publish]`: how portals are harvested, and when that becomes visible.

use std::fmt;

use serde::Deserialize;

use super::text::{Size, Span};
use crate::address::{self, public_text};

/// How portals are harvested.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Harvest {
    /// How many portals are harvested at a time.
    pub concurrency: usize,
    /// The `User-Agent` of every request to a portal.
    pub user_agent: String,
    /// The proxy that every portal is asked through, http or https; those of the environment where none is
    /// given, and none at all where it is empty.
    pub proxy: Option<ProxyAddress>,
    /// When a larger share than this is missing at once, nothing is withdrawn (0 to 1).
    pub max_withdrawn_share: f64,
    /// Absent this long before it is withdrawn.
    pub grace: Span,
    /// A run is a full one when the last complete full run is older than this.
    pub full_every: Span,
    /// One attempt of one request, body included.
    pub timeout: Span,
    /// How often a request is tried.
    pub attempts: u32,
    /// The wait before a request is tried again; it doubles.
    pub backoff: Span,
    /// Between two requests to one host.
    pub delay: Span,
    /// Whether robots.txt is obeyed where documents are fetched that any crawler may find: DCAT feeds. An
    /// API is there for programs, and is asked without.
    pub robots: Robots,
    /// With nothing but silence and passing faults for so long, a run gives its portal up.
    pub patience: Span,
    /// The longest that a run takes; then it ends, and the next one goes on from there.
    pub max_time: Span,
    /// The most requests of a run.
    pub max_requests: u64,
    /// The most that a run downloads, decompressed.
    pub max_download: Size,
    /// How long it is kept what became of single records in a run; runs themselves are kept.
    pub keep_runs: Span,
}

/// A proxy's address as it is written: it may hold a user name and a password, and shows neither.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ProxyAddress(String);

impl ProxyAddress {
    /// The address with its credentials.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ProxyAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        public_text(&self.0).fmt(formatter)
    }
}

/// What robots.txt means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Robots {
    /// It is obeyed (RFC 9309).
    Obey,
    /// It is not asked for.
    Ignore,
}

/// When a harvest becomes visible.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Publish {
    /// Publications of scheduled harvests are at least so far apart.
    pub min_interval: Span,
}

impl Default for Harvest {
    fn default() -> Self {
        Self {
            concurrency: 4,
            user_agent: concat!("moisson/", env!("CARGO_PKG_VERSION")).to_owned(),
            proxy: None,
            max_withdrawn_share: 0.2,
            grace: Span::seconds(2 * 86_400),
            full_every: Span::seconds(7 * 86_400),
            timeout: Span::seconds(180),
            attempts: 4,
            backoff: Span::seconds(1),
            delay: Span::seconds(0),
            robots: Robots::Obey,
            patience: Span::seconds(600),
            max_time: Span::seconds(6 * 3600),
            max_requests: 100_000,
            max_download: Size::new(20_000_000_000),
            keep_runs: Span::seconds(365 * 86_400),
        }
    }
}

impl Default for Publish {
    fn default() -> Self {
        Self {
            min_interval: Span::seconds(300),
        }
    }
}

impl Harvest {
    pub(super) fn validate(&self) -> Result<(), (String, String)> {
        if let Some(ProxyAddress(text)) = self.proxy.as_ref().filter(|one| !one.0.trim().is_empty())
        {
            address::proxy(text).map_err(|message| ("proxy".to_owned(), message))?;
        }
        if !(0.0..=1.0).contains(&self.max_withdrawn_share) {
            return Err((
                "max_withdrawn_share".into(),
                "it is a share, from 0 to 1".into(),
            ));
        }
        if self.concurrency == 0 || self.attempts == 0 || self.max_requests == 0 {
            return Err((
                "concurrency, attempts, max_requests".into(),
                "at least 1 is needed".into(),
            ));
        }
        Ok(())
    }
}
