//! Acronyms and what they stand for: whoever asks for one finds the other.
//!
//! `vocabularies/search/synonyms.csv` has a row for each pair; an acronym may have several.

use std::sync::LazyLock;

use super::analysis::Reading;

const FILE: &str = include_str!("../../vocabularies/search/synonyms.csv");

/// An acronym, and the words that it stands for, as [`Reading`] gives them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) short: String,
    pub(super) long: Vec<String>,
}

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let mut reading = Reading::new(None);
    let rows = FILE.lines().skip(1).filter_map(|row| row.split_once(','));
    rows.map(|(short, long)| Pair {
        short: short.to_owned(),
        long: reading.words(long),
    })
    .collect()
});

/// What an acronym stands for.
pub(super) fn expansions(word: &str) -> impl Iterator<Item = &'static [String]> {
    PAIRS
        .iter()
        .filter(move |pair| pair.short == word)
        .map(|pair| pair.long.as_slice())
}

/// The longest expansion that words begin with, and its acronym.
pub(super) fn acronym(words: &[String]) -> Option<&'static Pair> {
    PAIRS
        .iter()
        .filter(|pair| words.starts_with(&pair.long))
        .max_by_key(|pair| pair.long.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_an_acronym_and_several_words() {
        assert!(FILE.starts_with("short,long\n"));
        assert_eq!(PAIRS.len(), FILE.lines().count() - 1);
        for pair in PAIRS.iter() {
            assert_eq!(
                Reading::new(None).words(&pair.short),
                std::slice::from_ref(&pair.short)
            );
            assert!(pair.long.len() > 1, "{pair:?}");
        }
        assert!(
            FILE.lines().skip(1).is_sorted(),
            "rows are in the order of their text"
        );
    }

    #[test]
    fn both_lead_to_the_other() {
        let long: Vec<String> = ["plan", "local", "d", "urbanisme"]
            .map(str::to_owned)
            .into();
        assert!(
            acronym(&long).is_none(),
            "the article is elided, never a word"
        );
        let long = Reading::new(None).words("Plan local d'urbanisme de Brest");
        assert_eq!(acronym(&long).unwrap().short, "plu");
        assert_eq!(expansions("plu").count(), 1);
        assert_eq!(expansions("plus").count(), 0);
    }
}
