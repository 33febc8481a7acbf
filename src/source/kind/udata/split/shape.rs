//! Which collection a record is of, told by the keys that it has.

use super::{
    COMMUNITY, DATASERVICES, DATASETS, DISCUSSIONS, ORGANIZATIONS, Object, REUSES, SOURCES, TOPICS,
    is_list,
};

/// The collection that an object is of, or what it is instead.
pub(super) fn collection(object: &Object<'_>) -> Result<&'static str, &'static str> {
    let has = |key: &str| object.contains_key(key);
    let begins = |key: &str, start: char| {
        object
            .get(key)
            .is_some_and(|value| value.get().starts_with(start))
    };
    if has("features") || has("geometry") {
        Err("it is a geographic zone")
    } else if has("base_api_url") {
        Ok(DATASERVICES)
    } else if has("discussion") {
        Ok(DISCUSSIONS)
    } else if has("filetype") && has("url") {
        if has("dataset") {
            Ok(COMMUNITY)
        } else {
            Err("it is a resource without its dataset")
        }
    } else if has("backend") && has("url") {
        Ok(SOURCES)
    } else if has("elements") || is_topic(object) {
        Ok(TOPICS)
    } else if has("title") && begins("resources", '{') {
        Err("its resources are elsewhere: API version 1 has it whole")
    } else if is_list(object, "resources")
        || has("title") && (has("frequency") || has("temporal_coverage"))
    {
        Ok(DATASETS)
    } else if has("title") && has("url") && has("type") {
        Ok(REUSES)
    } else if has("name")
        && ["members", "business_number_id", "logo", "badges"]
            .into_iter()
            .any(has)
    {
        Ok(ORGANIZATIONS)
    } else if has("message") || begins("data", '{') {
        Err("it is an error message")
    } else {
        Err("it is of no collection that is described")
    }
}

/// Whether a record without elements is a topic: older ones have lists, some lists of them neither.
fn is_topic(object: &Object<'_>) -> bool {
    let of_topics = object
        .get("uri")
        .is_some_and(|uri| uri.get().contains("/topics/"));
    object.contains_key("name")
        && is_list(object, "tags")
        && (is_list(object, "datasets") || is_list(object, "reuses") || of_topics)
}
