//! What Opendatasoft lists and filters by.

/// The lists that can be harvested.
pub(super) const COLLECTIONS: &[&str] = &["datasets"];

/// Checks one filter and its values.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check_filter(name: &str, _values: &[String]) -> Result<(), String> {
    Err(format!("the Explore API has no filter `{name}`"))
}
