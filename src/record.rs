//! What a record is called: portal, kind, key, and the IRI minted from them (DESIGN.md §5).
//!
//! IRIs come from the portal's own stable identifiers, never from titles. A key that fits
//! `[A-Za-z0-9_-]{1,80}` is kept; any other is replaced by a hash of it, so that no identifier can
//! reach into the URL space of another.

use std::fmt;
use std::sync::Arc;

use oxigraph::model::NamedNode;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Why a name was refused.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NameError {
    /// A portal or view id that is not `[a-z0-9_-]{1,40}`.
    #[error("`{0}` is no portal id: 1 to 40 of a-z, 0-9, - and _ are allowed")]
    PortalId(String),
    /// A base IRI that is not an absolute http(s) IRI ending in a slash.
    #[error(
        "`{0}` is no base IRI: an absolute http or https IRI ending in `/` without query or fragment is needed"
    )]
    Base(String),
    /// A record kind that Moisson does not know.
    #[error("`{0}` is no kind of record")]
    Kind(String),
}

/// The operator's short name of a portal, part of every IRI minted for its records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PortalId(Arc<str>);

impl PortalId {
    /// Checks that `id` is 1 to 40 of `a-z0-9_-`.
    ///
    /// # Errors
    /// [`NameError::PortalId`] otherwise.
    pub fn new(id: &str) -> Result<Self, NameError> {
        let fits = (1..=40).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
        if fits {
            Ok(Self(id.into()))
        } else {
            Err(NameError::PortalId(id.to_owned()))
        }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PortalId {
    type Error = NameError;
    fn try_from(id: String) -> Result<Self, NameError> {
        Self::new(&id)
    }
}

impl From<PortalId> for String {
    fn from(id: PortalId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for PortalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a record describes; also the first segment of its IRI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The catalogue that Moisson publishes: `<base>catalog`, exactly one.
    Catalogue,
    /// A harvested portal as a dcat:Catalog of its own: `<base>portal/{id}`.
    Portal,
    /// A dcat:Dataset with its distributions and its catalogue record.
    Dataset,
    /// A publisher or other agent, organization or person.
    Organization,
    /// A vcard:Kind contact point.
    Contact,
    /// A dcat:DataService.
    Service,
    /// A dcat:DatasetSeries.
    Series,
    /// A duv:Usage.
    Reuse,
    /// A duv:UserFeedback.
    Discussion,
    /// A dcat:Distribution that is a record of its own: somebody else's than the dataset's publisher.
    Distribution,
    /// A selection that the portal itself makes of its catalogue: a dcat:Catalog.
    Topic,
    /// A portal that the harvested portal harvests in its turn: a dcat:Catalog.
    Origin,
}

impl Kind {
    /// Every kind, in the order of a dump.
    pub const ALL: [Self; 12] = [
        Self::Catalogue,
        Self::Portal,
        Self::Dataset,
        Self::Organization,
        Self::Contact,
        Self::Service,
        Self::Series,
        Self::Reuse,
        Self::Discussion,
        Self::Distribution,
        Self::Topic,
        Self::Origin,
    ];

    /// The segment of the IRI.
    #[must_use]
    pub fn segment(self) -> &'static str {
        match self {
            Self::Catalogue => "catalog",
            Self::Portal => "portal",
            Self::Dataset => "dataset",
            Self::Organization => "organization",
            Self::Contact => "contact",
            Self::Service => "service",
            Self::Series => "series",
            Self::Reuse => "reuse",
            Self::Discussion => "discussion",
            Self::Distribution => "distribution",
            Self::Topic => "topic",
            Self::Origin => "origin",
        }
    }

    /// The kind of a segment.
    ///
    /// # Errors
    /// [`NameError::Kind`] for any other text.
    pub fn from_segment(segment: &str) -> Result<Self, NameError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.segment() == segment)
            .ok_or_else(|| NameError::Kind(segment.to_owned()))
    }
}

