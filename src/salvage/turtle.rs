//! Turtle, TriG, N3, N-Triples and N-Quads: parsed in portions, and where a portion has an error,
//! statement by statement, then property by property.
//!
//! Most feeds have no error, so that the parser sees them in large portions. Where it complains, what
//! it complains of is left out alone, with a finding on the resource that it was said of. Named graphs
//! are all one: a feed that uses them says which portal or day a record is from.

mod lines;
mod salvage;

use std::fmt::Write as _;
use std::io::BufRead;
use std::mem::take;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Triple};

use super::effort::{self, Effort};
use super::statement::{Braces, Mended, Piece, Splitter};
use super::{End, ReadError};
use crate::finding::{Code, Finding};
use crate::rdf::namespace::well_known;
use crate::rdf::vocab::curie;
use crate::salvage::index::Index;
use crate::salvage::term;

pub(in crate::salvage) use lines::read_lines;

/// How much is parsed at once, in bytes.
const PORTION: usize = 1 << 19;

/// The longest declaration, in bytes: every name in the document can repeat its IRI.
const LONGEST_PREFIX: usize = 1 << 10;

/// Reads Turtle, TriG or N3.
pub(super) fn read_turtle(
    mut input: impl BufRead,
    format: RdfFormat,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    let (braces, format) = match format {
        RdfFormat::TriG => (Braces::Graphs, RdfFormat::Turtle),
        format => (Braces::Formulas, format),
    };
    let mut splitter = Splitter::new(braces);
    let mut parser = Parser::new(format, base, index);
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        for byte in buffer {
            match splitter.push(*byte) {
                None => {}
                Some(Piece::Declaration(text)) => parser.declare(&text),
                Some(Piece::Statement { text, mended }) => {
                    parser.take(format!("{text} .\n"), mended);
                }
                Some(Piece::TooDeep(start)) => parser.too_deep(&start),
            }
        }
        let used = buffer.len();
        input.consume(used);
    }
    let (rest, is_open) = splitter.finish();
    match rest {
        Some(Piece::Statement { text, mended }) => parser.take(format!("{text} .\n"), mended),
        Some(Piece::Declaration(text)) => parser.declare(&text),
        Some(Piece::TooDeep(start)) => parser.too_deep(&start),
        None => {}
    }
    parser.flush();
    parser.end(is_open)
}

struct Parser<'i> {
    format: RdfFormat,
    base: Option<String>,
    /// The declarations so far.
    prologue: String,
    /// Those of them that say what addresses are relative to.
    declared_base: String,
    /// Prefixes that the document should have declared.
    added: Vec<String>,
    statements: Vec<(String, Option<Mended>)>,
    length: usize,
    last: String,
    index: &'i mut Index,
    /// Statements that gave something.
    good: u64,
    /// What was said of the first that gave nothing.
    bad: Option<String>,
    /// Names for brackets that were opened.
    opened: u32,
    /// What parsing may cost, and has.
    effort: Effort,
}

impl<'i> Parser<'i> {
    fn new(format: RdfFormat, base: Option<&str>, index: &'i mut Index) -> Self {
        Self {
            format,
            base: base.map(str::to_owned),
            prologue: String::new(),
            declared_base: String::new(),
            added: Vec::new(),
            statements: Vec::new(),
            length: 0,
            last: String::new(),
            index,
            good: 0,
            bad: None,
            opened: 0,
            effort: Effort::default(),
        }
    }

    fn declare(&mut self, text: &str) {
        // What was said before it goes by the declarations before it.
        self.flush();
        self.effort.earn(text.len());
        // A prefix may be relative to the base before it, and depends on nothing else.
        let alone = format!("{}{text}", self.declared_base);
        let may_be = text.len() <= LONGEST_PREFIX && self.effort.spend(alone.len());
        if may_be && self.parsed(&alone).is_ok() {
            if text.starts_with("@base") {
                let is_absolute = text.contains("://");
                self.declared_base = if is_absolute { text.to_owned() } else { alone };
            }
            self.prologue.push_str(text);
        } else {
            self.index.find(
                None,
                &Finding::new(
                    Code::SyntaxRepaired,
                    "the document",
                    "left out",
                    text.trim(),
                ),
            );
        }
    }

