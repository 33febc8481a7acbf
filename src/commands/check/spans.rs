//! Spans of time and amounts with which nothing can work, and those that are hardly meant.

use std::time::Duration;

use super::Found;
use crate::config::{Config, Span};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const YEAR: Duration = Duration::from_hours(365 * 24);

pub(super) fn look(config: &Config, found: &mut Found) {
    let (harvest, sparql) = (&config.harvest, &config.sparql);
    // What comes of nothing at all, and from where on it is odd.
    let never = [
        (
            "harvest.timeout",
            harvest.timeout,
            "no request can be answered",
            HOUR,
        ),
        (
            "harvest.patience",
            harvest.patience,
            "every portal is given up at its first fault",
            DAY,
        ),
        (
            "harvest.max_time",
            harvest.max_time,
            "no run can begin",
            30 * DAY,
        ),
        (
            "sparql.timeout",
            sparql.timeout,
            "no query can be answered",
            HOUR,
        ),
    ];
    for (key, span, why, odd) in never {
        if span.duration().is_zero() {
            found.wrong(key, &format!("with no time at all {why}"));
        } else {
            long(key, span, odd, found);
        }
    }
    let delays = config
        .portals
        .iter()
        .filter_map(|portal| Some((format!("portal.{}.delay", portal.id), portal.delay?)));
    for (key, span) in delays.chain([
        ("harvest.delay".to_owned(), harvest.delay),
        ("harvest.backoff".to_owned(), harvest.backoff),
    ]) {
        long(&key, span, HOUR, found);
    }
    long(
        "publish.min_interval",
        config.publish.min_interval,
        7 * DAY,
        found,
    );
    long("harvest.grace", harvest.grace, YEAR, found);
    long("harvest.full_every", harvest.full_every, YEAR, found);
    if config.publish.min_interval.duration().is_zero() {
        found.odd("publish.min_interval", "with no time between them, scheduled harvests are published one by one, each with a graph of its own");
    }
    if harvest.full_every.duration().is_zero() {
        found.odd("harvest.full_every", "every run is a full one");
    }
    if harvest.grace.duration().is_zero() {
        found.odd(
            "harvest.grace",
            "what a portal leaves out once is withdrawn at once",
        );
    }
    if harvest.max_download.bytes() == 0 {
        found.wrong("harvest.max_download", "nothing can be downloaded");
    }
    if sparql.quota.seconds_per_minute == 0 {
        found.wrong(
            "sparql.quota.seconds_per_minute",
            "no client may ask anything",
        );
    }
    if sparql.max_rows == 0 || sparql.max_bytes.bytes() == 0 {
        found.wrong(
            "sparql.max_rows, sparql.max_bytes",
            "no query can be answered",
        );
    }
}

fn long(key: &str, span: Span, odd: Duration, found: &mut Found) {
    if span.duration() > odd {
        let hours = span.duration().as_secs() / 3600;
        found.odd(key, &format!("{hours} hours are very long"));
    }
}
