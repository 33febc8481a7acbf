//! What is nested too deeply in a document of JSON, and numbers too great for the parser, left out before
//! anything parses it: they cost the record that they stand in, and not the document.

use std::io::Read;

use oxigraph::model::{NamedNode, NamedOrBlankNode};
use serde_json::Value;

use crate::finding::{Code, Finding};
use crate::salvage::index::Index;
use crate::salvage::term::resolve;

/// Objects and lists deeper than this are left out: real ones lie 20 deep, and parsers read 128.
pub(super) const DEEPEST: u32 = 100;

/// Stands where something that lies too deep was left out: no character, so that no document has it.
const LEFT_OUT: &str = "\u{10fffe}";

/// Stands for a number of which a parser makes none.
const TOO_GREAT: &str = "\u{10ffff}";

/// The longest number that is looked at, in digits.
const LONGEST_NUMBER: usize = 1_000;

/// An input of JSON in which [`LEFT_OUT`] stands for every object and list that lies too deep, and
/// [`TOO_GREAT`] for every number that is too great.
pub(super) struct Shallow<R> {
    input: R,
    depth: u32,
    in_text: bool,
    is_escaped: bool,
    /// The number that has begun.
    number: Vec<u8>,
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
            number: Vec::new(),
            ready: Vec::new(),
        }
    }

    /// Gives the number that has ended.
    fn end_number(&mut self) {
        let number = std::mem::take(&mut self.number);
        if number.is_empty() || self.depth > DEEPEST {
            return;
        }
        let text = std::str::from_utf8(&number).unwrap_or_default();
        let is_too_great = number.len() > LONGEST_NUMBER
            || text.parse().is_ok_and(|number: f64| number.is_infinite());
        if is_too_great {
            let mark = format!("\"{TOO_GREAT}\"");
            self.ready.extend_from_slice(mark.as_bytes());
        } else {
            self.ready.extend_from_slice(&number);
        }
    }

    fn take(&mut self, byte: u8) {
        let begins = byte.is_ascii_digit() || byte == b'-';
        let goes_on = begins || matches!(byte, b'+' | b'.' | b'e' | b'E');
        if !self.in_text && (begins || (goes_on && !self.number.is_empty())) {
            if self.number.len() <= LONGEST_NUMBER {
                self.number.push(byte);
            }
            return;
        }
        self.end_number();
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
                self.end_number();
                break;
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
    for ((about, field), mark) in refused {
        let subject = about
            .and_then(|about| NamedNode::new(resolve(&about, base)).ok())
            .map(NamedOrBlankNode::from);
        let finding = match mark {
            Mark::Deep => {
                let message =
                    format!("left out: it is nested too deeply, more than {DEEPEST} deep");
                Finding::new(Code::GraphRefused, field, message, "")
            }
            Mark::Great => {
                let message = "left out: a number that is too great";
                Finding::new(Code::FieldUnreadable, field, message, "")
            }
        };
        index.find(subject.as_ref(), &finding);
    }
}

/// A thing's name, and the member of it in which something was left out.
type Place = (Option<String>, String);

/// What was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Deep,
    Great,
}

impl Mark {
    fn of(value: &Value) -> Option<Self> {
        match value.as_str() {
            Some(LEFT_OUT) => Some(Self::Deep),
            Some(TOO_GREAT) => Some(Self::Great),
            _ => None,
        }
    }
}

/// Looks for marks in what belongs to the thing `around`, in its member of that name.
fn search(value: &mut Value, around: &Place, refused: &mut Vec<(Place, Mark)>) {
    match value {
        Value::Array(items) => {
            items.retain(|item| {
                let mark = Mark::of(item);
                refused.extend(mark.map(|mark| (around.clone(), mark)));
                mark.is_none()
            });
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
                let mark = Mark::of(value);
                refused.extend(mark.map(|mark| (about(key), mark)));
                mark.is_none()
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

    #[test]
    fn a_number_that_is_too_great_is_one_mark() {
        let long = "9".repeat(2_000);
        for (text, is_marked) in [
            ("1e400", true),
            ("-1E+999", true),
            (long.as_str(), true),
            ("1e308", false),
            ("-0.5", false),
            ("1e-400", false),
        ] {
            let document = format!("{{\"a\": [{text}, \"1e400\"], \"b\":{text}}}");
            let mark = format!("\"{TOO_GREAT}\"");
            let expected = if is_marked {
                format!("{{\"a\": [{mark}, \"1e400\"], \"b\":{mark}}}")
            } else {
                document.clone()
            };
            assert_eq!(shallow(&document), expected);
            assert_eq!(
                shallow(text),
                if is_marked { mark } else { text.to_owned() }
            );
        }
    }
}
