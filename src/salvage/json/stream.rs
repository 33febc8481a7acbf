//! JSON-LD that is too large to be held: what its lists have is read one by one.
//!
//! An item becomes a document of its own, with the context of the whole one and the name of what lists it.
//! That needs the context to stand before the list, where all writers put it; a list before its context is
//! held like everything else, and refused where it is too large for that.

use std::cell::Cell;
use std::io::{BufRead, Read};
use std::rc::Rc;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};

use super::super::{End, ReadError};
use super::deep::Shallow;
use super::{Reader, too_large};
use crate::salvage::index::Index;

/// The members whose items are read one by one: the graph, and what a `data.json` lists.
const LISTS: [&str; 5] = [
    "@graph",
    "dataset",
    "service",
    "dcat:dataset",
    "dcat:service",
];

/// Reads a document of which no more than `most` bytes are held at a time.
pub(super) fn read(
    input: impl BufRead,
    most: u64,
    reader: &Reader<'_>,
    index: &mut Index,
) -> Result<End, ReadError> {
    let left = Rc::new(Cell::new(most));
    let input = Metered {
        input: Shallow::new(input),
        left: Rc::clone(&left),
    };
    let mut parser = serde_json::Deserializer::from_reader(input);
    let document = Document {
        most,
        left,
        reader,
        index,
    };
    match document
        .deserialize(&mut parser)
        .and_then(|()| parser.end())
    {
        Ok(()) => Ok(reader.end(End::Whole)),
        Err(error) if error.is_eof() => Ok(End::CutOff(format!("the JSON is cut off: {error}"))),
        Err(error) if error.is_io() => Err(too_large(most)),
        Err(error) => Err(ReadError::NotRdf(format!("it is no JSON: {error}"))),
    }
}

/// An input that ends with an error where too much of it was read at once.
struct Metered<R> {
    input: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(buffer)?;
        let read = u64::try_from(count).unwrap_or(u64::MAX);
        match self.left.get().checked_sub(read) {
            Some(left) => self.left.set(left),
            None => return Err(std::io::Error::other("too much at once")),
        }
        Ok(count)
    }
}

/// The whole document.
struct Document<'a, 'r> {
    most: u64,
    left: Rc<Cell<u64>>,
    reader: &'a Reader<'r>,
    index: &'a mut Index,
}

impl Document<'_, '_> {
    /// Takes a piece of it that is a document of its own.
    fn take(&mut self, piece: Value) {
        self.left.set(self.most);
        self.reader.take(piece, self.index);
    }
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("JSON-LD")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut nodes: A) -> Result<(), A::Error> {
        while let Some(node) = nodes.next_element::<Value>()? {
            self.take(node);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut rest = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if LISTS.contains(&name.as_str()) && rest.contains_key("@context") {
                members.next_value_seed(Items {
                    document: &mut self,
                    rest: &rest,
                    name: &name,
                })?;
            } else {
                rest.insert(name, members.next_value()?);
            }
        }
        self.take(Value::Object(rest));
        Ok(())
    }
}

/// What one of the lists has.
struct Items<'i, 'a, 'r> {
    document: &'i mut Document<'a, 'r>,
    /// What stands before the list.
    rest: &'i Map<String, Value>,
    name: &'i str,
}

impl Items<'_, '_, '_> {
    fn take(&mut self, item: Value) {
        let mut piece = Map::new();
        let context = self.rest.get("@context").cloned().unwrap_or_default();
        piece.insert("@context".to_owned(), context);
        if self.name != "@graph" {
            // One without a name is the document itself, and called the same in every piece.
            let id = self.rest.get("@id").cloned();
            piece.insert("@id".to_owned(), id.unwrap_or_else(|| json!("_:document")));
        }
        piece.insert(self.name.to_owned(), Value::Array(vec![item]));
        self.document.take(Value::Object(piece));
    }
}

impl<'de> DeserializeSeed<'de> for Items<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list of nodes")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Value>()? {
            self.take(item);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, members: A) -> Result<(), A::Error> {
        let members = serde::de::value::MapAccessDeserializer::new(members);
        self.take(Value::deserialize(members)?);
        Ok(())
    }

    fn visit_str<E>(mut self, item: &str) -> Result<(), E> {
        self.take(Value::from(item));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
