//! What a query leaves open: which rows a LIMIT picks, how often REDUCED repeats one, and in what order
//! rows come.

use spargebra::Query;
use spargebra::algebra::{GraphPattern, OrderExpression};

/// How an answer may differ from another that is as right.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// Repeated rows may be fewer.
    pub(crate) reduced: bool,
    /// The same query without its LIMIT and OFFSET, with what they say.
    pub(crate) slice: Option<(Query, usize, Option<usize>)>,
    /// What the rows are ordered by.
    pub(crate) order: Vec<OrderExpression>,
}

impl Shape {
    /// Looks at the outside of a query.
    pub(crate) fn of(query: &Query) -> Self {
        let mut shape = Self::default();
        let Query::Select { pattern, .. } = query else {
            return shape;
        };
        let mut inside = pattern;
        if let GraphPattern::Slice {
            inner,
            start,
            length,
        } = inside
        {
            let mut whole = query.clone();
            if let Query::Select { pattern, .. } = &mut whole {
                *pattern = inner.as_ref().clone();
            }
            shape.slice = Some((whole, *start, *length));
            inside = inner;
        }
        if let GraphPattern::Reduced { inner } | GraphPattern::Distinct { inner } = inside {
            shape.reduced = matches!(inside, GraphPattern::Reduced { .. });
            inside = inner;
        }
        if let GraphPattern::Project { inner, .. } = inside {
            if let GraphPattern::OrderBy { expression, .. } = inner.as_ref() {
                shape.order.clone_from(expression);
            }
        }
        shape
    }
}

/// How many rows of so many a LIMIT and OFFSET leave.
pub(crate) fn sliced(rows: usize, start: usize, length: Option<usize>) -> usize {
    let left = rows.saturating_sub(start);
    length.map_or(left, |length| left.min(length))
}
