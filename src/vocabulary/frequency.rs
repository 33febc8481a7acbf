//! How often, in words or as a duration: "every 10 minutes", "zweimal pro Jahr", `R/P0.5M`.
//!
//! A frequency is a number, a unit of time and whether the number counts units ("every two months") or
//! times in one unit ("twice a month"). ISO 8601 writes the former as a duration
//! (<https://www.iso.org/standard/70907.html>, with a fraction as DCAT-US has it). A text that has any
//! other word is none. The answer is a code of the EU's list; what that has no code for is unknown.

use super::words::{Word, words};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    Minutes(f64),
    Days(f64),
    Months(f64),
}

/// Units with their names in English, French, German, Spanish, Italian and Dutch, without accents.
const UNITS: &[(Unit, &[&str])] = &[
    (
        Unit::Minutes(1.0),
        &[
            "minute", "minutes", "minuten", "minuto", "minutos", "minuti", "minuut", "min", "mn",
        ],
    ),
    (
        Unit::Minutes(60.0),
        &[
            "hour", "hours", "heure", "heures", "stunde", "stunden", "hora", "horas", "ora", "ore",
            "uur", "uren", "h",
        ],
    ),
    (
        Unit::Days(1.0),
        &[
            "day", "days", "jour", "jours", "tag", "tage", "tagen", "taglich", "dia", "dias",
            "giorno", "giorni", "dag", "dagen", "daily",
        ],
    ),
    (
        Unit::Days(7.0),
        &[
            "week",
            "weeks",
            "semaine",
            "semaines",
            "woche",
            "wochen",
            "wochentlich",
            "semana",
            "semanas",
            "settimana",
            "settimane",
            "weken",
            "weekly",
        ],
    ),
    (
        Unit::Months(1.0),
        &[
            "month",
            "months",
            "mois",
            "monat",
            "monate",
            "monaten",
            "monatlich",
            "mes",
            "meses",
            "mese",
            "mesi",
            "maand",
            "maanden",
            "monthly",
        ],
    ),
    (
        Unit::Months(3.0),
        &[
            "quarter",
            "quarters",
            "trimestre",
            "trimestres",
            "trimestri",
            "quartal",
            "quartale",
            "kwartaal",
            "kwartalen",
        ],
    ),
    (
        Unit::Months(6.0),
        &[
            "semester",
            "semesters",
            "semestre",
            "semestres",
            "semestri",
            "halbjahr",
            "halbjahre",
        ],
    ),
    (
        Unit::Months(12.0),
        &[
            "year", "years", "an", "ans", "annee", "annees", "jahr", "jahre", "jahren", "jahrlich",
            "ano", "anos", "anno", "anni", "jaar", "jaren", "yearly", "annum",
        ],
    ),
];

/// Numbers in words.
const NUMBERS: &[(f64, &[&str])] = &[
    (
        1.0,
        &[
            "one", "un", "une", "ein", "eine", "einen", "einem", "uno", "una", "een",
        ],
    ),
    (
        2.0,
        &["two", "deux", "zwei", "dos", "due", "twee", "second"],
    ),
    (3.0, &["three", "trois", "drei", "tres", "tre", "drie"]),
    (4.0, &["four", "quatre", "vier", "cuatro", "quattro"]),
    (5.0, &["five", "cinq", "funf", "cinco", "cinque", "vijf"]),
    (6.0, &["six", "sechs", "seis", "sei", "zes"]),
    (10.0, &["ten", "dix", "zehn", "diez", "dieci", "tien"]),
    (
        12.0,
        &["twelve", "douze", "zwolf", "doce", "dodici", "twaalf"],
    ),
    (
        15.0,
        &["fifteen", "quinze", "quindici", "quince", "vijftien"],
    ),
    (
        30.0,
        &[
            "thirty", "trente", "dreissig", "treinta", "trenta", "dertig",
        ],
    ),
];

/// Words that make a number count times.
const TIMES: &[&str] = &[
    "times", "time", "fois", "mal", "vez", "veces", "volta", "volte", "keer", "maal", "x",
];

