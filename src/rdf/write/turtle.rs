//! Turtle, TriG and N3 (<https://www.w3.org/TR/turtle/>, <https://www.w3.org/TR/trig/>).

use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphNameRef, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};

use super::name::bracketed;
use super::{Forest, Graph, Names};

/// The prefixes.
pub(super) fn start(out: &mut impl Write, names: Names) -> io::Result<()> {
    let mut any = false;
    for (prefix, namespace) in names.used() {
        writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
        any = true;
    }
    if any { writeln!(out) } else { Ok(()) }
}

/// The statements; named graphs in braces.
pub(super) fn write(
    out: &mut impl Write,
    names: &mut Names,
    forest: &Forest<'_>,
) -> io::Result<()> {
    for graph in &forest.graphs {
        match graph.name {
            GraphNameRef::DefaultGraph => nodes(out, names, graph)?,
            GraphNameRef::NamedNode(name) => {
                writeln!(out, "{} {{", iri(names, name.as_str()))?;
                nodes(out, names, graph)?;
                writeln!(out, "}}\n")?;
            }
            GraphNameRef::BlankNode(name) => {
                writeln!(out, "{name} {{")?;
                nodes(out, names, graph)?;
                writeln!(out, "}}\n")?;
            }
        }
    }
    Ok(())
}

fn nodes(out: &mut impl Write, names: &mut Names, graph: &Graph<'_>) -> io::Result<()> {
    for node in graph.roots() {
        match node.subject {
            NamedOrBlankNodeRef::NamedNode(subject) => {
                write!(out, "{} ", iri(names, subject.as_str()))?;
            }
            NamedOrBlankNodeRef::BlankNode(subject) => write!(out, "{subject} ")?,
        }
        properties(out, names, graph, &node.properties, 1)?;
        writeln!(out, " .\n")?;
    }
    Ok(())
}

type Properties<'a> = [(NamedNodeRef<'a>, Vec<TermRef<'a>>)];

fn properties<'a>(
    out: &mut impl Write,
    names: &mut Names,
    graph: &Graph<'a>,
    properties: &Properties<'a>,
    depth: usize,
) -> io::Result<()> {
    for (position, (predicate, objects)) in properties.iter().enumerate() {
        if position > 0 {
            write!(out, " ;\n{:1$}", "", depth * 4)?;
        }
        if *predicate == rdf::TYPE {
            write!(out, "a")?;
        } else {
            write!(out, "{}", iri(names, predicate.as_str()))?;
        }
        for (position, object) in objects.iter().enumerate() {
            write!(out, "{}", if position == 0 { " " } else { ", " })?;
            term(out, names, graph, *object, depth)?;
        }
    }
    Ok(())
}

fn term<'a>(
    out: &mut impl Write,
    names: &mut Names,
    graph: &Graph<'a>,
    term: TermRef<'a>,
    depth: usize,
) -> io::Result<()> {
    match graph.nested(term) {
        Some([]) => write!(out, "[]"),
        Some(inner) => {
            write!(out, "[\n{:1$}", "", (depth + 1) * 4)?;
            properties(out, names, graph, inner, depth + 1)?;
            write!(out, "\n{:1$}]", "", depth * 4)
        }
        None => match term {
            TermRef::NamedNode(node) => write!(out, "{}", iri(names, node.as_str())),
            TermRef::BlankNode(node) => write!(out, "{node}"),
            TermRef::Literal(value) => literal(out, names, value),
        },
    }
}

fn literal(out: &mut impl Write, names: &mut Names, literal: LiteralRef<'_>) -> io::Result<()> {
    let text = LiteralRef::new_simple_literal(literal.value());
    if let Some(language) = literal.language() {
        return write!(out, "{text}@{language}");
    }
    match literal.datatype() {
        xsd::STRING => write!(out, "{text}"),
        xsd::BOOLEAN if matches!(literal.value(), "true" | "false") => {
            write!(out, "{}", literal.value())
        }
        xsd::INTEGER if is_integer(literal.value()) => write!(out, "{}", literal.value()),
        datatype => write!(out, "{text}^^{}", iri(names, datatype.as_str())),
    }
}

fn is_integer(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn iri(names: &mut Names, iri: &str) -> String {
    match names.shorten(iri) {
        Some((prefix, local)) => format!("{prefix}:{local}"),
        None => bracketed(iri),
    }
}
