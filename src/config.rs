//! The one configuration file, `moisson.toml`: its sections, defaults and checks.
//!
//! Unknown keys are errors, every default is safe for a public address, secrets come only from the
//! environment variables that the file names. Faults name file, key and line.

mod apart;
mod catalogue;
mod harvest;
mod portal;
mod recognition;
mod server;
mod sparql;
mod store;
mod text;
mod view;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

pub use catalogue::{Catalogue, Contact, Publisher};
pub use harvest::{Harvest, ProxyAddress, Publish, Robots};
pub use portal::{Portal, Software};
pub use recognition::Recognition;
pub use server::{Dereference, Server};
pub use sparql::{Quota, Sparql};
pub use store::{Engine, History, Remote, Store};
pub use text::{Localised, Size, Span};
pub use view::{Select, View};

use crate::address;
use crate::record::Base;
pub use crate::source::PortalKind;

/// Everything that `moisson.toml` says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Prefix of every minted IRI; never taken from a request.
    #[serde(default = "default_base")]
    pub base_uri: Base,
    /// Languages of the pages, the first one being the default.
    #[serde(default = "default_languages")]
    pub languages: Vec<String>,
    /// The dcat:Catalog itself.
    #[serde(default)]
    pub catalogue: Catalogue,
    /// The HTTP server.
    #[serde(default)]
    pub server: Server,
    /// Ledger, projections and snapshots.
    #[serde(default)]
    pub store: Store,
    /// When a harvest becomes visible.
    #[serde(default)]
    pub publish: Publish,
    /// How portals are harvested.
    #[serde(default)]
    pub harvest: Harvest,
    /// Which records of different portals are the same.
    #[serde(default)]
    pub recognition: Recognition,
    /// The portals.
    #[serde(default, rename = "portal")]
    pub portals: Vec<Portal>,
    /// Thematic sub-catalogues.
    #[serde(default, rename = "view")]
    pub views: Vec<View>,
    /// The public SPARQL endpoint.
    #[serde(default)]
    pub sparql: Sparql,
}

#[expect(clippy::expect_used, reason = "a constant")]
fn default_base() -> Base {
    Base::new("http://127.0.0.1:8080/").expect("the default base IRI is one")
}

fn default_languages() -> Vec<String> {
    vec!["fr".to_owned(), "en".to_owned()]
}

/// Why a configuration is refused.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The file is no TOML, has an unknown key or a value of the wrong kind; names key and line.
    #[error("{path}: {message}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// The parser's message, with line and column, without the credentials of addresses.
        message: String,
    },
    /// A value that is well-formed but cannot stand.
    #[error("{path}: {key}: {message}")]
    Value {
        /// The file.
        path: PathBuf,
        /// The key, as a dotted path.
        key: String,
        /// What is wrong with it.
        message: String,
    },
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_uri: default_base(),
            languages: default_languages(),
            catalogue: Catalogue::default(),
            server: Server::default(),
            store: Store::default(),
            publish: Publish::default(),
            harvest: Harvest::default(),
            recognition: Recognition::default(),
            portals: Vec::new(),
            views: Vec::new(),
            sparql: Sparql::default(),
        }
    }
}

