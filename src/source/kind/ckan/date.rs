//! Dates as CKAN and DKAN write them, and the periods that data are about.
//!
//! DKAN 1 writes its dates for people, in the site's language and order, some with a label before them:
//! `mar, 10/12/2019 - 09:23`, `Date changed  Fri, 08/11/2017 - 12:20`. The day of the week tells which of
//! the numbers is the month.

use chrono::{Datelike as _, NaiveDate, Weekday};
use oxigraph::model::NamedNodeRef;

use super::fields::{Fields, Sent};
use crate::dcat::{Describe, read_date};
use crate::rdf::vocab::dct;
use crate::source::value::date::{self, Period};
use crate::source::value::field::Field;

/// Days of the week as DKAN's sites write them, from Monday on: English, French, Spanish, German, Italian,
/// Portuguese and Dutch, with as many letters as tell them apart.
const DAYS: [(&[&str], Weekday); 7] = [
    (&["mon", "lun", "seg", "maa"], Weekday::Mon),
    (&["tue", "mar", "ter", "din", "die"], Weekday::Tue),
    (
        &["wed", "mer", "mié", "mie", "mit", "qua", "woe"],
        Weekday::Wed,
    ),
    (&["thu", "jeu", "jue", "don", "gio", "qui"], Weekday::Thu),
    (&["fri", "ven", "vie", "fre", "sex", "vri"], Weekday::Fri),
    (&["sat", "sam", "sáb", "sab", "zat"], Weekday::Sat),
    (&["sun", "dim", "dom", "son", "zon"], Weekday::Sun),
];

/// Writes the first of several fields that is a date.
pub(super) fn first(
    property: NamedNodeRef<'_>,
    names: &[&str],
    fields: &Fields<'_>,
    about: &mut Describe<'_>,
) {
    for sent in fields.all(names) {
        let Some(text) = sent.text(about.findings()) else {
            continue;
        };
        let text = readable(&text);
        if about.date(property, &text, &sent.field).is_some() {
            return;
        }
    }
}

/// A date that is written for people, as one for programs; any other text as it is.
pub(super) fn readable(text: &str) -> String {
    for_people(text).unwrap_or_else(|| text.to_owned())
}

/// Reads `ven, 08/11/2017 - 12:20`, whatever stands before it.
fn for_people(text: &str) -> Option<String> {
    let (before, time) = text.split_once(" - ")?;
    let (before, numbers) = before.rsplit_once(", ")?;
    let day: String = before
        .split_whitespace()
        .last()?
        .to_lowercase()
        .chars()
        .take(3)
        .collect();
    let weekday = DAYS.iter().find(|(names, _)| names.contains(&day.as_str()));
    let mut numbers = numbers.split('/').map(|n| n.trim().parse::<u32>());
    let (one, other) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let year = i32::try_from(numbers.next()?.ok()?).ok()?;
    let days: Vec<NaiveDate> = [(other, one), (one, other)]
        .into_iter()
        .filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day))
        .collect();
    let fits = |date: &&NaiveDate| weekday.is_some_and(|(_, day)| date.weekday() == *day);
    let date = match days.as_slice() {
        [only] => only,
        both => both.iter().find(fits)?,
    };
    let time = chrono::NaiveTime::parse_from_str(time.trim(), "%H:%M").ok()?;
    Some(format!("{date}T{}", time.format("%H:%M:%S")))
}

/// Writes the dates: what is said of the data counts more than what is said of their description.
pub(super) fn of_package(record: &Fields<'_>, about: &mut Describe<'_>) {
    let stated = |names: &[&str]| record.first(names).is_some();
    let issued = ["issued", "dcat_issued", "release_date"];
    let modified = ["modified", "dcat_modified", "last_modified"];
    let (has_issued, has_modified) = (stated(&issued), stated(&modified));
    let mut found = Vec::new();
    let dates = record.find("dataset-reference-date");
    for sent in dates.into_iter().flat_map(Sent::items) {
        let Some(part) = sent.fields() else {
            sent.unreadable(about.findings());
            continue;
        };
        let property = match part.peek("type") {
            Some("publication") if !has_issued => dct::ISSUED,
            Some("revision") if !has_modified => dct::MODIFIED,
            Some("creation") => dct::CREATED,
            _ => continue,
        };
        if !found.contains(&property) {
            first(property, &["value"], &part, about);
            found.push(property);
        }
    }
    if !found.contains(&dct::CREATED) {
        first(dct::CREATED, &["created"], record, about);
    }
    for (property, names, of_metadata) in [
        (dct::ISSUED, issued, "metadata_created"),
        (dct::MODIFIED, modified, "metadata_modified"),
    ] {
        if !found.contains(&property) {
            let names: Vec<&str> = names.into_iter().chain([of_metadata]).collect();
            first(property, &names, record, about);
        }
    }
}

