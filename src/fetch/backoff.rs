//! How long to wait between two attempts.
//!
//! The wait doubles with every attempt and is spread by half either way, so that many clients of
//! one portal do not all come back at once. `Retry-After` is seconds or a date (RFC 9110 §10.2.3).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::header::{HeaderMap, RETRY_AFTER};
use url::Url;

/// The wait after an attempt (counted from 1): `first`, doubled with each further one, between
/// half and one and a half of that as the seed decides, never above `cap`.
pub(super) fn wait(first: Duration, cap: Duration, attempt: u32, seed: u64) -> Duration {
    let doublings = attempt.saturating_sub(1);
    let middle = first
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(cap);
    let per_mille = u32::try_from(500 + seed % 1001).unwrap_or(1000);
    (middle.saturating_mul(per_mille) / 1000).min(cap)
}

/// Makes a seed for [`wait`] that differs between requests, attempts and moments.
pub(super) fn seed(url: &Url, attempt: u32) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut hasher = DefaultHasher::new();
    (url, attempt, now.map_or(0, |now| now.subsec_nanos())).hash(&mut hasher);
    hasher.finish()
}

/// Reads `Retry-After`; a date in the past is no wait, nonsense is `None`.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn waits_double_up_to_the_cap() {
        // 500 is the seed of no spread.
        let waits: Vec<_> = (1..=8)
            .map(|attempt| wait(SECOND, MINUTE, attempt, 500))
            .collect();
        let seconds: Vec<_> = waits.iter().map(Duration::as_secs).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn waits_spread_by_half_either_way() {
        assert_eq!(wait(SECOND, MINUTE, 1, 0), SECOND / 2);
        assert_eq!(wait(SECOND, MINUTE, 1, 1000), SECOND * 3 / 2);
        assert_eq!(wait(SECOND, MINUTE, 1, 1001), SECOND / 2);
    }

    #[test]
    fn no_number_of_attempts_overflows() {
        assert_eq!(wait(SECOND, MINUTE, u32::MAX, u64::MAX).max(MINUTE), MINUTE);
        assert_eq!(
            wait(Duration::MAX, Duration::MAX, 0, 1000),
            Duration::MAX / 1000
        );
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        for (value, expected) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
            ("Sunday, 06-Nov-94 08:50:07 GMT", Some(30)),
            ("Sun Nov  6 08:50:07 1994", Some(30)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("-1", None),
            ("soon", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, value.parse().unwrap());
            let expected = expected.map(Duration::from_secs);
            assert_eq!(retry_after(&headers, now), expected, "{value}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
