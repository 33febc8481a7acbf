//! JSON-LD (<https://www.w3.org/TR/json-ld11/>), read whole, since a context may stand at its end; a large
//! document is read item by item (`stream`).
//!
//! What the parser refuses is looked for node by node: only the value that it refuses is left out, with
//! a finding on its node. Contexts come from [`super::context`]; nothing is fetched.

mod coerced;
mod deep;
mod ordered;
mod stream;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::{BufRead, Read as _};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Triple};
use serde_json::{Map, Value, json};

use super::effort::{self, Effort};
use super::turtle::add;
use super::{End, ReadError, context};
use crate::finding::{Code, Finding};
use crate::rdf::long;
use crate::salvage::index::Index;

/// The largest document that is read whole, in bytes: it is in memory several times over.
const WHOLE: u64 = 16 << 20;

/// The most bytes of a larger one that are held at a time.
const HELD: u64 = 128 << 20;

/// How deep a value is taken apart that the parser refuses.
const DEEPEST: usize = 6;

/// Reads a document into `index`.
pub(super) fn read(
    input: impl BufRead,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    read_holding([WHOLE, HELD], input, base, index)
}

fn read_holding(
    [whole, held]: [u64; 2],
    mut input: impl BufRead,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    let reader = Reader {
        base,
        names: Cell::default(),
        effort: Effort::default(),
    };
    let mut text = Vec::new();
    input.by_ref().take(whole).read_to_end(&mut text)?;
    if !input.fill_buf()?.is_empty() {
        let start = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
        return stream::read(start.chain(input), held, &reader, index);
    }
    let mut shallow = String::new();
    deep::Shallow::new(text.as_slice()).read_to_string(&mut shallow)?;
    let (document, end) = parsed(&shallow)?;
    if !document.is_object() && !document.is_array() {
        return Err(ReadError::NotRdf("it is JSON, but no JSON-LD".to_owned()));
    }
    reader.take(document, index);
    Ok(reader.end(end))
}

/// Shortens the texts that are too long: of them only the beginning is kept, and not more copied before.
fn shorten(value: &mut Value) {
    match value {
        Value::String(text) => long::shorten(text),
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(members) => members.values_mut().for_each(shorten),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Why a document is refused that cannot be read item by item.
fn too_large(most: u64) -> ReadError {
    ReadError::NotRdf(format!(
        "it is JSON-LD with more than {} MB in one piece, or before its context: too much to hold",
        most >> 20
    ))
}

/// The document; one that was cut off is closed where its last whole value ends.
fn parsed(text: &str) -> Result<(Value, End), ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok((value, End::Whole)),
        Err(error) => error,
    };
    if !error.is_eof() {
        return Err(ReadError::NotRdf(format!("it is no JSON: {error}")));
    }
    let why = format!("the JSON is cut off: {error}");
    match closed(text).and_then(|text| serde_json::from_str(&text).ok()) {
        Some(value) => Ok((value, End::CutOff(why))),
        None => Err(ReadError::NotRdf(why)),
    }
}

/// The text up to the last value that is whole in a list of objects, with what closes it.
fn closed(text: &str) -> Option<String> {
    let mut open = Vec::new();
    let (mut in_text, mut escaped) = (false, false);
    let mut last = None;
    for (at, c) in text.char_indices() {
        if in_text {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match c {
            '"' => in_text = true,
            '{' | '[' => open.push(c),
            '}' | ']' => {
                open.pop();
                // An item of a list is whole; a member of an object says too little by itself.
                if c == '}' && open.last() == Some(&'[') && open.len() <= 3 {
                    last = Some((at + 1, open.clone()));
                }
            }
            _ => {}
        }
    }
    let (end, open) = last?;
    let mut whole = text.get(..end)?.to_owned();
    whole.extend(open.iter().rev().map(|c| if *c == '{' { '}' } else { ']' }));
    Some(whole)
}

struct Reader<'a> {
    base: Option<&'a str>,
    /// How many nodes have got names.
    names: Cell<u32>,
    /// What parsing may cost, and has.
    effort: Effort,
}

