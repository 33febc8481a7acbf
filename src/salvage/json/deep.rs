//! What is nested too deeply in a document of JSON, left out before anything parses it: it costs the record
//! that it stands in, and not the document.

use std::io::Read;

use oxigraph::model::{NamedNode, NamedOrBlankNode};
use serde_json::Value;

use crate::finding::{Code, Finding};
use crate::salvage::index::Index;
use crate::salvage::term::resolve;

/// Objects and lists deeper than this are left out: real ones lie 20 deep, and parsers read 128.
pub(super) const DEEPEST: u32 = 100;

/// Stands where something was left out: no character, so that no document has it.
const LEFT_OUT: &str = "\u{10fffe}";

/// An input of JSON in which [`LEFT_OUT`] stands for every object and list that lies too deep.
pub(super) struct Shallow<R> {
    input: R,
    depth: u32,
    in_text: bool,
    is_escaped: bool,
    /// What is still to be given.
    ready: Vec<u8>,
}

impl<R: Read> Shallow<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            depth: 0,
            in_text: false,
            is_escaped: false,
            ready: Vec::new(),
        }
    }

    fn take(&mut self, byte: u8) {
        let was_deep = self.depth > DEEPEST;
        if self.in_text {
            self.in_text = self.is_escaped || byte != b'"';
            self.is_escaped = !self.is_escaped && byte == b'\\';
        } else {
            match byte {
                b'"' => self.in_text = true,
                b'{' | b'[' => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth == DEEPEST + 1 {
                        let mark = format!("\"{LEFT_OUT}\"");
                        self.ready.extend_from_slice(mark.as_bytes());
                    }
                }
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        if !was_deep && self.depth <= DEEPEST {
            self.ready.push(byte);
        }
    }
}

impl<R: Read> Read for Shallow<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.ready.is_empty() && !buffer.is_empty() {
            let count = self.input.read(buffer)?;
            if count == 0 {
                return Ok(0);
            }
            for byte in buffer.iter().take(count) {
                self.take(*byte);
            }
        }
        let count = self.ready.len().min(buffer.len());
        for (to, byte) in buffer.iter_mut().zip(self.ready.drain(..count)) {
            *to = byte;
        }
        Ok(count)
    }
}

/// Takes the marks out of a document. Each is a finding of the innermost thing around it that has a name
/// and a class, or of the outermost that has a name.
pub(super) fn refuse(document: &mut Value, base: Option<&str>, index: &mut Index) {
    let mut refused = Vec::new();
    search(document, &(None, "the document".to_owned()), &mut refused);
    for (about, field) in refused {
        let subject = about
            .and_then(|about| NamedNode::new(resolve(&about, base)).ok())
            .map(NamedOrBlankNode::from);
        let message = format!("left out: it is nested too deeply, more than {DEEPEST} deep");
        let finding = Finding::new(Code::GraphRefused, field, message, "");
        index.find(subject.as_ref(), &finding);
    }
}

/// A thing's name, and the member of it in which something was left out.
type Refused = (Option<String>, String);

/// Looks for marks in what belongs to the thing `around`, in its member of that name.
fn search(value: &mut Value, around: &Refused, refused: &mut Vec<Refused>) {
    match value {
        Value::Array(items) => {
            let before = items.len();
            items.retain(|item| item != LEFT_OUT);
            refused.extend((items.len()..before).map(|_| around.clone()));
            for item in items {
                search(item, around, refused);
            }
        }
        Value::Object(members) => {
            let name = members.get("@id").and_then(Value::as_str);
            let is_thing = around.0.is_none() || members.contains_key("@type");
            let name = name.filter(|_| is_thing).map(str::to_owned);
            let about = |key: &str| match &name {
                Some(name) => (Some(name.clone()), key.to_owned()),
                None => around.clone(),
            };
            members.retain(|key, value| {
                let is_kept = value != LEFT_OUT;
                if !is_kept {
                    refused.push(about(key));
                }
                is_kept
            });
            for (key, value) in members {
                if value.is_array() || value.is_object() {
                    search(value, &about(key), refused);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shallow(text: &str) -> String {
        let mut input = Shallow::new(text.as_bytes());
        // Smaller than the mark.
        let mut buffer = [0; 3];
        let mut bytes = Vec::new();
        loop {
            let count = input.read(&mut buffer).unwrap();
            if count == 0 {
                return String::from_utf8(bytes).unwrap();
            }
            bytes.extend_from_slice(&buffer[..count]);
        }
    }

    #[test]
    fn what_lies_deeper_is_one_mark_and_all_else_is_as_it_was() {
        let nested = |levels: usize, inner: &str| {
            format!(
                "{}{inner}{}",
                "{\"a\":[".repeat(levels),
                "]}".repeat(levels)
            )
        };
        for inner in [r#""}]{[\"\\", {}"#, "1, \"é\"", "{\"b\":[]}"] {
            let text = nested(40, inner);
            assert_eq!(shallow(&text), text);
        }
        let marked = nested(50, &format!("1, \"{LEFT_OUT}\", 2, \"{LEFT_OUT}\""));
        let deep = nested(
            50,
            &format!("1, {{\"]\":[\"}}\"]}}, 2, {}", nested(90_000, "[]")),
        );
        assert_eq!(shallow(&deep), marked);
    }
}
