//! Texts that hold a list of JSON, as forms that know one value store several.

use serde_json::Value;

/// The texts of a list of JSON, or the text itself where it is none.
pub(in crate::source) fn texts(text: &str) -> Vec<String> {
    let text = text.trim();
    let opened = if text.starts_with('[') {
        serde_json::from_str::<Vec<Value>>(text).ok()
    } else {
        None
    };
    let Some(items) = opened else {
        return vec![text.to_owned()];
    };
    let as_text = |item: Value| match item {
        Value::String(text) => text,
        other => other.to_string(),
    };
    items.into_iter().map(as_text).collect()
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn what_is_no_list_is_one_text() {
        assert_eq!(texts(r#" ["a", 2] "#), ["a", "2"]);
        assert_eq!(texts("[a"), ["[a"]);
        assert_eq!(texts("a"), ["a"]);
    }
}
