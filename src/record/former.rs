//! The keys by which an earlier version of the program knew records, where its rule for keys was another.
//!
//! An IRI is for good, and a rule for keys is not: where the ledger has a record under what the earlier rule
//! made of its name, that key stays. A mapping makes a key by today's rule and asks for the one that is kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Key, Kind};

/// A key that is kept in the place of the one that today's rule makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The key of the record in the ledger.
    pub key: Key,
    /// The IRIs of other records that the earlier rule had of the same thing, with a space between them;
    /// empty where there are none.
    pub beside: String,
}

/// What both rules make of one name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Renamed {
    /// What is named; [`Kind::Distribution`] for the distributions of datasets too.
    pub kind: Kind,
    /// What today's rule makes of it.
    pub now: Key,
    /// What the earlier rule made of it.
    pub then: Key,
}

/// The keys of a portal that are kept; in a ledger of this version there are none.
#[derive(Debug, Clone)]
pub struct Former {
    kept: BTreeMap<(Kind, Key), Key>,
    beside: BTreeMap<(Kind, Key), String>,
    heard: Option<Arc<Mutex<Vec<Renamed>>>>,
}

impl Former {
    /// No key is kept.
    pub const NONE: &'static Self = &Self {
        kept: BTreeMap::new(),
        beside: BTreeMap::new(),
        heard: None,
    };

    /// These keys are kept, by kind and by what today's rule makes.
    #[must_use]
    pub fn new(kept: BTreeMap<(Kind, Key), Kept>) -> Self {
        let mut former = Self::NONE.clone();
        for ((kind, now), Kept { key, beside }) in kept {
            if !beside.is_empty() {
                former.beside.insert((kind, key.clone()), beside);
            }
            former.kept.insert((kind, now), key);
        }
        former
    }

    /// Keeps none, and notes what both rules make of every name that it is asked for.
    #[must_use]
    pub fn listening() -> Self {
        Self {
            heard: Some(Arc::default()),
            ..Self::NONE.clone()
        }
    }

    /// What was noted, of names of which the rules make different keys or not.
    #[must_use]
    pub fn heard(&self) -> Vec<Renamed> {
        let Some(heard) = &self.heard else {
            return Vec::new();
        };
        std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The key of a thing of which today's rule makes `now`, and the earlier rule made `then`.
    #[must_use]
    pub fn key(&self, kind: Kind, now: Key, then: impl FnOnce() -> Key) -> Key {
        if let Some(heard) = &self.heard {
            let renamed = Renamed {
                kind,
                now: now.clone(),
                then: then(),
            };
            heard
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(renamed);
        }
        if self.kept.is_empty() {
            return now;
        }
        let asked = (kind, now);
        match self.kept.get(&asked) {
            Some(kept) => kept.clone(),
            None => asked.1,
        }
    }

    /// The records that fell together with the one of the key `key`, if any did.
    #[must_use]
    pub fn beside(&self, kind: Kind, key: &Key) -> Option<&str> {
        if self.beside.is_empty() {
            return None;
        }
        let beside = self.beside.get(&(kind, key.clone()))?;
        Some(beside.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_kept_stands_in_the_place_of_the_new_one_of_its_kind_only() {
        let kept = Kept {
            key: Key::new("then"),
            beside: String::new(),
        };
        let former = Former::new(BTreeMap::from([((Kind::Dataset, Key::new("now")), kept)]));
        let key = |kind| former.key(kind, Key::new("now"), || unreachable!());
        assert_eq!(key(Kind::Dataset), Key::new("then"));
        assert_eq!(key(Kind::Series), Key::new("now"));
    }
}
