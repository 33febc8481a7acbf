//! The prefix of every IRI that Moisson mints, and the IRIs under it.

use std::fmt;
use std::sync::Arc;

use oxigraph::model::NamedNode;
use serde::{Deserialize, Serialize};

use super::{Key, Kind, NameError, PortalId, RecordId};

/// The prefix of every IRI that Moisson mints; from the configuration, never from a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Base(Arc<str>);

impl Base {
    /// Checks that `iri` is an absolute http(s) IRI that ends in a slash, without a user's name: it would
    /// be published with every IRI.
    ///
    /// # Errors
    /// [`NameError::Base`] otherwise.
    pub fn new(iri: &str) -> Result<Self, NameError> {
        let refused = || NameError::Base(iri.to_owned());
        let Ok(parsed) = oxiri::Iri::parse(iri) else {
            return Err(refused());
        };
        let fits = matches!(parsed.scheme(), "http" | "https")
            && parsed
                .authority()
                .is_some_and(|authority| !authority.is_empty() && !authority.contains('@'))
            && parsed.query().is_none()
            && parsed.fragment().is_none()
            && iri.ends_with('/')
            // No server keeps such paths apart from those with one slash.
            && !parsed.path().contains("//");
        if fits {
            Ok(Self(iri.into()))
        } else {
            Err(refused())
        }
    }

    /// The base as text, ending in `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI of the path `path` (ASCII, made by Moisson itself) under the base.
    #[must_use]
    pub fn iri(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked([self.as_str(), path].concat())
    }

    /// The IRI of a record.
    #[must_use]
    pub fn record(&self, id: &RecordId) -> NamedNode {
        match id.kind {
            Kind::Catalogue => self.catalogue(),
            Kind::Portal => self.portal(&id.portal),
            _ => self.iri(&id.to_string()),
        }
    }

    /// The IRI of the catalogue that Moisson publishes.
    #[must_use]
    pub fn catalogue(&self) -> NamedNode {
        self.iri("catalog")
    }

    /// The IRI of a portal as a dcat:Catalog.
    #[must_use]
    pub fn portal(&self, portal: &PortalId) -> NamedNode {
        self.iri(&format!("portal/{portal}"))
    }

    /// The IRI of a distribution, keyed within its portal.
    #[must_use]
    pub fn distribution(&self, portal: &PortalId, key: &Key) -> NamedNode {
        self.iri(&format!("distribution/{portal}/{key}"))
    }

    /// The IRI of the dcat:CatalogRecord of a record: a dataset's by its key alone, another kind's
    /// with the kind before it, so that keys of two kinds never meet.
    #[must_use]
    pub fn catalogue_record(&self, id: &RecordId) -> NamedNode {
        match id.kind {
            Kind::Dataset => self.iri(&format!("record/{}/{}", id.portal, id.key)),
            kind => self.iri(&format!(
                "record/{}/{}-{}",
                id.portal,
                kind.segment(),
                id.key
            )),
        }
    }

    /// The IRI of the dcat:CatalogRecord of the dataset `iri`; none where that is no dataset of ours.
    #[must_use]
    pub fn dataset_record(&self, iri: &NamedNode) -> Option<NamedNode> {
        let key = self.path(iri.as_str())?.strip_prefix("dataset/")?;
        Some(self.iri(&format!("record/{key}")))
    }

    /// The IRI of the named graph `name` (`provenance`, `quality`, `origin`).
    #[must_use]
    pub fn graph(&self, name: &str) -> NamedNode {
        self.iri(&format!("graph/{name}"))
    }

    /// The host, where it is the machine itself: of a trial, and no public address.
    #[must_use]
    pub fn loopback_host(&self) -> Option<&str> {
        let (_, rest) = self.0.split_once("://")?;
        let authority = rest.split('/').next()?;
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority,
        };
        ["127.0.0.1", "localhost", "[::1]"]
            .contains(&host)
            .then_some(host)
    }

    /// The path of the base itself, `/` where it has none.
    #[must_use]
    pub fn folder(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, rest)| rest);
        authority
            .find('/')
            .and_then(|slash| authority.get(slash..))
            .unwrap_or("/")
    }

    /// The path of `iri` under the base, if it is there.
    #[must_use]
    pub fn path<'a>(&self, iri: &'a str) -> Option<&'a str> {
        iri.strip_prefix(self.as_str())
    }
}

impl TryFrom<String> for Base {
    type Error = NameError;
    fn try_from(iri: String) -> Result<Self, NameError> {
        Self::new(&iri)
    }
}

impl From<Base> for String {
    fn from(base: Base) -> Self {
        base.as_str().to_owned()
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_machine_itself_is_loopback() {
        for (base, host) in [
            ("http://127.0.0.1:8080/", Some("127.0.0.1")),
            ("http://localhost/a/", Some("localhost")),
            ("http://[::1]:80/", Some("[::1]")),
            ("https://127.0.0.1.example.org/", None),
            ("https://donnees.example.org:8080/localhost/", None),
        ] {
            assert_eq!(Base::new(base).unwrap().loopback_host(), host, "{base}");
        }
    }

    #[test]
    fn a_base_is_an_absolute_http_iri_ending_in_a_slash() {
        assert!(Base::new("https://donnees.example.org/").is_ok());
        assert!(Base::new("http://127.0.0.1:8080/sous/dossier/").is_ok());
        for bad in [
            "",
            "donnees",
            "https://a.example",
            "ftp://a/",
            "https://a/?q/",
            "https://a/#/",
            "https:///",
            "https://a.example//",
            "https://a.example/b//c/",
            "https://moi:geheim@a.example/",
        ] {
            assert!(Base::new(bad).is_err(), "{bad}");
        }
    }
}
