//! How text becomes the words that are looked up: in small letters, without accents and elided articles,
//! and, in two of three readings, cut down to their stems.
//!
//! Accents are folded before stems are made, so that who types none finds the same; the price is that
//! French words which differ by an accent alone are one. A text is read as its language says, a text of no
//! stated language in both ways; words of other languages are kept whole.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language as Stems, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer,
    TokenizerManager,
};

/// A language whose words are cut down to their stems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// The language of a tag (`fr`, `fr-BE`), where it is one of these.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| main.eq_ignore_ascii_case(language.tag()))
    }

    /// Its tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The languages in which a text with this tag is read: both where no language is stated.
    pub(super) fn readings(tag: &str) -> Vec<Self> {
        if tag.is_empty() {
            return Self::ALL.to_vec();
        }
        Self::of_tag(tag).into_iter().collect()
    }
}

/// The name of the analyzer that keeps words whole.
pub(super) const WHOLE: &str = "whole";

/// Longer words are no words, in bytes.
const LONGEST: usize = 80;

/// What is left out before an apostrophe: articles, pronouns and conjunctions of French.
const ELIDED: [&str; 13] = [
    "c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t",
];

/// Words too common to be asked for: left out of a question that has others.
const COMMON: [&str; 48] = [
    "a", "an", "and", "are", "as", "at", "au", "aux", "by", "ce", "ces", "dans", "de", "des", "du",
    "en", "et", "for", "from", "in", "is", "it", "la", "le", "les", "leur", "of", "on", "or", "ou",
    "par", "pour", "que", "qui", "sa", "se", "ses", "son", "sont", "sur", "the", "this", "to",
    "un", "une", "with", "y", "est",
];

/// Whether a word, as [`words`] gives it, says nothing by itself.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(&word)
}

/// The analyzers by their names: [`WHOLE`], and the tags of the languages.
pub(super) fn analyzers() -> TokenizerManager {
    // The library wants its own to be there: `default` for fields of numbers, `raw` for keys.
    let manager = TokenizerManager::default();
    manager.register(WHOLE, whole());
    for language in Language::ALL {
        manager.register(language.tag(), stemmed(language));
    }
    manager
}

fn whole() -> TextAnalyzer {
    TextAnalyzer::builder(Words { plurals: false })
        .filter(AsciiFoldingFilter)
        .build()
}

fn stemmed(language: Language) -> TextAnalyzer {
    let stems = match language {
        Language::French => Stems::French,
        Language::English => Stems::English,
    };
    let plurals = language == Language::French;
    TextAnalyzer::builder(Words { plurals })
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(stems))
        .build()
}

/// Reads text in one way; made once, since an analyzer is costly to make.
pub(super) struct Reading(TextAnalyzer);

impl Reading {
    /// Words in full, or their stems in a language.
    pub(super) fn new(language: Option<Language>) -> Self {
        Self(language.map_or_else(whole, stemmed))
    }

    /// The words of a text.
    pub(super) fn words(&mut self, text: &str) -> Vec<String> {
        self.tokens(text)
            .into_iter()
            .map(|token| token.text)
            .collect()
    }

    /// The words of a text with the places where they stand.
    pub(super) fn tokens(&mut self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        self.0
            .token_stream(text)
            .process(&mut |token| tokens.push(token.clone()));
        tokens
    }
}

/// The words of a text in small letters.
#[derive(Clone)]
struct Words {
    /// Whether the `s` of *vélos* and *menus* is left out: the stemmer keeps it after these vowels, for the
    /// sake of short words such as *bus* and *avis*.
    plurals: bool,
}

/// The letters of the shortest word that loses its `s`.
const PLURAL: usize = 5;

/// What is left of a text.
struct WordStream<'a> {
    text: &'a str,
    plurals: bool,
    at: usize,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream {
            text,
            plurals: self.plurals,
            at: 0,
            token: Token::default(),
        }
    }
}

/// Accents that stand after their letter.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_mark(letter)
}

impl WordStream<'_> {
    /// Takes the next run of letters; whether there is one.
    fn run(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(start) = rest.find(|letter: char| letter.is_alphanumeric()) else {
            return false;
        };
        let word = rest.get(start..).unwrap_or_default();
        let length = word
            .find(|letter| !is_of_word(letter))
            .unwrap_or(word.len());
        let word = word.get(..length).unwrap_or_default();
        self.token.offset_from = self.at + start;
        self.token.offset_to = self.token.offset_from + length;
        self.at = self.token.offset_to;
        self.token.text.clear();
        if word.len() <= LONGEST {
            let letters = word.chars().filter(|letter| !is_mark(*letter));
            self.token.text.extend(letters.flat_map(char::to_lowercase));
            let is_plural = ["as", "is", "os", "us"]
                .iter()
                .any(|end| self.token.text.ends_with(end));
            if self.plurals && is_plural && self.token.text.chars().count() >= PLURAL {
                self.token.text.pop();
            }
        }
        true
    }

    fn is_elided(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut next = rest.chars();
        matches!(next.next(), Some('\'' | '’' | 'ʼ'))
            && next.next().is_some_and(char::is_alphanumeric)
            && ELIDED.contains(&self.token.text.as_str())
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if !self.run() {
                return false;
            }
            if !self.token.text.is_empty() && !self.is_elided() {
                self.token.position = self.token.position.wrapping_add(1);
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Reading::new(None).words(text)
    }

    fn stems(language: Language, text: &str) -> Vec<String> {
        Reading::new(Some(language)).words(text)
    }

    #[test]
    fn words_are_small_and_have_neither_accents_nor_elided_articles() {
        assert_eq!(
            words("Qualité de l'air, d’Île-de-France : ŒUVRE n°2"),
            [
                "qualite", "de", "air", "ile", "de", "france", "oeuvre", "n", "2"
            ]
        );
        // An accent that stands after its letter is the same accent.
        assert_eq!(words("e\u{301}te\u{301}"), ["ete"]);
        assert_eq!(words("l'"), ["l"]);
        assert_eq!(words("O'Brien's"), ["o", "brien", "s"]);
        assert!(words("*:* ()[]{}+-\u{0}\u{7f}\u{202e}").is_empty());
        assert!(words(&"a".repeat(81)).is_empty());
    }

    #[test]
    fn an_elided_article_leaves_no_gap_in_a_phrase() {
        let positions = |text: &str| -> Vec<usize> {
            let tokens = Reading::new(None).tokens(text);
            tokens.iter().map(|token| token.position).collect()
        };
        assert_eq!(positions("qualité de l'air"), [0, 1, 2]);
    }

    #[test]
    fn stems_are_those_of_the_language_with_accents_or_without() {
        let french = |text| stems(Language::French, text);
        assert_eq!(french("transports"), french("transport"));
        assert_eq!(french("données"), french("donnees"));
        assert_eq!(french("données"), french("donnée"));
        assert_eq!(french("communales"), french("communale"));
        assert_eq!(french("vélos"), french("vélo"));
        assert_eq!(french("menus"), french("menu"));
        assert_ne!(french("plus"), french("plu"));
        let english = |text| stems(Language::English, text);
        assert_eq!(english("connections"), english("connected"));
        assert_ne!(french("connections"), french("connected"));
    }

    #[test]
    fn a_text_of_no_language_is_read_in_both() {
        assert_eq!(Language::readings(""), Language::ALL);
        assert_eq!(Language::readings("fr-BE"), [Language::French]);
        assert_eq!(Language::readings("EN"), [Language::English]);
        assert!(Language::readings("de").is_empty());
    }
}
