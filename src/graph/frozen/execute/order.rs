//! ORDER BY and DISTINCT. Most columns are sorted by their ids, whose order is that of the values; columns
//! in which that is not what oxigraph's evaluator compares by are sorted by their distinct values, and
//! those that its comparison does not order at all by an order of our own (`total`).

use oxigraph::model::Term;
use spareval::ExpressionTerm;

use super::algebra::{Condition, Direction, Operator, Plan};
use super::expression::{Memo, distinct};
use super::table::{Table, UNDEF, Vars, fits};
use super::{Executor, Stop};
use crate::graph::frozen::{Id, Number};

/// Integers up to here are exact as xsd:double.
const EXACT: u64 = 1 << 53;

/// A value to sort by where ids will not do.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Blank(String),
    Iri(String),
    Number(i128),
    Literal(String, String, Option<String>),
}

impl Executor<'_> {
    /// The rows of a plan in order, from a place on, and at most so many.
    pub(super) fn ordered(
        &mut self,
        inner: &Plan,
        keys: &[(Condition, Direction)],
        start: usize,
        length: Option<usize>,
        needed: Vars,
    ) -> Result<Table, Stop> {
        let asked = keys.iter().fold(0, |vars, (key, _)| vars | key.vars);
        let table = self.eval(inner, needed | asked)?;
        fits(table.rows, 1)?;
        let mut columns = Vec::with_capacity(keys.len());
        for (at, (key, direction)) in keys.iter().enumerate() {
            let column = self.values(key, &table)?;
            let mut ranks = match self.ranks(&column, at + 1 == keys.len()) {
                Err(Stop::Unsuited(_)) => self.ranks_of_all(&column)?,
                ranks => ranks?,
            };
            if *direction == Direction::Descending {
                for rank in &mut ranks {
                    *rank = !*rank;
                }
            }
            columns.push(ranks);
        }
        self.alive()?;
        let end = length.map_or(table.rows, |length| {
            start.saturating_add(length).min(table.rows)
        });
        let rows = first_rows(&columns, table.rows, end);
        let mut table = table;
        table.keep(needed);
        table.gather(rows.get(start.min(end)..end).unwrap_or_default())
    }

    /// Numbers in the order of the values of a column; equal ones for equal values, unless this does not
    /// matter.
    pub(super) fn ranks(&mut self, column: &[Id], is_last: bool) -> Result<Vec<u32>, Stop> {
        let file = self.file();
        let ranges = file.ranges();
        let (mut low, mut high) = (UNDEF, 0);
        for id in column {
            if *id != UNDEF {
                low = low.min(*id);
                high = high.max(*id);
            }
        }
        let by_id = |id: &Id| if *id == UNDEF { 0 } else { *id + 1 };
        let is_within = |start: Id, end: Id| low >= start && high < end;
        if low == UNDEF
            || is_within(ranges.iris.start, ranges.iris.end)
            || is_within(ranges.texts.start, ranges.texts.end)
        {
            return Ok(column.iter().map(by_id).collect());
        }
        let is_numbers = is_within(ranges.numbers.start, ranges.numbers.end);
        if is_numbers && self.are_alike(column)
            || is_within(ranges.dates.start, ranges.dates.end) && self.are_of_a_kind(column)
        {
            if is_last {
                return Ok(column.iter().map(by_id).collect());
            }
            let (ids, at) = distinct(column);
            let ranks: Vec<u32> = ids
                .iter()
                .map(|id| if *id == UNDEF { 0 } else { file.rank(*id) + 1 })
                .collect();
            return Ok(at
                .iter()
                .map(|at| ranks.get(*at as usize).copied().unwrap_or_default())
                .collect());
        }
        let (ids, at) = distinct(column);
        let mut keys = Vec::with_capacity(ids.len());
        for (place, id) in ids.iter().enumerate() {
            if *id != UNDEF {
                keys.push((self.key(*id)?, place));
            }
        }
        let has_numbers = keys.iter().any(|(key, _)| matches!(key, Key::Number(_)));
        let has_others = keys.iter().any(|(key, _)| matches!(key, Key::Literal(..)));
        if has_numbers && has_others {
            return Err(Stop::Unsuited("a sort by values that cannot be compared"));
        }
        Ok(ranks_of(keys, ids.len(), &at))
    }

    /// The same for a column whose values oxigraph's comparison does not order.
    fn ranks_of_all(&mut self, column: &[Id]) -> Result<Vec<u32>, Stop> {
        let (ids, at) = distinct(column);
        let mut standings = Vec::with_capacity(ids.len());
        for (place, id) in ids.iter().enumerate() {
            if *id != UNDEF {
                standings.push((self.standing(*id)?, place));
            }
        }
        Ok(ranks_of(standings, ids.len(), &at))
    }

    /// Whether comparing numbers of a column pair by pair is the order of their values.
    fn are_alike(&self, column: &[Id]) -> bool {
        let file = self.file();
        let (mut exact, mut decimals, mut floats, mut doubles) = (true, false, false, false);
        for id in column {
            match file.number(*id) {
                Some(Number::Integer(value)) => exact &= value.unsigned_abs() <= EXACT,
                Some(Number::Decimal(_)) => decimals = true,
                Some(Number::Float(_)) => floats = true,
                Some(Number::Double(_)) => doubles = true,
                None => {}
            }
        }
        // An integer and a float are compared as floats, which hold few integers exactly.
        !floats && (!doubles || (exact && !decimals))
    }

    /// Whether the dates of a column are of one type, and all or none have a zone.
    fn are_of_a_kind(&self, column: &[Id]) -> bool {
        let file = self.file();
        let mut kinds = column
            .iter()
            .filter_map(|id| file.date(*id))
            .map(|date| (date.has_time, date.zone.is_some()));
        let first = kinds.next();
        kinds.all(|kind| Some(kind) == first)
    }

    fn key(&self, id: Id) -> Result<Key, Stop> {
        let value = self.terms.value(id)?;
        Ok(match value {
            ExpressionTerm::BlankNode(node) => Key::Blank(node.into_string()),
            ExpressionTerm::NamedNode(node) => Key::Iri(node.into_string()),
            ExpressionTerm::IntegerLiteral(value) => {
                Key::Number(i128::from(i64::from(value)).saturating_mul(1_000_000_000_000_000_000))
            }
            ExpressionTerm::DecimalLiteral(value) => {
                Key::Number(i128::from_be_bytes(value.to_be_bytes()))
            }
            value @ (ExpressionTerm::StringLiteral(_)
            | ExpressionTerm::LangStringLiteral { .. }
            | ExpressionTerm::BooleanLiteral(_)
            | ExpressionTerm::OtherTypedLiteral { .. }) => {
                let Term::Literal(literal) = Term::from(value) else {
                    return Err(Stop::Unsuited("a sort by values that cannot be compared"));
                };
                let (datatype, language) = (
                    literal.datatype().as_str().to_owned(),
                    literal.language().map(str::to_owned),
                );
                Key::Literal(literal.destruct().0, datatype, language)
            }
            _ => return Err(Stop::Unsuited("a sort by values that cannot be compared")),
        })
    }

    /// The distinct rows, each where it is first.
    pub(super) fn distinct(&mut self, mut table: Table, vars: Vars) -> Result<Table, Stop> {
        table.keep(vars);
        fits(table.rows, 1)?;
        let columns: Vec<&[Id]> = table
            .columns
            .iter()
            .map(|(_, column)| column.as_slice())
            .collect();
        let (_, firsts) = groups(&columns, table.rows);
        self.alive()?;
        if firsts.len() == table.rows {
            return Ok(table);
        }
        table.gather(&firsts)
    }

    /// Rows of a plan from a place on, and at most so many.
    pub(super) fn sliced(
        &mut self,
        inner: &Plan,
        start: usize,
        length: Option<usize>,
        needed: Vars,
    ) -> Result<Table, Stop> {
        if let Operator::Order(inner, keys) = &inner.operator {
            return self.ordered(inner, keys, start, length, needed);
        }
        if let Operator::Project(inner, vars) = &inner.operator
            && let Operator::Order(inner, keys) = &inner.operator
        {
            return self.ordered(
                inner,
                keys,
                start,
                length,
                needed & super::algebra::set(vars),
            );
        }
        if length.is_some()
            && let Some(mut parts) = self.parts(inner, start, length, needed)?
        {
            let mut all = Table::empty(needed & inner.possible);
            while let Some(table) = parts.next(self)? {
                all.append(table)?;
            }
            return Ok(all);
        }
        let table = self.eval(inner, needed)?;
        let end = length.map_or(table.rows, |length| start.saturating_add(length));
        Ok(table.slice(start, end))
    }
}

