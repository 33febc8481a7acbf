//! Counts and group counts of one pattern, read from the directory and the offsets of the file without
//! going through its pairs.

use super::algebra::{Aggregate, Function, Kind, Operator, Pattern, Place, Plan, Slot};
use super::table::{Table, Var, only};
use super::{Executor, Stop};
use crate::graph::frozen::{Id, Order, Partition};

/// What is counted in each group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// The solutions.
    Rows,
    /// The distinct values of a variable.
    Distinct(Var),
}

impl<'a> Executor<'a> {
    /// The groups of a single pattern, where all that is asked of them are counts.
    pub(super) fn counted(
        &mut self,
        inner: &Plan,
        keys: &[Var],
        aggregates: &[(Var, Aggregate)],
    ) -> Result<Option<Table>, Stop> {
        let Operator::Pattern(pattern) = &inner.operator else {
            return Ok(None);
        };
        let slots = [pattern.subject, pattern.predicate, pattern.object];
        let graph = match pattern.place {
            Place::Named(Slot::Var(var)) => only(var),
            _ => 0,
        };
        let mut seen = graph;
        for slot in slots {
            if seen & slot.vars() != 0 {
                return Ok(None);
            }
            seen |= slot.vars();
        }
        let mut asked = Vec::with_capacity(aggregates.len());
        for (_, aggregate) in aggregates {
            let argument = aggregate.argument.as_ref().map(|argument| &argument.kind);
            asked.push(match (aggregate.function, argument, aggregate.distinct) {
                (Function::Count, None, false) => Counted::Rows,
                (Function::Count, Some(Kind::Variable(var)), distinct)
                    if only(*var) & seen != 0 =>
                {
                    if distinct {
                        Counted::Distinct(*var)
                    } else {
                        Counted::Rows
                    }
                }
                _ => return Ok(None),
            });
        }
        let found = match keys {
            [] => self.total(pattern, &asked),
            [key] => self.by_key(pattern, *key, &asked),
            _ => None,
        };
        let Some((ids, counts)) = found else {
            return Ok(None);
        };
        let mut table = Table {
            rows: ids.len(),
            ..Table::default()
        };
        for key in keys {
            table.push(*key, ids.clone());
        }
        for ((var, _), counts) in aggregates.iter().zip(counts) {
            table.push(*var, self.integers(&counts)?);
        }
        Ok(Some(table))
    }

    /// The partitions that a pattern may match in.
    fn partitions_of(&self, pattern: &Pattern) -> Vec<&'a Partition> {
        let file = self.file();
        let all = match pattern.place {
            Place::Default => file.in_graph(None),
            Place::Named(Slot::Term(graph)) => file.in_graph(Some(graph)),
            Place::Named(Slot::Var(_)) => file.partitions(),
        };
        let is_any = matches!(pattern.place, Place::Named(Slot::Var(_)));
        all.iter()
            .filter(|partition| !is_any || partition.graph.is_some())
            .filter(|partition| match pattern.predicate {
                Slot::Term(predicate) => partition.predicate == predicate,
                Slot::Var(_) => true,
            })
            .collect()
    }

    /// How many solutions there are in a partition.
    fn solutions(&self, pattern: &Pattern, partition: &Partition) -> usize {
        let file = self.file();
        match (pattern.subject, pattern.object) {
            (Slot::Term(subject), Slot::Term(object)) => {
                usize::from(file.by_subject(partition).contains(subject, object))
            }
            (Slot::Term(subject), Slot::Var(_)) => file.by_subject(partition).values(subject).len(),
            (Slot::Var(_), Slot::Term(object)) => file.by_object(partition).values(object).len(),
            (Slot::Var(_), Slot::Var(_)) => usize::try_from(partition.pairs).unwrap_or(usize::MAX),
        }
    }

    fn total(&self, pattern: &Pattern, asked: &[Counted]) -> Option<(Vec<Id>, Vec<Vec<i64>>)> {
        let partitions = self.partitions_of(pattern);
        let rows: usize = partitions
            .iter()
            .map(|partition| self.solutions(pattern, partition))
            .sum();
        let mut counts = Vec::with_capacity(asked.len());
        for asked in asked {
            let count = match asked {
                Counted::Rows => rows,
                Counted::Distinct(var) => {
                    let own = only(*var);
                    match partitions.as_slice() {
                        [] => 0,
                        [partition] if pattern.subject.vars() == own => match pattern.object {
                            Slot::Var(_) => usize::try_from(partition.subjects).ok()?,
                            Slot::Term(_) => rows,
                        },
                        [partition] if pattern.object.vars() == own => match pattern.subject {
                            Slot::Var(_) => usize::try_from(partition.objects).ok()?,
                            Slot::Term(_) => rows,
                        },
                        _ => return None,
                    }
                }
            };
            counts.push(vec![i64::try_from(count).ok()?]);
        }
        Some((vec![0], counts))
    }

    fn by_key(
        &self,
        pattern: &Pattern,
        key: Var,
        asked: &[Counted],
    ) -> Option<(Vec<Id>, Vec<Vec<i64>>)> {
        let file = self.file();
        let partitions = self.partitions_of(pattern);
        let own = only(key);
        let is_predicate = pattern.predicate.vars() == own;
        if is_predicate || pattern.place.vars() == own {
            if asked.iter().any(|asked| *asked != Counted::Rows) {
                return None;
            }
            let mut sums: Vec<(Id, i64)> = Vec::new();
            for partition in partitions {
                let count = i64::try_from(self.solutions(pattern, partition)).ok()?;
                let id = if is_predicate {
                    partition.predicate
                } else {
                    partition.graph?
                };
                match sums.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, sum)) => *sum += count,
                    None if count > 0 => sums.push((id, count)),
                    None => {}
                }
            }
            let (ids, counts): (Vec<Id>, Vec<i64>) = sums.into_iter().unzip();
            return Some((ids, vec![counts; asked.len()]));
        }
        let [partition] = partitions.as_slice() else {
            return None;
        };
        let is_subject = pattern.subject.vars() == own;
        let (order, other): (Order<'_>, Slot) = if is_subject {
            (file.by_subject(partition), pattern.object)
        } else if pattern.object.vars() == own {
            (file.by_object(partition), pattern.subject)
        } else {
            return None;
        };
        let other = match other {
            Slot::Var(other) => other,
            Slot::Term(_) => return None,
        };
        let mut ids = Vec::with_capacity(order.distinct());
        let mut lengths = Vec::with_capacity(order.distinct());
        for (id, values) in order.groups() {
            ids.push(id);
            lengths.push(i64::try_from(values.len()).ok()?);
        }
        let mut counts = Vec::with_capacity(asked.len());
        for asked in asked {
            counts.push(match asked {
                Counted::Distinct(var) if *var == key => vec![1; ids.len()],
                // In one graph and predicate no pair occurs twice.
                Counted::Distinct(var) if *var != other => return None,
                _ => lengths.clone(),
            });
        }
        Some((ids, counts))
    }
}
