//! RDF/XML (<https://www.w3.org/TR/rdf-syntax-grammar/>).
//!
//! XML cannot carry most control characters (they become U+FFFD) nor a predicate that has no local
//! name, such as `http://e.org/p/` (a comment says that it was left out).

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{BlankNodeRef, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};

use super::{Forest, Graph, Names};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Names of the RDF namespace that are syntax and can be neither property nor, most of them, class.
const SYNTAX_TERMS: &[&str] = &[
    "RDF",
    "ID",
    "about",
    "parseType",
    "resource",
    "nodeID",
    "datatype",
    "Description",
    "li",
    "aboutEach",
    "aboutEachPrefix",
    "bagID",
];

/// The declaration and the root element.
pub(super) fn start(out: &mut impl Write, names: Names) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    write!(out, "<rdf:RDF xmlns:rdf=\"{RDF}\"")?;
    for (prefix, namespace) in names.used().filter(|(prefix, _)| *prefix != "rdf") {
        write!(out, "\n    xmlns:{prefix}=\"{namespace}\"")?;
    }
    writeln!(out, ">")
}

/// The end of the root element.
pub(super) fn finish(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "</rdf:RDF>")
}

/// The nodes of the default graph.
pub(super) fn write(
    out: &mut impl Write,
    names: &mut Names,
    forest: &Forest<'_>,
) -> io::Result<()> {
    for graph in &forest.graphs {
        for root in graph.roots() {
            let about = match root.subject {
                NamedOrBlankNodeRef::NamedNode(subject) => {
                    format!(" rdf:about=\"{}\"", attribute(subject.as_str()))
                }
                NamedOrBlankNodeRef::BlankNode(subject) => {
                    format!(" rdf:nodeID=\"{}\"", node_id(subject))
                }
            };
            node(out, names, graph, &about, &root.properties, 1)?;
        }
    }
    Ok(())
}

type Properties<'a> = [(NamedNodeRef<'a>, Vec<TermRef<'a>>)];

/// A node element, named for its first type where that has a name.
fn node<'a>(
    out: &mut impl Write,
    names: &mut Names,
    graph: &Graph<'a>,
    about: &str,
    properties: &Properties<'a>,
    depth: usize,
) -> io::Result<()> {
    let class = properties
        .first()
        .filter(|(predicate, _)| *predicate == rdf::TYPE)
        .and_then(|(_, types)| {
            if let Some(TermRef::NamedNode(class)) = types.first() {
                Element::new(names, *class)
            } else {
                None
            }
        });
    let skip = usize::from(class.is_some());
    let element = class.unwrap_or(Element {
        name: Cow::Borrowed("rdf:Description"),
        xmlns: String::new(),
    });
    let indent = depth * 2;
    let types = properties.iter().take(1).flat_map(|(predicate, objects)| {
        objects
            .iter()
            .skip(skip)
            .map(move |object| (predicate, object))
    });
    let others = properties
        .iter()
        .skip(1)
        .flat_map(|(predicate, objects)| objects.iter().map(move |object| (predicate, object)));
    let mut statements = types.chain(others).peekable();
    if statements.peek().is_none() {
        return writeln!(
            out,
            "{:indent$}<{}{}{about}/>",
            "", element.name, element.xmlns
        );
    }
    writeln!(
        out,
        "{:indent$}<{}{}{about}>",
        "", element.name, element.xmlns
    )?;
    for (predicate, object) in statements {
        if let Some(element) = Element::new(names, *predicate) {
            property(out, names, graph, &element, *object, depth + 1)?;
        } else {
            let predicate = text(predicate.as_str()).replace("--", "-&#45;");
            writeln!(
                out,
                "{:indent$}  <!-- not expressible in RDF/XML: {predicate} -->",
                ""
            )?;
        }
    }
    writeln!(out, "{:indent$}</{}>", "", element.name)
}

