//! Validators of representations that were given lately: who asks again is answered without putting the
//! document together.
//!
//! They hold for one publication and are forgotten with it, and all at once when they become too many.
//! What a representation shows beside the publication belongs into the name it is kept under.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::conditional::Validators;
use crate::publish::Manifest;

/// Representations remembered: some megabytes.
const MOST: usize = 20_000;

/// The validators by name.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    /// Sequence and time of the publication.
    publication: (u64, i64),
    validators: HashMap<String, Validators>,
}

impl Known {
    /// The validators of a representation, if it was given lately.
    pub(super) fn get(&self, manifest: &Manifest, name: &str) -> Option<Validators> {
        self.held(manifest).validators.get(name).cloned()
    }

    /// Remembers the validators of a representation.
    pub(super) fn keep(&self, manifest: &Manifest, name: String, validators: &Validators) {
        let mut held = self.held(manifest);
        if held.validators.len() >= MOST {
            held.validators.clear();
        }
        held.validators.insert(name, validators.clone());
    }

    fn held(&self, manifest: &Manifest) -> MutexGuard<'_, Held> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let publication = (manifest.sequence, manifest.time);
        if held.publication != publication {
            *held = Held {
                publication,
                validators: HashMap::new(),
            };
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use super::super::conditional::Inputs;
    use super::*;
    use crate::graph::Storage;

    fn manifest(sequence: u64) -> Manifest {
        Manifest {
            sequence,
            time: 1,
            base: String::new(),
            version: String::new(),
            release: String::new(),
            engine: Storage::Frozen,
        }
    }

    #[test]
    fn validators_are_forgotten_with_their_publication() {
        let (known, validators) = (Known::default(), Inputs::default().finish());
        known.keep(&manifest(1), "a".to_owned(), &validators);
        assert!(known.get(&manifest(1), "a").is_some());
        assert!(known.get(&manifest(1), "b").is_none());
        assert!(known.get(&manifest(2), "a").is_none());
        assert!(known.get(&manifest(1), "a").is_none());
    }

    #[test]
    fn their_number_is_bounded() {
        let (known, validators) = (Known::default(), Inputs::default().finish());
        for number in 0..=MOST {
            known.keep(&manifest(1), number.to_string(), &validators);
        }
        assert_eq!(known.held(&manifest(1)).validators.len(), 1);
        assert!(known.get(&manifest(1), &MOST.to_string()).is_some());
    }
}
