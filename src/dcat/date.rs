//! Dates and moments as portals write them, read by one reader for all kinds of portals.
//!
//! A day, a month, a year or a moment in any form of ISO 8601, extended or basic; an HTTP date (RFC 1123); a day
//! with slashes or dots. What is not said is not made up: a moment without a zone has none afterwards, and
//! `05/03/2024`, which is one day in France and another in the United States, is no date.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use oxigraph::model::Literal;

use crate::rdf::vocab::xsd;

/// The largest difference from UTC that XML Schema knows, in minutes.
const FARTHEST: i64 = 14 * 60;

/// What a text says of a time.
enum Said {
    /// A moment, and how far its zone is from UTC where one is said.
    Moment(NaiveDateTime, Option<TimeDelta>),
    /// A day, with its zone as it was written.
    Day(NaiveDate, String),
    /// A month or a year, as it was written.
    Less(Literal),
}

/// Reads a date as xsd:dateTime (in UTC where a zone is said, with the parts of seconds that are), xsd:date,
/// xsd:gYearMonth or xsd:gYear; none where it is no date, or could be two.
#[must_use]
pub fn read_date(value: &str) -> Option<Literal> {
    Some(match said(value.trim())? {
        Said::Moment(at, zone) => {
            let (at, end) = match zone {
                Some(zone) => (at.checked_sub_signed(zone)?, "Z"),
                None => (at, ""),
            };
            if !is_in_range(at.date()) {
                return None;
            }
            let text = at.format("%Y-%m-%dT%H:%M:%S%.f").to_string();
            let text = match text.split_once('.') {
                Some((whole, parts)) => format!("{whole}.{}", parts.trim_end_matches('0')),
                None => text,
            };
            Literal::new_typed_literal(format!("{text}{end}"), xsd::DATE_TIME)
        }
        Said::Day(day, zone) => {
            Literal::new_typed_literal(format!("{}{zone}", day.format("%Y-%m-%d")), xsd::DATE)
        }
        Said::Less(literal) => literal,
    })
}

/// The moment that a text says; where it says no zone, in UTC. For comparing what was read, not for saying it.
#[must_use]
pub fn read_moment(value: &str) -> Option<DateTime<Utc>> {
    match said(value.trim())? {
        Said::Moment(at, zone) => {
            let at = at.checked_sub_signed(zone.unwrap_or_default())?;
            Some(at.and_utc())
        }
        Said::Day(..) | Said::Less(_) => None,
    }
}

/// Whether a date that was read is written as XML Schema has it, but for the zone that is meant, zeros at the
/// end and the letter between day and time.
pub(super) fn is_plain(value: &str, literal: &Literal) -> bool {
    let value = value.trim();
    if literal.datatype() != xsd::DATE_TIME {
        return value == literal.value();
    }
    let is_extended = [(4, "-"), (7, "-"), (13, ":"), (16, ":")]
        .iter()
        .all(|(at, sign)| value.get(*at..at + 1) == Some(sign));
    let rest = value.get(19..).unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let is_zone = matches!(rest, "" | "Z") || rest.len() == 6 && rest.get(3..4) == Some(":");
    is_extended && is_zone && value.get(11..13) != Some("24")
}

fn said(value: &str) -> Option<Said> {
    // The weekday is needed by nobody, and wrong in many.
    if let Some((_, rest)) = value.split_once(',')
        && let Ok(at) = DateTime::parse_from_rfc2822(rest.trim())
    {
        return Some(Said::Moment(at.naive_utc(), Some(TimeDelta::zero())));
    }
    let place = value.find(['T', 't', ' ']);
    let Some((day, time)) = place.and_then(|at| Some((value.get(..at)?, value.get(at + 1..)?)))
    else {
        return day_or_less(value);
    };
    let day = whole_day(day)?;
    let (time, zone) = zone_of(time.trim())?;
    let (time, is_next_day) = time_of(time)?;
    let day = if is_next_day {
        day.checked_add_days(Days::new(1))?
    } else {
        day
    };
    Some(Said::Moment(day.and_time(time), zone))
}

fn day_or_less(value: &str) -> Option<Said> {
    if is_digits(value, 4) && value != "0000" {
        let year = Literal::new_typed_literal(value, xsd::G_YEAR);
        return Some(Said::Less(year));
    }
    if let Some((year, month)) = value.split_once('-')
        && is_digits(year, 4)
        && is_digits(month, 2)
    {
        let is_month = year != "0000" && ("01"..="12").contains(&month);
        return is_month.then(|| Said::Less(Literal::new_typed_literal(value, xsd::G_YEAR_MONTH)));
    }
    if let Some(day) = whole_day(value) {
        return Some(Said::Day(day, String::new()));
    }
    // A day may have a zone, which stays as it is.
    let (day, zone) = value.split_at_checked(10)?;
    let (rest, _) = zone_of(zone).filter(|(_, zone)| zone.is_some())?;
    let is_plain = zone == "Z" || zone.len() == 6;
    (rest.is_empty() && is_plain && day.contains('-'))
        .then(|| Some(Said::Day(whole_day(day)?, zone.to_owned())))?
}

