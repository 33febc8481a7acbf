//! Compact JSON-LD (<https://www.w3.org/TR/json-ld11/>) with one stable context, written as a stream.
//!
//! Property names and types are `prefix:local`, every other IRI is written in full. An IRI whose scheme
//! is one of the prefixes (`time:noon`) would be taken for a compact one: a node with such an IRI in it
//! is written without any context and all in full.

use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphNameRef, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use serde_json::{Map, Value};

use super::vocab::PREFIXES;
use super::write::{Forest, Graph, Names, Node};

/// The content of `@context`: the prefixes, and nothing that changes what a value means.
#[must_use]
pub fn context() -> Value {
    let prefixes = PREFIXES
        .iter()
        .map(|(prefix, namespace)| ((*prefix).to_owned(), Value::from(*namespace)));
    Value::Object(prefixes.collect::<Map<String, Value>>())
}

/// How far the array of nodes has come.
pub(super) struct Position {
    nodes: usize,
}

/// The context and the start of the array of nodes.
pub(super) fn start(out: &mut impl Write) -> io::Result<Position> {
    writeln!(out, "{{")?;
    writeln!(out, "  \"@context\": {{")?;
    for (position, (prefix, namespace)) in PREFIXES.iter().enumerate() {
        let comma = if position + 1 < PREFIXES.len() {
            ","
        } else {
            ""
        };
        writeln!(
            out,
            "    {}: {}{comma}",
            quoted(prefix)?,
            quoted(namespace)?
        )?;
    }
    writeln!(out, "  }},")?;
    write!(out, "  \"@graph\": [")?;
    Ok(Position { nodes: 0 })
}

/// The end of the document.
pub(super) fn finish(out: &mut impl Write, position: &Position) -> io::Result<()> {
    writeln!(
        out,
        "{}]\n}}",
        if position.nodes == 0 { "" } else { "\n  " }
    )
}

/// The nodes of a batch; a named graph is a node with an `@graph` of its own.
pub(super) fn write(
    out: &mut impl Write,
    position: &mut Position,
    forest: &Forest<'_>,
) -> io::Result<()> {
    for graph in &forest.graphs {
        let name = match graph.name {
            GraphNameRef::DefaultGraph => {
                nodes(out, graph, &mut position.nodes, 4)?;
                continue;
            }
            GraphNameRef::NamedNode(name) => name.as_str().to_owned(),
            GraphNameRef::BlankNode(name) => name.to_string(),
        };
        separate(out, &mut position.nodes, 4)?;
        write!(out, "{{\n      ")?;
        // The nodes inside keep the context, so only the name may be written without it.
        if is_ambiguous(&name) {
            write!(out, "\"@context\": null,\n      ")?;
        }
        write!(out, "\"@id\": {},\n      \"@graph\": [", quoted(&name)?)?;
        let forms = if is_ambiguous(&name) {
            Some(Form::Full)
        } else {
            None
        };
        let mut inner = 0;
        nodes_as(out, graph, &mut inner, 8, forms)?;
        write!(out, "\n      ]\n    }}")?;
    }
    Ok(())
}

/// Whether a node is written with the context or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Compact,
    Full,
}

fn nodes(
    out: &mut impl Write,
    graph: &Graph<'_>,
    written: &mut usize,
    indent: usize,
) -> io::Result<()> {
    nodes_as(out, graph, written, indent, None)
}

fn nodes_as(
    out: &mut impl Write,
    graph: &Graph<'_>,
    written: &mut usize,
    indent: usize,
    inherited: Option<Form>,
) -> io::Result<()> {
    for root in graph.roots() {
        separate(out, written, indent)?;
        write!(out, "{{\n{:1$}", "", indent + 2)?;
        let mut form = inherited.unwrap_or(Form::Compact);
        if form == Form::Compact && has_ambiguous(graph, root) {
            write!(out, "\"@context\": null,\n{:1$}", "", indent + 2)?;
            form = Form::Full;
        }
        let id = match root.subject {
            NamedOrBlankNodeRef::NamedNode(subject) => quoted(subject.as_str())?,
            NamedOrBlankNodeRef::BlankNode(subject) => quoted(&subject.to_string())?,
        };
        write!(out, "\"@id\": {id}")?;
        members(out, graph, &root.properties, form, indent + 2, Lead::Comma)?;
        write!(out, "\n{:indent$}}}", "")?;
    }
    Ok(())
}

fn separate(out: &mut impl Write, written: &mut usize, indent: usize) -> io::Result<()> {
    write!(
        out,
        "{}\n{:indent$}",
        if *written == 0 { "" } else { "," },
        ""
    )?;
    *written += 1;
    Ok(())
}

/// What stands before the first member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Comma,
    Nothing,
}

type Properties<'a> = [(NamedNodeRef<'a>, Vec<TermRef<'a>>)];

fn members<'a>(
    out: &mut impl Write,
    graph: &Graph<'a>,
    properties: &Properties<'a>,
    form: Form,
    indent: usize,
    mut lead: Lead,
) -> io::Result<()> {
    for (predicate, objects) in properties {
        // `@type` takes IRIs only; other types, which RDF allows, are ordinary values.
        let (types, others): (Vec<_>, Vec<_>) = objects
            .iter()
            .partition(|object| *predicate == rdf::TYPE && object.is_named_node());
        if !types.is_empty() {
            key(out, "@type", indent, &mut lead)?;
            array(out, &types, indent, |out, object, _| match object {
                TermRef::NamedNode(class) => {
                    write!(out, "{}", quoted(&name(class.as_str(), form))?)
                }
                _ => Ok(()),
            })?;
        }
        if !others.is_empty() {
            key(out, &name(predicate.as_str(), form), indent, &mut lead)?;
            array(out, &others, indent, |out, object, indent| {
                value(out, graph, object, form, indent)
            })?;
        }
    }
    Ok(())
}

