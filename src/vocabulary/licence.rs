//! Licences as running text names them: family, version and jurisdiction, or nothing.
//!
//! Portals write "Licence ODbL 1.0 http://…", "CC-BY-SA-2.5-FR" or a sentence. What such a text says has
//! a structure that no list of spellings can enumerate: a family of licences (with the conditions of
//! Creative Commons), then a version and the jurisdiction for which it was ported, in any order and with
//! words between them. An address is read by the same grammar, where its host is one that publishes
//! licences. A concept of the EU's list is given only where all three are certain; a family of one
//! version needs none. What is denied, likened ("compatible with"), or one of several is not certain.
//! This module never guesses a version, and knows no IRI: its answer is a code of the EU's list.

mod address;
mod codes;
mod family;
mod grammar;
mod names;

use super::words::{Gap, Word, words};
pub use codes::Coded;
pub(super) use codes::{coded, says_none};
use family::Family;

/// Texts beyond this length (bytes) are documents: what they mention is not what they say.
const LONGEST: usize = 4_096;

/// A licence that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    family: Family,
    /// As `4.0`; none where the text leaves it open.
    version: Option<String>,
    /// The EU's code of a country (`FRA`), or another word for a jurisdiction.
    port: Option<String>,
    /// Whether the text says nothing else.
    whole: bool,
}

impl Licence {
    /// The code of the licence in the EU's list; none where version or jurisdiction is not certain, or
    /// the list has none.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        self.family
            .code(self.version.as_deref(), self.port.as_deref())
    }

    /// Whether the text has nothing but the licence.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }
}

/// The one licence that `text` names; none where it names none, denies it, or names several.
///
/// `country` gives the EU's code of a country by its name or its code of ISO 3166.
pub(super) fn recognise<'c>(
    text: &str,
    country: impl Fn(&str) -> Option<&'c str>,
) -> Option<Licence> {
    if text.len() > LONGEST {
        return None;
    }
    let words = grammar::parted(words(&address::spelled(text)));
    let mut found: Option<Licence> = None;
    let mut rest = 0;
    let mut at = 0;
    while at < words.len() {
        let Some((mention, end)) = mention(&words, at, &country) else {
            rest += usize::from(!words.get(at).is_some_and(grammar::is_filler));
            at += 1;
            continue;
        };
        if is_denied(&words, at, end) {
            rest += 1;
        } else {
            found = Some(match found.take() {
                None => mention,
                Some(before) => before.with(mention)?,
            });
        }
        at = end;
    }
    found.map(|licence| Licence {
        whole: rest == 0,
        ..licence
    })
}

impl Licence {
    /// What two mentions say together; nothing where they differ.
    fn with(self, other: Self) -> Option<Self> {
        let family = self.family.with(other.family)?;
        Some(Self {
            family,
            version: one(self.version, other.version)?,
            port: one(self.port, other.port)?,
            whole: true,
        })
    }
}

/// The one of two that is said; the outer nothing where they differ.
#[expect(clippy::option_option, reason = "differing is not the same as unsaid")]
fn one(a: Option<String>, b: Option<String>) -> Option<Option<String>> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => None,
        (a, b) => Some(a.or(b)),
    }
}

/// The licence that begins at a word, and where it ends.
fn mention<'c>(
    words: &[Word],
    start: usize,
    country: impl Fn(&str) -> Option<&'c str>,
) -> Option<(Licence, usize)> {
    let (mut family, mut at) = Family::at(words, start)?;
    let mut version: Option<String> = None;
    let mut port: Option<String> = None;
    let mut end = at;
    while let Some(word) = words.get(at) {
        if word.before == Gap::Sentence && at > start {
            break;
        }
        if let Some((number, next)) = grammar::version(words, at)
            && version.is_none()
        {
            version = Some(number);
            (at, end) = (next, next);
        } else if let Some((more, next)) = family.more(words, at) {
            family = more;
            (at, end) = (next, next);
        } else if let Some((place, next)) = grammar::place(words, at, &country)
            && port.is_none()
        {
            port = Some(place);
            (at, end) = (next, next);
        } else if let Some(next) = grammar::unported(words, at) {
            (at, end) = (next, next);
        } else if grammar::is_filler(word) {
            at += 1;
        } else {
            break;
        }
    }
    // Two letters alone are a copy of a letter, or anything.
    if family.is_open() && words.get(start).is_some_and(|word| word.text == "cc") {
        return None;
    }
    let licence = Licence {
        family,
        version,
        port,
        whole: true,
    };
    Some((licence, end))
}

/// Whether words beside a mention deny it or only liken something to it.
fn is_denied(words: &[Word], start: usize, end: usize) -> bool {
    const BEFORE: &[&str] = &[
        "no",
        "not",
        "non",
        "pas",
        "ni",
        "sans",
        "hors",
        "sauf",
        "kein",
        "keine",
        "keiner",
        "nicht",
        "ohne",
        "sin",
        "ninguna",
        "senza",
        "nessuna",
        "geen",
        "niet",
        "zonder",
        "without",
        "except",
        "neither",
        "nor",
        "never",
        "compatible",
        "compatibles",
        "kompatibel",
        "compatibile",
        "compatibel",
        "similar",
        "similaire",
        "equivalent",
        "equivalente",
        "unlike",
    ];
    const AFTER: &[&str] = &["not", "pas", "nicht", "niet"];
    let before = words.get(..start).unwrap_or_default().iter().rev();
    // What a comma or more separates from the mention is said of something else.
    let mut apart = words.get(start).is_some_and(Word::is_apart);
    let denied = before.take(3).any(|word| {
        let said = !apart && BEFORE.contains(&word.text.as_str());
        apart |= word.is_apart();
        said
    });
    let after = words.get(end..).unwrap_or_default().iter().take(2);
    let mut after = after.take_while(|word| !word.is_apart());
    denied || after.any(|word| AFTER.contains(&word.text.as_str()))
}
