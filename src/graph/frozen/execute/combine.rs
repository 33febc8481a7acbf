//! What joins come down to: optional parts, the rows that something exists for, and hash joins.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::algebra::{Condition, Plan};
use super::pairs::product;
use super::table::{Table, UNDEF, Var, Vars, fits, members, only};
use super::{Executor, Stop};
use crate::graph::frozen::Id;

impl Executor<'_> {
    /// Joins with a plan where it has solutions that meet the conditions, and keeps the other rows as
    /// they are.
    pub(super) fn optional(
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

/// Reverses an iterator of known length.
trait RevBy: Iterator + Sized {
    fn rev_by(self, length: usize) -> std::iter::Rev<std::vec::IntoIter<Self::Item>> {
        let mut items = Vec::with_capacity(length);
        items.extend(self);
        items.into_iter().rev()
    }
}

impl<I: Iterator> RevBy for I {}
