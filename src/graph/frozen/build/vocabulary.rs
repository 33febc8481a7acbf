//! Merges the sorted keys of all runs into one row: each distinct key once, with its number in it, which
//! is also noted for each run.
//!
//! A tree of losers, each with the length of what it shares with the key that came last: most comparisons
//! are of two lengths, and no byte is compared twice (Bingmann, Eberle and Sanders, "Engineering Parallel
//! String Sorting", 2017).

use std::cmp::Ordering;

use super::super::error::FrozenError;
use super::super::write::front::shared;
use super::super::write::keys::Keys;
use super::super::write::spill::Spill;
use super::runs::Runs;

/// Numbers of a run's terms that are collected before they are laid aside.
const NUMBERS: usize = 1 << 13;

/// The most bytes read of a run at once; with many runs it is less.
const READ: usize = 1 << 18;

/// The numbers of all terms of all runs: a run's begin where those of the runs before it end.
#[derive(Debug)]
pub(in super::super) struct Numbers {
    spill: Spill,
    begins: Vec<u64>,
}

impl Numbers {
    /// The numbers of the terms of a run.
    pub(in super::super) fn of(&self, run: usize, terms: u32) -> Result<Vec<u32>, FrozenError> {
        let mut numbers = vec![0u32; terms as usize];
        let at = self.begins.get(run).copied().unwrap_or_default();
        self.spill
            .read_at(at, bytemuck::cast_slice_mut(&mut numbers))?;
        Ok(numbers)
    }
}

/// Hands over each distinct key in order; returns the numbers they had.
pub(in super::super) fn merge(
    runs: &Runs,
    spill: Spill,
    memory: usize,
    mut take: impl FnMut(u32, &[u8]) -> Result<(), FrozenError>,
) -> Result<Numbers, FrozenError> {
    let room = (memory / runs.laid.len().max(1)).clamp(1 << 12, READ);
    let mut begins = Vec::with_capacity(runs.laid.len());
    let mut sources = Vec::with_capacity(runs.laid.len());
    for laid in &runs.laid {
        let begin = spill.extend(4 * laid.terms as usize)?;
        begins.push(begin);
        sources.push(Source {
            keys: Keys::new(laid.keys.0, laid.keys.0 + laid.keys.1, room),
            is_done: false,
            numbers: Vec::with_capacity(NUMBERS.min(laid.terms as usize)),
            written: begin,
        });
    }
    for source in &mut sources {
        source.advance(&runs.keys)?;
    }
    let mut tree = Tree::new(sources);
    let (mut next, mut last): (u32, Option<usize>) = (0, None);
    loop {
        let (winner, common) = tree.winner;
        let Some(source) = tree
            .sources
            .get_mut(winner)
            .filter(|source| !source.is_done)
        else {
            break;
        };
        // It is the last key again if it shares all of both.
        let is_known = last.is_some_and(|length| common == length && source.key().len() == length);
        if !is_known {
            take(next, source.key())?;
            last = Some(source.key().len());
            next = next
                .checked_add(1)
                .ok_or(FrozenError::TooManyTerms(1 << 32))?;
        }
        source.number(next - 1, &spill)?;
        let common = source.advance(&runs.keys)?;
        tree.replay(winner, common);
    }
    for source in &mut tree.sources {
        source.flush(&spill)?;
    }
    Ok(Numbers { spill, begins })
}

/// The keys of one run.
#[derive(Debug)]
struct Source {
    keys: Keys,
    is_done: bool,
    numbers: Vec<u32>,
    written: u64,
}

impl Source {
    /// Goes to the next key; returns how much it shares with the one before.
    fn advance(&mut self, spill: &Spill) -> Result<usize, FrozenError> {
        let common = self.keys.advance(spill)?;
        self.is_done = common.is_none();
        Ok(common.unwrap_or_default())
    }

    fn key(&self) -> &[u8] {
        &self.keys.key
    }

    fn tail(&self, from: usize) -> &[u8] {
        self.key().get(from..).unwrap_or_default()
    }

    /// Notes the number of the present key.
    fn number(&mut self, number: u32, spill: &Spill) -> Result<(), FrozenError> {
        self.numbers.push(number);
        if self.numbers.len() == NUMBERS {
            self.flush(spill)?;
        }
        Ok(())
    }

    fn flush(&mut self, spill: &Spill) -> Result<(), FrozenError> {
        spill.write_at(self.written, bytemuck::cast_slice(&self.numbers))?;
        self.written += 4 * self.numbers.len() as u64;
        self.numbers.clear();
        Ok(())
    }
}

/// A source that is in the running, and how much its key shares with the last winner's.
type Runner = (usize, usize);

/// The tree of losers.
#[derive(Debug)]
struct Tree {
    sources: Vec<Source>,
    /// By inner node, of which the first is no node: who lost there.
    losers: Vec<Runner>,
    winner: Runner,
}

impl Tree {
    fn new(sources: Vec<Source>) -> Self {
        let leaves = sources.len();
        let mut tree = Self {
            sources,
            losers: vec![(0, 0); leaves.max(1)],
            winner: (0, 0),
        };
        // From the leaves up: node n has the children 2n and 2n + 1, and the leaves come last.
        let mut winners = vec![(0, 0); leaves];
        winners.extend((0..leaves).map(|source| (source, 0)));
        for node in (1..leaves).rev() {
            if let (Some(left), Some(right)) = (winners.get(2 * node), winners.get(2 * node + 1)) {
                let (winner, loser) = tree.play(*left, *right);
                if let (Some(w), Some(l)) = (winners.get_mut(node), tree.losers.get_mut(node)) {
                    (*w, *l) = (winner, loser);
                }
            }
        }
        tree.winner = winners.get(1).copied().unwrap_or_default();
        tree
    }

    /// Lets the source that won play again with its next key, which shares `common` with the last.
    fn replay(&mut self, source: usize, common: usize) {
        let mut winner = (source, common);
        let mut node = usize::midpoint(source, self.sources.len());
        node = if self.sources.len() > 1 { node } else { 0 };
        while node > 0 {
            if let Some(loser) = self.losers.get(node).copied() {
                let (won, lost) = self.play(winner, loser);
                winner = won;
                if let Some(place) = self.losers.get_mut(node) {
                    *place = lost;
                }
            }
            node /= 2;
        }
        self.winner = winner;
    }

    /// The winner, then the loser with what it shares with the winner.
    fn play(&self, a: Runner, b: Runner) -> (Runner, Runner) {
        let (Some(left), Some(right)) = (self.sources.get(a.0), self.sources.get(b.0)) else {
            return (a, b);
        };
        if left.is_done || right.is_done {
            return if left.is_done { (b, a) } else { (a, b) };
        }
        match a.1.cmp(&b.1) {
            Ordering::Greater => (a, b),
            Ordering::Less => (b, a),
            Ordering::Equal => {
                let (x, y) = (left.tail(a.1), right.tail(a.1));
                let more = shared(x, y);
                let both = a.1 + more;
                if x.get(more..) <= y.get(more..) {
                    (a, (b.0, both))
                } else {
                    (b, (a.0, both))
                }
            }
        }
    }
}
