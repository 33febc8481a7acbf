//! What CKAN lists and filters by, so that a slip in `filter` or `include` is told when the configuration
//! is read and not after a harvest of everything: Solr finds nothing for a field that it does not have.
//!
//! The names are those of the search index (`ckan/config/solr/schema.xml`); `q` and `fq` are texts in
//! Solr's query language.

use super::filter;

/// The lists that can be harvested, in the order in which a crawl takes them.
pub(super) const COLLECTIONS: &[&str] = &["datasets", "organizations"];

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

/// Checks one filter and its values.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check_filter(name: &str, values: &[String]) -> Result<(), String> {
    let takes = filter::find("package_search", name, FILTERS)?;
    filter::check_values(values)?;
    if *takes == Takes::One && values.len() > 1 {
        return Err(
            "all values must be met, and a package has only one; for one of several, write `fq`"
                .to_owned(),
        );
    }
    for value in values {
        if value.chars().any(char::is_control) {
            return Err("a value holds control characters".to_owned());
        }
        if *takes == Takes::Solr {
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
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        check_filter(name, &values)
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
