//! Dates and times of XML Schema (xsd:date, xsd:dateTime) as the dictionary holds them: microseconds at
//! fixed width, in the order of time, with a code from which the usual lexical forms are written.
//!
//! What does not fit (finer fractions, distant years) is kept as text among the other literals.

use oxsdatatypes::{Date as XsdDate, DateTime, Decimal};

const DATE_TIME: u16 = 1 << 14;
const DIGITS: u16 = 11;
const ZONE: u16 = (1 << 11) - 1;
/// Added to minutes of a zone that is written with a sign.
const SHIFT: i64 = 842;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// A date, or a date with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Microseconds since 1970 in UTC; as if in UTC where there is no zone.
    pub micros: i64,
    /// Whether it has a time: xsd:dateTime rather than xsd:date.
    pub has_time: bool,
    /// Minutes east of Greenwich, where a zone is given.
    pub zone: Option<i16>,
}

impl Moment {
    /// The year, month and day where it was said.
    #[must_use]
    pub fn civil(&self) -> (i64, u8, u8) {
        let local = self.micros + i64::from(self.zone.unwrap_or(0)) * MINUTE;
        civil(local.div_euclid(DAY))
    }
}

/// A date as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) micros: i64,
    /// Type, digits of the fraction and zone; see `docs/FROZEN.md`.
    pub(super) code: u16,
}

impl Stored {
    /// Reads a lexical form of xsd:dateTime or xsd:date; none where it is to be kept as text.
    pub(super) fn parse(text: &str, has_time: bool) -> Option<Self> {
        usual(text.as_bytes(), has_time).or_else(|| {
            if has_time {
                unusual(&text.parse().ok()?)
            } else {
                unusual_date(text.parse().ok()?)
            }
        })
    }

    /// Type and zonedness: what moments must share to be comparable without doubt.
    pub(super) fn class(self) -> u8 {
        u8::from(self.code & DATE_TIME != 0) << 1 | u8::from(self.code & ZONE != 0)
    }

    pub(super) fn has_time(self) -> bool {
        self.code & DATE_TIME != 0
    }

    pub(super) fn moment(self) -> Moment {
        let zone = match i64::from(self.code & ZONE) {
            0 => None,
            1 => Some(0),
            zone => i16::try_from(zone - SHIFT).ok(),
        };
        Moment {
            micros: self.micros,
            has_time: self.has_time(),
            zone,
        }
    }

    /// The usual lexical form.
    pub(super) fn canonical(self) -> String {
        use std::fmt::Write as _;
        let moment = self.moment();
        let local = self.micros + i64::from(moment.zone.unwrap_or(0)) * MINUTE;
        let (year, month, day) = civil(local.div_euclid(DAY));
        let mut text = format!("{year:04}-{month:02}-{day:02}");
        if self.has_time() {
            let time = local.rem_euclid(DAY);
            let (hour, minute) = (time / (60 * MINUTE), time / MINUTE % 60);
            let second = time / SECOND % 60;
            let _ = write!(text, "T{hour:02}:{minute:02}:{second:02}");
            let digits = u32::from(self.code >> DIGITS & 7);
            if digits > 0 {
                let fraction = time % SECOND / 10i64.pow(6u32.saturating_sub(digits));
                let _ = write!(
                    text,
                    ".{fraction:0width$}",
                    width = usize::try_from(digits).unwrap_or(6)
                );
            }
        }
        match (self.code & ZONE, moment.zone) {
            (1, _) => text.push('Z'),
            (_, Some(zone)) => {
                let sign = if zone < 0 { '-' } else { '+' };
                let _ = write!(text, "{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60);
            }
            _ => {}
        }
        text
    }
}

/// Days since 1970 of a date of the proleptic Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970.
fn civil(day: i64) -> (i64, u8, u8) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (
        year,
        u8::try_from(month).unwrap_or_default(),
        u8::try_from(day).unwrap_or_default(),
    )
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |value, byte| {
        byte.is_ascii_digit()
            .then(|| value * 10 + i64::from(byte - b'0'))
    })
}

/// The zone at the end of a lexical form: its code, and its minutes.
fn zone(text: &[u8]) -> Option<(u16, i64)> {
    match text {
        [] => Some((0, 0)),
        [b'Z'] => Some((1, 0)),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
            let total = hours * 60 + minutes;
            let is_usual = minutes < 60 && total <= 14 * 60 && !(*sign == b'-' && total == 0);
            let total = if *sign == b'-' { -total } else { total };
            is_usual.then(|| (u16::try_from(total + SHIFT).unwrap_or_default(), total))
        }
        _ => None,
    }
}

