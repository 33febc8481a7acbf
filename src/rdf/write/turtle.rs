//! Turtle, TriG and N3 (<https://www.w3.org/TR/turtle/>, <https://www.w3.org/TR/trig/>).

use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphNameRef, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};

use super::name::push_bracketed;
use super::{Forest, Graph, Names};
use crate::rdf::text::{push_literal, push_quoted, push_subject};

/// The prefixes.
pub(super) fn start(out: &mut impl Write, names: Names) -> io::Result<()> {
    let mut any = false;
    for (prefix, namespace) in names.used() {
        writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
        any = true;
    }
    if any { writeln!(out) } else { Ok(()) }
}

/// The statements; named graphs in braces. Each node is put together in memory before it is written.
pub(super) fn write(
    out: &mut impl Write,
    names: &mut Names,
    forest: &Forest<'_>,
) -> io::Result<()> {
    let mut text = String::new();
    for graph in &forest.graphs {
        match graph.name {
            GraphNameRef::DefaultGraph => {
                nodes(out, &mut text, names, graph)?;
                continue;
            }
            GraphNameRef::NamedNode(name) => iri(&mut text, names, name.as_str()),
            GraphNameRef::BlankNode(name) => push_subject(&mut text, name.into()),
        }
        text.push_str(" {\n");
        nodes(out, &mut text, names, graph)?;
        text.push_str("}\n\n");
    }
    out.write_all(text.as_bytes())
}

/// Writes what is in `text`, and each node; nothing is left in it.
fn nodes(
    out: &mut impl Write,
    text: &mut String,
    names: &mut Names,
    graph: &Graph<'_>,
) -> io::Result<()> {
    for node in graph.roots() {
        match node.subject {
            NamedOrBlankNodeRef::NamedNode(subject) => iri(text, names, subject.as_str()),
            NamedOrBlankNodeRef::BlankNode(_) => push_subject(text, node.subject),
        }
        text.push(' ');
        properties(text, names, graph, &node.properties, 1);
        text.push_str(" .\n\n");
        out.write_all(text.as_bytes())?;
        text.clear();
    }
    Ok(())
}

type Properties<'a> = [(NamedNodeRef<'a>, Vec<TermRef<'a>>)];

fn properties<'a>(
    out: &mut String,
    names: &mut Names,
    graph: &Graph<'a>,
    properties: &Properties<'a>,
    depth: usize,
) {
    for (position, (predicate, objects)) in properties.iter().enumerate() {
        if position > 0 {
            out.push_str(" ;");
            new_line(out, depth);
        }
        if *predicate == rdf::TYPE {
            out.push('a');
        } else {
            iri(out, names, predicate.as_str());
        }
        for (position, object) in objects.iter().enumerate() {
            out.push_str(if position == 0 { " " } else { ", " });
            term(out, names, graph, *object, depth);
        }
    }
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("    ", depth));
}

fn term<'a>(
    out: &mut String,
    names: &mut Names,
    graph: &Graph<'a>,
    term: TermRef<'a>,
    depth: usize,
) {
    match graph.nested(term) {
        Some([]) => out.push_str("[]"),
        Some(inner) => {
            out.push('[');
            new_line(out, depth + 1);
            properties(out, names, graph, inner, depth + 1);
            new_line(out, depth);
            out.push(']');
        }
        None => match term {
            TermRef::NamedNode(node) => iri(out, names, node.as_str()),
            TermRef::BlankNode(node) => push_subject(out, node.into()),
            TermRef::Literal(value) => literal(out, names, value),
        },
    }
}

fn literal(out: &mut String, names: &mut Names, literal: LiteralRef<'_>) {
    if literal.language().is_some() {
        return push_literal(out, literal);
    }
    match literal.datatype() {
        xsd::STRING => push_quoted(out, literal.value()),
        xsd::BOOLEAN if matches!(literal.value(), "true" | "false") => {
            out.push_str(literal.value());
        }
        xsd::INTEGER if is_integer(literal.value()) => out.push_str(literal.value()),
        datatype => {
            push_quoted(out, literal.value());
            out.push_str("^^");
            iri(out, names, datatype.as_str());
        }
    }
}

fn is_integer(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn iri(out: &mut String, names: &mut Names, iri: &str) {
    match names.shorten(iri) {
        Some((prefix, local)) => {
            out.push_str(prefix);
            out.push(':');
            out.push_str(local);
        }
        None => push_bracketed(out, iri),
    }
}
