//! Solutions as columns of ids: one column a variable, one row a solution.
//!
//! A table never holds more than [`CELLS`] cells: what would grow beyond is refused, and the caller works
//! in smaller parts or leaves the query to oxigraph's evaluator, which streams.

use super::Stop;
use crate::graph::frozen::Id;

/// Stands for "unbound" in a column.
pub(super) const UNDEF: Id = Id::MAX;

/// The most cells a table may have.
pub(super) const CELLS: usize = 100_000_000;

/// The number of a variable.
pub(super) type Var = u8;

/// A set of variables, a bit each.
pub(super) type Vars = u128;

/// The set of one variable.
pub(super) fn only(var: Var) -> Vars {
    1 << var
}

/// The variables of a set, ascending.
pub(super) fn members(vars: Vars) -> impl Iterator<Item = Var> {
    (0..128).filter(move |var| vars & only(*var) != 0)
}

/// Solutions, by columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// The columns with their variables.
    pub(super) columns: Vec<(Var, Vec<Id>)>,
    /// The number of rows; a table may have rows without columns.
    pub(super) rows: usize,
    /// The variables that may be unbound in some row.
    pub(super) loose: Vars,
}

impl Table {
    /// One solution that binds nothing.
    pub(super) fn unit() -> Self {
        Self {
            rows: 1,
            ..Self::default()
        }
    }

    /// No solution.
    pub(super) fn empty(vars: Vars) -> Self {
        Self {
            columns: members(vars).map(|var| (var, Vec::new())).collect(),
            rows: 0,
            loose: 0,
        }
    }

    /// Whether this is one solution that binds nothing.
    pub(super) fn is_unit(&self) -> bool {
        self.rows == 1 && self.columns.is_empty()
    }

    /// The variables that have a column.
    pub(super) fn vars(&self) -> Vars {
        self.columns
            .iter()
            .fold(0, |vars, (var, _)| vars | only(*var))
    }

    /// The column of a variable.
    pub(super) fn column(&self, var: Var) -> Option<&[Id]> {
        let (_, column) = self.columns.iter().find(|(of, _)| *of == var)?;
        Some(column)
    }

    /// Adds a column.
    pub(super) fn push(&mut self, var: Var, column: Vec<Id>) {
        self.columns.push((var, column));
    }

    /// Takes a column out.
    pub(super) fn take(&mut self, var: Var) -> Option<Vec<Id>> {
        let at = self.columns.iter().position(|(of, _)| *of == var)?;
        self.loose &= !only(var);
        Some(self.columns.swap_remove(at).1)
    }

    /// Drops the columns of other variables.
    pub(super) fn keep(&mut self, vars: Vars) {
        self.columns.retain(|(var, _)| vars & only(*var) != 0);
        self.loose &= vars;
    }

    /// The rows at the given places, in that order.
    pub(super) fn gather(&self, rows: &[u32]) -> Result<Self, Stop> {
        fits(rows.len(), self.columns.len())?;
        Ok(Self {
            columns: self
                .columns
                .iter()
                .map(|(var, column)| (*var, pick(column, rows)))
                .collect(),
            rows: rows.len(),
            loose: self.loose,
        })
    }

    /// The rows that are marked.
    pub(super) fn retain(&mut self, marks: &[bool]) {
        let kept = marks.iter().filter(|mark| **mark).count();
        if kept == self.rows {
            return;
        }
        for (_, column) in &mut self.columns {
            let mut mark = marks.iter();
            column.retain(|_| mark.next().copied().unwrap_or(false));
        }
        self.rows = kept;
    }

    /// Appends the rows of another table; what only one of them binds is unbound in the other's rows.
    pub(super) fn append(&mut self, other: Self) -> Result<(), Stop> {
        if other.rows == 0 {
            return Ok(());
        }
        if self.rows == 0 {
            *self = other;
            return Ok(());
        }
        let rows = self.rows + other.rows;
        fits(rows, self.columns.len().max(other.columns.len()))?;
        let (mine, theirs) = (self.vars(), other.vars());
        self.loose |= other.loose | (mine ^ theirs);
        for (var, column) in other.columns {
            if let Some((_, own)) = self.columns.iter_mut().find(|(of, _)| *of == var) {
                own.extend_from_slice(&column);
            } else {
                let mut own = vec![UNDEF; self.rows];
                own.extend_from_slice(&column);
                self.columns.push((var, own));
            }
        }
        for (_, column) in &mut self.columns {
            column.resize(rows, UNDEF);
        }
        self.rows = rows;
        Ok(())
    }

    /// The rows from one place up to another.
    pub(super) fn slice(&self, from: usize, to: usize) -> Self {
        let (from, to) = (from.min(self.rows), to.min(self.rows));
        Self {
            columns: self
                .columns
                .iter()
                .map(|(var, column)| (*var, column.get(from..to).unwrap_or_default().to_vec()))
                .collect(),
            rows: to.saturating_sub(from),
            loose: self.loose,
        }
    }

    /// Whether a variable is unbound in some row.
    pub(super) fn has_gaps(&self, var: Var) -> bool {
        self.loose & only(var) != 0
            && self
                .column(var)
                .is_some_and(|column| column.contains(&UNDEF))
    }

    /// Parts in each of which every one of the variables is bound in all rows or has no column.
    pub(super) fn by_bound(&self, vars: Vars) -> Result<Vec<Self>, Stop> {
        let gaps: Vec<Var> = members(vars & self.loose)
            .filter(|var| self.has_gaps(*var))
            .collect();
        if gaps.is_empty() {
            let mut whole = self.clone();
            whole.loose &= !vars;
            return Ok(vec![whole]);
        }
        let mut masks = vec![0u128; self.rows];
        for var in &gaps {
            for (mask, id) in masks.iter_mut().zip(self.column(*var).unwrap_or_default()) {
                if *id == UNDEF {
                    *mask |= only(*var);
                }
            }
        }
        let mut kinds = masks.clone();
        kinds.sort_unstable();
        kinds.dedup();
        let mut parts = Vec::with_capacity(kinds.len());
        for kind in kinds {
            let rows: Vec<u32> = (0..)
                .zip(&masks)
                .filter(|(_, mask)| **mask == kind)
                .map(|(row, _)| row)
                .collect();
            let mut part = self.gather(&rows)?;
            part.keep(!kind);
            part.loose &= !vars;
            parts.push(part);
        }
        Ok(parts)
    }
}

/// The values of a column at the given rows.
pub(super) fn pick(column: &[Id], rows: &[u32]) -> Vec<Id> {
    rows.iter()
        .map(|row| column.get(*row as usize).copied().unwrap_or(UNDEF))
        .collect()
}

/// Refuses tables that are too large.
pub(super) fn fits(rows: usize, columns: usize) -> Result<(), Stop> {
    if rows.saturating_mul(columns.max(1)) > CELLS {
        return Err(Stop::TooLarge);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appended_rows_lack_what_only_others_bind() {
        let mut table = Table::unit();
        table.push(1, vec![7]);
        let mut other = Table::unit();
        other.push(2, vec![8]);
        table.append(other).unwrap();
        assert_eq!(table.rows, 2);
        assert_eq!(table.column(1).unwrap(), [7, UNDEF]);
        assert_eq!(table.column(2).unwrap(), [UNDEF, 8]);
        assert!(table.has_gaps(1) && table.has_gaps(2));
        let parts = table.by_bound(only(1) | only(2)).unwrap();
        assert_eq!(parts.len(), 2);
        assert!(
            parts
                .iter()
                .all(|part| part.columns.len() == 1 && part.rows == 1)
        );
    }
}
