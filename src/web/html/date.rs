//! Dates as people read them, from the lexical forms of xsd:date, xsd:dateTime, xsd:gYearMonth and
//! xsd:gYear. What is none of these is shown as it came, without a machine-readable form.

use chrono::{Datelike as _, NaiveDate};

use super::text::Language;

/// A date: what to show, and what to put into `<time datetime>` where it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// For people: `14 avril 2026`, `April 2026`, `2026`.
    pub(super) shown: String,
    /// For machines; absent where the value is no date.
    pub(super) machine: Option<String>,
    /// What a sentence puts before it, with the space after it: `le `, `en `, nothing in English.
    pub(super) preposition: &'static str,
}

impl Date {
    /// Reads `value`.
    pub(super) fn of(value: &str, language: Language) -> Self {
        let value = value.trim();
        match read(value) {
            Some(parts) => Self {
                shown: parts.shown(language),
                preposition: match (language, parts.day) {
                    (Language::Fr, Some(_)) => "le ",
                    (Language::Fr, None) => "en ",
                    (Language::En, _) => "",
                },
                machine: Some(value.to_owned()),
            },
            None => Self {
                shown: value.to_owned(),
                machine: None,
                preposition: "",
            },
        }
    }

    /// Reads an xsd:dateTime of which the time of day matters too.
    pub(super) fn moment(value: &str, language: Language) -> Self {
        let mut date = Self::of(value, language);
        if date.machine.is_some()
            && let Some(time) = time(value.trim())
        {
            date.shown.push_str(", ");
            date.shown.push_str(&time);
        }
        date
    }

    /// Reads what may be missing; empty is missing.
    pub(super) fn maybe(value: Option<&str>, language: Language) -> Option<Self> {
        value
            .filter(|value| !value.trim().is_empty())
            .map(|value| Self::of(value, language))
    }
}

struct Parts {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
}

impl Parts {
    fn shown(&self, language: Language) -> String {
        let year = self.year;
        let Some(month) = self.month.map(|month| month_name(month, language)) else {
            return year.to_string();
        };
        match (self.day, language) {
            (None, _) => format!("{month} {year}"),
            (Some(1), Language::Fr) => format!("1er {month} {year}"),
            (Some(day), _) => format!("{day} {month} {year}"),
        }
    }
}

/// The day that the source names, in its own time zone: a page must not show the day before.
fn read(value: &str) -> Option<Parts> {
    let day = value.split('T').next()?;
    let dashes = day.bytes().filter(|byte| *byte == b'-').count();
    let digits = |text: &str, long: usize| {
        text.len() == long && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut fields = zoneless(day).split('-');
    let year = fields.next().filter(|year| digits(year, 4))?;
    let mut number = || match fields.next() {
        Some(field) if digits(field, 2) => Some(field.parse::<u32>().ok()),
        Some(_) => None,
        None => Some(None),
    };
    let (month, day) = (number()?, number()?);
    if dashes > 3 || fields.next().is_some() {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.unwrap_or(1), day.unwrap_or(1))?;
    Some(Parts {
        year: date.year(),
        month: month.map(|_| date.month()),
        day: day.map(|_| date.day()),
    })
}

/// Hours and minutes of an xsd:dateTime, with the time zone that it names.
fn time(value: &str) -> Option<String> {
    let (_, time) = value.split_once('T')?;
    let zone = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at_checked(at)?.1,
        None => "",
    };
    let minutes = time.get(..5)?;
    Some(match zone {
        "Z" | "+00:00" => format!("{minutes} UTC"),
        "" => minutes.to_owned(),
        zone => format!("{minutes} UTC{zone}"),
    })
}

/// An xsd:date, xsd:gYearMonth or xsd:gYear without its time zone (`Z`, `+02:00`, `-05:00`).
fn zoneless(day: &str) -> &str {
    let day = day.strip_suffix('Z').unwrap_or(day);
    let offset = day
        .len()
        .checked_sub(6)
        .and_then(|at| day.split_at_checked(at));
    match offset {
        Some((date, zone)) if zone.starts_with(['+', '-']) && zone.contains(':') => date,
        _ => day,
    }
}

fn month_name(month: u32, language: Language) -> &'static str {
    match (month, language) {
        (1, Language::Fr) => "janvier",
        (2, Language::Fr) => "février",
        (3, Language::Fr) => "mars",
        (4, Language::Fr) => "avril",
        (5, Language::Fr) => "mai",
        (6, Language::Fr) => "juin",
        (7, Language::Fr) => "juillet",
        (8, Language::Fr) => "août",
        (9, Language::Fr) => "septembre",
        (10, Language::Fr) => "octobre",
        (11, Language::Fr) => "novembre",
        (_, Language::Fr) => "décembre",
        (1, Language::En) => "January",
        (2, Language::En) => "February",
        (3, Language::En) => "March",
        (4, Language::En) => "April",
        (5, Language::En) => "May",
        (6, Language::En) => "June",
        (7, Language::En) => "July",
        (8, Language::En) => "August",
        (9, Language::En) => "September",
        (10, Language::En) => "October",
        (11, Language::En) => "November",
        (_, Language::En) => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out_in_both_languages() {
        for (value, french, english) in [
            ("2026-04-14", "14 avril 2026", "14 April 2026"),
            ("2026-08-01", "1er août 2026", "1 August 2026"),
            (
                "2026-04-14T23:59:59.9-11:00",
                "14 avril 2026",
                "14 April 2026",
            ),
            (
                "2026-04-14T00:06:27+02:00",
                "14 avril 2026",
                "14 April 2026",
            ),
            ("2026-04-14Z", "14 avril 2026", "14 April 2026"),
            ("2026-04-14-05:00", "14 avril 2026", "14 April 2026"),
            ("2026-12", "décembre 2026", "December 2026"),
            ("2026-02+01:00", "février 2026", "February 2026"),
            ("1789", "1789", "1789"),
            ("0001-01-01", "1er janvier 1", "1 January 1"),
        ] {
            let date = Date::of(value, Language::Fr);
            assert_eq!(date.shown, french, "{value}");
            assert_eq!(
                date.preposition == "le ",
                value.len() > 9 && value != "2026-02+01:00"
            );
            let date = Date::of(value, Language::En);
            assert_eq!(
                (date.shown.as_str(), date.machine.as_deref()),
                (english, Some(value))
            );
        }
    }

    #[test]
    fn a_moment_has_its_time_of_day() {
        for (value, shown) in [
            ("2026-04-14T18:30:05Z", "14 avril 2026, 18:30 UTC"),
            (
                "2026-04-14T18:30:05.25+02:00",
                "14 avril 2026, 18:30 UTC+02:00",
            ),
            ("2026-04-14T18:30:05", "14 avril 2026, 18:30"),
            ("2026-04-14", "14 avril 2026"),
            ("2026-04-14Té", "14 avril 2026"),
        ] {
            assert_eq!(Date::moment(value, Language::Fr).shown, shown, "{value}");
        }
    }

    #[test]
    fn what_is_no_date_is_shown_as_it_came() {
        for odd in [
            "hier",
            "2026-13-01",
            "2026-02-30",
            "14/04/2026",
            "2026-4-1",
            "2026-04-14-1",
            "é",
            "---",
        ] {
            assert_eq!(
                Date::of(odd, Language::Fr),
                Date {
                    shown: odd.to_owned(),
                    machine: None,
                    preposition: ""
                }
            );
        }
        assert_eq!(Date::maybe(Some(" "), Language::Fr), None);
    }
}
