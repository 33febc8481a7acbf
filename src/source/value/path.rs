//! What findings call the fields of an object: its own place and their name, in one buffer.
//!
//! Every field is named when it is read, and hardly any of the names is ever shown.

/// The way to the fields of one object.
#[derive(Debug)]
pub(in crate::source) struct FieldPath {
    text: String,
    /// The length of what all of them begin with.
    stem: usize,
}

impl FieldPath {
    /// The way to the fields of the object in `field`; of a record of its own where that is empty.
    pub(in crate::source) fn below(field: &str) -> Self {
        let text = if field.is_empty() {
            String::new()
        } else {
            format!("{field}.")
        };
        Self {
            stem: text.len(),
            text,
        }
    }

    /// The way to the field `name`.
    pub(in crate::source) fn to(&mut self, name: &str) -> &str {
        self.text.truncate(self.stem);
        self.text.push_str(name);
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_below_their_object_or_alone() {
        let mut path = FieldPath::below("resources[3]");
        assert_eq!(
            path.to("harvest.issued_at"),
            "resources[3].harvest.issued_at"
        );
        assert_eq!(path.to("id"), "resources[3].id");
        assert_eq!(FieldPath::below("").to("id"), "id");
    }
}
