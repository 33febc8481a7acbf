//! The parts of a licence's name: version, jurisdiction, conditions written in one word.

use crate::vocabulary::words::{Gap, Word, phrase};

/// Words that a name of a licence may have around and inside it.
const FILLERS: &[&str] = &[
    "licence",
    "license",
    "licenses",
    "licences",
    "licensed",
    "lizenz",
    "licenza",
    "licencia",
    "licentie",
    "licens",
    "lisens",
    "licenca",
    "licencja",
    "lizenziert",
    "sous",
    "under",
    "unter",
    "onder",
    "con",
    "bajo",
    "sotto",
    "version",
    "versione",
    "versie",
    "v",
    "ver",
    "vers",
    "international",
    "internationale",
    "internazionale",
    "internacional",
    "internationaal",
    "generic",
    "generique",
    "generico",
    "universal",
    "universel",
    "universelle",
    "the",
    "la",
    "le",
    "les",
    "de",
    "du",
    "des",
    "der",
    "die",
    "das",
    "il",
    "el",
    "et",
    "and",
    "und",
    "of",
    "for",
    "fr",
    "en",
    "deed",
    "legalcode",
    "donnees",
    "data",
];

/// Whether a word says nothing about which licence it is.
pub(super) fn is_filler(word: &Word) -> bool {
    FILLERS.contains(&word.text.as_str())
}

/// The words of a name, in which what writes Creative Commons' conditions in one (`ccbysa`) is several.
pub(super) fn parted(words: Vec<Word>) -> Vec<Word> {
    let mut parted = Vec::with_capacity(words.len());
    for word in words {
        let mut parts = conditions(&word.text).into_iter();
        let Some(first) = parts.next() else {
            parted.push(word);
            continue;
        };
        parted.push(Word {
            text: first.to_owned(),
            ..word
        });
        parted.extend(parts.map(|part| Word {
            text: part.to_owned(),
            capitals: false,
            before: Gap::Joined,
        }));
    }
    parted
}

/// The parts of `ccby`, `bysa`, `ccbyncnd`, …; none of any other word.
fn conditions(text: &str) -> Vec<&'static str> {
    let mut parts = Vec::new();
    let mut rest = text;
    for part in ["cc", "by", "nc", "sa", "nd"] {
        if let Some(after) = rest.strip_prefix(part) {
            parts.push(part);
            rest = after;
        }
    }
    if rest.is_empty() && parts.len() > 1 && parts.contains(&"by") {
        parts
    } else {
        Vec::new()
    }
}

/// The end of the words by which Creative Commons says that a licence is of no jurisdiction.
pub(super) fn unported(words: &[Word], at: usize) -> Option<usize> {
    [
        "unported",
        "non transpose",
        "non transposee",
        "nicht portiert",
        "no portado",
    ]
    .iter()
    .find_map(|said| phrase(words, at, said))
}

/// The version at a place, and where it ends: `4.0`, `v2`, `1-0`, `40` behind conditions.
pub(super) fn version(words: &[Word], at: usize) -> Option<(String, usize)> {
    let is_number = |word: &Word| word.text.starts_with(|c: char| c.is_ascii_digit());
    let word = words.get(at).filter(|word| is_number(word))?;
    let next = words.get(at + 1);
    let digit = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(minor) = next
        && minor.before == Gap::Joined
        && digit(&word.text)
        && digit(&minor.text)
    {
        return Some((format!("{}.{}", word.text, minor.text), at + 2));
    }
    let number = match word.text.as_bytes() {
        [major] => format!("{}.0", char::from(*major)),
        [major @ b'1'..=b'4', minor @ (b'0' | b'5')] => {
            format!("{}.{}", char::from(*major), char::from(*minor))
        }
        _ => word.text.clone(),
    };
    // "2.0.0" is 2.0; a year or a date is no version.
    let number = number
        .strip_suffix(".0")
        .filter(|n| n.contains('.'))
        .unwrap_or(&number);
    (number.len() <= 3).then(|| (number.to_owned(), at + 1))
}

/// The jurisdiction at a place, and where it ends: a country's name, its code in capitals or joined to
/// what is before it.
pub(super) fn place<'c>(
    words: &[Word],
    at: usize,
    country: impl Fn(&str) -> Option<&'c str>,
) -> Option<(String, usize)> {
    let word = words.get(at)?;
    if word.text.len() == 2 || word.text == "igo" {
        let is_code = word.before == Gap::Joined || word.capitals;
        let code = match word.text.as_str() {
            "uk" => Some("GBR"),
            "igo" => Some("igo"),
            // "en" is English before it is any country.
            "en" => None,
            code => country(code),
        };
        return code
            .filter(|_| is_code)
            .map(|code| (code.to_owned(), at + 1));
    }
    for length in [3, 2, 1] {
        let Some(run) = words.get(at..at + length) else {
            continue;
        };
        let name: Vec<&str> = run.iter().map(|word| word.text.as_str()).collect();
        let name = name.join(" ");
        let known = match name.as_str() {
            "pays bas" => Some("NLD"),
            "osterreich" => Some("AUT"),
            "scotland" | "england" => Some("scotland"),
            short if short.len() < 4 => None,
            name => country(name),
        };
        if let Some(code) = known {
            return Some((code.to_owned(), at + length));
        }
    }
    None
}