impl Reader<'_> {
    /// How a document ended that ends so: what was not looked into is not gone.
    fn end(&self, end: End) -> End {
        if self.effort.is_spent() {
            return End::CutOff(effort::SPENT.to_owned());
        }
        end
    }

    /// Reads a document, or what stands for one.
    fn take(&self, mut document: Value, index: &mut Index) {
        shorten(&mut document);
        ordered::keep(&mut document);
        deep::refuse(&mut document, self.base, index);
        let mut notes = Vec::new();
        if let Value::Object(object) = &mut document {
            context::assume(object, &mut notes);
            if object
                .get("@context")
                .and_then(Value::as_str)
                .is_some_and(|context| context.contains("project-open-data"))
            {
                context::complete(object);
            }
        }
        for note in notes {
            index.remarks.note(note);
        }
        let mut unknown = BTreeSet::new();
        let passed = context::inline(&mut document, &mut unknown);
        if passed > 0 {
            let note = format!("{passed} contexts or terms were left out: too many, or too long");
            index.remarks.note(note);
        }
        for address in unknown {
            let message = "unknown: the terms of DCAT-AP were taken in its place";
            let finding = Finding::new(Code::ContextUnknown, "@context", message, &address);
            index.remarks.find(finding);
        }
        coerced::restore(&mut document);
        self.effort.earn(document.to_string().len());
        match self.parse(&document) {
            Ok(triples) => {
                for triple in triples {
                    add(triple, self.base, index);
                }
            }
            Err(error) => {
                tracing::debug!(error, "taking JSON-LD apart");
                self.apart(document, index);
            }
        }
    }

    fn parse(&self, document: &Value) -> Result<Vec<Triple>, String> {
        let format = RdfFormat::JsonLd {
            profile: JsonLdProfileSet::empty(),
        };
        let parser = RdfParser::from_format(format).lenient();
        let parser = match self.base {
            Some(base) => parser
                .with_base_iri(base)
                .map_err(|error| error.to_string())?,
            None => parser,
        };
        let text = document.to_string();
        if !self.effort.spend(text.len()) {
            return Err(effort::SPENT.to_owned());
        }
        parser
            .for_slice(&text)
            .map(|quad| quad.map(Triple::from).map_err(|error| error.to_string()))
            .collect()
    }

    /// Reads what can be read of a document that the parser refuses as a whole.
    fn apart(&self, document: Value, index: &mut Index) {
        // One context for all: a thousand terms for each of ten thousand nodes would fill the memory.
        let mut around = None;
        let nodes = match document {
            Value::Array(nodes) => nodes,
            Value::Object(mut object) => {
                around = object.get("@context").cloned();
                let mut nodes = match object.remove("@graph") {
                    Some(Value::Array(nodes)) => nodes,
                    Some(node) => vec![node],
                    None => Vec::new(),
                };
                nodes.push(Value::Object(object));
                nodes
            }
            _ => Vec::new(),
        };
        for node in nodes {
            let Value::Object(mut node) = node else {
                continue;
            };
            let own = node.remove("@context");
            self.node(node, own.as_ref().or(around.as_ref()), 0, index);
        }
    }

    /// Reads a node; where the parser refuses it, value by value.
    fn node(
        &self,
        mut node: Map<String, Value>,
        context: Option<&Value>,
        depth: usize,
        index: &mut Index,
    ) {
        if self.effort.is_spent() {
            index.remarks.note(effort::SPENT.to_owned());
            return;
        }
        let document = |node: &Map<String, Value>| {
            let mut document = node.clone();
            if let Some(context) = context {
                document.insert("@context".to_owned(), context.clone());
            }
            Value::Object(document)
        };
        let error = match self.parse(&document(&node)) {
            Ok(triples) => {
                for triple in triples {
                    add(triple, self.base, index);
                }
                return;
            }
            Err(error) => error,
        };
        if !node.get("@id").is_some_and(Value::is_string) {
            node.insert("@id".to_owned(), self.name());
        }
        let id = node.get("@id").cloned().unwrap_or_default();
        let class = node.remove("@type");
        if let Some(class) = class {
            let stub = json!({"@id": id, "@type": class});
            if let Ok(triples) = self.parse(&document(stub.as_object().unwrap_or(&Map::new()))) {
                for triple in triples {
                    add(triple, self.base, index);
                }
            }
        }
        for (key, value) in node {
            if key.starts_with('@') && key != "@reverse" {
                continue;
            }
            let values = match value {
                Value::Array(values) => values,
                value => vec![value],
            };
            for value in values {
                if self.effort.is_spent() {
                    break;
                }
                let mut stub = Map::new();
                stub.insert("@id".to_owned(), id.clone());
                stub.insert(key.clone(), value.clone());
                match self.parse(&document(&stub)) {
                    Ok(triples) => {
                        for triple in triples {
                            add(triple, self.base, index);
                        }
                    }
                    Err(_) if depth < DEEPEST && value.is_object() => {
                        let Value::Object(mut inner) = value else {
                            continue;
                        };
                        if !inner.get("@id").is_some_and(Value::is_string) {
                            inner.insert("@id".to_owned(), self.name());
                        }
                        let link = json!({"@id": inner.get("@id")});
                        stub.insert(key.clone(), link);
                        if let Ok(triples) = self.parse(&document(&stub)) {
                            for triple in triples {
                                add(triple, self.base, index);
                            }
                        }
                        self.node(inner, context, depth + 1, index);
                    }
                    Err(_) => {
                        let message = format!("a value was left out: {error}");
                        let finding = Finding::new(
                            Code::SyntaxRepaired,
                            key.as_str(),
                            message,
                            &value.to_string(),
                        );
                        index.find(self.subject(&id).as_ref(), &finding);
                    }
                }
            }
        }
    }

    /// A name for a node that has none, and is written in pieces.
    fn name(&self) -> Value {
        self.names.set(self.names.get() + 1);
        json!(format!("_:apart{}", self.names.get()))
    }

    /// What a finding is about.
    fn subject(&self, id: &Value) -> Option<NamedOrBlankNode> {
        let iri = crate::salvage::term::resolve(id.as_str()?, self.base);
        NamedNode::new(iri).ok().map(NamedOrBlankNode::from)
    }
}

#[cfg(test)]
mod tests;