fn key(out: &mut impl Write, key: &str, indent: usize, lead: &mut Lead) -> io::Result<()> {
    if *lead == Lead::Comma {
        write!(out, ",\n{:indent$}", "")?;
    }
    *lead = Lead::Comma;
    write!(out, "{}: ", quoted(key)?)
}

/// One value as itself, several as an array.
fn array<'a, W: Write>(
    out: &mut W,
    objects: &[&TermRef<'a>],
    indent: usize,
    write: impl Fn(&mut W, TermRef<'a>, usize) -> io::Result<()>,
) -> io::Result<()> {
    if let [only] = objects {
        return write(out, **only, indent);
    }
    write!(out, "[")?;
    for (position, object) in objects.iter().enumerate() {
        write!(
            out,
            "{}\n{:2$}",
            if position == 0 { "" } else { "," },
            "",
            indent + 2
        )?;
        write(out, **object, indent + 2)?;
    }
    write!(out, "\n{:indent$}]", "")
}

fn value<'a>(
    out: &mut impl Write,
    graph: &Graph<'a>,
    term: TermRef<'a>,
    form: Form,
    indent: usize,
) -> io::Result<()> {
    match graph.nested(term) {
        Some([]) => write!(out, "{{}}"),
        Some(inner) => {
            write!(out, "{{\n{:1$}", "", indent + 2)?;
            members(out, graph, inner, form, indent + 2, Lead::Nothing)?;
            write!(out, "\n{:indent$}}}", "")
        }
        None => match term {
            TermRef::NamedNode(node) => write!(out, "{{\"@id\": {}}}", quoted(node.as_str())?),
            TermRef::BlankNode(node) => write!(out, "{{\"@id\": {}}}", quoted(&node.to_string())?),
            TermRef::Literal(literal) => literal_value(out, literal, form),
        },
    }
}

fn literal_value(out: &mut impl Write, literal: LiteralRef<'_>, form: Form) -> io::Result<()> {
    let text = quoted(literal.value())?;
    match (literal.language(), literal.datatype()) {
        (Some(language), _) => write!(
            out,
            "{{\"@language\": {}, \"@value\": {text}}}",
            quoted(language)?
        ),
        (None, xsd::STRING) => write!(out, "{text}"),
        (None, datatype) => {
            write!(
                out,
                "{{\"@type\": {}, \"@value\": {text}}}",
                quoted(&name(datatype.as_str(), form))?
            )
        }
    }
}

fn name(iri: &str, form: Form) -> String {
    match Names::default().shorten(iri) {
        Some((prefix, local)) if form == Form::Compact => format!("{prefix}:{local}"),
        _ => iri.to_owned(),
    }
}

fn quoted(text: &str) -> io::Result<String> {
    Ok(serde_json::to_string(text)?)
}

/// Whether the scheme of an IRI is one of the prefixes. What follows with `//` is never compact.
fn is_ambiguous(iri: &str) -> bool {
    iri.split_once(':').is_some_and(|(scheme, rest)| {
        !rest.starts_with("//") && PREFIXES.iter().any(|(prefix, _)| *prefix == scheme)
    })
}

fn has_ambiguous(graph: &Graph<'_>, node: &Node<'_>) -> bool {
    let subject = match node.subject {
        NamedOrBlankNodeRef::NamedNode(subject) => is_ambiguous(subject.as_str()),
        NamedOrBlankNodeRef::BlankNode(_) => false,
    };
    subject || any_ambiguous(graph, &node.properties)
}

fn any_ambiguous<'a>(graph: &Graph<'a>, properties: &Properties<'a>) -> bool {
    properties.iter().any(|(predicate, objects)| {
        is_ambiguous(predicate.as_str())
            || objects.iter().any(|object| match object {
                TermRef::NamedNode(node) => is_ambiguous(node.as_str()),
                TermRef::Literal(literal) => is_ambiguous(literal.datatype().as_str()),
                TermRef::BlankNode(_) => graph
                    .nested(*object)
                    .is_some_and(|inner| any_ambiguous(graph, inner)),
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::syntax::Syntax;
    use crate::rdf::write::document;
    use oxigraph::model::{GraphName, NamedNode, Quad};

    #[test]
    fn the_context_of_a_document_is_the_stable_one() {
        let document: Value =
            serde_json::from_slice(&document(Syntax::JsonLd, &[]).unwrap()).unwrap();
        assert_eq!(document["@context"], context());
        assert_eq!(document["@graph"], Value::Array(Vec::new()));
    }

    #[test]
    fn an_iri_that_looks_compact_is_not_expanded() {
        let noon = NamedNode::new_unchecked("time:noon");
        let quad = Quad::new(
            NamedNode::new_unchecked("http://e/s"),
            NamedNode::new_unchecked("http://purl.org/dc/terms/date"),
            noon.clone(),
            GraphName::DefaultGraph,
        );
        let text = document(Syntax::JsonLd, std::slice::from_ref(&quad)).unwrap();
        let quads: Vec<Quad> = oxigraph::io::RdfParser::from_format(Syntax::JsonLd.format())
            .for_slice(&text)
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(quads, [quad]);
    }
}
