//! Statements met lately, so that what a feed says over and over is kept once.
//!
//! A feed of ten thousand datasets may describe their publisher ten thousand times. Kept so often, each
//! look at the publisher would read all of it. Only the last of them are remembered, as hashes: what is
//! repeated later than that is kept twice, which costs a little time and changes nothing.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

/// How many statements are remembered: some 10 MB of hashes.
const MOST: usize = 300_000;

/// The hashes of statements. Two different statements with the same 128 bits do not happen.
#[derive(Default)]
pub(super) struct Recent {
    first: RandomState,
    second: RandomState,
    met: HashSet<(u64, u64)>,
}

impl Recent {
    /// Whether a statement was met lately; it is from now on.
    pub(super) fn is_repeated(&mut self, statement: (&str, &str, &str)) -> bool {
        if self.met.len() >= MOST {
            self.met.clear();
        }
        let hash = (
            self.first.hash_one(statement),
            self.second.hash_one(statement),
        );
        !self.met.insert(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_just_said_is_repeated_and_nothing_else() {
        let mut recent = Recent::default();
        assert!(!recent.is_repeated(("<a>", "b", "\"c\"")));
        assert!(!recent.is_repeated(("<a>", "b", "\"d\"")));
        assert!(recent.is_repeated(("<a>", "b", "\"c\"")));
    }

    #[test]
    fn only_so_much_is_remembered() {
        let mut recent = Recent::default();
        for number in 0..=MOST {
            assert!(!recent.is_repeated((&number.to_string(), "p", "o")));
        }
        assert!(recent.met.len() < MOST);
    }
}
