//! What is not a dataset: whatever is sent, one field or one record is lost at most.

mod community;
mod discussion;
mod origin;
mod reuse;
mod service;
mod topic;

use proptest::prelude::*;

use super::robust::{any_json, places};
use super::*;
use crate::source::kind::udata::{COMMUNITY, DATASERVICES, DISCUSSIONS, REUSES, SOURCES, TOPICS};

/// A record of each collection with everything, to be broken.
fn wholes() -> [(&'static str, Value); 6] {
    [
        (DATASERVICES, service::whole()),
        (REUSES, reuse::whole()),
        (DISCUSSIONS, discussion::whole()),
        (TOPICS, topic::whole()),
        (COMMUNITY, community::whole()),
        (SOURCES, origin::whole()),
    ]
}

fn described(collection: &str, record: &Value) -> Described {
    describe_with(collection, record, Some("fr"), None).unwrap()
}

fn with(mut record: Value, path: &str, value: Value) -> Value {
    *record.pointer_mut(path).unwrap() = value;
    record
}

/// The canonical N-Triples of all parts.
fn everything(described: &Described) -> String {
    let text =
        |part: &crate::source::contract::Part| canonicalise(part.graph.triples()).unwrap().text;
    described.parts.iter().map(text).collect()
}

/// What says that a record must not be listed.
const HIDING: [&str; 6] = [
    "private",
    "deleted",
    "deleted_at",
    "archived",
    "archived_at",
    "validation",
];

#[test]
fn whole_records_leave_no_findings() {
    for (collection, record) in wholes() {
        assert_eq!(codes(&described(collection, &record)), [], "{collection}");
    }
}

#[test]
fn a_record_without_identifier_is_rejected() {
    for (collection, record) in wholes() {
        for bad in [Value::Null, json!(" "), json!(3), json!([])] {
            let mut record = with(record.clone(), "/id", bad);
            record.as_object_mut().unwrap().remove("uri");
            let outcome = describe_with(collection, &record, None, None);
            assert_eq!(outcome.unwrap_err(), Rejected::NoIdentifier, "{collection}");
        }
    }
}

#[test]
fn an_identifier_reaches_into_no_other_iri() {
    for (collection, record) in wholes() {
        let described = described(collection, &with(record, "/id", json!("../dataset/p/d#x")));
        let iri = described.parts[0].graph.iri().as_str();
        let key = iri.rsplit('/').next().unwrap();
        assert!(key.starts_with("x-") && key.len() == 28, "{iri}");
    }
}

#[test]
fn a_wrong_type_costs_one_field() {
    for (collection, record) in wholes() {
        let usual = triples(&described(collection, &record)).len();
        for field in record.as_object().unwrap().keys() {
            if field == "id" || HIDING.contains(&field.as_str()) {
                continue;
            }
            let broken = with(record.clone(), &format!("/{field}"), json!(true));
            let described = described(collection, &broken);
            let message = "left out: it has an unexpected type";
            let unreadable = described.findings.iter();
            let unreadable = unreadable.filter(|f| f.field == *field && f.message == message);
            assert_eq!(unreadable.count(), 1, "{collection} {field}");
            let left = triples(&described).len();
            assert!(left <= usual && left > 3, "{collection} {field}");
        }
    }
}

#[test]
fn broken_dates_are_left_out_and_broken_addresses_repaired() {
    for (collection, record) in wholes() {
        for (field, value) in record.as_object().unwrap() {
            let Some(text) = value.as_str() else { continue };
            let changed = |to: &str| {
                let record = with(record.clone(), &format!("/{field}"), json!(to));
                described(collection, &record)
            };
            let found = |described: &Described, code: Code| {
                codes(described).contains(&(code, field.as_str()))
            };
            if text.contains("T00:00:00") {
                let hier = changed("hier");
                assert!(found(&hier, Code::DateInvalid), "{collection} {field}");
                assert!(!everything(&hier).contains("hier"), "{collection} {field}");
            } else if text.starts_with("https://")
                && !matches!(field.as_str(), "uri" | "self_api_url")
            {
                let spaced = changed("https://e.example/a b|c");
                assert!(found(&spaced, Code::IriRepaired), "{collection} {field}");
                let iri = "<https://e.example/a%20b%7Cc>";
                assert!(everything(&spaced).contains(iri), "{collection} {field}");
                let script = changed("javascript:alert(1)");
                assert!(found(&script, Code::IriInvalid), "{collection} {field}");
                let iri = "<javascript:";
                assert!(!everything(&script).contains(iri), "{collection} {field}");
            }
        }
    }
}

#[test]
fn what_must_not_be_listed_is_not_described() {
    for (collection, record) in wholes() {
        for field in HIDING
            .into_iter()
            .filter(|field| record.get(*field).is_some())
        {
            for bad in [
                json!("2024-01-01T00:00:00"),
                json!(true),
                json!({"state": "refused"}),
            ] {
                if field == "validation" && !bad.is_object() {
                    continue;
                }
                let hidden = with(record.clone(), &format!("/{field}"), bad);
                let outcome = describe_with(collection, &hidden, None, None);
                assert!(
                    matches!(outcome, Err(Rejected::Hidden(_))),
                    "{collection} {field}"
                );
            }
        }
    }
}

#[test]
fn html_is_kept_and_noted() {
    for (collection, field) in [
        (DATASERVICES, "description"),
        (REUSES, "description"),
        (TOPICS, "description"),
        (COMMUNITY, "description"),
        (SOURCES, "description"),
    ] {
        let (_, record) = wholes()
            .into_iter()
            .find(|(name, _)| *name == collection)
            .unwrap();
        let text = "<script>alert(1)</script> **gras**";
        let described = described(collection, &with(record, &format!("/{field}"), json!(text)));
        assert_eq!(
            codes(&described),
            [(Code::MarkupFound, field)],
            "{collection}"
        );
        assert!(everything(&described).contains(text), "{collection}");
    }
}

proptest! {
    #[test]
    fn no_record_is_too_broken(
        which in 0usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..6),
    ) {
        let (collection, mut record) = wholes()[which].clone();
        for (index, value) in changes {
            let mut found = Vec::new();
            places(&record, "", &mut found);
            let place = index.get(&found);
            if let Some(slot) = record.pointer_mut(place) {
                *slot = value;
            }
        }
        if let Ok(described) = describe_with(collection, &record, Some("fr"), None) {
            for part in &described.parts {
                prop_assert!(canonicalise(part.graph.triples()).is_ok());
            }
            let again = describe_with(collection, &record, Some("fr"), None).unwrap();
            prop_assert_eq!(triples(&described), triples(&again));
        }
    }
}
