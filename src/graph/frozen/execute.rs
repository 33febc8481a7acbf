//! The executor: answers the shapes of queries that it knows by columns of ids, and leaves every other
//! query whole to oxigraph's evaluator over the same file.
//!
//! What is answered here must be exactly what that evaluator answers: what an expression means, what an
//! aggregate gives and how values are sorted is either plain from the ids or asked of it, in bulk. Where
//! neither will do, the query is refused before its first row, and evaluated there.

mod aggregate;
mod algebra;
mod answer;
mod bind;
mod bulk;
mod combine;
mod compare;
mod condition;
mod count;
mod estimate;
mod exists;
mod explain;
mod expression;
mod join;
mod matching;
mod native;
mod number;
mod order;
mod pairs;
mod parts;
mod path;
mod sum;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod total;
mod translate;

use std::rc::Rc;

use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults};
use rustc_hash::FxHashMap;
use spargebra::Query;

use self::table::Var;
use self::terms::Terms;
use crate::graph::frozen::dataset::Dataset;
use crate::graph::frozen::{Frozen, Id};
use crate::graph::functions::evaluator;

pub use self::explain::explain;

/// Who answers a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The executor where it knows the shape of the query, else oxigraph's evaluator.
    Auto,
    /// Oxigraph's evaluator alone.
    Plain,
    /// The executor alone; other queries are an error.
    Only,
}

/// Why the executor stops.
#[derive(Debug)]
enum Stop {
    /// The query is not of a shape that is answered here.
    Unsuited(&'static str),
    /// A step would make more rows than may be held in memory.
    TooLarge,
    /// The query cannot be answered at all.
    Failed(QueryEvaluationError),
}

impl Stop {
    fn reason(&self) -> &'static str {
        match self {
            Self::Unsuited(reason) => reason,
            Self::TooLarge => "too many rows at once",
            Self::Failed(_) => "an error",
        }
    }
}

impl From<Stop> for QueryEvaluationError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Failed(error) => error,
            stop => Self::Unexpected(stop.reason().into()),
        }
    }
}

/// Answers a query.
///
/// # Errors
/// Those of oxigraph's evaluator; with [`Mode::Only`] also queries that the executor does not know.
pub fn execute<'a>(
    file: &'a Frozen,
    query: &Query,
    mode: Mode,
) -> Result<QueryResults<'a>, QueryEvaluationError> {
    execute_with(file, query, mode, &CancellationToken::new())
}

/// Answers a query that may be cancelled.
///
/// # Errors
/// As [`execute`]; [`QueryEvaluationError::Cancelled`] when it is.
pub fn execute_with<'a>(
    file: &'a Frozen,
    query: &Query,
    mode: Mode,
    token: &CancellationToken,
) -> Result<QueryResults<'a>, QueryEvaluationError> {
    if mode == Mode::Plain {
        return plain(file, query.clone(), token);
    }
    match answer::answer(file, query, token) {
        Ok(results) => Ok(results),
        Err(Stop::Failed(error)) => Err(error),
        Err(stop) if mode == Mode::Only => Err(stop.into()),
        Err(_) => plain(file, exists::planned(file, query), token),
    }
}

fn plain<'a>(
    file: &'a Frozen,
    query: Query,
    token: &CancellationToken,
) -> Result<QueryResults<'a>, QueryEvaluationError> {
    evaluator()
        .with_cancellation_token(token.clone())
        .for_query(query)
        .on_queryable_dataset(Dataset::new(file))
        .execute()
}

/// What evaluates one query.
struct Executor<'a> {
    terms: Terms<'a>,
    /// The query, for the base of its IRIs.
    query: Rc<Query>,
    token: CancellationToken,
    /// A pattern whose solutions the rows are already.
    known: Option<u32>,
    /// The variable to sort by where both ends of a pattern are new.
    hint: Option<Var>,
    /// Whether the values of outer rows are seen everywhere, as inside EXISTS.
    correlated: bool,
    /// The numbers of own columns that are in use.
    own: u32,
    integers: FxHashMap<i64, Id>,
}

impl<'a> Executor<'a> {
    fn new(terms: Terms<'a>, query: Rc<Query>, token: CancellationToken) -> Self {
        Self {
            terms,
            query,
            token,
            known: None,
            hint: None,
            correlated: false,
            own: 0,
            integers: FxHashMap::default(),
        }
    }

    fn file(&self) -> &'a Frozen {
        self.terms.file
    }

    /// An error when the query has been cancelled.
    fn alive(&self) -> Result<(), Stop> {
        if self.token.is_cancelled() {
            return Err(Stop::Failed(QueryEvaluationError::Cancelled));
        }
        Ok(())
    }

    /// A variable for a column of the executor's own.
    fn own_var(&mut self) -> Result<Var, Stop> {
        for at in 0..32u8 {
            if self.own & (1 << at) == 0 {
                self.own |= 1 << at;
                return Ok(translate::OWN + at);
            }
        }
        Err(Stop::Unsuited("too many levels"))
    }

    /// Gives a variable back.
    fn release(&mut self, var: Var) {
        if let Some(at) = var.checked_sub(translate::OWN) {
            self.own &= !(1 << at);
        }
    }
}