/// The last segment of an IRI: the source's identifier, or a hash of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// The key of a source's identifier: itself where it fits, else `x-` and 26 base32 characters of
    /// its SHA-256. What starts with `x-` is hashed too, so that no identifier can pose as a hash.
    #[must_use]
    pub fn new(identifier: &str) -> Self {
        let fits = (1..=80).contains(&identifier.len())
            && !identifier.starts_with("x-")
            && identifier
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits {
            Self(identifier.into())
        } else {
            Self::hashed(identifier)
        }
    }

    /// The hash of anything that is not an identifier (a URL and a format, say).
    #[must_use]
    pub fn hashed(text: &str) -> Self {
        let hash = data_encoding::BASE32_NOPAD.encode(&Sha256::digest(text.as_bytes()));
        let short: String = hash
            .chars()
            .take(26)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        Self(format!("x-{short}").into())
    }

    /// A key as it stands in the ledger or a URL; only what [`Key::new`] can have made is accepted.
    #[must_use]
    pub fn from_url(text: &str) -> Option<Self> {
        let fits = (1..=80).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        fits.then(|| Self(text.into()))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Portal, kind and key: the identity of a record, stable whatever its title, page or order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// The portal that the record comes from.
    pub portal: PortalId,
    /// What it describes.
    pub kind: Kind,
    /// Its key within portal and kind.
    pub key: Key,
}

impl RecordId {
    /// The identity of the record that the source calls `identifier`.
    #[must_use]
    pub fn new(portal: &PortalId, kind: Kind, identifier: &str) -> Self {
        Self {
            portal: portal.clone(),
            kind,
            key: Key::new(identifier),
        }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.kind.segment(), self.portal, self.key)
    }
}

/// The prefix of every IRI that Moisson mints; from the configuration, never from a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Base(Arc<str>);

impl Base {
    /// Checks that `iri` is an absolute http(s) IRI that ends in a slash.
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
                .is_some_and(|authority| !authority.is_empty())
            && parsed.query().is_none()
            && parsed.fragment().is_none()
            && iri.ends_with('/');
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
        NamedNode::new_unchecked(format!("{}{path}", self.0))
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

    /// The IRI of the named graph `name` (`provenance`, `quality`, `origin`).
    #[must_use]
    pub fn graph(&self, name: &str) -> NamedNode {
        self.iri(&format!("graph/{name}"))
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

/// The sets that a record can belong to; what feeds and pages filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Set {
    /// The agent that publishes it: the agent's IRI.
    Publisher,
    /// A theme: the concept's IRI.
    Theme,
    /// High-value datasets: the HVD category's IRI, or `true` where none is given.
    Hvd,
    /// A subject that the record owns beside its main one (distribution, catalogue record).
    Subject,
    /// A name that the source gives the record: its own IRI, identifier or page.
    Alias,
    /// Another record whose description belongs into this one's document.
    Uses,
    /// Another record that this one is about: what a reuse uses, a discussion discusses, a service
    /// serves, a topic selects.
    About,
    /// A statement about something that nobody owns (the class of a foreign IRI), as N-Triples.
    States,
}

impl Set {
    /// The text form in the ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Theme => "theme",
            Self::Hvd => "hvd",
            Self::Subject => "subject",
            Self::Alias => "alias",
            Self::Uses => "uses",
            Self::About => "about",
            Self::States => "states",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_that_fit_are_kept_and_others_hashed() {
        assert_eq!(
            Key::new("53699d0ea3a729239d205b2e").as_str(),
            "53699d0ea3a729239d205b2e"
        );
        for odd in ["a.b", "http://x/y", "x-abc", "", "é", &"a".repeat(81)] {
            let key = Key::new(odd);
            assert!(
                key.as_str().starts_with("x-") && key.as_str().len() == 28,
                "{odd}: {key}"
            );
            assert_eq!(Key::from_url(key.as_str()), Some(key.clone()));
        }
        assert_ne!(Key::new("a.b"), Key::new("a/b"));
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
        ] {
            assert!(Base::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn kinds_and_segments_agree() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_segment(kind.segment()), Ok(kind));
        }
    }
}