/// A day: `2024-05-01`, `20240501`, `2024/05/01`, `01.05.2024`; `25/12/2024` and `12/25/2024`, which can only be
/// one.
fn whole_day(text: &str) -> Option<NaiveDate> {
    let numbers = |separator: char| {
        let mut parts = text.split(separator);
        let three = [parts.next()?, parts.next()?, parts.next()?];
        let is_number =
            |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        (parts.next().is_none() && three.iter().all(is_number)).then_some(three)
    };
    let day = |year: &str, month: &str, day: &str| {
        let fits = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
        let date =
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        (fits && is_in_range(date)).then_some(date)
    };
    if is_digits(text, 8) {
        return day(text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    }
    if let Some([one, two, three]) = numbers('-') {
        return day(one, two, three);
    }
    if let Some(day) = by_week_or_number(text) {
        return Some(day);
    }
    if let Some([one, two, three]) = numbers('.') {
        return day(three, two, one);
    }
    let [one, two, three] = numbers('/')?;
    if one.len() == 4 {
        return day(one, two, three);
    }
    match (day(three, two, one), day(three, one, two)) {
        (Some(european), Some(american)) if european != american => None,
        (european, american) => european.or(american),
    }
}

/// `2021-W15-3` and `2021-104` (ISO 8601-1:2019, 5.2.3 and 5.2.4).
fn by_week_or_number(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text
        .split_once('-')
        .filter(|(year, _)| is_digits(year, 4))?;
    let year = year.parse().ok()?;
    if is_digits(rest, 3) {
        return NaiveDate::from_yo_opt(year, rest.parse().ok()?);
    }
    let (week, weekday) = rest.strip_prefix('W')?.split_once('-')?;
    if !is_digits(week, 2) || !is_digits(weekday, 1) {
        return None;
    }
    let weekday = weekday.parse::<u8>().ok()?.checked_sub(1)?;
    let weekday = chrono::Weekday::try_from(weekday).ok()?;
    NaiveDate::from_isoywd_opt(year, week.parse().ok()?, weekday)
}

/// A time of day, and whether it is the end of the day (24:00).
fn time_of(text: &str) -> Option<(NaiveTime, bool)> {
    let (whole, parts) = match text.split_once(['.', ',']) {
        Some((whole, parts)) => (whole, Some(parts)),
        None => (text, None),
    };
    let digits: String = match (whole.len(), whole.as_bytes().get(2).copied()) {
        (5, Some(b':')) => whole.split(':').collect(),
        (8, Some(b':')) if whole.get(5..6) == Some(":") => whole.split(':').collect(),
        (4 | 6, _) => whole.to_owned(),
        _ => return None,
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) || (parts.is_some() && digits.len() < 6) {
        return None;
    }
    let number = |at: usize| -> Option<u32> {
        match digits.get(at..at + 2) {
            Some(two) => two.parse().ok(),
            None => Some(0),
        }
    };
    let (hour, minute, second) = (number(0)?, number(2)?, number(4)?);
    let nanoseconds = match parts {
        None => 0,
        Some(parts) => {
            let is_number = !parts.is_empty() && parts.bytes().all(|b| b.is_ascii_digit());
            let nine: String = parts.chars().chain("000000000".chars()).take(9).collect();
            is_number.then(|| nine.parse().ok())??
        }
    };
    if (hour, minute, second, nanoseconds) == (24, 0, 0, 0) {
        return Some((NaiveTime::MIN, true));
    }
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanoseconds).map(|time| (time, false))
}

