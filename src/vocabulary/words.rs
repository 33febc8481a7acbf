//! A text as words: letters without case and accents, numbers, and what separates them.

use super::text::fold;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case, without accents; a number with its points.
    pub(super) text: String,
    /// Whether it was written in capitals.
    pub(super) capitals: bool,
    /// What separates it from the word before it.
    pub(super) before: Gap,
}

/// What separates two words, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// A hyphen, a slash or an underscore and nothing else.
    Joined,
    /// A space, or what is no end.
    Space,
    /// A comma, a bracket, a dash between spaces: the end of a clause.
    Clause,
    /// The end of a sentence.
    Sentence,
}

impl Gap {
    fn of(between: &str) -> Self {
        let dashes = [" - ", " – ", " — "];
        if between.contains(['\n', ';']) || between.contains(". ") {
            Self::Sentence
        } else if between.contains([',', '(', '"', '«', ':', '|'])
            || dashes.iter().any(|dash| between.contains(dash))
        {
            Self::Clause
        } else if matches!(between, "-" | "/" | "_") {
            Self::Joined
        } else {
            Self::Space
        }
    }
}

impl Word {
    /// Whether a clause ends before it.
    pub(super) fn is_apart(&self) -> bool {
        self.before >= Gap::Clause
    }
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut between = String::from(" ");
    let mut characters = text.chars().peekable();
    while let Some(&first) = characters.peek() {
        if !first.is_alphanumeric() {
            between.push(first);
            characters.next();
            continue;
        }
        let number = first.is_ascii_digit();
        let mut raw = String::new();
        while let Some(&next) = characters.peek() {
            let same = next.is_alphanumeric() && next.is_ascii_digit() == number;
            if same {
                raw.push(next);
                characters.next();
                continue;
            }
            // A point is inside a number where a digit follows.
            let mut ahead = characters.clone();
            ahead.next();
            let inside = number && next == '.' && ahead.peek().is_some_and(char::is_ascii_digit);
            if !inside {
                break;
            }
            raw.push(next);
            characters.next();
        }
        words.push(word(&raw, &between));
        between.clear();
    }
    words
}

fn word(raw: &str, between: &str) -> Word {
    Word {
        text: raw
            .chars()
            .flat_map(char::to_lowercase)
            .flat_map(fold)
            .collect(),
        capitals: !raw.chars().any(char::is_lowercase),
        before: Gap::of(between),
    }
}

/// Whether the words from a place on are those of a phrase; gives where it ends.
pub(super) fn phrase(words: &[Word], at: usize, phrase: &str) -> Option<usize> {
    let mut end = at;
    for (count, part) in phrase.split(' ').enumerate() {
        let word = words.get(end)?;
        if word.text != part || (count > 0 && word.before == Gap::Sentence) {
            return None;
        }
        end += 1;
    }
    Some(end)
}
