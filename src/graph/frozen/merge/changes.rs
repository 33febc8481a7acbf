//! What a difference comes to for the file it is applied to: for each partition the pairs that go and the
//! pairs that come, without those that are not there to go or are there already.

use std::collections::BTreeMap;

use super::super::build::chunk::Side;
use super::super::build::runs::Runs;
use super::super::build::sort_stretches;
use super::super::build::vocabulary::Numbers;
use super::super::error::FrozenError;
use super::super::pairs::Order;
use super::super::write::order::{key, pair, value};
use super::super::{Frozen, Id};

/// A term of the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// The old file has it.
    Old(Id),
    /// One of the terms that it has not, by their order.
    New(u32),
}

/// The changes of one partition.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// Pairs that go, in the numbers of the old file, sorted.
    pub(super) removed: Vec<u64>,
    /// Pairs that come, in the numbers of the difference, sorted.
    pub(super) added: Vec<u64>,
}

/// All changes.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Those of partitions of the old file, in its order.
    pub(super) old: Vec<Change>,
    /// New partitions: their graphs and predicates in the numbers of the difference.
    pub(super) new: Vec<(Option<u32>, u32, Vec<u64>)>,
}

/// Pairs to be added and to be removed.
type Sides = (Vec<u64>, Vec<u64>);

/// Works out the changes; the numbers of the difference are looked up in `terms`.
pub(super) fn changes(
    old: &Frozen,
    runs: &Runs,
    numbers: &Numbers,
    terms: &[Term],
) -> Result<Changes, FrozenError> {
    let mut changes = Changes::default();
    changes
        .old
        .resize_with(old.partitions().len(), Change::default);
    for ((graph, predicate), (mut added, mut removed)) in collect(runs, numbers)? {
        for pairs in [&mut added, &mut removed] {
            sort_stretches(pairs);
            pairs.dedup();
        }
        let Some(index) = index_of(old, terms, graph, predicate) else {
            if !added.is_empty() {
                changes.new.push((graph, predicate, added));
            }
            continue;
        };
        if let (Some(change), Some(partition)) =
            (changes.old.get_mut(index), old.partitions().get(index))
        {
            let order = old.by_subject(partition);
            *change = effective(order, terms, added, &removed);
        }
    }
    Ok(changes)
}

/// All pairs by graph and predicate, in the numbers of the difference.
fn collect(
    runs: &Runs,
    numbers: &Numbers,
) -> Result<BTreeMap<(Option<u32>, u32), Sides>, FrozenError> {
    let mut all: BTreeMap<(Option<u32>, u32), Sides> = BTreeMap::new();
    for (index, run) in runs.laid.iter().enumerate() {
        let numbers = numbers.of(index, run.terms)?;
        let number = |place: u32| numbers.get(place as usize).copied().unwrap_or(u32::MAX);
        let mut at = run.pairs;
        for segment in &run.segments {
            let pairs = runs.read_pairs(at, segment.pairs)?;
            at += 8 * segment.pairs as u64;
            let name = (segment.graph.map(number), number(segment.predicate));
            let sides = all.entry(name).or_default();
            let side = match segment.side {
                Side::Added => &mut sides.0,
                Side::Removed => &mut sides.1,
            };
            side.extend(
                pairs
                    .iter()
                    .map(|p| pair(number(key(*p)), number(value(*p)))),
            );
        }
    }
    Ok(all)
}

/// The place of a partition in the old file; none where it has no such partition.
fn index_of(old: &Frozen, terms: &[Term], graph: Option<u32>, predicate: u32) -> Option<usize> {
    let id = |number: u32| match terms.get(number as usize)? {
        Term::Old(id) => Some(*id),
        Term::New(_) => None,
    };
    let graph = match graph {
        Some(graph) => Some(id(graph)?),
        None => None,
    };
    let name = (graph, id(predicate)?);
    let partitions = old.partitions();
    partitions
        .binary_search_by_key(&name, |p| (p.graph, p.predicate))
        .ok()
}

/// What changes: a pair that is both removed and added is there in the end.
fn effective(order: Order<'_>, terms: &[Term], added: Vec<u64>, removed: &[u64]) -> Change {
    let old_pair = |of: u64| {
        let id = |number: u32| match terms.get(number as usize)? {
            Term::Old(id) => Some(*id),
            Term::New(_) => None,
        };
        Some(pair(id(key(of))?, id(value(of))?))
    };
    let mut from = 0;
    let mut is_there = |of: u64| {
        order
            .seek(key(of), &mut from)
            .binary_search(&value(of))
            .is_ok()
    };
    let mut kept = added.iter().copied().peekable();
    let mut goes = Vec::new();
    for removed in removed {
        while kept.next_if(|added| added < removed).is_some() {}
        if kept.peek() != Some(removed)
            && let Some(old) = old_pair(*removed)
            && is_there(old)
        {
            goes.push(old);
        }
    }
    let mut comes = added;
    comes.retain(|added| !old_pair(*added).is_some_and(&mut is_there));
    Change {
        removed: goes,
        added: comes,
    }
}
