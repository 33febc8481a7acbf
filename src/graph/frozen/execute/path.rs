//! Property paths. Where a path leads from one term is worked out once for each start; a path that may
//! have no length leads from a term to itself only if the term is a node of the graph, constants too, as
//! oxigraph's evaluator has it.

use std::cell::OnceCell;
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::algebra::{PathPattern, Place, Slot};
use super::expression::Memo;
use super::table::{Table, Vars, fits, only};
use super::{Executor, Stop};
use crate::graph::frozen::{Frozen, Id, Partition};

/// A path expression, by ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Path {
    Step(Id),
    Reverse(Box<Self>),
    Sequence(Box<Self>, Box<Self>),
    Alternative(Box<Self>, Box<Self>),
    ZeroOrMore(Box<Self>),
    OneOrMore(Box<Self>),
    ZeroOrOne(Box<Self>),
    Negated(Vec<Id>),
}

/// Pairs of a graph of which all nodes may be gone through.
const ALL_NODES: u64 = 2_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Towards {
    Objects,
    Subjects,
}

impl Towards {
    fn back(self) -> Self {
        match self {
            Self::Objects => Self::Subjects,
            Self::Subjects => Self::Objects,
        }
    }
}

/// Follows a path in a graph.
struct Walker<'a, 'e> {
    executor: &'e Executor<'a>,
    file: &'a Frozen,
    graph: Option<Id>,
    known: Memo<Rc<[Id]>>,
    /// All nodes of the graph, once they were asked for.
    nodes: OnceCell<Vec<Id>>,
}

impl Executor<'_> {
    /// The solutions of a path that fit the given ones.
    pub(super) fn walk(
        &mut self,
        left: &Table,
        pattern: &PathPattern,
        needed: Vars,
    ) -> Result<Table, Stop> {
        let ends = pattern.subject.vars() | pattern.object.vars() | pattern.place.vars();
        let mut all = Table::empty(needed & (left.vars() | ends));
        for part in left.by_bound(left.vars() & ends)? {
            all.append(self.walk_graphs(part, pattern, needed)?)?;
        }
        Ok(all)
    }

    fn walk_graphs(
        &mut self,
        left: Table,
        pattern: &PathPattern,
        needed: Vars,
    ) -> Result<Table, Stop> {
        let var = match pattern.place {
            Place::Default => return self.walk_in(left, pattern, None, needed),
            Place::Named(Slot::Term(graph)) => {
                return self.walk_in(left, pattern, Some(graph), needed);
            }
            Place::Named(Slot::Var(var)) => var,
        };
        if pattern.subject.vars() & only(var) != 0 || pattern.object.vars() & only(var) != 0 {
            return Err(Stop::Unsuited("a path from or to its graph"));
        }
        let mut all = Table::empty(needed & (left.vars() | only(var)));
        if left.vars() & only(var) != 0 {
            for (graph, part) in super::bind::by_value(left, var)? {
                all.append(self.walk_in(part, pattern, Some(graph), needed)?)?;
            }
            return Ok(all);
        }
        for graph in self.file().graphs() {
            let mut table = self.walk_in(left.clone(), pattern, Some(*graph), needed)?;
            if needed & only(var) != 0 {
                table.push(var, vec![*graph; table.rows]);
            }
            all.append(table)?;
        }
        Ok(all)
    }

    fn walk_in(
        &mut self,
        mut left: Table,
        pattern: &PathPattern,
        graph: Option<Id>,
        needed: Vars,
    ) -> Result<Table, Stop> {
        let bound = left.vars();
        let is_bound = |slot: Slot| slot.vars() & !bound == 0;
        let (from, to, towards) = if is_bound(pattern.subject) {
            (pattern.subject, pattern.object, Towards::Objects)
        } else {
            (pattern.object, pattern.subject, Towards::Subjects)
        };
        let mut walker = Walker {
            executor: self,
            file: self.file(),
            graph,
            known: Memo::default(),
            nodes: OnceCell::new(),
        };
        let (mut index, mut starts, mut found) = (Vec::new(), Vec::new(), Vec::new());
        let width = left.columns.len() + 2;
        let is_loop = from.vars() != 0 && from.vars() == to.vars();
        if !is_bound(from) {
            // Both ends are new: from every node that the path can begin at.
            for start in walker.starts(&pattern.path, towards)? {
                let ends = walker.ends(&pattern.path, start, towards)?;
                for end in &*ends {
                    if !is_loop || *end == start {
                        starts.push(start);
                        found.push(*end);
                    }
                }
                fits(found.len(), 2)?;
            }
            let mut table = Table {
                rows: found.len(),
                ..Table::default()
            };
            for (slot, column) in [(from, starts), (to, found)] {
                if let Slot::Var(var) = slot
                    && needed & only(var) != 0
                    && table.column(var).is_none()
                {
                    table.push(var, column);
                }
            }
            left.keep(needed);
            if left.is_unit() {
                return Ok(table);
            }
            return super::pairs::product(&left, &table);
        }
        let rows = u32::try_from(left.rows).unwrap_or(u32::MAX);
        let column = |slot: Slot| match slot {
            Slot::Var(var) => left.column(var),
            Slot::Term(_) => None,
        };
        let (from_column, to_column) = (column(from), column(to));
        let value = |slot: Slot, column: Option<&[Id]>, row: u32| match slot {
            Slot::Term(id) => Some(id),
            Slot::Var(_) => column?.get(row as usize).copied(),
        };
        for row in 0..rows {
            let Some(start) = value(from, from_column, row) else {
                continue;
            };
            let ends = walker.ends(&pattern.path, start, towards)?;
            if let Some(end) = value(to, to_column, row) {
                if ends.binary_search(&end).is_ok() {
                    index.push(row);
                }
                continue;
            }
            index.extend(std::iter::repeat_n(row, ends.len()));
            found.extend_from_slice(&ends);
            fits(found.len(), width)?;
        }
        let is_new = matches!(to, Slot::Var(_)) && to_column.is_none();
        left.keep(needed);
        let mut table = left.gather(&index)?;
        if let (Slot::Var(var), true) = (to, is_new && needed & to.vars() != 0) {
            table.push(var, found);
        }
        Ok(table)
    }
}

