//! What a DCAT feed lists and filters by.
//!
//! A feed's parameters are its own, so that any is taken: they are added to its address. One means
//! something here: `modified_since = ["last"]` says that the feed gives only what changed since then, as
//! those of ckanext-dcat and of this program do.

use super::filter;

/// The lists that can be harvested.
pub(super) const COLLECTIONS: &[&str] = &["catalogues", "datasets", "series", "services"];

/// Checks one filter and its values.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check_filter(name: &str, values: &[String]) -> Result<(), String> {
    if name.trim().is_empty() {
        return Err("a parameter of a feed needs a name".to_owned());
    }
    filter::check_values(values)?;
    let is_since = name == "modified_since";
    if is_since && (values.len() > 1 || values.iter().any(|value| value != "last")) {
        return Err(
            "only \"last\" is known, for what changed since the last run; any other date would hide \
             the rest of the feed"
                .to_owned(),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_parameter_is_taken_and_a_fixed_date_is_not() {
        let check = |name: &str, value: &str| check_filter(name, &[value.to_owned()]);
        assert_eq!(check("q", "eau"), Ok(()));
        assert_eq!(check("modified_since", "last"), Ok(()));
        assert!(check("modified_since", "2020-01-01").is_err());
        assert!(check("q", " ").is_err() && check("", "x").is_err());
    }
}
