//! The pairs of one partition, collected from all runs and sorted: in memory where they have room there, in
//! sorted stretches laid aside and merged where they have not.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::Path;

use super::super::error::FrozenError;
use super::super::write::order::Pairs;
use super::super::write::spill::{Pieces, Spill};

/// Pairs read of a stretch at once.
const READ: usize = 1 << 13;

/// Pairs that are too many for the memory: sorted, each once.
#[derive(Debug)]
pub(in super::super) struct Large {
    spill: Spill,
    pairs: u64,
}

impl Pairs for Large {
    fn each(
        &self,
        f: &mut dyn FnMut(&[u64]) -> Result<(), FrozenError>,
    ) -> Result<(), FrozenError> {
        let mut stretch = Stretch::new(0, self.pairs);
        while stretch.fill(&self.spill)? {
            f(&stretch.buffer)?;
        }
        Ok(())
    }
}

/// Sorts pairs of any number. They come in pieces; at most `memory` bytes of them are held at a time.
#[derive(Debug)]
pub(in super::super) struct Sorter<'a> {
    folder: &'a Path,
    room: usize,
    held: Vec<u64>,
    spill: Spill,
    stretches: Vec<Stretch>,
}

impl<'a> Sorter<'a> {
    pub(in super::super) fn new(folder: &'a Path, memory: usize) -> Self {
        Self {
            folder,
            room: (memory / 8).max(1),
            held: Vec::new(),
            spill: Spill::new(folder, 0),
            stretches: Vec::new(),
        }
    }

    /// Takes more pairs.
    pub(in super::super) fn add(&mut self, mut pairs: &[u64]) -> Result<(), FrozenError> {
        while !pairs.is_empty() {
            let room = self.room.saturating_sub(self.held.len());
            let (now, later) = pairs.split_at_checked(room).unwrap_or((pairs, &[]));
            self.held.extend_from_slice(now);
            pairs = later;
            if self.held.len() >= self.room {
                self.lay_aside()?;
            }
        }
        Ok(())
    }

    /// All of them in order.
    pub(in super::super) fn done(mut self) -> Result<Large, FrozenError> {
        self.lay_aside()?;
        drop(std::mem::take(&mut self.held));
        let mut out = Pieces::new(Spill::new(self.folder, 0));
        let mut heap = BinaryHeap::new();
        for (index, stretch) in self.stretches.iter_mut().enumerate() {
            if let Some(pair) = stretch.next(&self.spill)? {
                heap.push(Reverse((pair, index)));
            }
        }
        let (mut pairs, mut last) = (0, None);
        while let Some(Reverse((pair, index))) = heap.pop() {
            if last != Some(pair) {
                out.push(&pair.to_ne_bytes())?;
                pairs += 1;
                last = Some(pair);
            }
            if let Some(stretch) = self.stretches.get_mut(index)
                && let Some(pair) = stretch.next(&self.spill)?
            {
                heap.push(Reverse((pair, index)));
            }
        }
        Ok(Large {
            spill: out.done()?,
            pairs,
        })
    }

    fn lay_aside(&mut self) -> Result<(), FrozenError> {
        if self.held.is_empty() {
            return Ok(());
        }
        self.held.sort_unstable();
        self.held.dedup();
        let at = self.spill.append(bytemuck::cast_slice(&self.held))?;
        self.stretches
            .push(Stretch::new(at, self.held.len() as u64));
        self.held.clear();
        Ok(())
    }
}

/// Pairs that lie aside in order.
#[derive(Debug)]
struct Stretch {
    at: u64,
    left: u64,
    buffer: Vec<u64>,
    read: usize,
}

impl Stretch {
    fn new(at: u64, pairs: u64) -> Self {
        Self {
            at,
            left: pairs,
            buffer: Vec::new(),
            read: 0,
        }
    }

    /// Reads on; false at the end.
    fn fill(&mut self, spill: &Spill) -> Result<bool, FrozenError> {
        let count = usize::try_from(self.left).unwrap_or(usize::MAX).min(READ);
        self.buffer.resize(count, 0);
        spill.read_at(self.at, bytemuck::cast_slice_mut(&mut self.buffer))?;
        self.at += 8 * count as u64;
        self.left -= count as u64;
        self.read = 0;
        Ok(count > 0)
    }

    fn next(&mut self, spill: &Spill) -> Result<Option<u64>, FrozenError> {
        if self.read >= self.buffer.len() && !self.fill(spill)? {
            return Ok(None);
        }
        let next = self.buffer.get(self.read).copied();
        self.read += 1;
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_pairs_than_memory_are_sorted_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let pairs: Vec<u64> = (0..50_000u64).map(|i| i * 7919 % 30_011).collect();
        let mut sorter = Sorter::new(folder.path(), 8 * 1000);
        for piece in pairs.chunks(777) {
            sorter.add(piece).unwrap();
        }
        let large = sorter.done().unwrap();
        let mut all = Vec::new();
        large
            .each(&mut |slice| {
                all.extend_from_slice(slice);
                Ok(())
            })
            .unwrap();
        assert_eq!(all, (0..30_011).collect::<Vec<u64>>());
    }
}
