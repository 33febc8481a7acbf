//! What is asked of `package_search`: the configured filter, and for an incremental crawl how new.
//!
//! Values are phrases of Solr's query language, quotes and backslashes escaped; only `fq` and `q` are
//! written in it by the operator.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::source::contract::Plan;
use crate::source::crawl::moment;

/// How much older than the newest known modification what is asked for may be: the index lags.
const MARGIN: TimeDelta = TimeDelta::hours(1);

/// The words that everything has.
const EVERYTHING: &str = "*:*";

/// The parameters of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    /// The configured filter, if any.
    filter: Option<String>,
    /// The words searched for.
    words: String,
    /// The clause that asks for what is new.
    since: Option<String>,
}

impl Query {
    pub(super) fn new(filter: &BTreeMap<String, Vec<String>>, plan: &Plan) -> Self {
        let mut clauses = Vec::new();
        let mut words = Vec::new();
        for (name, values) in filter {
            for value in values {
                match name.as_str() {
                    "q" => words.push(value.clone()),
                    "fq" => clauses.push(format!("+({value})")),
                    field => clauses.push(format!("+{field}:{}", phrase(value))),
                }
            }
        }
        if words.is_empty() {
            words.push(EVERYTHING.to_owned());
        }
        let since = match plan {
            Plan::Incremental { since, .. } => moment(since),
            Plan::Full => None,
        };
        Self {
            filter: (!clauses.is_empty()).then(|| clauses.join(" ")),
            words: words.join(" "),
            since: since.map(|since| {
                let since = (since - MARGIN).format("%Y-%m-%dT%H:%M:%SZ");
                format!("+metadata_modified:[{since} TO *]")
            }),
        }
    }

    /// Whether not everything is asked for.
    pub(super) fn is_filtered(&self) -> bool {
        self.filter.is_some() || self.words != EVERYTHING
    }

    /// The parameters of the configured filter alone.
    pub(super) fn filters(self) -> Vec<(&'static str, String)> {
        let words = (self.words != EVERYTHING).then_some(("q", self.words));
        let clauses = self.filter.map(|filter| ("fq", filter));
        words.into_iter().chain(clauses).collect()
    }

    /// The parameters that do not change from page to page.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let clauses: Vec<&str> = [&self.filter, &self.since]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let mut parameters = vec![("q", self.words.clone()), ("sort", "id asc".to_owned())];
        if !clauses.is_empty() {
            parameters.push(("fq", clauses.join(" ")));
        }
        parameters
    }
}

/// A text as a phrase of Solr's.
fn phrase(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(filter: &[(&str, &[&str])], plan: &Plan) -> String {
        let filter = filter.iter().map(|(name, values)| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            ((*name).to_owned(), values)
        });
        let parameters = Query::new(&filter.collect(), plan).parameters();
        let shown: Vec<_> = parameters
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        shown.join("&")
    }

    #[test]
    fn values_are_escaped_and_all_must_be_met() {
        assert_eq!(asked(&[], &Plan::Full), "q=*:*&sort=id asc");
        assert_eq!(
            asked(
                &[
                    ("organization", &["ville \"x\" \\ y"]),
                    ("tags", &["eau", "vélo OR *"])
                ],
                &Plan::Full
            ),
            r#"q=*:*&sort=id asc&fq=+organization:"ville \"x\" \\ y" +tags:"eau" +tags:"vélo OR *""#
        );
        assert_eq!(
            asked(
                &[("fq", &["type:a OR type:b"]), ("q", &["eau"])],
                &Plan::Full
            ),
            "q=eau&sort=id asc&fq=+(type:a OR type:b)"
        );
    }

    #[test]
    fn an_incremental_crawl_asks_from_an_hour_before_on() {
        let plan = |since: &str| Plan::Incremental {
            since: since.to_owned(),
            known: std::collections::HashMap::new(),
            memory: None,
        };
        for since in ["2024-03-05T10:11:12.345678", "2024-03-05T12:11:12+02:00"] {
            assert_eq!(
                asked(&[("groups", &["g"])], &plan(since)),
                r#"q=*:*&sort=id asc&fq=+groups:"g" +metadata_modified:[2024-03-05T09:11:12Z TO *]"#
            );
        }
        assert_eq!(asked(&[], &plan("yesterday")), "q=*:*&sort=id asc");
    }
}
