//! `[[portal]]`: what to harvest, from where, and what to believe of it.

mod ckan;
mod csw;
mod dcat;
mod filter;
mod ods;
mod transport;
mod udata;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::address::{self, Secrets, public_text};
use crate::record::PortalId;

/// A portal to harvest.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// Short name, part of every IRI minted for its records.
    pub id: PortalId,
    /// The software it runs.
    pub kind: PortalKind,
    /// Its root.
    pub url: String,
    /// A name for people; the id where none is given.
    #[serde(default)]
    pub title: Option<super::Localised>,
    /// Cron expression; without one it is harvested only by hand.
    #[serde(default)]
    pub schedule: Option<String>,
    /// What the portal's API can filter by: name to values, which must all be met.
    #[serde(default)]
    pub filter: BTreeMap<String, Vec<String>>,
    /// The language of its texts, where the portal itself says so to its readers.
    #[serde(default)]
    pub language: Option<String>,
    /// Licence of records that state none; marked as assumed.
    #[serde(default)]
    pub licence: Option<String>,
    /// Which of its lists; without it, all that `filter` can restrict.
    #[serde(default)]
    pub include: Option<Vec<String>>,
    /// Whether it may live on a private or loopback address.
    #[serde(default)]
    pub allow_private: bool,
    /// Between two requests to its host; `[harvest] delay` where none is given. Of several portals on one
    /// host the longest counts for all.
    #[serde(default)]
    pub delay: Option<super::Span>,
    /// By which of its interfaces (ckan); its own API where none is given.
    #[serde(default)]
    pub via: Option<Via>,
    /// The environment variable that holds the API key (ckan, ods, csw).
    #[serde(default)]
    pub api_key_env: Option<String>,
    /// The schema that records are asked for in (csw); the best that the server has where none is given.
    #[serde(default)]
    pub output_schema: Option<String>,
    /// Which records are asked for (csw): an OGC Filter as XML, or a CQL text.
    #[serde(default)]
    pub constraint: Option<String>,
    /// What to do with records that the portal itself took from another (ods); skipped where not given.
    #[serde(default)]
    pub federated: Option<Federated>,
}

/// Which interface of a portal is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// The software's own API.
    Api,
    /// Its DCAT feed.
    Dcat,
}

/// What to do with records that a portal took from another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Federated {
    /// Leave them to whoever harvests the other.
    Skip,
    /// Publish them.
    Publish,
}

/// The software that a portal runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PortalKind {
    /// <https://github.com/opendatateam/udata>
    Udata,
    /// <https://ckan.org/>, and DKAN (<https://getdkan.org/>)
    Ckan,
    /// Opendatasoft's Explore API
    Ods,
    /// Catalogue Service for the Web 2.0.2 (<https://www.ogc.org/standards/cat/>): GeoNetwork, pycsw
    Csw,
    /// Any DCAT feed
    Dcat,
    /// <https://transport.data.gouv.fr/>
    Transport,
}

impl PortalKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Udata,
        Self::Ckan,
        Self::Ods,
        Self::Csw,
        Self::Dcat,
        Self::Transport,
    ];

    /// Its name in the configuration and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Udata => "udata",
            Self::Ckan => "ckan",
            Self::Ods => "ods",
            Self::Csw => "csw",
            Self::Dcat => "dcat",
            Self::Transport => "transport",
        }
    }

    /// The lists that such a portal has.
    #[must_use]
    pub fn collections(self) -> &'static [&'static str] {
        match self {
            Self::Udata => udata::COLLECTIONS,
            Self::Ckan => ckan::COLLECTIONS,
            Self::Ods => ods::COLLECTIONS,
            Self::Csw => csw::COLLECTIONS,
            Self::Dcat => dcat::COLLECTIONS,
            Self::Transport => transport::COLLECTIONS,
        }
    }

    fn check_filter(self, name: &str, values: &[String]) -> Result<(), String> {
        match self {
            Self::Udata => udata::check_filter(name, values),
            Self::Ckan => ckan::check_filter(name, values),
            Self::Ods => ods::check_filter(name, values),
            Self::Csw => csw::check_filter(name, values),
            Self::Dcat => dcat::check_filter(name, values),
            Self::Transport => transport::check_filter(name, values),
        }
    }
}

impl std::str::FromStr for PortalKind {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        let known: Vec<_> = Self::ALL.into_iter().map(Self::name).collect();
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| format!("`{name}` is no kind of portal; known: {}", known.join(", ")))
    }
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
            kind,
            url: url.to_owned(),
            title: None,
            schedule: None,
            filter: BTreeMap::new(),
            language: None,
            licence: None,
            include: None,
            allow_private: false,
            delay: None,
            via: None,
            api_key_env: None,
            output_schema: None,
            constraint: None,
            federated: None,
        }
    }

    /// Its address as everybody may see it: without credentials.
    #[must_use]
    pub fn public_url(&self) -> String {
        public_text(&self.url)
    }

    /// The credentials in its address.
    #[must_use]
    pub fn secrets(&self) -> Secrets {
        url::Url::parse(&self.url)
            .map(|url| Secrets::of(&url))
            .unwrap_or_default()
    }

    /// Whether its address has anything that nobody may see, however short.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        url::Url::parse(&self.url).is_ok_and(|url| address::is_secret(&url))
    }

    /// The root as a URL that ends in a slash, as it is fetched.
    ///
    /// # Errors
    /// A message where it is no http(s) URL.
    pub fn root(&self) -> Result<url::Url, String> {
        let mut url = url::Url::parse(&self.url)
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

    pub(super) fn validate(&self) -> Result<(), (String, String)> {
        self.root().map_err(|message| ("url".to_owned(), message))?;
        if let Some(schedule) = &self.schedule {
            check_schedule(schedule).map_err(|message| ("schedule".to_owned(), message))?;
        }
        if let Some(language) = &self.language {
            oxigraph::model::Literal::new_language_tagged_literal("", language.as_str()).map_err(
                |error| {
                    (
                        "language".to_owned(),
                        format!("`{language}` is no language tag: {error}"),
                    )
                },
            )?;
        }
        self.check_keys()?;
        if self.kind == PortalKind::Csw {
            csw::check(self)?;
        }
        for (name, values) in &self.filter {
            self.kind
                .check_filter(name, values)
                .map_err(|message| (format!("filter.{name}"), message))?;
        }
        let known = self.kind.collections();
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

    /// Refuses keys that mean nothing for this kind of portal.
    fn check_keys(&self) -> Result<(), (String, String)> {
        use PortalKind::{Ckan, Csw, Ods};
        let keys: [(&str, bool, &[PortalKind]); 5] = [
            ("via", self.via.is_some(), &[Ckan]),
            ("api_key_env", self.api_key_env.is_some(), &[Ckan, Ods, Csw]),
            ("output_schema", self.output_schema.is_some(), &[Csw]),
            ("constraint", self.constraint.is_some(), &[Csw]),
            ("federated", self.federated.is_some(), &[Ods]),
        ];
        for (key, is_given, kinds) in keys {
            if is_given && !kinds.contains(&self.kind) {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
                return Err((
                    key.to_owned(),
                    format!("only portals of these kinds have it: {}", kinds.join(", ")),
                ));
            }
        }
        Ok(())
    }
}
