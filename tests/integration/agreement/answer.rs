//! Answers as values: all rows in memory, so that two can be compared.

use super::bag;
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::{QueryEvaluationError, QueryResults};
use spareval::ExpressionTerm;
use std::fmt;

/// How many rows are read.
const MOST: usize = 50_000;

/// One solution, in the order of the answer's variables; or the three terms of a triple.
pub(crate) type Row = Vec<Option<Term>>;

/// What an engine said.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Rows(Vec<Variable>, Vec<Row>),
    Truth(bool),
    /// Triples, each once.
    Graph(Vec<Row>),
}

/// Why an engine said nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The query is not of the shapes that the executor knows.
    Refused,
    /// More rows than are worth comparing, or more time than they are worth.
    TooMuch,
    Failed(String),
    Panicked(String),
}

impl Answer {
    /// Reads results to their end.
    pub(crate) fn collect(results: QueryResults<'_>) -> Result<Self, Failure> {
        let failed = |error: QueryEvaluationError| match error {
            QueryEvaluationError::Cancelled => Failure::TooMuch,
            error => Failure::Failed(error.to_string()),
        };
        Ok(match results {
            QueryResults::Boolean(truth) => Self::Truth(truth),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut rows = Vec::new();
                for solution in solutions {
                    let solution = solution.map_err(failed)?;
                    if rows.len() == MOST {
                        return Err(Failure::TooMuch);
                    }
                    rows.push(
                        variables
                            .iter()
                            .map(|name| solution.get(name).cloned())
                            .collect(),
                    );
                }
                Self::Rows(variables, rows)
            }
            QueryResults::Graph(triples) => {
                let mut rows: Vec<Row> = Vec::new();
                for triple in triples {
                    let triple = triple.map_err(failed)?;
                    rows.push(vec![
                        Some(triple.subject.into()),
                        Some(triple.predicate.into()),
                        Some(triple.object),
                    ]);
                }
                rows.sort_by_cached_key(|row| format!("{row:?}"));
                rows.dedup();
                Self::Graph(rows)
            }
        })
    }

    /// The same answer with every literal as oxigraph's store would keep it.
    pub(crate) fn rewritten(&self) -> Self {
        let rewrite = |rows: &[Row]| {
            let row = |row: &Row| row.iter().map(|cell| cell.clone().map(rewritten)).collect();
            rows.iter().map(row).collect()
        };
        match self {
            Self::Rows(variables, rows) => Self::Rows(variables.clone(), rewrite(rows)),
            Self::Graph(rows) => Self::Graph(rewrite(rows)),
            Self::Truth(truth) => Self::Truth(*truth),
        }
    }

    /// The same answer with its columns sorted by name.
    pub(crate) fn by_name(&self) -> Self {
        let Self::Rows(variables, rows) = self else {
            return self.clone();
        };
        let mut columns: Vec<usize> = (0..variables.len()).collect();
        columns.sort_by_key(|column| variables[*column].as_str());
        Self::Rows(
            columns.iter().map(|at| variables[*at].clone()).collect(),
            rows.iter()
                .map(|row| columns.iter().map(|at| row[*at].clone()).collect())
                .collect(),
        )
    }

    /// How many rows or triples.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Rows(_, rows) | Self::Graph(rows) => rows.len(),
            Self::Truth(_) => 1,
        }
    }

    /// Whether both say the same in any order, whatever their blank nodes are called.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Truth(one), Self::Truth(other)) => one == other,
            (Self::Graph(one), Self::Graph(other)) => bag::same(one, other),
            (Self::Rows(names, one), Self::Rows(others, other)) => {
                names == others && bag::same(one, other)
            }
            _ => false,
        }
    }
}

/// A term as oxigraph's store gives it back: derived integers are integers, values have one form.
pub(crate) fn rewritten(term: Term) -> Term {
    ExpressionTerm::from(term).into()
}

impl fmt::Display for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, rows) = match self {
            Self::Truth(truth) => return write!(out, "{truth}"),
            Self::Graph(rows) => (String::from("triples"), rows),
            Self::Rows(variables, rows) => {
                let names: Vec<String> = variables.iter().map(ToString::to_string).collect();
                (names.join(" "), rows)
            }
        };
        writeln!(out, "{head} ({} rows)", rows.len())?;
        for row in rows.iter().take(40) {
            for cell in row {
                match cell {
                    Some(term) => write!(out, "{term}\t")?,
                    None => write!(out, "-\t")?,
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
