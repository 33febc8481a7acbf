//! Evaluation of one SPARQL query on an open graph, streamed into a writer.
//!
//! Only queries are parsed, never updates; the one service that there is, `search`, is at home, so nothing is
//! fetched. The first
//! bytes are held back until the answer is complete, has 64 KiB, or 100 ms have passed since its first
//! row, so that most errors come before any byte. It has no time or memory limit: see `worker`.

mod form;
mod format;
mod held;
mod nesting;
mod parse;
mod repeats;
mod returns;
pub mod search;

use std::io::{self, Write};

use oxigraph::model::{GraphName, Quad};
use oxigraph::sparql::results::QueryResultsSerializer;
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::engine::Opened;
use crate::rdf::syntax::Syntax;
use crate::rdf::write::{Writer, document};
use crate::search::Deferred;
pub use form::{Form, FormError, form};
pub use format::{Format, ResultsSyntax};
use held::Held;
use parse::{limit, parse};
use repeats::Repeats;
use returns::Returns;

/// What happens to an answer that is larger than it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Overflow {
    /// It fails.
    #[default]
    Abort,
    /// It ends, well-formed, after the last row that fits; [`Summary::cut`] says so.
    Cut,
}

/// How large an answer may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most rows or triples.
    pub rows: u64,
    /// The most bytes.
    pub bytes: u64,
    /// What happens beyond `rows`; beyond `bytes` an answer always fails.
    pub overflow: Overflow,
}

/// A query as the SPARQL 1.1 Protocol has it.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// The query itself.
    pub text: &'a str,
    /// What relative IRIs are relative to; without it they are errors.
    pub base: Option<&'a str>,
    /// `default-graph-uri`; with `named_graphs` it replaces the dataset that the query names.
    pub default_graphs: &'a [String],
    /// `named-graph-uri`.
    pub named_graphs: &'a [String],
    /// What the answer is written in.
    pub format: Format,
    /// How large it may be.
    pub limits: Limits,
    /// The text index beside the graph, for `SERVICE <urn:moisson:search>`.
    pub search: Option<&'a Deferred>,
}

/// An answer that was written whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Rows or triples; 1 for a boolean.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// Whether there were more rows than [`Limits::rows`].
    pub cut: bool,
}

/// Why a query has no answer, or only half of one.
#[derive(Debug, Error)]
pub enum QueryError {
    /// The text is no query.
    #[error("the query cannot be parsed: {0}")]
    Syntax(String),
    /// The text is an update.
    #[error("updates are not accepted here: only SELECT, ASK, CONSTRUCT and DESCRIBE are")]
    Update,
    /// A graph of the dataset has no absolute IRI.
    #[error("`{0}` is not an absolute IRI, so it names no graph")]
    GraphIri(String),
    /// SELECT and ASK have no RDF answer, CONSTRUCT and DESCRIBE no table.
    #[error("the answer to this form of query cannot be written as {0}")]
    Format(&'static str),
    /// The query asks for something that is not offered (SERVICE, a custom function).
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(String),
    /// A block of the search service says what it cannot.
    #[error("the search cannot be made: {0}")]
    Search(String),
    /// The text index cannot be read.
    #[error("{0}")]
    Index(String),
    /// More rows than allowed.
    #[error("the answer has more than {0} rows: add a LIMIT, or ask for less")]
    Rows(u64),
    /// It asks for more rows than allowed, however many there are.
    #[error(
        "LIMIT {asked} asks for more than {most} rows, the most that an answer has here: ask for fewer, \
         and for the next ones with OFFSET"
    )]
    Limit {
        /// What it asks for.
        asked: usize,
        /// What it may ask for.
        most: u64,
    },
    /// More bytes than allowed.
    #[error("the answer has more than {0} bytes: add a LIMIT, or ask for less")]
    Bytes(u64),
    /// The store failed.
    #[error("the store cannot be read: {0}")]
    Store(String),
    /// The reader of the answer is gone.
    #[error("the answer cannot be written: {0}")]
    Write(#[source] io::Error),
    /// It failed after bytes were written: what was written must not pass for the answer.
    #[error("the answer was broken off: {reason}")]
    Aborted {
        /// What happened.
        reason: Box<Self>,
    },
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Dataset(error) | QueryEvaluationError::Unexpected(error) => {
                Self::Store(error.to_string())
            }
            other => Self::Evaluation(other.to_string()),
        }
    }
}

