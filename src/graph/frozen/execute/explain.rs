//! The plan of a query, to be read by people.

use std::fmt::Write as _;

use oxigraph::model::{Term, Variable};
use oxigraph::sparql::CancellationToken;
use spargebra::Query;

use super::Executor;
use super::algebra::{Operator, Pattern, Place, Plan, Slot};
use super::answer::{Read, read};
use super::table::{Var, Vars};
use crate::graph::frozen::Frozen;

/// Shows how a query is answered: as a tree with exact or estimated counts of rows, or why oxigraph's
/// evaluator answers it.
#[must_use]
pub fn explain(file: &Frozen, query: &Query) -> String {
    match read(file, query, &CancellationToken::new()) {
        Err(stop) => format!("spareval: {}\n", stop.reason()),
        Ok(Read {
            plan,
            variables,
            executor,
        }) => {
            let mut explainer = Explainer {
                executor,
                variables,
                text: String::new(),
            };
            explainer.node(&plan, 0, 0);
            explainer.text
        }
    }
}

struct Explainer<'a> {
    executor: Executor<'a>,
    variables: Vec<Variable>,
    text: String,
}

impl Explainer<'_> {
    fn line(&mut self, depth: usize, line: &str, rows: Option<f64>) {
        let _ = write!(self.text, "{:indent$}{line}", "", indent = depth * 2);
        if let Some(rows) = rows {
            let _ = write!(self.text, "  # {rows:.0}");
        }
        self.text.push('\n');
    }

    fn var(&self, var: Var) -> String {
        match self.variables.get(usize::from(var)) {
            Some(name) if !name.as_str().contains(' ') => name.to_string(),
            _ => format!("?_{var}"),
        }
    }

    fn vars(&self, vars: &[Var]) -> String {
        let names: Vec<String> = vars.iter().map(|var| self.var(*var)).collect();
        names.join(" ")
    }

    fn slot(&self, slot: Slot) -> String {
        match slot {
            Slot::Var(var) => self.var(var),
            Slot::Term(id) => self
                .executor
                .terms
                .term(id)
                .map_or_else(|_| id.to_string(), |term: Term| term.to_string()),
        }
    }

    fn place(&self, place: Place) -> String {
        match place {
            Place::Default => String::new(),
            Place::Named(slot) => format!(" in {}", self.slot(slot)),
        }
    }

    fn pattern(&self, pattern: &Pattern) -> String {
        format!(
            "{} {} {}{}",
            self.slot(pattern.subject),
            self.slot(pattern.predicate),
            self.slot(pattern.object),
            self.place(pattern.place)
        )
    }

    fn node(&mut self, plan: &Plan, depth: usize, bound: Vars) {
        let rows = self.executor.estimate(plan, bound, 1.0);
        match &plan.operator {
            Operator::Unit => self.line(depth, "one empty solution", None),
            Operator::Pattern(pattern) => {
                let line = self.pattern(pattern);
                self.line(depth, &line, Some(rows));
            }
            Operator::Path(path) => {
                let line = format!(
                    "path {} to {}{}",
                    self.slot(path.subject),
                    self.slot(path.object),
                    self.place(path.place)
                );
                self.line(depth, &line, Some(rows));
            }
            Operator::Values(vars, values) => {
                let line = format!("values {}", self.vars(vars));
                self.line(depth, &line, Some(super::estimate::count(values.len())));
            }
            Operator::Join(children) => {
                self.line(depth, "join, in this order", None);
                let mut rest: Vec<&Plan> = children.iter().collect();
                let mut table = super::table::Table::unit();
                let mut bound = bound;
                for var in super::table::members(bound) {
                    table.push(var, Vec::new());
                }
                while !rest.is_empty() {
                    let next = rest.swap_remove(self.executor.cheapest(&rest, &table));
                    self.node(next, depth + 1, bound);
                    for var in super::table::members(next.possible & !bound) {
                        table.push(var, Vec::new());
                    }
                    bound |= next.possible;
                }
            }
            Operator::LeftJoin(left, right, conditions) => {
                let line = format!("optional ({} conditions)", conditions.len());
                self.line(depth, &line, None);
                self.node(left, depth + 1, bound);
                self.node(right, depth + 1, bound | left.possible);
            }
            Operator::Minus(left, right) => {
                self.line(depth, "minus", None);
                self.node(left, depth + 1, bound);
                self.node(right, depth + 1, bound | left.possible);
            }
            Operator::Union(children) => {
                self.line(depth, "union", None);
                for child in children {
                    self.node(child, depth + 1, bound);
                }
            }
            Operator::Filter(inner, conditions) => {
                let line = format!("filter ({} conditions)", conditions.len());
                self.line(depth, &line, None);
                self.node(inner, depth + 1, bound);
            }
            Operator::Extend(inner, var, _) => {
                let line = format!("bind {}", self.var(*var));
                self.line(depth, &line, None);
                self.node(inner, depth + 1, bound);
            }
            Operator::Group(inner, keys, aggregates) => {
                let line = format!(
                    "group by {} ({} aggregates)",
                    self.vars(keys),
                    aggregates.len()
                );
                self.line(depth, &line, None);
                self.node(inner, depth + 1, 0);
            }
            Operator::Order(inner, keys) => {
                let line = format!("order ({} keys)", keys.len());
                self.line(depth, &line, None);
                self.node(inner, depth + 1, 0);
            }
            Operator::Project(inner, vars) => {
                let line = format!("project {}", self.vars(vars));
                self.line(depth, &line, None);
                self.node(inner, depth + 1, 0);
            }
            Operator::Distinct(inner) => {
                self.line(depth, "distinct", None);
                self.node(inner, depth + 1, 0);
            }
            Operator::Slice(inner, start, length) => {
                let line = match length {
                    Some(length) => format!("from {start} at most {length}"),
                    None => format!("from {start}"),
                };
                self.line(depth, &line, None);
                self.node(inner, depth + 1, 0);
            }
        }
    }
}
