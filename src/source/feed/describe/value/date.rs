//! Dates that are of their type, that are meant as another, and that are none.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use oxigraph::model::{Literal, NamedNodeRef, Term};

use super::Repaired;
use crate::dcat::read_date;
use crate::finding::Code;
use crate::rdf::vocab::curie;
use crate::rdf::vocab::{dcat, rdf, xsd};

/// Repairs a date.
pub(super) fn repair(literal: &Literal, tell: &mut dyn FnMut(Code, &str, &str)) -> Repaired {
    let value = literal.value().trim();
    let datatype = literal.datatype();
    let is_none = value.starts_with("0001-01-01");
    if value == literal.value() && is_valid(datatype, value) && !is_none {
        return Repaired::Kept;
    }
    let is_untyped = datatype == xsd::STRING || datatype == rdf::LANG_STRING;
    // One that only lacks its type is what it is.
    let types = [xsd::DATE, xsd::DATE_TIME, xsd::G_YEAR, xsd::G_YEAR_MONTH];
    if is_untyped
        && !is_none
        && let Some(meant) = types.into_iter().find(|one| is_valid(*one, value))
    {
        return Repaired::As(vec![Literal::new_typed_literal(value, meant).into()]);
    }
    let Some(read) = read_date(value).filter(|_| is_plausible(value)) else {
        tell(Code::DateInvalid, "left out: it is no date", value);
        return Repaired::Dropped;
    };
    let message = format!("taken as {} {}", curie(read.datatype()), read.value());
    tell(Code::DateInvalid, &message, value);
    Repaired::As(vec![read.into()])
}

/// What a period says that is written as ISO 8601 has it, `START/END`; one of them may be missing.
pub(super) fn period(value: &str) -> Option<Vec<(NamedNodeRef<'static>, Term)>> {
    let (start, end) = value.trim().split_once('/')?;
    let mut said = Vec::new();
    for (property, date) in [(dcat::START_DATE, start), (dcat::END_DATE, end)] {
        if matches!(date.trim(), "" | "..") {
            continue;
        }
        let date = read_date(date.trim()).filter(|_| is_plausible(date))?;
        said.push((property, date.into()));
    }
    (!said.is_empty()).then_some(said)
}

/// Whether a date is one of the calendar that its record can mean.
fn is_plausible(value: &str) -> bool {
    !value.starts_with("0000")
}

/// Whether a value is one of its type, as XML Schema has it.
fn is_valid(datatype: NamedNodeRef<'_>, value: &str) -> bool {
    let (bare, zoned) = without_zone(value);
    let is_day =
        |text: &str| text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if datatype == xsd::DATE {
        is_day(bare)
    } else if datatype == xsd::DATE_TIME {
        bare.split_once('T').is_some_and(|(day, time)| {
            is_day(day) && time.len() >= 8 && {
                let whole = format!("{day}T{time}");
                NaiveDateTime::parse_from_str(&whole, "%Y-%m-%dT%H:%M:%S%.f").is_ok()
                    && (!zoned || DateTime::parse_from_rfc3339(value).is_ok())
            }
        })
    } else if datatype == xsd::G_YEAR {
        digits(bare, 4) && bare != "0000"
    } else if datatype == xsd::G_YEAR_MONTH {
        bare.split_once('-').is_some_and(|(year, month)| {
            digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month)
        })
    } else {
        false
    }
}

/// The value without its offset, and whether it had one.
fn without_zone(value: &str) -> (&str, bool) {
    if let Some(bare) = value.strip_suffix('Z') {
        return (bare, true);
    }
    let zone = value
        .len()
        .checked_sub(6)
        .and_then(|at| value.split_at_checked(at));
    match zone {
        Some((bare, zone))
            if bare.len() > 4
                && zone.starts_with(['+', '-'])
                && zone.get(3..4) == Some(":")
                && zone.bytes().filter(u8::is_ascii_digit).count() == 4 =>
        {
            (bare, true)
        }
        _ => (value, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_a_start_or_an_end_that_is_a_date() {
        for (value, said) in [
            ("2019-01-01/2025-12-31", Some(2)),
            ("2019/2020", Some(2)),
            ("2019-01-01T00:00:00Z/..", Some(1)),
            ("/2020-05", Some(1)),
            ("2019-01-01/P1Y", None),
            ("/", None),
            ("2019", None),
            ("https://e.org/periode", None),
        ] {
            assert_eq!(period(value).map(|said| said.len()), said, "{value}");
        }
    }

    #[test]
    fn dates_are_of_their_type_or_not() {
        for (datatype, value, is) in [
            (xsd::DATE, "2024-02-29", true),
            (xsd::DATE, "2023-02-29", false),
            (xsd::DATE, "2024-02-29+02:00", true),
            (xsd::DATE, "2024-02-29T00:00:00", false),
            (xsd::DATE_TIME, "2024-02-29T10:11:12", true),
            (xsd::DATE_TIME, "2024-02-29T10:11:12.5+01:00", true),
            (xsd::DATE_TIME, "2024-02-29", false),
            (xsd::DATE_TIME, "2024-02-29 10:11:12", false),
            (xsd::G_YEAR, "2024", true),
            (xsd::G_YEAR_MONTH, "2024-13", false),
            (xsd::STRING, "2024-02-29", false),
        ] {
            assert_eq!(is_valid(datatype, value), is, "{value} as {datatype}");
        }
    }
}