fn property<'a>(
    out: &mut impl Write,
    names: &mut Names,
    graph: &Graph<'a>,
    element: &Element<'_>,
    object: TermRef<'a>,
    depth: usize,
) -> io::Result<()> {
    let Element { name, xmlns } = element;
    let indent = depth * 2;
    write!(out, "{:indent$}<{name}{xmlns}", "")?;
    if let Some(inner) = graph.nested(object) {
        writeln!(out, ">")?;
        node(out, names, graph, "", inner, depth + 1)?;
        return writeln!(out, "{:indent$}</{name}>", "");
    }
    match object {
        TermRef::NamedNode(object) => {
            writeln!(out, " rdf:resource=\"{}\"/>", attribute(object.as_str()))
        }
        TermRef::BlankNode(object) => writeln!(out, " rdf:nodeID=\"{}\"/>", node_id(object)),
        TermRef::Literal(literal) => {
            writeln!(out, "{}>{}</{name}>", kind(literal), text(literal.value()))
        }
    }
}

fn kind(literal: LiteralRef<'_>) -> String {
    match (literal.language(), literal.datatype()) {
        (Some(language), _) => format!(" xml:lang=\"{}\"", attribute(language)),
        (None, xsd::STRING) => String::new(),
        (None, datatype) => format!(" rdf:datatype=\"{}\"", attribute(datatype.as_str())),
    }
}

/// An element name, with the namespace declaration that it needs.
struct Element<'a> {
    name: Cow<'a, str>,
    xmlns: String,
}

impl<'a> Element<'a> {
    fn new(names: &mut Names, iri: NamedNodeRef<'a>) -> Option<Self> {
        let iri = iri.as_str();
        if iri
            .strip_prefix(RDF)
            .is_some_and(|name| SYNTAX_TERMS.contains(&name))
        {
            return None;
        }
        if let Some((prefix, local)) = names.shorten(iri) {
            return Some(Self {
                name: Cow::Owned(format!("{prefix}:{local}")),
                xmlns: String::new(),
            });
        }
        let (namespace, local) = split(iri)?;
        if namespace.is_empty() || namespace == XMLNS || namespace == XML {
            return None;
        }
        if namespace == RDF {
            return Some(Self {
                name: Cow::Owned(format!("rdf:{local}")),
                xmlns: String::new(),
            });
        }
        let xmlns = format!(" xmlns:ns=\"{}\"", attribute(namespace));
        Some(Self {
            name: Cow::Owned(format!("ns:{local}")),
            xmlns,
        })
    }
}

/// Splits an IRI before the longest name at its end.
fn split(iri: &str) -> Option<(&str, &str)> {
    let tail = iri
        .rfind(|c| !is_name_char(c))
        .and_then(|at| Some(at + iri.get(at..)?.chars().next()?.len_utf8()));
    let tail = tail.unwrap_or(0);
    let start = tail + iri.get(tail..)?.find(is_name_start)?;
    iri.split_at_checked(start)
}

/// `NCNameStartChar`, without the planes beyond the first, which old parsers refuse.
fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}')
}

fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}')
}

/// A blank node label as an XML name: `b` and the label, what is no plain character as `-hex-`.
fn node_id(label: BlankNodeRef<'_>) -> String {
    let mut id = String::from("b");
    for c in label.as_str().chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') {
            id.push(c);
        } else {
            let _ = write!(id, "-{:x}-", u32::from(c));
        }
    }
    id
}

fn text(value: &str) -> Cow<'_, str> {
    escape(value, |c| matches!(c, '<' | '>' | '&' | '\r'))
}

fn attribute(value: &str) -> Cow<'_, str> {
    escape(value, |c| {
        matches!(c, '<' | '>' | '&' | '"' | '\r' | '\n' | '\t')
    })
}

/// Escapes what `special` names, and replaces what XML 1.0 cannot carry.
fn escape(value: &str, special: impl Fn(char) -> bool) -> Cow<'_, str> {
    let impossible = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if !value.contains(|c| special(c) || impossible(c)) {
        return Cow::Borrowed(value);
    }
    let mut escaped = String::with_capacity(value.len() + 16);
    for c in value.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' if special('"') => escaped.push_str("&quot;"),
            c if impossible(c) => escaped.push('\u{FFFD}'),
            c if special(c) => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}
