//! Texts where the context says that an address stands: `"license": "Public Domain"`. A parser would resolve
//! them against the document's address, and nobody could tell them from what is meant to be there.
//!
//! Only what is no address in any reading is made a text again: a sentence, markup, an e-mail address. An
//! empty text says nothing.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

/// Makes texts again of such values in a document whose contexts are in it.
pub(super) fn restore(document: &mut Value) {
    match document {
        Value::Array(items) => items.iter_mut().for_each(restore),
        Value::Object(members) => {
            let mut terms = HashSet::new();
            if let Some(context) = members.get("@context") {
                collect(context, &mut terms);
            }
            if !terms.is_empty() {
                within(members, &terms);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The terms whose values a context takes as addresses.
fn collect(context: &Value, terms: &mut HashSet<String>) {
    match context {
        Value::Array(contexts) => contexts.iter().for_each(|one| collect(one, terms)),
        Value::Object(definitions) => {
            for (term, definition) in definitions {
                let kind = definition.get("@type").and_then(Value::as_str);
                if kind == Some("@id") {
                    terms.insert(term.clone());
                } else {
                    terms.remove(term);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn within(members: &mut Map<String, Value>, terms: &HashSet<String>) {
    for (name, value) in members {
        if name != "@context" {
            restored(value, terms.contains(name), terms);
        }
    }
}

fn restored(value: &mut Value, is_address: bool, terms: &HashSet<String>) {
    match value {
        Value::Object(members) => within(members, terms),
        Value::Array(items) => {
            for item in items {
                restored(item, is_address, terms);
            }
        }
        Value::String(text) if is_address && text.trim().is_empty() => *value = Value::Null,
        Value::String(text) if is_address && is_text(text.trim()) => {
            *value = json!({"@value": text});
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether a text is no address, however it is read.
fn is_text(text: &str) -> bool {
    let begins = |scheme: &&str| {
        let begin = text.get(..scheme.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    let schemes = [
        "http://", "https://", "ftp://", "mailto:", "tel:", "urn:", "www.",
    ];
    if schemes.iter().any(begins) {
        return false;
    }
    let is_mail = text.contains('@') && !text.contains('/') && !text.starts_with('@');
    let is_prose = text.contains(char::is_whitespace)
        && (text.contains("://") || !(text.contains('/') || has_ending(text)));
    text.starts_with('<') || is_mail || is_prose
}

/// Whether a text ends as the name of a file does.
fn has_ending(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && (2..=8).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_texts_where_addresses_are_expected_and_addresses_stay() {
        let address = json!({"@id": "http://purl.org/dc/terms/license", "@type": "@id"});
        let mut document = json!({
            "@context": {"license": address, "title": "http://purl.org/dc/terms/title"},
            "title": "two words",
            "license": [
                "Public Domain", "<p>Terms</p>", "see: http://e.org/terms", "a@e.org", "",
                "CC0-1.0", "http://e.org/a b", "/rel/a b.zip", "a b.zip",
            ],
            "below": {"license": "two words"},
        });
        restore(&mut document);
        let text = |text: &str| json!({"@value": text});
        let expected = json!([
            text("Public Domain"),
            text("<p>Terms</p>"),
            text("see: http://e.org/terms"),
            text("a@e.org"),
            null,
            "CC0-1.0",
            "http://e.org/a b",
            "/rel/a b.zip",
            "a b.zip",
        ]);
        assert_eq!(document["license"], expected);
        assert_eq!(document["below"]["license"], text("two words"));
        assert_eq!(document["title"], json!("two words"));
    }
}
