//! Dates in the forms that portals write: ISO 8601 in full and in its basic form, RFC 1123, days with the
//! month or the day first where only one reading is possible.
//!
//! What is a moment is given in UTC, with the fraction of a second that was sent. A time without a zone is
//! the local time of whoever wrote it: none is invented.

use chrono::{
    DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat,
    TimeDelta, Utc,
};
use oxigraph::model::{Literal, NamedNodeRef};

use crate::rdf::vocab::xsd;

/// Reads a date; none where it is none of the calendar, or can be read in two ways.
#[must_use]
pub fn read_date(value: &str) -> Option<Literal> {
    let value = value.trim();
    if !value.is_ascii() {
        return None;
    }
    if value.contains(',')
        && let Some(at) = rfc1123(value)
    {
        return moment(at);
    }
    let (day, time) = divided(value);
    let Some(time) = time else {
        return date_alone(day);
    };
    let day = whole_day(day)?;
    let (time, offset) = zoned(time.trim());
    let local = clock(day, time.trim_end())?;
    match offset {
        None => local_time(local),
        Some(offset) => {
            let at = local.and_local_timezone(offset?).single()?;
            moment(at.with_timezone(&Utc))
        }
    }
}

fn literal(text: &str, datatype: NamedNodeRef<'_>) -> Literal {
    Literal::new_typed_literal(text, datatype)
}

/// Whether a year has four digits, and the day is not the first of all, which programs write for none.
fn is_plausible(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year()) && (day.year(), day.ordinal()) != (1, 1)
}

fn moment(at: DateTime<Utc>) -> Option<Literal> {
    if !is_plausible(at.date_naive()) {
        return None;
    }
    Some(literal(
        &at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        xsd::DATE_TIME,
    ))
}

fn local_time(at: NaiveDateTime) -> Option<Literal> {
    if !is_plausible(at.date()) {
        return None;
    }
    let text = at.and_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true);
    Some(literal(text.trim_end_matches('Z'), xsd::DATE_TIME))
}

/// `Tue, 14 Apr 2021 11:15:10 GMT`, whose weekday nobody needs and many have wrong.
fn rfc1123(value: &str) -> Option<DateTime<Utc>> {
    let (_, rest) = value.split_once(',')?;
    let at = DateTime::parse_from_rfc2822(rest.trim()).ok()?;
    Some(at.with_timezone(&Utc))
}

/// The day, and the time behind it.
fn divided(value: &str) -> (&str, Option<&str>) {
    let place = value.find(['T', 't', ' ']);
    let parts = place.and_then(|place| Some((value.get(..place)?, value.get(place + 1..)?)));
    match parts {
        Some((day, time)) => (day, Some(time)),
        None => (value, None),
    }
}

/// A time without its zone, and what the zone says, if it has one: none where that is none.
#[expect(clippy::option_option, reason = "no zone, and a zone that is none")]
fn zoned(time: &str) -> (&str, Option<Option<FixedOffset>>) {
    for utc in ["Z", "z", "UTC", "GMT"] {
        if let Some(rest) = time.strip_suffix(utc) {
            return (rest, Some(FixedOffset::east_opt(0)));
        }
    }
    let Some(place) = time.rfind(['+', '-']) else {
        return (time, None);
    };
    let (rest, offset) = time.split_at(place);
    (rest, Some(self::offset(offset)))
}

/// `+02:00`, `+0200`, `+02`.
fn offset(text: &str) -> Option<FixedOffset> {
    let digits: String = text.get(1..)?.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let seconds = number(hours)? * 3600 + number(minutes)? * 60;
    let seconds = i32::try_from(seconds).ok()?;
    if text.starts_with('-') {
        FixedOffset::west_opt(seconds)
    } else {
        FixedOffset::east_opt(seconds)
    }
}

