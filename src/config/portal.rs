//! `[[portal]]`: what to harvest, from where, and what to believe of it.

mod udata;

use std::collections::BTreeMap;

use serde::Deserialize;

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
}

/// The software that a portal runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PortalKind {
    /// <https://github.com/opendatateam/udata>
    Udata,
}

impl PortalKind {
    /// Every kind.
    pub const ALL: [Self; 1] = [Self::Udata];

    /// Its name in the configuration and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Udata => "udata",
        }
    }

    /// The lists that such a portal has.
    #[must_use]
    pub fn collections(self) -> &'static [&'static str] {
        match self {
            Self::Udata => udata::COLLECTIONS,
        }
    }

    fn check_filter(self, name: &str, values: &[String]) -> Result<(), String> {
        match self {
            Self::Udata => udata::check_filter(name, values),
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

impl Portal {
    /// The root as a URL that ends in a slash.
    ///
    /// # Errors
    /// A message where it is no http(s) URL.
    pub fn root(&self) -> Result<url::Url, String> {
        let mut url = url::Url::parse(&self.url)
            .map_err(|error| format!("`{}` is no URL: {error}", self.url))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("`{}` is no http or https URL", self.url));
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
            schedule.parse::<croner::Cron>().map_err(|error| {
                (
                    "schedule".to_owned(),
                    format!("`{schedule}` is no cron expression: {error}"),
                )
            })?;
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
}
