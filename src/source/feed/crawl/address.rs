//! The address of a feed: as it is configured, to the letter, with the filters as its parameters.

use url::Url;

use crate::config::{Portal, PortalKind};
use crate::source::contract::Plan;

/// The parameter by which ckanext-dcat's feeds and our own give only what changed since then.
const SINCE: &str = "modified_since";

/// The value of it that stands for the last run.
const LAST: &str = "last";

/// The address to ask, and whether it gives only what changed: where the configuration says that the
/// feed knows how, by `filter.modified_since = ["last"]`.
pub(super) fn address(portal: &Portal, mut url: Url, plan: &Plan) -> (Url, bool) {
    url.set_fragment(None);
    let mut is_partial = false;
    let mut parameters: Vec<(String, String)> = Vec::new();
    for (name, values) in &portal.filter {
        for value in values {
            if name == SINCE && value == LAST {
                if let Plan::Incremental { since, .. } = plan {
                    parameters.push((name.clone(), since.clone()));
                    is_partial = true;
                }
            } else {
                parameters.push((name.clone(), value.clone()));
            }
        }
    }
    if !parameters.is_empty() {
        url.query_pairs_mut().extend_pairs(parameters);
    }
    (url, is_partial)
}

/// Whether the configuration says that the feed gives what changed alone, where it is asked to.
pub(super) fn tells_changes(portal: &Portal) -> bool {
    let since = portal.filter.get(SINCE);
    since.is_some_and(|values| values.iter().any(|value| value == LAST))
}

/// The parameters that the links of a CKAN portal may lose: older ckanext-dcat forgets what was searched for
/// on the second page, and would go on with everything.
pub(super) fn kept(portal: &Portal, feed: &Url) -> Vec<(String, String)> {
    if portal.kind != PortalKind::Ckan {
        return Vec::new();
    }
    let parameters = feed.query_pairs().into_owned();
    parameters
        .filter(|(name, _)| name == "q" || name == "fq")
        .collect()
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
    use crate::record::PortalId;
    use std::collections::HashMap;

    fn portal(filter: &[(&str, &str)]) -> Portal {
        let id = PortalId::new("p").unwrap();
        let mut portal = Portal::new(id, PortalKind::Dcat, "https://e.fr/c.ttl?profil=a");
        for (name, value) in filter {
            portal
                .filter
                .insert((*name).to_owned(), vec![(*value).to_owned()]);
        }
        portal
    }

    fn asked(portal: &Portal, plan: &Plan) -> (String, bool) {
        let (url, is_partial) = address(portal, Url::parse(&portal.url).unwrap(), plan);
        (url.into(), is_partial)
    }

    #[test]
    fn the_address_is_the_configured_one_with_the_filters() {
        assert_eq!(
            asked(&portal(&[]), &Plan::Full).0,
            "https://e.fr/c.ttl?profil=a"
        );
        assert_eq!(
            asked(&portal(&[("q", "eau douce")]), &Plan::Full).0,
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
        let (url, is_partial) = asked(&portal(&[("modified_since", "last")]), &plan);
        assert!(
            is_partial && url.contains("modified_since=2026-01-02T03%3A04%3A05"),
            "{url}"
        );
        assert!(!asked(&portal(&[("modified_since", "last")]), &Plan::Full).1);
        assert!(!asked(&portal(&[]), &plan).1);
    }
}
