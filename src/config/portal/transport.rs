//! What transport.data.gouv.fr lists and filters by: its API has one list, which it gives whole.

/// The lists that can be harvested.
pub(super) const COLLECTIONS: &[&str] = &["datasets"];

/// Checks one filter and its values.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check_filter(name: &str, _values: &[String]) -> Result<(), String> {
    Err(format!(
        "its API gives its list whole and has no filter, `{name}` neither"
    ))
}
