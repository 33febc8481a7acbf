//! The join of solutions with the pairs of one graph and predicate: look-ups that gallop where the keys
//! ascend, and go through a ranked bitmap where they do not.

use super::table::{Table, Var, Vars, fits, only, pick};
use super::{Executor, Stop};
use crate::graph::frozen::{Id, Order};

/// An end of a pair.
pub(super) enum End {
    /// A constant.
    Term(Id),
    /// A variable that has a column.
    Column(Var),
    /// A variable that gets one.
    Free(Var),
}

/// Rows between two looks at the cancellation token.
const STRIDE: usize = 1 << 16;

/// Finds the values of keys.
pub(super) enum Finder<'a> {
    /// The keys ascend.
    Ascending(Order<'a>, usize, Option<(Id, &'a [Id])>),
    /// There are few keys.
    Search(Order<'a>),
    /// There are many keys in any order.
    Ranked(Ranked<'a>),
}

impl<'a> Finder<'a> {
    /// The best way to find the values of the given keys.
    pub(super) fn new(order: Order<'a>, keys: &[Id]) -> Self {
        if keys.is_sorted() {
            return Self::Ascending(order, 0, None);
        }
        let distinct = order.distinct();
        if keys.len() >= 2048 && keys.len().saturating_mul(4) >= distinct {
            return Self::Ranked(Ranked::new(order));
        }
        Self::Search(order)
    }

    /// The values of a key.
    pub(super) fn find(&mut self, key: Id) -> &'a [Id] {
        match self {
            Self::Ascending(order, position, last) => {
                if let Some((same, values)) = last
                    && *same == key
                {
                    return values;
                }
                let values = order.seek(key, position);
                *last = Some((key, values));
                values
            }
            Self::Search(order) => order.values(key),
            Self::Ranked(ranked) => ranked.find(key),
        }
    }
}

/// The groups of an order behind a bitmap of its keys.
pub(super) struct Ranked<'a> {
    first: Id,
    bits: Vec<(u64, u32)>,
    groups: Vec<&'a [Id]>,
}

impl<'a> Ranked<'a> {
    fn new(order: Order<'a>) -> Self {
        let mut groups = Vec::with_capacity(order.distinct());
        let mut bits: Vec<(u64, u32)> = Vec::new();
        let mut first = 0;
        for (key, values) in order.groups() {
            if groups.is_empty() {
                first = key;
            }
            let at = key - first;
            let word = (at / 64) as usize;
            if word >= bits.len() {
                let rank = u32::try_from(groups.len()).unwrap_or(u32::MAX);
                bits.resize(word + 1, (0, rank));
            }
            if let Some((word, _)) = bits.get_mut(word) {
                *word |= 1 << (at % 64);
            }
            groups.push(values);
        }
        Self {
            first,
            bits,
            groups,
        }
    }

    fn find(&self, key: Id) -> &'a [Id] {
        let Some(at) = key.checked_sub(self.first) else {
            return &[];
        };
        let Some((word, rank)) = self.bits.get((at / 64) as usize) else {
            return &[];
        };
        let bit = 1u64 << (at % 64);
        if word & bit == 0 {
            return &[];
        }
        let at = rank + (word & (bit - 1)).count_ones();
        self.groups.get(at as usize).copied().unwrap_or_default()
    }
}

/// A set of ids, as bits.
pub(super) struct Bits {
    first: Id,
    words: Vec<u64>,
}

impl Bits {
    /// The set of ascending ids.
    pub(super) fn new(ids: &[Id]) -> Self {
        let first = ids.first().copied().unwrap_or_default();
        let last = ids.last().copied().unwrap_or_default();
        let mut words = vec![0u64; ((last - first) / 64) as usize + 1];
        for id in ids {
            let at = id - first;
            if let Some(word) = words.get_mut((at / 64) as usize) {
                *word |= 1 << (at % 64);
            }
        }
        if ids.is_empty() {
            words.clear();
        }
        Self { first, words }
    }

