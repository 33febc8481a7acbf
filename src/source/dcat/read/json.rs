//! JSON-LD (<https://www.w3.org/TR/json-ld11/>), read whole, since a context may stand at its end.
//!
//! What the parser refuses is looked for node by node: only the value that it refuses is left out, with
//! a finding on its node. Contexts come from [`super::context`]; nothing is fetched.

use std::collections::BTreeSet;
use std::io::{BufRead, Read as _};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Triple};
use serde_json::{Map, Value, json};

use super::turtle::add;
use super::{End, ReadError, context};
use crate::finding::{Code, Finding};
use crate::source::dcat::index::Index;

/// The largest document, in bytes: JSON-LD is held in memory, several times over.
pub(in crate::source) const LARGEST: u64 = 128 << 20;

/// How deep a value is taken apart that the parser refuses.
const DEEPEST: usize = 6;

/// Reads a document into `index`.
pub(super) fn read(
    input: impl BufRead,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    let mut text = String::new();
    input.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() > usize::try_from(LARGEST).unwrap_or(usize::MAX) {
        return Err(ReadError::NotRdf(format!(
            "it is JSON-LD of more than {} MB, which is held in memory",
            LARGEST >> 20
        )));
    }
    let (mut document, end) = parsed(&text)?;
    drop(text);
    let mut notes = Vec::new();
    match &mut document {
        Value::Object(object) => {
            context::assume(object, &mut notes);
            if object
                .get("@context")
                .and_then(Value::as_str)
                .is_some_and(|context| context.contains("project-open-data"))
            {
                context::complete(object);
            }
        }
        Value::Array(_) => {}
        _ => return Err(ReadError::NotRdf("it is JSON, but no JSON-LD".to_owned())),
    }
    for note in notes {
        index.remarks.note(note);
    }
    let mut unknown = BTreeSet::new();
    context::inline(&mut document, &mut unknown);
    for address in unknown {
        let message = "unknown: the terms of DCAT-AP were taken in its place";
        let finding = Finding::new(Code::ContextUnknown, "@context", message, &address);
        index.remarks.find(finding);
    }
    let reader = Reader { base };
    match reader.parse(&document) {
        Ok(triples) => {
            for triple in triples {
                add(triple, base, index);
            }
        }
        Err(error) => {
            tracing::debug!(error, "taking JSON-LD apart");
            reader.apart(document, index);
        }
    }
    Ok(end)
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
}

impl Reader<'_> {
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
        parser
            .for_slice(&text)
            .map(|quad| quad.map(Triple::from).map_err(|error| error.to_string()))
            .collect()
    }

    /// Reads what can be read of a document that the parser refuses as a whole.
    fn apart(&self, document: Value, index: &mut Index) {
        let nodes = match document {
            Value::Array(nodes) => nodes
                .into_iter()
                .map(|node| (None, node))
                .collect::<Vec<_>>(),
            Value::Object(mut object) => {
                let context = object.get("@context").cloned();
                match object.remove("@graph") {
                    Some(Value::Array(nodes)) => {
                        let rest = (None, Value::Object(object));
                        let nodes = nodes.into_iter().map(|node| (context.clone(), node));
                        nodes.chain([rest]).collect()
                    }
                    Some(node) => vec![(context, node), (None, Value::Object(object))],
                    None => vec![(None, Value::Object(object))],
                }
            }
            _ => Vec::new(),
        };
        let mut names = 0;
        for (context, node) in nodes {
            let Value::Object(mut node) = node else {
                continue;
            };
            let context = node.remove("@context").or(context);
            self.node(node, context.as_ref(), 0, &mut names, index);
        }
    }

    /// Reads a node; where the parser refuses it, value by value.
    fn node(
        &self,
        mut node: Map<String, Value>,
        context: Option<&Value>,
        depth: usize,
        names: &mut u32,
        index: &mut Index,
    ) {
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
            *names += 1;
            node.insert("@id".to_owned(), json!(format!("_:apart{names}")));
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
                            *names += 1;
                            inner.insert("@id".to_owned(), json!(format!("_:apart{names}")));
                        }
                        let link = json!({"@id": inner.get("@id")});
                        stub.insert(key.clone(), link);
                        if let Ok(triples) = self.parse(&document(&stub)) {
                            for triple in triples {
                                add(triple, self.base, index);
                            }
                        }
                        self.node(inner, context, depth + 1, names, index);
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

    /// What a finding is about.
    fn subject(&self, id: &Value) -> Option<NamedOrBlankNode> {
        let iri = crate::source::dcat::term::resolve(id.as_str()?, self.base);
        NamedNode::new(iri).ok().map(NamedOrBlankNode::from)
    }
}

#[cfg(test)]
mod tests;
