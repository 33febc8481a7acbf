//! What a record is called: portal, kind, key, and the IRI minted from them (DESIGN.md §5).
//!
//! IRIs come from the portal's own stable identifiers, never from titles. A key that fits
//! `[A-Za-z0-9_-]{1,80}` is kept; any other is replaced by a hash of it, so that no identifier can
//! reach into the URL space of another.

mod base;
mod former;
mod key;
mod kind;
mod lasting;
mod reference;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use base::Base;
pub use former::{Former, Kept, Renamed};
pub use key::Key;
pub use kind::{Kind, Role, Set};
pub use lasting::lasting;
pub use reference::{Fitting, Now, REFERRED, Reference, Related, relate, unknown};

/// Why a name was refused.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NameError {
    /// A portal or view id that is not `[a-z0-9_-]{1,40}`.
    #[error("`{0}` is no portal id: 1 to 40 of a-z, 0-9, - and _ are allowed")]
    PortalId(String),
    /// A base IRI that is not an absolute http(s) IRI ending in a slash.
    #[error(
        "`{0}` is no base IRI: an absolute http or https IRI ending in `/` without user name, query or fragment is needed"
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
    /// The catalogue's own, of which its descriptions of itself are: no configuration can name it.
    pub const OWN: &str = "_";

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
