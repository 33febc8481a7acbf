//! The join of solutions with a triple pattern, by looking up what is bound in the pairs of each graph
//! and predicate that fits.

use super::algebra::{Pattern, Place, Slot};
use super::pairs::End;
use super::table::{Table, UNDEF, Var, Vars, fits, only};
use super::{Executor, Stop};
use crate::graph::frozen::{Id, Partition};

impl<'a> Executor<'a> {
    /// The solutions of a pattern that fit the given ones, with the columns that are needed at least.
    pub(super) fn bind(
        &mut self,
        left: Table,
        pattern: &Pattern,
        needed: Vars,
    ) -> Result<Table, Stop> {
        if self.known == Some(pattern.number) {
            return Ok(left);
        }
        self.alive()?;
        let shared = left.vars() & pattern.vars();
        if super::table::members(left.loose & shared).any(|var| left.has_gaps(var)) {
            let mut all = Table::default();
            for part in left.by_bound(shared)? {
                all.append(self.bind_once(part, pattern, needed)?)?;
            }
            return Ok(all);
        }
        let mut left = left;
        left.loose &= !shared;
        self.bind_once(left, pattern, needed)
    }

    /// Gives the second of two equal new variables another name, and compares the two afterwards.
    fn bind_once(&mut self, left: Table, pattern: &Pattern, needed: Vars) -> Result<Table, Stop> {
        let bound = left.vars();
        let mut slots = [
            pattern.subject,
            pattern.predicate,
            pattern.object,
            Slot::Term(0),
        ];
        if let (Some(last), Place::Named(graph)) = (slots.last_mut(), pattern.place) {
            *last = graph;
        }
        let mut seen = bound;
        let mut equal = Vec::new();
        for slot in &mut slots {
            if let Slot::Var(var) = *slot {
                if seen & only(var) != 0 && bound & only(var) == 0 {
                    let own = self.own_var()?;
                    equal.push((var, own));
                    *slot = Slot::Var(own);
                }
                seen |= only(var);
            }
        }
        if equal.is_empty() {
            return self.bind_graphs(left, pattern, needed);
        }
        let [subject, predicate, object, graph] = slots;
        let place = match pattern.place {
            Place::Default => Place::Default,
            Place::Named(_) => Place::Named(graph),
        };
        let pattern = Pattern {
            subject,
            predicate,
            object,
            place,
            ..*pattern
        };
        let both = equal
            .iter()
            .fold(0, |vars, (a, b)| vars | only(*a) | only(*b));
        let mut table = self.bind_graphs(left, &pattern, needed | both)?;
        for (a, b) in equal {
            let marks: Vec<bool> = match (table.column(a), table.column(b)) {
                (Some(a), Some(b)) => a.iter().zip(b).map(|(a, b)| a == b).collect(),
                _ => continue,
            };
            table.retain(&marks);
            table.take(b);
        }
        Ok(table)
    }

    fn bind_graphs(&mut self, left: Table, pattern: &Pattern, needed: Vars) -> Result<Table, Stop> {
        let var = match pattern.place {
            Place::Default => return self.bind_predicates(left, pattern, None, needed),
            Place::Named(Slot::Term(graph)) => {
                return self.bind_predicates(left, pattern, Some(graph), needed);
            }
            Place::Named(Slot::Var(var)) => var,
        };
        let mut all = Table::empty(needed & (left.vars() | pattern.vars()));
        if left.vars() & only(var) != 0 {
            for (graph, part) in by_value(left, var)? {
                all.append(self.bind_predicates(part, pattern, Some(graph), needed)?)?;
            }
            return Ok(all);
        }
        let file = self.file();
        for graph in file.graphs() {
            if let Slot::Term(predicate) = pattern.predicate
                && file.partition(Some(*graph), predicate).is_none()
            {
                continue;
            }
            let mut table = self.bind_predicates(left.clone(), pattern, Some(*graph), needed)?;
            if needed & only(var) != 0 {
                fits(table.rows, table.columns.len() + 1)?;
                table.push(var, vec![*graph; table.rows]);
            }
            all.append(table)?;
        }
        Ok(all)
    }

    fn bind_predicates(
        &mut self,
        left: Table,
        pattern: &Pattern,
        graph: Option<Id>,
        needed: Vars,
    ) -> Result<Table, Stop> {
        let file = self.file();
        let (subject, object) = (pattern.subject, pattern.object);
        let nothing = needed & (left.vars() | pattern.vars());
        let var = match pattern.predicate {
            Slot::Term(predicate) => {
                return match file.partition(graph, predicate) {
                    Some(partition) => self.bind_pairs(left, subject, object, partition, needed),
                    None => Ok(Table::empty(nothing)),
                };
            }
            Slot::Var(var) => var,
        };
        let mut all = Table::empty(nothing);
        if left.vars() & only(var) != 0 {
            for (predicate, part) in by_value(left, var)? {
                if let Some(partition) = file.partition(graph, predicate) {
                    all.append(self.bind_pairs(part, subject, object, partition, needed)?)?;
                }
            }
            return Ok(all);
        }
        for (partition, part) in self.by_shape(&left, subject, graph)? {
            let mut table = self.bind_pairs(part, subject, object, partition, needed)?;
            if needed & only(var) != 0 {
                fits(table.rows, table.columns.len() + 1)?;
                table.push(var, vec![partition.predicate; table.rows]);
            }
            all.append(table)?;
        }
        Ok(all)
    }

