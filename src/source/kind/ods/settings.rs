//! What the Explore API of Opendatasoft lists and filters by
//! (<https://help.opendatasoft.com/apis/ods-explore-v2/>), so that a slip in `filter` is told when the
//! configuration is read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::crawl;
use crate::source::contract::{
    Configured, Crawl, Fault, Keys, Start,
    keys::{check_values, find},
};

/// What the configuration says of a portal.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Settings {
    /// `refine` and `exclude`, each as often as it has values.
    pub(super) facets: Vec<(&'static str, String)>,
    /// All of these must be met.
    pub(super) conditions: Vec<String>,
    pub(super) federated: Federated,
    /// The environment variable that holds the API key.
    #[serde(skip)]
    pub(super) key: Option<String>,
}

/// What to do with records that the portal itself took from another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Federated {
    /// Leave them to whoever harvests the other.
    #[default]
    Skip,
    /// Publish them.
    Publish,
}

pub(super) fn configure(keys: &mut Keys) -> Result<Arc<dyn Configured>, Fault> {
    let filters: Vec<_> = keys.filters(read_filter)?.concat();
    let (conditions, facets): (Vec<_>, _) =
        filters.into_iter().partition(|(name, _)| *name == WHERE);
    Ok(Arc::new(Settings {
        facets,
        conditions: conditions.into_iter().map(|(_, text)| text).collect(),
        federated: keys.take("federated")?.unwrap_or_default(),
        key: keys.take("api_key_env")?,
    }))
}

impl Configured for Settings {
    fn crawl(&self, start: Start<'_>) -> Result<Box<dyn Crawl>, String> {
        Ok(Box::new(crawl::Crawl::new(self, start)?))
    }

    fn question(&self) -> Value {
        json!(self)
    }
}

/// Checks one value of a filter.
type Check = fn(&str) -> Result<(), String>;

/// The filter that is no facet.
const WHERE: &str = "where";

/// The filters, by name.
const FILTERS: &[(&str, Check)] = &[
    ("exclude", check_facet),
    ("refine", check_facet),
    (WHERE, check_condition),
];

/// Reads one filter and its values: `refine` and `exclude` take `facet:value`, `where` a condition in
/// the API's query language. All values must be met.
fn read_filter(name: &str, values: Vec<String>) -> Result<Vec<(&'static str, String)>, String> {
    let (name, check) = find("the Explore API", name, FILTERS)?;
    check_values(&values)?;
    values.iter().try_for_each(|value| check(value))?;
    Ok(values.into_iter().map(|value| (name, value)).collect())
}

fn check_facet(value: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_facet = value.split_once(':').is_some_and(|(facet, value)| {
        !facet.is_empty() && facet.chars().all(fits) && !value.trim().is_empty()
    });
    if is_facet {
        return Ok(());
    }
    Err(format!(
        "`{value}` is not a facet and one of its values, such as theme:Transport"
    ))
}

/// Conditions are joined in brackets of ours: one that closes them would mean something else.
fn check_condition(condition: &str) -> Result<(), String> {
    let (mut depth, mut quote) = (0_u32, None);
    for c in condition.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            ('(', None) => depth += 1,
            (')', None) => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Err(format!("`{condition}` closes a bracket too many")),
            },
            _ => {}
        }
    }
    if depth > 0 || quote.is_some() {
        return Err(format!("`{condition}` leaves a bracket or quote open"));
    }
    Ok(())
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
            ("refine", &["theme:Culture, patrimoine", "features:geo"][..]),
            ("exclude", &["publisher:Ville (archives)"]),
            (
                "where",
                &["publisher = \"Ville (archives\" and (records_count > 3)"],
            ),
        ] {
            assert_eq!(check(name, values), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_it_would_not_understand_is_an_error() {
        for (name, values, why) in [
            ("theme", &["Culture"][..], "known: exclude, refine, where"),
            ("refine", &["Culture"], "theme:Transport"),
            ("refine", &["le thème:Culture"], "theme:Transport"),
            ("exclude", &["theme: "], "theme:Transport"),
            ("where", &["records_count > 3) or (1 = 1"], "too many"),
            ("where", &["title = \"a"], "open"),
            ("where", &[], "needs a value"),
        ] {
            let error = check(name, values).unwrap_err();
            assert!(error.contains(why), "{name}: {error}");
        }
    }
}
