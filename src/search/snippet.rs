//! A piece of a description that shows where the words stand that were looked for.

use std::collections::HashSet;

use super::analysis::{Language, Reading, is_common};
use super::query::Word;
use super::request::{Snippet, Tagged};

/// How long a piece is, in bytes of the text, and how much of it stands before the first word.
const LENGTH: usize = 240;
const BEFORE: usize = 40;

/// Finds words in texts.
pub(super) struct Finder {
    whole: Reading,
    stems: [Reading; 2],
    words: HashSet<String>,
    stemmed: [HashSet<String>; 2],
}

impl Finder {
    pub(super) fn new(words: &[Word]) -> Self {
        let has_others = words.iter().any(|word| !is_common(&word.whole));
        let words: Vec<&Word> = words
            .iter()
            .filter(|word| !(has_others && is_common(&word.whole)))
            .collect();
        let of = |at: usize| {
            let stems = words.iter().filter_map(|word| word.stems.get(at).cloned());
            stems.collect()
        };
        Self {
            whole: Reading::new(None),
            stems: Language::ALL.map(|language| Reading::new(Some(language))),
            words: words.iter().map(|word| word.whole.clone()).collect(),
            stemmed: [of(0), of(1)],
        }
    }

    /// The piece of the text that shows most of the words; the beginning of the first one where there are
    /// none.
    pub(super) fn snippet(&mut self, texts: &[Tagged]) -> Option<Snippet> {
        let pieces = texts.iter().map(|text| self.piece(text));
        let mut pieces: Vec<Snippet> = pieces.collect();
        // Of equals the first one.
        pieces.reverse();
        pieces.into_iter().max_by_key(|piece| piece.marks.len())
    }

    /// Where the words stand in a text.
    fn places(&mut self, text: &str) -> Vec<std::ops::Range<usize>> {
        let whole = self.whole.tokens(text);
        let stems = self.stems.each_mut().map(|reading| reading.words(text));
        let is_found = |at: usize, word: &str| {
            self.words.contains(word)
                || stems
                    .iter()
                    .zip(&self.stemmed)
                    .any(|(stems, wanted)| stems.get(at).is_some_and(|stem| wanted.contains(stem)))
        };
        whole
            .iter()
            .enumerate()
            .filter(|(at, token)| is_found(*at, &token.text))
            .map(|(_, token)| token.offset_from..token.offset_to)
            .collect()
    }

    fn piece(&mut self, tagged: &Tagged) -> Snippet {
        let text = tagged.text.as_str();
        let places = self.places(text);
        let shown = |start: usize| {
            places
                .iter()
                .filter(|place| place.start >= start && place.end <= start + LENGTH - BEFORE)
                .count()
        };
        let starts = places.iter().map(|place| place.start);
        let start = starts
            .rev()
            .max_by_key(|start| shown(*start))
            .unwrap_or_default();
        let mut from = text.floor_char_boundary(start.saturating_sub(BEFORE));
        if from > 0 {
            // At the beginning of a word.
            let before = text.get(from..start).unwrap_or_default();
            from += before
                .find(char::is_whitespace)
                .map_or(before.len(), |at| at + 1);
        }
        let mut to = text.floor_char_boundary(from.saturating_add(LENGTH));
        if to < text.len() {
            let piece = text.get(from..to).unwrap_or_default();
            let end = piece
                .rfind(char::is_whitespace)
                .filter(|end| *end > LENGTH / 2);
            to = from + end.unwrap_or(piece.len());
        }
        let lead = if from > 0 { "…" } else { "" };
        let tail = if to < text.len() { "…" } else { "" };
        let body = text.get(from..to).unwrap_or_default();
        let marks = places
            .into_iter()
            .filter(|place| place.start >= from && place.end <= to)
            .map(|place| place.start - from + lead.len()..place.end - from + lead.len())
            .collect();
        Snippet {
            text: format!("{lead}{body}{tail}"),
            language: tagged.language.clone(),
            marks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::query::words;
    use super::*;

    fn tagged(text: &str) -> Tagged {
        Tagged {
            language: "fr".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_snippet_shows_the_words_in_whatever_form() {
        let text = format!(
            "{}Relevé de la qualité des aires. {}",
            "préambule ".repeat(60),
            "suite ".repeat(90)
        );
        let found = Finder::new(&words("qualites aire"))
            .snippet(&[tagged(&text)])
            .unwrap();
        let marked: Vec<&str> = found
            .marks
            .iter()
            .map(|mark| found.text.get(mark.clone()).unwrap())
            .collect();
        assert_eq!(marked, ["qualité", "aires"]);
        assert!(found.text.starts_with('…') && found.text.ends_with('…'));
        assert!(found.text.len() < LENGTH + 10, "{}", found.text.len());
    }

    #[test]
    fn without_a_word_it_is_the_beginning() {
        let found = Finder::new(&words("eau"))
            .snippet(&[tagged("Un début.")])
            .unwrap();
        assert_eq!((found.text.as_str(), found.marks.len()), ("Un début.", 0));
        assert_eq!(Finder::new(&[]).snippet(&[]), None);
    }

    #[test]
    fn long_words_and_strange_letters_cut_nowhere() {
        for text in [
            "é".repeat(2_000),
            "\u{1F600}".repeat(500),
            "a ".repeat(900),
            " ".repeat(999),
        ] {
            let found = Finder::new(&words("a é"))
                .snippet(&[tagged(&text)])
                .unwrap();
            for mark in found.marks {
                assert!(found.text.get(mark).is_some());
            }
        }
    }
}
