//! What a portal measures of its records, as measurements of the quality graph ([`crate::dcat::quality`]).
//!
//! # Fields of `quality`
//!
//! | field | becomes |
//! |---|---|
//! | `score` | measurement of `score` |
//! | `license`, `temporal_coverage`, `spatial`, `update_frequency` | `licence-stated`, `temporal-coverage-stated`, `spatial-coverage-stated`, `frequency-stated` |
//! | `update_fulfilled_in_time`, `dataset_description_quality` | `updated-in-time`, `description-sufficient` |
//! | `has_resources`, `has_open_format`, `all_resources_available`, `resources_documentation` | `resources-present`, `open-format-present`, `resources-available`, `resources-documented` |
//!
//! # Fields of `metrics`
//!
//! | field | becomes |
//! |---|---|
//! | `views`, `followers`, `reuses`, `discussions`, `datasets`, `dataservices`, `members` | measurement of the same name |
//! | `resources_downloads`, `resource_downloads` | `downloads` |
//! | `discussions_open` | `open-discussions` |
//!
//! # Left out of `metrics`
//!
//! | field | why |
//! |---|---|
//! | `nb_hits`, `nb_uniq_visitors`, `nb_visits` | counters of a tool that portals no longer run: always 0 or 1 |
//! | `cow_score`, `cow_criticals`, `cow_errors`, `cow_warnings` | a checker that is gone since 2018 |
//! | `badges`, `issues` | of versions before udata 3; badges are data, issues were discussions |
//! | `dataset_views`, `reuse_views`, `permitted_reuses`, `dataset_followers` | sums over the organization's datasets and reuses |
//! | `resources`, `dataservices_downloads`, `datasets_by_months.*` | sums and series that follow from the records |

use chrono::SecondsFormat;
use serde_json::{Map, Value};

use super::extras::{Extras, short};
use crate::dcat::Describe;
use crate::dcat::quality::{Metric, Scale};
use crate::dcat::read_moment;
use crate::finding::Code;
use crate::record::Base;
use crate::source::value::field::Field;

/// Fields of `quality` and the metrics that they are values of.
const QUALITY: &[(&str, &str)] = &[
    ("score", "score"),
    ("license", "licence-stated"),
    ("temporal_coverage", "temporal-coverage-stated"),
    ("spatial", "spatial-coverage-stated"),
    ("update_frequency", "frequency-stated"),
    ("update_fulfilled_in_time", "updated-in-time"),
    ("dataset_description_quality", "description-sufficient"),
    ("has_resources", "resources-present"),
    ("has_open_format", "open-format-present"),
    ("all_resources_available", "resources-available"),
    ("resources_documentation", "resources-documented"),
];

/// Fields of `metrics`.
const METRICS: &[(&str, &str)] = &[
    ("views", "views"),
    ("resources_downloads", "downloads"),
    ("resource_downloads", "downloads"),
    ("reuses", "reuses"),
    ("followers", "followers"),
    ("discussions", "discussions"),
    ("discussions_open", "open-discussions"),
    ("dataservices", "dataservices"),
    ("datasets", "datasets"),
    ("members", "members"),
];

/// Keys of a resource's `extras`: what the link checker and the validator found.
const CHECKS: &[(&str, &str)] = &[
    ("check:available", "available"),
    ("check:status", "http-status"),
    ("check:date", "checked-at"),
    ("validation-report:valid_resource", "schema-valid"),
    ("validation-report:nb_errors", "schema-errors"),
    ("validation-report:errors_count", "schema-errors"),
];

/// Writes the `quality` of a record.
pub(super) fn quality(
    sent: &Field<Map<String, Value>>,
    field: &str,
    base: &Base,
    about: &mut Describe<'_>,
) {
    table(sent, field, QUALITY, base, about);
}

/// Writes the `metrics` of a record.
pub(super) fn metrics(
    sent: &Field<Map<String, Value>>,
    field: &str,
    base: &Base,
    about: &mut Describe<'_>,
) {
    table(sent, field, METRICS, base, about);
}

/// Writes what robots of the portal found out about a resource.
pub(super) fn checks(extras: &Extras<'_>, base: &Base, about: &mut Describe<'_>) {
    all(
        CHECKS,
        |key| extras.value(key),
        |key| extras.at(key),
        base,
        about,
    );
}

fn table(
    sent: &Field<Map<String, Value>>,
    field: &str,
    names: &[(&str, &str)],
    base: &Base,
    about: &mut Describe<'_>,
) {
    let Some(map) = sent.read(field, about.findings()) else {
        return;
    };
    let value = |key: &str| map.get(key).filter(|value| !value.is_null());
    all(names, value, |key| format!("{field}.{key}"), base, about);
}

fn all<'a>(
    names: &[(&str, &str)],
    value: impl Fn(&str) -> Option<&'a Value>,
    at: impl Fn(&str) -> String,
    base: &Base,
    about: &mut Describe<'_>,
) {
    let mut last = "";
    for (key, name) in names {
        let (Some(value), Some(metric)) = (value(key), Metric::named(name)) else {
            continue;
        };
        // Two spellings of one thing: the first counts.
        if last == *name {
            continue;
        }
        last = name;
        match read(value, metric.scale) {
            Some(value) => {
                about.measure(metric, &value, base);
            }
            None => about.find(
                Code::FieldUnreadable,
                &at(key),
                "not measured: it has an unexpected value",
                &short(value),
            ),
        }
    }
}

/// A value as the lexical form of its scale.
fn read(value: &Value, scale: Scale) -> Option<String> {
    match scale {
        Scale::Truth => value.as_bool().map(|truth| truth.to_string()),
        Scale::Count => value.as_u64().map(|count| count.to_string()),
        Scale::Share => value
            .as_f64()
            .filter(|share| (0.0..=1.0).contains(share))
            // Sums of ninths and the like differ in their last digits from one run to the next.
            .map(|share| format!("{:?}", (share * 10_000.0).round() / 10_000.0)),
        Scale::Moment => {
            let at = read_moment(value.as_str()?)?;
            Some(at.to_rfc3339_opts(SecondsFormat::Secs, true))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_read_by_their_scale() {
        for (value, scale, read_as) in [
            (json!(true), Scale::Truth, Some("true")),
            (json!("yes"), Scale::Truth, None),
            (json!(12), Scale::Count, Some("12")),
            (json!(-1), Scale::Count, None),
            (json!(0.777_777_777_8), Scale::Share, Some("0.7778")),
            (json!(1), Scale::Share, Some("1.0")),
            (json!(3), Scale::Share, None),
            (
                json!("2026-09-04T23:20:52.852000+02:00"),
                Scale::Moment,
                Some("2026-09-04T21:20:52Z"),
            ),
            (json!("2026-09-04"), Scale::Moment, None),
        ] {
            assert_eq!(read(&value, scale).as_deref(), read_as, "{value}");
        }
    }

    #[test]
    fn every_field_has_a_metric() {
        for (key, name) in QUALITY.iter().chain(METRICS).chain(CHECKS) {
            assert!(Metric::named(name).is_some(), "{key}");
        }
    }
}
