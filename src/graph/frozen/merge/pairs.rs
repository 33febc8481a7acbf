//! The new pairs of a partition: the old ones in their new numbers, without those that go, and between
//! them those that come. Numbers change but their order does not, so nothing is sorted again.

use super::super::error::FrozenError;
use super::super::pairs::Order;
use super::super::write::order::{Pairs, pair};
use super::live::Live;

/// Pairs handed over at once.
const ROOM: usize = 1 << 13;

/// One order of a partition, merged whenever it is gone through.
#[derive(Debug)]
pub(super) struct Merged<'a> {
    /// The old pairs; none where the partition is new.
    pub(super) old: Order<'a>,
    /// Pairs that go, in the old numbers and in this order.
    pub(super) removed: Vec<u64>,
    /// Pairs that come, in the new numbers and in this order.
    pub(super) added: Vec<u64>,
    pub(super) live: &'a Live,
}

impl Merged<'_> {
    /// All pairs, in memory.
    pub(super) fn collect(&self) -> Result<Vec<u64>, FrozenError> {
        let count = self.old.len() + self.added.len();
        let mut all = Vec::with_capacity(count.saturating_sub(self.removed.len()));
        self.each(&mut |pairs| {
            all.extend_from_slice(pairs);
            Ok(())
        })?;
        Ok(all)
    }
}

impl Pairs for Merged<'_> {
    fn each(
        &self,
        f: &mut dyn FnMut(&[u64]) -> Result<(), FrozenError>,
    ) -> Result<(), FrozenError> {
        let mut out = Vec::with_capacity(ROOM + 1);
        let (mut removed, mut added) = (self.removed.as_slice(), self.added.as_slice());
        for (old_key, values) in self.old.groups() {
            let key = self.live.of_old(old_key);
            for old_value in values {
                if let Some((first, rest)) = removed.split_first()
                    && *first == pair(old_key, *old_value)
                {
                    removed = rest;
                    continue;
                }
                let next = pair(key, self.live.of_old(*old_value));
                while let Some((first, rest)) = added.split_first()
                    && *first < next
                {
                    out.push(*first);
                    added = rest;
                }
                out.push(next);
                if out.len() >= ROOM {
                    f(&out)?;
                    out.clear();
                }
            }
        }
        f(&out)?;
        f(added)
    }
}
