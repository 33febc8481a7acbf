//! Values whose order means something, kept as texts: JSON-LD reads a list as a set, so that the corners of a
//! box come out in any order, and of two equal numbers one.

use serde_json::Value;

/// The kinds of geometries of `GeoJSON` (RFC 7946).
const KINDS: [&str; 7] = [
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

/// Makes texts of lists of numbers, and of geometries in `GeoJSON`, as JSON has them.
pub(super) fn keep(value: &mut Value) {
    match value {
        Value::Array(items) if items.len() > 1 && items.iter().all(Value::is_number) => {
            *value = Value::String(value.to_string());
        }
        Value::Array(items) => items.iter_mut().for_each(keep),
        Value::Object(members) => {
            let kind = members.get("type").and_then(Value::as_str);
            let is_drawn = ["coordinates", "geometries"]
                .iter()
                .any(|name| members.get(*name).is_some_and(Value::is_array));
            if is_drawn && kind.is_some_and(|kind| KINDS.contains(&kind)) {
                *value = Value::String(value.to_string());
                return;
            }
            let others = members.iter_mut().filter(|(name, _)| *name != "@context");
            others.for_each(|(_, member)| keep(member));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn boxes_and_geometries_are_texts_and_nothing_else_is() {
        let mut value = json!({
            "bbox": [-1.25, 44.5, 0.75, 44.5],
            "spatial": {"type": "Point", "coordinates": [2, 48]},
            "keyword": ["a", "b"], "one": [1], "type": "Point",
        });
        keep(&mut value);
        let drawn = json!({"type": "Point", "coordinates": [2, 48]}).to_string();
        let kept = json!({
            "bbox": "[-1.25,44.5,0.75,44.5]", "spatial": drawn,
            "keyword": ["a", "b"], "one": [1], "type": "Point",
        });
        assert_eq!(value, kept);
    }
}
