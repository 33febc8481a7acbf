//! GROUP BY and its aggregates.

use super::algebra::{Aggregate, Condition, Function, Kind, Plan, set};
use super::order::{groups, unpack};
use super::table::{Table, UNDEF, Var, Vars, fits, only, pick};
use super::{Executor, Stop};
use crate::graph::frozen::Id;

/// The rows of each group.
pub(super) struct Groups {
    /// The group of each row.
    pub(super) of: Vec<u32>,
    /// How many groups there are.
    pub(super) count: usize,
}

impl Executor<'_> {
    /// One row a group, with its keys and aggregates.
    pub(super) fn aggregate(
        &mut self,
        inner: &Plan,
        keys: &[Var],
        aggregates: &[(Var, Aggregate)],
        needed: Vars,
    ) -> Result<Table, Stop> {
        if let Some(table) = self.counted(inner, keys, aggregates)? {
            return Ok(table);
        }
        let asked = aggregates
            .iter()
            .filter(|(var, _)| needed & only(*var) != 0)
            .filter_map(|(_, aggregate)| aggregate.argument.as_ref())
            .fold(0, |vars, argument| vars | argument.vars);
        let table = self.eval(inner, set(keys) | asked)?;
        self.alive()?;
        let unbound = vec![UNDEF; table.rows];
        let columns: Vec<&[Id]> = keys
            .iter()
            .map(|key| table.column(*key).unwrap_or(&unbound))
            .collect();
        let (of, firsts) = groups(&columns, table.rows);
        let count = if keys.is_empty() { 1 } else { firsts.len() };
        let groups = Groups { of, count };
        let mut result = Table {
            rows: count,
            ..Table::default()
        };
        fits(count, keys.len() + aggregates.len())?;
        for (key, column) in keys.iter().zip(&columns) {
            if result.column(*key).is_none() {
                result.push(*key, pick(column, &firsts));
            }
        }
        result.loose = set(keys) & (table.loose | !table.vars());
        for (var, aggregate) in aggregates {
            if needed & only(*var) == 0 {
                continue;
            }
            let column = self.aggregated(aggregate, &table, &groups)?;
            if column.contains(&UNDEF) {
                result.loose |= only(*var);
            }
            result.push(*var, column);
        }
        result.keep(needed);
        Ok(result)
    }

    fn aggregated(
        &mut self,
        aggregate: &Aggregate,
        table: &Table,
        groups: &Groups,
    ) -> Result<Vec<Id>, Stop> {
        let Some(argument) = &aggregate.argument else {
            let mut counts = vec![0i64; groups.count];
            for group in &groups.of {
                if let Some(count) = counts.get_mut(*group as usize) {
                    *count += 1;
                }
            }
            return self.integers(&counts);
        };
        let column = self.argument(argument, table)?;
        match aggregate.function {
            Function::Count => {
                let is_variable = matches!(argument.kind, Kind::Variable(_));
                if !is_variable && column.contains(&UNDEF) {
                    // Of a variable the unbound are not counted; an error of an expression ends the count.
                    return Err(Stop::Unsuited("COUNT of an expression with errors"));
                }
                let counts = if aggregate.distinct {
                    distinct_counts(&column, groups)
                } else {
                    counts(&column, groups)
                };
                self.integers(&counts)
            }
            Function::Sum => self.sums(&column, groups, aggregate.distinct, false),
            Function::Average => self.sums(&column, groups, aggregate.distinct, true),
            Function::Sample => {
                let mut found = vec![UNDEF; groups.count];
                for (group, id) in groups.of.iter().zip(column.iter()) {
                    if let Some(found) = found.get_mut(*group as usize)
                        && *found == UNDEF
                    {
                        *found = *id;
                    }
                }
                self.normal(&found)
            }
            Function::Minimum | Function::Maximum => {
                let ranks = self.ranks(&column, false)?;
                let is_minimum = aggregate.function == Function::Minimum;
                let mut best: Vec<Option<(u32, Id)>> = vec![None; groups.count];
                for (group, (rank, id)) in groups.of.iter().zip(ranks.iter().zip(column.iter())) {
                    let Some(best) = best.get_mut(*group as usize) else {
                        continue;
                    };
                    // One error is enough to leave the aggregate unbound.
                    *best = match *best {
                        Some((_, UNDEF)) => *best,
                        Some((own, _))
                            if *id != UNDEF
                                && if is_minimum {
                                    *rank >= own
                                } else {
                                    *rank <= own
                                } =>
                        {
                            *best
                        }
                        _ => Some((*rank, *id)),
                    };
                }
                let ids: Vec<Id> = best
                    .into_iter()
                    .map(|best| best.map_or(UNDEF, |(_, id)| id))
                    .collect();
                self.normal(&ids)
            }
        }
    }

    fn argument<'t>(
        &mut self,
        argument: &Condition,
        table: &'t Table,
    ) -> Result<std::borrow::Cow<'t, [Id]>, Stop> {
        if let Kind::Variable(var) = &argument.kind
            && let Some(column) = table.column(*var)
        {
            return Ok(column.into());
        }
        Ok(self.values(argument, table)?.into())
    }

    /// The ids of counts.
    pub(super) fn integers(&mut self, values: &[i64]) -> Result<Vec<Id>, Stop> {
        let mut ids = Vec::with_capacity(values.len());
        for value in values {
            ids.push(self.integer(*value)?);
        }
        Ok(ids)
    }

    /// The terms as aggregates give them: of their values, in canonical form.
    pub(super) fn normal(&mut self, ids: &[Id]) -> Result<Vec<Id>, Stop> {
        let ranges = self.file().ranges();
        let mut normal = Vec::with_capacity(ids.len());
        for id in ids {
            let is_plain = *id < ranges.numbers.start || ranges.texts.contains(id) || *id == UNDEF;
            normal.push(if is_plain {
                *id
            } else {
                let value = self.terms.value(*id)?;
                self.terms.intern(value.into())?
            });
        }
        Ok(normal)
    }
}

