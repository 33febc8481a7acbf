//! The fields of CKAN and DKAN.
//!
//! What a field means does not depend on whether a package has it as such or among its extras, so extras
//! that the tables know are looked at as fields, and JSON in a text as what it holds. Extras that they do
//! not know stay extras.

use std::path::Path as File;

use moisson::config::PortalKind;
use moisson::source;
use serde_json::{Map, Value};

use super::known::{Survey, Verdict};
use super::path::Path;
use super::table::Tables;
use super::{listed, shown, walk};
use crate::support::shared;

/// The shapes of whole records: packages are of several, by their type.
const SHAPES: [&str; 4] = ["datasets", "harvest", "organizations", "showcase"];

/// A record with its shape and where it was found.
struct Met {
    shape: &'static str,
    record: Value,
    place: String,
}

fn tables() -> Tables {
    Tables::of_module("source/kind/ckan", &SHAPES)
}

/// A record as the mapping sees it.
fn seen(shape: &'static str, mut record: Value, place: &str, tables: &Tables) -> Met {
    if let Some(fields) = record.as_object_mut() {
        let extras = match fields.remove("extras") {
            Some(Value::Array(items)) => items.iter().filter_map(extra).collect(),
            Some(Value::Object(extras)) => extras,
            _ => Map::new(),
        };
        let mut unknown = Map::new();
        for (key, value) in extras {
            let path = Path::parse(&key).unwrap_or_default();
            if tables.judge(shape, &path) == Verdict::Forgotten && !is_list(shape, &key, tables) {
                unknown.insert(key, value);
            } else if fields.get(&key).is_none_or(is_blank) {
                fields.insert(key, value);
            }
        }
        fields.insert("extras".to_owned(), Value::Object(unknown));
        fields.values_mut().for_each(open);
    }
    Met {
        shape,
        record,
        place: place.to_owned(),
    }
}

/// Whether the tables know the items of a field, though not the field.
fn is_list(shape: &str, key: &str, tables: &Tables) -> bool {
    let items = Path::parse(&format!("{key}[]"));
    items.is_ok_and(|items| tables.judge(shape, &items) != Verdict::Forgotten)
}

fn extra(item: &Value) -> Option<(String, Value)> {
    let key = item.get("key")?.as_str()?.to_owned();
    Some((key, item.get("value")?.clone()))
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

/// Opens the JSON in texts, in lists and objects too.
fn open(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with(['[', '{']) => {
            let text = text.replace("&quot;", "\"");
            if let Ok(opened) = serde_json::from_str(&text) {
                *value = opened;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(open),
        Value::Object(fields) => fields.values_mut().for_each(open),
        _ => {}
    }
}

fn shape_of(collection: &str, record: &Value) -> &'static str {
    match (collection, record["type"].as_str()) {
        ("organizations", _) => "organizations",
        (_, Some("harvest")) => "harvest",
        (_, Some("showcase")) => "showcase",
        _ => "datasets",
    }
}

/// The records in the files of the sample portal, private and deleted ones too.
fn of_files(tables: &Tables) -> Vec<Met> {
    let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("data/ckan");
    let mut met = Vec::new();
    for (name, collection) in [("packages", "datasets"), ("organizations", "organizations")] {
        let text = std::fs::read(folder.join(format!("{name}.json"))).unwrap();
        let records: Vec<Value> = serde_json::from_slice(&text).unwrap();
        for record in records {
            let shape = shape_of(collection, &record);
            met.push(seen(shape, record, &format!("{name}.json"), tables));
        }
    }
    met
}

/// The records of other people's portals, where they are at hand, each with its portal.
fn of_others(tables: &Tables) -> Vec<(Met, String)> {
    let split = source::of(PortalKind::Ckan).split;
    let mut met = Vec::new();
    for file in shared::files(&["portals/ckan", "suites/ckan"]) {
        for raw in split(&file.body, None).unwrap_or_default().records {
            let record: Value = serde_json::from_slice(&raw.payload).unwrap();
            let shape = shape_of(raw.collection, &record);
            met.push((seen(shape, record, &file.name, tables), file.portal()));
        }
    }
    met
}

#[test]
fn the_mapping_tables_can_be_read() {
    let tables = tables();
    assert!(tables.faults.is_empty(), "\n{}", tables.faults.join("\n"));
    let rows: usize = tables.shapes.values().map(Vec::len).sum();
    assert!(rows > 300, "{rows}");
}

#[test]
fn every_path_of_every_record_is_mapped_or_left_out() {
    let tables = tables();
    let mut survey = Survey::new(&tables);
    for met in of_files(&tables) {
        survey.look(met.shape, walk::json(&met.record), &met.place);
    }
    for (met, portal) in of_others(&tables) {
        survey.look_at(
            met.shape,
            walk::json(&met.record),
            &met.place,
            Some(&portal),
        );
    }
    let forgotten = survey.forgotten();
    assert!(
        forgotten.is_empty(),
        "neither in a table of fields nor left out:\n{}",
        forgotten.join("\n")
    );
}

#[test]
fn every_mapped_field_changes_the_graph() {
    let tables = tables();
    // As the mapping sees it, which is as good a package as the one that was sent.
    let split = |body: &[u8]| -> Vec<(&'static str, Value)> {
        let records = (source::of(PortalKind::Ckan).split)(body, None)
            .unwrap()
            .records;
        let read = records.into_iter().map(|raw| {
            let record: Value = serde_json::from_slice(&raw.payload).unwrap();
            let shape = shape_of(raw.collection, &record);
            (shape, seen(shape, record, "", &tables).record)
        });
        read.collect()
    };
    let describe = |shape: &str, record: &Value| {
        let collection = match shape {
            "organizations" => shape,
            _ => "datasets",
        };
        listed::described(PortalKind::Ckan, collection, record)
    };
    let faults = shown::faults(&tables, "ckan", &SHAPES, &split, &describe);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
