//! A portal of any size, made of the bundled packages: each is repeated under other identifiers.

use serde_json::{Value, json};

use super::data::{Records, is_listed, text};

/// Extras and fields that name a dataset everywhere: repeated ones would be taken for one.
const NAMES: [&str; 8] = [
    "uri",
    "dcat_uri",
    "guid",
    "identifier",
    "alternate_identifier",
    "doi",
    "harvest_dataset_url",
    "inspire_identifier",
];

/// So many packages, made of the listed datasets among `records`.
pub(super) fn of(records: &Records, datasets: usize, seed: u64) -> Records {
    let models: Vec<&Value> = records
        .packages
        .iter()
        .filter(|package| is_listed(package) && text(package, "type") == "dataset")
        .collect();
    let packages = (0..datasets)
        .zip(models.iter().cycle())
        .map(|(number, model)| one(model, number, seed))
        .collect();
    Records {
        packages,
        organizations: records.organizations.clone(),
    }
}

fn one(model: &Value, number: usize, seed: u64) -> Value {
    let mut package = model.clone();
    let id = format!("{seed:08x}-0000-4000-8000-{number:012x}");
    let Some(fields) = package.as_object_mut() else {
        return package;
    };
    for name in NAMES {
        fields.remove(name);
    }
    let name = format!("{}-{number}", text(model, "name"));
    let title = format!("{} ({number})", text(model, "title"));
    for (key, value) in [("id", json!(id)), ("name", json!(name))] {
        fields.insert(key.to_owned(), value);
    }
    if fields.get("title").is_some_and(Value::is_string) {
        fields.insert("title".to_owned(), json!(title));
    }
    if let Some(Value::Array(extras)) = fields.get_mut("extras") {
        extras.retain(|extra| !NAMES.contains(&text(extra, "key")));
    }
    if let Some(Value::Array(resources)) = fields.get_mut("resources") {
        for (position, resource) in resources.iter_mut().enumerate() {
            if let Some(resource) = resource.as_object_mut() {
                let own = format!("{seed:08x}-{position:04x}-4000-9000-{number:012x}");
                resource.insert("id".to_owned(), json!(own));
                resource.insert("package_id".to_owned(), json!(id));
            }
        }
    }
    package
}