fn number(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.len() < 10 && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// A time of a day: `11:15:10.5`, `11:15`, `111510`, `1115`, `11`; `24:00` is that of the next day.
fn clock(day: NaiveDate, text: &str) -> Option<NaiveDateTime> {
    let (whole, fraction) = text
        .split_once(['.', ','])
        .map_or((text, ""), |(whole, fraction)| (whole, fraction));
    if text.len() > whole.len()
        && (fraction.is_empty() || number(fraction.get(..9).unwrap_or(fraction)).is_none())
    {
        return None;
    }
    let parts: Vec<&str> = if whole.contains(':') {
        whole.split(':').collect()
    } else {
        let pair = |index: usize| whole.get(2 * index..2 * index + 2);
        (0..whole.len().div_ceil(2))
            .map(pair)
            .collect::<Option<_>>()?
    };
    if parts.iter().any(|part| part.len() != 2) {
        return None;
    }
    let parts: Vec<u32> = parts.into_iter().map(number).collect::<Option<_>>()?;
    let (hour, minute, second) = match parts.as_slice() {
        [hour] => (*hour, 0, 0),
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    let nanos = format!("{fraction:0<9}");
    let nanos = number(nanos.get(..9)?)?;
    if (hour, minute, second, nanos) == (24, 0, 0, 0) {
        let next = day.checked_add_signed(TimeDelta::days(1))?;
        return Some(next.and_time(NaiveTime::MIN));
    }
    Some(day.and_time(NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?))
}

/// A day, a month or a year, with a zone or without.
fn date_alone(text: &str) -> Option<Literal> {
    let bare = text.trim_end_matches(['Z', 'z']);
    // `2021-04-14+02:00` has its zone behind the day.
    let (bare, zone) = match bare.char_indices().rev().find(|(_, c)| matches!(c, '+')) {
        Some((place, _)) => bare.split_at(place),
        None => match bare.get(..10).zip(bare.get(10..)) {
            Some((day, zone)) if zone.starts_with('-') => (day, zone),
            _ => (bare, text.get(bare.len()..).unwrap_or_default()),
        },
    };
    let zone = match zone {
        "" => String::new(),
        "Z" | "z" => "Z".to_owned(),
        zone => offset(zone)?.to_string(),
    };
    if let Some(day) = whole_day(bare) {
        if !is_plausible(day) {
            return None;
        }
        return Some(literal(
            &format!("{}{zone}", day.format("%Y-%m-%d")),
            xsd::DATE,
        ));
    }
    if bare.len() == 4 && number(bare)? > 0 {
        return Some(literal(&format!("{bare}{zone}"), xsd::G_YEAR));
    }
    let (year, month) = bare.split_once('-')?;
    let is_month = year.len() == 4
        && number(year)? > 0
        && month.len() == 2
        && (1..=12).contains(&number(month)?);
    is_month.then(|| literal(&format!("{bare}{zone}"), xsd::G_YEAR_MONTH))
}

/// A day of the calendar.
fn whole_day(text: &str) -> Option<NaiveDate> {
    let day = |year: u32, month: u32, day: u32| {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    };
    if text.len() == 8
        && let Some(all) = number(text)
    {
        return day(all / 10_000, all / 100 % 100, all % 100);
    }
    let separator = ['-', '/', '.'].into_iter().find(|c| text.contains(*c))?;
    let parts: Vec<&str> = text.split(separator).collect();
    if let [year, week, weekday] = parts.as_slice()
        && let Some(week) = week.strip_prefix('W')
    {
        let weekday =
            chrono::Weekday::try_from(u8::try_from(number(weekday)?.checked_sub(1)?).ok()?).ok()?;
        return NaiveDate::from_isoywd_opt(
            i32::try_from(number(year)?).ok()?,
            number(week)?,
            weekday,
        );
    }
    if let [year, ordinal] = parts.as_slice()
        && year.len() == 4
        && ordinal.len() == 3
    {
        return NaiveDate::from_yo_opt(i32::try_from(number(year)?).ok()?, number(ordinal)?);
    }
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let is_short = |part: &str| part.len() <= 2;
    if first.len() == 4 && is_short(second) && is_short(third) {
        return day(number(first)?, number(second)?, number(third)?);
    }
    if third.len() != 4 || !is_short(first) || !is_short(second) {
        return None;
    }
    let (year, first, second) = (number(third)?, number(first)?, number(second)?);
    match (first, second) {
        (one, other) if one == other => day(year, one, other),
        (1..=12, 1..=12) => None,
        (_, 1..=12) => day(year, second, first),
        // The month is first only with slashes.
        _ if separator == '/' => day(year, first, second),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(value: &str) -> Option<(String, String)> {
        read_date(value).map(|literal| {
            let datatype = literal.datatype().as_str().to_owned();
            let name = datatype.rsplit('#').next().unwrap_or_default();
            (literal.value().to_owned(), name.to_owned())
        })
    }

    #[test]
    fn dates_are_read_in_the_forms_that_portals_write() {
        let moments = [
            (
                "2024-03-05T10:11:12.345000+02:00",
                "2024-03-05T08:11:12.345Z",
            ),
            ("2024-03-05T10:11:12.345000", "2024-03-05T10:11:12.345"),
            ("2024-03-05 10:11:12", "2024-03-05T10:11:12"),
            ("2021-04-14T11:15+02:00", "2021-04-14T09:15:00Z"),
            ("2021-04-14T11:15", "2021-04-14T11:15:00"),
            ("2021-04-14T11:15Z", "2021-04-14T11:15:00Z"),
            ("2021-04-14T11:15:10+0200", "2021-04-14T09:15:10Z"),
            ("2021-04-14 11:15:10 +02", "2021-04-14T09:15:10Z"),
            ("2021-04-14 11:15:10 UTC", "2021-04-14T11:15:10Z"),
            ("20201117T101500Z", "2020-11-17T10:15:00Z"),
            ("20201117T1015", "2020-11-17T10:15:00"),
            ("2021-04-14T24:00:00", "2021-04-15T00:00:00"),
            ("2021-12-31T24:00Z", "2022-01-01T00:00:00Z"),
            ("Tue, 14 Apr 2021 11:15:10 GMT", "2021-04-14T11:15:10Z"),
            ("14/04/2021 11:15", "2021-04-14T11:15:00"),
        ];
        let others = [
            ("2024-03-05", "2024-03-05", "date"),
            ("20201117", "2020-11-17", "date"),
            ("2021-4-5", "2021-04-05", "date"),
            ("2021/04/05", "2021-04-05", "date"),
            ("25/03/2024", "2024-03-25", "date"),
            ("12/25/2020", "2020-12-25", "date"),
            ("04/04/2020", "2020-04-04", "date"),
            ("14.04.2021", "2021-04-14", "date"),
            ("2021-104", "2021-04-14", "date"),
            ("2021-W15-3", "2021-04-14", "date"),
            ("2021-04-14Z", "2021-04-14Z", "date"),
            ("2021-04-14+0200", "2021-04-14+02:00", "date"),
            ("2021-04-14-05:00", "2021-04-14-05:00", "date"),
            ("2024-03", "2024-03", "gYearMonth"),
            ("2024", "2024", "gYear"),
            ("0800", "0800", "gYear"),
        ];
        let moments = moments.map(|(written, value)| (written, value, "dateTime"));
        for (written, value, datatype) in moments.into_iter().chain(others) {
            let read = dated(written);
            assert_eq!(read, Some((value.into(), datatype.into())), "{written}");
            // What is written is read again as itself.
            assert_eq!(dated(value), read, "{value}");
        }
    }

    #[test]
    fn what_is_no_date_or_has_two_readings_is_none() {
        for bad in [
            "2021-13-45",
            "hier",
            "0000",
            "99999-01-01",
            "2021-00",
            "2021-02-30",
            "2021-02-30T00:00:00Z",
            "06/05/2009",
            "06.05.2009",
            "25.13.2020",
            "12.25.2020",
            "0001-01-01",
            "0001-01-01T00:00:00",
            "R/P1Y",
            "1618391710",
            "2021-04-14T25:00",
            "2021-04-14T24:01",
            "2021-04-14T",
            "2021-04-14T11:15:10.",
            "2021-04-14T11:15+99:99",
            "2021-04T10:00",
            "",
            "2021-04-14é",
        ] {
            assert_eq!(dated(bad), None, "{bad}");
        }
    }
}