    /// The partitions of a graph, each with the rows whose subject is in it.
    fn by_shape(
        &mut self,
        left: &Table,
        subject: Slot,
        graph: Option<Id>,
    ) -> Result<Vec<(&'a Partition, Table)>, Stop> {
        let file = self.file();
        let partitions = file.partitions();
        let of_shape = |id: Id| -> Vec<u32> {
            let shape = if id < file.terms() {
                file.shape(id)
            } else {
                &[]
            };
            let mut here = shape.to_vec();
            here.retain(|at| {
                partitions
                    .get(*at as usize)
                    .is_some_and(|found| found.graph == graph)
            });
            here
        };
        let mut parts = Vec::new();
        let column = match subject {
            Slot::Term(id) => {
                for at in of_shape(id) {
                    if let Some(partition) = partitions.get(at as usize) {
                        parts.push((partition, left.clone()));
                    }
                }
                return Ok(parts);
            }
            Slot::Var(var) => left.column(var),
        };
        let Some(column) = column else {
            for partition in file.in_graph(graph) {
                parts.push((partition, left.clone()));
            }
            return Ok(parts);
        };
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); partitions.len()];
        let (mut last, mut shape) = (UNDEF, Vec::new());
        for (row, id) in (0..).zip(column) {
            if *id != last {
                (last, shape) = (*id, of_shape(*id));
            }
            for at in &shape {
                if let Some(rows) = rows.get_mut(*at as usize) {
                    rows.push(row);
                }
            }
        }
        self.alive()?;
        for (partition, rows) in partitions.iter().zip(rows) {
            if !rows.is_empty() {
                parts.push((partition, left.gather(&rows)?));
            }
        }
        Ok(parts)
    }

    fn bind_pairs(
        &mut self,
        left: Table,
        subject: Slot,
        object: Slot,
        partition: &'a Partition,
        needed: Vars,
    ) -> Result<Table, Stop> {
        let file = self.file();
        let bound = left.vars();
        let end = |slot: Slot| match slot {
            Slot::Term(id) => End::Term(id),
            Slot::Var(var) if bound & only(var) != 0 => End::Column(var),
            Slot::Var(var) => End::Free(var),
        };
        let (by_subject, by_object) = (file.by_subject(partition), file.by_object(partition));
        match (end(subject), end(object)) {
            (End::Term(subject), End::Term(object)) => {
                let mut left = left;
                left.keep(needed);
                if !by_subject.contains(subject, object) {
                    left = Table::empty(left.vars());
                }
                Ok(left)
            }
            (End::Term(subject), End::Column(var)) => {
                self.members(left, var, by_subject.values(subject), needed)
            }
            (End::Column(var), End::Term(object)) => {
                self.members(left, var, by_object.values(object), needed)
            }
            (End::Term(subject), End::Free(var)) => {
                self.cross(left, var, by_subject.values(subject), needed)
            }
            (End::Free(var), End::Term(object)) => {
                self.cross(left, var, by_object.values(object), needed)
            }
            (End::Column(from), End::Free(to)) => self.expand(left, from, to, by_subject, needed),
            (End::Free(to), End::Column(from)) => self.expand(left, from, to, by_object, needed),
            (End::Column(subject), End::Column(object)) => {
                if partition.subjects >= partition.objects {
                    self.check(left, subject, object, by_subject, needed)
                } else {
                    self.check(left, object, subject, by_object, needed)
                }
            }
            (End::Free(subject), End::Free(object)) => {
                if self.hint == Some(object) {
                    self.scan(left, object, subject, by_object, partition.pairs, needed)
                } else {
                    self.scan(left, subject, object, by_subject, partition.pairs, needed)
                }
            }
        }
    }
}

/// The rows apart by the value of a column.
pub(super) fn by_value(table: Table, var: Var) -> Result<Vec<(Id, Table)>, Stop> {
    let column = table.column(var).unwrap_or_default();
    let Some(first) = column.first().copied() else {
        return Ok(Vec::new());
    };
    if column.iter().all(|id| *id == first) {
        return Ok(vec![(first, table)]);
    }
    let mut keys: Vec<(Id, u32)> = column.iter().copied().zip(0..).collect();
    keys.sort_unstable();
    let mut parts = Vec::new();
    for run in keys.chunk_by(|a, b| a.0 == b.0) {
        let rows: Vec<u32> = run.iter().map(|(_, row)| *row).collect();
        if let Some((id, _)) = run.first() {
            parts.push((*id, table.gather(&rows)?));
        }
    }
    Ok(parts)
}