impl Walker<'_, '_> {
    /// Where a whole path leads from a term, ascending and each end once.
    fn ends(&mut self, path: &Path, start: Id, towards: Towards) -> Result<Rc<[Id]>, Stop> {
        if let Some(ends) = self.known.get(&start) {
            return Ok(Rc::clone(ends));
        }
        self.executor.alive()?;
        let mut ends = self.reach(path, start, towards)?;
        ends.sort_unstable();
        ends.dedup();
        let ends: Rc<[Id]> = ends.into();
        self.known.insert(start, Rc::clone(&ends));
        Ok(ends)
    }

    /// Where a path leads from a term, perhaps several times to one.
    fn reach(&self, path: &Path, start: Id, towards: Towards) -> Result<Vec<Id>, Stop> {
        let file = self.file;
        Ok(match path {
            Path::Step(predicate) => match file.partition(self.graph, *predicate) {
                None => Vec::new(),
                Some(partition) if towards == Towards::Objects => {
                    file.by_subject(partition).values(start).to_vec()
                }
                Some(partition) => file.by_object(partition).values(start).to_vec(),
            },
            Path::Reverse(inner) => self.reach(inner, start, towards.back())?,
            Path::Sequence(first, second) => {
                let (first, second) = match towards {
                    Towards::Objects => (first, second),
                    Towards::Subjects => (second, first),
                };
                let mut middles = self.reach(first, start, towards)?;
                middles.sort_unstable();
                middles.dedup();
                let mut ends = Vec::new();
                for middle in middles {
                    ends.extend(self.reach(second, middle, towards)?);
                }
                ends
            }
            Path::Alternative(first, second) => {
                let mut ends = self.reach(first, start, towards)?;
                ends.extend(self.reach(second, start, towards)?);
                ends
            }
            Path::ZeroOrMore(inner) => {
                if !self.is_node(start) {
                    return Ok(Vec::new());
                }
                self.closure(inner, &[start], towards)?
            }
            Path::OneOrMore(inner) => {
                let first = self.reach(inner, start, towards)?;
                self.closure(inner, &first, towards)?
            }
            Path::ZeroOrOne(inner) => {
                if !self.is_node(start) {
                    return Ok(Vec::new());
                }
                let mut ends = self.reach(inner, start, towards)?;
                ends.push(start);
                ends
            }
            Path::Negated(predicates) => {
                let mut ends = Vec::new();
                let is_meant = |partition: &&Partition| {
                    partition.graph == self.graph && !predicates.contains(&partition.predicate)
                };
                if towards == Towards::Objects {
                    for partition in self.with_subject(start).filter(is_meant) {
                        ends.extend_from_slice(file.by_subject(partition).values(start));
                    }
                } else {
                    for partition in file.in_graph(self.graph).iter().filter(is_meant) {
                        ends.extend_from_slice(file.by_object(partition).values(start));
                    }
                }
                ends
            }
        })
    }

