//! The white list of expressions and aggregates.

use oxigraph::model::Variable;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, Function as Call};

use super::algebra::{Aggregate, Condition, Function, Kind, Operator, Place, Plan};
use super::table::{Var, Vars, only};
use super::translate::{Read, Translator, no};

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

impl Translator<'_, '_> {
    pub(super) fn aggregate(
        &mut self,
        aggregate: &AggregateExpression,
        place: Place,
    ) -> Read<Aggregate> {
        let (name, expression, distinct) = match aggregate {
            AggregateExpression::CountSolutions { distinct: true } => {
                return no("COUNT(DISTINCT *)");
            }
            AggregateExpression::CountSolutions { distinct } => {
                return Ok(Aggregate {
                    function: Function::Count,
                    argument: None,
                    distinct: *distinct,
                });
            }
            AggregateExpression::FunctionCall {
                name,
                expr,
                distinct,
            } => (name, expr, *distinct),
        };
        let function = match name {
            AggregateFunction::Count => Function::Count,
            AggregateFunction::Sum => Function::Sum,
            AggregateFunction::Avg => Function::Average,
            AggregateFunction::Min => Function::Minimum,
            AggregateFunction::Max => Function::Maximum,
            AggregateFunction::Sample => Function::Sample,
            AggregateFunction::GroupConcat { .. } => return no("GROUP_CONCAT"),
            AggregateFunction::Custom(_) => return no("an unknown aggregate"),
        };
        Ok(Aggregate {
            function,
            argument: Some(self.condition(expression, place)?),
            distinct,
        })
    }

    /// Reads the operands of a conjunction.
    pub(super) fn conjuncts(
        &mut self,
        expression: &Expression,
        place: Place,
        into: &mut Vec<Condition>,
    ) -> Read<()> {
        if let Expression::And(left, right) = expression {
            self.conjuncts(left, place, into)?;
            return self.conjuncts(right, place, into);
        }
        into.push(self.condition(expression, place)?);
        Ok(())
    }

    /// Reads an expression.
    pub(super) fn condition(&mut self, expression: &Expression, place: Place) -> Read<Condition> {
        let kind = match expression {
            Expression::And(left, right) => Kind::And(vec![
                self.condition(left, place)?,
                self.condition(right, place)?,
            ]),
            Expression::Or(left, right) => Kind::Or(vec![
                self.condition(left, place)?,
                self.condition(right, place)?,
            ]),
            Expression::Not(inner) => Kind::Not(Box::new(self.condition(inner, place)?)),
            Expression::Exists(pattern) => {
                let blanks = std::mem::take(&mut self.blanks);
                let outer = std::mem::replace(&mut self.in_exists, true);
                let plan = self.plan(pattern, place)?;
                self.in_exists = outer;
                self.blanks = blanks;
                Kind::Exists(Box::new(plan))
            }
            Expression::Bound(variable) => Kind::Bound(self.var(variable)?),
            Expression::Variable(variable) => Kind::Variable(self.var(variable)?),
            Expression::NamedNode(node) => Kind::Constant(self.id(node.clone())?),
            Expression::Literal(literal) => Kind::Constant(self.id(literal.clone())?),
            expression => {
                let mut vars = Vec::new();
                self.check(expression, &mut vars)?;
                Kind::Leaf(expression.clone(), vars)
            }
        };
        let vars: Vars = match &kind {
            Kind::And(inner) | Kind::Or(inner) => {
                inner.iter().fold(0, |vars, inner| vars | inner.vars)
            }
            Kind::Not(inner) => inner.vars,
            Kind::Exists(plan) => mentioned(plan),
            Kind::Bound(var) | Kind::Variable(var) => only(*var),
            Kind::Constant(_) => 0,
            Kind::Leaf(_, vars) => vars.iter().fold(0, |set, (_, var)| set | only(*var)),
        };
        Ok(Condition { kind, vars })
    }

    /// Collects the variables of an expression that is evaluated value by value, and refuses what has
    /// another value in every row or needs the graph.
    fn check(&mut self, expression: &Expression, vars: &mut Vec<(Variable, Var)>) -> Read<()> {
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) => {}
            Expression::Variable(variable) | Expression::Bound(variable) => {
                let var = self.var(variable)?;
                if !vars.iter().any(|(_, known)| *known == var) {
                    vars.push((variable.clone(), var));
                }
            }
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
                self.check(a, vars)?;
                self.check(b, vars)?;
            }
            Expression::In(a, list) => {
                self.check(a, vars)?;
                for item in list {
                    self.check(item, vars)?;
                }
            }
            Expression::UnaryPlus(inner)
            | Expression::UnaryMinus(inner)
            | Expression::Not(inner) => {
                self.check(inner, vars)?;
            }
            Expression::Exists(_) => return no("EXISTS inside another expression"),
            Expression::If(a, b, c) => {
                for inner in [a, b, c] {
                    self.check(inner, vars)?;
                }
            }
            Expression::Coalesce(list) => {
                for inner in list {
                    self.check(inner, vars)?;
                }
            }
            Expression::FunctionCall(call, list) => {
                match call {
                    Call::Rand | Call::BNode | Call::Now | Call::Uuid | Call::StrUuid => {
                        return no("a function whose value changes");
                    }
                    Call::Custom(name) if !name.as_str().starts_with(XSD) => {
                        return no("an unknown function");
                    }
                    _ => {}
                }
                for inner in list {
                    self.check(inner, vars)?;
                }
            }
        }
        Ok(())
    }
}

/// All variables that a pattern of EXISTS mentions: any of them may come from the outer row.
fn mentioned(plan: &Plan) -> Vars {
    let conditions = |conditions: &[Condition]| {
        conditions
            .iter()
            .fold(0, |vars, condition| vars | condition.vars)
    };
    plan.possible
        | match &plan.operator {
            Operator::Join(children) | Operator::Union(children) => children
                .iter()
                .fold(0, |vars, child| vars | mentioned(child)),
            Operator::LeftJoin(left, right, expression) => {
                mentioned(left) | mentioned(right) | conditions(expression)
            }
            Operator::Filter(inner, expression) => mentioned(inner) | conditions(expression),
            Operator::Extend(inner, _, value) => mentioned(inner) | value.vars,
            _ => 0,
        }
}