    /// Whether it has an id.
    pub(super) fn contains(&self, id: Id) -> bool {
        id.checked_sub(self.first)
            .and_then(|at| Some(self.words.get((at / 64) as usize)? >> (at % 64) & 1 == 1))
            .unwrap_or(false)
    }
}

/// Marks the ids of a column that are among ascending ones.
pub(super) fn among(column: &[Id], list: &[Id]) -> Vec<bool> {
    if column.is_sorted() {
        let mut rest = list;
        return column
            .iter()
            .map(|id| {
                let mut step = 1;
                while rest.get(step).is_some_and(|next| next < id) {
                    step *= 2;
                }
                let (head, _) = rest.split_at_checked(step + 1).unwrap_or((rest, &[]));
                let skip = head.partition_point(|next| next < id);
                rest = rest.get(skip..).unwrap_or_default();
                rest.first() == Some(id)
            })
            .collect();
    }
    if column.len() < 256 || list.len() < 16 {
        return column
            .iter()
            .map(|id| list.binary_search(id).is_ok())
            .collect();
    }
    let bits = Bits::new(list);
    column.iter().map(|id| bits.contains(*id)).collect()
}

impl<'a> Executor<'a> {
    /// Keeps the rows whose value is in an ascending list.
    pub(super) fn members(
        &self,
        mut left: Table,
        var: Var,
        list: &[Id],
        needed: Vars,
    ) -> Result<Table, Stop> {
        self.alive()?;
        let marks = among(left.column(var).unwrap_or_default(), list);
        left.keep(needed);
        left.retain(&marks);
        Ok(left)
    }

    /// Joins every row with every id of a list.
    pub(super) fn cross(
        &self,
        mut left: Table,
        var: Var,
        list: &[Id],
        needed: Vars,
    ) -> Result<Table, Stop> {
        self.alive()?;
        left.keep(needed);
        let is_needed = needed & only(var) != 0;
        let rows = left.rows.saturating_mul(list.len());
        fits(rows, left.columns.len() + usize::from(is_needed))?;
        if left.columns.is_empty() {
            let mut table = Table {
                rows,
                ..Table::default()
            };
            if is_needed {
                table.push(var, list.repeat(left.rows));
            }
            return Ok(table);
        }
        let mut index = Vec::with_capacity(rows);
        for (row, _) in (0..).zip(0..left.rows) {
            index.extend(std::iter::repeat_n(row, list.len()));
        }
        let mut table = left.gather(&index)?;
        if is_needed {
            table.push(var, list.repeat(left.rows));
        }
        Ok(table)
    }

    /// Joins every row with the values of its key.
    pub(super) fn expand(
        &self,
        mut left: Table,
        from: Var,
        to: Var,
        order: Order<'a>,
        needed: Vars,
    ) -> Result<Table, Stop> {
        let is_needed = needed & only(to) != 0;
        let width = (left.vars() & needed).count_ones() as usize + 1;
        let column = left.column(from).unwrap_or_default();
        let mut finder = Finder::new(order, column);
        let mut index = Vec::with_capacity(left.rows);
        let mut values = Vec::new();
        let mut is_identity = true;
        let mut start = 0u32;
        for chunk in column.chunks(STRIDE) {
            self.alive()?;
            fits(index.len(), width)?;
            for (row, key) in (start..).zip(chunk) {
                let found = finder.find(*key);
                if let [value] = found {
                    index.push(row);
                    if is_needed {
                        values.push(*value);
                    }
                    continue;
                }
                is_identity = false;
                if found.len() > STRIDE {
                    fits(index.len() + found.len(), width)?;
                }
                index.extend(std::iter::repeat_n(row, found.len()));
                if is_needed {
                    values.extend_from_slice(found);
                }
            }
            start = start.saturating_add(u32::try_from(chunk.len()).unwrap_or(u32::MAX));
        }
        left.keep(needed);
        let mut table = if is_identity {
            left
        } else {
            left.gather(&index)?
        };
        if is_needed {
            table.push(to, values);
        }
        Ok(table)
    }

