//! What the API of a udata portal lists and filters by, so that a slip in `filter` or `include` is told
//! when the configuration is read and not after a harvest of everything: udata ignores a parameter that
//! it does not know, and of a repeated one that it does not expect it reads the first value.
//!
//! The names are those of `/api/1/datasets/` (`udata/core/dataset/api.py`).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::crawl;
use crate::source::contract::{
    Configured, Crawl, Fault, Keys, Site, Start,
    keys::{check_values, find},
};

/// What the configuration says of a portal.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Settings {
    pub(super) filter: Filter,
}

/// What datasets must have: each filter with its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Filter(BTreeMap<&'static str, Vec<String>>);

pub(super) fn configure(keys: &mut Keys) -> Result<Arc<dyn Configured>, Fault> {
    let filters = keys.filters(read_filter)?;
    Ok(Arc::new(Settings {
        filter: Filter(filters.into_iter().collect()),
    }))
}

impl Configured for Settings {
    fn crawl(&self, start: Start<'_>) -> Result<Box<dyn Crawl>, String> {
        Ok(Box::new(crawl::Crawl::new(&self.filter, start)?))
    }

    fn is_searchable(&self, _: &Site) -> bool {
        crawl::is_searchable(&self.filter)
    }

    fn question(&self) -> Value {
        json!(self)
    }
}

impl Filter {
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of those that are used.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The values of one.
    pub(super) fn values(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value of one.
    pub(super) fn first(&self, name: &str) -> Option<String> {
        self.values(name).first().cloned()
    }

    /// The value of one that is the only one.
    pub(super) fn alone(&self, name: &str) -> Option<String> {
        (self.0.len() == 1).then(|| self.first(name)).flatten()
    }

    /// The parameters of all; one of several values is a repeated parameter.
    pub(super) fn parameters(&self) -> Vec<(String, String)> {
        let all = self.0.iter().flat_map(|(name, values)| {
            let pair = |value: &String| ((*name).to_owned(), value.clone());
            values.iter().map(pair)
        });
        all.collect()
    }
}

/// What values a filter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Any number of texts, all of which a record must have.
    Several,
    /// One text.
    One,
    /// One identifier: a slug is refused by the API.
    Identifier,
    /// `true` or `false`.
    Truth,
    /// Two days, `2020-01-01-2020-12-31`.
    Period,
}

/// The filters, by name.
const FILTERS: &[(&str, Takes)] = &[
    ("access_type", Takes::One),
    ("badge", Takes::One),
    ("dataservice", Takes::Identifier),
    ("featured", Takes::Truth),
    ("format", Takes::One),
    ("geozone", Takes::One),
    ("granularity", Takes::One),
    ("license", Takes::One),
    ("organization", Takes::Identifier),
    ("organization_badge", Takes::One),
    ("owner", Takes::Identifier),
    ("reuse", Takes::Identifier),
    ("schema", Takes::One),
    ("schema_version", Takes::One),
    ("tag", Takes::Several),
    ("temporal_coverage", Takes::Period),
    ("topic", Takes::Identifier),
];

fn read_filter(name: &str, values: Vec<String>) -> Result<(&'static str, Vec<String>), String> {
    let (name, takes) = find("udata", name, FILTERS)?;
    check_values(&values)?;
    if takes != Takes::Several && values.len() > 1 {
        return Err(
            "udata reads only the first of several values of this filter (it takes several of `tag` \
             alone); write one, or one portal for each"
                .to_owned(),
        );
    }
    for value in &values {
        let (fits, wanted) = match takes {
            Takes::Several | Takes::One => (true, ""),
            Takes::Identifier => (
                is_identifier(value),
                "an identifier of 24 hexadecimal digits, which is what the API takes",
            ),
            Takes::Truth => (["true", "false"].contains(&value.as_str()), "true or false"),
            Takes::Period => (is_period(value), "a period such as 2020-01-01-2020-12-31"),
        };
        if !fits {
            return Err(format!("`{value}` is not {wanted}"));
        }
    }
    Ok((name, values))
}

fn is_identifier(value: &str) -> bool {
    value.len() == 24 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_period(value: &str) -> bool {
    let is_day = |day: &str| chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok();
    value.len() == 21
        && value
            .split_at_checked(10)
            .is_some_and(|(start, end)| is_day(start) && end.strip_prefix('-').is_some_and(is_day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, values: &[&str]) -> Result<(), String> {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        read_filter(name, values).map(drop)
    }

    #[test]
    fn what_the_api_takes_is_taken() {
        for (name, values) in [
            ("tag", &["transport", "vélo"][..]),
            ("organization", &["538d100006b25174e56411ac"]),
            ("temporal_coverage", &["2020-01-01-2020-12-31"]),
            ("featured", &["true"]),
            ("geozone", &["fr:departement:17"]),
        ] {
            assert_eq!(check(name, values), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_it_would_ignore_or_refuse_is_an_error() {
        for (name, values, why) in [
            ("tags", &["transport"][..], "known: access_type, badge"),
            ("badge", &["hvd", "spd"], "only the first"),
            ("organization", &["mairie"], "24 hexadecimal digits"),
            ("temporal_coverage", &["2020"], "a period"),
            ("temporal_coverage", &["2020-01-01-2020-13-31"], "a period"),
            ("featured", &["oui"], "true or false"),
            ("tag", &[], "needs a value"),
            ("tag", &["a", " "], "needs a value"),
        ] {
            let error = check(name, values).unwrap_err();
            assert!(error.contains(why), "{name}: {error}");
        }
    }

    #[test]
    fn filters_are_sorted() {
        assert!(FILTERS.is_sorted_by(|one, other| one.0 < other.0));
    }
}
