//! `SERVICE <urn:moisson:search> { … }`: the text index within a query.
//!
//! The block is answered before the query is planned, and its results stand in its place as a table
//! (`VALUES`), so that every engine joins them as it joins everything. Nothing is fetched. The vocabulary is
//! told of in `docs/SEARCH.md`.

mod service;
mod vocabulary;

use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::NamedNodePattern;

use super::QueryError;
use crate::graph::exists;
use crate::search::Deferred;

/// The name of the service, the same in every installation.
pub const SERVICE: &str = "urn:moisson:search";

/// Puts results in the place of every block of the service; blocks of other services stay as they are.
pub(super) fn answered(query: &mut Query, index: Option<&Deferred>) -> Result<(), QueryError> {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => Searching(index).pattern(pattern),
    }
}

struct Searching<'a>(Option<&'a Deferred>);

impl Searching<'_> {
    fn pattern(&self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        match pattern {
            GraphPattern::Service { name, inner, .. } if is_ours(name) => {
                *pattern = service::results(inner, self.0)?;
                Ok(())
            }
            GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::Service { .. } => Ok(()),
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => {
                self.pattern(left)?;
                self.pattern(right)
            }
            GraphPattern::LeftJoin {
                left,
                right,
                expression,
            } => {
                self.pattern(left)?;
                self.pattern(right)?;
                expression
                    .iter_mut()
                    .try_for_each(|expression| self.expression(expression))
            }
            GraphPattern::Filter { expr, inner } => {
                self.pattern(inner)?;
                self.expression(expr)
            }
            GraphPattern::Extend {
                inner, expression, ..
            } => {
                self.pattern(inner)?;
                self.expression(expression)
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner)?;
                expression.iter_mut().try_for_each(|key| match key {
                    OrderExpression::Asc(key) | OrderExpression::Desc(key) => self.expression(key),
                })
            }
            GraphPattern::Group {
                inner, aggregates, ..
            } => {
                self.pattern(inner)?;
                aggregates.iter_mut().try_for_each(|(_, one)| match one {
                    AggregateExpression::CountSolutions { .. } => Ok(()),
                    AggregateExpression::FunctionCall { expr, .. } => self.expression(expr),
                })
            }
            GraphPattern::Graph { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
        }
    }

    /// Blocks inside EXISTS.
    fn expression(&self, expression: &mut Expression) -> Result<(), QueryError> {
        exists::each(expression, &mut |pattern| self.pattern(pattern))
    }
}

fn is_ours(name: &NamedNodePattern) -> bool {
    matches!(name, NamedNodePattern::NamedNode(name) if name.as_str() == SERVICE)
}
