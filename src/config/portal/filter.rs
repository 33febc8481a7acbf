//! What a filter of any portal must be: one that the portal's software has, with values.

/// Finds what is known of a filter; an error with the names of all of them where `software` has none of
/// this name.
pub(super) fn find<'a, T>(
    software: &str,
    name: &str,
    filters: &'a [(&str, T)],
) -> Result<&'a T, String> {
    let found = filters.iter().find(|(known, _)| *known == name);
    found.map(|(_, takes)| takes).ok_or_else(|| {
        let known: Vec<_> = filters.iter().map(|(known, _)| *known).collect();
        format!(
            "{software} has no filter `{name}`; known: {}",
            known.join(", ")
        )
    })
}

/// Refuses a filter without values.
pub(super) fn check_values(values: &[String]) -> Result<(), String> {
    if values.is_empty() || values.iter().any(|value| value.trim().is_empty()) {
        return Err("a filter needs a value, and none may be empty".to_owned());
    }
    Ok(())
}
