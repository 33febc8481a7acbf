//! A dataset as udata's own dumps have it, `{"dataset": {…}, "resources": […], "organization": {…}}`, with
//! what else belongs to it beside: those records do not say of what dataset they are.

use serde_json::value::RawValue;

use super::{COMMUNITY, DATASERVICES, DATASETS, DISCUSSIONS, Object, REUSES, is_list, list};

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
    for part in ["resources", "organization"] {
        if let Some(value) = object.get(part) {
            whole.insert(part.to_owned(), value);
        }
    }
    let mut parts = vec![(DATASETS, serde_json::to_string(&whole)?)];
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