/// Reads the forms that [`Stored::canonical`] writes, and no others.
fn usual(text: &[u8], has_time: bool) -> Option<Stored> {
    let (date, rest) = text.split_at_checked(10)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else {
        return None;
    };
    let year = digits(&[*y1, *y2, *y3, *y4])?;
    let (month, day) = (digits(&[*m1, *m2])?, digits(&[*d1, *d2])?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if year == 0 || !(1..=length).contains(&day) {
        return None;
    }
    let mut micros = days(year, month, day) * DAY;
    let mut code = 0;
    let rest = if has_time {
        let (time, rest) = rest.split_at_checked(9)?;
        let [b'T', h1, h2, b':', m1, m2, b':', s1, s2] = time else {
            return None;
        };
        let (hour, minute) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
        let second = digits(&[*s1, *s2])?;
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        micros += (hour * 60 + minute) * MINUTE + second * SECOND;
        code |= DATE_TIME;
        match rest.strip_prefix(b".") {
            None => rest,
            Some(rest) => {
                let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let (fraction, rest) = rest.split_at_checked(count)?;
                if !(1..=6).contains(&count) {
                    return None;
                }
                let count = u32::try_from(count).ok()?;
                micros += digits(fraction)? * 10i64.pow(6 - count);
                code |= u16::try_from(count).ok()? << DIGITS;
                rest
            }
        }
    } else {
        rest
    };
    let (zone, minutes) = zone(rest)?;
    Some(Stored {
        micros: micros - minutes * MINUTE,
        code: code | zone,
    })
}

/// Dates whose form is unusual: their values are oxsdatatypes' affair, their forms are kept beside.
fn unusual(value: &DateTime) -> Option<Stored> {
    let second = i128::from_be_bytes(value.second().to_be_bytes());
    let micro = i128::from_be_bytes(Decimal::new(1, 6).ok()?.to_be_bytes());
    if second % micro != 0 {
        return None;
    }
    let time = (i64::from(value.hour()) * 60 + i64::from(value.minute())) * MINUTE
        + i64::try_from(second / micro).ok()?;
    let zone = value
        .timezone_offset()
        .map(|zone| i64::from(i16::from_be_bytes(zone.to_be_bytes())));
    moment(
        (value.year(), value.month(), value.day()),
        time,
        zone,
        DATE_TIME,
    )
}

fn unusual_date(value: XsdDate) -> Option<Stored> {
    let zone = value
        .timezone_offset()
        .map(|zone| i64::from(i16::from_be_bytes(zone.to_be_bytes())));
    moment((value.year(), value.month(), value.day()), 0, zone, 0)
}

fn moment(date: (i64, u8, u8), time: i64, zone: Option<i64>, kind: u16) -> Option<Stored> {
    let (year, month, day) = date;
    if !(-200_000..=200_000).contains(&year) {
        return None;
    }
    let micros =
        days(year, i64::from(month), i64::from(day)) * DAY + time - zone.unwrap_or(0) * MINUTE;
    let zone = zone.map_or(Some(0), |zone| u16::try_from(zone + SHIFT).ok())?;
    Some(Stored {
        micros,
        code: kind | zone,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_forms_come_back_to_the_letter() {
        for text in [
            "2024-02-29T23:59:59Z",
            "0001-01-01T00:00:00",
            "9999-12-31T00:00:00.5+14:00",
            "1969-12-31T23:59:59.000001-05:30",
            "2024-01-01T00:00:00+00:00",
            "2024-01-01T00:00:00.120000",
        ] {
            let stored = usual(text.as_bytes(), true).expect(text);
            assert_eq!(stored.canonical(), text);
            let value: DateTime = text.parse().unwrap();
            assert_eq!(unusual(&value).unwrap().micros, stored.micros, "{text}");
        }
        for text in ["2024-02-29", "1900-03-01Z", "2024-06-30-02:00"] {
            let stored = usual(text.as_bytes(), false).expect(text);
            assert_eq!(stored.canonical(), text);
            assert_eq!(
                unusual_date(text.parse().unwrap()).unwrap().micros,
                stored.micros
            );
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "2023-02-29T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-01-01",
            "",
            "x",
        ] {
            assert_eq!(Stored::parse(text, true), None, "{text}");
        }
        for text in ["2023-02-29", "2024-01-01T00:00:00Z", "2024-1-1"] {
            assert_eq!(Stored::parse(text, false), None, "{text}");
        }
    }

    #[test]
    fn unusual_forms_have_their_value() {
        let midnight = Stored::parse("2024-01-01T24:00:00Z", true).unwrap();
        let next = Stored::parse("2024-01-02T00:00:00Z", true).unwrap();
        assert_eq!(midnight.micros, next.micros);
        let long = Stored::parse("2024-01-01T00:00:00.1230000Z", true).unwrap();
        assert_eq!(
            long.micros,
            Stored::parse("2024-01-01T00:00:00.123Z", true)
                .unwrap()
                .micros
        );
        assert_eq!(Stored::parse("2024-01-01T00:00:00.1234567Z", true), None);
    }
}
