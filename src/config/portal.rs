//! `[[portal]]`: what to harvest, from where, and what to believe of it.

use std::sync::Arc;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use url::Url;

use super::apart::Apart;
use crate::address::{self, Secrets, public_text};
use crate::rdf::language;
use crate::record::PortalId;
use crate::source::{
    self, Configured, Crawl, Fault, Keys, Plan, PortalKind, Settings, Site, Start,
};

/// A portal to harvest.
#[derive(Debug, Clone)]
pub struct Portal {
    /// Short name, part of every IRI minted for its records.
    pub id: PortalId,
    /// The software it runs, with what only that kind knows.
    pub software: Software,
    /// Its root.
    pub url: String,
    /// A name for people; the id where none is given.
    pub title: Option<super::Localised>,
    /// Cron expression; without one it is harvested only by hand.
    pub schedule: Option<String>,
    /// The language of its texts, where the portal itself says so to its readers.
    pub language: Option<String>,
    /// Licence of records that state none; marked as assumed.
    pub licence: Option<String>,
    /// Which of its lists; without it, all that its filters can restrict.
    pub include: Option<Vec<String>>,
    /// Whether it may live on a private or loopback address.
    pub allow_private: bool,
    /// Between two requests to its host; `[harvest] delay` where none is given. Of several portals on one
    /// host the longest counts for all.
    pub delay: Option<super::Span>,
}

/// The software of a portal: a kind, and the settings that it alone knows, never those of another.
#[derive(Debug, Clone)]
pub struct Software {
    kind: PortalKind,
    /// The settings, or what is wrong with them.
    settings: Result<Arc<dyn Configured>, Fault>,
}

impl Software {
    fn new(kind: PortalKind, own: Keys) -> Self {
        let settings = settings(kind, own);
        Self { kind, settings }
    }
}

/// The keys that a portal of any kind has.
#[derive(Deserialize)]
struct General {
    id: PortalId,
    kind: PortalKind,
    url: String,
    title: Option<super::Localised>,
    schedule: Option<String>,
    language: Option<String>,
    licence: Option<String>,
    include: Option<Vec<String>>,
    #[serde(default)]
    allow_private: bool,
    delay: Option<super::Span>,
}

impl<'de> Deserialize<'de> for Portal {
    fn deserialize<D: Deserializer<'de>>(table: D) -> Result<Self, D::Error> {
        let mut others = Map::new();
        let general = General::deserialize(Apart {
            table,
            others: &mut others,
        })?;
        Ok(Self {
            title: general.title,
            schedule: general.schedule,
            language: general.language,
            licence: general.licence,
            include: general.include,
            allow_private: general.allow_private,
            delay: general.delay,
            software: Software::new(general.kind, Keys::new(others)),
            ..Self::new(general.id, general.kind, &general.url)
        })
    }
}

/// Reads what only a kind knows.
fn settings(kind: PortalKind, mut keys: Keys) -> Result<Arc<dyn Configured>, Fault> {
    let settings = (source::of(kind).configure)(&mut keys)?;
    let Some(key) = keys.unknown() else {
        return Ok(settings);
    };
    let knows = |other: &PortalKind| {
        let mut none = Keys::default();
        drop((source::of(*other).configure)(&mut none));
        none.known().contains(&key)
    };
    let others = PortalKind::ALL.into_iter().filter(knows);
    let others: Vec<_> = others.map(PortalKind::name).collect();
    let why = if others.is_empty() {
        format!("its own are {}", keys.known().join(", "))
    } else {
        format!("only portals of these kinds have it: {}", others.join(", "))
    };
    Err(Fault {
        key: key.to_owned(),
        message: format!("a portal of kind `{}` has no such key; {why}", kind.name()),
    })
}

/// Refuses what is no cron expression, and one whose moment never comes (30 February).
fn check_schedule(schedule: &str) -> Result<(), String> {
    let cron = schedule
        .parse::<croner::Cron>()
        .map_err(|error| format!("`{schedule}` is no cron expression: {error}"))?;
    // It is looked for up to the year 5000: leap days and days of the week all come around before.
    match cron.find_next_occurrence(&chrono::Utc::now(), false) {
        Err(croner::errors::CronError::TimeSearchLimitExceeded) => Err(format!(
            "`{schedule}` never comes: there is no such day in the years ahead"
        )),
        _ => Ok(()),
    }
}

