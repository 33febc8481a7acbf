//! Operators over tables. Every operator is joined with the solutions found so far: their values are
//! handed down wherever that cannot change the answer, and nowhere else.
//!
//! A filter, an optional part or a computed value may see a variable of the solutions so far only if its
//! own group binds that variable in any case; otherwise the group is evaluated for itself and joined
//! afterwards (SPARQL 1.1, 18.2.2: the scope of filters is their group). Inside EXISTS the values of the
//! outer row are meant to be seen, and always handed down.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::algebra::{Condition, Kind, Operator, Plan};
use super::pairs::product;
use super::table::{Table, UNDEF, Var, Vars, fits, members, only};
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
            Operator::Path(path) => self.walk(left, path, needed),
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

    /// Joins with a plan where it has solutions that meet the conditions, and keeps the other rows as
    /// they are.
    fn optional(
        &mut self,
        mut left: Table,
        right: &Plan,
        conditions: &[Condition],
        needed: Vars,
    ) -> Result<Table, Stop> {
        let number = self.own_var()?;
        let rows = u32::try_from(left.rows).unwrap_or(u32::MAX);
        let asked = conditions
            .iter()
            .fold(0, |vars, condition| vars | condition.vars);
        let kept = needed | only(number);
        left.push(number, (0..rows).collect());
        let mut found = self.join(left.clone(), right, kept | asked)?;
        self.filter(&mut found, conditions.iter())?;
        found.keep(kept);
        left.keep(kept);
        self.release(number);
        let numbers = found.take(number).unwrap_or_default();
        let mut unmatched = vec![true; left.rows];
        for row in &numbers {
            if let Some(mark) = unmatched.get_mut(*row as usize) {
                *mark = false;
            }
        }
        let mut others = left;
        others.retain(&unmatched);
        let other_numbers = others.take(number).unwrap_or_default();
        found.loose |= right.possible & found.vars() & !others.vars();
        for var in members(right.possible & needed & !others.vars()) {
            others.push(var, vec![UNDEF; others.rows]);
            others.loose |= only(var);
        }
        let is_ascending = numbers.is_sorted();
        let first = u32::try_from(found.rows).unwrap_or(u32::MAX);
        let is_mixed = !other_numbers.is_empty() && !numbers.is_empty();
        found.append(others)?;
        if !(is_ascending && is_mixed) {
            return Ok(found);
        }
        // Back into the order of the rows, so that later look-ups ascend.
        let mut index = Vec::with_capacity(found.rows);
        let mut matched = (0u32..).zip(&numbers).peekable();
        for (at, number) in (first..).zip(&other_numbers) {
            while let Some((found, _)) = matched.next_if(|(_, matched)| *matched < number) {
                index.push(found);
            }
            index.push(at);
        }
        index.extend(matched.map(|(found, _)| found));
        found.gather(&index)
    }

    /// Marks the rows that a plan has a solution for, which looks at the given variables.
    pub(super) fn matched(
        &mut self,
        left: &Table,
        plan: &Plan,
        asked: Vars,
    ) -> Result<Vec<bool>, Stop> {
        let number = self.own_var()?;
        let rows = u32::try_from(left.rows).unwrap_or(u32::MAX);
        let mut outer = left.clone();
        outer.keep(asked);
        outer.push(number, (0..rows).collect());
        let found = self.join(outer, plan, only(number))?;
        self.release(number);
        let mut marks = vec![false; left.rows];
        for row in found.column(number).unwrap_or_default() {
            if let Some(mark) = marks.get_mut(*row as usize) {
                *mark = true;
            }
        }
        Ok(marks)
    }

    /// Joins two tables on the variables that both bind.
    pub(super) fn hash_join(
        &mut self,
        left: Table,
        right: Table,
        needed: Vars,
    ) -> Result<Table, Stop> {
        if left.is_unit() {
            return Ok(right);
        }
        if right.is_unit() {
            return Ok(left);
        }
        let shared = left.vars() & right.vars();
        let mut all = Table::empty(needed & (left.vars() | right.vars()));
        let rights = right.by_bound(shared)?;
        for left in left.by_bound(shared)? {
            for right in &rights {
                let joined = self.join_bound(&left, right, needed)?;
                all.append(joined)?;
            }
        }
        Ok(all)
    }

    /// Joins two tables that bind all their shared variables in every row.
    fn join_bound(&mut self, left: &Table, right: &Table, needed: Vars) -> Result<Table, Stop> {
        let shared = left.vars() & right.vars();
        if shared == 0 {
            let mut table = product(left, right)?;
            table.keep(needed);
            return Ok(table);
        }
        let (probe, built, swapped) = if right.rows <= left.rows {
            (left, right, false)
        } else {
            (right, left, true)
        };
        let vars: Vec<Var> = members(shared).collect();
        let mut heads: FxHashMap<u64, u32> = FxHashMap::default();
        let mut nexts = vec![u32::MAX; built.rows];
        let keys = hashes(built, &vars);
        for (row, key) in (0u32..).zip(&keys).rev_by(built.rows) {
            match heads.entry(*key) {
                Entry::Occupied(mut head) => {
                    if let Some(next) = nexts.get_mut(row as usize) {
                        *next = *head.get();
                    }
                    head.insert(row);
                }
                Entry::Vacant(head) => {
                    head.insert(row);
                }
            }
        }
        let width = probe.columns.len() + built.columns.len();
        let same: Vec<(&[Id], &[Id])> = vars
            .iter()
            .filter_map(|var| Some((probe.column(*var)?, built.column(*var)?)))
            .collect();
        let (mut probes, mut finds) = (Vec::new(), Vec::new());
        for (row, key) in (0u32..).zip(hashes(probe, &vars)) {
            let mut found = heads.get(&key).copied().unwrap_or(u32::MAX);
            while found != u32::MAX {
                let is_same = same
                    .iter()
                    .all(|(probe, built)| probe.get(row as usize) == built.get(found as usize));
                if is_same {
                    probes.push(row);
                    finds.push(found);
                }
                found = nexts.get(found as usize).copied().unwrap_or(u32::MAX);
            }
            if row % (1 << 16) == 0 {
                self.alive()?;
                fits(probes.len(), width)?;
            }
        }
        let (lefts, rights) = if swapped {
            (finds, probes)
        } else {
            (probes, finds)
        };
        let (mut left, mut right) = (left.clone(), right.clone());
        left.keep(needed);
        right.keep(needed & !left.vars());
        let mut table = left.gather(&lefts)?;
        let other = right.gather(&rights)?;
        table.loose |= other.loose;
        table.columns.extend(other.columns);
        Ok(table)
    }
}

/// A key for each row; equal values have equal keys.
fn hashes(table: &Table, vars: &[Var]) -> Vec<u64> {
    let mut keys = vec![0u64; table.rows];
    for var in vars {
        for (key, id) in keys.iter_mut().zip(table.column(*var).unwrap_or_default()) {
            *key = if vars.len() <= 2 {
                *key << 32 | u64::from(*id)
            } else {
                (key.rotate_left(5) ^ u64::from(*id)).wrapping_mul(0x517c_c1b7_2722_0a95)
            };
        }
    }
    keys
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

/// Reverses an iterator of known length.
trait RevBy: Iterator + Sized {
    fn rev_by(self, length: usize) -> std::iter::Rev<std::vec::IntoIter<Self::Item>> {
        let mut items = Vec::with_capacity(length);
        items.extend(self);
        items.into_iter().rev()
    }
}

impl<I: Iterator> RevBy for I {}