/// A number and "times" in one word.
const COUNTS: &[(f64, &[&str])] = &[
    (1.0, &["once", "einmal", "eenmaal"]),
    (2.0, &["twice", "zweimal", "tweemaal"]),
    (3.0, &["thrice", "dreimal", "driemaal"]),
    (4.0, &["viermal"]),
];

/// Words that say no more.
const FILLERS: &[&str] = &[
    "every", "each", "per", "a", "an", "the", "in", "toutes", "tous", "les", "chaque", "par",
    "tout", "alle", "jede", "jeden", "jedes", "pro", "im", "am", "in", "der", "cada", "al", "a",
    "la", "el", "por", "ogni", "all", "l", "il", "nel", "elke", "iedere", "om", "de", "het",
    "updated", "update",
];

/// The EU's code of a frequency in words or as a duration.
pub(super) fn code(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    duration(text).or_else(|| words_code(&words(text)))
}

/// `P1Y`, `R/P0.5M`, `R5/PT10M`: one component beside which the others are zero.
fn duration(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_uppercase().replace(',', ".");
    let text = match text.strip_prefix('R') {
        Some(rest) => rest
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix('/')?,
        None => &text,
    };
    let mut rest = text.strip_prefix('P')?;
    let mut is_time = false;
    let mut found: Option<(f64, Unit)> = None;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            is_time = true;
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, unit) = rest.split_at_checked(end)?;
        let number: f64 = number.parse().ok()?;
        let mut letters = unit.chars();
        let (number, unit) = match (letters.next()?, is_time) {
            ('Y', false) => (number, Unit::Months(12.0)),
            ('M', false) => (number, Unit::Months(1.0)),
            ('W', false) => (number, Unit::Days(7.0)),
            ('D', false) => (number, Unit::Days(1.0)),
            ('H', true) => (number, Unit::Minutes(60.0)),
            ('M', true) => (number, Unit::Minutes(1.0)),
            ('S', true) => (number / 60.0, Unit::Minutes(1.0)),
            _ => return None,
        };
        rest = letters.as_str();
        if number > 0.0 && found.replace((number, unit)).is_some() {
            return None;
        }
    }
    let (number, unit) = found?;
    every(number, unit)
}

fn words_code(words: &[Word]) -> Option<&'static str> {
    let mut number: Option<f64> = None;
    let mut unit: Option<Unit> = None;
    let mut counts = false;
    for word in words {
        let text = word.text.as_str();
        let is_in = |names: &&[&str]| names.contains(&text);
        if let Some((count, _)) = COUNTS.iter().find(|(_, names)| is_in(names)) {
            counts = true;
            number = once(number, *count)?;
        } else if let Ok(written) = text.parse::<f64>() {
            number = once(number, written)?;
        } else if TIMES.contains(&text) {
            counts = true;
        } else if let Some((named, _)) = NUMBERS.iter().find(|(_, names)| is_in(names))
            && number.is_none()
        {
            number = Some(*named);
        } else if let Some((named, _)) = UNITS.iter().find(|(_, names)| is_in(names))
            && unit.is_none()
        {
            unit = Some(*named);
        } else if !FILLERS.contains(&text) {
            return None;
        }
    }
    // A unit alone is a word of its own, which the alignment has where it is a frequency.
    let (number, unit) = (number.or_else(|| (words.len() > 1).then_some(1.0))?, unit?);
    if counts {
        times(number, unit)
    } else {
        every(number, unit)
    }
}

/// A number, where there was none before.
#[expect(clippy::option_option, reason = "two numbers are not the same as none")]
fn once(before: Option<f64>, number: f64) -> Option<Option<f64>> {
    before.is_none().then_some(Some(number))
}