    fn closure(&self, path: &Path, first: &[Id], towards: Towards) -> Result<Vec<Id>, Stop> {
        let mut seen: FxHashSet<Id> = first.iter().copied().collect();
        let mut todo: Vec<Id> = seen.iter().copied().collect();
        while let Some(id) = todo.pop() {
            self.executor.alive()?;
            for next in self.reach(path, id, towards)? {
                if seen.insert(next) {
                    todo.push(next);
                }
            }
        }
        Ok(seen.into_iter().collect())
    }

    /// The partitions, of all graphs, that a term is a subject in.
    fn with_subject(&self, id: Id) -> impl Iterator<Item = &Partition> {
        let partitions = self.file.partitions();
        let shape = self.file.shape(id).iter();
        shape.filter_map(|at| partitions.get(*at as usize))
    }

    /// Whether a term is a subject or object of the graph.
    fn is_node(&self, id: Id) -> bool {
        let file = self.file;
        if let Some(nodes) = self.nodes.get() {
            return nodes.binary_search(&id).is_ok();
        }
        self.with_subject(id)
            .any(|partition| partition.graph == self.graph)
            || file
                .in_graph(self.graph)
                .iter()
                .any(|partition| !file.by_object(partition).values(id).is_empty())
    }

    /// The terms that a path can begin at, ascending.
    fn starts(&self, path: &Path, towards: Towards) -> Result<Vec<Id>, Stop> {
        let file = self.file;
        let mut starts = match path {
            Path::Step(predicate) => match file.partition(self.graph, *predicate) {
                None => Vec::new(),
                Some(partition) => {
                    let order = match towards {
                        Towards::Objects => file.by_subject(partition),
                        Towards::Subjects => file.by_object(partition),
                    };
                    order.groups().map(|(key, _)| key).collect()
                }
            },
            Path::Reverse(inner) => self.starts(inner, towards.back())?,
            Path::Sequence(first, second) => match towards {
                Towards::Objects => self.starts(first, towards)?,
                Towards::Subjects => self.starts(second, towards)?,
            },
            Path::Alternative(first, second) => {
                let mut starts = self.starts(first, towards)?;
                starts.extend(self.starts(second, towards)?);
                starts
            }
            Path::OneOrMore(inner) => self.starts(inner, towards)?,
            Path::ZeroOrMore(_) | Path::ZeroOrOne(_) | Path::Negated(_) => self.nodes()?.to_vec(),
        };
        starts.sort_unstable();
        starts.dedup();
        Ok(starts)
    }

    /// All nodes of the graph, ascending.
    fn nodes(&self) -> Result<&[Id], Stop> {
        if let Some(nodes) = self.nodes.get() {
            return Ok(nodes);
        }
        let file = self.file;
        let partitions = file.in_graph(self.graph);
        if partitions
            .iter()
            .map(|partition| partition.pairs)
            .sum::<u64>()
            > ALL_NODES
        {
            return Err(Stop::Unsuited("a path from every node of a large graph"));
        }
        let mut nodes = Vec::new();
        for partition in partitions {
            nodes.extend(file.by_subject(partition).groups().map(|(key, _)| key));
            nodes.extend(file.by_object(partition).groups().map(|(key, _)| key));
        }
        nodes.sort_unstable();
        nodes.dedup();
        Ok(self.nodes.get_or_init(|| nodes))
    }
}
