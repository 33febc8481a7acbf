//! Solutions in parts: the rows of the pattern that a query begins with are taken little by little, and
//! everything else is joined with each part. A LIMIT without ORDER BY so costs little more than what it
//! shows, and an answer of any size streams through flat memory.

use rustc_hash::FxHashSet;

use super::algebra::{Operator, Pattern, Place, Plan, Slot};
use super::estimate::count;
use super::table::{Table, UNDEF, Var, Vars};
use super::{Executor, Stop};
use crate::graph::frozen::{Id, Pairs, Partition};

/// Rows of the first part, and of the largest.
const FIRST: usize = 512;
const LARGEST: usize = 1 << 16;

/// The solutions of a plan, part by part.
pub(super) struct Parts<'a> {
    plan: Plan,
    pattern: Pattern,
    source: Source<'a>,
    size: usize,
    skip: usize,
    left: usize,
    needed: Vars,
    /// The rows seen so far, where they must be distinct.
    seen: Option<FxHashSet<Box<[Id]>>>,
    /// Rows of the first pattern that are still to be joined.
    todo: Vec<Table>,
}

/// The rows of the first pattern.
enum Source<'a> {
    Table(Table, usize),
    Pairs {
        partitions: std::slice::Iter<'a, Partition>,
        current: Option<(&'a Partition, Pairs<'a>)>,
        by_object: bool,
    },
}

