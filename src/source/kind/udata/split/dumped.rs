//! A dataset as udata's own dumps have it, `{"dataset": {…}, "resources": […], "organization": {…}}`, with
//! what else belongs to it beside: those records do not say of what dataset they are.

use serde_json::value::RawValue;

use super::{
    COMMUNITY, DATASERVICES, DATASETS, DISCUSSIONS, ORGANIZATIONS, Object, REUSES, is_list, list,
};

/// What the API says of an organization in a dataset.
const REFERENCE: [&str; 10] = [
    "acronym",
    "badges",
    "class",
    "id",
    "logo",
    "logo_thumbnail",
    "name",
    "page",
    "slug",
    "uri",
];

/// The records in an item of a dump; `None` where it is none. One of them that is no object spoils the
/// item: a dump is written by a program.
pub(super) fn parts(
    object: &Object<'_>,
) -> Option<Result<Vec<(&'static str, String)>, serde_json::Error>> {
    let dataset = object
        .get("dataset")
        .filter(|value| value.get().starts_with('{'))?;
    if object.contains_key("id") || !is_list(object, "resources") {
        return None;
    }
    Some(read(object, dataset))
}

fn read(
    object: &Object<'_>,
    dataset: &RawValue,
) -> Result<Vec<(&'static str, String)>, serde_json::Error> {
    let mut whole: Object<'_> = serde_json::from_str(dataset.get())?;
    if let Some(resources) = object.get("resources") {
        whole.insert("resources".to_owned(), resources);
    }
    let organization = object
        .get("organization")
        .filter(|value| value.get().starts_with('{'));
    let short = organization.map(|value| reference(value)).transpose()?;
    if let Some(short) = &short {
        whole.insert("organization".to_owned(), short);
    }
    let mut parts = vec![(DATASETS, serde_json::to_string(&whole)?)];
    parts.extend(organization.map(|value| (ORGANIZATIONS, value.get().to_owned())));
    let id = whole.get("id").map_or("null", |id| id.get());
    let one = format!(r#"{{"class":"Dataset","id":{id}}}"#);
    let many = RawValue::from_string(format!("[{one}]"))?;
    let one = RawValue::from_string(one)?;
    for (collection, key, reference) in [
        (COMMUNITY, "dataset", &one),
        (DATASERVICES, "datasets", &many),
        (DISCUSSIONS, "subject", &one),
        (REUSES, "datasets", &many),
    ] {
        for item in object
            .get(collection)
            .and_then(|value| list(value))
            .into_iter()
            .flatten()
        {
            let mut record: Object<'_> = serde_json::from_str(item.get())?;
            record.entry(key.to_owned()).or_insert(reference);
            parts.push((collection, serde_json::to_string(&record)?));
        }
    }
    Ok(parts)
}

/// An organization as the API has it in a dataset: a dump has the whole record, which is one of its own.
fn reference(organization: &RawValue) -> Result<Box<RawValue>, serde_json::Error> {
    let mut short: Object<'_> = serde_json::from_str(organization.get())?;
    short.retain(|key, _| REFERENCE.contains(&key.as_str()));
    RawValue::from_string(serde_json::to_string(&short)?)
}
