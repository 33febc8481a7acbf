//! `[sparql]`: the limits of the public endpoint.

use std::path::PathBuf;

use serde::Deserialize;

use super::text::{Size, Span};

/// The public SPARQL endpoint.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sparql {
    /// The longest a query may run.
    pub timeout: Span,
    /// The most rows (or triples) of an answer.
    pub max_rows: u64,
    /// The most bytes of an answer.
    pub max_bytes: Size,
    /// The most memory of a worker, the pages of a mapped graph apart.
    pub memory: Size,
    /// How many queries run at a time, beside the one kept for Moisson's own pages.
    pub workers: usize,
    /// IRI prefixes that SERVICE may call; none, it is refused.
    pub service_allow: Vec<String>,
    /// What one client may use.
    pub quota: Quota,
    /// How much memory of the server's keeps small answers, of the newest publication mostly; 0 for none.
    pub cache: Size,
    /// A folder of named queries beside those that come with Moisson.
    pub queries: Option<PathBuf>,
}

/// What one client may use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quota {
    /// Seconds of query time a minute.
    pub seconds_per_minute: u64,
}

impl Default for Quota {
    fn default() -> Self {
        Self {
            seconds_per_minute: 60,
        }
    }
}

impl Default for Sparql {
    fn default() -> Self {
        Self {
            timeout: Span::seconds(30),
            max_rows: 1_000_000,
            max_bytes: Size::new(500_000_000),
            memory: Size::new(1_000_000_000),
            workers: 2,
            service_allow: Vec::new(),
            quota: Quota::default(),
            cache: Size::new(64_000_000),
            queries: None,
        }
    }
}

impl Sparql {
    pub(super) fn validate(&self) -> Result<(), (String, String)> {
        if self.workers == 0 {
            return Err(("workers".into(), "at least 1 is needed".into()));
        }
        if self.memory.bytes() < 64_000_000 {
            return Err(("memory".into(), "a worker needs at least 64MB".into()));
        }
        if !self.service_allow.is_empty() {
            return Err((
                "service_allow".into(),
                "SERVICE is not supported yet".into(),
            ));
        }
        Ok(())
    }
}
