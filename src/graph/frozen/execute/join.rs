//! Operators over tables. Every operator is joined with the solutions found so far: their values are
//! handed down wherever that cannot change the answer, and nowhere else.
//!
//! A filter, an optional part or a computed value may see a variable of the solutions so far only if its
//! own group binds that variable in any case; otherwise the group is evaluated for itself and joined
//! afterwards (SPARQL 1.1, 18.2.2: the scope of filters is their group). Inside EXISTS the values of the
//! outer row are meant to be seen, and always handed down.

use super::algebra::{Condition, Kind, Operator, Plan};
use super::table::{Table, UNDEF, Var, Vars, only};
use super::{Executor, Stop};
use crate::graph::frozen::Id;

impl Executor<'_> {
    /// The solutions of a plan by themselves.
    pub(super) fn eval(&mut self, plan: &Plan, needed: Vars) -> Result<Table, Stop> {
        self.join(Table::unit(), plan, needed)
    }

    /// The solutions of a plan that fit the given ones, with the columns that are needed at least.
    pub(super) fn join(&mut self, left: Table, plan: &Plan, needed: Vars) -> Result<Table, Stop> {
        self.alive()?;
        let seen = left.vars();
        if left.rows == 0 {
            return Ok(Table::empty(needed & (seen | plan.possible)));
        }
        if !left.is_unit() && !self.is_open(plan, seen) {
            if self.correlated {
                return Err(Stop::Unsuited("a subquery inside EXISTS"));
            }
            let shared = seen & plan.possible;
            let right = self.eval(plan, needed | shared)?;
            return self.hash_join(left, right, needed);
        }
        match &plan.operator {
            Operator::Unit => Ok(left),
            Operator::Pattern(pattern) => {
                self.hint = None;
                self.bind(left, pattern, needed)
            }
            Operator::Path(path) => self.walk(&left, path, needed),
            Operator::Values(vars, rows) => {
                let table = values(vars, rows);
                self.hash_join(left, table, needed)
            }
            Operator::Join(children) => self.group(left, children, &[], needed),
            Operator::LeftJoin(first, second, conditions) => {
                let asked = conditions
                    .iter()
                    .fold(0, |vars, condition| vars | condition.vars);
                let kept = needed | asked | second.possible;
                let left = self.join(left, first, kept)?;
                self.optional(left, second, conditions, needed)
            }
            Operator::Minus(first, second) => {
                let mut left = self.join(left, first, needed | second.possible)?;
                let marks = self.matched(&left, second, second.possible)?;
                let marks: Vec<bool> = marks.into_iter().map(|mark| !mark).collect();
                left.keep(needed);
                left.retain(&marks);
                Ok(left)
            }
            Operator::Union(children) => {
                let mut all = Table::empty(needed & (seen | plan.possible));
                for child in children {
                    let mut table = self.join(left.clone(), child, needed)?;
                    table.keep(needed);
                    all.append(table)?;
                }
                Ok(all)
            }
            Operator::Filter(inner, conditions) => match &inner.operator {
                Operator::Join(children) => self.group(left, children, conditions, needed),
                Operator::Pattern(_) => {
                    self.group(left, std::slice::from_ref(inner), conditions, needed)
                }
                _ => {
                    let asked = conditions
                        .iter()
                        .fold(0, |vars, condition| vars | condition.vars);
                    let mut table = self.join(left, inner, needed | asked)?;
                    self.filter(&mut table, conditions.iter())?;
                    table.keep(needed);
                    Ok(table)
                }
            },
            Operator::Extend(inner, var, value) => {
                let mut table = self.join(left, inner, needed | value.vars)?;
                if needed & only(*var) != 0 {
                    let column = self.values(value, &table)?;
                    table.keep(needed);
                    if plan.certain & only(*var) == 0 {
                        table.loose |= only(*var);
                    }
                    table.push(*var, column);
                }
                Ok(table)
            }
            Operator::Group(inner, keys, aggregates) => {
                self.aggregate(inner, keys, aggregates, needed)
            }
            Operator::Order(inner, keys) => self.ordered(inner, keys, 0, None, needed),
            Operator::Project(inner, vars) => {
                let vars = super::algebra::set(vars);
                let mut table = self.eval(inner, needed & vars)?;
                table.keep(needed & vars);
                Ok(table)
            }
            Operator::Distinct(inner) => {
                let table = self.eval(inner, inner.possible)?;
                self.distinct(table, inner.possible)
            }
            Operator::Slice(inner, start, length) => self.sliced(inner, *start, *length, needed),
        }
    }

    /// Whether solutions may be handed down into a plan.
    fn is_open(&self, plan: &Plan, seen: Vars) -> bool {
        let hidden = |inner: &Plan, asked: Vars| asked & seen & !inner.certain != 0;
        let asked = |conditions: &[Condition]| {
            conditions
                .iter()
                .fold(0, |vars, condition| vars | condition.vars)
        };
        match &plan.operator {
            Operator::Filter(inner, conditions) => {
                self.correlated || !hidden(inner, asked(conditions))
            }
            Operator::LeftJoin(first, second, conditions) => {
                self.correlated || !hidden(first, asked(conditions) | second.possible)
            }
            Operator::Extend(inner, var, value) => {
                only(*var) & seen == 0 && (self.correlated || !hidden(inner, value.vars))
            }
            Operator::Minus(first, second) => !hidden(first, second.possible),
            Operator::Group(..)
            | Operator::Order(..)
            | Operator::Project(..)
            | Operator::Distinct(_)
            | Operator::Slice(..) => false,
            _ => true,
        }
    }

    /// Joins with all members of a group, the cheapest first; conditions are met as soon as they can be.
    pub(super) fn group(
        &mut self,
        left: Table,
        children: &[Plan],
        conditions: &[Condition],
        needed: Vars,
    ) -> Result<Table, Stop> {
        let mut rest: Vec<&Plan> = children.iter().collect();
        let mut waiting: Vec<&Condition> = conditions.iter().collect();
        let mut table = left;
        while !rest.is_empty() {
            self.meet(&mut table, &mut waiting, &rest)?;
            if table.rows == 0 {
                break;
            }
            let chosen = rest.swap_remove(self.cheapest(&rest, &table));
            let later = rest.iter().fold(0, |vars, plan| vars | plan.possible)
                | waiting
                    .iter()
                    .fold(0, |vars, condition| vars | condition.vars);
            if let Operator::Pattern(pattern) = &chosen.operator {
                self.hint = self.next_key(chosen, &rest, table.vars());
                table = self.bind(table, pattern, needed | later)?;
            } else {
                table = self.join(table, chosen, needed | later)?;
            }
            table.keep(needed | later);
        }
        if table.rows > 0 {
            self.filter(&mut table, waiting.into_iter())?;
        }
        if table.rows == 0 {
            let all = children
                .iter()
                .fold(table.vars(), |vars, plan| vars | plan.possible);
            return Ok(Table::empty(needed & all));
        }
        table.keep(needed);
        Ok(table)
    }

    /// Applies the conditions whose variables are all settled.
    fn meet(
        &mut self,
        table: &mut Table,
        waiting: &mut Vec<&Condition>,
        rest: &[&Plan],
    ) -> Result<(), Stop> {
        if table.is_unit() {
            return Ok(());
        }
        let open = rest.iter().fold(0, |vars, plan| vars | plan.possible);
        let bound = table.vars() & !table.loose;
        let (ready, later): (Vec<_>, Vec<_>) = waiting
            .drain(..)
            .partition(|condition| condition.vars & open & !bound == 0);
        waiting.extend(later);
        if ready.is_empty() {
            return Ok(());
        }
        self.filter(table, ready.into_iter())
    }

    /// Keeps the rows that meet all conditions.
    pub(super) fn filter<'c>(
        &mut self,
        table: &mut Table,
        conditions: impl Iterator<Item = &'c Condition>,
    ) -> Result<(), Stop> {
        let mut conditions: Vec<&Condition> = conditions.collect();
        // EXISTS is dearer than what looks at values.
        conditions.sort_by_key(|condition| match &condition.kind {
            Kind::Exists(_) => 2,
            Kind::Not(inner) if matches!(inner.kind, Kind::Exists(_)) => 2,
            _ => condition.vars.count_ones().min(1),
        });
        for condition in conditions {
            if table.rows == 0 {
                break;
            }
            let marks: Vec<bool> = self
                .truth(condition, table)?
                .into_iter()
                .map(|truth| truth == Some(true))
                .collect();
            table.retain(&marks);
        }
        Ok(())
    }
}

/// A table of given values.
fn values(vars: &[Var], rows: &[Vec<Id>]) -> Table {
    let mut table = Table {
        rows: rows.len(),
        ..Table::default()
    };
    for (at, var) in vars.iter().enumerate() {
        let column: Vec<Id> = rows
            .iter()
            .map(|row| row.get(at).copied().unwrap_or(UNDEF))
            .collect();
        if column.contains(&UNDEF) {
            table.loose |= only(*var);
        }
        table.push(*var, column);
    }
    table
}
