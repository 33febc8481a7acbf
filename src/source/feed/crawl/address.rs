//! The address of a feed: as it is configured, to the letter, with the filters as its parameters.

use serde::Serialize;
use url::Url;

use crate::source::contract::Plan;

/// The parameter by which ckanext-dcat's feeds and our own give only what changed since then.
pub(in crate::source) const SINCE: &str = "modified_since";

/// How a feed is asked for.
#[derive(Debug, Clone)]
pub(in crate::source) struct Asked {
    /// Where it stands.
    pub(in crate::source) url: Url,
    /// Which of its lists; all where none is named.
    pub(in crate::source) include: Option<Vec<String>>,
    /// What is added to its address.
    pub(in crate::source) parameters: Vec<Parameter>,
    /// The parameters of its address that the links of its pages may lose.
    pub(in crate::source) kept: &'static [&'static str],
}

/// A parameter of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::source) enum Parameter {
    /// Always the same.
    Fixed(String, String),
    /// The time of the last run: the feed gives what changed since then, where it is asked to.
    SinceLast,
}

impl Asked {
    /// A feed as it stands.
    pub(in crate::source) fn everything(url: Url, include: Option<Vec<String>>) -> Self {
        Self {
            url,
            include,
            parameters: Vec::new(),
            kept: &[],
        }
    }

    /// The address to ask, and whether it gives only what changed.
    pub(super) fn address(&self, plan: &Plan) -> (Url, bool) {
        let mut url = self.url.clone();
        url.set_fragment(None);
        let mut is_partial = false;
        for parameter in &self.parameters {
            match (parameter, plan) {
                (Parameter::Fixed(name, value), _) => {
                    url.query_pairs_mut().append_pair(name, value);
                }
                (Parameter::SinceLast, Plan::Incremental { since, .. }) => {
                    url.query_pairs_mut().append_pair(SINCE, since);
                    is_partial = true;
                }
                (Parameter::SinceLast, Plan::Full) => {}
            }
        }
        (url, is_partial)
    }

    /// Whether the configuration says that the feed gives what changed alone, where it is asked to.
    pub(super) fn tells_changes(&self) -> bool {
        self.parameters.contains(&Parameter::SinceLast)
    }

    /// The parameters of an address that its pages must have: older ckanext-dcat forgets what was searched
    /// for on the second page, and would go on with everything.
    pub(super) fn kept(&self, feed: &Url) -> Vec<(String, String)> {
        let parameters = feed.query_pairs().into_owned();
        parameters
            .filter(|(name, _)| self.kept.contains(&name.as_str()))
            .collect()
    }
}

/// A link to a page, with what it has to keep.
pub(super) fn keeping(mut link: Url, kept: &[(String, String)]) -> Url {
    for (name, value) in kept {
        if !link.query_pairs().any(|(other, _)| other == name.as_str()) {
            link.query_pairs_mut().append_pair(name, value);
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn feed(parameters: &[(&str, &str)]) -> Asked {
        let parameters = parameters.iter().map(|(name, value)| match *name {
            SINCE => Parameter::SinceLast,
            name => Parameter::Fixed(name.to_owned(), (*value).to_owned()),
        });
        let url = Url::parse("https://e.fr/c.ttl?profil=a").unwrap();
        Asked {
            parameters: parameters.collect(),
            ..Asked::everything(url, None)
        }
    }

    fn asked(feed: &Asked, plan: &Plan) -> (String, bool) {
        let (url, is_partial) = feed.address(plan);
        (url.into(), is_partial)
    }

    #[test]
    fn the_address_is_the_configured_one_with_the_filters() {
        assert_eq!(
            asked(&feed(&[]), &Plan::Full).0,
            "https://e.fr/c.ttl?profil=a"
        );
        assert_eq!(
            asked(&feed(&[("q", "eau douce")]), &Plan::Full).0,
            "https://e.fr/c.ttl?profil=a&q=eau+douce"
        );
    }

    #[test]
    fn what_changed_is_asked_for_only_where_the_feed_is_said_to_know_how() {
        let plan = Plan::Incremental {
            since: "2026-01-02T03:04:05+00:00".to_owned(),
            known: HashMap::new(),
            memory: None,
        };
        let (url, is_partial) = asked(&feed(&[("modified_since", "last")]), &plan);
        assert!(
            is_partial && url.contains("modified_since=2026-01-02T03%3A04%3A05"),
            "{url}"
        );
        assert!(!asked(&feed(&[("modified_since", "last")]), &Plan::Full).1);
        assert!(!asked(&feed(&[]), &plan).1);
    }
}
