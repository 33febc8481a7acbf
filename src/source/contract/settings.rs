//! What a portal's configuration says, as far as its kind is concerned.

use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::{Crawl, Plan, Settings};

/// The settings of one portal that only its kind knows, read and checked.
pub trait Configured: std::fmt::Debug + Send + Sync {
    /// A crawl of the portal from its start, or from where a [`Crawl::cursor`] says.
    ///
    /// # Errors
    /// A cursor that cannot be read, and what the environment lacks.
    fn crawl(&self, start: Start<'_>) -> Result<Box<dyn Crawl>, String>;

    /// Whether what changed can be asked for, as the portal is configured.
    fn is_searchable(&self, _site: &Site) -> bool {
        true
    }

    /// Whether a feed is read, which is there for everybody: robots.txt then counts.
    fn is_feed(&self) -> bool {
        false
    }

    /// What of the settings decides which records a crawl lists. It is remembered from run to run: one
    /// that reads otherwise is another question, and no crawl is gone on with.
    fn question(&self) -> Value;
}

/// Where and how a crawl begins.
#[derive(Debug)]
pub struct Start<'a> {
    /// The portal.
    pub site: Site,
    /// What to look at.
    pub plan: Plan,
    /// Where an earlier crawl stopped, as its [`Crawl::cursor`] wrote it.
    pub cursor: Option<&'a str>,
    /// How to ask.
    pub how: Settings,
}

impl Start<'_> {
    /// Reads where an earlier crawl stopped.
    pub(in crate::source) fn cursor<T: DeserializeOwned>(&self) -> Result<Option<T>, String> {
        self.cursor
            .map(serde_json::from_str)
            .transpose()
            .map_err(|error| format!("the cursor of the interrupted run cannot be read: {error}"))
    }
}

/// What a portal of any kind says of itself.
#[derive(Debug, Clone)]
pub struct Site {
    /// The address as it is configured, to the letter, with its credentials.
    pub address: String,
    /// The root below which the API lies, ending in `/`.
    pub root: Url,
    /// Which of its lists; those that the kind thinks right where none is named.
    pub include: Option<Vec<String>>,
}

impl Site {
    /// Whether the configuration names a list; none where it names none at all.
    pub(in crate::source) fn names(&self, list: &str) -> Option<bool> {
        let include = self.include.as_ref()?;
        Some(include.iter().any(|name| name == list))
    }
}
