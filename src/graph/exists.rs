//! The patterns inside EXISTS, wherever in an expression they stand.

use spargebra::algebra::{Expression, GraphPattern};

/// Hands the pattern of every EXISTS in an expression to `on`, until it fails.
///
/// # Errors
/// The first of `on`.
pub(in crate::graph) fn each<E>(
    expression: &mut Expression,
    on: &mut impl FnMut(&mut GraphPattern) -> Result<(), E>,
) -> Result<(), E> {
    match expression {
        Expression::Exists(pattern) => on(pattern),
        Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Bound(_) => Ok(()),
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => {
            each(a, on)?;
            each(b, on)
        }
        Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => {
            each(inner, on)
        }
        Expression::If(a, b, c) => [a, b, c].into_iter().try_for_each(|inner| each(inner, on)),
        Expression::In(one, list) => {
            each(one, on)?;
            list.iter_mut().try_for_each(|inner| each(inner, on))
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
            list.iter_mut().try_for_each(|inner| each(inner, on))
        }
    }
}
