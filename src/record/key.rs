//! The last segment of an IRI: a source's own identifier, or a hash of it.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

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
}