/// Evaluates `query` and writes its answer into `out`.
///
/// # Errors
/// [`QueryError::Aborted`] once a byte has been written, any other before.
pub fn evaluate<W: Write>(
    graph: &Opened,
    query: &Query<'_>,
    out: W,
) -> Result<Summary, QueryError> {
    let parsed = parse(query)?;
    if let Some(asked) = limit(&parsed)
        && query.limits.overflow == Overflow::Abort
        && u64::try_from(asked).is_ok_and(|asked| asked > query.limits.rows)
    {
        let most = query.limits.rows;
        return Err(QueryError::Limit { asked, most });
    }
    let results = graph.execute(&parsed)?;
    let mut held = Held::new(out, query.limits.bytes);
    let written = match (results, query.format) {
        (QueryResults::Solutions(rows), Format::Results(syntax)) => {
            solutions(rows, syntax, query.limits, &mut held)
        }
        (QueryResults::Boolean(value), Format::Results(syntax)) => {
            boolean(value, syntax, &mut held)
        }
        (QueryResults::Graph(triples), Format::Graph(syntax)) => {
            triples_in(triples, syntax, query.limits, &mut held)
        }
        (_, format) => return Err(QueryError::Format(format.media_type())),
    };
    let written = written.and_then(|(rows, cut)| {
        held.finish()?;
        Ok(Summary {
            rows,
            bytes: held.bytes(),
            cut,
        })
    });
    written.map_err(|failure| {
        let reason = match failure {
            Failure::Query(error) => error,
            Failure::Write(_) if held.is_over() => QueryError::Bytes(query.limits.bytes),
            Failure::Write(error) => QueryError::Write(error),
        };
        if held.has_begun() {
            QueryError::Aborted {
                reason: Box::new(reason),
            }
        } else {
            reason
        }
    })
}

/// How `query` would be answered, for people.
///
/// # Errors
/// Where it cannot be parsed.
pub fn explain(graph: &Opened, query: &Query<'_>) -> Result<String, QueryError> {
    Ok(graph.explain(&parse(query)?))
}

/// Keeps the errors of the query apart from those of writing until it is known which limit was met.
enum Failure {
    Query(QueryError),
    Write(io::Error),
}

impl From<QueryEvaluationError> for Failure {
    fn from(error: QueryEvaluationError) -> Self {
        Self::Query(error.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// The number of rows, and whether there were more.
type Written = Result<(u64, bool), Failure>;

fn solutions<W: Write>(
    rows: QuerySolutionIter<'_>,
    syntax: ResultsSyntax,
    limits: Limits,
    held: &mut Held<W>,
) -> Written {
    let variables = rows.variables().to_vec();
    // The header is written when the first row is there: before, an error still has a status.
    let mut rows = rows.peekable();
    rows.peek();
    let mut writer = QueryResultsSerializer::from_format(syntax.format())
        .serialize_solutions_to_writer(Returns::of(syntax, held), variables)?;
    let mut count = 0;
    let mut cut = false;
    for row in rows {
        let row = row?;
        if count == limits.rows {
            cut = true;
            break;
        }
        writer.serialize(&row)?;
        count += 1;
    }
    if cut && limits.overflow == Overflow::Abort {
        return Err(Failure::Query(QueryError::Rows(limits.rows)));
    }
    writer.finish()?;
    Ok((count, cut))
}

fn boolean<W: Write>(value: bool, syntax: ResultsSyntax, held: &mut Held<W>) -> Written {
    QueryResultsSerializer::from_format(syntax.format())
        .serialize_boolean_to_writer(held, value)?;
    Ok((1, false))
}

/// An answer of up to this many triples that is there at once is written as a document: grouped by subject,
/// blank nodes nested.
const DOCUMENT: usize = 5_000;

/// Triples written at a time in a long answer.
const PART: usize = 500;

fn triples_in<W: Write>(
    triples: QueryTripleIter<'_>,
    syntax: Syntax,
    limits: Limits,
    held: &mut Held<W>,
) -> Written {
    let mut repeats = Repeats::default();
    let mut waiting: Vec<Quad> = Vec::new();
    let mut writer: Option<Writer<&mut Held<W>>> = None;
    let mut held = Some(held);
    let mut count = 0;
    let mut cut = false;
    let mut first = None;
    for triple in triples {
        let triple = triple?;
        if !repeats.is_new(&triple) {
            continue;
        }
        if count == limits.rows {
            cut = true;
            break;
        }
        count += 1;
        waiting.push(triple.in_graph(GraphName::DefaultGraph));
        let since = first.get_or_insert_with(std::time::Instant::now);
        let full = if writer.is_some() {
            waiting.len() >= PART
        } else {
            waiting.len() >= DOCUMENT
        };
        if full || since.elapsed() > held::PATIENCE {
            if let Some(held) = held.take() {
                writer = Some(Writer::new(syntax, held)?);
            }
            if let Some(writer) = &mut writer {
                writer.write_part(&waiting)?;
            }
            waiting.clear();
            first = None;
        }
    }
    if cut && limits.overflow == Overflow::Abort {
        return Err(Failure::Query(QueryError::Rows(limits.rows)));
    }
    if let Some(mut writer) = writer {
        writer.write_part(&waiting)?;
        writer.finish()?;
    } else if let Some(held) = held {
        held.write_all(&document(syntax, &waiting)?)?;
    }
    Ok((count, cut))
}

#[cfg(test)]
mod tests;
