//! The JSON-LD contexts that are known without asking anybody.
//!
//! A context decides what a document says, so one fetched while harvesting would let whoever answers
//! rewrite a catalogue; and catalogues name few. Those here (`vocabularies/context/`) are written for
//! this program and have the terms that catalogues use. Of an unknown one the terms of DCAT-AP are taken
//! in its place, under the names that its own context gives them: a finding on every record of the document.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::rdf::iri::{encode, mailto};

/// Parts of a context's address, without scheme and letter case, and what it is taken for.
const KNOWN: &[(&str, &str)] = &[
    ("project-open-data.cio.gov/v1.1/", POD),
    ("project-open-data.github.io", POD),
    ("dcat-us", POD),
    ("schema.org", SCHEMA),
    ("www.w3.org/ns/hydra/", HYDRA),
    ("semiceu.github.io/dcat-ap/", DCAT_AP),
    ("semiceu.github.io/geodcat-ap/", DCAT_AP),
    ("raw.githubusercontent.com/semiceu/", DCAT_AP),
    ("www.w3.org/ns/dcat", DCAT_AP),
    ("data.europa.eu/r5r", DCAT_AP),
    // udata: <portal>/api/1/site/context.jsonld
    ("/api/1/site/context.jsonld", DCAT_AP),
    // Documents of this program.
    ("/context.jsonld", DCAT_AP),
];

const POD: &str = include_str!("../../vocabularies/context/project-open-data.jsonld");
const SCHEMA: &str = include_str!("../../vocabularies/context/schema-org.jsonld");
const HYDRA: &str = include_str!("../../vocabularies/context/hydra.jsonld");
const DCAT_AP: &str = include_str!("../../vocabularies/context/dcat-ap.jsonld");

/// The context at an address.
fn known(address: &str) -> Option<Value> {
    let lower = address.to_ascii_lowercase();
    let place = lower
        .split_once("://")
        .map_or(lower.as_str(), |(_, rest)| rest);
    KNOWN
        .iter()
        .find(|(part, _)| place.contains(part))
        .map(|(_, text)| parsed(text))
}

fn parsed(text: &str) -> Value {
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    document.get("@context").cloned().unwrap_or_default()
}

/// The most contexts that are put in the place of their addresses: each is a thousand times as long.
const MOST: u32 = 2_000;

/// The longest text in a context, in bytes: every name in the document can repeat it.
const LONGEST: usize = 1 << 10;

/// Puts contexts in the place of their addresses, everywhere in a document.
/// The addresses of those that are not known are given; and how many contexts were one too many.
pub(super) fn inline(value: &mut Value, unknown: &mut BTreeSet<String>) -> u32 {
    let mut inlining = Inlining {
        unknown,
        left: MOST,
        passed: 0,
    };
    inlining.value(value);
    inlining.passed
}

struct Inlining<'u> {
    unknown: &'u mut BTreeSet<String>,
    left: u32,
    passed: u32,
}

impl Inlining<'_> {
    fn value(&mut self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Value::Object(object) => {
                if let Some(context) = object.get_mut("@context") {
                    self.replace(context);
                }
                for (key, value) in object.iter_mut() {
                    if key != "@context" {
                        self.value(value);
                    }
                }
            }
            _ => {}
        }
    }

    fn replace(&mut self, context: &mut Value) {
        match context {
            Value::String(_) if self.left == 0 => {
                self.passed += 1;
                // What holds around it goes on.
                *context = json!({});
            }
            Value::String(address) => {
                self.left -= 1;
                *context = known(address).unwrap_or_else(|| {
                    self.unknown.insert(address.clone());
                    parsed(DCAT_AP)
                });
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.replace(item)),
            Value::Object(object) => {
                object.values_mut().for_each(|term| self.shorten(term));
                if let Some(Value::String(base)) = object.get_mut("@base") {
                    *base = encode(base).into_owned();
                }
                // One that imports another: what is imported comes before it.
                let imported = object.remove("@import");
                if let Some(Value::String(address)) = imported {
                    let mut first = Value::String(address);
                    self.replace(&mut first);
                    *context = Value::Array(vec![first, context.take()]);
                }
            }
            _ => {}
        }
    }

    /// Leaves out what is too long of a term's definition.
    fn shorten(&mut self, term: &mut Value) {
        match term {
            Value::String(text) if text.len() > LONGEST => {
                self.passed += 1;
                *term = Value::Null;
            }
            Value::Object(object) => object.values_mut().for_each(|term| self.shorten(term)),
            _ => {}
        }
    }
}

