//! Expressions in bulk, through oxigraph's evaluator: many values are put before it as a dataset of
//! virtual statements, one a row and column, so that its own rules decide.
//!
//! The values are objects, never subjects: the optimiser takes subjects for no literals and would turn
//! `=` into sameTerm. Rows are subjects, and mean nothing.

use std::rc::Rc;

use oxigraph::model::{Literal, NamedNode, Term, Variable};
use oxigraph::sparql::{QueryEvaluationError, QueryResults};
use spareval::{ExpressionTerm, InternalQuad, QueryEvaluator, QueryableDataset};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::table::{UNDEF, Var};
use super::terms::Terms;
use super::{Executor, Stop};
use crate::graph::frozen::{FrozenError, Id};

const COLUMN: &str = "urn:moisson:column:";

/// A row, a column or a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Cell {
    Row(u32),
    Column(u32),
    Term(Id),
}

/// Rows as statements.
#[derive(Clone)]
struct Rows<'a> {
    terms: Terms<'a>,
    columns: Rc<Vec<Vec<Id>>>,
    count: u32,
}

impl Rows<'_> {
    fn quad(&self, row: u32, column: u32) -> Option<InternalQuad<Cell>> {
        let object = self.columns.get(column as usize)?.get(row as usize)?;
        Some(InternalQuad {
            subject: Cell::Row(row),
            predicate: Cell::Column(column),
            object: Cell::Term(*object),
            graph_name: None,
        })
    }
}

impl<'a> QueryableDataset<'a> for Rows<'a> {
    type InternalTerm = Cell;
    type Error = FrozenError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Cell>,
        predicate: Option<&Cell>,
        object: Option<&Cell>,
        graph_name: Option<Option<&Cell>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Cell>, FrozenError>> + use<'a> {
        let rows = match (subject, graph_name) {
            (Some(Cell::Row(row)), Some(None)) => *row..row.saturating_add(1),
            (None, Some(None)) => 0..self.count,
            _ => 0..0,
        };
        let column = match predicate {
            Some(Cell::Column(column)) => *column,
            _ => u32::MAX,
        };
        let (this, object) = (self.clone(), object.copied());
        rows.filter_map(move |row| this.quad(row, column))
            .filter(move |quad| object.is_none_or(|object| quad.object == object))
            .map(Ok)
    }

    fn internalize_term(&self, term: Term) -> Result<Cell, FrozenError> {
        if let Term::NamedNode(node) = &term
            && let Some(column) = node.as_str().strip_prefix(COLUMN)
            && let Ok(column) = column.parse()
        {
            return Ok(Cell::Column(column));
        }
        let id = self
            .terms
            .locals
            .borrow_mut()
            .intern(self.terms.file, term)?;
        Ok(Cell::Term(id))
    }

    fn externalize_term(&self, term: Cell) -> Result<Term, FrozenError> {
        match term {
            Cell::Row(number) | Cell::Column(number) => Ok(Literal::from(i64::from(number)).into()),
            Cell::Term(id) => self.terms.locals.borrow().term(self.terms.file, id),
        }
    }

    fn externalize_expression_term(&self, term: Cell) -> Result<ExpressionTerm, FrozenError> {
        match term {
            Cell::Term(id) if id < self.terms.file.terms() => self.terms.file.expression_term(id),
            term => Ok(self.externalize_term(term)?.into()),
        }
    }
}

impl Executor<'_> {
    /// The values of an expression for rows of given values; unbound where it is an error.
    pub(super) fn bulk(
        &mut self,
        expression: &Expression,
        vars: &[(Variable, Var)],
        columns: &[Vec<Id>],
        rows: usize,
    ) -> Result<Vec<Id>, Stop> {
        let mut values = vec![UNDEF; rows];
        // Rows with the same gaps are evaluated together, without the statements that they lack.
        let mut masks: Vec<u64> = vec![0; rows];
        for (column, bit) in columns.iter().zip(0u32..) {
            for (mask, id) in masks.iter_mut().zip(column) {
                if *id == UNDEF {
                    *mask |= 1u64
                        .checked_shl(bit)
                        .ok_or(Stop::Unsuited("too many variables"))?;
                }
            }
        }
        let mut kinds = masks.clone();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let at: Vec<u32> = (0..)
                .zip(&masks)
                .filter(|(_, mask)| **mask == kind)
                .map(|(row, _)| row)
                .collect();
            let mut bound = Vec::new();
            let mut parts = Vec::new();
            for ((column, (name, _)), bit) in columns.iter().zip(vars).zip(0u32..) {
                if kind >> bit & 1 == 0 {
                    bound.push(name.clone());
                    parts.push(super::table::pick(column, &at));
                }
            }
            if bound.is_empty() {
                // The evaluator must have something to go through.
                bound.push(Variable::new_unchecked("a row"));
                parts.push(at.clone());
            }
            for (row, id) in self.bulk_bound(expression, &bound, parts)? {
                if let Some(value) = at.get(row).and_then(|row| values.get_mut(*row as usize)) {
                    *value = id;
                }
            }
        }
        Ok(values)
    }

    fn bulk_bound(
        &mut self,
        expression: &Expression,
        names: &[Variable],
        columns: Vec<Vec<Id>>,
    ) -> Result<Vec<(usize, Id)>, Stop> {
        // No variable of a query has a space in its name.
        let (row, value) = (
            Variable::new_unchecked("the row"),
            Variable::new_unchecked("the value"),
        );
        let patterns = names
            .iter()
            .zip(0u32..)
            .map(|(name, column)| TriplePattern {
                subject: TermPattern::Variable(row.clone()),
                predicate: NamedNodePattern::NamedNode(NamedNode::new_unchecked(format!(
                    "{COLUMN}{column}"
                ))),
                object: TermPattern::Variable(name.clone()),
            })
            .collect();
        let query = Query::Select {
            dataset: None,
            pattern: GraphPattern::Project {
                inner: Box::new(GraphPattern::Extend {
                    inner: Box::new(GraphPattern::Bgp { patterns }),
                    variable: value.clone(),
                    expression: expression.clone(),
                }),
                variables: vec![row, value],
            },
            base_iri: match &*self.query {
                Query::Select { base_iri, .. }
                | Query::Construct { base_iri, .. }
                | Query::Describe { base_iri, .. }
                | Query::Ask { base_iri, .. } => base_iri.clone(),
            },
        };
        let count = columns.first().map_or(0, Vec::len);
        let rows = Rows {
            terms: self.terms.clone(),
            columns: Rc::new(columns),
            count: u32::try_from(count).unwrap_or(u32::MAX),
        };
        let evaluator = QueryEvaluator::new().with_cancellation_token(self.token.clone());
        let results = evaluator
            .prepare(&query)
            .execute(rows)
            .map_err(Stop::Failed)?;
        let QueryResults::Solutions(solutions) = results else {
            return Err(Stop::Failed(QueryEvaluationError::Unexpected(
                "no solutions".into(),
            )));
        };
        let mut found = Vec::with_capacity(count);
        for solution in solutions {
            let solution = solution.map_err(Stop::Failed)?;
            let (Some(Term::Literal(row)), Some(value)) = (solution.get(0), solution.get(1)) else {
                continue;
            };
            if let Ok(row) = row.value().parse() {
                found.push((row, self.terms.intern(value.clone())?));
            }
        }
        Ok(found)
    }
}
