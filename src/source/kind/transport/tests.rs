//! What describing a dataset never does: fail, or depend on anything but the record.

use serde_json::{Value, json};

use super::{DATASETS, describe};
use crate::source::contract::broken::{pointers, with_context};
use crate::source::contract::{Described, Rejected};

fn described(value: &Value) -> Result<Described, Rejected> {
    with_context(Some("fr"), None, |context| {
        describe(DATASETS, value.to_string().as_bytes(), context)
    })
}

fn complete() -> Value {
    let text = include_str!("../../../../tests/golden/transport/complete/record.json");
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_wrong_type_anywhere_costs_that_field_and_never_the_record() {
    let whole = complete();
    let pointers = pointers(&whole);
    assert!(pointers.len() > 80);
    for pointer in pointers {
        for wrong in [
            json!(7),
            json!({"x": [1]}),
            json!(["a", 2, null]),
            json!("\u{0}"),
        ] {
            let mut record = whole.clone();
            *record.pointer_mut(&pointer).unwrap() = wrong.clone();
            let outcome = described(&record);
            assert!(outcome.is_ok(), "{pointer} = {wrong}: {outcome:?}");
        }
    }
}

#[test]
fn the_check_of_a_conversion_changes_nothing() {
    let graph = |value: &Value| described(value).unwrap().parts[0].graph.clone();
    let mut later = complete();
    let conversion = &mut later["resources"][0]["conversions"]["GeoJSON"];
    conversion["last_check_conversion_is_up_to_date"] = json!("2027-01-01T00:00:00Z");
    later["history"] = json!([]);
    assert_eq!(graph(&later), graph(&complete()));
}

#[test]
fn a_dataset_without_identifier_is_rejected() {
    assert!(matches!(
        described(&json!({"title": "T"})),
        Err(Rejected::NoIdentifier)
    ));
}