impl Portal {
    /// A portal with nothing but defaults.
    #[must_use]
    pub fn new(id: PortalId, kind: PortalKind, url: &str) -> Self {
        Self {
            id,
            software: Software::new(kind, Keys::default()),
            url: url.to_owned(),
            title: None,
            schedule: None,
            language: None,
            licence: None,
            include: None,
            allow_private: false,
            delay: None,
        }
    }

    /// The kind of software that it runs.
    #[must_use]
    pub fn kind(&self) -> PortalKind {
        self.software.kind
    }

    /// Its address as everybody may see it: without credentials.
    #[must_use]
    pub fn public_url(&self) -> String {
        public_text(&self.url)
    }

    /// The credentials in its address.
    #[must_use]
    pub fn secrets(&self) -> Secrets {
        Url::parse(&self.url)
            .map(|url| Secrets::of(&url))
            .unwrap_or_default()
    }

    /// Whether its address has anything that nobody may see, however short.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        Url::parse(&self.url).is_ok_and(|url| address::is_secret(&url))
    }

    /// The root as a URL that ends in a slash, as it is fetched.
    ///
    /// # Errors
    /// A message where it is no http(s) URL.
    pub fn root(&self) -> Result<Url, String> {
        let mut url = Url::parse(&self.url)
            .map_err(|error| format!("`{}` is no URL: {error}", self.public_url()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("`{}` is no http or https URL", self.public_url()));
        }
        url.set_query(None);
        url.set_fragment(None);
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(url)
    }

    /// Gives it other settings of its kind, written as in the configuration file.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn configure(&mut self, own: &str) -> Result<(), Fault> {
        let own = toml::from_str(own).map_err(|error| Fault {
            key: String::new(),
            message: error.to_string(),
        })?;
        self.software = Software::new(self.kind(), Keys::new(own));
        self.software.settings.clone().map(drop)
    }

    /// A crawl from its start, or from where a cursor says; `root` is the portal's.
    ///
    /// # Errors
    /// Settings or a cursor that cannot be read, and what the environment lacks.
    pub fn crawl(
        &self,
        root: Url,
        plan: Plan,
        cursor: Option<&str>,
        how: Settings,
    ) -> Result<Box<dyn Crawl>, String> {
        let start = Start {
            site: self.site(root),
            plan,
            cursor,
            how,
        };
        match &self.software.settings {
            Ok(settings) => settings.crawl(start),
            Err(Fault { key, message }) => Err(format!("{key}: {message}")),
        }
    }

    /// Whether what changed in it can be asked for, as it is configured; `root` is the portal's.
    #[must_use]
    pub fn is_searchable(&self, root: &Url) -> bool {
        let site = self.site(root.clone());
        matches!(&self.software.settings, Ok(settings) if settings.is_searchable(&site))
    }

    /// Whether it is read by a feed, which is there for everybody.
    #[must_use]
    pub fn is_feed(&self) -> bool {
        matches!(&self.software.settings, Ok(settings) if settings.is_feed())
    }

    /// What of its configuration decides which records a crawl lists; `root` is the portal's.
    #[must_use]
    pub fn question(&self, root: &Url) -> Value {
        let own = self
            .software
            .settings
            .as_ref()
            .map(|settings| settings.question());
        json!([
            self.kind().name(),
            root.as_str(),
            self.url,
            self.include,
            own.ok()
        ])
    }

    fn site(&self, root: Url) -> Site {
        Site {
            address: self.url.clone(),
            root,
            include: self.include.clone(),
        }
    }

    pub(super) fn validate(&self) -> Result<(), (String, String)> {
        self.root().map_err(|message| ("url".to_owned(), message))?;
        if let Some(schedule) = &self.schedule {
            check_schedule(schedule).map_err(|message| ("schedule".to_owned(), message))?;
        }
        if let Some(language) = &self.language {
            language::tagged("", language).ok_or_else(|| {
                let message = format!("`{language}` is no language tag, as `fr` and `fr-CA` are");
                ("language".to_owned(), message)
            })?;
        }
        if let Err(Fault { key, message }) = &self.software.settings {
            return Err((key.clone(), message.clone()));
        }
        let known = source::of(self.kind()).collections;
        if self.include.as_ref().is_some_and(Vec::is_empty) {
            let message = format!(
                "with no list nothing is harvested; known: {}",
                known.join(", ")
            );
            return Err(("include".to_owned(), message));
        }
        for name in self.include.iter().flatten() {
            if !known.contains(&name.as_str()) {
                return Err((
                    "include".to_owned(),
                    format!(
                        "a portal of this kind has no list `{name}`; known: {}",
                        known.join(", ")
                    ),
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
