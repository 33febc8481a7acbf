//! Which terms are left, and their new numbers. A term that no quad uses any more is not in the new file,
//! so that it equals one built from scratch.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::Frozen;
use super::super::pairs::Order;
use super::super::write::order::{key, turned, value};
use super::super::write::threads::in_order;
use super::changes::{Changes, Term};

/// Stands for terms that are gone.
pub(super) const GONE: u32 = u32::MAX;

/// One bit for each of many things, which all threads may set.
#[derive(Debug)]
struct Bits(Vec<AtomicU64>);

impl Bits {
    fn new(count: usize) -> Self {
        let mut words = Vec::new();
        words.resize_with(count.div_ceil(64), AtomicU64::default);
        Self(words)
    }

    fn set(&self, index: u32) {
        let bit = 1 << (index % 64);
        if let Some(word) = self.0.get((index / 64) as usize)
            // Most are set again and again, and reading is cheaper.
            && word.load(Ordering::Relaxed) & bit == 0
        {
            word.fetch_or(bit, Ordering::Relaxed);
        }
    }

    fn is_set(&self, index: u32) -> bool {
        let word = self.0.get((index / 64) as usize);
        word.is_some_and(|word| word.load(Ordering::Relaxed) >> (index % 64) & 1 == 1)
    }
}

/// The new numbers of all terms.
#[derive(Debug)]
pub(super) struct Live {
    /// By old number.
    pub(super) old: Vec<u32>,
    /// By the order of the terms that the old file has not.
    pub(super) new: Vec<u32>,
}

impl Live {
    /// The new number of a term of the old file.
    pub(super) fn of_old(&self, id: u32) -> u32 {
        self.old.get(id as usize).copied().unwrap_or(GONE)
    }

    /// The new number of a term of the difference.
    pub(super) fn of(&self, term: Term) -> u32 {
        match term {
            Term::Old(id) => self.of_old(id),
            Term::New(index) => self.new.get(index as usize).copied().unwrap_or(GONE),
        }
    }

    /// Finds the terms that are left. `before` tells for each new term which old one it comes before.
    pub(super) fn find(
        old: &Frozen,
        changes: &Changes,
        terms: &[Term],
        before: &[u32],
        threads: usize,
    ) -> Self {
        let old_bits = Bits::new(old.terms() as usize);
        let new_bits = Bits::new(before.len());
        let set = |number: u32| match terms.get(number as usize) {
            Some(Term::Old(id)) => old_bits.set(*id),
            Some(Term::New(index)) => new_bits.set(*index),
            None => {}
        };
        let set_pairs = |pairs: &[u64]| {
            for pair in pairs {
                set(key(*pair));
                set(value(*pair));
            }
        };
        for (graph, predicate, added) in &changes.new {
            if let Some(graph) = graph {
                set(*graph);
            }
            set(*predicate);
            set_pairs(added);
        }
        // The map of a file stays in one thread, but slices of it may be read by all.
        let partitions = old.partitions().iter().zip(&changes.old);
        let tasks: Vec<_> = partitions
            .map(|(p, change)| (p, change, old.by_subject(p), old.by_object(p)))
            .collect();
        let done = in_order(
            threads,
            &tasks,
            |(partition, change, by_subject, by_object)| {
                set_pairs(&change.added);
                let left = partition.pairs - change.removed.len() as u64;
                if left + change.added.len() as u64 > 0 {
                    if let Some(graph) = partition.graph {
                        old_bits.set(graph);
                    }
                    old_bits.set(partition.predicate);
                }
                mark(*by_subject, &change.removed, &old_bits);
                mark(*by_object, &turned(&change.removed), &old_bits);
                Ok::<_, Infallible>(())
            },
            |_, ()| Ok(()),
        );
        match done {
            Ok(()) => Self::number(old.terms(), &old_bits, &new_bits, before),
        }
    }

    fn number(terms: u32, old_bits: &Bits, new_bits: &Bits, before: &[u32]) -> Self {
        let mut live = Self {
            old: Vec::with_capacity(terms as usize),
            new: Vec::with_capacity(before.len()),
        };
        let mut next = 0;
        let mut number = |is_live: bool| {
            let number = if is_live { next } else { GONE };
            next += u32::from(is_live);
            number
        };
        let mut news = (0u32..).zip(before).peekable();
        for id in 0..=terms {
            while let Some((index, _)) = news.next_if(|(_, before)| **before == id) {
                live.new.push(number(new_bits.is_set(index)));
            }
            if id < terms {
                live.old.push(number(old_bits.is_set(id)));
            }
        }
        live
    }
}

/// Marks the keys of which not all pairs go.
fn mark(order: Order<'_>, removed: &[u64], bits: &Bits) {
    let mut rest = removed;
    for (key, values) in order.groups() {
        let mut gone = 0;
        while let Some((first, others)) = rest.split_first()
            && self::key(*first) == key
        {
            gone += 1;
            rest = others;
        }
        if gone < values.len() {
            bits.set(key);
        }
    }
}