/// The ranks of rows, from keys with the places of the distinct values, and the value of each row.
fn ranks_of<K: Ord>(mut keys: Vec<(K, usize)>, distinct: usize, at: &[u32]) -> Vec<u32> {
    keys.sort_unstable();
    let mut ranks = vec![0u32; distinct];
    let mut rank = 0;
    for run in keys.chunk_by(|a, b| a.0 == b.0) {
        rank += 1;
        for (_, place) in run {
            if let Some(own) = ranks.get_mut(*place) {
                *own = rank;
            }
        }
    }
    at.iter()
        .map(|at| ranks.get(*at as usize).copied().unwrap_or_default())
        .collect()
}

/// The first rows by their ranks.
fn first_rows(columns: &[Vec<u32>], rows: usize, end: usize) -> Vec<u32> {
    if let [column] = columns {
        let mut keys: Vec<u64> = column
            .iter()
            .zip(0u64..)
            .map(|(rank, row)| u64::from(*rank) << 32 | row)
            .collect();
        if end > 0 && end < keys.len() {
            keys.select_nth_unstable(end - 1);
            keys.truncate(end);
        }
        keys.sort_unstable();
        return keys
            .into_iter()
            .map(|key| unpack(key).1)
            .take(end)
            .collect();
    }
    let mut order: Vec<u32> = (0u32..).zip(0..rows).map(|(row, _)| row).collect();
    let compare = |a: &u32, b: &u32| {
        for column in columns {
            let ordering = column.get(*a as usize).cmp(&column.get(*b as usize));
            if ordering.is_ne() {
                return ordering;
            }
        }
        a.cmp(b)
    };
    if end > 0 && end < order.len() {
        order.select_nth_unstable_by(end - 1, compare);
        order.truncate(end);
    }
    order.sort_unstable_by(compare);
    order.truncate(end);
    order
}

