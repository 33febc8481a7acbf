//! Serialisation of documents and of streams, in every syntax.
//!
//! Our own writers rather than oxigraph's where people read the result: subjects stay in the order
//! given, types come first, and what only one node refers to is nested in it. Where a syntax cannot say
//! something (a control character or a predicate without local name in RDF/XML), the document stays
//! well-formed and loses that, never more.

mod name;
mod tree;
mod turtle;
mod xml;

use std::io::{self, Write};

use foldhash::{HashSet, HashSetExt as _};
use oxigraph::model::{GraphName, NamedOrBlankNodeRef, Quad};

use super::jsonld;
use super::syntax::Syntax;
use super::text::{push_subject, push_triple};
pub(super) use name::Names;
pub(super) use tree::{Forest, Graph, Node};

/// Whether blank nodes may be written inside the one node that refers to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blank {
    /// All statements about the subjects of a batch are in it.
    Nested,
    /// A blank node of this batch may come back in a later one.
    Labelled,
}

/// Writes batches of quads as one document.
///
/// Quads of the default graph are always written, those of named graphs where the syntax
/// [has graphs](Syntax::has_graphs).
pub struct Writer<W: Write> {
    syntax: Syntax,
    out: W,
    state: State,
}

/// What a syntax must remember between batches.
enum State {
    Lines,
    Turtle,
    Xml,
    JsonLd(jsonld::Position),
}

impl<W: Write> Writer<W> {
    /// Starts a document: prefixes, root element or context.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(syntax: Syntax, mut out: W) -> io::Result<Self> {
        let state = match syntax {
            Syntax::NTriples | Syntax::NQuads => State::Lines,
            Syntax::Turtle | Syntax::TriG | Syntax::N3 => {
                turtle::start(&mut out, Names::all())?;
                State::Turtle
            }
            Syntax::RdfXml => {
                xml::start(&mut out, Names::all())?;
                State::Xml
            }
            Syntax::JsonLd => State::JsonLd(jsonld::start(&mut out)?),
        };
        Ok(Self { syntax, out, state })
    }

    /// Writes a batch that says all there is to say about its subjects: blank nodes may be nested.
    ///
    /// # Errors
    /// Those of the underlying writer.
    pub fn write(&mut self, quads: &[Quad]) -> io::Result<()> {
        self.batch(quads, Blank::Nested)
    }

    /// Writes a part of a stream in any order: subjects and blank nodes may come back later.
    ///
    /// # Errors
    /// Those of the underlying writer.
    pub fn write_part(&mut self, quads: &[Quad]) -> io::Result<()> {
        self.batch(quads, Blank::Labelled)
    }

    fn batch(&mut self, quads: &[Quad], blank: Blank) -> io::Result<()> {
        let out = &mut self.out;
        match &mut self.state {
            State::Lines => lines(out, self.syntax, quads),
            State::Turtle => turtle::write(
                out,
                &mut Names::default(),
                &Forest::new(self.syntax, quads, blank),
            ),
            State::Xml => xml::write(
                out,
                &mut Names::default(),
                &Forest::new(self.syntax, quads, blank),
            ),
            State::JsonLd(position) => {
                jsonld::write(out, position, &Forest::new(self.syntax, quads, blank))
            }
        }
    }

    /// Where it writes to.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Ends the document and gives the underlying writer back; without it the document is truncated.
    ///
    /// # Errors
    /// Those of the underlying writer.
    pub fn finish(mut self) -> io::Result<W> {
        match self.state {
            State::Lines | State::Turtle => {}
            State::Xml => xml::finish(&mut self.out)?,
            State::JsonLd(position) => jsonld::finish(&mut self.out, &position)?,
        }
        Ok(self.out)
    }
}

/// A whole document; only the prefixes that it uses are declared (JSON-LD has its one context).
///
/// # Errors
/// None in practice: it is written to memory.
pub fn document(syntax: Syntax, quads: &[Quad]) -> io::Result<Vec<u8>> {
    let mut names = Names::default();
    let mut body = Vec::new();
    let mut head = Vec::new();
    match syntax {
        Syntax::Turtle | Syntax::TriG | Syntax::N3 => {
            turtle::write(
                &mut body,
                &mut names,
                &Forest::new(syntax, quads, Blank::Nested),
            )?;
            turtle::start(&mut head, names)?;
        }
        Syntax::RdfXml => {
            xml::write(
                &mut body,
                &mut names,
                &Forest::new(syntax, quads, Blank::Nested),
            )?;
            xml::finish(&mut body)?;
            xml::start(&mut head, names)?;
        }
        Syntax::NTriples | Syntax::NQuads | Syntax::JsonLd => {
            let mut writer = Writer::new(syntax, head)?;
            writer.write(quads)?;
            return writer.finish();
        }
    }
    head.append(&mut body);
    Ok(head)
}

/// N-Triples and N-Quads, as they come, repetitions left out.
fn lines(out: &mut impl Write, syntax: Syntax, quads: &[Quad]) -> io::Result<()> {
    let mut seen = HashSet::with_capacity(quads.len());
    let mut line = String::new();
    for quad in quads.iter().filter(|quad| seen.insert(*quad)) {
        let is_named = quad.graph_name != GraphName::DefaultGraph;
        if is_named && !syntax.has_graphs() {
            continue;
        }
        line.clear();
        push_triple(&mut line, quad.as_ref().into());
        if let Some(name) = graph(&quad.graph_name) {
            line.push(' ');
            push_subject(&mut line, name);
        }
        line.push_str(" .\n");
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

fn graph(name: &GraphName) -> Option<NamedOrBlankNodeRef<'_>> {
    match name {
        GraphName::NamedNode(name) => Some(name.into()),
        GraphName::BlankNode(name) => Some(name.into()),
        GraphName::DefaultGraph => None,
    }
}

#[cfg(test)]
mod tests;
