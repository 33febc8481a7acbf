//! Triples of an answer that came before: CONSTRUCT and DESCRIBE give one for each row that has it.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use oxigraph::model::Triple;

/// How many triples are remembered, as hashes of 16 bytes: at most 20 MB. A triple that comes again after so
/// many others is written again.
const MOST: usize = 1 << 19;

/// The triples that came, as far back as is remembered.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// Two hashes by keys that nobody knows: a triple is not taken for another one.
    keys: [RandomState; 2],
    seen: HashSet<u128>,
}

impl Repeats {
    /// Whether a triple is new.
    pub(super) fn is_new(&mut self, triple: &Triple) -> bool {
        if self.seen.len() >= MOST {
            self.seen.clear();
        }
        let [high, low] = self
            .keys
            .each_ref()
            .map(|key| u128::from(key.hash_one(triple)));
        self.seen.insert(high << 64 | low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;

    #[test]
    fn what_came_is_known_and_memory_is_bounded() {
        let mut repeats = Repeats::default();
        let triple = |number: usize| {
            let node = NamedNode::new_unchecked(format!("http://e/{number}"));
            Triple::new(node.clone(), node.clone(), node)
        };
        for number in 0..1_000 {
            assert!(repeats.is_new(&triple(number)));
            assert!(!repeats.is_new(&triple(number / 2)));
        }
        repeats.seen.extend((0..).take(MOST));
        repeats.is_new(&triple(0));
        assert_eq!(repeats.seen.len(), 1);
    }
}