/// The two halves of a key.
pub(super) fn unpack(key: u64) -> (u32, u32) {
    let high = u32::try_from(key >> 32).unwrap_or(u32::MAX);
    let low = u32::try_from(key & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    (high, low)
}

/// For each row the number of its group, and for each group its first row.
pub(super) fn groups(columns: &[&[Id]], rows: usize) -> (Vec<u32>, Vec<u32>) {
    let Some((first, rest)) = columns.split_first() else {
        return (vec![0; rows], (0..u32::from(rows > 0)).collect());
    };
    let (mut of, mut firsts) = groups_of(first);
    for column in rest {
        (of, firsts) = refined(&of, column);
    }
    (of, firsts)
}

fn groups_of(column: &[Id]) -> (Vec<u32>, Vec<u32>) {
    let mut firsts = Vec::new();
    let mut of = Vec::with_capacity(column.len());
    let (low, high) = column
        .iter()
        .filter(|id| **id != UNDEF)
        .fold((UNDEF, 0), |(low, high), id| (low.min(*id), high.max(*id)));
    let span = (high.saturating_sub(low)) as usize;
    if low == UNDEF || span > column.len().saturating_mul(8).max(1 << 16) {
        let mut known: Memo<u32> = Memo::default();
        for (row, id) in (0u32..).zip(column) {
            let next = u32::try_from(firsts.len()).unwrap_or(u32::MAX);
            let group = *known.entry(*id).or_insert(next);
            if group == next {
                firsts.push(row);
            }
            of.push(group);
        }
        return (of, firsts);
    }
    let mut known = vec![UNDEF; span + 2];
    for (row, id) in (0u32..).zip(column) {
        let at = if *id == UNDEF {
            span + 1
        } else {
            (*id - low) as usize
        };
        let next = u32::try_from(firsts.len()).unwrap_or(u32::MAX);
        let Some(group) = known.get_mut(at) else {
            continue;
        };
        if *group == UNDEF {
            *group = next;
            firsts.push(row);
        }
        of.push(*group);
    }
    (of, firsts)
}

/// Groups made finer by a further column.
fn refined(of: &[u32], column: &[Id]) -> (Vec<u32>, Vec<u32>) {
    let mut known: rustc_hash::FxHashMap<u64, u32> = rustc_hash::FxHashMap::default();
    let mut firsts = Vec::new();
    let mut finer = Vec::with_capacity(of.len());
    for (row, (group, id)) in (0u32..).zip(of.iter().zip(column)) {
        let next = u32::try_from(firsts.len()).unwrap_or(u32::MAX);
        let group = *known
            .entry(u64::from(*group) << 32 | u64::from(*id))
            .or_insert(next);
        if group == next {
            firsts.push(row);
        }
        finer.push(group);
    }
    (finer, firsts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_by_their_first_rows() {
        let (of, firsts) = groups(&[&[7, 7, UNDEF, 9, 7], &[1, 2, 1, 1, 2]], 5);
        assert_eq!(of, [0, 1, 2, 3, 1]);
        assert_eq!(firsts, [0, 1, 2, 3]);
        let (of, firsts) = groups(&[], 3);
        assert_eq!((of, firsts), (vec![0; 3], vec![0]));
    }

    #[test]
    fn the_first_rows_are_those_of_a_whole_sort() {
        let column = vec![5, 1, 4, 1, 3];
        assert_eq!(first_rows(std::slice::from_ref(&column), 5, 3), [1, 3, 4]);
        assert_eq!(first_rows(&[column, vec![0, 2, 0, 1, 0]], 5, 2), [3, 1]);
    }
}
