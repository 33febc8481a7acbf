//! Records with one part of a wrong type, for the tests of what describing never does: fail for it.

use serde_json::Value;
use url::Url;

use super::Context;
use crate::record::{Base, PortalId};

/// The pointers (RFC 6901) of everything in a record but itself.
pub(in crate::source) fn pointers(record: &Value) -> Vec<String> {
    fn collect(value: &Value, pointer: &str, found: &mut Vec<String>) {
        if !pointer.is_empty() {
            found.push(pointer.to_owned());
        }
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    collect(value, &format!("{pointer}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for (position, value) in items.iter().enumerate() {
                    collect(value, &format!("{pointer}/{position}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(record, "", &mut found);
    found
}

/// Does something with the context of a portal of this language and licence.
pub(in crate::source) fn with_context<T>(
    language: Option<&str>,
    licence: Option<&str>,
    act: impl FnOnce(&Context<'_>) -> T,
) -> T {
    act(&Context {
        base: &Base::new("https://donnees.example.org/").unwrap(),
        portal: &PortalId::new("p").unwrap(),
        root: &Url::parse("https://portail.example.org/").unwrap(),
        language,
        licence,
        vocabularies: crate::vocabulary::Vocabularies::builtin(),
        former: crate::record::Former::NONE,
    })
}
