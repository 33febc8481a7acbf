//! Whatever is sent, one field or one record is lost at most.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

#[test]
fn what_must_not_be_listed_is_not_described() {
    for (path, value) in [
        ("/private", json!(true)),
        ("/private", json!("yes")),
        ("/deleted", json!("2024-01-01")),
        ("/archived", json!("2024-01-01")),
    ] {
        let outcome = describe_with(DATASETS, &changed(path, value), None, None);
        assert!(matches!(outcome, Err(Rejected::Hidden(_))), "{path}");
    }
    let nameless = json!({"title": "T"});
    assert_eq!(
        describe_with(DATASETS, &nameless, None, None).unwrap_err(),
        Rejected::NoIdentifier
    );
    assert!(matches!(
        describe_with(DATASETS, &json!([]), None, None),
        Err(Rejected::Unreadable(_))
    ));
}

#[test]
fn a_wrong_type_costs_one_field() {
    for path in [
        "/title",
        "/tags",
        "/resources/0/format",
        "/organization",
        "/spatial",
        "/harvest",
        "/frequency",
    ] {
        let described = dataset(&changed(path, json!(3)));
        let field = path.trim_start_matches('/').replace("/0/", "[0].");
        assert_eq!(
            codes(&described),
            [(Code::FieldUnreadable, field.as_str())],
            "{path}"
        );
        assert!(triples(&described).len() > 15, "{path}");
    }
}

/// Real answers of real portals, where they are at hand: what is JSON is split, and what is a record is
/// described in graphs that can be canonicalised.
#[test]
fn shared_portal_files_convert() {
    let Some(folder) = std::env::var_os("MOISSON_SHARED") else {
        return;
    };
    let folder = std::path::Path::new(&folder).join("portals/udata");
    for entry in std::fs::read_dir(&folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let body = std::fs::read(&path).unwrap_or_default();
        let is_whole = serde_json::from_slice::<Value>(&body)
            .is_ok_and(|value| value.is_object() || value.is_array());
        let split = match split(&body) {
            Ok(split) => split,
            Err(error) => {
                assert!(!is_whole, "{}: {error}", path.display());
                continue;
            }
        };
        for record in split.records {
            let value: Value = serde_json::from_slice(&record.payload).unwrap();
            match describe_with(record.collection, &value, Some("fr"), None) {
                Ok(result) => {
                    for part in result.parts {
                        canonicalise(part.graph.triples()).unwrap();
                        canonicalise(part.graph.origin()).unwrap();
                    }
                }
                Err(Rejected::Hidden(_)) => {}
                Err(Rejected::NoIdentifier) if record.key.is_empty() => {}
                Err(error) => panic!("{} {}: {error}", path.display(), record.key),
            }
        }
    }
}

pub(super) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        "\\PC{0,12}".prop_map(Value::from),
        "(https?://|fr:region:|10\\.)\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("(id|url|type|coordinates|value|name)", inner, 0..4)
                .prop_map(|map| json!(map)),
        ]
    })
}

/// Every place in a JSON value.
pub(super) fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(at, item)| places(item, &format!("{here}/{at}"), found));
        }
        Value::Object(fields) => {
            fields
                .iter()
                .for_each(|(key, item)| places(item, &format!("{here}/{key}"), found));
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_record_is_too_broken(changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..6)) {
        let mut record = whole();
        for (index, value) in changes {
            let mut found = Vec::new();
            places(&record, "", &mut found);
            let place = index.get(&found);
            if let Some(slot) = record.pointer_mut(place) {
                *slot = value;
            }
        }
        if let Ok(described) = describe_with(DATASETS, &record, Some("fr"), None) {
            for part in &described.parts {
                prop_assert!(canonicalise(part.graph.triples()).is_ok());
            }
            let again = describe_with(DATASETS, &record, Some("fr"), None).unwrap();
            prop_assert_eq!(triples(&described), triples(&again));
        }
        let _ = split(record.to_string().as_bytes());
        let _ = describe_with(ORGANIZATIONS, &record, None, None);
    }
}
