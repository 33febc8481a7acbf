//! What must not be listed, whatever the record says beside. What cannot be read counts as private: a
//! mistake in that direction publishes nothing.

use serde_json::Value;

use crate::source::contract::Rejected;
use crate::source::value::field::Field;

/// Refuses what is private, or is said to be deleted or archived by any value.
pub(super) fn refuse(
    private: &Field<bool>,
    deleted: &Field<Value>,
    archived: &Field<Value>,
) -> Result<(), Rejected> {
    if private.is_sent() && private.peek() != Some(&false) {
        return Err(Rejected::Hidden("private"));
    }
    if deleted.is_sent() {
        return Err(Rejected::Hidden("deleted"));
    }
    if archived.is_sent() {
        return Err(Rejected::Hidden("archived"));
    }
    Ok(())
}