    /// Leaves a statement out that nobody would parse.
    fn too_deep(&mut self, start: &str) {
        self.give_up(start, "its brackets are nested too deeply");
    }

    fn take(&mut self, text: String, mended: Option<Mended>) {
        self.effort.earn(text.len());
        self.length += text.len();
        if self.length > PORTION {
            self.flush();
            self.length = text.len();
        }
        self.statements.push((text, mended));
    }

    /// Parses what has gathered.
    fn flush(&mut self) {
        let statements = take(&mut self.statements);
        self.length = 0;
        if let Some((last, _)) = statements.last() {
            self.last.clone_from(last);
        }
        let is_mended = statements.iter().any(|(_, mended)| mended.is_some());
        if !is_mended {
            let text: String = statements.iter().map(|(text, _)| text.as_str()).collect();
            // Portions are large, so that what stands before each costs little.
            if let Ok(triples) = self.parse_freely(&text) {
                self.good += u64::try_from(triples.len()).unwrap_or(u64::MAX);
                for triple in triples {
                    self.add(triple);
                }
                return;
            }
        }
        for (text, mended) in statements {
            self.statement(&text, mended);
        }
    }

    /// Parses one statement, and leaves out of it what cannot be.
    fn statement(&mut self, text: &str, mended: Option<Mended>) {
        if self.effort.is_spent() {
            self.give_up(text, effort::SPENT);
            return;
        }
        let mut said = Vec::new();
        if let Some((code, mended)) = mended {
            said.push((code, mended.to_owned(), String::new()));
        }
        let outcome = self.parse_declared(text, &mut said);
        let triples = match outcome {
            Ok(triples) => triples,
            Err(error) if self.is_by_line() => {
                self.give_up(text, &error);
                return;
            }
            Err(error) => {
                let body = text.trim_end().trim_end_matches('.');
                let triples = self.salvage(body, &mut said, 0);
                if triples.is_empty() {
                    self.give_up(text, &error);
                    return;
                }
                triples
            }
        };
        self.good += 1;
        let subject = triples.first().map(|triple| triple.subject.clone());
        let subject = subject.and_then(|node| term::subject(node, self.base.as_deref(), "").0);
        for (code, message, value) in said {
            let finding = Finding::new(code, "", message, &value);
            self.index.find(subject.as_ref(), &finding);
        }
        for triple in triples {
            self.add(triple);
        }
    }

    fn give_up(&mut self, text: &str, error: &str) {
        self.bad.get_or_insert_with(|| error.to_owned());
        let finding = Finding::new(
            Code::SyntaxRepaired,
            "the document",
            format!("a statement was left out: {error}"),
            text.trim(),
        );
        self.index.find(None, &finding);
    }

    fn is_by_line(&self) -> bool {
        matches!(self.format, RdfFormat::NTriples | RdfFormat::NQuads)
    }

    /// Parses a text; prefixes that it lacks are declared where everybody knows them.
    fn parse_declared(
        &mut self,
        text: &str,
        said: &mut Vec<(Code, String, String)>,
    ) -> Result<Vec<Triple>, String> {
        loop {
            let error = match self.parse(text) {
                Ok(triples) => {
                    self.tell_of_added(text, said);
                    return Ok(triples);
                }
                Err(error) => error,
            };
            let prefix = error
                .split_once("The prefix ")
                .and_then(|(_, rest)| rest.split_once(": has not been declared"))
                .map(|(prefix, _)| prefix.to_owned());
            let known = prefix.and_then(|prefix| Some((well_known(&prefix)?, prefix)));
            match known {
                Some((namespace, prefix)) if !self.added.contains(&prefix) => {
                    // Writing to a string does not fail.
                    let _ = writeln!(self.prologue, "@prefix {prefix}: <{namespace}> .");
                    self.added.push(prefix);
                }
                _ => return Err(error),
            }
        }
    }