/// What stands before a zone, and how far the zone is from UTC; none where what looks like a zone is none.
fn zone_of(text: &str) -> Option<(&str, Option<TimeDelta>)> {
    for name in ["Z", "z", "UTC", "GMT"] {
        if let Some(bare) = text.strip_suffix(name) {
            return Some((bare.trim_end(), Some(TimeDelta::zero())));
        }
    }
    let Some(at) = text.rfind(['+', '-']) else {
        return Some((text, None));
    };
    let (bare, zone) = text.split_at_checked(at)?;
    let (sign, zone) = zone.split_at_checked(1)?;
    let (hours, minutes) = match zone.len() {
        2 => (zone, "00"),
        4 => zone.split_at_checked(2)?,
        5 => zone.split_once(':')?,
        _ => return None,
    };
    if !is_digits(hours, 2) || !is_digits(minutes, 2) {
        return None;
    }
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    let signed = if sign == "-" { -total } else { total };
    (minutes < 60 && total <= FARTHEST).then(|| (bare.trim_end(), Some(TimeDelta::minutes(signed))))
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a year has four digits, and the day is not the first of all, which programs write for none.
fn is_in_range(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year()) && (day.year(), day.ordinal()) != (1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(value: &str) -> Option<(String, String)> {
        read_date(value).map(|literal| {
            let datatype = literal.datatype().as_str().to_owned();
            let name = datatype.rsplit('#').next().unwrap_or_default().to_owned();
            (literal.value().to_owned(), name)
        })
    }

    #[test]
    fn dates_are_read_in_the_forms_that_portals_write() {
        for (written, value, datatype) in [
            (
                "2024-03-05T10:11:12.345000+02:00",
                "2024-03-05T08:11:12.345Z",
                "dateTime",
            ),
            (
                "2024-03-05T10:11:12.345000",
                "2024-03-05T10:11:12.345",
                "dateTime",
            ),
            (
                "2024-03-05T10:11:12+0200",
                "2024-03-05T08:11:12Z",
                "dateTime",
            ),
            ("2024-03-05T10:11:12-03", "2024-03-05T13:11:12Z", "dateTime"),
            (
                "2024-03-05 10:11:12 +0200",
                "2024-03-05T08:11:12Z",
                "dateTime",
            ),
            (
                "2024-03-05 10:11:12 UTC",
                "2024-03-05T10:11:12Z",
                "dateTime",
            ),
            ("2024-03-05 10:11:12", "2024-03-05T10:11:12", "dateTime"),
            ("2024-03-05T10:11", "2024-03-05T10:11:00", "dateTime"),
            ("2024-03-05T10:11Z", "2024-03-05T10:11:00Z", "dateTime"),
            ("20240305T101112Z", "2024-03-05T10:11:12Z", "dateTime"),
            ("20240305T1011", "2024-03-05T10:11:00", "dateTime"),
            ("2024-12-31T24:00:00Z", "2025-01-01T00:00:00Z", "dateTime"),
            ("2024-03-05T10:11:12,5", "2024-03-05T10:11:12.5", "dateTime"),
            (
                "Wed, 01 May 2024 10:00:00 GMT",
                "2024-05-01T10:00:00Z",
                "dateTime",
            ),
            ("2024-03-05", "2024-03-05", "date"),
            ("2024-03-05Z", "2024-03-05Z", "date"),
            ("2024-03-05+02:00", "2024-03-05+02:00", "date"),
            ("20240305", "2024-03-05", "date"),
            ("2024/03/05", "2024-03-05", "date"),
            ("05.03.2024", "2024-03-05", "date"),
            ("25/03/2024", "2024-03-25", "date"),
            ("03/25/2024", "2024-03-25", "date"),
            ("05/05/2024", "2024-05-05", "date"),
            ("2021-4-5", "2021-04-05", "date"),
            ("2021-104", "2021-04-14", "date"),
            ("2021-W15-3", "2021-04-14", "date"),
            ("2024-03", "2024-03", "gYearMonth"),
            ("2024", "2024", "gYear"),
        ] {
            assert_eq!(
                dated(written),
                Some((value.into(), datatype.into())),
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_none() {
        for bad in [
            "2021-13-45",
            "hier",
            "0000",
            "0000-00-00",
            "99999-01-01",
            "2021-00",
            "20211301",
            "1714550400",
            "05/03/2024",
            "2021-02-30T00:00:00Z",
            "2024-03-05T24:01:00",
            "2024-03-05T10:11:60Z",
            "2024-03-05T10:11:12+25:00",
            "2024-03-05T10",
            "0001-01-01",
            "0001-01-01T00:00:00+05:00",
            "",
        ] {
            assert_eq!(dated(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_what_xml_schema_does_not_have_is_rewritten() {
        for (written, plain) in [
            ("2024-03-05T10:11:12.345000+02:00", true),
            ("2024-03-05T10:11:12.345000", true),
            ("2024-03-05 10:11:12", true),
            ("2024-03-05T10:11:12Z", true),
            ("2024-03-05T10:11:12+0200", false),
            ("2024-03-05T24:00:00Z", false),
            ("20240305T101112Z", false),
            ("Wed, 01 May 2024 10:00:00 GMT", false),
            ("2024-03-05", true),
            ("25/03/2024", false),
            ("2024", true),
        ] {
            let literal = read_date(written).unwrap();
            assert_eq!(is_plain(written, &literal), plain, "{written}");
        }
    }

    #[test]
    fn moments_are_compared_in_utc() {
        let utc = read_moment("2024-05-01T10:00:00Z");
        assert!(utc.is_some());
        for written in [
            "2024-05-01T12:00:00+02:00",
            "2024-05-01T10:00:00",
            "2024-05-01 10:00:00.000",
        ] {
            assert_eq!(read_moment(written), utc, "{written}");
        }
        assert_eq!(read_moment("1 May 2024"), None);
        assert_eq!(read_moment("2024-05-01"), None);
    }
}