fn counts(column: &[Id], groups: &Groups) -> Vec<i64> {
    let mut counts = vec![0; groups.count];
    for (group, id) in groups.of.iter().zip(column) {
        if *id != UNDEF
            && let Some(count) = counts.get_mut(*group as usize)
        {
            *count += 1;
        }
    }
    counts
}

fn distinct_counts(column: &[Id], groups: &Groups) -> Vec<i64> {
    let mut counts = vec![0; groups.count];
    if column.is_sorted() {
        // Equal values of a group follow each other, whatever groups are between them.
        let mut last = vec![UNDEF; groups.count];
        for (group, id) in groups.of.iter().zip(column) {
            let group = *group as usize;
            if let (Some(last), Some(count)) = (last.get_mut(group), counts.get_mut(group))
                && *id != *last
                && *id != UNDEF
            {
                *last = *id;
                *count += 1;
            }
        }
        return counts;
    }
    if let [count] = counts.as_mut_slice() {
        let mut seen =
            vec![0u64; column.iter().fold(0, |most, id| most.max(*id / 64)) as usize + 1];
        for id in column.iter().filter(|id| **id != UNDEF) {
            let bit = 1 << (id % 64);
            if let Some(word) = seen.get_mut((id / 64) as usize)
                && *word & bit == 0
            {
                *word |= bit;
                *count += 1;
            }
        }
        return counts;
    }
    for (group, _) in distinct_pairs(column, groups) {
        if let Some(count) = counts.get_mut(group as usize) {
            *count += 1;
        }
    }
    counts
}

/// The distinct values of each group.
pub(super) fn distinct_pairs(column: &[Id], groups: &Groups) -> Vec<(u32, Id)> {
    let mut pairs: Vec<u64> = groups
        .of
        .iter()
        .zip(column)
        .filter(|(_, id)| **id != UNDEF)
        .map(|(group, id)| u64::from(*group) << 32 | u64::from(*id))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(unpack).collect()
}
