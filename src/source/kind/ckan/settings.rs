//! What CKAN lists and filters by, so that a slip in `filter` or `include` is told when the configuration
//! is read and not after a harvest of everything: Solr finds nothing for a field that it does not have.
//!
//! The names are those of the search index (`ckan/config/solr/schema.xml`); `q` and `fq` are texts in
//! Solr's query language.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::crawl::{self, SEARCH};
use super::{DATASETS, ORGANIZATIONS};
use crate::source::contract::{
    Configured, Crawl, Fault, Keys, Site, Start,
    keys::{check_values, find},
};
use crate::source::feed::{self, Asked};

/// What the configuration says of a portal.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Settings {
    pub(super) filter: Filter,
    via: Via,
    /// The environment variable that holds the API key.
    #[serde(skip)]
    pub(super) key: Option<String>,
}

/// What packages must have, in Solr's language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Filter {
    /// The words searched for.
    pub(super) words: Vec<String>,
    /// Clauses, all of which must be met.
    pub(super) clauses: Vec<String>,
}

/// Which interface of a portal is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Via {
    /// The software's own API.
    #[default]
    Api,
    /// The feed that ckanext-dcat serves.
    Dcat,
}

pub(super) fn configure(keys: &mut Keys) -> Result<Arc<dyn Configured>, Fault> {
    let mut filter = Filter::default();
    keys.filters(|name, values| filter.add(name, values))?;
    Ok(Arc::new(Settings {
        filter,
        via: keys.take("via")?.unwrap_or_default(),
        key: keys.take("api_key_env")?,
    }))
}

impl Configured for Settings {
    fn crawl(&self, start: Start<'_>) -> Result<Box<dyn Crawl>, String> {
        if self.via == Via::Dcat {
            return self.feed(start);
        }
        Ok(Box::new(crawl::Crawl::new(self, start)?))
    }

    fn is_searchable(&self, site: &Site) -> bool {
        self.via == Via::Dcat || self.lists(site).contains(&DATASETS)
    }

    fn is_feed(&self) -> bool {
        self.via == Via::Dcat
    }

    fn question(&self) -> Value {
        json!(self)
    }
}

impl Settings {
    /// The lists that are asked for.
    pub(super) fn lists(&self, site: &Site) -> Vec<&'static str> {
        // A filter selects packages: who publishes none of them is not asked for.
        let unsaid = |list: &str| list == DATASETS || self.filter == Filter::default();
        let wanted = |list: &&str| site.names(list).unwrap_or_else(|| unsaid(list));
        let all = [DATASETS, ORGANIZATIONS];
        all.into_iter().filter(wanted).collect()
    }

    /// A crawl of the feed, with the filters as the parameters that it hands on to the search.
    fn feed(&self, start: Start<'_>) -> Result<Box<dyn Crawl>, String> {
        let mut url = start.site.root.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("catalog.ttl");
        }
        for (name, value) in self.filter.parameters() {
            url.query_pairs_mut().append_pair(name, &value);
        }
        let asked = Asked {
            kept: &SEARCH,
            ..Asked::everything(url, start.site.include.clone())
        };
        feed::feed(&asked, start)
    }
}

impl Filter {
    /// The parameters of a search, `q` and `fq`.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let texts = [&self.words, &self.clauses];
        let all = SEARCH.into_iter().zip(texts);
        all.filter(|(_, texts)| !texts.is_empty())
            .map(|(name, texts)| (name, texts.join(" ")))
            .collect()
    }

    /// Adds one filter and its values.
    pub(super) fn add(&mut self, name: &str, values: Vec<String>) -> Result<(), String> {
        let (name, takes) = find("package_search", name, FILTERS)?;
        check(takes, &values)?;
        match name {
            "q" => self.words.extend(values),
            "fq" => {
                let clauses = values.iter().map(|query| format!("+({query})"));
                self.clauses.extend(clauses);
            }
            field => {
                let clauses = values.iter().map(|value| clause(field, value));
                self.clauses.extend(clauses);
            }
        }
        Ok(())
    }
}

/// A clause that asks for a value, as a phrase of Solr's.
fn clause(field: &str, value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("+{field}:\"{escaped}\"")
}

/// What values a filter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Any number of texts, all of which a package must have.
    Several,
    /// One text: a package has one.
    One,
    /// Queries in Solr's language.
    Solr,
}

/// The filters, by name.
const FILTERS: &[(&str, Takes)] = &[
    ("author", Takes::One),
    ("dataset_type", Takes::One),
    ("fq", Takes::Solr),
    ("groups", Takes::Several),
    ("license_id", Takes::One),
    ("organization", Takes::One),
    ("owner_org", Takes::One),
    ("q", Takes::Solr),
    ("res_format", Takes::Several),
    ("tags", Takes::Several),
];

fn check(takes: Takes, values: &[String]) -> Result<(), String> {
    check_values(values)?;
    if takes == Takes::One && values.len() > 1 {
        return Err(
            "all values must be met, and a package has only one; for one of several, write `fq`"
                .to_owned(),
        );
    }
    for value in values {
        if value.chars().any(char::is_control) {
            return Err("a value holds control characters".to_owned());
        }
        if takes == Takes::Solr {
            check_solr(value)?;
        }
    }
    Ok(())
}

/// Refuses what would end the query early, or what CKAN refuses.
fn check_solr(query: &str) -> Result<(), String> {
    if query.contains("{!") {
        return Err(format!(
            "`{query}` has local parameters, which CKAN refuses"
        ));
    }
    let (mut open, mut quoted, mut escaped) = (0_i32, false, false);
    for c in query.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => open += 1,
            ')' if !quoted => open -= 1,
            _ => {}
        }
        if open < 0 {
            break;
        }
    }
    if open != 0 || quoted || escaped {
        return Err(format!(
            "`{query}` has a quote or a parenthesis without its counterpart"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, values: &[&str]) -> Result<(), String> {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Filter::default().add(name, values)
    }

    #[test]
    fn what_the_search_takes_is_taken() {
        for (name, values) in [
            ("tags", &["transport", "vélo \"électrique\""][..]),
            ("organization", &["ville-de-x"]),
            ("fq", &["res_format:(CSV OR JSON)", "-type:\"a) b\""]),
            ("q", &["title:eau"]),
        ] {
            assert_eq!(check(name, values), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_it_would_ignore_or_refuse_is_an_error() {
        for (name, values, why) in [
            ("tag", &["transport"][..], "known: author, dataset_type"),
            ("organization", &["a", "b"], "write `fq`"),
            ("fq", &["a:(b"], "counterpart"),
            ("fq", &["a) OR (b"], "counterpart"),
            ("q", &["\"a"], "counterpart"),
            ("fq", &["{!lucene}a"], "local parameters"),
            ("tags", &["a\nb"], "control characters"),
            ("tags", &[], "needs a value"),
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