impl<'a> Executor<'a> {
    /// The solutions of a plan in parts, if it can be worked out so.
    pub(super) fn parts(
        &mut self,
        plan: &Plan,
        start: usize,
        length: Option<usize>,
        needed: Vars,
    ) -> Result<Option<Parts<'a>>, Stop> {
        let (inner, is_distinct) = match &plan.operator {
            Operator::Distinct(inner) => (&**inner, true),
            _ => (plan, false),
        };
        let (inner, needed) = match &inner.operator {
            Operator::Project(projected, vars) => {
                let vars = super::algebra::set(vars);
                (&**projected, if is_distinct { vars } else { vars & needed })
            }
            _ => (inner, if is_distinct { inner.possible } else { needed }),
        };
        let Some((pattern, key)) = self.driver(inner) else {
            return Ok(None);
        };
        if self.estimate(&Plan::new(Operator::Pattern(pattern)), 0, 1.0) <= count(FIRST) {
            return Ok(None);
        }
        let source = self.source(&pattern, key)?;
        let mut plan = inner.clone();
        self.settle(&mut plan)?;
        Ok(Some(Parts {
            plan,
            pattern,
            source,
            size: FIRST,
            skip: start,
            left: length.unwrap_or(usize::MAX),
            needed,
            seen: is_distinct.then(FxHashSet::default),
            todo: Vec::new(),
        }))
    }

    /// The pattern that a plan begins with, and the variable that is looked up next.
    fn driver(&self, plan: &Plan) -> Option<(Pattern, Option<Var>)> {
        match &plan.operator {
            Operator::Pattern(pattern) => Some((*pattern, None)),
            Operator::Filter(inner, _)
            | Operator::Extend(inner, ..)
            | Operator::LeftJoin(inner, ..)
            | Operator::Minus(inner, _) => self.driver(inner),
            Operator::Join(children) => {
                let mut rest: Vec<&Plan> = children.iter().collect();
                let chosen = rest.swap_remove(self.cheapest(&rest, &Table::unit()));
                match &chosen.operator {
                    Operator::Pattern(pattern) => Some((*pattern, self.next_key(chosen, &rest, 0))),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn source(&mut self, pattern: &Pattern, key: Option<Var>) -> Result<Source<'a>, Stop> {
        let file = self.file();
        let slots = [pattern.subject, pattern.predicate, pattern.object];
        let mut seen = pattern.place.vars();
        let mut is_simple = true;
        for slot in slots {
            is_simple &= seen & slot.vars() == 0;
            seen |= slot.vars();
        }
        if is_simple && let (Slot::Var(_), Slot::Var(object)) = (pattern.subject, pattern.object) {
            let partitions = match (pattern.place, pattern.predicate) {
                (Place::Default, Slot::Var(_)) => Some(file.in_graph(None)),
                (Place::Named(Slot::Term(graph)), Slot::Var(_)) => Some(file.in_graph(Some(graph))),
                (Place::Named(Slot::Var(_)), Slot::Var(_)) => {
                    let named = file.partitions();
                    named.get(file.in_graph(None).len()..)
                }
                (Place::Default, Slot::Term(predicate)) => Some(
                    file.partition(None, predicate)
                        .map(std::slice::from_ref)
                        .unwrap_or_default(),
                ),
                (Place::Named(Slot::Term(graph)), Slot::Term(predicate)) => Some(
                    file.partition(Some(graph), predicate)
                        .map(std::slice::from_ref)
                        .unwrap_or_default(),
                ),
                (Place::Named(Slot::Var(_)), Slot::Term(_)) => None,
            };
            if let Some(partitions) = partitions {
                return Ok(Source::Pairs {
                    partitions: partitions.iter(),
                    current: None,
                    by_object: key == Some(object),
                });
            }
        }
        self.hint = key;
        let table = self.bind(Table::unit(), pattern, pattern.vars())?;
        Ok(Source::Table(table, 0))
    }

    /// Works out once what every part would work out again: the subqueries.
    fn settle(&mut self, plan: &mut Plan) -> Result<(), Stop> {
        match &mut plan.operator {
            Operator::Join(children) | Operator::Union(children) => {
                for child in children {
                    self.settle(child)?;
                }
            }
            Operator::LeftJoin(left, right, _) | Operator::Minus(left, right) => {
                self.settle(left)?;
                self.settle(right)?;
            }
            Operator::Filter(inner, _) | Operator::Extend(inner, ..) => self.settle(inner)?,
            Operator::Group(..)
            | Operator::Order(..)
            | Operator::Project(..)
            | Operator::Distinct(_)
            | Operator::Slice(..) => {
                let table = self.eval(plan, plan.possible)?;
                let vars: Vec<Var> = super::table::members(plan.possible).collect();
                let columns: Vec<Option<&[Id]>> =
                    vars.iter().map(|var| table.column(*var)).collect();
                let rows = (0..table.rows)
                    .map(|row| {
                        let cell = |column: Option<&[Id]>| {
                            column.and_then(|column| column.get(row).copied())
                        };
                        columns
                            .iter()
                            .map(|column| cell(*column).unwrap_or(UNDEF))
                            .collect()
                    })
                    .collect();
                *plan = Plan::new(Operator::Values(vars, rows));
            }
            Operator::Unit | Operator::Pattern(_) | Operator::Path(_) | Operator::Values(..) => {}
        }
        Ok(())
    }
}

impl<'a> Parts<'a> {
    /// The next rows; none when there are no more.
    pub(super) fn next(&mut self, executor: &mut Executor<'a>) -> Result<Option<Table>, Stop> {
        while self.left > 0 {
            let Some(seeds) = self.todo.pop().or_else(|| self.seeds(executor)) else {
                return Ok(None);
            };
            executor.known = Some(self.pattern.number);
            let joined = executor.join(seeds.clone(), &self.plan, self.needed);
            executor.known = None;
            let mut table = match joined {
                Ok(table) => table,
                Err(Stop::TooLarge) if seeds.rows > 1 => {
                    let half = seeds.rows / 2;
                    self.todo.push(seeds.slice(half, seeds.rows));
                    self.todo.push(seeds.slice(0, half));
                    continue;
                }
                Err(stop) => return Err(stop),
            };
            table.keep(self.needed);
            self.unseen(&mut table);
            if self.skip >= table.rows {
                self.skip -= table.rows;
                continue;
            }
            if self.skip > 0 || table.rows > self.left {
                table = table.slice(self.skip, self.skip.saturating_add(self.left));
                self.skip = 0;
            }
            self.left -= table.rows;
            return Ok(Some(table));
        }
        Ok(None)
    }

    /// Drops rows that have been seen, where they must be distinct.
    fn unseen(&mut self, table: &mut Table) {
        let Some(seen) = &mut self.seen else {
            return;
        };
        let vars: Vec<Var> = super::table::members(self.needed).collect();
        let columns: Vec<Option<&[Id]>> = vars.iter().map(|var| table.column(*var)).collect();
        let mut marks = Vec::with_capacity(table.rows);
        for row in 0..table.rows {
            let cell = |column: Option<&[Id]>| column.and_then(|column| column.get(row).copied());
            let key: Box<[Id]> = columns
                .iter()
                .map(|column| cell(*column).unwrap_or(UNDEF))
                .collect();
            marks.push(seen.insert(key));
        }
        table.retain(&marks);
    }

    /// The next rows of the first pattern.
    fn seeds(&mut self, executor: &Executor<'a>) -> Option<Table> {
        let size = self.size;
        self.size = (size * 4).min(LARGEST);
        let file = executor.file();
        match &mut self.source {
            Source::Table(table, at) => {
                if *at >= table.rows {
                    return None;
                }
                let part = table.slice(*at, *at + size);
                *at += part.rows;
                Some(part)
            }
            Source::Pairs {
                partitions,
                current,
                by_object,
            } => loop {
                let Some((partition, pairs)) = current else {
                    let partition = partitions.next()?;
                    let order = if *by_object {
                        file.by_object(partition)
                    } else {
                        file.by_subject(partition)
                    };
                    *current = Some((partition, order.pairs()));
                    continue;
                };
                let (keys, values): (Vec<Id>, Vec<Id>) = pairs.by_ref().take(size).unzip();
                if keys.is_empty() {
                    *current = None;
                    continue;
                }
                let mut table = Table {
                    rows: keys.len(),
                    ..Table::default()
                };
                let (subjects, objects) = if *by_object {
                    (values, keys)
                } else {
                    (keys, values)
                };
                let rows = table.rows;
                let mut put = |slot: Slot, column: Vec<Id>| {
                    if let Slot::Var(var) = slot {
                        table.push(var, column);
                    }
                };
                put(self.pattern.predicate, vec![partition.predicate; rows]);
                if let (Place::Named(slot), Some(graph)) = (self.pattern.place, partition.graph) {
                    put(slot, vec![graph; rows]);
                }
                put(self.pattern.subject, subjects);
                put(self.pattern.object, objects);
                return Some(table);
            },
        }
    }
}