/// Gives a document without a context the one that it is written for, where that is plain: a `data.json`
/// (Project Open Data, DCAT-US), which is JSON to its writers.
pub(super) fn assume(document: &mut Map<String, Value>, notes: &mut Vec<String>) {
    if document.contains_key("@context") || document.contains_key("@graph") {
        return;
    }
    let is_catalogue = document.get("dataset").is_some_and(Value::is_array)
        || document.get("catalog").is_some_and(Value::is_array);
    if is_catalogue {
        notes.push("the JSON names no context, that of Project Open Data was taken".to_owned());
        document.insert("@context".to_owned(), parsed(POD));
        document
            .entry("@type")
            .or_insert_with(|| Value::String("dcat:Catalog".to_owned()));
        complete(document);
    }
}

/// What a `data.json` leaves to whoever reads it: its datasets say `@type` only since version 1.1, and
/// not all of them; an address of mail need not be an IRI, and a licence may be a word, which is none.
pub(super) fn complete(document: &mut Map<String, Value>) {
    if let Some(Value::String(licence)) = document.get("license")
        && !licence.contains(':')
    {
        let word = json!({"@value": licence});
        document.insert("license".to_owned(), word);
    }
    if let Some(Value::Object(contact)) = document.get_mut("contactPoint")
        && let Some(Value::String(mail)) = contact.get_mut("hasEmail")
        && mail.contains('@')
        && !mail.contains(':')
    {
        *mail = mailto(mail);
    }
    for (list, class) in [
        ("dataset", "dcat:Dataset"),
        ("distribution", "dcat:Distribution"),
        ("service", "dcat:DataService"),
        ("catalog", "dcat:Catalog"),
    ] {
        let Some(items) = document.get_mut(list) else {
            continue;
        };
        let items = match items {
            Value::Array(items) => items.iter_mut().collect(),
            one => vec![one],
        };
        for item in items {
            if let Value::Object(item) = item {
                item.entry("@type")
                    .or_insert_with(|| Value::String(class.to_owned()));
                complete(item);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_context_is_json_and_says_something() {
        for text in [POD, SCHEMA, HYDRA, DCAT_AP] {
            assert!(
                parsed(text)
                    .as_object()
                    .is_some_and(|terms| terms.len() > 5)
            );
        }
    }

    #[test]
    fn known_contexts_are_put_in_place_and_others_told() {
        let mut unknown = BTreeSet::new();
        let mut document = json!({
            "@context": ["https://schema.org/", {"@language": "fr"}],
            "x": {"@context": "https://ailleurs.example.org/context.json"}
        });
        assert_eq!(inline(&mut document, &mut unknown), 0);
        assert_eq!(document["@context"][0]["@vocab"], "http://schema.org/");
        assert_eq!(document["@context"][1]["@language"], "fr");
        assert_eq!(document["x"]["@context"]["title"], "dct:title");
        let told: Vec<&String> = unknown.iter().collect();
        assert_eq!(told, ["https://ailleurs.example.org/context.json"]);
    }

    #[test]
    fn contexts_do_not_make_a_document_a_thousand_times_as_long() {
        let one = json!({"@context": "https://schema.org/"});
        let mut document = json!(vec![one; 5_000]);
        assert_eq!(inline(&mut document, &mut BTreeSet::new()), 3_000);
        assert_eq!(document[4_999]["@context"], json!({}));
        let mut long = json!({"@context": {"a": "x".repeat(2_000), "b": {"@id": "http://e/b"}}});
        assert_eq!(inline(&mut long, &mut BTreeSet::new()), 1);
        assert_eq!(
            long,
            json!({"@context": {"a": null, "b": {"@id": "http://e/b"}}})
        );
    }

    #[test]
    fn a_data_json_is_known_by_its_shape() {
        let mut document = json!({"dataset": [{"title": "T", "distribution": [{}]}]});
        assume(document.as_object_mut().unwrap(), &mut Vec::new());
        assert_eq!(document["dataset"][0]["@type"], "dcat:Dataset");
        assert_eq!(
            document["dataset"][0]["distribution"][0]["@type"],
            "dcat:Distribution"
        );
        let mut other = json!({"features": []});
        assume(other.as_object_mut().unwrap(), &mut Vec::new());
        assert_eq!(other, json!({"features": []}));
    }
}
