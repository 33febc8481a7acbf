//! What describing a dataset never does: fail, or depend on anything but the record.

use serde_json::{Value, json};

use super::{DATASETS, describe};
use crate::source::contract::broken::{pointers, with_context};
use crate::source::contract::{Described, Rejected};

fn described(value: &Value) -> Result<Described, Rejected> {
    with_context(None, Some("lov2"), |context| {
        describe(DATASETS, value.to_string().as_bytes(), context)
    })
}

#[test]
fn a_wrong_type_anywhere_costs_that_field_and_never_the_record() {
    let text = include_str!("../../../../tests/golden/ods/complete/record.json");
    let whole: Value = serde_json::from_str(text).unwrap();
    let pointers = pointers(&whole);
    assert!(pointers.len() > 80);
    for pointer in pointers {
        for wrong in [
            json!(7),
            json!({"x": [1]}),
            json!(["a", 2, null]),
            json!("\u{0}"),
            json!(false),
        ] {
            let mut record = whole.clone();
            *record.pointer_mut(&pointer).unwrap() = wrong.clone();
            let outcome = described(&record);
            let is_named =
                !["/dataset_id", "/dataset_uid", "/visibility"].contains(&pointer.as_str());
            assert!(
                outcome.is_ok() || !is_named,
                "{pointer} = {wrong}: {outcome:?}"
            );
        }
    }
}

#[test]
fn exports_are_those_that_a_dataset_can_have() {
    let formats = |more: Value| {
        let mut record = json!({"dataset_id": "d", "has_records": true, "metas": {"default": {}}});
        for (key, value) in more.as_object().unwrap() {
            record[key] = value.clone();
        }
        let described = described(&record).unwrap();
        let text: Vec<String> = described.parts[0]
            .graph
            .triples()
            .iter()
            .filter(|triple| triple.predicate.as_str().ends_with("#downloadURL"))
            .filter_map(|triple| {
                let address = triple.object.to_string();
                Some(address.trim_end_matches('>').rsplit('/').next()?.to_owned())
            })
            .collect();
        text.join(" ")
    };
    let plain = "csv json jsonl jsonld n3 parquet rdfxml turtle xlsx";
    let shapes = "csv fgb geojson gpx json jsonl jsonld kml n3 parquet rdfxml shp turtle xlsx";
    let points = "csv fgb geojson gpx json jsonl jsonld kml n3 ov2 parquet rdfxml shp turtle xlsx";
    for (more, expected) in [
        (json!({}), plain),
        (json!({"features": ["analyze", "timeserie"]}), plain),
        (json!({"features": ["geo"]}), shapes),
        (
            json!({"features": ["geo"], "metas": {"default": {"geometry_types": ["Point"]}}}),
            points,
        ),
        (json!({"has_records": false, "features": ["geo"]}), ""),
        // What was not asked for is not "no data".
        (json!({"has_records": null}), plain),
        (json!({"has_records": "perhaps"}), ""),
        (json!({"data_visible": false}), ""),
    ] {
        assert_eq!(formats(more.clone()), expected, "{more}");
    }
}

#[test]
fn the_address_that_a_portal_calls_itself_by_counts_whatever_it_was_asked_by() {
    let record = |link: Value| json!({"dataset_id": "d e", "metas": {}, "links": link});
    let page = |record: &Value| {
        let described = described(record).unwrap();
        let triples = described.parts[0].graph.triples().iter();
        let mut pages = triples.filter(|t| t.predicate.as_str().ends_with("#landingPage"));
        pages.next().unwrap().object.to_string()
    };
    let own =
        json!([{"rel": "self", "href": "https://data.viorne.example/api/explore/v2.1/catalog"}]);
    assert_eq!(
        page(&record(own)),
        "<https://data.viorne.example/explore/dataset/d%20e/>"
    );
    assert_eq!(
        page(&record(Value::Null)),
        "<https://portail.example.org/explore/dataset/d%20e/>"
    );
}

#[test]
fn what_not_everybody_may_see_is_not_published() {
    for (visibility, hidden) in [
        (json!("domain"), false),
        (json!("public"), false),
        (Value::Null, false),
        (json!("restricted"), true),
        (json!("autre"), true),
        (json!(1), true),
    ] {
        let record = json!({"dataset_id": "d", "visibility": visibility, "metas": {}});
        let is_hidden = matches!(described(&record), Err(Rejected::Hidden(_)));
        assert_eq!(is_hidden, hidden, "{visibility}");
    }
}
