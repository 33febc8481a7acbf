//! `[store]`: where the ledger, the projections and the snapshots live, and how long history stays.

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::text::Span;

/// Ledger, projections and snapshots.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Store {
    /// The folder of all of them; relative to the configuration file.
    pub path: PathBuf,
    /// What keeps the graph.
    pub engine: Engine,
    /// How long bodies of superseded versions stay.
    pub history: History,
    /// How many snapshots are kept beside the current one's readers.
    pub keep_snapshots: usize,
    /// A remote SPARQL 1.1 engine for the graph projection.
    pub remote: Option<Remote>,
}

/// What keeps the graph, and answers questions about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub enum Engine {
    /// One immutable file a snapshot, mapped by its readers.
    #[default]
    Frozen,
    /// oxigraph's own store: on disk in a build with the feature `rocksdb`, else in memory.
    Oxigraph,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 2] = [Self::Frozen, Self::Oxigraph];

    /// Its word in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Frozen => "frozen",
            Self::Oxigraph => "oxigraph",
        }
    }
}

impl TryFrom<String> for Engine {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|one| one.as_str() == text);
        known.ok_or_else(|| match text.as_str() {
            "remote" => "remote engines are not supported yet".to_owned(),
            _ => format!("`{text}` is no engine; known: frozen, oxigraph"),
        })
    }
}

/// How long bodies of superseded versions stay; heads, tombstones and events always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum History {
    /// For ever.
    All,
    /// So long, at least 30 days.
    For(Duration),
}

/// A remote SPARQL 1.1 engine.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remote {
    /// Query endpoint.
    pub query: String,
    /// Update endpoint.
    pub update: Option<String>,
    /// Graph Store endpoint.
    pub graph_store: Option<String>,
    /// Environment variable with the user's name.
    pub user_env: Option<String>,
    /// Environment variable with the password.
    pub password_env: Option<String>,
}

impl TryFrom<String> for History {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        let span = Span::try_from(text)?.duration();
        if span < Duration::from_hours(30 * 24) {
            return Err("history must be `all` or at least `30d`".to_owned());
        }
        Ok(Self::For(span))
    }
}

impl Default for Store {
    fn default() -> Self {
        Self {
            path: PathBuf::from("var"),
            engine: Engine::default(),
            history: History::All,
            keep_snapshots: 3,
            remote: None,
        }
    }
}

impl Store {
    pub(super) fn validate(&self) -> Result<(), (String, String)> {
        if self.keep_snapshots == 0 {
            return Err(("keep_snapshots".into(), "at least 1 is needed".into()));
        }
        if self.history != History::All {
            return Err(("history".into(), "only `all` is supported yet".into()));
        }
        if self.remote.is_some() {
            return Err((
                "remote".into(),
                "remote engines are not supported yet".into(),
            ));
        }
        Ok(())
    }
}
