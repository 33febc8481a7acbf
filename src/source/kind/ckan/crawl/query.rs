//! What is asked of `package_search`: the configured filter, and for an incremental crawl how new.
//!
use chrono::TimeDelta;

use crate::dcat::read_moment;
use crate::source::contract::Plan;
use crate::source::kind::ckan::settings::Filter;

/// How much older than the newest known modification what is asked for may be: the index lags.
const MARGIN: TimeDelta = TimeDelta::hours(1);

/// The parameters of a search: words, and clauses.
pub(in super::super) const SEARCH: [&str; 2] = [WORDS, CLAUSES];
const WORDS: &str = "q";
const CLAUSES: &str = "fq";

/// The words that everything has.
const EVERYTHING: &str = "*:*";

/// The parameters of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    /// The configured filter.
    filter: Filter,
    /// The clause that asks for what is new.
    since: Option<String>,
}

impl Query {
    pub(super) fn new(filter: &Filter, plan: &Plan) -> Self {
        let since = match plan {
            Plan::Incremental { since, .. } => read_moment(since),
            Plan::Full => None,
        };
        Self {
            filter: filter.clone(),
            since: since.map(|since| {
                let since = (since - MARGIN).format("%Y-%m-%dT%H:%M:%SZ");
                format!("+metadata_modified:[{since} TO *]")
            }),
        }
    }

    /// Whether not everything is asked for.
    pub(super) fn is_filtered(&self) -> bool {
        self.filter != Filter::default()
    }

    /// The parameters that do not change from page to page.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let clauses = self.filter.clauses.iter().chain(&self.since);
        let clauses: Vec<&str> = clauses.map(String::as_str).collect();
        let words = match self.filter.words.join(" ") {
            none if none.is_empty() => EVERYTHING.to_owned(),
            words => words,
        };
        let mut parameters = vec![(WORDS, words), ("sort", "id asc".to_owned())];
        if !clauses.is_empty() {
            parameters.push((CLAUSES, clauses.join(" ")));
        }
        parameters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(filters: &[(&str, &[&str])], plan: &Plan) -> String {
        let mut filter = Filter::default();
        for (name, values) in filters {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            filter.add(name, values).unwrap();
        }
        let parameters = Query::new(&filter, plan).parameters();
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
