//! The process that answers queries: one graph, one query at a time, requests in, frames out.
//!
//! It exists to be killed. A query has no limit of time or memory here; the server that started the
//! process watches it from outside, and replaces it. It ends with its input or with its parent.

pub mod frame;

use std::io::{self, Read, Write};
use std::panic::AssertUnwindSafe;
use std::path::Path;

use rustix::process::{Resource, Rlimit, Signal};
use thiserror::Error;

use self::frame::{Failure, Head, Outcome, Request};
use super::GraphError;
use super::engine::{Opened, bytes};
use super::query::{self, Format, Limits, Query, QueryError};
use crate::search::Deferred;

/// Why a worker ended before its input did.
#[derive(Debug, Error)]
pub enum WorkerError {
    /// The graph cannot be opened.
    #[error("the snapshot cannot be opened: {0}")]
    Graph(#[from] GraphError),
    /// The pipes to the server are broken, or carry what is no request.
    #[error("the server cannot be talked to: {0}")]
    Pipe(#[from] io::Error),
    /// The kernel refused a limit.
    #[error("the process cannot be confined: {0}")]
    Confine(#[from] rustix::io::Errno),
}

/// A far backstop for a worker that nobody watches, beside the graph itself: a mapped file counts as
/// address space. Nearer ones abort `RocksDB` when it starts.
const ADDRESS_SPACE: u64 = 8 << 30;

/// Ties the process to its parent's life and below its priority. Only for a process that is a worker, on
/// the graph in `graph`.
///
/// # Errors
/// When the kernel refuses.
pub fn confine(graph: &Path) -> Result<(), WorkerError> {
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    // A graph that cannot be looked at cannot be opened either, which is told then.
    let most = ADDRESS_SPACE + bytes(graph).unwrap_or_default();
    let limit = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    rustix::process::setrlimit(Resource::As, limit)?;
    // A worker killed for its memory must not leave gigabytes of core dump.
    rustix::process::setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            maximum: Some(0),
        },
    )?;
    rustix::process::nice(5)?;
    Ok(())
}

/// Answers the requests of `input` until it ends.
///
/// # Errors
/// When the graph cannot be opened or a pipe breaks; a query that fails is an answer.
pub fn run(graph: &Path, mut input: impl Read, mut output: impl Write) -> Result<(), WorkerError> {
    let search = Deferred::beside(graph);
    let graph = Opened::open(graph)?;
    while let Some(request) = frame::read_request(&mut input)? {
        frame::write_accepted(&mut output)?;
        output.flush()?;
        let store = Store {
            graph: &graph,
            search: &search,
        };
        answer(store, &request, &mut output)?;
        output.flush()?;
    }
    Ok(())
}

/// What questions are asked of.
#[derive(Clone, Copy)]
struct Store<'a> {
    graph: &'a Opened,
    search: &'a Deferred,
}

fn answer(store: Store<'_>, request: &Request, output: &mut impl Write) -> io::Result<()> {
    let Some(format) = Format::from_media_type(&request.format) else {
        let failure = Failure::Refused;
        return frame::write_head(
            output,
            &Head::Failed {
                failure,
                message: "no such format".to_owned(),
            },
        );
    };
    let query = Query {
        text: &request.query,
        base: Some(&request.base),
        default_graphs: &request.default_graphs,
        named_graphs: &request.named_graphs,
        format,
        limits: Limits {
            rows: request.max_rows,
            bytes: request.max_bytes,
            overflow: request.overflow,
        },
        search: Some(store.search),
    };
    let mut chunks = Chunks {
        output,
        begun: false,
    };
    let end = match evaluated(store.graph, &query, &mut chunks) {
        Ok(summary) => {
            // A graph of no triples may have no bytes.
            chunks.begin()?;
            let outcome = if summary.cut {
                Outcome::Cut
            } else {
                Outcome::Complete
            };
            frame::End {
                outcome,
                rows: summary.rows,
                bytes: summary.bytes,
            }
        }
        Err(QueryError::Write(error)) => return Err(error),
        Err(QueryError::Aborted { reason }) => match *reason {
            QueryError::Write(error) => return Err(error),
            reason => frame::End {
                outcome: Outcome::Broken(reason.to_string()),
                rows: 0,
                bytes: 0,
            },
        },
        Err(error) => {
            let failure = failure(&error);
            return frame::write_head(
                output,
                &Head::Failed {
                    failure,
                    message: error.to_string(),
                },
            );
        }
    };
    frame::write_end(output, &end)
}

fn failure(error: &QueryError) -> Failure {
    match error {
        QueryError::Syntax(_)
        | QueryError::Update
        | QueryError::GraphIri(_)
        | QueryError::Format(_)
        | QueryError::Search(_)
        | QueryError::Evaluation(_) => Failure::Refused,
        QueryError::Rows(_) | QueryError::Limit { .. } | QueryError::Bytes(_) => Failure::TooLarge,
        QueryError::Store(_)
        | QueryError::Index(_)
        | QueryError::Write(_)
        | QueryError::Aborted { .. } => Failure::Internal,
    }
}

/// Evaluates a query; a panic of the evaluator is an error of this query alone.
///
/// oxigraph's evaluator sorts by a comparison that is no order among literals of different types, and the
/// standard library may panic on that.
fn evaluated<W: Write>(
    graph: &Opened,
    query: &Query<'_>,
    chunks: &mut Chunks<'_, W>,
) -> Result<query::Summary, QueryError> {
    let evaluate = AssertUnwindSafe(|| query::evaluate(graph, query, &mut *chunks));
    std::panic::catch_unwind(evaluate).unwrap_or_else(|_panic| {
        let reason = QueryError::Evaluation(
            "the evaluator gave up; if it sorts, it may be by values that cannot be compared"
                .to_owned(),
        );
        if chunks.begun {
            Err(QueryError::Aborted {
                reason: Box::new(reason),
            })
        } else {
            Err(reason)
        }
    })
}

/// Writes a head before the first byte, and every byte in data frames.
struct Chunks<'a, W> {
    output: &'a mut W,
    begun: bool,
}

impl<W: Write> Chunks<'_, W> {
    fn begin(&mut self) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        frame::write_head(self.output, &Head::Begun)
    }
}

impl<W: Write> Write for Chunks<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begin()?;
        for chunk in bytes.chunks(frame::CHUNK) {
            frame::write_data(self.output, chunk)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