    /// Keeps the rows whose two values are a pair.
    pub(super) fn check(
        &self,
        mut left: Table,
        key: Var,
        value: Var,
        order: Order<'a>,
        needed: Vars,
    ) -> Result<Table, Stop> {
        let keys = left.column(key).unwrap_or_default();
        let values = left.column(value).unwrap_or_default();
        let mut finder = Finder::new(order, keys);
        let mut marks = Vec::with_capacity(left.rows);
        for (keys, values) in keys.chunks(STRIDE).zip(values.chunks(STRIDE)) {
            self.alive()?;
            for (key, value) in keys.iter().zip(values) {
                let found = finder.find(*key);
                marks.push(if found.len() < 8 {
                    found.contains(value)
                } else {
                    found.binary_search(value).is_ok()
                });
            }
        }
        left.keep(needed);
        left.retain(&marks);
        Ok(left)
    }

    /// Joins every row with all pairs of an order.
    pub(super) fn scan(
        &self,
        mut left: Table,
        key: Var,
        value: Var,
        order: Order<'a>,
        pairs: u64,
        needed: Vars,
    ) -> Result<Table, Stop> {
        self.alive()?;
        left.keep(needed);
        let pairs = usize::try_from(pairs).unwrap_or(usize::MAX);
        fits(pairs.saturating_mul(left.rows), left.columns.len() + 2)?;
        let (has_key, has_value) = (needed & only(key) != 0, needed & only(value) != 0);
        let mut keys = Vec::with_capacity(if has_key { pairs } else { 0 });
        let mut values = Vec::with_capacity(if has_value { pairs } else { 0 });
        if has_key || has_value {
            for (key, found) in order.groups() {
                if has_key {
                    keys.extend(std::iter::repeat_n(key, found.len()));
                }
                if has_value {
                    values.extend_from_slice(found);
                }
            }
        }
        let mut table = Table {
            rows: pairs,
            ..Table::default()
        };
        if has_key {
            table.push(key, keys);
        }
        if has_value {
            table.push(value, values);
        }
        if left.is_unit() {
            return Ok(table);
        }
        product(&left, &table)
    }
}

/// Every row of one table with every row of another; they share no columns.
pub(super) fn product(left: &Table, right: &Table) -> Result<Table, Stop> {
    let rows = left.rows.saturating_mul(right.rows);
    fits(rows, left.columns.len() + right.columns.len())?;
    let mut table = Table {
        rows,
        loose: left.loose | right.loose,
        columns: Vec::with_capacity(left.columns.len() + right.columns.len()),
    };
    let last = u32::try_from(right.rows).unwrap_or(u32::MAX);
    let lefts: Vec<u32> = (0..)
        .zip(0..left.rows)
        .flat_map(|(row, _)| std::iter::repeat_n(row, right.rows))
        .collect();
    for (var, column) in &left.columns {
        table.push(*var, pick(column, &lefts));
    }
    let rights: Vec<u32> = (0..left.rows).flat_map(|_| 0..last).collect();
    for (var, column) in &right.columns {
        table.push(*var, pick(column, &rights));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn membership_is_the_same_however_it_is_looked_up() {
        let list: Vec<Id> = (0..1000).filter(|id| id % 3 == 0 || id % 7 == 2).collect();
        let ascending: Vec<Id> = (0..1200).collect();
        let expected: Vec<bool> = ascending.iter().map(|id| list.contains(id)).collect();
        assert_eq!(among(&ascending, &list), expected);
        let descending: Vec<Id> = ascending.iter().rev().copied().collect();
        let reversed: Vec<bool> = expected.iter().rev().copied().collect();
        assert_eq!(among(&descending, &list), reversed);
        assert_eq!(among(&ascending, &[]), vec![false; 1200]);
        assert_eq!(among(&[5, 5, 9, 9], &[5, 9]), [true; 4]);
    }
}
