//! Statements on access and use, in the words of the INSPIRE register's languages.
//!
//! A metadata editor writes "no limitations to public access" in one of the 23 languages, in its own
//! words, or as a reference to the law: article 13(1) of Directive 2007/2/EC, or the articles of the
//! French Code de l'environnement that transpose it (L124-4 and L124-5). What such a text says has few
//! parts: a negation before a word for limits, beside a word for access; a negation before a word for
//! conditions; the number of an article. Words are known by their stems, so that every inflection is.
//! A text that makes exceptions says nothing here. This module knows no IRI.

use super::words::{Word, words};

/// Texts beyond this length (bytes) are documents: what they mention is not what they say.
const LONGEST: usize = 1_000;

/// What a text says on access or use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Statement {
    /// There are no limitations on public access.
    Free,
    /// Public access is limited; by which letter of article 13(1), where the text says it.
    Limited(Option<char>),
    /// No conditions apply to access and use.
    NoConditions,
    /// The conditions are unknown.
    ConditionsUnknown,
}

/// Words that deny, as they stand before what they deny.
const NEGATIONS: &[&str] = &[
    "no",
    "not",
    "none",
    "without",
    "aucun",
    "aucune",
    "pas",
    "sans",
    "kein",
    "keine",
    "keinen",
    "keinerlei",
    "nicht",
    "ohne",
    "geen",
    "zonder",
    "niet",
    "nessun",
    "nessuna",
    "nessuno",
    "senza",
    "non",
    "sin",
    "ninguna",
    "ningun",
    "sem",
    "nenhum",
    "nenhuma",
    "nao",
    "bez",
    "zadna",
    "zadne",
    "zadny",
    "ziadne",
    "ziadna",
    "nejsou",
    "neni",
    "brak",
    "nie",
    "nincs",
    "nincsenek",
    "nem",
    "nav",
    "nera",
    "netaikoma",
    "netaikomi",
    "ei",
    "puudub",
    "puuduvad",
    "ilman",
    "ingen",
    "inga",
    "ingenting",
    "inget",
    "inte",
    "ikke",
    "uden",
    "ni",
    "brez",
    "nema",
    "nu",
    "fara",
    "niciun",
    "nicio",
    "няма",
    "без",
    "не",
    "δεν",
    "χωρις",
    "χωρίς",
    "καμία",
    "κανένας",
    "ebda",
    "minghajr",
    "hemmx",
];

/// Words that make exceptions, or speak of other limits than those denied.
const EXCEPTIONS: &[&str] = &[
    "except",
    "unless",
    "sauf",
    "hormis",
    "ausser",
    "excepto",
    "salvo",
    "tranne",
    "behalve",
    "only",
    "nur",
    "uniquement",
    "seulement",
    "but",
    "mais",
    "aber",
    "however",
    "other",
    "additional",
    "further",
    "autre",
    "autres",
    "weitere",
    "weiteren",
    "solo",
    "soltanto",
    "alleen",
    "maar",
];

/// How words for limits begin.
const LIMITS: &[&str] = &[
    "limit",
    "restri",
    "restrein",
    "beschrank",
    "einschrank",
    "beperk",
    "omezen",
    "obmedz",
    "ogranic",
    "korlat",
    "ierobez",
    "apriboj",
    "piira",
    "rajoit",
    "begrans",
    "begraens",
    "omejit",
    "ingradir",
    "огранич",
    "περιορισ",
];

/// How words for access begin.
const ACCESS: &[&str] = &[
    "acces",
    "acess",
    "zugang",
    "zugriff",
    "toegang",
    "pristup",
    "dostep",
    "dostup",
    "dostop",
    "hozzafer",
    "pieklu",
    "pieejam",
    "prieig",
    "prieinam",
    "juurdepaas",
    "paasy",
    "saatav",
    "kaytt",
    "tillgang",
    "atkomst",
    "adgang",
    "достъп",
    "πρόσβασ",
    "προσβασ",
];

/// How words for conditions begin.
const CONDITIONS: &[&str] = &[
    "condition",
    "condizion",
    "condicion",
    "condico",
    "conditi",
    "bedingung",
    "voorwaard",
    "podmin",
    "podmien",
    "warunk",
    "feltetel",
    "nosacij",
    "salyg",
    "tingimus",
    "ehto",
    "ehdo",
    "villkor",
    "betingelse",
    "vilkar",
    "pogoj",
    "uvjet",
    "услови",
    "όρο",
    "όροι",
    "προϋποθέσ",
    "kundizz",
];

