//! For queries that are left to oxigraph's evaluator: plans the patterns inside EXISTS, which its
//! optimiser does not enter, so that two of them would be a cartesian product for every outer row
//! (sparopt, `reorder_joins`). They are put into the order of their exact counts, as a chain of LATERAL,
//! which the optimiser leaves as it is.

use std::convert::Infallible;
use std::rc::Rc;

use oxigraph::sparql::CancellationToken;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::TriplePattern;

use super::Executor;
use super::algebra::{Place, Plan};
use super::table::Vars;
use super::terms::Terms;
use super::translate::Translator;
use crate::graph::exists;
use crate::graph::frozen::Frozen;

/// The query, with the patterns inside EXISTS planned.
pub(super) fn planned(file: &Frozen, original: &Query) -> Query {
    let mut query = original.clone();
    match &mut query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => {
            let terms = Terms::new(file);
            let executor = Executor::new(
                terms.clone(),
                Rc::new(original.clone()),
                CancellationToken::new(),
            );
            let mut planner = Planner {
                executor,
                translator: Translator::new(&terms),
            };
            planner.pattern(pattern, Place::Default, None);
        }
    }
    query
}

struct Planner<'t, 'a> {
    executor: Executor<'a>,
    translator: Translator<'t, 'a>,
}

impl Planner<'_, '_> {
    /// Goes through a pattern; inside EXISTS with the variables that are bound outside.
    fn pattern(&mut self, pattern: &mut GraphPattern, place: Place, outside: Option<Vars>) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                if let Some(outside) = outside
                    && patterns.len() > 1
                {
                    let patterns = std::mem::take(patterns);
                    *pattern = self.chain(patterns, place, outside);
                }
            }
            GraphPattern::Path { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::Service { .. } => {}
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => {
                self.pattern(left, place, outside);
                self.pattern(right, place, outside);
            }
            GraphPattern::LeftJoin {
                left,
                right,
                expression,
            } => {
                if let Some(expression) = expression {
                    let seen = self.seen(left) | self.seen(right) | outside.unwrap_or_default();
                    self.expression(expression, place, seen);
                }
                self.pattern(left, place, outside);
                self.pattern(right, place, outside);
            }
            GraphPattern::Filter { expr, inner } => {
                let seen = self.seen(inner) | outside.unwrap_or_default();
                self.expression(expr, place, seen);
                self.pattern(inner, place, outside);
            }
            GraphPattern::Graph { name, inner } => {
                if let Ok(name) = self.translator.name(name) {
                    self.pattern(inner, Place::Named(name), outside);
                }
            }
            GraphPattern::Extend {
                inner, expression, ..
            } => {
                let seen = self.seen(inner) | outside.unwrap_or_default();
                self.expression(expression, place, seen);
                self.pattern(inner, place, outside);
            }
            GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner, place, outside),
            // A subquery does not see what it does not show; what it shows is not known here.
            GraphPattern::Project { inner, .. } | GraphPattern::Group { inner, .. } => {
                self.pattern(inner, place, outside.map(|_| 0));
            }
        }
    }

    fn expression(&mut self, expression: &mut Expression, place: Place, seen: Vars) {
        let Ok(()) = exists::each::<Infallible>(expression, &mut |pattern| {
            self.pattern(pattern, place, Some(seen));
            Ok(())
        });
    }

    /// The variables of a pattern, all of them taken as bound.
    fn seen(&mut self, pattern: &GraphPattern) -> Vars {
        let mut seen = 0;
        let mut variables = Vec::new();
        pattern.on_in_scope_variable(|variable| variables.push(variable.clone()));
        for variable in variables {
            if let Ok(var) = self.translator.var(&variable) {
                seen |= super::table::only(var);
            }
        }
        seen
    }

    fn chain(&mut self, patterns: Vec<TriplePattern>, place: Place, outside: Vars) -> GraphPattern {
        let mut rest: Vec<(TriplePattern, Option<Plan>)> = Vec::with_capacity(patterns.len());
        for pattern in patterns {
            let plan = self.translator.triple(&pattern, place).ok();
            rest.push((pattern, plan));
        }
        let mut bound = outside;
        let mut chain: Option<GraphPattern> = None;
        while !rest.is_empty() {
            let mut best = (f64::INFINITY, 0);
            for (at, (_, plan)) in rest.iter().enumerate() {
                let cost = plan
                    .as_ref()
                    .map_or(f64::MAX, |plan| self.executor.estimate(plan, bound, 1.0));
                if cost < best.0 {
                    best = (cost, at);
                }
            }
            let (pattern, plan) = rest.swap_remove(best.1);
            bound |= plan.map_or(0, |plan| plan.possible);
            let one = GraphPattern::Bgp {
                patterns: vec![pattern],
            };
            chain = Some(match chain {
                None => one,
                Some(chain) => GraphPattern::Lateral {
                    left: Box::new(chain),
                    right: Box::new(one),
                },
            });
        }
        chain.unwrap_or_default()
    }
}
