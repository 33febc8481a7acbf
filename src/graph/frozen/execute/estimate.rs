//! The order of joins, from the exact counts of the file's directory.

use super::Executor;
use super::algebra::{Operator, Pattern, Place, Plan, Slot};
use super::table::{Table, Var, Vars, only};
use crate::graph::frozen::Partition;

/// Rows that a subquery is taken to have.
const SUBQUERY: f64 = 100_000.0;

impl<'a> Executor<'a> {
    /// The member of a group to join with next.
    pub(super) fn cheapest(&self, plans: &[&Plan], table: &Table) -> usize {
        let (rows, bound) = (count(table.rows), table.vars());
        let mut best = (f64::INFINITY, 0);
        for (at, plan) in plans.iter().enumerate() {
            let cost = self.estimate(plan, bound, rows);
            if cost < best.0 {
                best = (cost, at);
            }
        }
        best.1
    }

    /// The variable of a pattern by which the next join will look up.
    pub(super) fn next_key(&self, chosen: &Plan, rest: &[&Plan], bound: Vars) -> Option<Var> {
        let bound = bound | chosen.possible;
        let mut best = (f64::INFINITY, 0);
        for plan in rest {
            if plan.possible & chosen.possible != 0 {
                let cost = self.estimate(plan, bound, 1.0);
                if cost < best.0 {
                    best = (cost, plan.possible & chosen.possible);
                }
            }
        }
        let Operator::Pattern(pattern) = &chosen.operator else {
            return None;
        };
        if best.1 & pattern.subject.vars() != 0 {
            return None;
        }
        match pattern.object {
            Slot::Var(var) if best.1 & only(var) != 0 => Some(var),
            _ => None,
        }
    }

    /// About how many rows there are after a join with a plan.
    pub(super) fn estimate(&self, plan: &Plan, bound: Vars, rows: f64) -> f64 {
        let is_linked = plan.possible & bound != 0;
        match &plan.operator {
            Operator::Unit => rows,
            Operator::Pattern(pattern) => rows * self.fan(pattern, bound),
            Operator::Path(path) => {
                let ends = path.subject.vars() | path.object.vars();
                let is_free = matches!((path.subject, path.object), (Slot::Var(_), Slot::Var(_)));
                if is_free && ends & bound == 0 {
                    rows * 10_000_000.0
                } else {
                    rows * 4.0
                }
            }
            Operator::Values(_, values) if is_linked => rows.min(count(values.len())),
            Operator::Values(_, values) => rows * count(values.len()),
            Operator::Join(children) => children
                .iter()
                .map(|child| self.estimate(child, bound, rows))
                .fold(f64::INFINITY, f64::min)
                .max(1.0),
            Operator::Union(children) => children
                .iter()
                .map(|child| self.estimate(child, bound, rows))
                .sum(),
            Operator::LeftJoin(inner, ..)
            | Operator::Filter(inner, _)
            | Operator::Extend(inner, ..)
            | Operator::Minus(inner, _) => 1.01 * self.estimate(inner, bound, rows),
            Operator::Slice(_, _, Some(length)) if is_linked => rows.min(count(*length)),
            Operator::Slice(_, _, Some(length)) => rows * count(*length).min(SUBQUERY),
            _ if is_linked => rows.max(SUBQUERY),
            _ => rows * SUBQUERY,
        }
    }

    /// About how many solutions a pattern has for a row.
    fn fan(&self, pattern: &Pattern, bound: Vars) -> f64 {
        let file = self.file();
        let one: Option<&Partition>;
        let some: &[Partition];
        let graph = match pattern.place {
            Place::Default => Some(None),
            Place::Named(Slot::Term(graph)) => Some(Some(graph)),
            Place::Named(Slot::Var(_)) => None,
        };
        match (graph, pattern.predicate) {
            (Some(graph), Slot::Term(predicate)) => {
                one = file.partition(graph, predicate);
                some = one.map(std::slice::from_ref).unwrap_or_default();
            }
            (Some(graph), Slot::Var(_)) => some = file.in_graph(graph),
            (None, _) => some = file.partitions(),
        }
        let is_graph_bound = pattern.place.vars() & bound != 0;
        let mut fan = 0.0;
        for partition in some {
            if graph.is_none() && partition.graph.is_none() {
                continue;
            }
            if let Slot::Term(predicate) = pattern.predicate
                && predicate != partition.predicate
            {
                continue;
            }
            let one = self.fan_of(pattern, partition, bound);
            fan += if is_graph_bound {
                one / count(file.graphs().len()).max(1.0)
            } else {
                one
            };
        }
        fan
    }

    fn fan_of(&self, pattern: &Pattern, partition: &'a Partition, bound: Vars) -> f64 {
        let file = self.file();
        let wide = |number: u64| count(usize::try_from(number).unwrap_or(usize::MAX)).max(1.0);
        let (pairs, subjects, objects) = (
            wide(partition.pairs),
            wide(partition.subjects),
            wide(partition.objects),
        );
        let is_bound = |slot: Slot| slot.vars() & bound != 0;
        match (pattern.subject, pattern.object) {
            (Slot::Term(subject), Slot::Term(object)) => f64::from(u8::from(
                file.by_subject(partition).contains(subject, object),
            )),
            (Slot::Term(subject), object) => {
                let found = count(file.by_subject(partition).values(subject).len());
                if is_bound(object) {
                    (found / objects).min(0.9)
                } else {
                    found
                }
            }
            (subject, Slot::Term(object)) => {
                let found = count(file.by_object(partition).values(object).len());
                if is_bound(subject) {
                    (found / subjects).min(0.9)
                } else {
                    found
                }
            }
            (subject, object) => match (is_bound(subject), is_bound(object)) {
                (true, true) => (pairs / subjects.max(objects)).min(0.9),
                (true, false) => pairs / subjects,
                (false, true) => pairs / objects,
                (false, false) => pairs,
            },
        }
    }
}

/// A count for calculation; it need not be exact.
pub(super) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