/// How words for unknown begin.
const UNKNOWN: &[&str] = &[
    "unknown",
    "inconnu",
    "unbekannt",
    "onbekend",
    "desconocid",
    "sconosciut",
    "desconhecid",
    "neznam",
    "nieznan",
    "ismeretlen",
    "nezinam",
    "nezinom",
    "tundmat",
    "tuntemat",
    "okand",
    "ukendt",
    "neznan",
    "nepoznat",
    "necunoscut",
    "неизвест",
    "άγνωστ",
    "maghruf",
];

/// How far before a word its negation may stand.
const REACH: usize = 4;

/// What a text says; nothing where it says none of it for certain.
pub(super) fn statement(text: &str) -> Option<Statement> {
    if text.len() > LONGEST {
        return None;
    }
    match text.rsplit('/').next().unwrap_or(text).trim() {
        "noLimitations" | "nolimitations" => return Some(Statement::Free),
        "noConditionsApply" | "noconditionsapply" => return Some(Statement::NoConditions),
        "conditionsUnknown" | "conditionsunknown" => return Some(Statement::ConditionsUnknown),
        _ => {}
    }
    let words = words(text);
    let has = |stems: &[&str]| words.iter().any(|word| holds(word, stems));
    if words
        .iter()
        .any(|word| EXCEPTIONS.contains(&word.text.as_str()))
    {
        return None;
    }
    let about_access = has(ACCESS);
    if about_access && (is_denied(&words, LIMITS) || invokes_nothing(&words)) {
        return Some(Statement::Free);
    }
    if (about_access || has(&["inspire"]))
        && let Some(letter) = article(&words)
    {
        return Some(Statement::Limited(Some(letter)));
    }
    if let Some(limited) = french_article(&words) {
        return Some(limited);
    }
    if has(CONDITIONS) && !has(LIMITS) && words.len() <= 16 {
        if has(UNKNOWN) {
            return Some(Statement::ConditionsUnknown);
        }
        if is_denied(&words, CONDITIONS) {
            return Some(Statement::NoConditions);
        }
    }
    None
}

/// Whether a word begins with one of some stems, or has it inside (`Zugriffsbeschränkung`).
fn holds(word: &Word, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.text.contains(stem))
}

/// Whether a word of some stems is denied by one shortly before it, in the same clause.
fn is_denied(words: &[Word], stems: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        if !holds(word, stems) {
            return false;
        }
        let mut apart = word.is_apart();
        words
            .get(..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(REACH)
            .any(|before| {
                let denies = !apart && NEGATIONS.contains(&before.text.as_str());
                apart |= before.is_apart();
                denies
            })
    })
}

/// "Aucun des articles de la loi ne peut être invoqué pour justifier d'une restriction d'accès public".
fn invokes_nothing(words: &[Word]) -> bool {
    let starts = words.iter().take(3).map(|word| word.text.as_str());
    starts.eq(["aucun", "des", "articles"]) && words.iter().any(|word| holds(word, LIMITS))
}

/// The letter of article 13(1) that a text names, in any way to write that.
fn article(words: &[Word]) -> Option<char> {
    words.iter().enumerate().find_map(|(at, word)| {
        let first = match word.text.as_str() {
            "13.1" => at,
            "13" => soon(words, at, |word| word.text == "1")?,
            _ => return None,
        };
        let place = soon(words, first, |word| letter(word).is_some())?;
        words.get(place).and_then(letter)
    })
}

/// Where, after at most two words that are no numbers, the one looked for is.
fn soon(words: &[Word], after: usize, wanted: impl Fn(&Word) -> bool) -> Option<usize> {
    for at in after + 1..=after + 3 {
        let word = words.get(at)?;
        if wanted(word) {
            return Some(at);
        }
        if word.text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
    }
    None
}

/// A word that is a letter of article 13(1).
fn letter(word: &Word) -> Option<char> {
    let mut letters = word.text.chars();
    let first = letters.next().filter(|letter| ('a'..='h').contains(letter));
    first.filter(|_| letters.next().is_none())
}

/// The articles of the French code: which letter of article 13(1) each transposes, where it is only one.
fn french_article(words: &[Word]) -> Option<Statement> {
    words.iter().enumerate().find_map(|(at, word)| {
        let number = |offset: usize| words.get(at + offset).map(|word| word.text.as_str());
        if word.text != "l" || number(1) != Some("124") {
            return None;
        }
        let letter = match (number(2)?, number(3), number(4)) {
            ("4", Some("i"), Some("2")) => Some('h'),
            ("4", Some("i"), Some("3")) => Some('g'),
            ("5", Some("ii"), Some("1")) => Some('b'),
            ("5", Some("ii"), Some("2")) => Some('c'),
            ("5", Some("ii"), Some("3")) => Some('e'),
            ("4" | "5", ..) => None,
            _ => return None,
        };
        Some(Statement::Limited(letter))
    })
}