/// Where a record has one period, as two fields.
const PERIODS: [(&str, &str); 5] = [
    ("temporal_start", "temporal_end"),
    ("temporal_coverage_from", "temporal_coverage_to"),
    ("temporal_coverage-from", "temporal_coverage-to"),
    ("temporal-extent-begin", "temporal-extent-end"),
    ("temporal_coverage_start", "temporal_coverage_end"),
];

/// Writes the periods that data are about.
pub(super) fn periods(fields: &Fields<'_>, about: &mut Describe<'_>) {
    let lists = ["temporal_coverage", "temporals", "temporal"];
    let listed = lists.iter().find_map(|name| fields.find(name));
    if let Some(list) = listed {
        for item in list.items() {
            match item.fields() {
                Some(part) => {
                    let (start, end) = (
                        part.first(&["start", "start_date", "startDate"]),
                        part.first(&["end", "end_date", "endDate"]),
                    );
                    if start.is_some() || end.is_some() {
                        write(start.as_ref(), end.as_ref(), &item.field, about);
                    }
                }
                None => interval(&item, about),
            }
        }
        return;
    }
    for (start, end) in PERIODS {
        let (from, to) = (fields.find(start), fields.find(end));
        if from.is_some() || to.is_some() {
            // ckanext-spatial has lists of one.
            let (from, to) = (only(from), only(to));
            write(from.as_ref(), to.as_ref(), "temporal", about);
            return;
        }
    }
    if let Some(sent) = fields.find("dataset_date") {
        interval(&sent, about);
    }
}

fn only(sent: Option<Sent<'_>>) -> Option<Sent<'_>> {
    sent?.items().pop()
}

fn write(start: Option<&Sent<'_>>, end: Option<&Sent<'_>>, field: &str, about: &mut Describe<'_>) {
    let mut read = |sent: Option<&Sent<'_>>| {
        let text = sent.and_then(|sent| sent.text(about.findings()));
        Field::Value(text.map(|text| readable(&text)).unwrap_or_default())
    };
    let period = Period {
        start: read(start),
        end: read(end),
    };
    date::period(&period, field, about);
}

/// Writes an interval in one text: `2001-01-01/2001-12-31`, or Solr's `[2001-01-01 TO *]`.
fn interval(sent: &Sent<'_>, about: &mut Describe<'_>) {
    let Some(text) = sent.text(about.findings()) else {
        return;
    };
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let parts = bare.split_once(" TO ").or_else(|| bare.split_once('/'));
    let (start, end) = match parts {
        Some(parts) => parts,
        // A year, a month or a day is a period by itself.
        None if read_date(bare).is_some() => (bare, bare),
        None => (bare, ""),
    };
    let side = |text: &str| Field::Value(text.trim().trim_matches('*').to_owned());
    let (start, end) = (side(start), side(end));
    let field = sent.field.clone();
    date::period(&Period { start, end }, &field, about);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_week_tells_day_from_month() {
        for (text, date) in [
            ("mar, 10/12/2019 - 09:23", "2019-12-10T09:23:00"),
            (
                "Date changed\tFri, 08/11/2017 - 12:20",
                "2017-08-11T12:20:00",
            ),
            (
                "Date changed  jeu, 19/12/2019 - 03:00",
                "2019-12-19T03:00:00",
            ),
        ] {
            assert_eq!(readable(text), date);
        }
        for text in [
            "2019-12-10",
            "xyz, 10/12/2019 - 09:23",
            "lun, 10/12/2019 - 09:23",
            " - , ",
        ] {
            assert_eq!(readable(text), text);
        }
    }
}