    /// Notes which of the prefixes that were declared for the document a statement uses.
    fn tell_of_added(&self, text: &str, said: &mut Vec<(Code, String, String)>) {
        for prefix in &self.added {
            let name = format!("{prefix}:");
            let message = format!(
                "taken as {}: the prefix is not declared",
                well_known(prefix).unwrap_or_default()
            );
            let is_new = !said.iter().any(|(_, known, _)| *known == message);
            if is_new
                && text
                    .split([' ', '\n', '\t', '^', ',', ';', '['])
                    .any(|w| w.starts_with(&name))
            {
                said.push((Code::PrefixUndeclared, message, name));
            }
        }
    }

    fn parse(&self, text: &str) -> Result<Vec<Triple>, String> {
        if !self.effort.spend(self.prologue.len() + text.len()) {
            return Err(effort::SPENT.to_owned());
        }
        self.parse_freely(text)
    }

    fn parse_freely(&self, text: &str) -> Result<Vec<Triple>, String> {
        self.parsed(&format!("{}{text}", self.prologue))
    }

    fn parsed(&self, document: &str) -> Result<Vec<Triple>, String> {
        let parser = RdfParser::from_format(self.format).lenient();
        let parser = match &self.base {
            Some(base) => parser
                .with_base_iri(base.as_str())
                .map_err(|error| error.to_string())?,
            None => parser,
        };
        let mut triples = Vec::new();
        for quad in parser.for_slice(document) {
            let Quad {
                subject,
                predicate,
                object,
                graph_name,
            } = quad.map_err(|error| brief(&error.to_string()))?;
            // What stands in a formula of N3 is not stated.
            if graph_name == GraphName::DefaultGraph || self.format == RdfFormat::NQuads {
                triples.push(Triple {
                    subject,
                    predicate,
                    object,
                });
            }
        }
        Ok(triples)
    }

    fn add(&mut self, triple: Triple) {
        add(triple, self.base.as_deref(), self.index);
    }

    fn end(self, is_open: bool) -> Result<End, ReadError> {
        match self.bad {
            Some(error) if self.good == 0 => Err(ReadError::NotRdf(error)),
            _ if is_open && self.good == 0 => {
                Err(ReadError::NotRdf("it has no statement".to_owned()))
            }
            _ if is_open => Ok(End::CutOff("its last statement does not end".to_owned())),
            // What was not looked into may have been sound, and is not gone.
            _ if self.effort.is_spent() => Ok(End::CutOff(effort::SPENT.to_owned())),
            _ => Ok(End::Whole),
        }
    }
}

/// Adds a statement of a lenient parser, its terms checked.
pub(super) fn add(triple: Triple, base: Option<&str>, index: &mut Index) {
    let field = curie(triple.predicate.as_ref());
    let (subject, finding) = term::subject(triple.subject, base, "the resource");
    let Some(subject) = subject else {
        if let Some(finding) = finding {
            index.find(None, &finding);
        }
        return;
    };
    let tell = |index: &mut Index, subject: &NamedOrBlankNode, finding: Option<Finding>| {
        if let Some(finding) = finding {
            index.find(Some(subject), &finding);
        }
    };
    tell(index, &subject, finding);
    let (predicate, finding) = term::iri(triple.predicate.as_str(), None, "a property");
    tell(index, &subject, finding);
    let (object, finding) = term::object(triple.object, base, &field);
    tell(index, &subject, finding);
    if let (Some(predicate), Some(object)) = (predicate, object) {
        index.add(Triple::new(subject, predicate, object));
    }
}

/// A parser's complaint without its place, which is one in a portion.
fn brief(error: &str) -> String {
    let error = match error.split_once(": ") {
        Some((place, rest)) if place.contains(" line ") => rest,
        _ => error,
    };
    error.chars().take(160).collect()
}

#[cfg(test)]
mod tests;
