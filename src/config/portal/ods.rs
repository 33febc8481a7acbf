//! What the Explore API of Opendatasoft lists and filters by
//! (<https://help.opendatasoft.com/apis/ods-explore-v2/>), so that a slip in `filter` is told when the
//! configuration is read.

use super::filter;

/// The lists that can be harvested.
pub(super) const COLLECTIONS: &[&str] = &["datasets"];

/// Checks one value of a filter.
type Check = fn(&str) -> Result<(), String>;

/// The filters, by name.
const FILTERS: &[(&str, Check)] = &[
    ("exclude", check_facet),
    ("refine", check_facet),
    ("where", check_condition),
];

/// Checks one filter and its values: `refine` and `exclude` take `facet:value`, `where` a condition in
/// the API's query language. All values must be met.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check_filter(name: &str, values: &[String]) -> Result<(), String> {
    let check = filter::find("the Explore API", name, FILTERS)?;
    filter::check_values(values)?;
    values.iter().try_for_each(|value| check(value))
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
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        check_filter(name, &values)
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
