//! What every crawl needs, whatever the portal's software: usable answers, and lists that are whole.

pub(in crate::source) mod answer;
pub(in crate::source) mod listing;
pub(in crate::source) mod watch;

use chrono::{DateTime, NaiveDateTime, Utc};

/// A mark as a moment; portals write some without offset and mean UTC.
pub(in crate::source) fn moment(mark: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(mark)
        .map(|at| at.to_utc())
        .or_else(|_| {
            NaiveDateTime::parse_from_str(mark, "%Y-%m-%dT%H:%M:%S%.f").map(|at| at.and_utc())
        })
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_moments_with_and_without_an_offset() {
        let utc = moment("2024-05-01T10:00:00Z");
        assert!(utc.is_some());
        for mark in [
            "2024-05-01T12:00:00+02:00",
            "2024-05-01T10:00:00",
            "2024-05-01T10:00:00.000",
        ] {
            assert_eq!(moment(mark), utc, "{mark}");
        }
        assert_eq!(moment("1 May 2024"), None);
    }
}