impl Config {
    /// Reads and checks a configuration file.
    ///
    /// # Errors
    /// [`ConfigError`] naming the file and the key.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
            path: path.to_owned(),
            source,
        })?;
        let mut config = Self::parse(&text, path)?;
        if let Some(folder) = path.parent() {
            // An absolute path stays as it is.
            config.store.path = folder.join(&config.store.path);
            let queries = &mut config.sparql.queries;
            *queries = queries.take().map(|queries| folder.join(queries));
        }
        // Messages that name a file then name it wherever the program was started.
        config.store.path =
            std::path::absolute(&config.store.path).map_err(|source| ConfigError::Read {
                path: config.store.path.clone(),
                source,
            })?;
        Ok(config)
    }

    /// Reads and checks configuration text; `path` is only for messages.
    ///
    /// # Errors
    /// [`ConfigError`] naming `path` and the key.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|source| ConfigError::Parse {
            path: path.to_owned(),
            message: address::without_credentials(&source.to_string()),
        })?;
        config
            .validate()
            .map_err(|(key, message)| ConfigError::Value {
                path: path.to_owned(),
                key,
                message: address::without_logins(&message),
            })?;
        Ok(config)
    }

    /// The portal of an id.
    #[must_use]
    pub fn portal(&self, id: &str) -> Option<&Portal> {
        self.portals.iter().find(|portal| portal.id.as_str() == id)
    }

    fn validate(&self) -> Result<(), (String, String)> {
        if self.languages.is_empty() {
            return Err(("languages".into(), "at least one language is needed".into()));
        }
        let mut ids = BTreeSet::new();
        for portal in &self.portals {
            if !ids.insert(portal.id.as_str()) {
                return Err((
                    format!("portal.{}", portal.id),
                    "this id is used twice".into(),
                ));
            }
            if portal.id.as_str().starts_with('_') {
                return Err((
                    format!("portal.{}", portal.id),
                    "ids that start with `_` are Moisson's own".into(),
                ));
            }
            portal
                .validate()
                .map_err(|(key, message)| (format!("portal.{}.{key}", portal.id), message))?;
        }
        if !self.views.is_empty() {
            return Err(("view".into(), "views are not supported yet".into()));
        }
        self.catalogue
            .validate()
            .map_err(|(key, message)| (format!("catalogue.{key}"), message))?;
        self.harvest
            .validate()
            .map_err(|(key, message)| (format!("harvest.{key}"), message))?;
        self.recognition
            .validate(&self.base_uri, &ids)
            .map_err(|(key, message)| (format!("recognition.{key}"), message))?;
        self.sparql
            .validate()
            .map_err(|(key, message)| (format!("sparql.{key}"), message))?;
        self.store
            .validate()
            .map_err(|(key, message)| (format!("store.{key}"), message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("moisson.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn an_empty_file_is_a_configuration() {
        let config = parse("").unwrap();
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.languages, ["fr", "en"]);
    }

    #[test]
    fn the_documented_configuration_is_understood() {
        let config = parse(include_str!("../moisson.example.toml")).unwrap();
        assert_eq!(config.portals[0].id.as_str(), "datagouv");
        assert_eq!(config.sparql.max_bytes.bytes(), 500_000_000);
        assert_eq!(config.publish.min_interval.duration().as_secs(), 300);
    }

    #[test]
    fn faults_name_file_key_and_line() {
        let unknown = parse("[server]\nlisten = \"127.0.0.1:1\"\nport = 80\n").unwrap_err();
        assert!(
            unknown.contains("moisson.toml")
                && unknown.contains("port")
                && unknown.contains("line 3"),
            "{unknown}"
        );
        let twice = parse(
            "[[portal]]\nid='a'\nkind='udata'\nurl='https://a.example/'\n[[portal]]\nid='a'\nkind='udata'\nurl='https://a.example/'\n",
        )
        .unwrap_err();
        assert!(
            twice.contains("portal.a") && twice.contains("twice"),
            "{twice}"
        );
        for bad in [
            "[publish]\nmin_interval = '5 parsecs'",
            "base_uri = 'donnees'",
            "languages = []",
            "[harvest]\nmax_withdrawn_share = 2.0",
            "[store]\nhistory = '90d'",
            "[store]\nengine = 'remote'",
            "[[view]]\nid = 'meteo'\ntitle = 'Météo'\nselect = {}",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_schedule_that_never_comes_is_refused_with_the_portal_named() {
        let with = |schedule: &str| {
            parse(&format!(
                "[[portal]]\nid = 'a'\nkind = 'udata'\nurl = 'https://a.example/'\nschedule = '{schedule}'"
            ))
        };
        for never in [
            "0 0 30 2 *",
            "0 0 31 4 *",
            "0 0 31 2,4,6,9,11 *",
            "0 0 30-31 2 *",
        ] {
            let error = with(never).unwrap_err();
            assert!(
                error.contains("portal.a.schedule") && error.contains(never),
                "{error}"
            );
        }
        for sometimes in [
            "0 0 29 2 *",
            "30 2 29 3 *",
            "0 0 31 * *",
            "0 0 L 2 *",
            "0 3 * * *",
            "*/5 * * * MON-FRI",
        ] {
            assert!(with(sometimes).is_ok(), "{sometimes}");
        }
    }

    #[test]
    fn a_faulty_line_is_shown_without_the_credentials_on_it() {
        for line in [
            "[harvest]\nproxi = 'http://moi:s3cret@proxy:3128'",
            "[harvest]\nproxy = 'http://moi:s3cret@proxy:3128",
            "[harvest]\nproxy = 'socks5://moi:s3cret@proxy:1080'",
            "[harvest]\nproxy = 'http://moi:s3cret@proxy:port'",
            "[harvest]\nproxy = { url = 'moi:s3cret@proxy:3128' }",
            "base_uri = 'https://moi:s3cret@a.example/'",
            "base_uri = 'https://s3cret@a.example/'",
            "base_uri = 'https://a.example/?token=s3cret'",
            "base_uri = 'https://a.example/?a=b&api_key=s3cret'",
            "[catalogue]\npublisher = { name = 'M', uri = 'https://moi:s3cret@a.example/' }",
            "[catalogue]\npublisher = { name = 'M', uri = 'https://a.example/?token=s3cret' }",
            "[catalogue]\npublisher = { name = 'M', url = 'https://a.example/?token=s3cret' }",
            "[catalogue]\ncontact = { name = 'M', url = 'https://a.example/#token=s3cret' }",
            "[catalogue]\nhomepage = 'https://s3cret@a.example/'",
            "[catalogue]\nspatial = 'https://s3cret@a.example/'",
            "[[portal]]\nid = 'a'\nkind = 'udata'\nurl = 'https://moi:s3cret@a.example/'\nlink = 'https://s3cret@a.example/'",
        ] {
            let error = parse(line).unwrap_err();
            assert!(!error.contains("s3cret"), "{line}: {error}");
        }
        let config = parse("[harvest]\nproxy = 'http://moi:s3cret@proxy:3128'").unwrap();
        assert_eq!(
            config.harvest.proxy.as_ref().unwrap().as_str(),
            "http://moi:s3cret@proxy:3128"
        );
        assert!(!format!("{config:?}").contains("s3cret"));
    }

    #[test]
    fn an_engine_is_one_of_two_words() {
        for engine in Engine::ALL {
            let config = parse(&format!("[store]\nengine = '{}'", engine.as_str())).unwrap();
            assert_eq!(config.store.engine, engine);
        }
        assert_eq!(Config::default().store.engine, Engine::Frozen);
        for (word, said) in [
            ("virtuoso", "`virtuoso` is no engine"),
            ("remote", "not supported yet"),
        ] {
            let error = parse(&format!("[store]\nengine = '{word}'")).unwrap_err();
            assert!(error.contains(said) && error.contains("line 2"), "{error}");
        }
    }

    #[test]
    fn a_filter_or_list_that_the_portal_does_not_have_is_named_with_those_that_it_has() {
        let portal = "[[portal]]\nid = 'a'\nkind = 'udata'\nurl = 'https://a.example/'\n";
        for (more, words) in [
            (
                "filter = { tags = ['x'] }",
                ["moisson.toml: portal.a.filter.tags", "known: access_type"],
            ),
            (
                "filter = { organization = ['mairie'] }",
                [
                    "moisson.toml: portal.a.filter.organization",
                    "`mairie` is not",
                ],
            ),
            (
                "include = ['datasets', 'pages']",
                ["moisson.toml: portal.a.include", "known: organizations"],
            ),
        ] {
            let error = parse(&format!("{portal}{more}")).unwrap_err();
            for word in words {
                assert!(error.contains(word), "{word}: {error}");
            }
        }
    }
}