/// What happens once in so many units.
fn every(number: f64, unit: Unit) -> Option<&'static str> {
    let (table, amount): (&[(f64, &str)], f64) = match unit {
        Unit::Minutes(size) => (
            &[
                (1.0 / 60.0, "UPDATE_CONT"),
                (1.0, "1MIN"),
                (5.0, "5MIN"),
                (10.0, "10MIN"),
                (15.0, "15MIN"),
                (30.0, "30MIN"),
                (60.0, "HOURLY"),
                (120.0, "BIHOURLY"),
                (180.0, "TRIHOURLY"),
                (480.0, "DAILY_3"),
                (720.0, "12HRS"),
                (1_440.0, "DAILY"),
            ],
            number * size,
        ),
        Unit::Days(size) => (
            &[
                (0.5, "DAILY_2"),
                (1.0, "DAILY"),
                (7.0 / 3.0, "WEEKLY_3"),
                (3.5, "WEEKLY_2"),
                (7.0, "WEEKLY"),
                (14.0, "BIWEEKLY"),
                (15.0, "BIWEEKLY"),
                (365.0, "ANNUAL"),
            ],
            number * size,
        ),
        Unit::Months(size) => (
            &[
                (1.0 / 3.0, "MONTHLY_3"),
                (0.5, "MONTHLY_2"),
                (1.0, "MONTHLY"),
                (2.0, "BIMONTHLY"),
                (3.0, "QUARTERLY"),
                (4.0, "ANNUAL_3"),
                (6.0, "ANNUAL_2"),
                (12.0, "ANNUAL"),
                (24.0, "BIENNIAL"),
                (36.0, "TRIENNIAL"),
                (48.0, "QUADRENNIAL"),
                (60.0, "QUINQUENNIAL"),
                (120.0, "DECENNIAL"),
                (240.0, "BIDECENNIAL"),
                (360.0, "TRIDECENNIAL"),
            ],
            number * size,
        ),
    };
    // Thirds are written as 0.33.
    let near = |known: f64| (known - amount).abs() <= known * 0.02;
    let (_, code) = table.iter().find(|(known, _)| near(*known))?;
    Some(code)
}

/// What happens so many times in one unit.
fn times(number: f64, unit: Unit) -> Option<&'static str> {
    let daily = unit == Unit::Days(1.0);
    match unit {
        _ if number <= 0.0 => None,
        // Twice a day is not the same code as every twelve hours.
        Unit::Days(_) if daily && (number - 2.0).abs() < 0.01 => Some("DAILY_2"),
        Unit::Days(_) if daily && (number - 3.0).abs() < 0.01 => Some("DAILY_3"),
        Unit::Days(_) if daily => every(1_440.0 / number, Unit::Minutes(1.0)),
        Unit::Days(size) if (size - 7.0).abs() < 0.01 && (number - 5.0).abs() < 0.01 => {
            Some("WEEKLY_5")
        }
        unit => every(1.0 / number, unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_are_a_number_and_a_unit() {
        for (text, expected) in [
            ("10 minutes", "10MIN"),
            ("every 15 min", "15MIN"),
            ("toutes les 3 heures", "TRIHOURLY"),
            ("Alle zwei Jahre", "BIENNIAL"),
            ("alle 5 Jahre", "QUINQUENNIAL"),
            ("cada 3 meses", "QUARTERLY"),
            ("cada dos años", "BIENNIAL"),
            ("ogni sei mesi", "ANNUAL_2"),
            ("elke 2 weken", "BIWEEKLY"),
            ("every ten years", "DECENNIAL"),
            ("zweimal pro Jahr", "ANNUAL_2"),
            ("2 x jährlich", "ANNUAL_2"),
            ("dos veces al año", "ANNUAL_2"),
            ("tre volte al mese", "MONTHLY_3"),
            ("4 keer per jaar", "QUARTERLY"),
            ("twice a day", "DAILY_2"),
            ("5 fois par semaine", "WEEKLY_5"),
            ("24 times per day", "HOURLY"),
            ("jedes Jahr", "ANNUAL"),
            ("P1Y", "ANNUAL"),
            ("P12M", "ANNUAL"),
            ("R/P0.5M", "MONTHLY_2"),
            ("R/P0.33W", "WEEKLY_3"),
            ("R5/PT10M", "10MIN"),
            ("P0Y0M7DT0H0M0S", "WEEKLY"),
            ("P20Y", "BIDECENNIAL"),
            ("PT1S", "UPDATE_CONT"),
        ] {
            assert_eq!(code(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_has_no_code_or_says_more_is_unknown() {
        for text in [
            "",
            "year",
            "10",
            "P",
            "PT",
            "P7M",
            "P1Y6M",
            "-P1Y",
            "every 7 months",
            "2 or 3 times a year",
            "every year until 2020",
            "seven times",
            "minutes of the council",
            "R/",
            "PX",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
